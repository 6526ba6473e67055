"""Which provision applies (法律适用): the law at the time of the act, or the newer one where that is lighter.

行政处罚法 37; 生态环境法典 1057. An act that goes on over a change falls under the law at its end.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from enforcement.rules import repealed
from enforcement.rules.factors import ELEMENTS


class Subject(StrEnum):
    """Whom a provision is for."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ANY = "any"


class Stage(StrEnum):
    """base, or refusal: 拒不改正、逾期不改正."""

    BASE = "base"
    REFUSAL = "refusal"


class Because(StrEnum):
    """Why a provision was chosen, or none."""

    UNCHANGED = "unchanged"
    NOT_LIGHTER = "not_lighter"
    LIGHTER = "lighter"
    LAWFUL_NOW = "lawful_now"
    NO_BASIS = "no_basis"


REFUSED = "refused"
GRAVITY = {
    "warning": 1,
    "criticism": 1,
    "fine": 2,
    "confiscate_income": 2,
    "confiscate_goods": 2,
    "suspend_licence": 3,
    "lower_grade": 3,
    "revoke_licence": 4,
    "restrict_business": 3,
    "stop_business": 4,
    "close_business": 5,
    "restrict_work": 4,
}
"""Of the kinds of penalty a town may impose (行政处罚法 9), the milder first."""
SHARES = frozenset({"cost", "value", "income", "compensation", "amount", "loss"})
"""Measures of which a fine is a share; the fact is ``<measure>_fen``."""


@dataclass(frozen=True, slots=True)
class ProvisionFact:
    """罚则: what one article allows for one power, from a day through ``effective_to``. See the table ``provision``.

    ``high_fen`` empty: no upper limit is known, or no fine. ``low_bp``, ``high_bp``: shares of ``measure`` in hundredths
    of a per cent. With a counting ``measure`` (``area_m2``, ``count``) the sums are for each.
    """

    power_code: str
    code: str
    matter: str
    law: str
    article: str
    effective_from: dt.date
    effective_to: dt.date | None
    subject: str
    stage: str
    kinds: tuple[str, ...]
    elements: tuple[str, ...] = ()
    low_fen: int | None = None
    high_fen: int | None = None
    measure: str | None = None
    low_bp: int | None = None
    high_bp: int | None = None
    verified: bool = False

    @property
    def cited(self) -> str:
        """As a decision cites it."""
        return f"《{self.law}》{self.article}"

    @property
    def asks(self) -> frozenset[str]:
        """Everything that must be so besides the act."""
        return frozenset(self.elements) | ({REFUSED} if self.stage == Stage.REFUSAL else set())

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is in force that day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def facts(self) -> dict[str, Any]:
        """As plain data."""
        ends = self.effective_to.isoformat() if self.effective_to else None
        plain = asdict(self) | {"kinds": list(self.kinds), "elements": list(self.elements)}
        return plain | {"effective_from": self.effective_from.isoformat(), "effective_to": ends}


@dataclass(frozen=True, slots=True)
class Choice:
    """法律适用的结论. ``old``: at the time of the act; ``new``: on the day of the decision. Without ``provision`` no penalty.

    ``open``: elements that articles of either day ask for and that were not given as met. Each must have been recorded as
    not met (``factors.unanswered``); while one is unknown the choice is not final.
    """

    provision: ProvisionFact | None
    old: ProvisionFact | None
    new: ProvisionFact | None
    because: Because
    why: str
    article: str
    open: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        """As plain data, for the act that was decided by it."""
        chosen = {name: one.facts() if one else None for name, one in self._provisions().items()}
        told = {"because": self.because.value, "why": self.why, "article": self.article, "open": list(self.open)}
        return {**chosen, **told}

    def _provisions(self) -> dict[str, ProvisionFact | None]:
        return {"provision": self.provision, "old": self.old, "new": self.new}


def choose(
    provisions: Iterable[ProvisionFact],
    *,
    acted_from: dt.date,
    acted_on: dt.date,
    decided_on: dt.date,
    subject: str,
    stage: str,
    elements: Iterable[str] = (),
) -> Choice:
    """The provision for an act that lasted from ``acted_from`` through ``acted_on``; days are local.

    ``provisions``: of one power. ``subject``: person or organisation. ``elements``: codes of what is recorded as met
    (``factors.elements_of``). Raises ValueError when the act ends before it begins.
    """
    if acted_on < acted_from:
        raise ValueError(f"the act ends on {acted_on}, before it begins on {acted_from}")
    rows = [one for one in provisions if one.subject in {subject, Subject.ANY}]
    met = frozenset(elements) | ({REFUSED} if stage == Stage.REFUSAL else set())
    old, new = (_covering(rows, day, stage, met) for day in (acted_on, decided_on))
    because, told = _compared(old, new, rows, acted_on)
    provision = {Because.LAWFUL_NOW: None, Because.NO_BASIS: None, Because.LIGHTER: new}.get(because, old)
    why, article = _lasting(old, acted_from, acted_on) + told, _article(because, old, new)
    return Choice(provision, old, new, because, why, article, _open(rows, {acted_on, decided_on}, stage, met))


