"""What a form may print of a case (文书要素): gathered once for an act, told per form; each module builds for some forms."""

from enforcement.services.cases.slots.common import gathered, of
from enforcement.services.cases.slots.told import Told

__all__ = ["Told", "gathered", "of"]
