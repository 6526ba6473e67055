"""What is known of a penalty case (案件事实): plain facts that acts add up to. Sums in fen, days local, moments aware."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.states import Lane, State
from town.days import Calendar


@dataclass(frozen=True, slots=True)
class Act:
    """办案行为: one act. ``given``: what it says, by ``fields``. ``known``: what was known of the world at that moment."""

    sequence: int
    action: Action
    at: dt.datetime
    recorded_at: dt.datetime
    actor: str
    given: Mapping[str, Any]
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class World:
    """What stands outside the case at the moment of an act. ``known``: see ``enforcement.services.cases.world``."""

    today: dt.date
    calendar: Calendar
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartyFact:
    """当事人: ``age``: in whole years on the day of the act; empty for organisations, and where no paper was shown."""

    id: str
    version: int
    kind: str
    age: int | None


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """证据. ``reviewed``: what the review under 行政处罚法 41 said, empty while nobody reviewed it."""

    number: int
    kind: str
    title: str
    origin: str
    taken_by: tuple[str, ...]
    sequence: int
    file: str | None
    reviewed: bool | None = None
    verified_by: tuple[str, ...] = ()
    excluded: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """先行登记保存 or 查封扣押. ``since`` is empty while it waits for approval; ``ended``: settled, lifted, lapsed or returned."""

    kind: str
    items: tuple[Mapping[str, Any], ...]
    asked: int
    since: dt.datetime | None = None
    extended: bool = False
    lapsed: bool = False
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectionOrder:
    """责令改正. ``result``: of the last re-check."""

    sequence: int
    until: dt.date
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """拟处理意见: at the end of the investigation, in a notice, or in a decision."""

    sequence: int
    outcome: str
    ground: str | None
    kinds: tuple[str, ...]
    fine_fen: int
    confiscate_fen: int
    lighter: str | None
    tier: str | None
    provision: str | None
    factors: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[int, ...] = ()
    """Numbers of the evidence it stands on."""
    deviation_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """送达: a document handed over. ``day``: when it counts as received."""

    kind: str
    sequence: int
    manner: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Notice:
    """事先告知. ``hearing``: whether it told of the right to a hearing. Days are the last ones of the party's terms."""

    proposal: Proposal
    approved: int
    hearing: bool
    served: Served | None = None
    defence_until: dt.date | None = None
    hearing_until: dt.date | None = None
    defence_waived: bool = False
    hearing_waived: bool = False
    defences: tuple[str, ...] = ()
    """How each defence was taken: accepted, partly, not."""
    hearing_asked: dt.date | None = None
    hearing_called: dt.date | None = None
    hearing_at: dt.datetime | None = None
    chair: str | None = None
    hearing_over: str | None = None
    """held, or how it was forfeited."""
    made: dt.date | None = None
    heard: int = 0
    """Sequence of the act that ended the hearing."""
    defended: int = 0
    """Sequence of the newest defence."""


@dataclass(frozen=True, slots=True)
class Decision:
    """处罚决定、不予处罚决定. ``on_spot``: made and handed over under 行政处罚法 51."""

    proposal: Proposal
    sequence: int
    at: dt.datetime
    day: dt.date
    on_spot: bool
    number: str | None = None
    served: Served | None = None
    revoked: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """缴款. ``handed_in``, ``banked``: cash on its way (行政处罚法 71)."""

    sequence: int
    day: dt.date
    fen: int
    manner: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Contest:
    """行政复议 or 行政诉讼. ``decision``: sequence of the decision it attacks. ``result`` is empty while it is under way.

    ``ruled``: sequence of the act that told its result.
    """

    kind: str
    decision: int
    day: dt.date
    result: str | None = None
    ended: dt.date | None = None
    ruled: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """处罚案件: everything the rules ask for. Made by ``folding.fold``, never by hand outside tests."""

    state: State
    lane: Lane
    version: int
    opened: Mapping[str, Any]
    power: str
    handlers: tuple[str, ...]
    opened_at: dt.datetime
    filed_at: dt.datetime | None = None
    switched: bool = False
    """Whether it left the fast lane; it never goes back."""
    party: PartyFact | None = None
    evidence: tuple[EvidenceFact, ...] = ()
    measures: tuple[Measure, ...] = ()
    corrections: tuple[CorrectionOrder, ...] = ()
    no_correction: str | None = None
    electronic: str | None = None
    """The channel the party agreed to by signature (行政处罚法 61(2))."""
    challenges: tuple[str, ...] = ()
    """Logins whose withdrawal was applied for and not yet ruled on."""
    withdrawn_officers: tuple[str, ...] = ()
    conclusion: Proposal | None = None
    notice: Notice | None = None
    notices: int = 0
    reviews: tuple[tuple[int, bool, str], ...] = ()
    """(sequence, passed, login of the reviewer)."""
    discussions: tuple[tuple[int, bool], ...] = ()
    submitted: Proposal | None = None
    decision: Decision | None = None
    announced: Mapping[str, dt.date] = field(default_factory=dict)
    """Kind of document -> day its service by notice was published."""
    served: tuple[Served, ...] = ()
    payments: tuple[Payment, ...] = ()
    cash_handed_fen: int = 0
    cash_banked_fen: int = 0
    schedule: tuple[Mapping[str, Any], ...] = ()
    performed: tuple[str, ...] = ()
    urged: Served | None = None
    urging: int | None = None
    court_asked: dt.date | None = None
    ruling: str | None = None
    contests: tuple[Contest, ...] = ()
    published: dt.date | None = None
    unpublished: dt.date | None = None
    reasons: Mapping[str, str | None] = field(default_factory=dict)
    """Clock -> until when a missed term was excused with an approved reason."""
    recorders: tuple[int, ...] = ()
    """Sequences of acts that name a recorder or device."""
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind of document -> numbers or ids issued so far, oldest first."""
    last_at: dt.datetime | None = None
    """When the newest act was done."""
    investigators: tuple[str, ...] = ()
    """Logins of everybody who handled the case or took evidence in it, whether or not he still does."""
    unrecorded: tuple[tuple[Action, dt.datetime], ...] = ()
    """Acts that the town wants recorded in sound and picture and that name no recorder, with when they were done."""
    higher_excluded: str | None = None
    """Why another rule with a higher fine does not fit this act (行政处罚法 29)."""

    @property
    def fine_fen(self) -> int:
        """The fine of the decision that stands; 0 without one."""
        return self.decision.proposal.fine_fen if self.decision and not self.decision.revoked else 0

    @property
    def contests_now(self) -> tuple[Contest, ...]:
        """复议、诉讼 about the newest decision; one about a decision that was made anew changes nothing in the new one."""
        made = self.decision.sequence if self.decision else None
        return tuple(one for one in self.contests if one.decision == made)

    @property
    def usable_evidence(self) -> tuple[EvidenceFact, ...]:
        """Evidence that was not excluded."""
        return tuple(one for one in self.evidence if one.excluded is None)
