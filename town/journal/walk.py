"""Walking the chain, pure: numbered rows go in, in order; findings come out, as exact as the hashes allow.

A row is checked against the hash recorded before it, so damage stays where it is and does not spread to the end.
When a row does not fit, the rows after it tell which: its content, its hash, or the numbering around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from town.journal import chain
from town.journal.damage import Damage, Finding

FARTHEST_SHIFT = 50
"""So many rows, removed or inserted with the rest renumbered, are recognised as such."""

MOST_SUSPECTS = 200
"""Beyond so many, rows are still named, but no longer compared with each other."""

MOST_FINDINGS = 1000


@dataclass(frozen=True, slots=True)
class Link:
    """One numbered row as it stands in the database; ``row`` is None when the event is gone."""

    position: int
    seq: int
    hash: bytes
    row: chain.Row | None


@dataclass(frozen=True, slots=True)
class Lost:
    """An event that should have a number and has none."""

    seq: int
    row: chain.Row


@dataclass(slots=True)
class Suspect:
    """A row that does not fit. ``bases``: what the hash before it may have been; ``place``: its number before a shift."""

    link: Link
    row: chain.Row
    place: int
    bases: tuple[bytes, ...]
    damage: Damage = Damage.CHANGED
    other: int | None = None

    @property
    def computed(self) -> bytes:
        """The hash it should have."""
        return chain.link(self.bases[0], self.place, self.row)

    def would_hold(self, row: chain.Row, hashes: tuple[bytes, ...]) -> bool:
        """Whether ``row`` in this place gives one of ``hashes``."""
        return any(chain.link(base, self.place, row) in hashes for base in self.bases)


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that are missing, between a known hash and a row whose own hash is known."""

    first: int
    last: int
    base: bytes | None
    shift: int
    following: Link


