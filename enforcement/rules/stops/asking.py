"""What a guard asks: what the service knew of the world, which days fall where, and what an act proposes."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.facts import Act, Case, Proposal, World
from enforcement.rules.cases.reading import proposal, submitted
from enforcement.rules.stops.catalogue import Stop

Guard = Callable[[Case, Act, World], Stop | None]

LABELS = {
    "officers": "执法人员的资格",
    "actor": "由谁办理",
    "squad": "承办中队",
    "receipt_used_by": "票据号码有没有用过",
    "conflicts": "回避登记",
    "power": "执法事项的状态",
    "higher": "有没有罚款更高的规定",
    "party": "当事人",
    "age": "当事人的年龄（请在当事人资料里补上出生日期）",
    "law": "适用的罚则",
    "tier": "裁量档次",
    "tier_outcome": "裁量档次",
    "fast": "简案快办清单",
    "factors": "裁量事实",
    "unknown": "听证、审核的数额标准",
    "bounds": "罚款幅度",
    "nearest": "同类案件",
    "first_offence": "是不是初次违法",
    "same_party": "当事人的其他案件",
    "local": "本地程序规定",
    "hearing_due": "要不要告知听证",
    "review_due": "要不要法制审核",
    "discussion_due": "要不要集体讨论",
    "dates": "期限届满的日期",
    "paper_kind": "送达的是什么文书",
    "paper_made": "文书是哪天制作的",
    "paper_newest": "文书是不是最新的一份",
    "opened": "案件登记的要素",
    "notice": "告知书的日期和期限",
}


class Missing(Exception):
    """Something a guard needs was not told. ``name``: a key of ``LABELS``."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def known(world: World, *path: str) -> Any:
    """What is known under these keys, one within the other. Raises Missing when one is not there."""
    found: Any = world.known
    for key in path:
        if not isinstance(found, Mapping) or key not in found:
            raise Missing(path[0])
        found = found[key]
    return found


def sure(world: World, *path: str) -> Any:
    """The same, where nothing is no answer either."""
    found = known(world, *path)
    if found is None:
        raise Missing(path[0])
    return found


def told(value: Any, name: str) -> Any:
    """A fact of the case that must be there. Raises Missing."""
    if value is None:
        raise Missing(name)
    return value


def date_told(world: World, name: str) -> dt.date:
    """A day the service worked out. Raises Missing."""
    return dt.date.fromisoformat(str(sure(world, "dates", name)))


def given_day(act: Act, name: str = "day") -> dt.date | None:
    """A day the act names, if it does."""
    return dt.date.fromisoformat(str(act.given[name])) if act.given.get(name) else None


def given_moment(act: Act, name: str) -> dt.datetime | None:
    """A moment the act names, if it does."""
    return dt.datetime.fromisoformat(str(act.given[name])) if act.given.get(name) else None


def local_day(moment: dt.datetime, world: World) -> dt.date:
    """The town's day of a moment."""
    return moment.astimezone(world.calendar.zone).date()


def opened_day(case: Case, name: str) -> dt.date:
    """A day the case was opened with. Raises Missing."""
    return dt.date.fromisoformat(str(told(case.opened.get(name), "opened")))


def ended(text: object) -> str:
    """A sentence with its full stop."""
    return f"{str(text).rstrip('。')}。"


def blank(act: Act, name: str) -> bool:
    """Whether a text was left empty."""
    return not str(act.given.get(name) or "").strip()


def names(world: World, logins: Iterable[str]) -> str:
    """People as others read them."""
    people = world.known.get("officers", {})
    return "、".join(str(people.get(login, {}).get("name") or login) for login in logins)


JUDGED = frozenset(
    {
        Action.CONCLUDE,
        Action.PROPOSE_FAST,
        Action.APPROVE_FAST,
        Action.APPROVE_NOTICE,
        Action.SUBMIT_DECISION,
        Action.DECIDE,
        Action.DECIDE_ON_SPOT,
    }
)
"""Acts that propose or make a decision."""
CITING = frozenset({Action.CONCLUDE, Action.PROPOSE_FAST, Action.DECIDE_ON_SPOT})
"""Acts that find facts on evidence."""


def wish(case: Case, act: Act) -> Proposal | None:
    """What the act proposes, or decides on; None while its form is still empty."""
    if act.action in {Action.APPROVE_NOTICE, Action.APPROVE_FAST}:
        return case.conclusion
    if act.action is Action.DECIDE:
        return case.submitted
    filled = "kinds" if act.action is Action.DECIDE_ON_SPOT else "outcome"
    if filled not in act.given:
        return None
    return submitted(case, act) if act.action is Action.SUBMIT_DECISION else proposal(act)


def penalty(case: Case, act: Act) -> Proposal | None:
    """The same, if it is a penalty."""
    proposed = wish(case, act)
    return proposed if proposed and proposed.outcome == "penalty" else None


def awaited(case: Case, act: Act) -> Proposal | None:
    """The penalty that notice and hearing must come before; that of the conclusion, while the form is empty."""
    if act.action is Action.SUBMIT_DECISION and "outcome" not in act.given:
        return case.conclusion if case.conclusion and case.conclusion.outcome == "penalty" else None
    return penalty(case, act)


def taking(*names: str) -> frozenset[Action]:
    """Actions whose form has one of these fields."""
    return frozenset(action for action, deed in DEEDS.items() if {*deed.requires, *deed.takes} & set(names))
