"""Whatever is open can be escalated: somebody real is told at every level, and its clocks ring at all (督办有人可找)."""

from collections.abc import Sequence

from sqlalchemy import select

from enforcement.rules.cases.clocks import BY_KIND, Clock
from oversight.services.proof.checks import open_matters
from oversight.services.proof.checks.looking import Check, Facts, Found, Ground, Seen, always, clocks
from oversight.services.supervision import crew as crews
from oversight.services.supervision import matters, recipients
from oversight.services.supervision.crew import Crew
from town import profile
from town.ladders import Level
from town.people import Account
from town.watch import Deadline


def target(ground: Ground) -> Seen:
    """For each level somebody sits in one of its seats, or the fallback does."""
    crew = crews.at(ground.session, ground.now)
    subjects = list(open_matters.every(ground.session))
    alone = {subject: level for subject in subjects if (level := _alone(ground, subject, crew))}
    return Seen(len(subjects), [Found(subject, {"level": level.value}) for subject, level in alone.items()])


def ladder(ground: Ground) -> Seen:
    """Of the clocks that wait for something, one at least raises alarms."""
    waiting = clocks(ground.session, open_matters.every(ground.session))
    silent = [subject for subject, unmet in waiting.items() if not _rings(unmet)]
    return Seen(len(waiting), [Found(subject) for subject in silent])


def fallback(ground: Ground) -> Seen:
    """The town has named who is told when nobody else can be, and he can sign in."""
    login = profile.current(ground.session).fallback
    named = select(Account.id).where(Account.login == login, Account.active)
    there = login is not None and ground.session.scalar(named) is not None
    return Seen(1, [] if there else [Found("town", {"login": login})])


def _alone(ground: Ground, subject: str, crew: Crew) -> Level | None:
    """The first level at which nobody could be told."""
    matter = matters.of(ground.session, subject, crew)
    return next((level for level in Level if recipients.resolve(matter, level, crew).person is None), None)


def _rings(unmet: Sequence[Deadline]) -> bool:
    """A party's own time asks nobody for anything."""
    asking = [one for one in unmet if not _is_a_window(one)]
    return not asking or any(one.ladder for one in asking)


def _is_a_window(clock: Deadline) -> bool:
    return clock.subject.startswith("case:") and BY_KIND[Clock(clock.kind)].window


def _unnamed(facts: Facts) -> str:
    return f"指定的兜底人 {facts['login']} 不能登录。" if facts["login"] else "还没有指定兜底人。"


CHECKS = (
    Check(
        "escalation",
        "未结的事都有人可催",
        target,
        always("超时后一个可以告知的人都没有。"),
        "请管理员恢复督办、指挥中心的账号，并用 wangge town set --fallback 指定兜底人。",
    ),
    Check(
        "escalation_ladder",
        "在走的时限都会预警",
        ladder,
        always("时限在走，却没有任何预警梯级，临期和超时都不会提醒人。"),
        "请看 wangge supervision ladders list；补好后，推进到下一步就按新的梯级预警。",
    ),
    Check("town_fallback", "有兜底人", fallback, _unnamed, "请用 wangge town set --fallback 账号 --commit 指定。"),
)
