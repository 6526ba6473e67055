"""考核申诉: what a squad may object to, and what becomes of a month when it is right."""

from enum import StrEnum

from oversight.rules.order_facts import Ground


class AppealGround(StrEnum):
    """申诉理由: one of the grounds to leave an order out, or that the figures themselves are wrong."""

    NOT_OURS = Ground.NOT_OURS.value
    UNREASONABLE = Ground.UNREASONABLE.value
    REPEAT = Ground.REPEAT.value
    FORCE_MAJEURE = Ground.FORCE_MAJEURE.value
    WRONG_FIGURES = "wrong_figures"

    @property
    def leaves_out(self) -> Ground | None:
        """Why the order leaves the figures; None where the figures are to be counted again."""
        return None if self is AppealGround.WRONG_FIGURES else Ground(self.value)
