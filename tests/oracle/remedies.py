"""Reconsideration and suits (复议、诉讼): which decision each is about, and what is left of it afterwards.

行政复议法 63: a change is never to the applicant's harm; 行政诉讼法 77: a judgment does not make it heavier.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tests.oracle.life import REVIEW, Breach, Deed, Life, Ruling

KEPT = 4
SUMS = ("fine_fen", "confiscate_fen")
CHANGED = f"{REVIEW}第六十三条、行政诉讼法第七十七条"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One application or suit. ``against``: the decision that was the newest when it was begun. ``ruled``: its result."""

    asked: Deed
    against: Ruling
    ruled: Deed | None = None

    @property
    def kind(self) -> str:
        return str(self.asked.says("contest_kind"))

    def open_at(self, deed: Deed) -> bool:
        """Whether it was under way at an act."""
        return self.asked.place < deed.place and (self.ruled is None or self.ruled.place >= deed.place)


def newest(life: Life, deed: Deed) -> Ruling | None:
    """The newest decision before an act, revoked or not."""
    return next((one for one in reversed(life.rulings) if one.deed.place < deed.place), None)


@lru_cache(KEPT)
def remedies(life: Life) -> tuple[Remedy, ...]:
    """Every one, each with the result that was told of it."""
    found: list[Remedy] = []
    for deed in life.all("contest", "contest_ruled"):
        made = newest(life, deed)
        if deed.action == "contest" and made:
            found.append(Remedy(deed, made))
        elif deed.action == "contest_ruled" and (place := _meant(found, deed, made)) is not None:
            found[place] = replace(found[place], ruled=deed)
    return tuple(found)


def _meant(found: list[Remedy], deed: Deed, made: Ruling | None) -> int | None:
    """The newest open one of its kind; of an earlier decision, where the result says so."""
    earlier = deed.says("earlier_decision")
    for place in reversed(range(len(found))):
        one = found[place]
        fits = earlier is None or (one.against is not made) is earlier
        if one.ruled is None and one.kind == deed.says("contest_kind") and fits:
            return place
    return None


def of(life: Life, ruling: Ruling) -> list[Remedy]:
    """Those about one decision."""
    return [one for one in remedies(life) if one.against is ruling]


def results(life: Life, ruling: Ruling, seen_from: Deed | None = None) -> list[Deed]:
    """What was told of them before an act; by the end of the file without one."""
    told = [one.ruled for one in of(life, ruling) if one.ruled]
    return [one for one in told if seen_from is None or one.place < seen_from.place]


def fine(life: Life, ruling: Ruling, seen_from: Deed | None = None) -> int:
    """The fine as it stood at an act."""
    return _sum(life, ruling, "fine_fen", ruling.fine, seen_from)


def whole(life: Life, ruling: Ruling, seen_from: Deed | None = None) -> int:
    """The fine and what is confiscated, as they stood at an act."""
    return fine(life, ruling, seen_from) + _sum(life, ruling, "confiscate_fen", ruling.confiscated, seen_from)


def revoked(life: Life, ruling: Ruling, seen_from: Deed | None = None) -> bool:
    """Whether the organ of reconsideration or the court had revoked it."""
    return any(one.says("contest_result") == "revoked" for one in results(life, ruling, seen_from))


def _sum(life: Life, ruling: Ruling, name: str, decided: int, seen_from: Deed | None) -> int:
    told = decided
    for deed in results(life, ruling, seen_from):
        if deed.says("contest_result") == "revoked":
            return 0
        if deed.says("contest_result") == "changed" and deed.says(name) is not None:
            told = deed.sum(name)
    return told


def not_heavier(life: Life) -> Iterator[Breach]:
    """A change says what is left of every sum, and no sum is higher than it was; of an older decision nothing is left."""
    for ruling in life.rulings:
        for deed in results(life, ruling):
            if deed.says("contest_result") != "changed" or newest(life, deed) is not ruling:
                continue
            for name, decided in zip(SUMS, (ruling.fine, ruling.confiscated), strict=True):
                before = _sum(life, ruling, name, decided, deed)
                if before and deed.says(name) is None:
                    yield deed.breach("changed_unsaid", CHANGED, "变更后的数额没有写明。")
                if deed.sum(name) > before:
                    yield deed.breach("changed_heavier", CHANGED, "变更以后比原决定更重。")


RULES = (not_heavier,)
