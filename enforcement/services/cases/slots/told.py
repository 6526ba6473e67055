"""What a form's builder works from (填写文书的依据)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from enforcement.models import PenaltyCase
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.powers import PowerFact
from enforcement.services.cases.organs import Author
from town.settings import Settings


@dataclass(frozen=True)
class Told:
    """What a builder works from: the case with the act, all acts, the world, who signs, and names of people by login."""

    session: Session
    settings: Settings
    row: PenaltyCase
    case: Case
    act: Act
    acts: tuple[Act, ...]
    world: World
    author: Author
    power: PowerFact
    names: Mapping[str, str]
    common: Mapping[str, Any]


Builder = Callable[[Told], dict[str, Any]]
"""The slots that one form needs besides the common ones."""
