"""Every alarm reached somebody (预警有人收到)."""

from sqlalchemy import func, select

from oversight.models import Alarm
from oversight.services.proof.checks.looking import Check, Found, Ground, Seen, always


def nobody_told(ground: Ground) -> Seen:
    """Of the alarms that are open, each was brought to a person."""
    is_open = Alarm.closed_at.is_(None)
    looked = ground.session.scalar(select(func.count()).select_from(Alarm).where(is_open)) or 0
    alone = ground.session.scalars(select(Alarm).where(is_open, Alarm.account_id.is_(None)).order_by(Alarm.id))
    return Seen(looked, [Found(f"alarm:{one.id}", {"of": one.subject, "level": one.level}) for one in alone])


CHECKS = (
    Check(
        "alarm_nobody",
        "预警有人收到",
        nobody_told,
        always("响了，但没有一个人可以告知。"),
        "请用 wangge town set --fallback 指定兜底人，再处理它说的那件事。",
    ),
)
