"""A file of people (人员表): read, checked against what stands, shown as a plan, and taken in whole or not at all."""

from town.people_file.comparing import Change, Difference
from town.people_file.entries import PostEntry, ServiceEntry
from town.people_file.plan import Plan, draw
from town.people_file.standing import Outside, Standing
from town.people_file.standing import read as read_standing
from town.people_file.tables import TABLES, Filed, Table, filed, read
from town.people_file.taking_in import Hand, close_missing, take_in

__all__ = [
    "TABLES",
    "Change",
    "Difference",
    "Filed",
    "Hand",
    "Outside",
    "Plan",
    "PostEntry",
    "ServiceEntry",
    "Standing",
    "Table",
    "close_missing",
    "draw",
    "filed",
    "read",
    "read_standing",
    "take_in",
]
