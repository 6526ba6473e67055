"""严重程度: how bad a matter is, which handling times and alarms ask for."""

from enum import StrEnum


class Severity(StrEnum):
    """严重程度: 一般, 重大, 紧急."""

    ORDINARY = "ordinary"
    MAJOR = "major"
    URGENT = "urgent"


def at_intake(emergency: bool) -> Severity:
    """An emergency kind is urgent from the first moment; everything else is ordinary until the desk grades it."""
    return Severity.URGENT if emergency else Severity.ORDINARY


def after_correction(graded: Severity, emergency: bool) -> Severity:
    """Another kind of matter may raise it and never lowers it: whoever graded it knew more than the list."""
    return Severity.URGENT if emergency else graded
