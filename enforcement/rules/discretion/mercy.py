"""Who may not be punished, who need not be, and for whom it must be less (行政处罚法 30 to 33; 生态环境法典 1056)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from enforcement.rules.conditions import holds
from enforcement.rules.discretion.history import FirstOffenceLine, Offence
from enforcement.rules.factors import Factors

FULL_AGE, PUNISHABLE_AGE = 18, 14


@dataclass(frozen=True, slots=True)
class Mercy:
    """从宽情节. ``ground``: its code. ``sentence``: for the paper. ``must``: the law leaves no choice."""

    ground: str
    article: str
    sentence: str
    must: bool = True


def must_not_punish(factors: Factors, age: int | None = None) -> Mercy | None:
    """The ground on which there must be no penalty. ``age``: in full years when the act was done, if a person."""
    if age is not None and age < PUNISHABLE_AGE:
        sentence = "当事人不满十四周岁，不予行政处罚，责令监护人加以管教。"
        return Mercy("under_14", "行政处罚法第三十条", sentence)
    return next((one for test, one in EXCUSED if test(factors)), None)


def may_not_punish(factors: Factors, line: FirstOffenceLine | None, offence: Offence) -> Mercy | None:
    """首违不罚: a first offence with slight harm, corrected promptly, on the town's list with all its conditions."""
    harmless = factors.get("harm") in {"none", "slight"} and factors.get("corrected_promptly") is True
    if line is None or not offence.first or not harmless:
        return None
    if not all(holds(one, factors) for one in line.conditions):
        return None
    sentence = f"初次违法且危害后果轻微并及时改正，可以不予行政处罚。{offence.why}"
    return Mercy("first_offence", "行政处罚法第三十三条第一款", sentence, must=False)


def mitigating(factors: Factors, age: int | None = None, *, ecological: bool = False) -> tuple[Mercy, ...]:
    """Grounds on which it must (or may) be lighter or below the lowest. ``ecological``: under 生态环境法典."""
    minor = factors.get("minor") is True or (age is not None and PUNISHABLE_AGE <= age < FULL_AGE)
    found: Iterable[Mercy] = (one for code, one in LESS.items() if factors.get(code) is True)
    partly = (PARTLY,) if factors.get("mental") == "partly" else ()
    green = (one for code, one in GREEN.items() if ecological and factors.get(code) is True)
    return (*((MINOR,) if minor else ()), *partly, *found, *green)


Test = Callable[[Factors], bool]
EXCUSED: tuple[tuple[Test, Mercy], ...] = (
    (
        lambda facts: facts.get("mental") == "unable",
        Mercy(
            "mental",
            "行政处罚法第三十一条",
            "当事人在不能辨认或者不能控制自己行为时违法，不予行政处罚，责令监护人严加看管和治疗。",
        ),
    ),
    (
        lambda facts: facts.get("subjective_fault_absent") is True,
        Mercy("no_fault", "行政处罚法第三十三条第二款", "当事人有证据足以证明没有主观过错，不予行政处罚。"),
    ),
    (
        lambda facts: (
            facts.get("conduct_minor") is True
            and facts.get("corrected_promptly") is True
            and facts.get("harm") == "none"
        ),
        Mercy(
            "minor_corrected",
            "行政处罚法第三十三条第一款",
            "违法行为轻微并及时改正，没有造成危害后果，不予行政处罚。",
        ),
    ),
)
MINOR = Mercy("minor", "行政处罚法第三十条", "已满十四周岁不满十八周岁，应当从轻或者减轻行政处罚")
PARTLY = Mercy(
    "mental_partly", "行政处罚法第三十一条", "尚未完全丧失辨认或者控制能力，可以从轻或者减轻行政处罚", must=False
)
LESS = {
    "harm_removed": Mercy("harm_removed", "行政处罚法第三十二条第一项", "主动消除或者减轻违法行为危害后果"),
    "coerced": Mercy("coerced", "行政处罚法第三十二条第二项", "受他人胁迫或者诱骗实施违法行为"),
    "confessed": Mercy("confessed", "行政处罚法第三十二条第三项", "主动供述行政机关尚未掌握的违法行为"),
    "merit": Mercy("merit", "行政处罚法第三十二条第四项", "配合行政机关查处违法行为有立功表现"),
}
GREEN = {
    "restored": Mercy("restored", "生态环境法典第一千零五十六条第二款", "有效采取生态环境修复措施"),
    "compensated": Mercy("compensated", "生态环境法典第一千零五十六条第二款", "及时缴纳赔偿金"),
}
