"""Whether the clocks in the file are those the law asks for, and whether they tell the truth (期限)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.oracle.life import LAW, Breach, Life, moment
from tests.oracle.terms import Term, terms

ARTICLES = {
    "decide": f"{LAW}第六十条",
    "hold": f"{LAW}第五十六条、第八十五条",
    "seizure": "行政强制法第二十五条",
    "defence": f"{LAW}第四十五条",
    "hearing_request": f"{LAW}第六十四条、第八十五条",
    "serve_decision": f"{LAW}第六十一条、第八十五条",
    "pay": f"{LAW}第六十七条",
    "part": f"{LAW}第六十六条",
    "hand_in_cash": f"{LAW}第七十一条、第八十五条",
    "bank_cash": f"{LAW}第七十一条、第八十五条",
    "publish": f"{LAW}第四十八条",
    "unpublish": f"{LAW}第四十八条、第八十五条",
    "reconsideration": "行政复议法第二十条",
    "suit": "行政诉讼法第四十五条、第四十六条",
    "urge": "行政强制法第五十四条、第六十九条",
    "court": "行政强制法第五十三条",
    "by_notice": "民事诉讼法第九十五条",
    "correction": f"{LAW}第二十八条",
}
MAY_BE_DROPPED = {
    "decide": {"transfer", "withdraw", "close"},
    "hold": set(),
    "unpublish": {"close"},
    "hand_in_cash": set(),
    "bank_cash": set(),
    "serve_decision": {"revoke"},
    "pay": {"revoke", "approve_delay", "close", "pay"},
    "court": {"revoke", "contest_ruled", "close", "approve_delay", "pay"},
    "publish": {"revoke", "close"},
    "correction": {"close", "decline", "transfer", "withdraw", "revoke"},
    "seizure": {"extend_seizure"},
}
"""What makes a clock pointless; the party's own windows may be dropped by anything that ends the round."""
LATE = {"missed", "past"}
GRACE = dt.timedelta(hours=1)


@dataclass(slots=True)
class Clock:
    """A clock in the file, in local days. ``last``: the last day of its term."""

    kind: str
    start: dt.date
    started: dt.datetime
    last: dt.date
    due: dt.datetime
    state: str
    met: dt.datetime | None
    taken: bool = field(default=False)


def clocks(life: Life) -> list[Clock]:
    """As the file tells them."""
    return [_clock(life, one) for one in life.told.get("clocks") or ()]


def _clock(life: Life, told: dict[str, Any]) -> Clock:
    started, due = moment(told["started_at"]), moment(told["due_at"])
    met = moment(told["met_at"]) if told.get("met_at") else None
    start, last = life.days.local(started), life.days.last_of(due)
    return Clock(str(told["kind"]), start, started, last, due, str(told["state"]), met)


def judged(life: Life) -> Iterator[Breach]:
    """Every clock the law asks for is there, right, and true; and no clock is there that no law asks for."""
    told = clocks(life)
    wanted = sorted(terms(life), key=lambda one: (not one.must, one.by.place))
    for term in wanted:
        yield from _judge(life, term, told)
    for clock in told:
        if not clock.taken and not _next_part(life, clock):
            article = ARTICLES.get(clock.kind, LAW)
            yield Breach("clock_unfounded", article, f"期限 {clock.kind}（{clock.start} 起）没有依据或者日期不对。")


def _judge(life: Life, term: Term, told: list[Clock]) -> Iterator[Breach]:
    kind = "pay" if term.kind == "part" else term.kind
    of_kind = [one for one in told if one.kind == kind]
    if term.kind == "part":
        right = [one for one in of_kind if one.last in term.lasts]
    else:
        right = [one for one in of_kind if not one.taken and one.start == term.start and one.last in term.lasts]
    if right:
        right[0].taken = True
        yield from _true(life, term, right[0])
    elif term.must and not _not_yet(life, term):
        yield _wrong(term, [one for one in of_kind if not one.taken])


def _not_yet(life: Life, term: Term) -> bool:
    """A part falls due only after those before it were paid; its clock starts then."""
    if term.kind != "part":
        return False
    parts = [one for one in terms(life) if one.kind == "part" and one.by is term.by]
    earlier = parts[: next(place for place, one in enumerate(parts) if one.start == term.start)]
    return any(one.met is None or one.met is term.met for one in earlier)


def _wrong(term: Term, others: list[Clock]) -> Breach:
    article, about = ARTICLES[term.kind], f"期限 {term.kind} 应当从 {term.start} 起、到 {term.lasts[0]} 止"
    near = [one for one in others if one.start == term.start or one.last in term.lasts] or others
    if not near:
        return term.by.breach("clock_missing", article, f"{about}，卷内没有。")
    near[0].taken = True
    code = "clock_due" if near[0].start == term.start else "clock_start"
    return term.by.breach(code, article, f"{about}，卷内记为 {near[0].start} 至 {near[0].last}。")


def _true(life: Life, term: Term, clock: Clock) -> Iterator[Breach]:
    """In time is met, late is missed, and what did not happen was not met."""
    article = ARTICLES[term.kind]
    if term.met is None:
        if clock.met and not term.window and not _dropped_late(life, term, clock):
            yield term.by.breach("clock_lies", article, f"期限 {term.kind} 记为已办，卷内没有办。")
        elif clock.state == "running" and not term.window and clock.due + GRACE < life.exported:
            yield term.by.breach("clock_lies", article, f"期限 {term.kind} 已过，仍记为进行中。")
        elif clock.state == "dropped" and not _may_drop(life, term):
            yield term.by.breach("clock_dropped", article, f"期限 {term.kind} 还没有办就停了。")
        return
    if term.window:
        return
    in_time = {day <= clock.last for day in (term.met.done_on, term.met.day)}
    if clock.state == "met" and True not in in_time:
        yield term.by.breach("clock_lies", article, f"期限 {term.kind} 逾期才办，却记为按期。")
    elif clock.state in LATE and False not in in_time:
        yield term.by.breach("clock_lies", article, f"期限 {term.kind} 按期办了，却记为逾期。")
    elif clock.state == "running" and not clock.met:
        yield term.by.breach("clock_lies", article, f"期限 {term.kind} 已经办了，仍记为进行中。")
    elif clock.state == "dropped" and not _may_drop(life, term):
        yield term.by.breach("clock_dropped", article, f"期限 {term.kind} 还没有办就停了。")


def _dropped_late(life: Life, term: Term, clock: Clock) -> bool:
    """What was missed and then became pointless is no longer waited for; it stays missed."""
    return clock.state in LATE and _may_drop(life, term)


def _may_drop(life: Life, term: Term) -> bool:
    kind = "pay" if term.kind == "part" else term.kind
    allowed = MAY_BE_DROPPED.get(kind)
    return allowed is None or bool(life.after(term.by, *allowed)) or term.by.action in allowed


def _next_part(life: Life, clock: Clock) -> bool:
    """While parts are paid, the clock of the current one may start again with each payment."""
    if clock.kind != "pay":
        return False
    return any(one.kind == "part" and clock.last in one.lasts for one in terms(life))


RULES = (judged,)
