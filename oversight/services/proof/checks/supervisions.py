"""Every 督办单 that is open has somebody to answer it, or to judge the answer, and a clock for either."""

from oversight.models import Supervision
from oversight.rules.proof import Nobody, Staff, squadless, unitless
from oversight.rules.supervision import State
from oversight.services.proof.checks import open_matters
from oversight.services.proof.checks.looking import Check, Ground, Seen, always, clocks, judged, nobody, unwatched
from oversight.services.proof.checks.open_matters import subject


def owner(ground: Ground) -> Seen:
    """Whoever must answer, or the supervisor who must judge, is there."""
    return judged((subject(one), _ownerless(one, ground.staffing)) for one in open_matters.papers(ground.session))


def due(ground: Ground) -> Seen:
    """Answer and judgement are waited for by a clock."""
    subjects = [subject(one) for one in open_matters.papers(ground.session)]
    return unwatched(subjects, clocks(ground.session, subjects))


def _ownerless(one: Supervision, staff: Staff) -> Nobody | None:
    if one.state == State.REPLIED or (one.squad_id is None and one.partner_id is None):
        return None if staff.supervisors else Nobody.NO_SUPERVISOR
    return squadless(one.squad_id, staff) if one.squad_id else unitless(one.partner_id, staff)


CHECKS = (
    Check("supervision_owner", "督办单有人答复", owner, nobody, "请督办改派，或请管理员恢复账号。"),
    Check(
        "supervision_due",
        "督办单有时限",
        due,
        always("等人答复或审结，却没有在走的时限。"),
        "请督办退回重答（会重新计时），或办结。",
    ),
)
