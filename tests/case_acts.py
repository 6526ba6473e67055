"""Acts entered in a penalty case as the case room keeps them, where a test is about what stands around the case.

Whether the law allows an act is asked in the tests of the case room itself.
"""

import uuid
from typing import Any

from enforcement.models import PenaltyCase
from enforcement.rules.cases import folding
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act
from enforcement.services.cases import acting, records
from town import journal
from town.clock import Instant
from town.database import Database


def enter(database: Database, case_id: uuid.UUID, deeds: tuple[Action, ...], actor: str, now: Instant, **given: Any):
    """One act after another, each told in the journal."""
    for deed in deeds:
        with database.write() as session:
            row = session.get_one(PenaltyCase, case_id)
            act = Act(row.version + 1, deed, now, now, actor, given)
            after = folding.after(records.load(session, case_id), act)
            acting.set_on(session, row, after, act)
            records.write(session, row, act)
            journal.append(
                session,
                subject=f"case:{case_id}",
                version=row.version,
                kind=f"case.{deed}",
                actor=actor,
                at=now,
                data={"to": row.state},
            )
