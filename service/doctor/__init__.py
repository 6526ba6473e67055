"""The doctor (体检): is this installation fit to serve? Small checks in order; each says what it saw and what to do next."""

from collections.abc import Iterator, Sequence

from sqlalchemy.exc import SQLAlchemyError

from service.doctor import affairs, database, machine
from service.doctor.findings import Check, Finding, Level, Patient, bad
from town.clock import Instant
from town.database import Database
from town.errors import Refused
from town.settings import Settings

__all__ = ["Finding", "Level", "examine"]

MACHINE: Sequence[tuple[str, Check]] = (
    ("密钥", machine.secret_files),
    ("磁盘", machine.disk),
    ("字体", machine.document_fonts),
    ("消息服务", machine.broker),
)
FOOTING: Sequence[tuple[str, Check]] = (
    ("数据库", database.reachable),
    ("版本", database.revision),
    ("镇", affairs.founded),
)
"""Without these the rest has nothing to stand on."""
TOWN: Sequence[tuple[str, Check]] = (
    ("空间扩展", database.postgis),
    ("数据库权限", database.rights),
    ("轨迹编号", affairs.numbering),
    ("链头", affairs.heads),
    ("工作日", affairs.working_days),
    ("网格", affairs.map_edition),
    ("兜底", affairs.fallback),
    ("工单", affairs.open_orders),
    ("文件", affairs.kept_files),
)


def examine(settings: Settings, now: Instant) -> Iterator[Finding]:
    """Every check in order, until one on which all later ones stand is bad."""
    opened = Database(settings.database_url, pool_size=2)
    try:
        with opened.read() as session:
            patient = Patient(settings, opened, session, now)
            yield from _run(patient, MACHINE)
            for finding in _run(patient, FOOTING):
                yield finding
                if finding.level == Level.BAD:
                    return
            yield from _run(patient, TOWN)
    finally:
        opened.close()


def _run(patient: Patient, checks: Sequence[tuple[str, Check]]) -> Iterator[Finding]:
    for name, check in checks:
        for seen in _findings(patient, check):
            yield Finding(seen.level, seen.saw, seen.next, name)


def _findings(patient: Patient, check: Check) -> list[Finding]:
    try:
        return list(check(patient))
    except Refused as refused:
        return [bad(refused.detail, "按提示处理后再运行 wangge doctor。")]
    except SQLAlchemyError as error:
        patient.session.rollback()
        return [bad(f"查不了：{str(error).splitlines()[0]}", "请核对数据库的权限与版本。")]
