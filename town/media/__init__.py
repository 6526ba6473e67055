"""Photos (照片): the original sealed under its hash, a stripped derivative to look at."""

from town.media.models import Photo
from town.media.photos import (
    Prepared,
    add,
    admit,
    of_subject,
    open_view,
    originals,
    photo_stores,
    prepare,
    views,
)

__all__ = [
    "Photo",
    "Prepared",
    "add",
    "admit",
    "of_subject",
    "open_view",
    "originals",
    "photo_stores",
    "prepare",
    "views",
]
