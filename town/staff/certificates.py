"""Certificates (执法证): given, renewed, revoked."""

import datetime as dt

from sqlalchemy.orm import Session

from town.clock import Instant
from town.errors import Refused
from town.officers import Certificate
from town.people import Account
from town.qualification import GRID_STAFF, NEVER
from town.staff.changing import Change, changing
from town.staff.entries import CertificateEntry


def add_certificate(session: Session, entry: CertificateEntry, actor: str, now: Instant) -> Certificate:
    """A new certificate. Raises Refused("certificate_exists") and what ``keep_certificate`` raises."""
    with changing(session, actor, now) as change:
        if known := session.get(Certificate, entry.number):
            holder = session.get_one(Account, known.account_id)
            raise Refused("certificate_exists", number=entry.number, login=holder.login)
        return put_certificate(change, entry)


def keep_certificate(session: Session, entry: CertificateEntry, actor: str, now: Instant) -> Certificate:
    """From now on the certificate is as the entry says, new or renewed.

    Raises Refused("span_backwards" | "person_unknown"), and "may_not_enforce" for an auxiliary or a 网格员.
    """
    with changing(session, actor, now) as change:
        return put_certificate(change, entry)


def put_certificate(change: Change, entry: CertificateEntry) -> Certificate:
    """``keep_certificate`` as part of a larger change."""
    if entry.valid_to < entry.valid_from:
        raise Refused("span_backwards")
    account = change.person(entry.login)
    _refuse_helpers(account)
    known = change.session.get(Certificate, entry.number)
    certificate = known or Certificate(number=entry.number)
    certificate.account_id, certificate.kind, certificate.issuer = account.id, entry.kind, entry.issuer
    certificate.valid_from, certificate.valid_to = entry.valid_from, entry.valid_to
    certificate.revoked_on = entry.revoked_on
    change.session.add(certificate)
    _note(change, certificate, "certificate.changed" if known else "certificate.added")
    return certificate


def revoke_certificate(session: Session, number: str, day: dt.date, actor: str, now: Instant) -> Certificate:
    """From that day on the certificate counts no more. Raises Refused("not_found")."""
    with changing(session, actor, now) as change:
        return end_certificate(change, number, day)


def end_certificate(change: Change, number: str, day: dt.date) -> Certificate:
    """``revoke_certificate`` as part of a larger change."""
    certificate = change.session.get(Certificate, number)
    if certificate is None:
        raise Refused("not_found")
    certificate.revoked_on = min(day, certificate.revoked_on or day)
    _note(change, certificate, "certificate.revoked")
    return certificate


def _refuse_helpers(account: Account) -> None:
    """Auxiliaries and 网格员 hold none (国办发〔2024〕54号): one in the list would look as if they might enforce."""
    for role in sorted(NEVER.keys() & set(account.roles)):
        raise Refused("may_not_enforce", why=f"{account.name}：{NEVER[role]}", article=GRID_STAFF)


def _note(change: Change, one: Certificate, kind: str) -> None:
    days = {"from": one.valid_from.isoformat(), "to": one.valid_to.isoformat()}
    revoked = one.revoked_on.isoformat() if one.revoked_on else None
    change.note(f"account:{one.account_id}", kind, number=one.number, kind_of=one.kind, revoked=revoked, **days)