def asked(provisions: Iterable[ProvisionFact]) -> frozenset[str]:
    """Every element that a provision of the power asks for, so that it can be recorded before one is chosen."""
    return frozenset(element for one in provisions for element in one.elements)


def lighter(new: ProvisionFact, old: ProvisionFact) -> str | None:
    """Why ``new`` is lighter than ``old``, in Chinese; None when it is not.

    Kinds of penalty come first, then the upper limit, the lower limit, and what the article asks for besides the act.
    """
    if _kinds(new) != _kinds(old):
        return "处罚种类较轻" if _kinds(new) < _kinds(old) else None
    if new.measure != old.measure:
        return None
    for name, (ours, theirs) in {"上限": (_high(new), _high(old)), "下限": (_low(new), _low(old))}.items():
        if ours != theirs:
            return f"罚款{name}较低" if ours < theirs else None
    return "构成要件更严" if new.asks > old.asks else None


def _covering(rows: Iterable[ProvisionFact], day: dt.date, stage: str, met: frozenset[str]) -> ProvisionFact | None:
    """The provision for the act on a day: for its stage rather than for any, and of these the one that asks for most."""
    stages = {stage, Stage.BASE}
    found = [one for one in rows if one.holds_on(day) and one.stage in stages and one.asks <= met]
    found.sort(key=lambda one: (one.code, one.effective_from, repr(one)))
    return max(found, key=lambda one: (one.stage == stage, len(one.asks), one.subject != Subject.ANY), default=None)


def _compared(
    old: ProvisionFact | None, new: ProvisionFact | None, rows: list[ProvisionFact], acted_on: dt.date
) -> tuple[Because, str]:
    if old is None:
        return Because.NO_BASIS, f"{acted_on} 没有条文处罚这种情形{_unmet(rows, acted_on)}，不得处罚。"
    if new is None:
        told = f"违法行为发生时适用{old.cited}，作出决定时的规定不再处罚这种情形，不予行政处罚。"
        return Because.LAWFUL_NOW, told
    if new == old:
        return Because.UNCHANGED, f"违法行为发生时和作出决定时都适用{old.cited}。"
    if why := lighter(new, old):
        return Because.LIGHTER, f"违法行为发生时适用{old.cited}，作出决定时{new.cited}{why}，适用新规定。"
    return Because.NOT_LIGHTER, f"适用违法行为发生时的{old.cited}；作出决定时的{new.cited}不比它轻，不适用。"


def _unmet(rows: list[ProvisionFact], day: dt.date) -> str:
    """What the articles in force would have asked for."""
    wanted = sorted({element for one in rows if one.holds_on(day) for element in one.asks})
    names = "、".join(f"「{ELEMENTS.get(one, one)}」" for one in wanted)
    return f"（条文还要求{names}）" if names else ""


def _open(rows: list[ProvisionFact], days: set[dt.date], stage: str, met: frozenset[str]) -> tuple[str, ...]:
    considered = (one for one in rows if one.stage in {stage, Stage.BASE} and any(one.holds_on(day) for day in days))
    return tuple(sorted({element for one in considered for element in one.elements} - met))


def _lasting(old: ProvisionFact | None, acted_from: dt.date, acted_on: dt.date) -> str:
    if old is None or acted_from >= old.effective_from:
        return ""
    return f"违法行为从 {acted_from} 持续到 {acted_on}，适用行为终了时的规定。"


def _article(because: Because, *involved: ProvisionFact | None) -> str:
    if because is Because.NO_BASIS:
        return "行政处罚法第三十八条"
    ecological = any(one and (repealed.CODE in one.law or repealed.cited(one.law)) for one in involved)
    return "行政处罚法第三十七条" + ("、生态环境法典第一千零五十七条" if ecological else "")


def _kinds(one: ProvisionFact) -> tuple[int, ...]:
    """The gravest first, so that one graver kind outweighs any number of milder ones."""
    return tuple(sorted((GRAVITY.get(kind, 0) for kind in one.kinds), reverse=True))


def _high(one: ProvisionFact) -> float:
    """No upper limit known: nothing is heavier."""
    limit = one.high_bp if one.measure in SHARES else one.high_fen
    return float("inf") if limit is None else limit


def _low(one: ProvisionFact) -> int:
    return (one.low_bp if one.measure in SHARES else one.low_fen) or 0
