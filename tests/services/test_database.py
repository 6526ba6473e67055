"""What the database says when something goes wrong."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from tests.ground.cast import AUNT_ZHOU, SETTLED
from town import journal
from town.database import Database
from town.journal.models import Words


def test_an_error_repeats_no_values_because_it_ends_in_a_log(database: Database):
    with database.write() as session:
        cite = journal.keep_words(session, subject="report:1", field="words", body="占道", at=SETTLED)
    row = {"cite": cite, "subject": "report:1", "field": "words", "body": AUNT_ZHOU.phone, "at": SETTLED}
    with pytest.raises(IntegrityError) as error, database.write() as session:
        session.execute(insert(Words).values(row))
    assert AUNT_ZHOU.phone not in str(error.value)
