"""Where documents and evidence lie (文书库、证据库), each with the rows that name them."""

from enforcement.models import Document, EvidenceFile
from enforcement.services.cases import evidence, papers
from town.media.stores import Store
from town.settings import Settings


def stores(settings: Settings) -> tuple[Store, ...]:
    """Papers as they were issued, and files of evidence as they came."""
    return Store(papers.store(settings), Document.sha256), Store(evidence.store(settings), EvidenceFile.sha256)
