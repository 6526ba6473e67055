"""The decision (决定): 行政处罚法 5, 9, 28 to 34, 57, 58."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from tests.oracle.days import months_later
from tests.oracle.life import LAW, Breach, Deed, Life, Ruling

KINDS = {
    *("warning", "criticism", "fine", "confiscate_income", "confiscate_goods"),
    *("suspend_licence", "lower_grade", "revoke_licence"),
    *("restrict_business", "stop_business", "close_business", "restrict_work"),
}
"""Article 9 without detention, which is for the police alone."""
MUST_BE_LIGHTER = {"harm_removed", "coerced", "confessed", "merit"}
"""Article 32: not may, but must."""
NO_PENALTY = {
    "under_14",
    "mental",
    "minor_corrected",
    "first_offence",
    "no_fault",
    "lapsed",
    "lawful_now",
    "not_proven",
}
SHARES = {"cost", "value", "income"}
WHOLE_BP = 10_000
FEWEST_MEMBERS = 2


def reviewed(life: Life) -> Iterator[Breach]:
    """A passed review after the conclusion and after the hearing, wherever it is due (58)."""
    for ruling in life.rulings:
        if not ruling.penal or ruling.on_spot:
            continue
        reviews = [one for one in life.before(ruling.deed, "review") if _current(ruling, one)]
        hearing = life.last(ruling.deed, "hold_hearing")
        heard = hearing is not None and _current(ruling, hearing)
        after = [one for one in reviews if not (heard and hearing and one.place < hearing.place)]
        due = bool(ruling.learned("review_due")) or heard
        if due and not after:
            yield ruling.deed.breach("no_review", f"{LAW}第五十八条", "应当法制审核而没有审核。")
        elif due and reviews[-1].says("passed") is not True:
            yield ruling.deed.breach("review_failed", f"{LAW}第五十八条", "法制审核没有通过，不得作出决定。")


def discussed(life: Life) -> Iterator[Breach]:
    """A collective discussion that agreed, wherever it is due (57), by more than one head, after the party was heard."""
    for ruling in life.rulings:
        talks = [one for one in life.before(ruling.deed, "discuss") if _current(ruling, one)]
        if not ruling.penal or ruling.on_spot:
            continue
        if ruling.learned("discussion_due") and not talks:
            yield ruling.deed.breach("no_discussion", f"{LAW}第五十七条第二款", "应当集体讨论而没有讨论。")
        elif ruling.learned("discussion_due") and talks[-1].says("passed") is not True:
            yield ruling.deed.breach("discussion_failed", f"{LAW}第五十七条第二款", "集体讨论没有通过。")
        elif talks and _unheard(life, talks[-1], ruling):
            yield ruling.deed.breach(
                "discussed_too_soon", f"{LAW}第四十五条、第五十七条", "集体讨论早于听取申辩、听证。"
            )
    for deed in life.all("discuss"):
        if len({str(one.get("name")) for one in deed.many("members")}) < FEWEST_MEMBERS:
            yield deed.breach("not_collective", f"{LAW}第五十七条第二款", "一个人不是集体讨论。")


def _unheard(life: Life, talk: Deed, ruling: Ruling) -> bool:
    heard = life.after(talk, "hear_defence", "hold_hearing")
    return any(one.place < ruling.deed.place for one in heard)


def _current(ruling: Ruling, deed: Deed) -> bool:
    return ruling.found is None or deed.place > ruling.found.place


def kinds(life: Life) -> Iterator[Breach]:
    """A penalty is of the kinds of article 9 and of its provision, and a fine is a sum."""
    for ruling in life.rulings:
        if not ruling.penal:
            continue
        provision = (ruling.learned("law") or {}).get("provision") or {}
        allowed = set(provision.get("kinds") or KINDS)
        if not ruling.kinds or ruling.kinds - KINDS:
            yield ruling.deed.breach("penalty_kind", f"{LAW}第九条", "不是法定的处罚种类。")
        elif ruling.kinds - allowed - {"confiscate_income"}:
            yield ruling.deed.breach("penalty_kind", f"{LAW}第九条、第三十八条", "依据没有规定这种处罚。")
        if ("fine" in ruling.kinds) != bool(ruling.fine):
            yield ruling.deed.breach("fine_without_sum", f"{LAW}第五十九条", "罚款和金额不一致。")
        if ruling.confiscated and "confiscate_income" not in ruling.kinds:
            yield ruling.deed.breach("fine_without_sum", f"{LAW}第五十九条", "没收和金额不一致。")


def inside(life: Life) -> Iterator[Breach]:
    """A fine inside what the provision allows; below only on a ground of 30 to 32, above never."""
    for ruling in life.rulings:
        provision = (ruling.learned("law") or {}).get("provision")
        if not ruling.fine or not provision:
            continue
        low, high = _range(provision, provision, ruling)
        if high is not None and ruling.fine > high:
            yield ruling.deed.breach("fine_above_law", f"{LAW}第三十八条", "罚款高于法定上限。")
        if ruling.fine < low and not _may_be_lighter(ruling):
            yield ruling.deed.breach("fine_below_law", f"{LAW}第三十二条", "罚款低于法定下限，没有减轻理由。")
        yield from _in_tier(life, ruling, provision, (low, high))


def _in_tier(life: Life, ruling: Ruling, provision: dict[str, Any], law: tuple[int, int | None]) -> Iterator[Breach]:
    tier = ruling.learned("tier")
    if not tier or _excused(life, ruling):
        return
    low, high = _range(tier, provision, ruling)
    low, high = max(low, law[0]), _least(high, law[1])
    if high is not None and low > high:
        return
    if tier.get("no_penalty") or (high is not None and ruling.fine > high):
        yield ruling.deed.breach("fine_outside_tier", f"{LAW}第三十四条", "罚款高于裁量档次，没有理由和集体讨论。")
    if ruling.fine < low and not _may_be_lighter(ruling):
        yield ruling.deed.breach("fine_outside_tier", f"{LAW}第三十四条", "罚款低于裁量档次，没有理由和集体讨论。")


def _least(one: int | None, other: int | None) -> int | None:
    return min((value for value in (one, other) if value is not None), default=None)


def _excused(life: Life, ruling: Ruling) -> bool:
    """Outside the tier for a reason that was given, and agreed on together."""
    talks = [one for one in life.before(ruling.deed, "discuss") if _current(ruling, one)]
    agreed = bool(talks) and talks[-1].says("passed") is True
    return bool(_reason(ruling)) and agreed


def _reason(ruling: Ruling) -> Any:
    return ruling.wish.says("deviation_reason") or (ruling.found.says("deviation_reason") if ruling.found else None)


def _range(limits: dict[str, Any], provision: dict[str, Any], ruling: Ruling) -> tuple[int, int | None]:
    """In fen. Where the fine is a share of something or so much for each, of what was recorded."""
    measure = provision.get("measure")
    share = measure in SHARES
    names = ("low_bp", "high_bp") if share else ("low_fen", "high_fen")
    low, high = (_either(limits.get(name), provision.get(name)) for name in names)
    times = _times(ruling.factors, measure, share)
    if times is None:
        return 0, None
    return -int(-(low or 0) * times // 1), None if high is None else int(high * times // 1)


def _times(factors: dict[str, Any], measure: str | None, share: bool) -> Fraction | None:
    if not measure:
        return Fraction(1)
    recorded = factors.get(f"{measure}_fen" if share else measure)
    if recorded is None:
        return None
    return Fraction(str(recorded)) / (WHOLE_BP if share else 1)


def _either(one: Any, other: Any) -> int | None:
    return other if one is None else one


def _may_be_lighter(ruling: Ruling) -> bool:
    return bool(_true_grounds(ruling)) and (ruling.lighter in _true_grounds(ruling) or ruling.on_spot)


def _true_grounds(ruling: Ruling) -> set[str]:
    """Grounds to be lighter that stand in the recorded facts."""
    factors, age = ruling.factors, _age(ruling)
    grounds = {code for code in MUST_BE_LIGHTER if factors.get(code) is True}
    if factors.get("minor") is True or (age is not None and 14 <= age < 18):
        grounds.add("minor")
    return grounds | ({"mental_partly"} if factors.get("mental") == "partly" else set())


def _age(ruling: Ruling) -> int | None:
    return ruling.party.get("age") if ruling.party.get("kind") != "organisation" else None


def capable(life: Life) -> Iterator[Breach]:
    """Nobody under 14, and nobody who could not understand, is punished; who is under 18 is punished less (30, 31)."""
    for ruling in life.rulings:
        age = _age(ruling)
        if ruling.penal and age is not None and age < 14:
            yield ruling.deed.breach("under_14", f"{LAW}第三十条", "当事人不满十四周岁，不予处罚。")
        elif ruling.fine and age is not None and age < 18 and not ruling.lighter:
            yield ruling.deed.breach("minor_not_lighter", f"{LAW}第三十条", "未成年人应当从轻或者减轻处罚。")
        if ruling.penal and ruling.factors.get("mental") == "unable":
            yield ruling.deed.breach("not_capable", f"{LAW}第三十一条", "当事人不能辨认或控制自己行为，不予处罚。")


def merciful(life: Life) -> Iterator[Breach]:
    """What the law excuses is not punished (33), and what it calls lighter is (32); neither is a favour."""
    for ruling in life.rulings:
        factors = ruling.factors
        minor = factors.get("conduct_minor") is True and factors.get("corrected_promptly") is True
        if ruling.penal and minor and factors.get("harm") == "none":
            yield ruling.deed.breach(
                "must_be_excused", f"{LAW}第三十三条第一款", "轻微、及时改正、没有后果，不予处罚。"
            )
        if ruling.penal and factors.get("subjective_fault_absent") is True:
            yield ruling.deed.breach("must_be_excused", f"{LAW}第三十三条第二款", "没有主观过错，不予处罚。")
        if ruling.fine and _true_grounds(ruling) & MUST_BE_LIGHTER and not ruling.lighter:
            yield ruling.deed.breach("not_lighter", f"{LAW}第三十二条", "有应当从轻或者减轻的情节，没有从轻。")
        if ruling.penal and ruling.lighter and ruling.lighter not in _true_grounds(ruling):
            yield ruling.deed.breach("false_ground", f"{LAW}第三十二条", "从轻、减轻的理由没有事实。")


def excused(life: Life) -> Iterator[Breach]:
    """No penalty only on a ground of the law that the facts bear out, and the party is educated (33)."""
    for ruling in life.rulings:
        if ruling.outcome == "penalty":
            continue
        ground = ruling.wish.says("ground") or (ruling.found.says("ground") if ruling.found else None)
        ground = "not_proven" if ruling.outcome == "not_proven" and ground is None else ground
        if ruling.outcome not in ("no_penalty", "not_proven"):
            yield ruling.deed.breach("wrong_outcome", f"{LAW}第五十七条", "移送不是处罚决定，应当办理移送。")
        elif ground not in NO_PENALTY or not _borne_out(life, ruling, str(ground)):
            yield ruling.deed.breach("no_ground", f"{LAW}第三十三条", "不予处罚的理由没有事实根据。")
        educated = ruling.wish.says("education") or (ruling.found.says("education") if ruling.found else None)
        if ground in ("minor_corrected", "first_offence", "no_fault") and not educated:
            yield ruling.deed.breach("no_education", f"{LAW}第三十三条第三款", "没有对当事人进行教育。")


def _borne_out(life: Life, ruling: Ruling, ground: str) -> bool:
    factors, age = ruling.factors, _age(ruling)
    first = ruling.learned("first_offence") or {}
    corrected = factors.get("corrected_promptly") is True
    return {
        "under_14": age is not None and age < 14,
        "mental": factors.get("mental") == "unable",
        "minor_corrected": factors.get("conduct_minor") is True and corrected and factors.get("harm") == "none",
        "first_offence": bool(first.get("listed") and first.get("first"))
        and corrected
        and factors.get("harm") in ("none", "slight"),
        "no_fault": factors.get("subjective_fault_absent") is True,
        "lawful_now": bool((ruling.learned("law") or {}).get("lawful_now")),
        "lapsed": _lapsed(life),
    }.get(ground, True)


def _lapsed(life: Life) -> bool:
    acted, discovered = (dt.date.fromisoformat(life.opening[name]) for name in ("acted_on", "discovered_on"))
    return discovered > months_later(acted, 24)


def corrected(life: Life) -> Iterator[Breach]:
    """Who is punished is ordered to correct, or it is recorded why there is nothing to correct (28)."""
    for ruling in life.rulings:
        told = ruling.wish.says("no_correction_because") if ruling.on_spot else None
        if ruling.penal and not told and not life.before(ruling.deed, "order_correction", "no_correction"):
            yield ruling.deed.breach("no_correction_order", f"{LAW}第二十八条第一款", "没有责令改正，也没有说明理由。")
        yield from _refused_first(life, ruling)
    for deed in life.all("order_correction"):
        until = deed.date("until")
        if until is None or until < deed.day:
            yield deed.breach("correction_in_the_past", f"{LAW}第二十八条第一款", "改正期限早于责令之日。")


def _refused_first(life: Life, ruling: Ruling) -> Iterator[Breach]:
    """Where the law punishes only who did not correct (逾期不改正、拒不改正), it was looked at and not corrected."""
    provision = (ruling.learned("law") or {}).get("provision") or {}
    if not ruling.penal or provision.get("stage") != "refusal":
        return
    looked = [one.says("corrected") for one in life.before(ruling.deed, "recheck_correction")]
    if not {"not", "refused", "partly"} & set(looked):
        yield ruling.deed.breach("correct_first", f"{LAW}第三十八条", "逾期不改正才能处罚，卷内没有复查未改正的记录。")


def like_others(life: Life) -> Iterator[Breach]:
    """A fine far from those in like cases gives its reason (5)."""
    for ruling in life.rulings:
        nearest = ruling.learned("nearest") or {}
        if ruling.fine and nearest.get("beyond_band") and not _reason(ruling):
            yield ruling.deed.breach(
                "unlike_others", f"{LAW}第五条第二款、第三十四条", "与同类案件不一致，没有说明理由。"
            )


RULES = (reviewed, discussed, kinds, inside, capable, merciful, excused, corrected, like_others)
