"""What can be done in the dispatch room."""

from dispatch.services.intake import NewReport, Received, receive
from dispatch.services.steps import Wish, answer, take_step, visible

__all__ = ["NewReport", "Received", "Wish", "answer", "receive", "take_step", "visible"]
