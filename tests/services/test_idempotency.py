"""What is kept of a repeated request gives nothing away."""

import hashlib
import json
import uuid

from sqlalchemy import select

from tests.ground.cast import AUNT_ZHOU
from tests.ground.web import IN_THE_MIDDLE_OF_INNER, Door
from town.database import Database
from town.idempotency import Answer


def test_nobody_with_the_database_can_try_out_which_telephone_was_sent(door: Door, mapped: Database):
    sent = json.dumps({"place": IN_THE_MIDDLE_OF_INNER, "words": "占道经营", "reporter": {"phone": AUNT_ZHOU.phone}})
    headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
    first, again = (door.app.test_client().post("/api/v1/reports", data=sent, headers=headers) for _ in range(2))
    assert first.json == again.json
    with mapped.read() as session:
        kept = session.scalars(select(Answer)).one()
    everything = b"".join([kept.request, kept.body or b"", kept.scope.encode(), kept.key.encode()])
    assert hashlib.sha256(sent.encode()).digest() not in everything
    assert AUNT_ZHOU.phone.encode() not in everything
