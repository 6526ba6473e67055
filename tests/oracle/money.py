"""What was paid, and what more is owed (缴款、加处罚款): 行政处罚法 66 to 73."""

import datetime as dt
from collections.abc import Iterator

from tests.oracle import remedies
from tests.oracle.days import DAY
from tests.oracle.life import LAW, Breach, Deed, Life, Ruling

PAY_DAYS, SMALL_CASH_FEN, PERCENT = 15, 100_00, 3


def pay_until(life: Life, ruling: Ruling, seen_from: Deed | None = None) -> dt.date | None:
    """The first day to pay that can be missed, as it stood at an act: 15 days from receipt, or of the parts approved."""
    received = life.received(ruling)
    place = seen_from.place if seen_from else len(life.deeds)
    delays = [one for one in life.after(ruling.deed, "approve_delay") if one.place < place]
    if delays:
        return min(dt.date.fromisoformat(str(part["due"])) for part in delays[-1].many("parts"))
    return life.days.calendar_days(received, PAY_DAYS) if received else None


def payments(life: Life, ruling: Ruling) -> list[Deed]:
    """What came in for this decision."""
    later = life.next(ruling.deed, "decide", "decide_on_spot")
    until = later.place if later else len(life.deeds)
    return [one for one in life.after(ruling.deed, "pay") if one.place < until]


def paused(life: Life, ruling: Ruling, day: dt.date, seen_from: Deed | None = None) -> bool:
    """Whether a contest of this decision was under way that day, as known at an act; then nothing more is added (73)."""
    known = [one for one in remedies.of(life, ruling) if seen_from is None or one.asked.place < seen_from.place]
    return any(one.asked.done_on <= day and (one.ruled is None or day <= one.ruled.done_on) for one in known)


def late_fee_most(life: Life, ruling: Ruling, until: dt.date, seen_from: Deed | None = None) -> int:
    """3 % of the fine for every day after the last one to pay, never above the fine (72)."""
    due = pay_until(life, ruling, seen_from)
    if due is None:
        return 0
    late = sum(not paused(life, ruling, due + DAY * count, seen_from) for count in range(1, (until - due).days + 1))
    fine = remedies.fine(life, ruling, seen_from)
    return min(fine, fine * PERCENT * late // 100)


def not_too_much(life: Life) -> Iterator[Breach]:
    """Nobody pays more than the fine, what is confiscated, and what was added by then."""
    for ruling in life.rulings:
        total = 0
        for deed in payments(life, ruling):
            total += deed.sum("amount_fen")
            if total > remedies.whole(life, ruling, deed) + late_fee_most(life, ruling, deed.done_on, deed):
                yield deed.breach("paid_too_much", f"{LAW}第七十二条", "收款超过罚款和依法加处的数额。")


def added(life: Life) -> Iterator[Breach]:
    """What is said to be owed on top is no more than the law adds, and nothing is added while it is contested."""
    for deed in life.deeds:
        ruling = life.ruling_before(deed)
        claimed = _claimed(life, deed, ruling) if ruling else None
        if ruling and claimed is not None and claimed > late_fee_most(life, ruling, max(deed.day, deed.done_on), deed):
            yield deed.breach("late_fee_too_high", f"{LAW}第七十二条、第七十三条", "加处罚款超过依法计算的数额。")


def _claimed(life: Life, deed: Deed, ruling: Ruling) -> int | None:
    """The late fee that was reckoned: told as such, or within all that was left to pay."""
    owed = deed.known.get("owed") or {}
    told = owed.get("late_fee_fen", deed.known.get("late_fee_fen"))
    if told is not None:
        return int(told)
    if not deed.known.get("owed_fen"):
        return None
    paid = sum(one.sum("amount_fen") for one in payments(life, ruling) if one.place < deed.place)
    return int(deed.known["owed_fen"]) + paid - remedies.whole(life, ruling, deed)


def receipts(life: Life) -> Iterator[Breach]:
    """Every payment has a receipt of its own (70)."""
    seen: set[str] = set()
    for deed in life.all("pay"):
        number = deed.says("receipt_number")
        if not number:
            yield deed.breach("no_receipt", f"{LAW}第七十条", "没有出具专用票据。")
        elif number in seen:
            yield deed.breach("receipt_twice", f"{LAW}第七十条", "票据号码重复。")
        seen.add(str(number))
        if deed.sum("amount_fen") <= 0:
            yield deed.breach("no_sum", f"{LAW}第六十七条", "没有缴款金额。")


def cash(life: Life) -> Iterator[Breach]:
    """Officers take money themselves only where 68 or 69 lets them."""
    for deed in life.all("pay"):
        ruling = life.ruling_before(deed)
        if deed.says("pay_manner") != "cash" or ruling is None:
            continue
        ground = deed.says("cash_ground") or (ruling.wish.says("cash_ground") if ruling.on_spot else None)
        if not _may_take(ground, ruling):
            yield deed.breach("cash_not_allowed", f"{LAW}第六十七条至第六十九条", "不符合当场收缴的条件。")
        if not deed.officers and not ruling.on_spot:
            yield deed.breach("one_officer", f"{LAW}第四十二条", "当场收缴没有记明执法人员。")


def _may_take(ground: str | None, ruling: Ruling) -> bool:
    if ground == "remote":
        return True
    if not ruling.on_spot:
        return False
    return ground == "hard_later" or (ground == "small" and ruling.fine <= SMALL_CASH_FEN)


def cash_goes_on(life: Life) -> Iterator[Breach]:
    """What officers took goes to the organ and to the bank, no fen more, and all of it before the case is closed."""
    for deed in life.all("hand_in_cash", "bank_cash", "close"):
        taken = sum(one.sum("amount_fen") for one in life.before(deed, "pay") if one.says("pay_manner") == "cash")
        handed = sum(one.sum("amount_fen") for one in life.before(deed, "hand_in_cash"))
        banked = sum(one.sum("amount_fen") for one in life.before(deed, "bank_cash"))
        if deed.action == "hand_in_cash" and handed + deed.sum("amount_fen") > taken:
            yield deed.breach("cash_differs", f"{LAW}第七十一条", "交回的现金多于收缴的现金。")
        if deed.action == "bank_cash" and banked + deed.sum("amount_fen") > handed:
            yield deed.breach("cash_differs", f"{LAW}第七十一条", "缴付银行的现金多于交回的现金。")
        if deed.action == "close" and not taken == handed == banked:
            yield deed.breach("cash_kept", f"{LAW}第七十一条、第七十四条", "当场收缴的现金没有全部缴付银行。")


def delayed(life: Life) -> Iterator[Breach]:
    """A delay is asked for by the party, and its parts make up the fine (66)."""
    for deed in life.all("approve_delay"):
        ruling = life.ruling_before(deed)
        if ruling is None:
            continue
        parts = [(str(part["due"]), int(part["fen"])) for part in deed.many("parts")]
        paid = sum(one.sum("amount_fen") for one in payments(life, ruling) if one.place < deed.place)
        fine = remedies.fine(life, ruling, deed)
        whole = (fine, fine - paid, remedies.whole(life, ruling, deed))
        if not parts or sum(fen for _, fen in parts) not in whole or any(fen <= 0 for _, fen in parts):
            yield deed.breach("parts_differ", f"{LAW}第六十六条第二款", "分期合计与罚款不一致。")
        if parts != sorted(parts) or (parts and dt.date.fromisoformat(parts[0][0]) < deed.day):
            yield deed.breach("parts_disordered", f"{LAW}第六十六条第二款", "分期日期有误。")


RULES = (not_too_much, added, receipts, cash, cash_goes_on, delayed)
