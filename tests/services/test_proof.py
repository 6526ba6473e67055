"""The nightly proof: a healthy town has no finding, and whatever would be forgotten is named until it is mended."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select

from dispatch.models import Order
from oversight.models import Finding, ProofRun
from oversight.services.proof import findings, proving
from oversight.services.proof.checks import BROKEN, BY_CODE, CHECKS, positions
from tests.ground.cast import EAST, INNER
from tests.ground.databases import on_postgresql, on_sqlite
from tests.proof_town import FAULTS, NIGHT, ProofTown, healthy, report, write_head
from town import journal, profile

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def proof_town(listed, settings, cast) -> ProofTown:
    return healthy(listed, settings, cast)


def prove(town: ProofTown, now: dt.datetime = NIGHT, **more) -> ProofRun:
    return proving.prove(town.database, town.settings, town.stores, now, **more)


def found(town: ProofTown) -> set[str]:
    """The checks whose findings nobody settled."""
    with town.database.read() as session:
        return set(session.scalars(select(Finding.check).where(Finding.settled_at.is_(None))))


def test_a_healthy_town_has_no_finding_and_every_check_has_looked_at_something(proof_town):
    run = prove(proof_town)
    assert found(proof_town) == set()
    assert run.started_at == NIGHT
    assert run.finished_at
    nothing_there = {"order_review", "alarm_nobody"}
    assert {code for code, looked in run.looked.items() if not looked} == nothing_there | {"clock_paused"}
    assert set(run.looked) == {check.code for check in CHECKS}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.check)
def test_what_would_be_forgotten_is_found_kept_and_settled_when_it_is_mended(proof_town, fault):
    fault.plant(proof_town)
    first = prove(proof_town)
    assert found(proof_town) == {fault.check} | fault.also
    mine = [BY_CODE[code] for code in (fault.check, *fault.also)]
    second = prove(proof_town, NIGHT + MINUTE, checks=mine)
    with proof_town.database.read() as session:
        kept = session.scalars(select(Finding).where(Finding.check == fault.check)).all()
        assert [(one.first_run_id, one.last_run_id) for one in kept] == [(first.id, second.id)] * len(kept)
        shown = findings.finding_out(session, kept[0])
        assert shown.sentence
        assert shown.then
        assert shown.check_name == BY_CODE[fault.check].name
    fault.mend(proof_town)
    prove(proof_town, NIGHT + 2 * MINUTE, checks=mine)
    assert found(proof_town) == set()


def test_every_check_is_proved_by_a_planted_fault():
    assert {fault.check for fault in FAULTS} == {check.code for check in CHECKS}


@on_postgresql
def test_postgis_judges_places_by_itself_inside_and_outside_the_town(proof_town):
    def misplaced(grid: uuid.UUID | None) -> list[tuple[uuid.UUID, str | None]]:
        proof_town.set(Order, proof_town.order, grid_id=grid)
        with proof_town.database.read() as session:
            judged = positions.by_postgis(session)
            _, told = positions.by_memory(session)
            assert {order for order, _ in judged} == {order for order, _, _ in told}
            return judged

    assert misplaced(proof_town.grid(f"{INNER}-01")) == []
    assert misplaced(proof_town.grid(f"{EAST}-01")) == [(proof_town.order, f"{EAST}-01")]
    assert misplaced(None) == [(proof_town.order, None)]


def test_a_thousand_healthy_orders_have_no_finding(proof_town):
    with proof_town.database.write() as session:
        town = profile.current(session)
        for number in range(1000):
            report(session, town, 2 + number)
    write_head(proof_town)
    run = prove(proof_town)
    assert found(proof_town) == set()
    assert run.looked["order_owner"] == run.looked["order_due"] == run.looked["order_position"] == 1001


def test_a_check_that_breaks_is_told_and_hides_and_settles_nothing(proof_town):
    fault = next(one for one in FAULTS if one.check == "order_due")
    fault.plant(proof_town)
    prove(proof_town)

    def breaks(_ground):
        raise RuntimeError("no")

    broken = tuple(replace(one, look=breaks) if one.code == "order_due" else one for one in CHECKS)
    prove(proof_town, NIGHT + MINUTE, checks=broken)
    assert found(proof_town) == {"order_due", "report_answered", BROKEN.code}
    fault.mend(proof_town)
    prove(proof_town, NIGHT + 2 * MINUTE)
    assert found(proof_town) == set()


def test_the_journal_tells_what_was_found_and_settled(proof_town):
    fault = next(one for one in FAULTS if one.check == "case_due")
    fault.plant(proof_town)
    run = prove(proof_town)
    fault.mend(proof_town)
    prove(proof_town, NIGHT + MINUTE)
    with proof_town.database.read() as session:
        one = session.scalars(select(Finding)).one()
        assert [event.kind for event in journal.events_of(session, f"finding:{one.id}")] == [
            "finding.found",
            "finding.settled",
        ]
        (told,) = journal.events_of(session, f"proof:{run.id}")
        assert (told.kind, told.data["new"], told.data["found"]["case_due"]) == ("proof.finished", 1, 1)


@on_sqlite
def test_a_town_is_proved_once_a_night_and_after_an_absence_at_once(proof_town):
    """02:30 in Shanghai is 18:30 UTC of the day before."""

    def at(day: int, hour: int, minute: int) -> bool:
        now = dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)
        run = proving.prove_when_due(proof_town.database, proof_town.settings, proof_town.stores, now)
        return run is not None

    assert at(23, 2, 0)
    assert not at(23, 2, 1)
    assert not at(23, 18, 29)
    assert at(23, 18, 30)
    assert not at(23, 18, 31)
    assert at(27, 12, 0)
    assert not at(27, 12, 1)


def test_what_was_mended_is_settled_within_minutes_by_a_second_look_at_what_was_found(proof_town):
    def look(minutes: float) -> ProofRun | None:
        now = NIGHT + minutes * MINUTE
        return proving.prove_when_due(proof_town.database, proof_town.settings, proof_town.stores, now)

    fault = next(one for one in FAULTS if one.check == "case_due")
    fault.plant(proof_town)
    whole = look(0)
    assert look(9) is None
    again = look(10)
    assert again is not None
    assert set(again.looked) == {"case_due"}
    fault.mend(proof_town)
    assert look(15) is None
    settled = look(20)
    assert settled is not None
    assert (settled.id, found(proof_town)) == (again.id, set())
    assert look(40) is None
    with proof_town.database.read() as session:
        newest = proving.last(session)
        assert newest is not None
        assert whole is not None
        assert newest.id == whole.id


def test_a_run_that_somebody_asked_for_is_begun_by_whoever_leads(proof_town):
    prove(proof_town)
    later = NIGHT + dt.timedelta(minutes=5)
    with proof_town.database.write() as session:
        asked = proving.ask(session, "account:x", later)
        assert proving.ask(session, "account:y", later).id == asked.id
    run = proving.prove_when_due(proof_town.database, proof_town.settings, proof_town.stores, later + MINUTE)
    assert run is not None
    assert (run.id, run.by, run.started_at) == (asked.id, "account:x", later + MINUTE)
    assert proving.prove_when_due(proof_town.database, proof_town.settings, proof_town.stores, later + MINUTE) is None
