"""The procedure as data, and the register of numbers (程序表、文号登记簿)."""

from enforcement import labels, schemas
from enforcement.rules.cases import procedure
from enforcement.rules.cases.clocks import TABLE
from enforcement.rules.cases.fields import FIELDS
from enforcement.rules.numbers import KIND_NAMES, STATE_NAMES, NumberKind, NumberState
from enforcement.rules.stops import CATALOGUE
from enforcement.services import numbers
from enforcement.services.cases import choosing
from town.access import SQUAD_ROLES, staff
from town.http import Call, Routes
from town.people import Role

routes = Routes("register", "/api/v1")
READERS = staff(*SQUAD_ROLES, Role.APPROVER, Role.LEGAL_REVIEWER, Role.SUPERVISOR, Role.AUDIT_ADMIN)


@routes.get("/procedure", rights=READERS, gives=schemas.ProcedureOut)
def show_procedure(_call: Call) -> schemas.ProcedureOut:
    """Table, fields, factors, stops and clocks: what a tablet without network applies."""
    return schemas.ProcedureOut(
        steps=procedure.as_data(),
        fields=[
            {"name": one.name, "kind": one.kind, "label": one.label, "choices": one.choices, "help": one.help}
            for one in FIELDS.values()
        ],
        factors=choosing.factors_out(),
        stops=[schemas.StopOut(code=one.code, article=one.article, sentence=one.label) for one in CATALOGUE.values()],
        clocks=[
            {"kind": row.clock, "name": row.name, "article": row.article, "window": row.window, "stops": row.stops}
            for row in TABLE
        ],
        states={state.value: name for state, name in labels.STATES.items()},
        lanes={lane.value: name for lane, name in labels.LANES.items()},
    )


@routes.get("/numbers", rights=READERS, query=schemas.NumbersQuery, gives=schemas.NumbersOut)
def list_numbers(call: Call, query: schemas.NumbersQuery) -> schemas.NumbersOut:
    """Every number of a series: issued, void with its reason, or outstanding; and what is wrong, if anything is."""
    rows = numbers.register(call.session, query.organ, query.kind, query.year)
    return schemas.NumbersOut(
        numbers=[
            schemas.NumberOut(
                text=row.text,
                kind=row.kind,
                kind_name=KIND_NAMES[NumberKind(row.kind)],
                year=row.year,
                sequence=row.sequence,
                state=row.state,
                state_name=STATE_NAMES[NumberState(row.state)],
                case_id=row.case_id,
                allocated_at=row.allocated_at,
                reason=row.reason,
            )
            for row in rows
        ],
        gaps=[str(one.fault) for one in numbers.gaps(call.session)],
    )
