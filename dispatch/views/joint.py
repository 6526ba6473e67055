"""Joint tasks (吹哨报到) over HTTP: others are called to an order, and answer."""

import uuid

from dispatch import schemas
from dispatch.services import details, joint, joint_pictures
from dispatch.services.joint import Call as Whistle
from dispatch.services.joint import JointWish
from town.access import SQUAD_ROLES, staff
from town.http import Call, Routes
from town.people import Role

routes = Routes("joint", "/api/v1")

CALLERS = staff(Role.SQUAD_LEADER, Role.DISPATCHER)
READERS = staff(*SQUAD_ROLES, Role.GRID_WORKER, Role.PARTNER, Role.DISPATCHER, Role.CHECKER, Role.SUPERVISOR)
WORKERS = staff(*SQUAD_ROLES, Role.PARTNER, Role.DISPATCHER, Role.SUPERVISOR)


@routes.post(
    "/orders/<uuid:order_id>/joint", rights=CALLERS, takes=schemas.JointCallIn, gives=schemas.OrderDetail, status=201
)
def call_others(call: Call, sent: schemas.JointCallIn, order_id: uuid.UUID) -> schemas.OrderDetail:
    """吹哨: call squads and units to an order; it stays with whoever has it."""
    wanted = Whistle(tuple(sent.squads), tuple(sent.partners), sent.words)
    order = joint.call(call.session, call.who, order_id, wanted, call.now)
    return details.detail(call.session, call.who, order, call.now)


@routes.get("/joint", rights=READERS, query=schemas.JointQuery, gives=schemas.JointPage)
def list_tasks(call: Call, query: schemas.JointQuery) -> schemas.JointPage:
    """Tasks newest first: the own squad's or unit's and those of the orders it leads; the town's posts see all."""
    found = joint.page(call.session, call.who, query.open, query.before, query.limit)
    shown = joint_pictures.shown(call.session, call.who, found, call.now)
    return schemas.JointPage(tasks=shown, next=found[-1].id if len(found) == query.limit else None)


@routes.post("/joint/<uuid:task_id>/steps", rights=WORKERS, takes=schemas.JointStepIn, gives=schemas.JointOut)
def take_step(call: Call, sent: schemas.JointStepIn, task_id: uuid.UUID) -> schemas.JointOut:
    """报到: report in, finish, refuse; insist, release; and what the supervisor decides."""
    wish = JointWish(sent.action, sent.version, sent.given)
    task = joint.take_step(call.session, call.who, task_id, wish, call.now)
    return joint_pictures.of_task(call.session, call.who, task, call.now)
