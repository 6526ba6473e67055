"""Where slots come from besides the act at hand (文书要素的出处): earlier acts, their papers, who did them and when."""

import datetime as dt
from typing import Any

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act
from enforcement.services.cases.slots.told import Told

ENDS = "。；;．. "


def before(told: Told, *actions: Action) -> Act | None:
    """The newest act of one of these kinds before the act at hand."""
    earlier = (one for one in reversed(told.acts) if one.sequence < told.act.sequence and one.action in actions)
    return next(earlier, None)


def day_of(told: Told, act: Act) -> dt.date:
    """The local day of an act."""
    return act.at.astimezone(told.world.calendar.zone).date()


def number_of(act: Act, form: str) -> str | None:
    """The number of a paper that an act printed."""
    found = act.known.get("numbers", {}).get(form)
    return str(found) if found else None


def officers_of(act: Act) -> list[dict[str, str]]:
    """执法人员 whom an act names, with their certificates as they stood then."""
    known = act.known.get("officers", {})
    named = [one for one in act.given.get("officers", ()) if one in known]
    return [{"name": known[one]["name"], "certificate": known[one].get("number") or ""} for one in named]


def opinions(told: Told, act: Act, text: str) -> list[dict[str, Any]]:
    """承办人意见: one opinion under which every officer of the act signs."""
    return [{"text": text, "day": day_of(told, act), **officer} for officer in officers_of(act)]


def approval(told: Told) -> dict[str, Any]:
    """负责人审批意见: what the act at hand says, by whoever took it."""
    return {"text": told.act.given.get("opinion"), "name": actor(told), "day": told.world.today}


def actor(told: Told) -> str | None:
    """The name of whoever took the act at hand."""
    return told.names.get(str(told.act.known.get("actor")))


def sentence(text: object) -> str:
    """A text that goes on in a paragraph: closed by one full stop."""
    return f"{str(text).rstrip(ENDS)}。"
