"""What a file of people says of areas and grids, which other rooms keep."""

from dataclasses import dataclass

from town.staff import Key


@dataclass(frozen=True)
class ServiceEntry:
    """管辖: a squad serves an area, both by their codes."""

    area: str
    squad: str

    @property
    def key(self) -> Key:
        """The whole of it."""
        return self.area, self.squad


@dataclass(frozen=True)
class PostEntry:
    """网格员岗位: who looks after a grid."""

    grid: str
    login: str

    @property
    def key(self) -> Key:
        """The grid: it has one 网格员."""
        return (self.grid,)
