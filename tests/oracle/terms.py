"""The clocks a case must have (期限表), each from its article: when it starts, its last day, and what it waits for.

Where the law leaves more than one reading, every lawful last day stands in ``lasts``; the first is the statute's own.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tests.oracle import remedies
from tests.oracle.forcing import COURT_MONTHS, SUIT_AFTER_DAYS, court_from, reconsidered
from tests.oracle.holding import holds, seizures
from tests.oracle.life import Deed, Life, Ruling
from tests.oracle.money import PAY_DAYS, payments

DECISION_DAYS, REQUEST_DAYS, SERVE_DAYS, CASH_DAYS, PUBLISH_DAYS, UNPUBLISH_DAYS = 90, 5, 7, 2, 7, 3
RECONSIDERATION_DAYS, SUIT_MONTHS, URGE_DAYS, NOTICE_DAYS = 60, 6, 10, 30
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """One clock the law asks for. ``met``: the act it waited for, if it came. ``must``: whether it has to be there.

    ``window``: the party's own time, whose end is no miss.
    """

    kind: str
    by: Deed
    start: dt.date
    lasts: tuple[dt.date, ...]
    met: Deed | None = None
    must: bool = True
    window: bool = False


def terms(life: Life) -> list[Term]:
    """Every clock of the case."""
    makers = (
        _deciding,
        _holding,
        _notices,
        _corrections,
        _announcements,
        _cash,
        _views,
        _urging,
        _of_rulings,
        _after_review,
    )
    return [term for make in makers for term in make(life)]


def _local(deed: Deed, name: str, otherwise: int) -> int:
    return int((deed.known.get("local") or {}).get(name) or otherwise)


def _deciding(life: Life) -> Iterator[Term]:
    """90 days from filing (60). A case taken back or decided anew may have a clock of its own."""
    for deed in life.all("file", "approve_fast", "redecide", "take_back"):
        days = _local(deed, "decision_days", DECISION_DAYS)
        filed = deed.action in ("file", "approve_fast")
        next_one = life.next(deed, "redecide", "take_back")
        decided = life.next(deed, "decide")
        met = decided if decided and not (next_one and next_one.place < decided.place) else None
        last = life.days.calendar_days(deed.day, days)
        yield Term("decide", deed, deed.day, (last, deed.day + days * DAY), met, must=filed)


def _holding(life: Life) -> Iterator[Term]:
    for held in holds(life):
        yield Term("hold", held.approved, held.approved.day, (held.last,), held.over)
    for held in seizures(life):
        lasts = (held.last,)
        if held.extensions:
            yield Term("seizure", held.extensions[0], held.approved.day, lasts, held.over)
            first = held.approved.day + 30 * DAY
            yield Term("seizure", held.approved, held.approved.day, (first,), must=False)
        else:
            yield Term("seizure", held.approved, held.approved.day, lasts, held.over)


def _notices(life: Life) -> Iterator[Term]:
    """The party's time to defend itself, as it was told, and to ask for a hearing (64)."""
    for served in life.all("serve_notice"):
        start = served.done_on
        told = (served.known.get("dates") or {}).get("defence_until")
        if told:
            last = dt.date.fromisoformat(told)
            local = _local(served, "defence_days", 0)
            lasts = (life.days.working(start, local),) if local else (last,)
            waived = life.next(served, "waive_defence")
            yield Term("defence", served, start, lasts, waived, window=True)
        approved = life.last(served, "approve_notice", "approve_fast")
        if approved and approved.known.get("hearing_due"):
            asked = life.next(served, "request_hearing", "waive_hearing")
            last = life.days.working(start, REQUEST_DAYS)
            yield Term("hearing_request", served, start, (last,), asked, window=True)


def _corrections(life: Life) -> Iterator[Term]:
    """Until the day the order names; at once means the same day."""
    for deed in life.all("order_correction"):
        until = deed.date("until")
        if until:
            lasts = (until, life.days.moved(until), life.days.moved(max(until, deed.day + DAY)))
            yield Term("correction", deed, deed.day, lasts, life.next(deed, "recheck_correction"))


