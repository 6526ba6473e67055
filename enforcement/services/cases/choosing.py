"""What a form offers to choose from (可选的人和事实): officers with their certificates, chairs of a hearing, facts to weigh."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from enforcement.models import PenaltyCase
from enforcement.rules import conditions
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Case
from enforcement.rules.cases.fields import Field, Kind
from enforcement.rules.factors import FACTORS
from enforcement.rules.powers import standing
from enforcement.schemas import ChoiceOut, FactorOut, OpeningOptions
from enforcement.services import powers, tiers
from enforcement.services.cases import world_people
from town.people import Account, Role
from town.qualification import ENFORCING

LED_BY_OTHERS = "本案承办人不能主持听证"
UNQUALIFIED = "没有法律职业资格"
LENT = "外中队，要写借调理由"
Found = Mapping[str, Mapping[str, Any]]
"""People by login, as ``world_people.officers_of`` tells them."""


@dataclass(frozen=True, slots=True)
class Offered:
    """``asked``: codes of the facts that the power's tiers ask for. ``lent``: officers of other squads."""

    officers: Sequence[ChoiceOut]
    lent: Sequence[ChoiceOut]
    handlers: Sequence[ChoiceOut]
    chairs: Sequence[ChoiceOut]
    asked: frozenset[str]

    def choices(self, action: Action, field: Field) -> list[ChoiceOut] | None:
        """What this field is chosen from; None where it is typed, or chosen from the case itself."""
        if field.choices:
            return [ChoiceOut(code=code, name=name) for code, name in field.choices.items()]
        if field.kind is Kind.OFFICERS:
            return [*self.officers, *(self.lent if action is Action.ASSIGN else ())]
        if field.kind is Kind.PERSON:
            return list(self.chairs if field.name == "chair" else self.handlers)
        return None

    def factors(self) -> list[FactorOut]:
        """裁量事实, those first that the tiers ask for."""
        return sorted(factors_out(self.asked), key=lambda one: not one.asked)


def offered(session: Session, row: PenaltyCase, case: Case, today: dt.date) -> Offered:
    """Whom and what the forms of this case offer today."""
    able = [one for one in world_people.accounts(session, Account.active.is_(True)) if POSTS & set(one[0].roles)]
    found = world_people.officers_of(session, able, today)
    enforcing = [(one, squad) for one, squad in able if ENFORCING & set(one.roles)]
    officers = [_officer(one, found) for one, _ in able if _in_squad(one, row) or one.login in case.handlers]
    return Offered(
        officers=officers,
        lent=[_lent(one, found) for one, _ in enforcing if not _in_squad(one, row) and one.login not in case.handlers],
        handlers=[one for one in officers if one.code in case.handlers],
        chairs=[_chair(one, case, found) for one, _ in able if Role.LEGAL_REVIEWER in one.roles],
        asked=_asked(session, row, today),
    )


POSTS = ENFORCING | {Role.LEGAL_REVIEWER}


def opening(session: Session, squad_id: uuid.UUID | None, today: dt.date) -> OpeningOptions:
    """Whom and what a new case may name: the squad's officers with their certificates, the powers with their standing."""
    people = world_people.accounts(session, Account.active.is_(True), Account.squad_id == squad_id)
    enforcing = [one for one in people if ENFORCING & set(one[0].roles)]
    found = world_people.officers_of(session, enforcing, today)
    listed = powers.on(session, today)
    lines = [(line, standing(line, today)) for line in (listed.by_code.values() if listed else ())]
    return OpeningOptions(
        officers=[_officer(one, found) for one, _ in enforcing],
        powers=[ChoiceOut(code=one.code, name=one.name, ok=how.in_force, why=how.why) for one, how in lines],
    )


def factors_out(asked: frozenset[str] = frozenset()) -> list[FactorOut]:
    """裁量事实 as a form asks for them."""
    return [
        FactorOut(
            code=one.code,
            kind=one.kind,
            label=one.label,
            unit=one.unit,
            help=one.help,
            choices=[ChoiceOut(code=code, name=name) for code, name in one.choices.items()],
            asked=one.code in asked,
        )
        for one in FACTORS.values()
    ]


def _in_squad(account: Account, row: PenaltyCase) -> bool:
    return account.squad_id == row.squad_id and bool(ENFORCING & set(account.roles))


def _officer(account: Account, found: Found) -> ChoiceOut:
    one = found[account.login]
    why = f"执法证 {one['number']}" if one["ok"] else one["why"]
    return ChoiceOut(code=account.login, name=account.name, ok=one["ok"], why=why)


def _lent(account: Account, found: Found) -> ChoiceOut:
    """Of another squad: he may be chosen, with the reason why he is lent."""
    mine = _officer(account, found)
    return mine.model_copy(update={"why": f"{LENT}；{mine.why}"})


def _chair(account: Account, case: Case, found: Found) -> ChoiceOut:
    qualified = found[account.login]["qualified"]
    why = LED_BY_OTHERS if account.login in case.handlers else "" if qualified else UNQUALIFIED
    return ChoiceOut(code=account.login, name=account.name, ok=not why, why=why or None)


def _asked(session: Session, row: PenaltyCase, today: dt.date) -> frozenset[str]:
    rows = tiers.of_power(session, row.power_code, today)
    return frozenset(code for one in rows for code in conditions.missing(one.conditions, {}))
