"""Which stops stand before which act (硬性约束表). All that hold are told at once, in the order of this table."""

from collections.abc import Iterator

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.stops import (
    correction,
    decision,
    endings,
    evidence,
    hearing,
    measures,
    mercy,
    moments,
    notice,
    people,
    performance,
    powers,
    service,
    simple,
)
from enforcement.rules.stops.asking import LABELS, Guard, Missing
from enforcement.rules.stops.catalogue import CATALOGUE, Stop, stop

UNKNOWN = "unknown"
SUBJECTS = (
    people,
    powers,
    mercy,
    evidence,
    correction,
    simple,
    measures,
    notice,
    hearing,
    decision,
    service,
    performance,
    endings,
    moments,
)
ALL = tuple(row for subject in SUBJECTS for row in subject.GUARDS)
STOPS: dict[Action, tuple[Guard, ...]] = {
    action: tuple(guard for guard, actions in ALL if action in actions) for action in Action
}


def stops(case: Case, act: Act, world: World) -> tuple[Stop, ...]:
    """Everything that forbids this act. ``case``: before it. What a guard needs and nobody knows forbids it too."""
    return tuple(dict.fromkeys(_found(case, act, world)))


def standing_stops(case: Case, act: Act, world: World) -> tuple[Stop, ...]:
    """What stands against an act already, while its form is still empty; what is not known yet does not count."""
    return tuple(one for one in stops(case, act, world) if one.code != UNKNOWN)


def as_data() -> list[dict[str, object]]:
    """Every stop with its article and what it is about, for other programs and for the documentation."""
    return [{"code": one.code, "article": one.article, "label": one.label} for one in CATALOGUE.values()]


def _found(case: Case, act: Act, world: World) -> Iterator[Stop]:
    for guard in STOPS[act.action]:
        try:
            found = guard(case, act, world)
        except Missing as missing:
            found = _unknown(missing.name)
        if found:
            yield found


def _unknown(name: str) -> Stop:
    return stop(
        UNKNOWN, f"还不清楚{LABELS[name]}，不能判断能不能办。请补全以后再试；补全了仍然这样，请联系系统管理员。"
    )
