"""To whom an alarm of a matter is brought (预警接收人), today and at this hour; there is always somebody or a finding."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from oversight.rules import seats
from oversight.rules.seats import Found, Seat, Sitting
from oversight.services.supervision import crew as crews
from oversight.services.supervision import matters
from oversight.services.supervision.crew import Crew, Person
from oversight.services.supervision.matters import Matter
from town.clock import Instant
from town.people import Role


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom it is brought to, the seats before him with why, and who hears of it too."""

    matter: Matter
    found: Found
    person: Person | None
    too: tuple[Person, ...]

    @property
    def account_id(self) -> uuid.UUID | None:
        """The account it is brought to; None only where the whole town has nobody."""
        return self.person.id if self.person else None

    @property
    def passed(self) -> list[dict[str, str | None]]:
        """The seats before it, and why nobody of them was told, as they are kept."""
        return [{"seat": one.seat, "why": one.why, "login": one.login} for one in self.found.passed]


def of(session: Session, subject: str, level: str, now: Instant) -> Recipient:
    """Who is told when a clock of this subject reaches this level now."""
    crew = crews.at(session, now)
    return resolve(matters.of(session, subject, crew), level, crew)


def resolve(matter: Matter, level: str, crew: Crew) -> Recipient:
    """The same of a matter that was read already."""
    sitting = _sitting(matter, crew)
    found = seats.find(level, sitting)
    too = (crew.people[login] for login in seats.told_too(level, sitting, found))
    return Recipient(matter, found, crew.people.get(found.login or ""), tuple(too))


def _sitting(matter: Matter, crew: Crew) -> Sitting:
    return Sitting(
        seats=_seats(matter, crew),
        active=crew.active,
        away=crew.away,
        late=matter.holders,
        fallback=crew.fallback,
        successors=crew.successors,
    )


def _seats(matter: Matter, crew: Crew) -> Mapping[Seat, tuple[str, ...]]:
    squad = matter.squad_id
    of_the_squad: Mapping[Seat, tuple[str, ...]] = {}
    if squad is not None:
        of_the_squad = {
            Seat.DUTY_LEADER: crew.on_shift(squad),
            Seat.STAND_IN: crew.standing_in(squad),
            Seat.SQUAD_LEADER: crew.leading(squad),
        }
    return {
        Seat.HOLDER: matter.holders,
        **of_the_squad,
        Seat.DISPATCHER: crew.holding(Role.DISPATCHER),
        Seat.SUPERVISOR: crew.holding(Role.SUPERVISOR),
        Seat.APPROVER: crew.holding(Role.APPROVER),
    }
