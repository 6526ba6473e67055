"""Penalty cases (办案): opened, changed by acts, seen by those who may, and told as data."""

from enforcement.services.cases.acting import Wish, take_act
from enforcement.services.cases.lapsing import on_due
from enforcement.services.cases.opening import open_case

__all__ = ["Wish", "on_due", "open_case", "take_act"]
