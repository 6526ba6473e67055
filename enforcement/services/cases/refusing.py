"""How a hard stop is told (不得办理): all that hold at once, the first as the reason."""

from collections.abc import Sequence

from enforcement import labels
from enforcement.rules.cases.actions import Action
from enforcement.rules.stops import Stop
from town.errors import Refused


def refused(action: Action, found: Sequence[Stop]) -> Refused:
    """Refused("case_stopped") with every stop."""
    told = [{"code": one.code, "article": one.article, "sentence": one.sentence} for one in found]
    return Refused("case_stopped", action=labels.action(action), why=found[0].sentence, stops=told)
