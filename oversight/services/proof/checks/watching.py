"""The clocks are watched, and those that rest do so for a reason (值守)."""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import ColumnElement, func, or_, select

from oversight import labels_supervision
from oversight.services.proof.checks.looking import Check, Facts, Found, Ground, Seen
from town import watch
from town.watch import Beat, Deadline, Pause

LATE = dt.timedelta(minutes=5)
"""The watch looks every second; a beat this old means that nobody looks."""
ONE = 1


def beat(ground: Ground) -> Seen:
    """Somebody looks after the clocks."""
    last = ground.session.get(Beat, ONE)
    if last is not None and min(abs(ground.now - last.at), abs(ground.now - last.wall)) <= LATE:
        return Seen(1, [])  # whoever asks by a clock that jumped is answered by that clock
    return Seen(1, [Found("watch", {"last": last.at.isoformat() if last else None})])


def unnoticed(ground: Ground) -> Seen:
    """What was due a while ago has been noticed."""
    waiting = Deadline.state == watch.State.RUNNING
    overdue = or_(Deadline.wakes_at.is_(None), Deadline.due_at <= ground.now - LATE)
    return _clocks(ground, waiting, overdue)


def paused(ground: Ground) -> Seen:
    """A clock is paused exactly as long as somebody answers for a pause that is open."""
    still = select(Pause.deadline_id).where(Pause.until.is_(None))
    resting = Deadline.state == watch.State.PAUSED
    asked = or_(resting, Deadline.id.in_(still))
    return _clocks(ground, asked, or_(resting & Deadline.id.not_in(still), ~resting & Deadline.id.in_(still)))


def _clocks(ground: Ground, asked: ColumnElement[bool], wrong: ColumnElement[bool]) -> Seen:
    looked = ground.session.scalar(select(func.count()).select_from(Deadline).where(asked)) or 0
    found = ground.session.scalars(select(Deadline).where(asked, wrong).order_by(Deadline.id))
    return Seen(looked, [Found(f"deadline:{one.id}", {"of": one.subject, "kind": one.kind}) for one in found])


def _silent(facts: Facts) -> str:
    return "值守没有在看时限。" if facts["last"] else "值守从来没有看过时限。"


def _named(sentence: str) -> Callable[[Facts], str]:
    """With the clock by its name."""
    return lambda facts: f"「{labels_supervision.clock(facts['of'], facts['kind'])}」{sentence}"


CHECKS = (
    Check("watch_beat", "时限有人值守", beat, _silent, "请启动 wangge worker，并看它的日志；启动后会补办。"),
    Check(
        "clock_unnoticed",
        "到期都有人知道",
        unnoticed,
        _named("早已到期，却还没有记为超时。"),
        "请看 wangge worker 的日志：处理这条时限时可能一直出错。",
    ),
    Check(
        "clock_paused",
        "停表都有理由",
        paused,
        _named("停着表却没有停表记录，或者停表记录没有结束。"),
        "请恢复办理让时限继续走；不行的请报告管理员。",
    ),
)
