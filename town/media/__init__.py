"""Photos (照片): the original sealed under its hash, a stripped derivative to look at."""

from town.media.models import Photo
from town.media.photos import (
    Prepared,
    Swept,
    add,
    admit,
    lost_files,
    named_files,
    of_subject,
    open_view,
    originals,
    prepare,
    sweep,
    views,
)

__all__ = [
    "Photo",
    "Prepared",
    "Swept",
    "add",
    "admit",
    "lost_files",
    "named_files",
    "of_subject",
    "open_view",
    "originals",
    "prepare",
    "sweep",
    "views",
]
