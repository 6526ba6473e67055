"""Today's names for the codes of a decision (今名): areas of the order's own edition, squads, bodies and colleagues."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.schemas import ReasonOut
from grids.models import Area
from town.partners import Partner
from town.people import Account, Squad

OTHERS = {"reporter": "举报人"}


@dataclass(frozen=True)
class Names:
    """Names by code; ``people`` by login, ``actors`` as the journal spells them."""

    areas: Mapping[str, str]
    squads: Mapping[str, str]
    partners: Mapping[str, str]
    people: Mapping[str, str]
    actors: Mapping[str, str]

    def reason(self, told: Mapping[str, Any]) -> ReasonOut:
        """A reason as it was kept, as a sentence with today's names."""
        facts = {name: self._named(name, value) for name, value in told.items() if name != "code"}
        return ReasonOut(code=told["code"], text=labels.reason(told["code"], facts))

    def actor(self, actor: str) -> str:
        """Who did it, by name."""
        return self.actors.get(actor) or OTHERS.get(actor, "系统")

    def _named(self, name: str, value: Any) -> Any:
        known: dict[str, Mapping[str, str]] = {
            "area": self.areas,
            "squad": self.squads,
            "partner": self.partners,
            "worker": self.people,
            "login": self.people,
        }
        return known[name].get(value, value) if name in known else value


def names(session: Session, edition_id: uuid.UUID | None) -> Names:
    """The names of now; areas as the edition of the map has them, or whichever had them last."""
    people = session.execute(select(Account.id, Account.login, Account.name)).all()
    return Names(
        areas=dict(session.execute(_areas(edition_id)).all()),
        squads=dict(session.execute(select(Squad.code, Squad.name)).all()),
        partners=dict(session.execute(select(Partner.code, Partner.name)).all()),
        people={login: name for _, login, name in people},
        actors={f"account:{identifier}": name for identifier, _, name in people},
    )


def _areas(edition_id: uuid.UUID | None) -> Select[str, str]:
    asked = select(Area.code, Area.name).order_by(Area.id)
    return asked if edition_id is None else asked.where(Area.edition_id == edition_id)