def _announcements(life: Life) -> Iterator[Term]:
    for deed in life.all("announce"):
        days = max(_local(deed, "notice_service_days", NOTICE_DAYS), NOTICE_DAYS)
        last = deed.done_on + days * DAY
        served = life.next(deed, "serve_notice", "serve_decision", "serve_paper")
        yield Term("by_notice", deed, deed.done_on, (last, life.days.moved(last)), served, must=False, window=True)


def _cash(life: Life) -> Iterator[Term]:
    """Two working days to the organ, and two more to the bank (71); the oldest cash goes first."""
    taken = [one for one in life.all("pay") if one.says("pay_manner") == "cash"]
    for pairs, kind in ((_followed(taken, life.all("hand_in_cash")), "hand_in_cash"),):
        for deed, met in pairs:
            yield Term(kind, deed, deed.done_on, (life.days.working(deed.done_on, CASH_DAYS),), met)
    for deed, met in _followed(life.all("hand_in_cash"), life.all("bank_cash")):
        yield Term("bank_cash", deed, deed.done_on, (life.days.working(deed.done_on, CASH_DAYS),), met)


def _followed(came: list[Deed], went: list[Deed]) -> Iterator[tuple[Deed, Deed | None]]:
    """Each sum that came, with the act by which the last fen of it had gone on."""
    through = 0
    for deed in came:
        through += deed.sum("amount_fen")
        gone = 0
        met = None
        for one in went:
            gone += one.sum("amount_fen")
            if gone >= through and one.place > deed.place:
                met = one
                break
        yield deed, met


def _views(life: Life) -> Iterator[Term]:
    """Publication within the town's days, and withdrawal within three from when the change took effect (48)."""
    for deed in life.all("decide"):
        if deed.says("publish"):
            days = _local(deed, "publish_days", PUBLISH_DAYS)
            yield Term("publish", deed, deed.day, (life.days.working(deed.day, days),), life.next(deed, "publish"))
    for deed in life.all("revoke", "contest_ruled"):
        seen = life.last(deed, "publish", "unpublish")
        changed = deed.action == "revoke" or (
            _about_newest(life, deed) and deed.says("contest_result") in ("changed", "revoked")
        )
        if seen and seen.action == "publish" and changed:
            start = deed.done_on
            last = life.days.working(start, UNPUBLISH_DAYS)
            yield Term("unpublish", deed, start, (last,), life.next(deed, "unpublish"))


def _about_newest(life: Life, deed: Deed) -> bool:
    """Whether a result is about the newest decision there was."""
    made = remedies.newest(life, deed)
    return made is not None and deed in remedies.results(life, made)


def _urging(life: Life) -> Iterator[Term]:
    """Ten working days from receipt of the urging letter (行政强制法 54, 69)."""
    for deed in life.all("serve_paper"):
        if deed.known.get("paper_kind") == "urging_letter":
            last = life.days.working(deed.done_on, URGE_DAYS)
            yield Term("urge", deed, deed.done_on, (last,), window=True)


def _of_rulings(life: Life) -> Iterator[Term]:
    for ruling in life.rulings:
        served = None if ruling.on_spot else life.served(ruling)
        if not ruling.on_spot:
            last = life.days.working(ruling.deed.day, SERVE_DAYS)
            yield Term("serve_decision", ruling.deed, ruling.deed.day, (last,), served)
        received = life.received(ruling)
        if received is not None:
            by = served or ruling.deed
            yield from _paying(life, ruling, by, received)
            yield from _remedies(life, ruling, by, received)


def _paying(life: Life, ruling: Ruling, by: Deed, received: dt.date) -> Iterator[Term]:
    """15 days (67), or the day of each part (66)."""
    paid = payments(life, ruling)
    already = sum(one.sum("amount_fen") for one in paid if one.place < by.place)
    if remedies.whole(life, ruling, by) <= already:
        return
    last = life.days.calendar_days(received, PAY_DAYS)
    delay = life.next(by, "approve_delay")
    covers = _settling(life, ruling, by)
    met = covers if covers and not (delay and delay.place < covers.place) else None
    yield Term("pay", by, received, (last, received + PAY_DAYS * DAY), met)
    for delay in _delays(life, by):
        yield from _parts(life, ruling, delay)


