"""People (人员): accounts with their roles, squads (中队), and the devices squads carry."""

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from town.database import Base, Json, Moment


class Role(StrEnum):
    """Posts (岗位). A person may hold several; citizens hold none and need no account."""

    GRID_WORKER = "grid_worker"
    AUXILIARY = "auxiliary"
    OFFICER = "officer"
    SQUAD_LEADER = "squad_leader"
    DISPATCHER = "dispatcher"
    APPROVER = "approver"
    LEGAL_REVIEWER = "legal_reviewer"
    CHECKER = "checker"
    SUPERVISOR = "supervisor"
    WALL = "wall"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    PARTNER = "partner"


ROLE_NAMES: dict[Role, str] = {
    Role.GRID_WORKER: "网格员",
    Role.AUXILIARY: "辅助人员",
    Role.OFFICER: "执法队员",
    Role.SQUAD_LEADER: "中队长",
    Role.DISPATCHER: "指挥中心",
    Role.APPROVER: "审批人",
    Role.LEGAL_REVIEWER: "法制审核",
    Role.CHECKER: "核查员",
    Role.SUPERVISOR: "督办",
    Role.WALL: "大屏",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
    Role.PARTNER: "协同单位",
}


class Squad(Base):
    """中队: the handling unit of an area. Never the author of a penalty (that is the town or the county).

    ``fields``: the fields of work it holds (领域), empty for all of them. ``stand_in``: the login of who answers for it
    when nobody is on duty.
    """

    __tablename__ = "squad"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    active: Mapped[bool] = mapped_column(default=True)
    fields: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")
    stand_in: Mapped[str | None] = mapped_column(String(60))


class Account(Base):
    """账号: one person who signs in. Passwords are argon2 hashes; a blocked account loses its tokens at once."""

    __tablename__ = "account"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[str]] = mapped_column(Json)
    squad_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("squad.id"), index=True)
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"))
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[dt.datetime | None] = mapped_column(Moment)


class Device(Base):
    """平板: a squad's tablet, known to the broker by its code and a hashed secret (Mosquitto's own $7$ form)."""

    __tablename__ = "device"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    squad_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("squad.id"), index=True)
    secret: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)


@dataclass(frozen=True)
class DemoLogin:
    """A login of the demo town, shown on purpose. No other town has any."""

    login: str
    password: str
    name: str
    role: Role
