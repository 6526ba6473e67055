"""Storing photos (照片): the file is safe on the disk before its row is committed, so no row ever lacks its file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from town import ids
from town.clock import Instant
from town.errors import Refused
from town.media import files, pictures
from town.media.models import Photo
from town.media.stores import Store
from town.settings import Settings


@dataclass(frozen=True)
class Prepared:
    """A photo whose files are on the disk and whose row is not written yet."""

    picture: pictures.Picture
    sha256: str
    size: int
    view_sha256: str


def admit(session: Session, settings: Settings, subject: str, stage: str, data: bytes) -> None:
    """Ask before any work is done for a photo: a known one is welcome again, a new one only while there is room.

    Raises Refused("photos_full") beyond ``max_photos`` of one stage.
    """
    if _known(session, subject, files.digest(data)) is None:
        _refuse_full(session, settings, subject, stage)


def prepare(settings: Settings, data: bytes) -> Prepared:
    """Examine a photo and put the sealed original and its stripped view on the disk. Needs no database.

    Raises Refused("too_large" | "media_type" | "photo_unreadable" | "photo_too_many_pixels" | "photo_not_alone" |
    "storage_full").
    """
    if len(data) > settings.max_body:
        raise Refused("too_large", limit=settings.max_body)
    picture = pictures.examine(data, settings.max_photo_pixels)
    view = pictures.view(data)
    return Prepared(picture, files.keep(originals(settings), data), len(data), files.keep(views(settings), view))


def add(
    session: Session, settings: Settings, ready: Prepared, subject: str, stage: str, by: str, now: Instant
) -> Photo:
    """The row of a prepared photo; the first one's row when the subject has this photo already.

    Raises Refused("photos_full") beyond ``max_photos`` of one stage.
    """
    if known := _known(session, subject, ready.sha256):
        return known
    _refuse_full(session, settings, subject, stage)
    insert: Any = sqlite.insert if session.connection().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(Photo).values(_row(ready, subject, stage, by, now)).on_conflict_do_nothing())
    return session.scalars(_of(subject, ready.sha256)).one()


def _refuse_full(session: Session, settings: Settings, subject: str, stage: str) -> None:
    taken = select(func.count()).select_from(Photo).where(Photo.subject == subject, Photo.stage == stage)
    if session.scalars(taken).one() >= settings.max_photos:
        raise Refused("photos_full", limit=settings.max_photos)


def of_subject(session: Session, subject: str) -> list[Photo]:
    """All photos of a subject, oldest first."""
    return list(session.scalars(select(Photo).where(Photo.subject == subject).order_by(Photo.id)))


def open_view(settings: Settings, photo: Photo) -> Path:
    """The file that people may see. Raises Refused("photo_lost") when it is gone from the disk."""
    path = files.place(views(settings), photo.view_sha256)
    if not path.is_file():
        raise Refused("photo_lost", photo=str(photo.id))
    return path


def photo_stores(settings: Settings) -> tuple[Store, ...]:
    """Where photos lie, each with the rows that name them."""
    return Store(originals(settings), Photo.sha256), Store(views(settings), Photo.view_sha256)


def originals(settings: Settings) -> Path:
    """The sealed originals: evidence, byte for byte as sent."""
    return settings.media / "originals"


def views(settings: Settings) -> Path:
    """The stripped derivatives."""
    return settings.media / "views"


def _of(subject: str, sha256: str) -> Select[Photo]:
    return select(Photo).where(Photo.subject == subject, Photo.sha256 == sha256)


def _known(session: Session, subject: str, sha256: str) -> Photo | None:
    return session.scalar(_of(subject, sha256))


def _row(ready: Prepared, subject: str, stage: str, by: str, now: Instant) -> dict[str, Any]:
    return {
        "id": ids.new_id(),
        "subject": subject,
        "stage": stage,
        "sha256": ready.sha256,
        "size": ready.size,
        "media_type": ready.picture.media_type,
        "width": ready.picture.width,
        "height": ready.picture.height,
        "view_sha256": ready.view_sha256,
        "by": by,
        "at": now,
    }
