"""Kinds of matter (事项): GB/T 47678.5-2026 and the town's own, and what routing asks of them."""

from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    """Whose matter it is: a squad's (执法), the one who keeps a facility (设施), or a public service's (服务)."""

    ENFORCEMENT = "enforcement"
    FACILITY = "facility"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class EventLine:
    """事项 as the list says. ``unit`` and ``holder`` are codes of partners; ``near_m`` in metres, ``near_days`` in days.

    ``unit`` answers for a facility or a service; ``holder`` acts where the town has no power in force.
    """

    code: str
    name: str
    class_name: str
    nature: str
    field: str
    emergency: bool = False
    small: bool = False
    unit: str | None = None
    holder: str | None = None
    offered: str | None = None
    near_m: int = 30
    near_days: int = 7
