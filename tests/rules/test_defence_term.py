"""The party's time to speak has no length by law: the town gives it, or nothing is served."""

from dataclasses import replace

import pytest

from enforcement.rules.cases import clock_starts
from enforcement.rules.cases.outside import dates
from enforcement.rules.local_rules import Absent
from tests.rules.stops.cases import YUNXI, A, act, case
from town.terms import Term, Unit

SERVED = act(A.SERVE_NOTICE, day="2026-11-20")


def test_the_term_is_as_long_as_the_town_says():
    served = replace(SERVED, known={"local": {"defence_days": 3}})
    assert clock_starts.defence_term(served) == Term(3, Unit.WORKING_DAYS)


def test_nothing_is_served_while_the_town_has_not_said_how_long():
    with pytest.raises(Absent, match="陈述申辩期限"):
        dates(case(A.SERVE_NOTICE), replace(SERVED, known={"local": {}}), YUNXI)
