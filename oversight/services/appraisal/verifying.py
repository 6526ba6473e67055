"""核验考核: whether frozen months are what they were, by their own facts; and what live data would say today."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oversight.models import Formula, Snapshot
from oversight.rules import appraisal as rules
from oversight.rules import canonical, counting, formula, periods
from oversight.rules.indicators import Indicator
from oversight.rules.order_facts import OrderFact
from oversight.rules.periods import Span
from oversight.services.appraisal import appraisal
from oversight.services.appraisal.appraisal import SUBJECT
from town.clock import Instant
from town.journal.models import Event
from town.profile import Town


class Fault(StrEnum):
    """What can be wrong with a frozen month."""

    DIGEST = "digest"
    FORMULA = "formula"
    RESULTS = "results"
    CHAIN = "chain"
    JOURNAL = "journal"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """Live data beside the frozen facts: orders that would come in, that are gone, and that count otherwise now."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One revision of a month, and everything that does not fit."""

    month: str
    revision: int
    digest: str
    orders: int
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether it is what it was."""
        return not self.faults


def verify(session: Session, town: Town, now: Instant, month: str | None = None) -> Iterator[Verdict]:
    """Every revision, oldest first: digest, formula, results made anew from its facts, the chain, and the journal's word.

    What the journal says was frozen and is not there any more comes last.
    """
    told = _journalled(session, town, now)
    before: str | None = None
    for snapshot in session.scalars(select(Snapshot).order_by(Snapshot.id)):
        written = told.pop((snapshot.month, snapshot.revision), None)
        if month in (None, snapshot.month):
            faults = tuple(_faults(session, snapshot, before, written))
            yield Verdict(snapshot.month, snapshot.revision, snapshot.digest, len(snapshot.facts), faults)
        before = snapshot.digest
    for (gone, revision), digest in sorted(told.items()):
        if month in (None, gone):
            yield Verdict(gone, revision, digest, 0, (Fault.GONE,))


def live(session: Session, town: Town, snapshot: Snapshot) -> Difference:
    """What the same month would be counted from today; a difference is no fault, somebody has put something right."""
    span = rules.span_in(snapshot.results)
    kept = _counted(appraisal.kept_facts(snapshot), span)
    now = _counted(appraisal.facts_of(session, town, snapshot.month), span)
    both = kept.keys() & now.keys()
    return Difference(
        added=tuple(sorted(now.keys() - kept.keys())),
        gone=tuple(sorted(kept.keys() - now.keys())),
        changed=tuple(sorted(one for one in both if kept[one] != now[one])),
    )


def _journalled(session: Session, town: Town, now: Instant) -> dict[tuple[str, int], str]:
    """The digest of every month and revision that the journal tells of."""
    founded, today = (periods.month_of(one.astimezone(town.zone).date()) for one in (town.created_at, now))
    first, newest = session.execute(select(func.min(Snapshot.month), func.max(Snapshot.month))).one()
    month, last = min(first or founded, founded), max(newest or today, today)
    subjects = {}
    while month <= last:
        subjects[f"{SUBJECT}{month}"] = month
        month = periods.month_after(month)
    found = select(Event.subject, Event.version, Event.data).where(Event.subject.in_(subjects))
    return {(subjects[subject], version): data["digest"] for subject, version, data in session.execute(found)}


def _faults(session: Session, snapshot: Snapshot, before: str | None, written: str | None) -> Iterator[Fault]:
    kept = session.get_one(Formula, snapshot.formula_id)
    if canonical.digest(appraisal.content(snapshot, kept)) != snapshot.digest:
        yield Fault.DIGEST
    if canonical.digest(kept.content) != kept.digest:
        yield Fault.FORMULA
    if not _made_again(snapshot, kept):
        yield Fault.RESULTS
    if snapshot.follows != before:
        yield Fault.CHAIN
    if snapshot.digest != written:
        yield Fault.JOURNAL


def _made_again(snapshot: Snapshot, kept: Formula) -> bool:
    """Whether facts and formula still give the results. What cannot even be read does not."""
    try:
        facts, rule = appraisal.kept_facts(snapshot), formula.read(kept.content)
        names, span = rules.names_in(snapshot.results), rules.span_in(snapshot.results)
    except (KeyError, TypeError, ValueError):
        return False
    return rules.appraise(rule, facts, span, names) == snapshot.results


def _counted(facts: Sequence[OrderFact], span: Span) -> Mapping[str, tuple[object, ...]]:
    """What each order is to every indicator, for whom, and how much it weighs."""
    return {
        fact.id: (
            fact.holder,
            fact.severity,
            fact.kind,
            fact.excluded,
            *(counting.part(fact, code, span) for code in Indicator),
        )
        for fact in facts
    }
