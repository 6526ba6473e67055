"""Every folder of files that rows name (文件库): photos, documents, evidence. Backup, sweep and doctor ask here."""

from enforcement.services.cases.stores import stores as stores_of_cases
from town import media
from town.media.stores import Store
from town.settings import Settings


def stores(settings: Settings) -> tuple[Store, ...]:
    """All of them."""
    return (*media.photo_stores(settings), *stores_of_cases(settings))
