"""Checks of the town's affairs: its journal, working days, map, open orders and files."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select

from dispatch.models import Order
from dispatch.rules.workflow import ENDED
from dispatch.services import serving
from grids import services as grids
from service import kept_files as every
from service.doctor.findings import Finding, Patient, bad, good, warning
from town import backstops, journal, profile, watch, workdays
from town.media import stores
from town.people import Account

NUMBERED_WITHIN = 10
"""Seconds; the leader takes milliseconds."""
HEADS_MISSED = 3
FOLDERS = {"originals": "照片原件", "views": "照片", "documents": "文书", "evidence": "证据"}


def founded(patient: Patient) -> Iterable[Finding]:
    """There is a town in the database."""
    yield good(f"镇：{profile.current(patient.session).name}。")


def numbering(patient: Patient) -> Iterable[Finding]:
    """The journal is numbered as it grows."""
    position, _ = journal.head(patient.session)
    late = journal.unnumbered_since(patient.session, patient.now, NUMBERED_WITHIN)
    if late:
        yield bad(
            f"有 {late} 行轨迹 {NUMBERED_WITHIN} 秒后仍未编号。",
            "请启动 wangge worker，并看它的日志；编号前，大屏与平板看不到这些变化。",
        )
    else:
        yield good(f"轨迹编号到第 {position} 号，没有积压。")


def heads(patient: Patient) -> Iterable[Finding]:
    """The head of the chain is written outside the database as the journal grows."""
    position, _ = journal.head(patient.session)
    path = patient.settings.data / journal.HEADS_FILE
    last = max(journal.read_heads(path), key=lambda head: head.position, default=None)
    waits = dt.timedelta(minutes=patient.settings.head_minutes * HEADS_MISSED)
    if last and last.position > position:
        yield bad(
            f"库外记过第 {last.position} 号，库里只到第 {position} 号。",
            "运行 wangge journal verify 查明；若恢复过旧备份，请把链头文件改名存档。",
        )
    elif position and (last is None or (last.position < position and patient.now - last.at > waits)):
        written = f"只记到第 {last.position} 号" if last else "还没有记过"
        yield warning(
            f"链头文件{written}，轨迹已到第 {position} 号。", "请启动 wangge worker；它每隔几分钟把链头记到库外。"
        )
    else:
        yield good("链头已记在库外，并且是新的。")


def working_days(patient: Patient) -> Iterable[Finding]:
    """The holidays of the coming 90 days are known."""
    today = patient.now.astimezone(profile.current(patient.session).zone).date()
    if years := workdays.uncovered_soon(patient.session, today):
        named = "、".join(map(str, years))
        yield warning(
            f"{named} 年的放假安排还没有录入，跨到那时的期限暂按周一至周五计算。",
            "国务院办公厅公布后，用 wangge workdays 录入。",
        )
    else:
        yield good("今后 90 天的工作日表齐全。")


def map_edition(patient: Patient) -> Iterable[Finding]:
    """A map is active and every area on it has a squad."""
    edition = grids.active(patient.session)
    if edition is None:
        yield bad("还没有启用的网格。", "运行 wangge grids import 与 wangge grids activate")
    elif alone := serving.areas_without_squad(patient.session, grids.areas(patient.session)):
        names = "、".join(area.name for area in alone)
        yield bad(
            f"这些片区没有中队：{names}。",
            "运行 wangge squads per-area --commit，或指定中队；在那之前，工单会停在指挥中心。",
        )
    else:
        yield good(f"网格「{edition.name}」已启用，每个片区都有中队。")


def fallback(patient: Patient) -> Iterable[Finding]:
    """The town has named who is told when nobody else can be, and he can sign in."""
    login = backstops.named(patient.session).fallback
    active = select(Account.name).where(Account.login == login, Account.active)
    name = patient.session.scalar(active) if login else None
    if name:
        yield good(f"兜底人是{name}。")
    else:
        saw = f"兜底人 {login} 不能登录。" if login else "还没有指定兜底人。"
        yield warning(saw, "运行 wangge town set --fallback 账号 --commit；在那之前，找不到人的预警只能交给指挥中心。")


def open_orders(patient: Patient) -> Iterable[Finding]:
    """Every open order has an owner and a clock."""
    rows = patient.session.execute(select(Order.id, Order.squad_id).where(Order.state.not_in(ENDED))).all()
    unmet = watch.Deadline.met_at.is_(None), watch.Deadline.state.in_(watch.WAITED_FOR)
    running = select(watch.Deadline.subject).where(*unmet)
    timed = set(patient.session.scalars(running))
    ownerless = sum(row.squad_id is None for row in rows)
    untimed = sum(f"order:{row.id}" not in timed for row in rows)
    if ownerless:
        yield warning(f"{ownerless} 件未结工单没有中队。", "请指挥中心派单，或驳回并写明理由。")
    if untimed:
        yield warning(f"{untimed} 件未结工单没有时限。", "请运行 wangge proof run 逐件查明。")
    if not ownerless and not untimed:
        yield good(f"{len(rows)} 件未结工单都有中队和时限。")


def kept_files(patient: Patient) -> Iterable[Finding]:
    """Every photo, document and piece of evidence that a row names lies on the disk."""
    if lost := stores.lost(patient.session, every.stores(patient.settings)):
        folders = "、".join(dict.fromkeys(FOLDERS[path.parent.parent.name] for path in lost))
        yield bad(f"{len(lost)} 个文件（{folders}）不见了，例如 {lost[0]}。", "请从备份里找回同名文件放到原处。")
    else:
        yield good("照片、文书和证据的记录与文件相符。")
