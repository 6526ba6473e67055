"""What routing is decided on (派单依据): plain facts, written down beside the decision, so that it can be made again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class NearGrid:
    """A grid that the place may lie in. ``distance_m``: metres from the point, 0 for the covering grid."""

    code: str
    area: str
    distance_m: float


@dataclass(frozen=True)
class EventFact:
    """事项 as the list of that day has it. ``unit``, ``holder``: codes of partners."""

    code: str
    nature: str
    field: str
    emergency: bool = False
    small: bool = False
    unit: str | None = None
    holder: str | None = None


@dataclass(frozen=True)
class PowerFact:
    """A line of the power list for this kind of matter, and whether it is in force that day; ``standing`` says why not."""

    code: str
    standing: str
    holder: str | None = None

    @property
    def in_force(self) -> bool:
        """Whether the town may act by it."""
        return self.standing == "in_force"


@dataclass(frozen=True)
class SquadFact:
    """A squad with the areas it serves and the fields it holds; without fields it holds all of them.

    ``on_duty``: logins of those who may answer for it now, the duty leader first. ``certified``: those of them with a
    certificate valid that day. ``stand_in``: the named fallback. ``rostered``: whether the town keeps a roster for it.
    """

    code: str
    areas: tuple[str, ...]
    fields: tuple[str, ...] = ()
    on_duty: tuple[str, ...] = ()
    certified: tuple[str, ...] = ()
    stand_in: str | None = None
    rostered: bool = False

    def holds(self, wanted: str) -> bool:
        """Whether this field of work is its."""
        return wanted in self.fields


@dataclass(frozen=True)
class NearOrder:
    """An open order of the same kind nearby: a likely duplicate."""

    order: str
    distance_m: float
    hours_apart: float


@dataclass(frozen=True)
class Facts:
    """What routing is decided on.

    ``nearby``: every grid the circle of accuracy touches. ``nearest``: for a place outside the town. ``event``: None for
    a matter nobody has put a name to. ``powers``: every line for the event, best first; None while no power list is in
    force. ``worker``: the 网格员 of the covering grid. ``conflicted``: logins that must keep away. ``county``: the partner
    that answers for places outside.
    """

    covering: NearGrid | None
    nearby: tuple[NearGrid, ...]
    nearest: NearGrid | None
    accuracy_m: float | None
    near_border: bool
    squads: tuple[SquadFact, ...]
    event: EventFact | None = None
    powers: tuple[PowerFact, ...] | None = None
    worker: str | None = None
    conflicted: frozenset[str] = frozenset()
    county: str | None = None
    near_orders: tuple[NearOrder, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {**asdict(self), "conflicted": sorted(self.conflicted)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Facts":
        """What ``as_data`` gave."""
        return cls(
            covering=_one(NearGrid, data["covering"]),
            nearby=tuple(NearGrid(**each) for each in data["nearby"]),
            nearest=_one(NearGrid, data["nearest"]),
            accuracy_m=data["accuracy_m"],
            near_border=data["near_border"],
            squads=tuple(_squad(each) for each in data["squads"]),
            event=_one(EventFact, data["event"]),
            powers=None if data["powers"] is None else tuple(PowerFact(**each) for each in data["powers"]),
            worker=data["worker"],
            conflicted=frozenset(data["conflicted"]),
            county=data["county"],
            near_orders=tuple(NearOrder(**each) for each in data["near_orders"]),
        )


def _one(kind: type[Any], data: Mapping[str, Any] | None) -> Any:
    return None if data is None else kind(**data)


def _squad(data: Mapping[str, Any]) -> SquadFact:
    lists = {name: tuple(data[name]) for name in ("areas", "fields", "on_duty", "certified")}
    return SquadFact(**{**data, **lists})
