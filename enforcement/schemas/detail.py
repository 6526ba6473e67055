"""One case, whole (案件详情). Sums in fen, moments UTC, days local."""

import datetime as dt
import uuid

from enforcement.schemas.acting import ActionOut
from enforcement.schemas.basics import PointOut, StopOut
from enforcement.schemas.cases import CaseOut, ClockShown
from town.bodies import Reply


class ClockTold(ClockShown):
    """时限 with its article and in words. ``stops``: when it is over, something is no longer allowed."""

    id: uuid.UUID
    article: str
    started_at: dt.datetime
    state: str
    state_name: str
    explanation: str
    stops: bool
    window: bool


class ToldOut(Reply):
    """要素: one fact in words."""

    name: str
    label: str
    text: str


class ActOut(Reply):
    """办案行为 on the trace."""

    sequence: int
    action: str
    name: str
    at: dt.datetime
    recorded_at: dt.datetime
    actor_name: str
    article: str
    facts: list[ToldOut]


class FileOut(Reply):
    """A file behind a piece of evidence."""

    id: uuid.UUID
    name: str
    media_type: str
    size: int
    sha256: str


class EvidenceOut(Reply):
    """证据. ``review``: under 行政处罚法 41; none where it is not needed."""

    number: int
    kind: str
    kind_name: str
    name: str
    proves: str
    taken_at: dt.datetime
    place: str | None
    device: str | None
    by: list[str]
    origin: str
    origin_name: str
    review: str
    verified_by: list[str]
    excluded: str | None
    file: FileOut | None


class DocumentOut(Reply):
    """文书 as it was issued."""

    id: uuid.UUID
    kind: str
    title: str
    number: str | None
    made_at: dt.datetime
    pages: int
    sha256: str
    served: bool


class AlarmOut(StopOut):
    """预警: something is late or lapsed; it stops nothing, and asks for an approved reason."""

    since: dt.date | None
    clock: str | None


class PartyOut(Reply):
    """当事人, masked where the asker's post does not need to know."""

    id: uuid.UUID
    version: int
    kind: str
    kind_name: str
    name: str
    number_kind: str
    number: str | None
    gender: str | None
    birth: dt.date | None
    address: str | None
    phone: str | None
    head: str | None
    job: str | None
    masked: bool


class TierOut(Reply):
    """裁量档次 as it followed from the recorded facts."""

    code: str | None
    name: str | None
    words: str | None
    document: str | None
    low_fen: int | None
    high_fen: int | None
    why: str
    reasons: str
    law: str | None
    law_why: str


class NearCase(Reply):
    """A decided case under the same power and tier."""

    id: uuid.UUID
    fine_fen: int
    decided_on: dt.date


class NearestOut(Reply):
    """同案同罚: how the proposed fine lies to what was decided before."""

    count: int
    median_fen: int | None
    deviation_percent: float | None
    beyond_band: bool
    cases: list[NearCase]


class OwedOut(Reply):
    """应缴: what is owed today, with the additional 3 % a day."""

    principal_fen: int
    late_fee_fen: int
    paid_fen: int
    left_fen: int
    next_due: dt.date | None


class CaseDetail(CaseOut):
    """案件, whole."""

    place: PointOut
    grid: str | None
    acted_from: dt.date
    acted_on: dt.date
    discovered_on: dt.date
    summary: str
    party: PartyOut | None
    acts: list[ActOut]
    evidence: list[EvidenceOut]
    documents: list[DocumentOut]
    clocks: list[ClockTold]
    alarms: list[AlarmOut]
    allowed: list[ActionOut]
    tier: TierOut | None
    nearest: NearestOut | None
    owed: OwedOut | None
