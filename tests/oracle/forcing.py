"""Urging and the court (催告、申请强制执行), and how a case is closed: 行政强制法 46, 53, 54; 行政处罚法 72; 行政诉讼法 45, 46."""

import datetime as dt
from collections.abc import Iterator

from tests.oracle import remedies
from tests.oracle.life import FORCE, LAW, Breach, Deed, Life, Ruling
from tests.oracle.money import late_fee_most, pay_until, payments

SUIT_MONTHS, SUIT_AFTER_DAYS, RECONSIDERATION_DAYS = 6, 15, 60
URGE_DAYS, COURT_MONTHS = 10, 3
COURT = f"{FORCE}第五十三条"


def suit_until(life: Life, ruling: Ruling, seen_from: Deed | None = None) -> dt.date | None:
    """The last day to go to court (after a penalty on the spot, to ask for reconsideration) as it stood at an act."""
    received = life.received(ruling)
    if received is None:
        return None
    ruled = [one for one in remedies.results(life, ruling, seen_from) if reconsidered(one)]
    if ruled:
        return life.days.calendar_days(ruled[-1].done_on, SUIT_AFTER_DAYS)
    if ruling.on_spot:
        return life.days.calendar_days(received, RECONSIDERATION_DAYS)
    return life.days.months(received, SUIT_MONTHS)


def reconsidered(deed: Deed) -> bool:
    """A decision on reconsideration was made; an application that was withdrawn leaves the old term as it was."""
    return deed.says("contest_kind") == "reconsideration" and deed.says("contest_result") in ("upheld", "changed")


def court_from(life: Life, ruling: Ruling, seen_from: Deed | None = None) -> dt.date | None:
    """The last day before the three months of the court application: of the time to sue, or of an approved delay."""
    suit = suit_until(life, ruling, seen_from)
    place = seen_from.place if seen_from else len(life.deeds)
    delays = [one for one in life.after(ruling.deed, "approve_delay") if one.place < place]
    parts = [dt.date.fromisoformat(str(part["due"])) for one in delays[-1:] for part in one.many("parts")]
    return max([suit, *parts]) if suit else None


def sued(life: Life, ruling: Ruling, deed: Deed) -> bool:
    """Whether a court judged the decision: then its judgment is carried out, under other terms."""
    return any(one.says("contest_kind") == "suit" for one in remedies.results(life, ruling, deed))


def pending(life: Life, ruling: Ruling, deed: Deed) -> bool:
    """Whether reconsideration of the decision or a suit about it was under way."""
    return any(one.open_at(deed) for one in remedies.of(life, ruling))


def court_asked(life: Life) -> Iterator[Breach]:
    """After the time to sue, within three months, ten working days after the urging letter was received."""
    for deed in life.all("apply_to_court"):
        ruling = life.ruling_before(deed)
        if ruling is None:
            continue
        if pending(life, ruling, deed):
            yield deed.breach("contest_pending", COURT, "复议、诉讼还没有结果，不能申请强制执行。")
        yield from _urged(life, deed)
        since = court_from(life, ruling, deed)
        if since is None or sued(life, ruling, deed):
            continue
        if deed.done_on <= since:
            yield deed.breach("court_too_soon", COURT, "复议、起诉或者延期缴纳的期限还没有届满。")
        elif deed.done_on > life.days.months(since, COURT_MONTHS):
            yield deed.breach("court_too_late", COURT, "申请强制执行的三个月已经届满。")


def _urged(life: Life, deed: Deed) -> Iterator[Breach]:
    urge = life.last(deed, "urge")
    served = [one for one in life.before(deed, "serve_paper") if one.known.get("paper_kind") == "urging_letter"]
    received = [one for one in served if urge and one.place > urge.place]
    if not received:
        yield deed.breach("not_urged", f"{FORCE}第五十四条", "催告书没有送达。")
    elif deed.done_on <= life.days.working(received[-1].done_on, URGE_DAYS):
        yield deed.breach("urged_too_short", f"{FORCE}第五十四条、第六十九条", "催告书送达后不满十个工作日。")


