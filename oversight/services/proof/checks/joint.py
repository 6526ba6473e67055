"""Every joint task has somebody whose turn it is, and a clock (协办任务)."""

from dispatch.models import JointTask
from dispatch.rules.joint import State
from oversight.rules.proof import Nobody, Staff, squadless, unitless
from oversight.services.proof.checks import open_matters
from oversight.services.proof.checks.looking import Check, Ground, Seen, always, clocks, judged, nobody, unwatched
from oversight.services.proof.checks.open_matters import subject


def owner(ground: Ground) -> Seen:
    """The called squad has people; for a unit the desk may speak. The caller, after a refusal, has a proof of his own."""
    return judged((subject(one), _ownerless(one, ground.staffing)) for one in open_matters.tasks(ground.session))


def due(ground: Ground) -> Seen:
    """Whatever it waits for, it waits by a clock."""
    subjects = [subject(one) for one in open_matters.tasks(ground.session)]
    return unwatched(subjects, clocks(ground.session, subjects))


def _ownerless(one: JointTask, staff: Staff) -> Nobody | None:
    match one.state:
        case State.ARBITRATION:
            return None if staff.supervisors else Nobody.NO_SUPERVISOR
        case State.REFUSED:
            return None
    if one.partner_id is None:
        return squadless(one.squad_id, staff)
    return None if staff.dispatchers else unitless(one.partner_id, staff)


CHECKS = (
    Check("joint_owner", "协办任务有人管", owner, nobody, "请牵头中队另找单位，或请管理员恢复账号。"),
    Check(
        "joint_due",
        "协办任务有时限",
        due,
        always("没有在走的时限，没有人会催。"),
        "请牵头中队或指挥中心推进到下一步。",
    ),
)
