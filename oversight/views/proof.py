"""The nightly proof over HTTP (夜间核对): what it found, who takes care of it, and asking for a run."""

import uuid

from oversight.schemas.proof import FindingOut, FindingsOut, FindingsQuery, RunOut
from oversight.services.proof import findings, proving
from town.access import staff
from town.http import Call, Routes
from town.people import Role

routes = Routes("proof", "/api/v1")

WHO_READS = staff(Role.DISPATCHER, Role.SUPERVISOR, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)
WHO_MENDS = staff(Role.DISPATCHER, Role.SYSTEM_ADMIN)


@routes.get("/findings", rights=WHO_READS, query=FindingsQuery, gives=FindingsOut)
def list_findings(call: Call, query: FindingsQuery) -> FindingsOut:
    """What would have been forgotten, newest first."""
    return findings.page(call.session, query.open, query.before, query.limit)


@routes.post("/findings/<uuid:finding_id>/take", rights=WHO_MENDS, gives=FindingOut)
def take_finding(call: Call, finding_id: uuid.UUID) -> FindingOut:
    """认领: he looks after it; a later run that no longer finds it settles it."""
    return findings.finding_out(call.session, findings.take(call.session, call.who, finding_id, call.now))


@routes.post("/findings/runs", rights=WHO_MENDS, gives=RunOut, status=202)
def ask_for_run(call: Call) -> RunOut:
    """Ask for a run now: the worker begins it within a minute."""
    return findings.run_out(call.session, proving.ask(call.session, call.who.name, call.now))
