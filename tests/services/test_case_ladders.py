"""Which clocks of a case ring before they are over: the town's own, never the party's time."""

from enforcement.rules.cases import clocks
from enforcement.rules.cases.clocks import Clock
from tests.lives_in_states import notified
from town import ladders, watch


def test_the_towns_own_clocks_have_a_ladder_and_the_partys_time_rings_nobody(bureau, database):
    life = notified(bureau)
    with database.read() as session:
        found = watch.of(session, f"case:{life.id}")
    assert {Clock.DECIDE, Clock.DEFENCE} <= {clock.kind for clock in found}
    for clock in found:
        own = not clocks.BY_KIND[Clock(clock.kind)].window
        expected = ladders.pick(ladders.STARTER, f"case.{clock.kind}", ladders.ANY) if own else ()
        assert tuple(map(tuple, clock.ladder)) == expected, clock.kind
