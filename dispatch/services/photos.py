"""Photos of a report or an order (照片): admitted, prepared, then kept with a line in the journal."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from dispatch.models import Order, Report
from town import journal, media
from town.clock import Instant
from town.media import Photo, Prepared
from town.settings import Settings

REPORTED = "report"
"""The stage of what the reporter took; a squad's photos carry the state the order was in."""


def subject_of(owner: Order | Report) -> str:
    """What the photo belongs to, as photos and journal name it."""
    return f"{'order' if isinstance(owner, Order) else 'report'}:{owner.id}"


def stage_of(owner: Order | Report) -> str:
    """When in the life of the matter it is taken."""
    return owner.state if isinstance(owner, Order) else REPORTED


def admit(session: Session, settings: Settings, owner: Order | Report, content: bytes) -> Callable[[], Prepared]:
    """The slow work on a photo there is room for. Raises Refused("photos_full")."""
    media.admit(session, settings, subject_of(owner), stage_of(owner), content)
    return lambda: media.prepare(settings, content)


def add(
    session: Session, settings: Settings, owner: Order | Report, ready: Prepared, actor: str, now: Instant
) -> Photo:
    """Keep it; the same one twice is one. Raises Refused("photos_full")."""
    session.refresh(owner, with_for_update=True)  # so that of many at once only so many are kept
    subject, stage = subject_of(owner), stage_of(owner)
    photo = media.add(session, settings, ready, subject, stage, actor, now)
    if photo.at == now:
        data = {"of": subject, "stage": stage, "sha256": photo.sha256}
        about = f"photo:{photo.id}"
        journal.append(session, subject=about, version=1, kind="photo.added", actor=actor, at=now, data=data)
    return photo
