"""考核结果 of a month: what the formula makes of the facts, squad by squad. Pure, so that it can be made again years later.

Squads stand by their code, never by their result: this is no ranking, and there is no row for a person.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oversight.rules import counting, formula
from oversight.rules.formula import Formula, Weighed
from oversight.rules.indicators import DEFINITIONS, EDITION
from oversight.rules.order_facts import OrderFact
from oversight.rules.periods import Span

TOWN = "town"


@dataclass(frozen=True, slots=True)
class Names:
    """What the town and its squads, by code, were called when the month was frozen."""

    town: str
    squads: Mapping[str, str]


def appraise(rule: Formula, facts: Sequence[OrderFact], span: Span, names: Names) -> dict[str, Any]:
    """The results as plain data: whole numbers and text only, so that they have one spelling."""
    return {
        "edition": EDITION,
        "since": span.since.isoformat(),
        "until": span.until.isoformat(),
        "orders": len(facts),
        "definitions": definitions(),
        "town": _row(rule, TOWN, names.town, facts, span),
        "squads": [
            _row(rule, code, name, [fact for fact in facts if fact.holder == code], span)
            for code, name in sorted(names.squads.items())
        ],
    }


def definitions() -> list[dict[str, str]]:
    """The indicators in words, as they are counted by this edition."""
    return [
        {"code": one.code.value, "name": one.name, "numerator": one.numerator, "denominator": one.denominator}
        for one in DEFINITIONS
    ]


def names_in(results: Mapping[str, Any]) -> Names:
    """The names that kept results were made with."""
    return Names(results["town"]["name"], {row["key"]: row["name"] for row in results["squads"]})


def span_in(results: Mapping[str, Any]) -> Span:
    """The moments that kept results are about."""
    return Span(*(dt.datetime.fromisoformat(results[end]) for end in ("since", "until")))


def _row(rule: Formula, key: str, name: str, facts: Iterable[OrderFact], span: Span) -> dict[str, Any]:
    asked = list(facts)
    counted = counting.tally(asked, span)
    parts = formula.weigh(rule, asked, span)
    return {
        "key": key,
        "name": name,
        "result": formula.result(rule, parts),
        "parts": [_part(one) for one in parts],
        "values": {code.value: [count.numerator, count.denominator] for code, count in counted.counts.items()},
        "excluded": counted.excluded,
    }


def _part(one: Weighed) -> dict[str, Any]:
    """``numerator`` and ``denominator`` are sums of difficulties in hundredths; ``share`` is what counts, as text."""
    return {
        "indicator": one.indicator.value,
        "weight": one.weight,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "orders": one.orders,
        "share": counting.percent(one.share),
    }