def _delays(life: Life, by: Deed) -> list[Deed]:
    """Delays approved for one decision; only the newest still stands."""
    after = life.next(by, "decide", "decide_on_spot")
    return [one for one in life.after(by, "approve_delay") if not after or one.place < after.place]


def _parts(life: Life, ruling: Ruling, delay: Deed) -> Iterator[Term]:
    later = life.next(delay, "approve_delay")
    reached = 0
    for part in delay.many("parts"):
        reached += int(part["fen"])
        due = dt.date.fromisoformat(str(part["due"]))
        met = _settling(life, ruling, delay, reached, later)
        yield Term("part", delay, due, (due, life.days.moved(due)), met, must=later is None)


def _settling(
    life: Life, ruling: Ruling, since: Deed, upto: int | None = None, before: Deed | None = None
) -> Deed | None:
    """The payment, or the change of the sum, by which nothing was left; of so much of it, from an act on, where it is said."""
    paid, changes = payments(life, ruling), remedies.results(life, ruling)
    earlier = sum(one.sum("amount_fen") for one in paid if one.place < since.place)
    total = 0 if upto is not None else earlier
    for one in sorted([*paid, *changes], key=lambda deed: deed.place):
        if one.place < since.place or (before and one.place >= before.place):
            continue
        if one in changes and one.says("contest_result") != "changed":
            continue
        total += one.sum("amount_fen")
        seen = life.deeds[one.place + 1] if one.place + 1 < len(life.deeds) else None
        left = remedies.whole(life, ruling, seen) - (earlier if upto is not None else 0)
        if total >= (left if upto is None else min(upto, left)):
            return one
    return None


def _remedies(life: Life, ruling: Ruling, by: Deed, received: dt.date) -> Iterator[Term]:
    """60 days to ask for reconsideration; six months to sue, but after a penalty on the spot reconsideration first."""
    days = life.days
    asked = life.next(by, "contest")
    last = days.calendar_days(received, RECONSIDERATION_DAYS)
    yield Term("reconsideration", by, received, (last, received + RECONSIDERATION_DAYS * DAY), asked, window=True)
    if not ruling.on_spot:
        yield Term("suit", by, received, (days.months(received, SUIT_MONTHS),), asked, window=True)
    yield from _court(life, ruling, by)


def _after_review(life: Life) -> Iterator[Term]:
    """15 days to sue from receipt of a decision on reconsideration (行政诉讼法 45)."""
    for ruled in life.all("contest_ruled"):
        if reconsidered(ruled) and _about_newest(life, ruled):
            last = life.days.calendar_days(ruled.done_on, SUIT_AFTER_DAYS)
            yield Term("suit", ruled, ruled.done_on, (last,), life.next(ruled, "contest"), window=True)


def _court(life: Life, ruling: Ruling, by: Deed) -> Iterator[Term]:
    """Three months from the end of the time to sue, or of an approved delay (行政强制法 53; 行政处罚法 72)."""
    owed = remedies.whole(life, ruling)
    asked = life.next(ruling.deed, "apply_to_court")
    seen: set[dt.date] = set()
    revoked = life.next(by, "revoke")
    end = revoked.place if revoked else len(life.deeds)
    moments = [by, *(one for one in life.after(by, "contest_ruled", "approve_delay") if one.place < end)]
    for deed in moments:
        since = court_from(life, ruling, _just_after(life, deed))
        if since is None:
            continue
        covered = _settling(life, ruling, ruling.deed)
        unpaid = owed > 0 and (covered is None or covered.done_on > since)
        over = life.days.local(life.exported) > since
        must = unpaid and deed is moments[-1] and since not in seen and not _sued(life, ruling) and over
        seen.add(since)
        yield Term("court", deed, since, (life.days.months(since, COURT_MONTHS),), asked, must=must)


def _just_after(life: Life, deed: Deed) -> Deed | None:
    return life.deeds[deed.place + 1] if deed.place + 1 < len(life.deeds) else None


def _sued(life: Life, ruling: Ruling) -> bool:
    return any(one.says("contest_kind") == "suit" for one in remedies.results(life, ruling))
