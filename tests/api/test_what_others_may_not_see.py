"""What a squad's leader reads of a frozen month, and months that nobody can mean."""

import pytest

from tests.api.test_appraisal import MONTHS, OCTOBER, door, frozen, lives, supervisor
from tests.ground.cast import CHEN_JING, EAST, INNER, LIN_XIAOFENG, ZHAO_HAI
from tests.ground.databases import on_sqlite

__all__ = ["door", "frozen", "lives", "supervisor"]

pytestmark = on_sqlite


def test_a_leader_reads_every_result_but_neither_orders_nor_words_of_another_squad(door, lives, supervisor, frozen):
    inner, east = door.signed_in(LIN_XIAOFENG), door.signed_in(ZHAO_HAI)
    told = {"month": OCTOBER, "ground": "not_ours", "words": "不归我们管", "order": str(lives.unsigned)}
    appeal = inner.post("/api/v1/appraisal/appeals", told).json
    decided = supervisor.post(f"/api/v1/appraisal/appeals/{appeal['id']}/decision", {"approve": True, "words": "属实"})
    assert decided.status_code == 200, decided.text
    for asking in (inner, supervisor, door.signed_in(CHEN_JING)):
        shown = asking.get(f"{MONTHS}/{OCTOBER}").json
        assert [one["order"]["id"] for one in shown["excluded"]] == [str(lives.unsigned)]
        assert [one["words"] for one in shown["appeals"]] == ["不归我们管"]
    shown = east.get(f"{MONTHS}/{OCTOBER}")
    assert [row["key"] for row in shown.json["squads"]] == [EAST, INNER]
    assert (shown.json["excluded"], shown.json["appeals"]) == ([], [])
    assert str(lives.unsigned) not in east.get(f"{MONTHS}/{OCTOBER}.csv").text


@pytest.mark.parametrize("month", ["0000-01", "0001-01", "1999-12", "9999-12", "١٢٣٤-01", "２０２６-10"])
def test_a_month_that_nobody_can_mean_is_refused_in_words(supervisor, month):
    answer = supervisor.post(MONTHS, {"month": month})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    assert supervisor.get(f"{MONTHS}/{month}").status_code == 404
