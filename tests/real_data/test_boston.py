"""A real city: 41,827 reports on twelve police districts, replayed on both engines and compared with what the city wrote.

Figures go to build/check-data: summary.json, and every miss with its distance in boston-misses.csv.
"""

import csv
import datetime as dt
import json
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import pytest
import shapely
from sqlalchemy import func, select

from dispatch.models import Link, Order, Report
from enforcement.models import Power
from tests.ground.databases import number
from tests.ground.forms import ROOT
from tests.ground.postgresql import WEB
from tests.real_data import boston, boston_lists
from town import clock, watch
from town.access import Token
from town.database import Database
from town.journal.models import Event, Words
from town.settings import child_environment
from town.watch import Deadline

EVIDENCE = ROOT / "build/check-data"
ROWS = 41_827
BAR = 0.9967
ENGINES = ("sqlite", "postgresql")
TABLES = Report, Order, Event, Deadline, Words, Token
DISTRICTS = ["--code-field", "DISTRICT", "--area-field", "DISTRICT"]
FOUNDING = {
    "code": "boston",
    "name": "Boston",
    "timezone": "America/New_York",
    "epsg": "26986",
    "holidays": "US-MA",
    "hours": "08:30-17:00",
}
COLUMNS = {
    "key": "case_enquiry_id",
    "time": "open_dt",
    "lon": "longitude",
    "lat": "latitude",
    "words": "case_title",
    "category": "code",
    "accuracy": "accuracy",
}
FIRST_EVENTS = "order.dispatched", "order.waiting", "order.transferred"
DUPLICATE = "Duplicate of Existing Case"
SUGGESTED_BAR, ROWS_BAR = 0.60, 6


@dataclass(frozen=True)
class Town:
    """Boston on one engine. ``run`` runs a command; ``replay`` replays everything and gives back the summary."""

    engine: str
    database: Database
    folder: Path
    data: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command, as an administrator would type it."""
        environment = {
            "WANGGE_DATA": str(self.folder),
            "WANGGE_DATABASE_URL": self.database.url.render_as_string(hide_password=False),
            "WANGGE_MASTER_KEY": "k" * 43,
            "WANGGE_MQTT_PASSWORD": "q",
        }
        command = [sys.executable, "-m", "service", *words]
        return subprocess.run(
            command, cwd=self.folder, env=child_environment(environment), capture_output=True, text=True, check=False
        )

    def must(self, *words: str) -> str:
        """One command that succeeds; what it said."""
        ran = self.run(*words)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def found(self) -> None:
        """The town, its districts as grids and areas, a squad for each."""
        self.must(
            "town", "create", *(word for name, value in FOUNDING.items() for word in (f"--{name}", value)), "--commit"
        )
        map_file = str(self.data / "Police_Districts.geojson")
        self.must("grids", "check", map_file, *DISTRICTS)
        self.must("grids", "import", map_file, *DISTRICTS, "--name", "districts", "--commit")
        self.must("grids", "activate", "districts", "--commit")
        self.must("squads", "per-area", "--commit")
        self.staff()

    def staff(self) -> None:
        """Its own squads, roster, kinds of matter and powers."""
        rows = boston.reports(self.data).rows
        boston_lists.people(sorted(boston.reports(self.data).districts), self.folder / "people")
        self.must("people", "import", str(self.folder / "people"), "--passwords", "passwords.csv", "--commit")
        for name, text in (("events", boston_lists.events(rows)), ("powers", boston_lists.powers(rows))):
            (self.folder / f"{name}.csv").write_text(text, encoding="utf-8")
            self.must(name, "import", f"{name}.csv", "--name", "2011", "--commit")
        self.must("powers", "confirm", "2011", "--by", "Law Department", "--commit")
        for name in ("events", "powers"):
            self.must(name, "activate", "2011", "--from", "2011-01-01", "--commit")
        boston_lists.prepared(rows, self.folder / "reports.csv")

    def replay(self, out: str) -> dict[str, Any]:
        """Every report of the city's file."""
        maps = [word for field, column in COLUMNS.items() for word in ("--map", f"{field}={column}")]
        source = ["--source", "boston311", "--crs", "wgs84", "--out", out, "--json"]
        summary: dict[str, Any] = json.loads(self.must("replay", "reports.csv", *source, *maps))
        return summary

    def results(self, out: str = "results.csv") -> list[dict[str, str]]:
        """What was written of each row, sorted by key."""
        with (self.folder / out).open(newline="") as file:
            return sorted(csv.DictReader(file), key=lambda line: line["key"])

    def counts(self) -> dict[str, int]:
        """Rows of each table that the intake writes."""
        with self.database.read() as session:
            return {t.__tablename__: session.scalar(select(func.count()).select_from(t)) or 0 for t in TABLES}


