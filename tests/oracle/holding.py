"""Evidence held and goods seized (先行登记保存, 查封、扣押): 行政处罚法 56; 行政强制法 17, 18, 25, 27, 28."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tests.oracle.life import FORCE, LAW, Breach, Deed, Life

HOLD_DAYS, SEIZURE_DAYS = 7, 30
HOLD, SEIZURE = f"{LAW}第五十六条", f"{FORCE}第二十五条"
BACK = "returned"
LastDay = Callable[[dt.date], dt.date]


@dataclass(frozen=True, slots=True)
class Held:
    """One hold or seizure that was approved. ``last``: its last day. ``over``: the act that ended it."""

    kind: str
    approved: Deed
    last: dt.date
    longest: dt.date
    over: Deed | None
    extensions: tuple[Deed, ...] = ()


def holds(life: Life) -> list[Held]:
    """Every hold; the newest that is open is the one an act speaks of."""
    return _measures(life, "hold", ("settle_hold", "return_goods"), lambda start: life.days.working(start, HOLD_DAYS))


def seizures(life: Life) -> list[Held]:
    """Every seizure, with its extensions: days of the calendar, and no holiday makes a restraint longer (强制法 25, 69)."""
    plain = _measures(life, "seizure", ("lift_seizure",), lambda start: start + dt.timedelta(days=SEIZURE_DAYS))
    return [_extended(life, replace(one, longest=one.last)) for one in plain]


def _measures(life: Life, kind: str, ends: tuple[str, ...], last: LastDay) -> list[Held]:
    open_ones: list[Deed] = []
    over: dict[int, Deed] = {}
    approved = life.all(f"approve_{kind}")
    for deed in life.all(f"approve_{kind}", *ends):
        if deed in approved:
            open_ones.append(deed)
        elif open_ones:
            over[open_ones.pop().place] = deed
    return [Held(kind, one, last(one.day), life.days.moved(last(one.day)), over.get(one.place)) for one in approved]


def _extended(life: Life, one: Held) -> Held:
    until = one.over.place if one.over else len(life.deeds)
    later = tuple(deed for deed in life.after(one.approved, "extend_seizure") if deed.place < until)
    last = one.last + dt.timedelta(days=SEIZURE_DAYS * bool(later))
    return Held(one.kind, one.approved, last, last, one.over, later)


def in_time(life: Life) -> Iterator[Breach]:
    """Past its last day a hold has lapsed: goods go back, and nothing else can be done with them."""
    for held in holds(life):
        over = held.over
        if over and over.done_on > held.longest and not _back(over):
            yield over.breach("hold_lapsed", HOLD, "登记保存已经期满失效，只能退还物品。")
    for held in seizures(life):
        if held.over and held.over.done_on > held.longest and held.over.says("release_ground") != "expired":
            yield held.over.breach("seizure_lapsed", SEIZURE, "查封、扣押期限已经届满，应当以期满为由解除。")


def _back(over: Deed) -> bool:
    return over.action == "return_goods" or over.says("settlement") == BACK


def lapses(life: Life) -> Iterator[Breach]:
    """What lapses does so after its last day, and when it is still open on that day."""
    for kind, measures in (("hold", holds(life)), ("seizure", seizures(life))):
        for deed in life.all(f"lapse_{kind}"):
            if not any(_due(one, deed) for one in measures):
                yield deed.breach("lapsed_early", HOLD if kind == "hold" else SEIZURE, "期限还没有届满，不能失效。")
        for held in measures:
            if _forgotten(life, held):
                yield held.approved.breach(f"{kind}_forgotten", HOLD if kind == "hold" else SEIZURE, "期满未作处理。")


def _due(held: Held, deed: Deed) -> bool:
    still_open = held.over is None or held.over.place > deed.place
    return held.approved.place < deed.place and still_open and deed.day > held.last


def _forgotten(life: Life, held: Held) -> bool:
    """Open past its last day with nothing recorded, although the case went on after that."""
    went_on = life.deeds[-1].day > held.longest + dt.timedelta(days=1)
    return held.over is None and went_on and not life.after(held.approved, f"lapse_{held.kind}")


def extended(life: Life) -> Iterator[Breach]:
    """A seizure is made longer once, before it is over."""
    for held in seizures(life):
        if len(held.extensions) > 1:
            yield held.extensions[1].breach("extended_twice", SEIZURE, "查封、扣押只能延长一次。")
        first_end = held.approved.day + dt.timedelta(days=SEIZURE_DAYS)
        if held.extensions and held.extensions[0].day > first_end:
            yield held.extensions[0].breach("seizure_lapsed", SEIZURE, "查封、扣押已经期满，不能再延长。")


def not_entrusted(life: Life) -> Iterator[Breach]:
    """The power to seize cannot be entrusted (17), and a town has it only where a rule of the province says so."""
    for deed in life.all("approve_seizure"):
        if life.opening["power"].get("mode") == "entrusted":
            yield deed.breach("seizure_entrusted", f"{FORCE}第十七条", "行政强制措施权不得委托。")
        if (deed.known.get("local") or {}).get("seizure_allowed") is False:
            yield deed.breach("seizure_not_allowed", f"{FORCE}第十七条", "没有规定准许本镇查封、扣押。")


def nothing_kept(life: Life) -> Iterator[Breach]:
    """No case is closed while goods are still held."""
    for deed in life.all("close"):
        for held in (*holds(life), *seizures(life)):
            if held.approved.place < deed.place and (held.over is None or held.over.place > deed.place):
                yield deed.breach("goods_kept", f"{LAW}第五十六条；{FORCE}第二十七条", "还有物品没有处理，不能结案。")


RULES = (in_time, lapses, extended, not_entrusted, nothing_kept)
