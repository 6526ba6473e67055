"""起步办理时限: a table of handling times to begin with, from published examples and the house's proposals, each with its source."""

import csv
import io
from importlib import resources

from town.sheets import Sheets, read


def times() -> Sheets:
    """Handling times: what other places publish where their kinds of matter can be told apart, proposals for the rest."""
    return read(_file(), "起步办理时限.csv")


def rows() -> list[dict[str, str]]:
    """Line by line, cells by header."""
    return list(csv.DictReader(io.StringIO(_file().decode())))


def _file() -> bytes:
    return (resources.files(__name__) / "handling_times.csv").read_bytes()
