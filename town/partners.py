"""Partners (协同单位): bodies outside the squads: departments, utilities, neighbouring towns, the county, the police."""

import uuid
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base


class PartnerKind(StrEnum):
    """What kind of body it is; a place outside the town goes to ``county`` unless a neighbour is named."""

    DEPARTMENT = "department"
    UTILITY = "utility"
    NEIGHBOUR = "neighbour"
    COUNTY = "county"
    POLICE = "police"


class Partner(Base):
    """协同单位: whom an order is handed to when it is not a squad's. ``phone``: a public number of the office."""

    __tablename__ = "partner"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str | None] = mapped_column(String(40))
    active: Mapped[bool] = mapped_column(default=True)
