"""Sources (来源): by which way a matter came in. One matter may come by several; each is answered by its own way."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """来源."""

    APP = "app"
    CALL = "call"
    LETTER = "letter"
    HOTLINE = "hotline_12345"
    POLICE = "police_110"
    LEADER = "leader"
    MEDIA = "media"
    PATROL = "patrol"
    GRID_WORKER = "grid_worker"


@dataclass(frozen=True)
class Way:
    """What a source brings: ``numbered``: their number must be kept; ``timed``: their own time limit may be told.

    ``citizen``: a person waits for the answer, so his promise runs and his name may be taken down.
    """

    name: str
    numbered: bool = False
    timed: bool = False
    citizen: bool = False


WAYS: dict[Source, Way] = {
    Source.APP: Way("手机举报", citizen=True),
    Source.CALL: Way("来电", citizen=True),
    Source.LETTER: Way("来信", citizen=True),
    Source.HOTLINE: Way("12345 热线", numbered=True, timed=True, citizen=True),
    Source.POLICE: Way("110 转来", numbered=True, timed=True),
    Source.LEADER: Way("领导交办", timed=True),
    Source.MEDIA: Way("媒体反映", timed=True),
    Source.PATROL: Way("巡查发现"),
    Source.GRID_WORKER: Way("网格员上报"),
}
DESK_SOURCES = frozenset(WAYS) - {Source.APP}
"""What the desk takes down by hand."""


def name(source: str) -> str:
    """The Chinese name of a source; one that only a replay knows goes by its own name."""
    return WAYS[Source(source)].name if source in set(Source) else source
