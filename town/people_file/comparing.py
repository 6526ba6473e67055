"""What a list would become (对照): entries that are new, that change, that stay, and that the file does not have. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar


class Keyed(Protocol):
    """An entry with a key that names it in its list."""

    @property
    def key(self) -> tuple[Any, ...]:
        """What names it."""


Entry = TypeVar("Entry", bound=Keyed)


@dataclass(frozen=True)
class Change(Generic[Entry]):
    """An entry that is another than before."""

    before: Entry
    after: Entry


@dataclass(frozen=True)
class Difference(Generic[Entry]):
    """One list against what stands. ``missing``: stands, but not in the file."""

    added: tuple[Entry, ...] = ()
    changed: tuple[Change[Entry], ...] = ()
    unchanged: int = 0
    missing: tuple[Entry, ...] = ()

    @property
    def kept(self) -> tuple[Entry, ...]:
        """What is to be written: the new ones and the changed ones, as they shall be."""
        return *self.added, *(change.after for change in self.changed)

    @property
    def idle(self) -> bool:
        """Whether the list stays as it is, whatever is missing."""
        return not self.added and not self.changed


def compare(wanted: Iterable[Entry], standing: Iterable[Entry]) -> Difference[Entry]:
    """The difference between a file and what stands, each in the order of its keys. Of two with one key the last counts."""
    new, old = {one.key: one for one in wanted}, {one.key: one for one in standing}
    both = [Change(old[key], new[key]) for key in sorted(new.keys() & old.keys())]
    changed = tuple(change for change in both if change.before != change.after)
    added = tuple(new[key] for key in sorted(new.keys() - old.keys()))
    missing = tuple(old[key] for key in sorted(old.keys() - new.keys()))
    return Difference(added, changed, len(both) - len(changed), missing)
