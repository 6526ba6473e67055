"""The party is told before, and heard (告知、陈述申辩、听证): 行政处罚法 44, 45, 62 to 65."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tests.oracle.life import LAW, Breach, Deed, Life, Ruling

REQUEST_DAYS, CALL_DAYS = 5, 7
HEAVY = {"lower_grade", "revoke_licence", "stop_business", "close_business", "restrict_work"}
"""Penalties that always give the right to a hearing (63)."""


@dataclass(frozen=True, slots=True)
class Told:
    """One notice that was approved. ``found``: the proposal it tells. ``served``: when it was handed over, if it was."""

    approved: Deed
    found: Deed
    served: Deed | None
    hearing: bool

    @property
    def fine(self) -> int:
        return self.found.sum("fine_fen")


def notices(life: Life) -> list[Told]:
    """Every notice of the case."""
    told = []
    for approved in life.all("approve_notice", "approve_fast"):
        found = life.last(approved, "conclude", "propose_fast")
        later = life.next(approved, "approve_notice", "approve_fast")
        until = later.place if later else len(life.deeds)
        served = next((one for one in life.after(approved, "serve_notice") if one.place < until), None)
        if found:
            told.append(Told(approved, found, served, bool(approved.known.get("hearing_due"))))
    return told


def notice_of(life: Life, ruling: Ruling) -> Told | None:
    """The notice a decision rests on: the newest that was served before it."""
    served = [one for one in notices(life) if one.served and one.served.place < ruling.deed.place]
    return served[-1] if served else None


def _penal(life: Life) -> list[Ruling]:
    return [one for one in life.rulings if one.penal and not one.on_spot]


def told_first(life: Life) -> Iterator[Breach]:
    """No penalty without a notice that was served, and that tells what is decided on."""
    for ruling in _penal(life):
        told = notice_of(life, ruling)
        reset = life.last(ruling.deed, "redecide")
        if told is None or (reset and told.approved.place < reset.place):
            yield ruling.deed.breach("no_notice", f"{LAW}第四十四条、第六十二条", "没有送达事先告知书就作出处罚决定。")
        elif ruling.found and told.found.place != ruling.found.place:
            yield ruling.deed.breach("notice_outdated", f"{LAW}第四十四条", "重新调查后没有再次告知。")


def not_heavier(life: Life) -> Iterator[Breach]:
    """What is decided is the same as was told, or lighter (45)."""
    for ruling in _penal(life):
        told = notice_of(life, ruling)
        if told is None:
            continue
        kinds = set(told.found.many("kinds"))
        if ruling.fine > told.fine or ruling.confiscated > told.found.sum("confiscate_fen"):
            yield ruling.deed.breach("heavier_than_told", f"{LAW}第四十五条第二款", "处罚重于事先告知。")
        if ruling.kinds - kinds:
            yield ruling.deed.breach("heavier_than_told", f"{LAW}第四十四条、第四十五条", "处罚种类没有事先告知。")


def defence_waited_for(life: Life) -> Iterator[Breach]:
    """The party's time to defend itself is over, or was given up by signature."""
    for ruling in _penal(life):
        told = notice_of(life, ruling)
        if told is None or told.served is None or _waived(life, told, ruling, "waive_defence"):
            continue
        until = _until(told.served, "defence_until")
        if until is None or until <= told.served.done_on:
            yield told.served.breach("no_defence_time", f"{LAW}第四十四条、第四十五条", "没有给陈述、申辩留出期限。")
        elif ruling.deed.day <= until:
            heard = [one for one in life.after(told.served, "hear_defence") if one.place < ruling.deed.place]
            code = "defence_time_running" if heard else "defence_cut_short"
            yield ruling.deed.breach(code, f"{LAW}第四十五条、第六十二条", "陈述、申辩期还没有届满。")


def _until(served: Deed, name: str) -> dt.date | None:
    found = (served.known.get("dates") or {}).get(name)
    return dt.date.fromisoformat(found) if found else None


def _waived(life: Life, told: Told, ruling: Ruling, action: str) -> bool:
    if told.served is None:
        return False
    given_up = [one for one in life.after(told.served, action) if one.place < ruling.deed.place]
    return any(one.says("signature") == "signed" for one in given_up)