@pytest.fixture(scope="session")
def figures() -> Iterator[dict[str, Any]]:
    """What was measured; written down at the end."""
    measured: dict[str, Any] = {}
    yield measured
    EVIDENCE.mkdir(parents=True, exist_ok=True)
    (EVIDENCE / "summary.json").write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n")


@pytest.fixture(scope="session")
def data(data_sets: Path) -> Path:
    """The folder with Boston's files."""
    return data_sets / "boston311"


@pytest.fixture(scope="session")
def reports(data: Path) -> boston.Reports:
    """The city's own file."""
    return boston.reports(data)


@pytest.fixture(scope="session")
def boston_on_sqlite(empty_file: Path, tmp_path_factory, data, figures) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("sqlite")
    path = shutil.copyfile(empty_file, folder / "town.sqlite3")
    yield from _replayed("sqlite", Database(f"sqlite:///{path}"), folder, data, figures)


@pytest.fixture(scope="session")
def boston_on_postgresql(cluster, empty_template: str, tmp_path_factory, data, figures) -> Iterator[Town]:
    url = cluster.url(cluster.create(empty_template), WEB)
    yield from _replayed("postgresql", Database(url), tmp_path_factory.mktemp("postgresql"), data, figures)


def _replayed(engine: str, database: Database, folder: Path, data: Path, figures: dict[str, Any]) -> Iterator[Town]:
    town = Town(engine, database, folder, data)
    town.found()
    figures[engine] = town.replay("results.csv")
    number(database)
    yield town
    database.close()


@pytest.fixture(params=ENGINES)
def town(request: pytest.FixtureRequest) -> Town:
    """Boston after one replay, on each engine."""
    found: Town = request.getfixturevalue(f"boston_on_{request.param}")
    return found


def test_every_report_is_routed_or_explained(town: Town, reports: boston.Reports, figures):
    results = town.results()
    assert len(reports.rows) == ROWS
    assert [line["key"] for line in results] == sorted(row["case_enquiry_id"] for row in reports.rows)
    assert [line for line in results if not line["reason"]] == []
    held = {"dispatched", "grid_worker"}
    assert [line for line in results if (line["outcome"] in held) != bool(line["squad"])] == []
    assert Counter(line["outcome"] for line in results) == figures[town.engine]["outcomes"]
    assert [line for line in results if line["outcome"] == "refused"] == []
    assert town.counts()["report"] == town.counts()["work_order"] == ROWS


def test_every_report_is_in_the_district_that_covers_its_place(town: Town, reports: boston.Reports):
    assert {line["key"]: line["grid"] for line in town.results()} == reports.covering()


def test_nearly_all_land_in_the_district_that_the_city_named(
    town: Town, reports: boston.Reports, figures, record_property: Callable[[str, object], None]
):
    misses = reports.misses({line["key"]: line["grid"] for line in town.results()})
    _list(misses, EVIDENCE / "boston-misses.csv")
    share = 1 - len(misses) / len(reports.comparable)
    figures["boston"] = _compared(reports, misses, share)
    for name, value in figures["boston"].items():
        record_property(name, value)
    assert share >= BAR


def test_at_least_six_rows_of_the_routing_table_occur(town: Town, figures):
    counted = Counter(line["row"] for line in town.results())
    figures[town.engine]["table"] = dict(counted.most_common())
    assert counted.total() == ROWS
    assert len(counted) >= ROWS_BAR
    assert {"emergency", "no_power", "ambiguous", "facility", "small", "squad"} <= set(counted)


def test_what_the_city_closed_as_duplicates_is_mostly_suggested(town: Town, reports: boston.Reports, figures):
    """Either order of a pair may be the later one; the desk is shown both."""
    with town.database.read() as session:
        pairs = session.execute(select(Link.order_id, Link.other_id)).all()
        keys = dict(session.execute(select(Report.order_id, Report.source_key)).all())
    suggested = {keys[order] for pair in pairs for order in pair}
    closed = {row["case_enquiry_id"] for row in reports.rows if DUPLICATE in row["closure_reason"]}
    figures[town.engine]["duplicates"] = {
        "closed_by_the_city": len(closed),
        "of_them_suggested": len(closed & suggested),
        "share": round(len(closed & suggested) / len(closed), 4),
        "suggested_in_all": len(suggested),
    }
    assert len(closed & suggested) / len(closed) >= SUGGESTED_BAR


