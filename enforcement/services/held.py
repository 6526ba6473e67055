"""What a process holds of a list, so that asking again costs one cheap statement, or none for who holds the version."""

import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from enforcement.models import ListEdition
from town import reference
from town.reference import Kind, Versions

Catalogue = TypeVar("Catalogue")
KEPT = 8
LOOKED_AT = "held.versions"


@contextmanager
def steady(session: Session, versions: Versions | None = None) -> Iterator[None]:
    """Within this a session reads the versions of lists once, so all its lists are of one moment.

    ``versions``: as ``reference.hold`` gave them. For looking and deciding, not for who changes lists.
    """
    if LOOKED_AT in session.info:
        yield
        return
    session.info[LOOKED_AT] = versions or reference.seen(session)
    try:
        yield
    finally:
        session.info.pop(LOOKED_AT)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when (not included) an edition is in force; local days."""

    edition_id: uuid.UUID
    begins: dt.date
    ends: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Whether the edition is in force that day."""
        return self.begins <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Known(Generic[Catalogue]):
    """What is known of one version of a list: when each edition is in force, and those that were asked for."""

    spans: tuple[Span, ...]
    catalogues: dict[uuid.UUID, Catalogue] = field(default_factory=dict)

    def edition_on(self, day: dt.date) -> uuid.UUID | None:
        """The edition in force that day."""
        return next((span.edition_id for span in self.spans if span.holds(day)), None)


class Held(Generic[Catalogue]):
    """清单目录 by version, the newest few. Catalogues never change, so all threads share one."""

    def __init__(self, kind: Kind, build: Callable[[Session, uuid.UUID], Catalogue]) -> None:
        self._kind, self._build = kind, build
        self._lock = threading.Lock()
        self._held: dict[uuid.UUID, Known[Catalogue]] = {}

    def on(self, session: Session, day: dt.date, version: uuid.UUID | None = None) -> Catalogue | None:
        """The catalogue in force on a local day; None when no edition is. ``version``: as held in this transaction."""
        stamp = version or self._version(session)
        known = self._held.get(stamp) if stamp else None
        edition = known.edition_on(day) if known else None
        if known and (edition is None or edition in known.catalogues):
            return known.catalogues[edition] if edition else None
        with self._lock:
            return self._learn(session, day, stamp)

    def of(self, session: Session, edition_id: uuid.UUID) -> Catalogue:
        """The catalogue of one edition, in force or not."""
        stamp = self._version(session)
        known = self._held.get(stamp) if stamp else None
        if known and edition_id in known.catalogues:
            return known.catalogues[edition_id]
        built = self._build(session, edition_id)
        if self._newest(session) == stamp:
            with self._lock:
                known = known or Known(self._spans(session))
                self._keep(stamp, known)
                known.catalogues[edition_id] = built
        return built

    def _learn(self, session: Session, day: dt.date, stamp: uuid.UUID | None) -> Catalogue | None:
        """Only what was the same version before and after it was read is kept."""
        while True:
            known = (self._held.get(stamp) if stamp else None) or Known(self._spans(session))
            edition = known.edition_on(day)
            built = self._build(session, edition) if edition and edition not in known.catalogues else None
            seen = self._newest(session)
            if seen == stamp:
                self._keep(stamp, known)
                if edition and built is not None:
                    known.catalogues[edition] = built
                return known.catalogues[edition] if edition else None
            stamp = seen

    def _keep(self, stamp: uuid.UUID | None, known: Known[Catalogue]) -> None:
        if stamp and stamp not in self._held:
            self._held = dict([*self._held.items(), (stamp, known)][-KEPT:])

    def _version(self, session: Session) -> uuid.UUID | None:
        looked: Versions | None = session.info.get(LOOKED_AT)
        return looked[self._kind] if looked else self._newest(session)

    def _newest(self, session: Session) -> uuid.UUID | None:
        return reference.seen(session)[self._kind]

    def _spans(self, session: Session) -> tuple[Span, ...]:
        asked = select(ListEdition.id, ListEdition.valid_from, ListEdition.valid_to)
        rows = session.execute(asked.where(ListEdition.kind == self._kind))
        return tuple(Span(edition, begins, ends) for edition, begins, ends in rows if begins)
