"""Which tier the facts of a case lie in (裁量档次, 行政处罚法 34): exactly one, or why there is none. Nobody picks it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from enforcement.rules import conditions as words
from enforcement.rules.conditions import Condition
from enforcement.rules.factors import FACTORS, Factors
from enforcement.rules.law_choice import Stage, Subject


@dataclass(frozen=True, slots=True)
class TierFact:
    """裁量档次: under these conditions, from ``low_fen`` to ``high_fen`` both included. See the table ``tier``."""

    power_code: str
    code: str
    name: str
    seq: int
    subject: str
    stage: str
    conditions: tuple[Condition, ...]
    words: str
    document: str
    provision: str = ""
    low_fen: int | None = None
    high_fen: int | None = None
    low_bp: int | None = None
    high_bp: int | None = None
    no_penalty: bool = False

    def facts(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self) | {"conditions": [list(one) for one in self.conditions]}


class Outcome(StrEnum):
    """found; missing: a fact is not recorded; overlap: several tiers hold; gap: none does; none: there are no tiers."""

    FOUND = "found"
    MISSING = "missing"
    OVERLAP = "overlap"
    GAP = "gap"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Considered:
    """One tier against the facts. ``holds`` is None while a fact is ``missing``; ``failed``: conditions not met, in Chinese."""

    tier: TierFact
    holds: bool | None
    failed: tuple[str, ...]
    missing: tuple[str, ...]

    def facts(self) -> dict[str, Any]:
        """As plain data."""
        given = {"tier": self.tier.code, "name": self.tier.name, "holds": self.holds}
        return {**given, "failed": list(self.failed), "missing": list(self.missing)}


@dataclass(frozen=True, slots=True)
class Found:
    """裁量档次的结论. ``missing``: codes of the facts that must still be recorded."""

    tier: TierFact | None
    outcome: Outcome
    why: str
    considered: tuple[Considered, ...]
    missing: tuple[str, ...] = ()

    def facts(self) -> Mapping[str, Any]:
        """As plain data, for the act that was decided by it."""
        considered = [one.facts() for one in self.considered]
        told = {"outcome": self.outcome.value, "why": self.why, "missing": list(self.missing), "considered": considered}
        return {**(self.tier.facts() if self.tier else {"code": None}), **told}


def tier_for(
    tiers: Iterable[TierFact], factors: Factors, subject: str, stage: str, provision: str | None = None
) -> Found:
    """The tier the recorded facts lie in. ``tiers``: of one power. ``provision``: code of the one that applies, if known.

    A fact that would decide between tiers and is not recorded is asked for; it is never taken for "no".
    """
    considered = tuple(_considered(one, factors) for one in meant(tiers, subject, stage, provision))
    met = [one.tier for one in considered if one.holds]
    missing = tuple(sorted({code for one in considered if one.holds is None for code in one.missing}))
    if not considered:
        return Found(None, Outcome.NONE, "这一项没有裁量基准，在法定幅度内裁量并说明理由。", ())
    if len(met) > 1:
        names = "、".join(f"「{one.name}」" for one in met)
        return Found(None, Outcome.OVERLAP, f"同时符合{names}，裁量基准的条件有重叠，请法制审核人员修订。", considered)
    if missing:
        labels = "、".join(f"「{FACTORS[code].label}」" for code in missing)
        return Found(None, Outcome.MISSING, f"还缺裁量事实：{labels}。", considered, missing)
    if not met:
        return Found(None, Outcome.GAP, "哪一档的条件都不符合，裁量基准有空缺，请法制审核人员修订。", considered)
    return Found(met[0], Outcome.FOUND, f"符合「{met[0].name}」档：{met[0].words}。", considered)


def meant(tiers: Iterable[TierFact], subject: str, stage: str, provision: str | None = None) -> Sequence[TierFact]:
    """The tiers of one power that are meant for this party, this stage and this provision, in their order."""
    rows = [one for one in tiers if one.subject in {subject, Subject.ANY}]
    rows = [one for one in rows if provision and one.provision == provision] or [
        one for one in rows if not one.provision
    ]
    rows = [one for one in rows if one.stage == stage] or [one for one in rows if one.stage == Stage.BASE]
    rows = [one for one in rows if one.subject == subject] or rows
    return sorted(rows, key=lambda one: (one.seq, one.code))


def _considered(tier: TierFact, factors: Factors) -> Considered:
    answers = [(one, words.holds(one, factors)) for one in tier.conditions]
    failed = tuple(words.worded(one) for one, answer in answers if answer is False)
    if failed:
        return Considered(tier, False, failed, ())
    missing = words.missing(tier.conditions, factors)
    return Considered(tier, None if missing else True, (), missing)
