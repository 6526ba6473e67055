"""Who may (权限): opaque tokens, looked up at every request and therefore revocable at once.

A route states its ``Rights`` where it is registered; nothing is open by default.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import LargeBinary, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from town import ids
from town.clock import Instant
from town.database import Base, Moment
from town.errors import Refused
from town.people import ROLE_NAMES, Account, Role

SESSION_LENGTH = dt.timedelta(hours=12)
"""A shift and its hand-over; then one signs in again."""


class Token(Base):
    """凭证: a session or a receipt, stored as its digest. ``holder`` is ``account:<id>`` or ``report:<id>``."""

    __tablename__ = "access_token"
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    expires_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(Moment)


@dataclass(frozen=True)
class Actor:
    """Who is asking: a person with an account, the holder of a receipt, or anyone."""

    name: str = "anyone"
    account_id: uuid.UUID | None = None
    report_id: uuid.UUID | None = None
    roles: frozenset[Role] = frozenset()
    squad_id: uuid.UUID | None = None
    partner_id: uuid.UUID | None = None

    @property
    def in_squad(self) -> bool:
        """True for people who act for a squad and see that squad's orders only."""
        return bool(self.roles & SQUAD_ROLES) and not self.roles & TOWN_ROLES

    @property
    def in_town(self) -> bool:
        """True for posts of the town's centre, who see every order."""
        return bool(self.roles & TOWN_ROLES)

    def of(self, squad_id: uuid.UUID | None) -> bool:
        """True when ``squad_id`` is the own squad. Nobody belongs to no squad."""
        return squad_id is not None and squad_id == self.squad_id


ANYONE = Actor()
SQUAD_ROLES = frozenset({Role.SQUAD_LEADER, Role.OFFICER})
TOWN_ROLES = frozenset({Role.DISPATCHER, Role.CHECKER, Role.SUPERVISOR, Role.WALL, Role.APPROVER, Role.LEGAL_REVIEWER})


@dataclass(frozen=True)
class Rights:
    """Who may use a route: anyone, the holder of a receipt, or people with one of the roles."""

    open: bool = False
    receipt: bool = False
    roles: frozenset[Role] = frozenset()

    def check(self, who: Actor) -> None:
        """Raise Refused("not_signed_in" | "forbidden") unless ``who`` may."""
        if self.open or (self.receipt and who.report_id) or self.roles & who.roles:
            return
        if who.account_id is None:
            raise Refused("not_signed_in")
        raise Refused(
            "forbidden", roles="、".join(ROLE_NAMES[role] for role in Role if role in self.roles) or "举报人本人"
        )


PUBLIC = Rights(open=True)
WITH_RECEIPT = Rights(receipt=True)


def staff(*roles: Role) -> Rights:
    """People who hold one of these roles; without arguments, anybody with an account."""
    return Rights(roles=frozenset(roles or Role))


def issue(session: Session, holder: str, secret: str, now: Instant, *, expires_at: Instant | None = None) -> None:
    """Remember a token or receipt by its digest; the secret itself is never stored."""
    session.add(Token(digest=ids.digest(secret), holder=holder, created_at=now, expires_at=expires_at))


def revoke(session: Session, secret: str, now: Instant) -> None:
    """End one token; the next request that brings it is refused."""
    session.execute(update(Token).where(Token.digest == ids.digest(secret)).values(revoked_at=now))


def revoke_all(session: Session, holder: str, now: Instant) -> None:
    """End every live token of a holder: a blocked account, a lost tablet."""
    live = Token.holder == holder, Token.revoked_at.is_(None)
    session.execute(update(Token).where(*live).values(revoked_at=now))


def identify(session: Session, authorization: str | None, now: Instant) -> Actor:
    """The actor behind an ``Authorization`` header: ``Bearer <token>``, ``Receipt <code>``, or none.

    Raises Refused("not_signed_in" | "receipt_unknown") when a credential is given and does not hold.
    """
    scheme, _, secret = (authorization or "").partition(" ")
    match scheme.lower():
        case "":
            return ANYONE
        case "bearer":
            return _account_actor(session, _holder(session, secret.strip(), now, "account"))
        case "receipt":
            report = _holder(session, ids.read_receipt(secret), now, "report")
            if report is None:
                raise Refused("receipt_unknown")
            return Actor(name="reporter", report_id=report)
    raise Refused("not_signed_in")


def _holder(session: Session, secret: str | None, now: Instant, kind: str) -> uuid.UUID | None:
    token = session.get(Token, ids.digest(secret)) if secret else None
    if token is None or token.revoked_at or (token.expires_at and token.expires_at <= now):
        return None
    held, _, identifier = token.holder.partition(":")
    return uuid.UUID(identifier) if held == kind else None


def _account_actor(session: Session, account_id: uuid.UUID | None) -> Actor:
    account = session.scalar(select(Account).where(Account.id == account_id, Account.active)) if account_id else None
    if account is None:
        raise Refused("not_signed_in")
    roles = frozenset(Role(role) for role in account.roles)
    return Actor(
        name=f"account:{account.id}",
        account_id=account.id,
        roles=roles,
        squad_id=account.squad_id,
        partner_id=account.partner_id,
    )
