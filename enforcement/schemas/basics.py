"""What several answers of the room share (接口的公用部分)."""

from typing import Annotated

from pydantic import StringConstraints

from town.bodies import Reply

Short = Annotated[str, StringConstraints(max_length=300)]


class CodedOut(Reply):
    """A code with its Chinese name."""

    code: str
    name: str


class PointOut(Reply):
    """地点: degrees, CGCS2000."""

    lon: float
    lat: float


class StopOut(Reply):
    """What the law forbids here, and what to do next."""

    code: str
    article: str
    sentence: str
