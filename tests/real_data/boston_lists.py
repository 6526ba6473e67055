"""Boston's own lists for the replay: kinds of matter, powers of 2011, squads with a roster. Made up from the city's file.

The city's 134 types are the kinds; its departments say which are matters for enforcement and who answers for the others.
Accuracy is not in the file: reports from its phone app are given 30 metres, all others none.
"""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

Row = dict[str, str]

ENFORCING = "ISD"
UNITS = {"PWDx": "dpw", "PARK": "parks", "BTDT": "transport"}
PARTNERS = (
    ("county", "Suffolk County", "county"),
    ("dpw", "Public Works", "utility"),
    ("parks", "Parks and Recreation", "utility"),
    ("transport", "Transportation", "utility"),
    ("police", "Boston Police", "police"),
)
EMERGENCIES = {"Carbon Monoxide", "Fire in Food Establishment", "No Utilities Residential - Gas", "Utility Call-In"}
SMALL = {"Trash on Vacant Lot", "Overflowing or Un-kept Dumpster", "Illegal Dumping", "Abandoned Bicycle"}
ENFORCED = SMALL | {"Parking Enforcement", "Abandoned Vehicles"}
"""Matters of enforcement although another department than the inspectors' kept them."""
NOT_HELD = {"Parking Enforcement", "Abandoned Vehicles"}
ENDED = {"Work w/out Permit", "Zoning"}
"""Powers that ended on the last day of August 2011."""
PHONE_APP, PHONE_ACCURACY = "Citizens Connect App", "30"
NEAR_M, NEAR_DAYS = 15, 7
FIRST, LAST = dt.date(2011, 7, 1), dt.date(2011, 10, 31)


def codes(rows: Iterable[Row]) -> dict[str, str]:
    """A code for each of the city's types."""
    return {kind: str(70_000 + number) for number, kind in enumerate(sorted({row["type"] for row in rows}))}


def prepared(rows: Sequence[Row], path: Path) -> None:
    """The city's file with two more columns: the kind's code, and the accuracy."""
    known = codes(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*rows[0], "code", "accuracy"])
        table.writeheader()
        for row in rows:
            accuracy = PHONE_ACCURACY if row["source"] == PHONE_APP else ""
            table.writerow({**row, "code": known[row["type"]], "accuracy": accuracy})


def events(rows: Sequence[Row]) -> str:
    """事项: every type of the city's."""
    head = "代码,名称,大类,性质,领域,紧急,小事,责任单位,主管部门,市民选项,相近米数,相近天数"
    departments = _departments(rows)
    return _csv(head, (_event(code, kind, departments[kind]) for kind, code in codes(rows).items()))


def _event(code: str, kind: str, department: str) -> list[str]:
    enforced = _enforced(kind, department)
    unit = "" if enforced else UNITS.get(department, "")
    holder = "police" if kind in NOT_HELD else ""
    marks = ["是" if kind in some else "" for some in (EMERGENCIES, SMALL)]
    return [
        code,
        kind,
        department,
        "执法" if enforced else "设施",
        "综合",
        *marks,
        unit,
        holder,
        "",
        str(NEAR_M),
        str(NEAR_DAYS),
    ]


def powers(rows: Sequence[Row]) -> str:
    """权力: one for each kind that is enforced and that the town holds, valid in 2011."""
    head = "代码,名称,领域,法律依据,处罚,事项代码,行使方式,公布日期,生效日期,失效日期,已核对"
    departments = _departments(rows)
    held = {
        kind: code for kind, code in codes(rows).items() if _enforced(kind, departments[kind]) and kind not in NOT_HELD
    }
    lines = (
        [f"P{code}", kind, "综合", "City of Boston Code", "fine", code, "自有", "2010-01-01", "2010-01-01",
         "2011-08-31" if kind in ENDED else "", "是"]
        for kind, code in held.items()
    )  # fmt: skip
    return _csv(head, lines)


def people(districts: Sequence[str], folder: Path) -> None:
    """Squads, a day leader each, certificates, the roster of four months, 网格员 in every other district, partners."""
    folder.mkdir()
    squads = [
        [code, f"District {code}", f"stand{code.lower()}" if number % 3 else "", code]
        for number, code in enumerate(districts)
    ]
    posted = list(districts)[::2]
    persons = [
        *([f"lead{code.lower()}", f"Leader {code}", "中队长", code] for code in districts),
        *([f"stand{code.lower()}", f"Stand-in {code}", "中队长", code] for code in districts),
        *([f"grid{code.lower()}", f"Grid worker {code}", "网格员", code] for code in posted),
    ]
    certificates = (
        [f"lead{code.lower()}", f"B-{code}", "行政执法证", "City", "2010-01-01", "2015-12-31", ""] for code in districts
    )
    tables = {
        "协同单位": ("代码,名称,类别", PARTNERS),
        "中队": ("代码,名称,备班账号,片区", squads),
        "人员": ("账号,姓名,岗位,中队", persons),
        "执法证": ("账号,证号,种类,发证机关,有效期起,有效期止,吊销日", certificates),
        "值班": ("中队,账号,开始,结束,带班", _shifts(districts)),
        "网格员岗位": ("网格,账号", ([code, f"grid{code.lower()}"] for code in posted)),
    }
    for name, (head, lines) in tables.items():
        (folder / f"{name}.csv").write_text(_csv(head, lines), encoding="utf-8")


def _shifts(districts: Sequence[str]) -> Iterable[list[str]]:
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + dt.timedelta(days=number)
        for code in districts:
            yield [code, f"lead{code.lower()}", f"{day} 07:00", f"{day} 23:00", "是"]


def _enforced(kind: str, department: str) -> bool:
    return kind in ENFORCED or department == ENFORCING


def _departments(rows: Iterable[Row]) -> dict[str, str]:
    """The department that kept most cases of each type."""
    counted: dict[str, Counter[str]] = {}
    for row in rows:
        counted.setdefault(row["type"], Counter())[row["department"]] += 1
    return {kind: sorted(counts, key=lambda name: (-counts[name], name))[0] for kind, counts in counted.items()}


def _csv(head: str, lines: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(head.split(","))
    table.writerows(lines)
    return written.getvalue()
