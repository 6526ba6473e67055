"""Supervision over HTTP (督办预警接口): alarms, one's own notices, and 督办单."""

import uuid

from oversight.schemas.supervision import (
    AlarmPage,
    AlarmQuery,
    NoticeOut,
    NoticeQuery,
    NoticesOut,
    SupervisionIn,
    SupervisionOut,
    SupervisionPage,
    SupervisionQuery,
    SupervisionStepIn,
)
from oversight.services.supervision import (
    alarms_shown,
    notices,
    notices_shown,
    supervision_sight,
    supervision_steps,
    supervisions,
    supervisions_shown,
)
from oversight.services.supervision.supervision_steps import Wish
from town.access import staff
from town.http import Call, Routes
from town.people import Role

routes = Routes("supervision", "/api/v1")

ANYBODY = staff()
"""The fallback may be anybody with an account; what he sees, the services say."""
NOT_THE_WALL = staff(*(role for role in Role if role is not Role.WALL))
"""What people wrote is not for a screen that everybody looks at."""
SUPERVISORS = staff(Role.SUPERVISOR)


@routes.get("/alarms", rights=ANYBODY, query=AlarmQuery, gives=AlarmPage)
def list_alarms(call: Call, query: AlarmQuery) -> AlarmPage:
    """Alarms, newest first: one's own and those of one's squad, the centre all."""
    found = alarms_shown.page(call.session, call.who, query)
    return AlarmPage(
        alarms=found,
        next=found[-1].id if len(found) == query.limit else None,
        standing=alarms_shown.standing_by_level(call.session, call.who),
    )


@routes.get("/notices", rights=ANYBODY, query=NoticeQuery, gives=NoticesOut)
def list_notices(call: Call, query: NoticeQuery) -> NoticesOut:
    """One's own notices, newest first."""
    found = notices.page(call.session, call.who, query.open, query.limit)
    return NoticesOut(
        notices=notices_shown.out(call.session, call.who, found),
        unseen=notices_shown.unseen(call.session, call.who),
    )


@routes.post("/notices/<uuid:notice_id>/seen", rights=ANYBODY, gives=NoticeOut)
def see_notice(call: Call, notice_id: uuid.UUID) -> NoticeOut:
    """已阅: one has looked at it."""
    seen = notices.see(call.session, call.who, notice_id, call.now)
    return notices_shown.out(call.session, call.who, [seen])[0]


@routes.get("/supervisions", rights=NOT_THE_WALL, query=SupervisionQuery, gives=SupervisionPage)
def list_supervisions(call: Call, query: SupervisionQuery) -> SupervisionPage:
    """督办单, newest first: those addressed to one's squad or unit, the centre all."""
    found = supervisions_shown.page(call.session, call.who, query, call.now)
    return SupervisionPage(
        supervisions=found,
        next=found[-1].id if len(found) == query.limit else None,
        counts=supervisions_shown.counts(call.session, call.who),
    )


@routes.post("/supervisions", rights=SUPERVISORS, takes=SupervisionIn, gives=SupervisionOut, status=201)
def issue_supervision(call: Call, sent: SupervisionIn) -> SupervisionOut:
    """督办单 by hand, about an order, a case or a joint task."""
    subject = f"{sent.subject.kind}:{sent.subject.id}"
    paper = supervisions.issue_by_hand(call.session, call.who, subject, sent.words, call.now)
    return supervisions_shown.draw(call.session, call.who, [paper], call.now)[0]


@routes.get("/supervisions/<uuid:supervision_id>", rights=NOT_THE_WALL, gives=SupervisionOut)
def show_supervision(call: Call, supervision_id: uuid.UUID) -> SupervisionOut:
    """One 督办单 with what may be done now."""
    paper = supervision_sight.visible(call.session, call.who, supervision_id)
    return supervisions_shown.draw(call.session, call.who, [paper], call.now)[0]


@routes.post(
    "/supervisions/<uuid:supervision_id>/steps", rights=NOT_THE_WALL, takes=SupervisionStepIn, gives=SupervisionOut
)
def step_supervision(call: Call, sent: SupervisionStepIn, supervision_id: uuid.UUID) -> SupervisionOut:
    """Answer it, send the answer back, or close it."""
    wish = Wish(sent.action, sent.version, sent.given)
    paper = supervision_steps.take_step(call.session, call.who, supervision_id, wish, call.now)
    return supervisions_shown.draw(call.session, call.who, [paper], call.now)[0]
