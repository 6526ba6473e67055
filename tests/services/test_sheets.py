"""Tables people send: every encoding and habit of the office is read, and every complaint names row and column."""

import datetime as dt
import io
from typing import Annotated

import pytest
from openpyxl import Workbook, load_workbook
from pydantic import Field as Limit

from town import sheets
from town.bodies import Body
from town.errors import Refused
from town.sheets import Choice, Codes, Day, Digits, Field, Whole, YesNo


class Line(Body):
    code: Annotated[str, Digits(5), Limit(max_length=10)]
    name: str
    fine: Annotated[Whole, Limit(ge=0)] | None = None
    since: Day | None = None
    mode: Annotated[str, Choice({"自有": "own", "赋权": "delegated"})] = "own"
    checked: YesNo = False
    events: Codes = ()


NAMES = {
    "代码": "code",
    "名称": "name",
    "罚款": "fine",
    "生效日期": "since",
    "方式": "mode",
    "已核对": "checked",
    "事项": "events",
}
HEADER = ",".join(NAMES)
ROW = "06011,积存垃圾渣土,100,2026-01-10,赋权,是,06011、06012"


def records(content, name="清单.csv"):
    return collected(content, name)[0]


def collected(content, name="清单.csv"):
    data = content.encode() if isinstance(content, str) else content
    [sheet] = sheets.read(data, name).sheets
    return sheets.collect(sheet, Line, NAMES)


def complaints(content, name="清单.csv"):
    return [(one.row, one.column, one.code) for one in collected(content, name)[1]]


def workbook(*rows, title="清单"):
    book = Workbook()
    [sheet] = book.worksheets
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(book)


def saved(book):
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


