"""Receipts (缴款凭证号): each pays once in the whole town, whoever enters it, and when."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import insert, select

from enforcement.models import CaseAct, PaymentReceipt, PenaltyCase
from enforcement.rules.cases.states import State
from enforcement.rules.parties import Identity, Paper
from service import migrate
from tests.ground.bureau import STALL_HOLDER, ZHOU_ZHENG, Bureau, Life
from tests.lives_in_states import ROADS
from town import geometry
from town.database import Database
from town.errors import Refused

SAME = "苏财 0000777"
BEFORE = dt.datetime(2026, 10, 1, 2, 0, tzinfo=dt.UTC)
NEIGHBOUR = Identity("李大伟", Paper.PASSPORT, "E00000001", birth=dt.date(1980, 1, 1), address="云溪镇河东村 9 号")


def fined(bureau: Bureau) -> Life:
    """Another case, against somebody else."""
    return bureau.open("SR003").known(NEIGHBOUR).filed().told().heard().decided()


def test_a_receipt_of_another_case_is_refused_and_the_case_is_named(bureau):
    first, second = ROADS[State.PERFORMING](bureau), fined(bureau)
    first.do("pay", receipt_number=SAME)
    with pytest.raises(Refused, match="云综执立字〔2026〕第001号") as refused:
        second.do("pay", receipt_number="苏财０000777")
    assert [one["code"] for one in refused.value.facts["stops"]] == ["receipt_elsewhere"]
    second.do("pay", receipt_number="苏财 0000778")


def test_a_payment_that_was_refused_uses_up_no_receipt(bureau):
    first, second = ROADS[State.PERFORMING](bureau), fined(bureau)
    with pytest.raises(Refused):
        first.do("pay", receipt_number=SAME, amount_fen=10**9)
    second.do("pay", receipt_number=SAME)


def test_the_bank_slip_of_cash_may_stand_for_several_cases(bureau):
    for somebody in (STALL_HOLDER, NEIGHBOUR):
        life = bureau.open("SR001").known(somebody)
        life.do("decide_on_spot", fine_fen=2_500, pay_manner="cash", cash_ground="small")
        life.do("pay", pay_manner="cash", cash_ground="small", officers=["sumin", "linxiaofeng"])
        life.do("hand_in_cash").do("bank_cash", ZHOU_ZHENG, receipt_number="缴 000123")


def test_receipts_of_payments_before_the_rule_are_taken_over(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/town.sqlite3")
    migrate.upgrade(database, "0004")
    first, second = uuid.uuid4(), uuid.uuid4()
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw
        raw.execute("PRAGMA foreign_keys=OFF")
        for at, case in enumerate((first, second)):
            connection.execute(insert(PenaltyCase).values(**as_it_was(case)))
            connection.execute(insert(CaseAct).values(**paid(case, at)))
        connection.commit()
        raw.execute("PRAGMA foreign_keys=ON")
    migrate.upgrade(database)
    with database.read() as session:
        assert [(one.number, one.case_id) for one in session.scalars(select(PaymentReceipt))] == [
            ("苏财0000777", first)
        ]
    database.close()


def as_it_was(case: uuid.UUID) -> dict[str, Any]:
    """A case in which nothing matters but that it is there."""
    words = {"state": "performing", "lane": "ordinary", "power_code": "SR003", "handlers": []}
    others = {name: uuid.uuid4() for name in ("squad_id", "power_edition_id")}
    moments = dict.fromkeys(("opened_at", "changed_at"), BEFORE)
    return {
        "id": case,
        "version": 2,
        "place": geometry.point(121.07, 31.57),
        "acted_on": BEFORE.date(),
        **words,
        **others,
        **moments,
    }


def paid(case: uuid.UUID, minutes: int) -> dict[str, Any]:
    """A payment with the receipt that the other case has too."""
    at = BEFORE + dt.timedelta(minutes=minutes)
    facts = {"given": {"receipt_number": SAME}, "known": {}}
    return {
        "id": uuid.uuid4(), "case_id": case, "sequence": 2, "action": "pay", "at": at, "recorded_at": at,
        "actor": "account:1", "facts": facts,
    }  # fmt: skip