class Walk:
    """``step`` through all links by position, then ``finish``."""

    def __init__(self) -> None:
        self.position = 0
        self.hash = chain.START
        self.more = 0
        self._findings: list[Finding] = []
        self._suspects: list[Suspect] = []
        self._gaps: list[Gap] = []
        self._base: bytes | None = chain.START  # None: the row before is missing
        self._shift = 0
        self._run: list[Suspect] = []

    def step(self, link: Link) -> None:
        """Check one row against the hash recorded before it."""
        if link.position > self.position + 1:
            self._miss(link)
        if link.row is None:
            self.report(Finding(Damage.EVENT_DELETED, link.position, link.seq))
        if link.row is None or self._base is None or self._fits(link, self._base) or self._explains(link):
            self._run = []
        else:
            self._suspect(link)
        self._base, self.hash, self.position = link.hash, link.hash, link.position

    def report(self, finding: Finding) -> None:
        """Keep a finding, or count it when there are too many to read."""
        if len(self._findings) < MOST_FINDINGS:
            self._findings.append(finding)
        else:
            self.more += 1

    def finish(self, lost: Sequence[Lost]) -> list[Finding]:
        """Everything found, by position; ``lost`` events are fitted into the gaps where they belong."""
        left = list(lost)
        for gap in self._gaps:
            left = self._fill(gap, left)
        named = [_named(suspect) for suspect in _without_followers(_paired(self._suspects))]
        nameless = [Finding(Damage.UNNUMBERED, None, event.seq, event.row.id) for event in left]
        return sorted(self._findings + named, key=_place) + nameless

    def _fits(self, link: Link, base: bytes, shift: int = 0) -> bool:
        place = link.position + self._shift + shift
        return link.row is not None and chain.link(base, place, link.row) == link.hash

    def _miss(self, link: Link) -> None:
        if link.position > 1:
            self._gaps.append(Gap(max(1, self.position + 1), link.position - 1, self._base, self._shift, link))
        self._base = None

    def _suspect(self, link: Link) -> None:
        assert link.row is not None
        assert self._base is not None
        if len(self._suspects) >= MOST_SUSPECTS:
            self._run = []
            return self.report(Finding(Damage.CHANGED, link.position, link.seq, link.row.id))
        bases = (self._base, self._run[-1].computed) if self._run else (self._base,)
        suspect = Suspect(link, link.row, link.position + self._shift, bases)
        self._suspects.append(suspect)
        self._run.append(suspect)
        return None

    def _explains(self, link: Link) -> bool:
        """Whether this row fits once the suspects just before it are taken for what they seem to be."""
        explanations = (self._after_swapped, self._after_changed_hash, self._after_forged_rows, self._after_shift)
        return bool(self._run) and any(explained(link) for explained in explanations)

    def _after_swapped(self, link: Link) -> bool:
        """The first suspect and this row, close to it, changed places, numbers and all: put back they fit."""
        assert link.row is not None
        first, between = self._run[0], self._run[1:]
        here = Suspect(link, link.row, link.position + self._shift, (between[-1].link.hash if between else link.hash,))
        found = first.would_hold(here.row, (link.hash,)) and here.would_hold(first.row, (first.link.hash,))
        if found:
            self._suspects.append(here)
            _pair(first, here)
        return found

    def _after_changed_hash(self, link: Link) -> bool:
        last = self._run[-1]
        if found := self._fits(link, last.computed):
            last.damage = Damage.HASH_CHANGED
        return found

    def _after_forged_rows(self, link: Link) -> bool:
        """Rows with invented hashes were put in, the rest was renumbered: it fits the hash before them."""
        first, last, count = self._run[0], self._run[-1], len(self._run)
        if found := self._fits(link, first.bases[0], -count):
            self._shift -= count
            del self._suspects[-count:]
            self.report(_named(first, Damage.INSERTED, last.link.position))
        return found

    def _after_shift(self, link: Link) -> bool:
        """Rows were taken out, or put in well chained, and the rest was renumbered: only one row lost its base."""
        last = self._run[-1]
        for count in range(1, FARTHEST_SHIFT + 1):
            if self._fits(link, last.link.hash, count):
                return self._shifted(count, _named(last, Damage.REMOVED, count))
            if self._fits(link, last.link.hash, -count):
                first = last.link.position - count
                return self._shifted(-count, Finding(Damage.INSERTED, first, other=last.link.position - 1))
        return False

    def _shifted(self, count: int, finding: Finding) -> bool:
        self._shift += count
        self._suspects.pop()
        self.report(finding)
        return True

    def _fill(self, gap: Gap, lost: list[Lost]) -> list[Lost]:
        """Name the missing numbers by the events that belong there; give back the events that do not."""
        count = gap.last - gap.first + 1
        for start in range(len(lost) - count + 1):
            missing = lost[start : start + count]
            if _closes(gap, missing):
                for position, event in enumerate(missing, gap.first):
                    self.report(Finding(Damage.NUMBER_DELETED, position, event.seq, event.row.id))
                return lost[:start] + lost[start + count :]
        self.report(Finding(Damage.GAP, gap.first, other=gap.last))
        return lost


def _closes(gap: Gap, missing: list[Lost]) -> bool:
    if gap.base is None or gap.following.row is None:
        return False
    *_, (place, digest) = chain.extend(gap.first + gap.shift - 1, gap.base, (event.row for event in missing))
    return chain.link(digest, place + 1, gap.following.row) == gap.following.hash


def _paired(suspects: list[Suspect]) -> list[Suspect]:
    """Mark those whose place would rightly be held by another suspect's row."""
    for one in suspects:
        for other in suspects:
            hashes = (one.link.hash, other.link.hash)
            if one.link.position != other.link.position and one.would_hold(other.row, hashes):
                _pair(one, other)
    return suspects


def _pair(one: Suspect, other: Suspect) -> None:
    one.damage, one.other = Damage.SWAPPED, other.link.position
    other.damage, other.other = Damage.SWAPPED, one.link.position


def _without_followers(suspects: list[Suspect]) -> list[Suspect]:
    """Leave out rows that only suffered because the hash before them was swapped away."""
    hashes = tuple(suspect.link.hash for suspect in suspects if suspect.damage is Damage.SWAPPED)
    return [suspect for suspect in suspects if not _follows(suspect, hashes)]


def _follows(suspect: Suspect, hashes: tuple[bytes, ...]) -> bool:
    if suspect.damage is not Damage.CHANGED:
        return False
    return any(chain.link(base, suspect.place, suspect.row) == suspect.link.hash for base in hashes)


def _place(finding: Finding) -> tuple[bool, int]:
    return finding.position is None, finding.position or 0


def _named(suspect: Suspect, damage: Damage | None = None, other: int | None = None) -> Finding:
    link = suspect.link
    return Finding(damage or suspect.damage, link.position, link.seq, suspect.row.id, other or suspect.other)
