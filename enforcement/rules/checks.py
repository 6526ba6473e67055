"""Checks of a whole power list before it is kept: what may not be imported, and what somebody should look at.

行政处罚法 5(3), 9, 20, 21, 24; 生态环境法典 1242.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from enforcement.rules import repealed
from enforcement.rules.findings import Doubt, Finding, unknown_partner, warning
from enforcement.rules.findings import repeated as repeated_codes
from enforcement.rules.powers import Mode

POLICE_ONLY = ("行政拘留",)
SELDOM_A_TOWNS = ("吊销营业执照", "吊销")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a power list as it was typed. Fines in yuan."""

    code: str
    name: str
    basis: str
    penalty: str
    mode: str
    effective_from: dt.date
    effective_to: dt.date | None = None
    events: tuple[str, ...] = ()
    fine_min: int | None = None
    fine_max: int | None = None
    document: str | None = None
    list_entry: str | None = None
    grantor: str | None = None
    published_on: dt.date | None = None
    superseded_by: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What lines are checked against: codes of events and partners (empty: not known yet), and today."""

    today: dt.date
    events: Collection[str] = ()
    partners: Collection[str] = ()
    codes: Collection[str] = field(default=())


Check = Callable[[Line, Known], Iterator[Doubt]]


def inspect(lines: Sequence[Line], known: Known) -> tuple[Finding, ...]:
    """Everything wrong with a list, line by line."""
    within = Known(known.today, frozenset(known.events), frozenset(known.partners), {line.code for line in lines})
    found = [*repeated_codes(lines)]
    for number, line in enumerate(lines):
        found += [doubt.at(number) for check in CHECKS for doubt in check(line, within)]
    return tuple(sorted(found, key=lambda one: one.line))


def _events(line: Line, known: Known) -> Iterator[Doubt]:
    unknown = [code for code in line.events if code not in known.events]
    if known.events and unknown:
        yield Doubt("events", "unknown_event", f"事项清单里没有 {'、'.join(unknown)}，请核对代码。")
    if not line.events:
        yield warning("events", "no_event", "没有对应的事项，派单时用不到这一项。")


def _delegated(line: Line, _: Known) -> Iterator[Doubt]:
    if line.mode != Mode.DELEGATED:
        return
    if not (line.document or line.list_entry):
        yield warning(
            "document", "not_conferred", "没有填赋权决定和县清单条目，填好之前不能使用（行政处罚法第二十四条）。"
        )
    elif not line.document:
        yield Doubt("document", "delegated_without_decision", "赋权事项要写省级决定的文号（行政处罚法第二十四条）。")
    elif not line.list_entry:
        yield Doubt(
            "list_entry", "delegated_without_list_entry", "赋权事项要写县级清单的条目号（行政处罚法第二十四条）。"
        )


def _entrusted(line: Line, known: Known) -> Iterator[Doubt]:
    if line.mode != Mode.ENTRUSTED:
        return
    if not line.document:
        yield Doubt("document", "entrusted_without_letter", "委托事项要写委托书文号（行政处罚法第二十条）。")
    if not line.effective_to:
        yield Doubt("effective_to", "entrusted_without_term", "委托事项要写期限，即失效日期（行政处罚法第二十条）。")
    elif line.effective_to < known.today:
        why = f"委托期限 {line.effective_to} 已过，请续签委托书（行政处罚法第二十条）。"
        yield Doubt("effective_to", "entrustment_expired", why)
    if not line.published_on:
        yield Doubt("published_on", "entrusted_unpublished", "委托书要公布，请写公布日期（行政处罚法第二十条）。")


def _published(line: Line, _: Known) -> Iterator[Doubt]:
    if not line.published_on and line.mode != Mode.ENTRUSTED:
        yield warning("published_on", "unpublished", "还没有公布日期，公布之前不能使用（行政处罚法第五条第三款）。")
    elif line.published_on and line.published_on > line.effective_from:
        why = f"{line.published_on} 才公布，比生效晚；公布之前不能使用（行政处罚法第五条第三款）。"
        yield warning("published_on", "published_late", why)


def _grantor(line: Line, known: Known) -> Iterator[Doubt]:
    if line.mode != Mode.OWN and not line.grantor:
        yield warning("grantor", "no_grantor", "没有写赋权或委托的机关；权力失效时不知道移送给谁。")
    yield from unknown_partner("grantor", line.grantor, known.partners)


def _fines(line: Line, _: Known) -> Iterator[Doubt]:
    if line.fine_min is not None and line.fine_max is not None and line.fine_min > line.fine_max:
        why = f"罚款下限 {line.fine_min} 元高于上限 {line.fine_max} 元。"
        yield Doubt("fine_min", "fine_range", why)


def _term(line: Line, _: Known) -> Iterator[Doubt]:
    if line.effective_to and line.effective_to < line.effective_from:
        yield Doubt("effective_to", "ends_before_start", f"失效日期早于生效日期 {line.effective_from}。")


def _basis(line: Line, _: Known) -> Iterator[Doubt]:
    law = repealed.cited(line.basis)
    if not law or (line.effective_to and line.effective_to < repealed.REPEALED_ON):
        return
    now = repealed.successor(line.basis) or f"《{repealed.CODE}》的相应条款"
    why = f"《{law}》已由《{repealed.CODE}》自 {repealed.REPEALED_ON} 起废止（第1242条），请改引{now}，或把失效日期写到前一天。"
    yield Doubt("basis", "repealed_basis", why, refuses=repealed.CODE not in line.basis)


def _penalty(line: Line, _: Known) -> Iterator[Doubt]:
    if any(word in line.penalty for word in POLICE_ONLY):
        yield Doubt("penalty", "police_only", "行政拘留只能由公安机关实施（行政处罚法第九条、第十八条），请移送。")
    elif any(word in line.penalty for word in SELDOM_A_TOWNS):
        yield warning("penalty", "licence", "吊销证照一般由发证机关决定，请法制审核人员确认。")


def _superseded(line: Line, known: Known) -> Iterator[Doubt]:
    if line.superseded_by == line.code:
        yield Doubt("superseded_by", "superseded_by_itself", "不能由自己替代自己。")
    elif line.superseded_by and line.superseded_by not in known.codes:
        yield Doubt("superseded_by", "superseded_by_nothing", f"清单里没有替代它的「{line.superseded_by}」。")


def _verified(line: Line, _: Known) -> Iterator[Doubt]:
    if not line.verified:
        yield warning("verified", "unverified", "还没有人核对过法条原文，启用前要法制审核人员确认。")


CHECKS: tuple[Check, ...] = (
    _events,
    _delegated,
    _entrusted,
    _published,
    _grantor,
    _fines,
    _term,
    _basis,
    _penalty,
    _superseded,
    _verified,
)
