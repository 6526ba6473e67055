"""Hard stops (硬性约束): what the law forbids in a penalty case whatever the table of the procedure allows. Pure."""

from enforcement.rules.stops.catalogue import CATALOGUE, Ground, Stop
from enforcement.rules.stops.table import STOPS, as_data, standing_stops, stops

__all__ = ["CATALOGUE", "STOPS", "Ground", "Stop", "as_data", "standing_stops", "stops"]