def test_nobody_was_sent_out_under_a_power_that_had_ended(town: Town):
    with town.database.read() as session:
        ended = {code for code, until in session.execute(select(Power.code, Power.effective_to)) if until}
        late = select(func.count()).select_from(Order)
        after = dt.datetime(2011, 9, 1, 4, tzinfo=dt.UTC)
        assert ended
        assert session.scalar(late.where(Order.power_code.in_(ended), Order.received_at >= after)) == 0
        assert session.scalar(late.where(Order.power_code.in_(ended), Order.received_at < after))


def test_both_engines_write_the_same(boston_on_sqlite: Town, boston_on_postgresql: Town):
    assert boston_on_sqlite.results() == boston_on_postgresql.results()


def test_a_second_replay_creates_nothing_and_writes_the_same(town: Town, figures):
    before = town.counts()
    again = town.replay("again.csv")
    assert (again["created"], again["known"]) == (0, ROWS)
    assert town.counts() == before
    assert town.results("again.csv") == town.results()
    figures[town.engine]["second"] = again["seconds"]


def test_nothing_of_the_past_rings(town: Town):
    with town.database.read() as session:
        told = session.scalars(select(Event.data).where(Event.kind.in_(FIRST_EVENTS)))
        assert Counter(data["rings"] for data in told) == {False: ROWS}
        assert Counter(session.scalars(select(Deadline.state))) == {watch.State.PAST: town.counts()["deadline"]}
    assert watch.tick(town.database, clock.now(), {}) == 0


def test_the_journal_holds(town: Town, figures):
    verdict = json.loads(town.must("journal", "verify", "--json"))
    assert verdict["sound"]
    assert verdict["position"] == town.counts()["journal"]
    figures[town.engine] |= {"journal": verdict["position"], "words": verdict["words"]}


def test_wards_with_broken_rings_are_refused_by_name_and_place(town: Town, data: Path, figures):
    said = _refused(town, data / "Wards.geojson", "WARD")
    broken = {shape["WARD"]: shape["shape"] for shape in boston.shapes(data / "Wards.geojson")}
    broken = {ward: shape for ward, shape in broken.items() if not shapely.is_valid(shape)}
    assert len(broken) == 3
    for ward, shape in broken.items():
        lon, lat = shapely.is_valid_reason(shape).split("[")[1].rstrip("]").split()
        [sentence] = [
            fault["sentence"] for fault in said if fault["kind"] == "invalid_ring" and fault["codes"] == [str(ward)]
        ]
        assert f"「{ward}」" in sentence
        assert f"{float(lon):.6f}，{float(lat):.6f}" in sentence
        figures.setdefault("wards", {})[str(ward)] = sentence


def test_precincts_in_feet_are_refused_as_no_degrees(town: Town, data: Path, figures):
    [fault] = _refused(town, data / "Precincts.geojson", "OBJECTID")
    assert fault["kind"] == "not_degrees"
    assert fault["amount"] == 255
    for fact in ("度", "英尺", "EPSG:2249", "787723.73"):
        assert fact in fault["sentence"]
    figures["precincts"] = fault["sentence"]


def _refused(town: Town, path: Path, code: str) -> list[dict[str, Any]]:
    """What keeps the map out; neither checking nor importing lets it in."""
    chosen = [str(path), "--code-field", code, "--area-field", code]
    checked = town.run("grids", "check", *chosen, "--json")
    assert checked.returncode == 1, checked.stdout + checked.stderr
    imported = town.run("grids", "import", *chosen, "--name", path.stem, "--commit")
    assert imported.returncode == 1, imported.stdout + imported.stderr
    assert path.stem not in town.must("grids", "list")
    return [fault for fault in json.loads(checked.stdout)["faults"] if fault["severity"] == "refuse"]


def _compared(reports: boston.Reports, misses: list[boston.Miss], share: float) -> dict[str, Any]:
    metres = [miss.metres for miss in misses]
    return {
        "rows": len(reports.rows),
        "on_the_default_geocode": len(reports.on_the_default),
        "without_a_named_district": len(reports.unnamed),
        "compared": len(reports.comparable),
        "in_the_named_district": round(share, 6),
        "misses": len(misses),
        "misses_within_20_m": sum(distance <= 20 for distance in metres),
        "median_miss_m": statistics.median(metres),
        "farthest_miss_m": max(metres),
    }


def _list(misses: list[boston.Miss], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(column.name for column in fields(boston.Miss))
        table.writerows(map(astuple, misses))
