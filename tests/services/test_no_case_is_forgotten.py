"""Whatever state a penalty case stands in, somebody is reminded: by a clock of its own, or by the nightly proof."""

import datetime as dt

import pytest

from enforcement.rules.cases.states import ENDED, State
from oversight.rules.proof import QUIET_DAYS
from oversight.services.proof import staffing
from oversight.services.proof.checks import cases
from oversight.services.proof.checks.looking import Ground, clocks
from service import kept_files
from tests.ground.bureau import Bureau
from tests.ground.databases import on_sqlite
from tests.lives_in_states import ROADS
from town.clock import Instant

OPEN = [state for state in ROADS if state not in ENDED]


def found(bureau: Bureau, case: str, now: Instant) -> tuple[bool, bool]:
    """Whether a clock waits for it, and whether the proof finds it."""
    with bureau.database.read() as session:
        ground = Ground(session, bureau.settings, kept_files.stores(bureau.settings), staffing.staff(session), now)
        seen = cases.due(ground)
        assert not cases.owner(ground).found
        waited_for = bool(clocks(session, [case]))
        assert seen.looked
        return waited_for, case in {one.subject for one in seen.found}


@on_sqlite
@pytest.mark.parametrize("state", OPEN, ids=str)
def test_an_open_case_has_an_owner_and_is_waited_for_by_a_clock_or_found_when_nobody_touches_it(
    bureau: Bureau, state: State
):
    life = ROADS[state](bureau)
    case = f"case:{life.id}"
    assert not found(bureau, case, bureau.now)[1]
    waited_for, told = found(bureau, case, bureau.now + dt.timedelta(days=QUIET_DAYS + 1))
    assert waited_for or told
