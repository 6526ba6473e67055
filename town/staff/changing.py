"""One change of the town's people (变更): who makes it and when, what it refers to, and what the journal is told of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from town import journal, reference
from town.clock import Instant
from town.errors import Refused
from town.journal import Note
from town.partners import Partner
from town.people import Account, Squad
from town.reference import Kind


class Change:
    """The lists as they stand, closed ones too, looked up by the codes that people use, and the notes so far."""

    def __init__(self, session: Session, actor: str, now: Instant) -> None:
        self.session, self.actor, self.now = session, actor, now
        self.notes: list[Note] = []

    @cached_property
    def squads(self) -> dict[str, Squad]:
        """By code."""
        return {one.code: one for one in self.session.scalars(select(Squad))}

    @cached_property
    def partners(self) -> dict[str, Partner]:
        """By code."""
        return {one.code: one for one in self.session.scalars(select(Partner))}

    @cached_property
    def people(self) -> dict[str, Account]:
        """By login."""
        return {one.login: one for one in self.session.scalars(select(Account))}

    def squad(self, code: str) -> Squad:
        """The squad in use with this code. Raises Refused("squad_unknown")."""
        found = self.squads.get(code)
        if found is None or not found.active:
            raise Refused("squad_unknown", squad=code)
        return found

    def partner(self, code: str) -> Partner:
        """The partner in use with this code. Raises Refused("partner_unknown")."""
        found = self.partners.get(code)
        if found is None or not found.active:
            raise Refused("partner_unknown", partner=code)
        return found

    def person(self, login: str) -> Account:
        """The account in use with this login. Raises Refused("person_unknown")."""
        found = self.people.get(login)
        if found is None or not found.active:
            raise Refused("person_unknown", login=login)
        return found

    def note(self, subject: str, kind: str, **data: Any) -> None:
        """Tell the journal, at the end of the change; what is None is left out."""
        told = {name: value for name, value in data.items() if value is not None}
        self.notes.append(Note(subject, kind, self.actor, self.now, told))

    def kept_private(self, account: Account, field: str, words: str) -> str:
        """Keep somebody's personal words where they can be erased; the citation is for the journal."""
        subject = f"account:{account.id}"
        return journal.keep_words(self.session, subject=subject, field=field, body=words, at=self.now)


@contextmanager
def changing(session: Session, actor: str, now: Instant) -> Iterator[Change]:
    """People change in this transaction: those who decide by them are waited for first, and the journal is told last."""
    reference.change(session, Kind.PEOPLE, now)
    change = Change(session, actor, now)
    yield change
    session.flush()
    journal.note_many(session, change.notes)