EXPECTED = Line(
    code="06011",
    name="积存垃圾渣土",
    fine=100,
    since=dt.date(2026, 1, 10),
    mode="delegated",
    checked=True,
    events=("06011", "06012"),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_is_read_in_any_encoding_of_the_office(encoding):
    [record] = records(f"{HEADER}\r\n{ROW}\r\n".encode(encoding))
    assert record.value == EXPECTED


@pytest.mark.parametrize(("separator", "other"), [(";", ";"), ("\t", "\t")])
def test_semicolons_and_tabs_separate_too(separator, other):
    [record] = records(f"{HEADER}\n{ROW}\n".replace(",", separator))
    assert record.value == EXPECTED


def test_rare_characters_survive_gb18030():
    [record] = records("代码,名称\n06011,㐀𠮷镇\n".encode("gb18030"))
    assert record.value.name == "㐀𠮷镇"


def test_the_fields_own_names_are_headers_too():
    [record] = records("code,name\n06011,渣土\n")
    assert record.value.name == "渣土"


def test_titles_stars_and_notes_around_the_headers_do_not_matter():
    [record] = records('云溪镇清单,,\n\n代码*,名 称,罚款（元）\n06011,渣土,"1,000"\n')
    assert (record.row, record.value.fine) == (4, 1000)


def test_a_workbook_reads_like_the_csv_of_the_same_cells():
    [record] = records(
        workbook(list(NAMES), [6011, "积存垃圾渣土", 100, dt.date(2026, 1, 10), "赋权", True, "06011、06012"])
    )
    assert record.value == EXPECTED


@pytest.mark.parametrize("written", ["2026/1/10", "2026.1.10", "2026年1月10日", "20260110", "2026-01-10 00:00:00"])
def test_a_day_may_be_written_as_people_write_it(written):
    [record] = records(f"代码,名称,生效日期\n06011,渣土,{written}\n")
    assert record.value.since == dt.date(2026, 1, 10)


def test_blank_rows_are_skipped_and_the_row_number_is_the_one_excel_shows():
    content = '代码,名称\n06011,渣土\n\n,,\n"06012","两\n行"\n06013,\n'
    assert [record.row for record in records(content)] == [2, 5]
    assert complaints(content) == [(6, "B", "missing")]


def test_row_numbers_in_a_workbook_count_blank_rows_too():
    content = workbook(["标题"], [], ["代码", "名称"], ["06011", "渣土"], [None], ["06012", None])
    assert complaints(content) == [(6, "B", "missing")]


def test_everything_wrong_in_a_line_is_told_at_once_with_its_cell():
    content = f"{HEADER}\n,,罚,2026-02-30,借用,也许,\n"
    found = collected(content)[1]
    assert [(one.column, one.header, one.code) for one in found] == [
        ("A", "代码", "missing"),
        ("B", "名称", "missing"),
        ("C", "罚款", "cell_whole"),
        ("D", "生效日期", "cell_day"),
        ("E", "方式", "cell_choice"),
        ("F", "已核对", "cell_yes_no"),
    ]
    assert found[3].sentence == "日期要写成 2026-01-10，现在是「2026-02-30」。"
    assert found[4].sentence == "只能填 自有、赋权，现在是「借用」。"
    assert found[3].where == "「清单」第 2 行 D 列（生效日期）"


def test_columns_past_z_have_two_letters():
    assert [sheets.letter(index) for index in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_unknown_repeated_and_missing_columns_are_named():
    found = collected("代码,怪,代码\n06011,x,y\n")[1]
    assert [(one.row, one.column, one.code) for one in found] == [
        (1, "A", "repeated_header"),
        (1, "B", "unknown_header"),
        (1, "C", "repeated_header"),
        (1, "", "missing_header"),
    ]
    assert "「名称」" in found[3].sentence


def test_a_comma_too_many_is_seen_by_the_cell_that_has_no_header():
    assert complaints("代码,名称\n06011,渣土,多\n") == [(2, "C", "stray_cell")]


def test_a_table_without_header_or_lines_says_so():
    assert complaints("甲,乙\n1,2\n") == [(0, "", "no_header")]
    assert complaints("代码,名称\n") == [(0, "", "no_rows")]


def test_control_characters_are_refused_in_their_cell():
    assert complaints("代码,名称\n06011,\x07渣土\n") == [(2, "B", "control_character")]


def test_a_template_can_be_filled_in_and_read_back():
    fields = [
        Field("code", "代码", "五位", "06011", required=True),
        Field("name", "名称", "叫什么", "渣土", required=True),
    ]
    written = sheets.template("清单", fields)
    assert complaints(written) == [(0, "", "no_rows")]
    book = load_workbook(io.BytesIO(written))
    book["清单"].append(["06012", "道路不洁"])
    [record] = records(saved(book))
    assert (record.value.code, record.row) == ("06012", 3)
    assert sheets.read(written).skipped == ("说明",)


def test_of_a_file_with_nothing_but_faults_the_complaints_end_somewhere():
    found = collected("代码,名称,罚款\n" + ",,x\n" * 3_000)[1]
    assert 5_000 < len(found) < 5_010
    assert found[-1].code == "too_many"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空的"),
        (b" \n\n", "空的"),
        (b"%PDF-1.7 ...", "不是表格"),
        (b"\x89PNG\r\n\x1a\n", "不是表格"),
        (b"<html><table></table></html>", "网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\xe4\xbb\xa3,\xff\xff\x80", "编码"),
        ('代码,名称\n06011,"没有结尾\n06012,x\n'.encode(), "引号"),
        (b"PK\x03\x04broken", "损坏"),
        (b"code,name\n" + b"a,b\n" * 20_001, "20000 行"),
        (b"x," * 300, "200 列"),
        (b"code\n" + b"x" * 5_001, "5000 个字"),
        (b"x" * 10_000_001, "10000000 字节"),
    ],
)
def test_what_is_no_table_or_too_much_is_refused_in_plain_words(content, why):
    with pytest.raises(Refused) as refused:
        sheets.read(content)
    assert refused.value.problem.code == "file_unreadable"
    assert why in refused.value.detail


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="打不开"):
        sheets.read(tmp_path / "没有.csv")
