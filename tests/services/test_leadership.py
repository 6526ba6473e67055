"""One process leads at a time, and another one follows it however it ends."""

import pytest
from sqlalchemy import text

from tests.ground.databases import on_postgresql
from tests.ground.processes import until
from town.leadership import candidate, leadership


@pytest.fixture
def candidates(database, tmp_path):
    """Two candidates for one lead, and one for another."""
    stood = [leadership(database.url, name, tmp_path) for name in ("watch", "watch", "answers")]
    yield stood
    for lock in stood:
        lock.release()


def test_one_of_two_candidates_leads_and_keeps_the_lead(candidates):
    first, second, _ = candidates
    assert first.try_acquire()
    assert not second.try_acquire()
    assert first.try_acquire()


def test_who_gives_up_the_lead_is_followed_by_the_other(candidates):
    first, second, _ = candidates
    assert first.try_acquire()
    first.release()
    assert second.try_acquire()
    assert not first.try_acquire()


def test_a_lead_of_another_name_is_another_lead(candidates):
    first, _, other = candidates
    assert first.try_acquire()
    assert other.try_acquire()


def test_a_lead_ends_with_its_block_even_when_that_fails(database, tmp_path):
    def fail():
        with candidate(database.url, "watch", tmp_path) as lead:
            assert lead.try_acquire()
            raise RuntimeError("the work failed")

    with pytest.raises(RuntimeError):
        fail()
    with candidate(database.url, "watch", tmp_path) as lead:
        assert lead.try_acquire()


@on_postgresql
def test_a_leader_whose_connection_is_cut_learns_that_it_leads_no_more(owner, database, candidates):
    first, second, _ = candidates
    assert first.try_acquire()
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'wangge lead watch'")
    with owner(database).write() as session:
        session.execute(cut)
    until(second.try_acquire, "the lead to be free")
    assert not first.try_acquire()
    assert not first.try_acquire()


@on_postgresql
def test_without_a_database_nobody_leads(database, tmp_path):
    with candidate(database.url.set(port=1), "watch", tmp_path) as lead:
        assert not lead.try_acquire()
