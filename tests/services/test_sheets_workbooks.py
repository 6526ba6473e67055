"""Workbooks made to harm: they are counted before they are parsed, and refused without taking memory."""

import io
import random
import re
import tracemalloc
import zipfile
from collections import Counter

import pytest
from openpyxl import Workbook

from town import sheets
from town.errors import Refused

SHEET = "xl/worksheets/sheet1.xml"


def plain(*rows):
    book = Workbook()
    for row in rows or (["代码", "名称"], ["06011", "渣土"]):
        book.worksheets[0].append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def changed(content, part, change):
    """The workbook with one part written anew, or added."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        for name, there in {**parts, part: change(parts.get(part, b""))}.items():
            new.writestr(name, there)
    return written.getvalue()


def rows_written(xml):
    """A workbook whose sheet holds these rows as bare XML."""
    return changed(
        plain(), SHEET, lambda old: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + xml + b"</sheetData>", old)
    )


def refused(content):
    tracemalloc.start()
    try:
        with pytest.raises(Refused) as found:
            sheets.read(content, "坏.xlsx")
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()
    assert found.value.problem.code == "file_unreadable"
    return found.value.detail


def cell(address):
    return f'<c r="{address}"><v>1</v></c>'.encode()


@pytest.mark.parametrize(
    ("address", "why"),
    [("A1048576", "行以下"), ("XFD1", "列以右"), ("ZZZZ1", "列以右"), ("A99999999999", "行以下"), ("GS1", "列以右")],
)
def test_one_cell_far_away_reserves_no_rectangle(address, why):
    assert why in refused(rows_written(b'<row r="1">' + cell(address) + b"</row>"))


@pytest.mark.parametrize(
    "written", [b'<row  r = "20001">%s</row>', b"<row r='20001'>%s</row>", b'<x:row r="20001">%s</x:row>']
)
def test_however_the_far_row_is_written(written):
    assert "行" in refused(rows_written(written % cell("A1")))


def test_rows_and_cells_that_do_not_say_where_they_are_are_counted():
    assert "200 列" in refused(rows_written(b"<row>" + b"<c><v>1</v></c>" * 201 + b"</row>"))
    assert "20000 行" in refused(rows_written(b"<row></row>" * 20_001))


def test_a_zip_bomb_is_refused_by_its_size():
    bomb = changed(plain(), "xl/sharedStrings.xml", lambda _old: b"<sst>" + b" " * 70_000_000 + b"</sst>")
    assert len(bomb) < 200_000
    assert "解压" in refused(bomb)


def test_a_zip_bomb_that_lies_about_its_size_is_refused_as_broken():
    bomb = changed(plain(), "xl/sharedStrings.xml", lambda _old: b"<sst>" + b" " * 70_000_000 + b"</sst>")
    size = (70_000_000 + 11).to_bytes(4, "little")
    assert "损坏" in refused(bomb.replace(size, (1_000).to_bytes(4, "little")))


def test_a_long_text_that_every_cell_shows_is_refused():
    many = b"".join(b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>" for _ in range(1_000))
    long = b"<sst><si><t>" + b"x" * 4_999 + b"</t></si></sst>"
    book = changed(rows_written(many), "xl/sharedStrings.xml", lambda _old: long)
    assert "太长" in refused(book)


def test_a_cell_with_an_error_is_named():
    broken = rows_written(b'<row r="1"><c r="B1" t="e"><v>#N/A</v></c></row>')
    assert "B1" in refused(broken)


def test_a_formula_nobody_computed_is_named():
    assert "B2" in refused(plain(["代码", "名称"], ["06011", "=1+1"]))


def test_a_computed_formula_is_its_value():
    book = rows_written(
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'
        b'<row r="2"><c r="A2" t="str"><f>"06"&amp;"011"</f><v>06011</v></c></row>'
    )
    [sheet] = sheets.read(book).sheets
    assert [row.cells for row in sheet.lines] == [("code",), ("06011",)]


def test_hidden_sheets_are_left_out_and_named():
    book = Workbook()
    book.worksheets[0].append(["代码"])
    book.create_sheet("旧版").sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    assert sheets.read(written.getvalue()).skipped == ("旧版",)


@pytest.mark.parametrize(("part", "why"), [("content.xml", "ODS"), ("xl/workbook.bin", "xlsb"), ("a.shp", "压缩包")])
def test_other_things_in_a_zip_are_called_by_their_name(part, why):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(part, b"x")
    assert why in refused(written.getvalue())


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95, 0.999])
def test_half_a_workbook_is_refused(cut):
    content = plain()
    assert refused(content[: int(len(content) * cut)])


def test_a_part_that_comes_twice_is_refused():
    written = io.BytesIO(plain())
    with zipfile.ZipFile(written, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<worksheet/>")
    assert "重复" in refused(written.getvalue())


def test_whatever_byte_is_wrong_a_workbook_is_read_or_refused():
    whole, chance = plain(), random.Random(20260815)
    answers = Counter(outcome(garbled(whole, chance)) for _ in range(400))
    assert answers["refused"] > answers["read"] > 0


def test_whatever_is_wrong_inside_a_sheet_it_is_read_or_refused():
    chance = random.Random(1242)
    answers = Counter(outcome(changed(plain(), SHEET, lambda old: garbled(old, chance))) for _ in range(400))
    assert answers["refused"] > 0
    assert answers["read"] > 0


def garbled(content, chance):
    bad = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        bad[chance.randrange(len(bad))] = chance.choice(b'<>/"=rcvt019 A&\x00\xff')
    return bytes(bad)


def outcome(content):
    try:
        sheets.read(content)
    except Refused:
        return "refused"
    return "read"
