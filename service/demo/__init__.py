"""The demo town (演示小镇) 云溪镇: its map, its people, a month of history, and a crew that plays a day in it."""

from service.demo.day import allowed as allowed_pace
from service.demo.making import prepare, refuse_leftovers, welcome
from service.demo.settling import ACTOR, FIELDS, TOWN, draw

__all__ = ["ACTOR", "FIELDS", "TOWN", "allowed_pace", "draw", "prepare", "refuse_leftovers", "welcome"]
