"""The eight sheets (八张表) with their Chinese columns, and files read into lines and complaints."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from town import sheets
from town.bodies import Body
from town.errors import Refused
from town.people_file import rows
from town.sheets import Complaint, Field, Record, Sheet, Sheets

SUFFIXES = (".csv", ".xlsx")


@dataclass(frozen=True)
class Table:
    """One sheet: its title, its name in English, the model of a line, and its columns."""

    title: str
    code: str
    model: type[Body]
    fields: tuple[Field, ...]

    @property
    def names(self) -> dict[str, str]:
        """Which field stands under which header."""
        return {one.header: one.name for one in self.fields}

    def template(self) -> bytes:
        """An XLSX file to fill in."""
        return sheets.template(self.title, self.fields)


LOGIN = Field("login", "账号", "登录名，字母、数字、点和横线", "sumin", required=True)
PARTNERS = Table(
    "协同单位",
    "partners",
    rows.PartnerRow,
    (
        Field("code", "代码", "事项清单和权力清单里用的代码，启用后不要改", "gas", required=True),
        Field("name", "名称", "单位名称", "云川燃气", required=True),
        Field("kind", "类别", "部门、公用事业、邻镇、县或公安", "公用事业", required=True),
        Field("phone", "电话", "对外公布的办公电话"),
    ),
)
SQUADS = Table(
    "中队",
    "squads",
    rows.SquadRow,
    (
        Field("code", "代码", "启用后不要改", "CZ", required=True),
        Field("name", "名称", "中队名称", "城中片区中队", required=True),
        Field("fields", "领域", "管哪些领域，几个用顿号隔开；空着就是全部", "市容环卫、规划建设"),
        Field("stand_in", "备班账号", "没有人值班时由谁负责，写账号", "linxiaofeng"),
        Field("areas", "片区", "管辖的片区代码，几个用顿号隔开；没有这一列就不改管辖", "CZ"),
    ),
)
PEOPLE = Table(
    "人员",
    "people",
    rows.PersonRow,
    (
        LOGIN,
        Field("name", "姓名", "", "苏敏", required=True),
        Field(
            "roles",
            "岗位",
            "几个用顿号隔开：执法队员、中队长、辅助人员、网格员、指挥中心、核查员 …",
            "执法队员",
            required=True,
        ),
        Field("squad", "中队", "中队代码；执法队员、中队长、辅助人员必填", "CZ"),
        Field("partner", "协同单位", "单位代码；协同单位的人必填"),
    ),
)
CERTIFICATES = Table(
    "执法证",
    "certificates",
    rows.CertificateRow,
    (
        LOGIN,
        Field("number", "证号", "全国或省里的证件编号", "云执 0001", required=True),
        Field("kind", "种类", "空着就是行政执法证", "行政执法证"),
        Field("issuer", "发证机关", "", "云川县人民政府", required=True),
        Field("valid_from", "有效期起", "从哪天起有效", "2025-01-01", required=True),
        Field("valid_to", "有效期止", "有效到哪天（含当天）", "2029-12-31", required=True),
        Field("revoked_on", "吊销日", "从哪天起作废；空着就不改"),
    ),
)
SHIFTS = Table(
    "值班",
    "roster",
    rows.ShiftRow,
    (
        Field("squad", "中队", "中队代码", "CZ", required=True),
        LOGIN,
        Field("starts_at", "开始", "日期和时间", "2026-11-23 20:00", required=True),
        Field("ends_at", "结束", "日期和时间；只写时间就是之后最近的那个钟点", "08:00", required=True),
        Field("leads", "带班", "是：这段时间由他负责；同一时间只能有一个", "是"),
    ),
)
LEAVES = Table(
    "请假",
    "leave",
    rows.LeaveRow,
    (
        LOGIN,
        Field("starts_at", "开始", "日期，需要时加时间", "2026-11-24", required=True),
        Field("ends_at", "结束", "只写日期就是到当天结束", "2026-11-25", required=True),
        Field("ground", "事由", "", "事假", required=True),
    ),
)
CONFLICTS = Table(
    "回避",
    "conflicts",
    rows.ConflictRow,
    (
        LOGIN,
        Field("about", "回避对象", "写「网格 代码」或「当事人 代码」", "网格 CZ-01", required=True),
        Field("ground", "事由", "什么利害关系", "亲属在此开店", required=True),
        Field("valid_from", "开始", "从哪天起", "2026-01-01", required=True),
        Field("valid_to", "结束", "到哪天为止（含当天）；空着就一直有效"),
    ),
)
POSTS = Table(
    "网格员岗位",
    "posts",
    rows.PostRow,
    (
        Field("grid", "网格", "网格代码，一个网格一名网格员", "CZ-01", required=True),
        Field("login", "账号", "网格员的登录名", "xiaolin", required=True),
    ),
)
TABLES = (PARTNERS, SQUADS, PEOPLE, CERTIFICATES, SHIFTS, LEAVES, CONFLICTS, POSTS)


@dataclass(frozen=True)
class Filed:
    """What was handed in: the lines of each sheet by its code, the faults of single cells, and what was passed over."""

    lines: Mapping[str, tuple[Record[Any], ...]]
    complaints: tuple[Complaint, ...]
    skipped: tuple[str, ...] = ()

    def of(self, table: Table) -> tuple[Record[Any], ...]:
        """The lines of one sheet; none when it was not handed in or has no lines."""
        return self.lines.get(table.code, ())

    @property
    def titles(self) -> tuple[str, ...]:
        """The sheets that have lines."""
        return tuple(table.title for table in TABLES if self.of(table))


@dataclass
class _Pile:
    lines: dict[str, tuple[Record[Any], ...]] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def read(path: Path) -> Filed:
    """A workbook, or a folder of tables named after the sheets (中队.csv, 人员.csv …).

    A sheet that holds only its header is passed over: it changes nothing. Raises Refused("file_unreadable").
    """
    return filed(map(sheets.read, _files(path)))


def filed(books: Iterable[Sheets]) -> Filed:
    """Lines and complaints of tables that have been read."""
    pile = _Pile()
    for book in books:
        pile.skipped.extend(book.skipped)
        for sheet in book.sheets:
            _put(pile, sheet)
    return Filed(pile.lines, tuple(pile.complaints), tuple(pile.skipped))


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(
        one for one in path.iterdir() if one.suffix.lower() in SUFFIXES and not one.name.startswith(("~", "."))
    )
    if not found:
        raise Refused("file_unreadable", why=f"文件夹 {path.name} 里没有 .csv 或 .xlsx 文件。")
    return found


def _put(pile: _Pile, sheet: Sheet) -> None:
    table = _table(sheet.name)
    if table is None:
        known = "、".join(one.title for one in TABLES)
        said = f"不认识这张表，表名可以是 {known}。"
        pile.complaints.append(Complaint(sheet.name, 0, "", "", "unknown_sheet", said))
        return
    records, complaints = sheets.collect(sheet, table.model, table.names)
    pile.lines[table.code] = (*pile.lines.get(table.code, ()), *records)
    pile.complaints.extend(one for one in complaints if one.code != "no_rows")


def _table(name: str) -> Table | None:
    plain = name.strip().lower()
    return next((table for table in TABLES if plain in (table.title, table.code)), None)
