"""Exports: nothing in a cell is ever run."""

import csv
import io

import openpyxl
import pytest

from oversight.services.figures.exports import Table, as_csv, as_xlsx

EVIL = ("=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1")


@pytest.mark.parametrize("text", EVIL)
def test_what_a_spreadsheet_would_run_stays_text(text):
    table = Table("表", ("名称", "数"), [(text, 3)])
    [_, row] = csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"), newline=""))
    assert row == [f"'{text}", "3"]
    cell = openpyxl.load_workbook(io.BytesIO(as_xlsx([table])))["表"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


def test_numbers_stay_numbers_and_headers_are_read():
    table = Table("表", ("名称", "数"), [("城中", -3)])
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx([table])))["表"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["名称", "数"], ["城中", -3]]
