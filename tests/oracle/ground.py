"""On which ground the case stands (职权、地域、时效、一事不二罚): 行政处罚法 5, 17, 20, 22, 24, 29, 36, 37."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tests.oracle.days import months_later
from tests.oracle.life import LAW, Breach, Deed, Life, Ruling

SHORT_MONTHS, LONG_MONTHS = 24, 60
NEEDS_POWER = ("file", "approve_fast", "decide_on_spot", "decide")
VOIDED = {"revoked", "withdrawn", "declined"}


def place(life: Life) -> Iterator[Breach]:
    """The act happened in the town; what did not is only declined or transferred."""
    inside = life.opening.get("in_town")
    told = life.deeds[0].given.get("in_town", inside)
    if told != inside:
        yield life.deeds[0].breach("place_differs", f"{LAW}第二十二条", "案件地点是否在本镇，前后记载不一。")
    for deed in life.all("file", "approve_fast", "decide_on_spot", "decide"):
        if not (inside and told):
            yield deed.breach("outside_town", f"{LAW}第二十二条", "违法行为发生地不在本镇。")


def power(life: Life) -> Iterator[Breach]:
    """The power was in force and published when the act was done and when the organ acts."""
    for deed in life.all(*NEEDS_POWER):
        known = deed.known.get("power")
        if deed.action == "decide" and not _penal(life, deed):
            continue
        if not known:
            yield deed.breach("no_power", f"{LAW}第十七条", "没有核对职权。")
            continue
        if known["code"] != life.opening["power"]["code"]:
            yield deed.breach("other_power", f"{LAW}第十七条", "核对的不是本案的权力事项。")
        yield from _in_force(deed, known)
        yield from _published(life, deed, known)


def _in_force(deed: Deed, known: dict[str, Any]) -> Iterator[Breach]:
    for when, name in (("on_act", "违法行为发生时"), ("today", "办理时")):
        if not known[when]["in_force"]:
            yield deed.breach("no_power", f"{LAW}第十七条、第二十四条", f"{name}本镇没有这项权力。")


def _published(life: Life, deed: Deed, known: dict[str, Any]) -> Iterator[Breach]:
    published = known.get("published_on")
    acted = dt.date.fromisoformat(life.opening["acted_on"])
    if not published:
        yield deed.breach("unpublished_power", f"{LAW}第五条第三款、第二十四条", "权力依据没有公布。")
    elif dt.date.fromisoformat(published) > min(acted, deed.day):
        yield deed.breach("unpublished_power", f"{LAW}第五条第三款", "违法行为发生时权力依据还没有公布。")


def _penal(life: Life, deed: Deed) -> bool:
    return any(one.deed is deed and one.penal for one in life.rulings)


def law(life: Life) -> Iterator[Breach]:
    """A penalty has a provision that stands, and is not for what is lawful today (37)."""
    for ruling in life.rulings:
        known = ruling.learned("law") or {}
        if ruling.penal and not known.get("provision"):
            yield ruling.deed.breach("no_provision", f"{LAW}第三十八条", "没有处罚依据。")
        if ruling.penal and known.get("lawful_now"):
            yield ruling.deed.breach("lawful_now", f"{LAW}第三十七条", "新的规定不再认为违法，不能处罚。")


def higher(life: Life) -> Iterator[Breach]:
    """Of several rules broken by one act, the one with the higher fine (29)."""
    for ruling in life.rulings:
        other, provision = ruling.learned("higher"), (ruling.learned("law") or {}).get("provision") or {}
        excluded = any(one.says("higher_excluded") for one in life.deeds[: ruling.deed.place + 1])
        if ruling.fine and other and not excluded and int(other["high_fen"]) > int(provision.get("high_fen") or 0):
            yield ruling.deed.breach("higher_rule_left", f"{LAW}第二十九条", "应当按照罚款数额高的规定处罚。")


def limitation(life: Life) -> Iterator[Breach]:
    """Two years from the act, or five where life, health or finance was harmed, until it was discovered (36)."""
    acted = dt.date.fromisoformat(life.opening["acted_on"])
    discovered = dt.date.fromisoformat(life.opening["discovered_on"])
    for ruling in life.rulings:
        months = LONG_MONTHS if _grave(ruling) else SHORT_MONTHS
        if ruling.penal and discovered > months_later(acted, months):
            yield ruling.deed.breach("out_of_time", f"{LAW}第三十六条", "违法行为在追责期限内没有被发现，不能处罚。")


def _grave(ruling: Ruling) -> bool:
    """With harm to life, health or finance (36), or to the environment (生态环境法典 1054)."""
    harmed = ruling.factors.get("harm") in ("slight", "some", "serious")
    environment = "环境" in str((ruling.learned("power") or {}).get("field") or "")
    return harmed and (ruling.factors.get("public_safety") is True or environment)


def days_in_order(life: Life) -> Iterator[Breach]:
    """An act is discovered after it began, and opened after it was discovered; the cover repeats the first act."""
    first = life.deeds[0]
    acted_from, acted_on, discovered = (first.date(name) for name in ("acted_from", "acted_on", "discovered_on"))
    if not (acted_from and acted_on and discovered and acted_from <= acted_on <= discovered <= first.day):
        yield first.breach("days_disordered", f"{LAW}第三十六条", "违法、发现、登记的日期前后颠倒。")
    for name in ("acted_from", "acted_on", "discovered_on"):
        if first.says(name) != life.opening.get(name):
            yield first.breach("days_disordered", f"{LAW}第三十六条", "案件日期与登记线索不一致。")


def fined_once(life: Life) -> Iterator[Breach]:
    """One act of one party is not fined twice, whichever organ or squad did it first (29)."""
    for ruling in life.rulings:
        others = ruling.learned("same_party") or []
        if ruling.fine and any(_same_act(life, ruling, one) for one in others):
            yield ruling.deed.breach("fined_twice", f"{LAW}第二十九条", "同一违法行为已经罚过款。")


def _same_act(life: Life, ruling: Ruling, other: dict[str, Any]) -> bool:
    opening, event = life.opening, life.deeds[0].says("event")
    matter = other.get("power") == opening["power"]["code"] or (event is not None and other.get("event") == event)
    overlap = str(other["acted_from"]) <= opening["acted_on"] and opening["acted_from"] <= str(other["acted_on"])
    fined = bool(other.get("fine_fen")) and other.get("state") not in VOIDED
    return bool(matter and overlap and fined and other.get("same_place"))


RULES = (place, power, law, higher, limitation, days_in_order, fined_once)
