"""Every action with its name, article, posts, facts and papers (办案行为一览)."""

from enforcement.rules.cases.actions import Action, Deed
from enforcement.rules.cases.deeds_decision import DECISION
from enforcement.rules.cases.deeds_inquiry import INQUIRY
from enforcement.rules.cases.deeds_later import LATER

DEEDS: dict[Action, Deed] = {**INQUIRY, **DECISION, **LATER}
