"""Tables people send (表格): CSV and XLSX, read so that every complaint names the row and the column it is about.

``read`` gives sheets, ``collect`` gives records and complaints, ``template`` writes an empty table to fill in.
"""

from town.sheets.cells import Choice, Codes, Day, Days, Digits, Whole, YesNo
from town.sheets.complaints import Column, Complaint, letter
from town.sheets.reading import DEFAULT, Limits, Row, Sheet, Sheets, read
from town.sheets.records import Record, collect
from town.sheets.templates import Field, template

__all__ = [
    "DEFAULT",
    "Choice",
    "Codes",
    "Column",
    "Complaint",
    "Day",
    "Days",
    "Digits",
    "Field",
    "Limits",
    "Record",
    "Row",
    "Sheet",
    "Sheets",
    "Whole",
    "YesNo",
    "collect",
    "letter",
    "read",
    "template",
]