def waived_by_signature(life: Life) -> Iterator[Breach]:
    """A right is given up expressly, or not at all (62)."""
    for deed in life.all("waive_defence", "waive_hearing"):
        if deed.says("signature") != "signed":
            yield deed.breach("waiver_unsigned", f"{LAW}第六十二条", "当事人没有签字，不能算放弃权利。")


def heard(life: Life) -> Iterator[Breach]:
    """What the party says is checked, and the answer gives reasons (45)."""
    for deed in life.all("hear_defence"):
        if not deed.says("defence_review") or not deed.says("accepted"):
            yield deed.breach("defence_unchecked", f"{LAW}第四十五条第一款", "没有复核当事人的陈述、申辩。")


def hearing_told(life: Life) -> Iterator[Breach]:
    """The right to a hearing is told of wherever the intended penalty gives it (63)."""
    for told in notices(life):
        due = hearing_due(life, told)
        if told.found.says("outcome") == "penalty" and due and not told.hearing:
            yield told.approved.breach("hearing_right_untold", f"{LAW}第六十三条", "没有告知听证权利。")


def hearing_due(life: Life, told: Told) -> bool:
    """By the kinds of penalty, and by the sums of the town's rule as it was known then."""
    kinds = set(told.found.many("kinds"))
    sums = (("fine", told.fine), ("confiscation", told.found.sum("confiscate_fen")))
    return bool(kinds & HEAVY) or any(_reaches(life, told.approved, what, fen) for what, fen in sums)


def _reaches(life: Life, deed: Deed, what: str, fen: int) -> bool:
    local = deed.known.get("local") or {}
    limit = local.get(f"hearing_{what}_{subject(life, deed)}_fen")
    if limit is None:
        return False
    return fen > limit or (fen == limit and local.get("hearing_inclusive") is not False)


def subject(life: Life, deed: Deed) -> str:
    """As what a party counts: a sole trader as the town's rule says, and as a person without one."""
    kind = str((deed.known.get("party") or life.told.get("party") or {}).get("kind"))
    if kind != "sole_trader":
        return kind
    return str((deed.known.get("local") or {}).get("sole_trader_as") or "person")


def hearing_held(life: Life) -> Iterator[Breach]:
    """Who asked in time for a hearing has one; who did not had five working days to ask (64)."""
    for ruling in _penal(life):
        told = notice_of(life, ruling)
        if told is None or told.served is None or not (told.hearing or hearing_due(life, told)):
            continue
        until = life.days.working(told.served.done_on, REQUEST_DAYS)
        asked = [one for one in life.after(told.served, "request_hearing") if one.place < ruling.deed.place]
        if asked:
            yield from _answered(life, asked[-1], ruling)
        elif ruling.deed.day <= until and not _waived(life, told, ruling, "waive_hearing"):
            yield ruling.deed.breach("hearing_cut_short", f"{LAW}第六十四条第一项", "要求听证的期限还没有届满。")


def _answered(life: Life, asked: Deed, ruling: Ruling) -> Iterator[Breach]:
    over = [one for one in life.after(asked, "hold_hearing", "forfeit_hearing") if one.place < ruling.deed.place]
    if not over:
        yield ruling.deed.breach("no_hearing", f"{LAW}第六十三条", "当事人要求听证，没有举行就作出决定。")


def hearing_called(life: Life) -> Iterator[Breach]:
    """Seven working days before, in public unless a reason is told, and not earlier than was said."""
    for call in life.all("call_hearing"):
        held_at = call.moment("held_at")
        if held_at is None or life.days.local(held_at) < life.days.working(call.done_on, CALL_DAYS):
            yield call.breach("hearing_too_soon", f"{LAW}第六十四条第二项、第八十五条", "没有提前七个工作日通知听证。")
        if call.says("open_hearing") is not True and not call.says("words"):
            yield call.breach("secret_hearing", f"{LAW}第六十四条第三项", "不公开听证没有说明理由。")
    for held in life.all("hold_hearing"):
        called, begun = life.last(held, "call_hearing"), held.moment("begun")
        announced = called.moment("held_at") if called else None
        if announced and (begun is None or begun < announced):
            yield held.breach("hearing_too_soon", f"{LAW}第六十四条第二项", "听证早于通知的时间举行。")


RULES = (
    told_first,
    not_heavier,
    defence_waited_for,
    waived_by_signature,
    heard,
    hearing_told,
    hearing_held,
    hearing_called,
)
