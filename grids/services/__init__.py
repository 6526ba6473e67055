"""The town's map: check a file, import it as an edition, activate it, and find places in the one in force."""

from grids.services.changes import Changes, changes
from grids.services.editions import (
    activate,
    activate_due,
    activate_when_due,
    import_edition,
    schedule,
    unschedule,
)
from grids.services.known import Listed, active, areas, editions, find
from grids.services.locators import (
    Bounds,
    OnLayer,
    bounds,
    facts,
    layers_at,
    locator,
    locator_of,
)
from grids.services.surveys import Survey, check, frame_for, seen_beside

__all__ = [
    "Bounds",
    "Changes",
    "Listed",
    "OnLayer",
    "Survey",
    "activate",
    "activate_due",
    "activate_when_due",
    "active",
    "areas",
    "bounds",
    "changes",
    "check",
    "editions",
    "facts",
    "find",
    "frame_for",
    "import_edition",
    "layers_at",
    "locator",
    "locator_of",
    "schedule",
    "seen_beside",
    "unschedule",
]