def still_owed(life: Life) -> Iterator[Breach]:
    """Nobody is urged or taken to court for what was paid, or by a decision that reconsideration or a court revoked."""
    for deed in life.all("urge", "apply_to_court"):
        ruling = life.ruling_before(deed)
        if ruling is None:
            continue
        paid = sum(one.sum("amount_fen") for one in payments(life, ruling) if one.place < deed.place)
        whole = remedies.whole(life, ruling, deed) + late_fee_most(life, ruling, deed.day, deed)
        if whole and paid >= whole:
            yield deed.breach(
                "nothing_owed", f"{FORCE}第三十四条、第五十三条", "当事人已经缴清，不能催告、申请强制执行。"
            )
        if remedies.revoked(life, ruling, deed):
            yield deed.breach("decision_revoked", f"{FORCE}第四十条第四项", "决定已被复议、诉讼撤销，不能再执行。")


def urged_late_payers(life: Life) -> Iterator[Breach]:
    """Only who did not perform in time is urged."""
    for deed in life.all("urge"):
        ruling = life.ruling_before(deed)
        if ruling is None or not remedies.fine(life, ruling, deed):
            continue
        due = pay_until(life, ruling, deed)
        if due and deed.day <= due:
            yield deed.breach("urged_too_soon", f"{FORCE}第五十四条", "履行期限还没有届满，不能催告。")


def performed(life: Life) -> Iterator[Breach]:
    """A case is closed when what was decided was done: paid, carried out, or given up by the court."""
    for deed in life.all("close"):
        ruling = life.ruling_before(deed)
        if ruling is None:
            continue
        if life.received(ruling) is None:
            yield deed.breach("not_served", f"{LAW}第六十一条", "决定书没有送达就结案。")
        if pending(life, ruling, deed):
            yield deed.breach("contest_pending", f"{LAW}第七十三条", "复议、诉讼还没有结果就结案。")
        refused = any(one.says("ruling") == "refused" for one in life.before(deed, "court_ruled"))
        if not refused and not remedies.revoked(life, ruling, deed):
            yield from _done(life, deed, ruling)


def _done(life: Life, deed: Deed, ruling: Ruling) -> Iterator[Breach]:
    paid = sum(one.sum("amount_fen") for one in payments(life, ruling) if one.place < deed.place)
    if paid < remedies.whole(life, ruling, deed):
        yield deed.breach("closed_unpaid", f"{LAW}第六十六条", "罚没款没有缴清就结案。")
    others = ruling.kinds - {"warning", "criticism", "fine", "confiscate_income"}
    done = {kind for one in life.before(deed, "perform") for kind in one.many("kinds")}
    done |= {"confiscate_goods"} if life.before(deed, "dispose_goods") else set()
    if ruling.penal and others - done:
        yield deed.breach("closed_unperformed", f"{LAW}第六十六条", "处罚没有履行完就结案。")


def corrected(life: Life) -> Iterator[Breach]:
    """What was ordered to be corrected was looked at again before the case is closed (28)."""
    for deed in life.all("close"):
        ordered = life.last(deed, "order_correction")
        ruling = life.ruling_before(deed)
        if ordered and ruling and ruling.penal and not life.after(ordered, "recheck_correction"):
            yield deed.breach("correction_unchecked", f"{LAW}第二十八条第一款", "没有复查改正情况就结案。")


def withdrawn_from_view(life: Life) -> Iterator[Breach]:
    """A decision that was revoked is not left published (48)."""
    for deed in life.all("close", "archive", "redecide"):
        changed = life.last(deed, "revoke")
        published = life.last(changed, "publish", "unpublish") if changed else None
        if changed and published and published.action == "publish":
            late = deed.day > life.days.working(changed.day, 3)
            if late and not any(one.place < deed.place for one in life.after(changed, "unpublish")):
                yield deed.breach("left_published", f"{LAW}第四十八条第二款", "决定已经撤销，公开的信息没有撤回。")


RULES = (court_asked, still_owed, urged_late_payers, performed, corrected, withdrawn_from_view)
