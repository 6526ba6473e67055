"""Replay: reports of the past go through the real intake, each once, and every row is accounted for."""

import csv
import datetime as dt
import gzip
import io
import json
import signal
import sys
import threading
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import shapely
from click.testing import CliRunner
from sqlalchemy import func, select

from dispatch.models import Order, Report
from dispatch.services import serving
from grids import files
from grids import services as grids
from service.cli import main
from service.replay import Outcome, Replay, Result, results_file
from service.replay_rows import BadRow, Reading, moment, report, rows
from tests.ground.cast import CENTRE, EAST, INNER, SETTLED
from tests.ground.processes import until
from town import clock, journal, watch
from town.journal.models import Event, Words
from town.watch import Deadline

LON, LAT = CENTRE
SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
TABLES = Report, Order, Deadline, Event, Words
AREAS = ("HX", INNER, EAST)
HEADER = "key,time,lon,lat,words"
COLUMNS = {field: [field] for field in HEADER.split(",")}
BY_HAND = Reading("old", "cgcs2000", SHANGHAI)
SOURCE = ["--source", "old", "--crs", "cgcs2000"]
NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)


@pytest.fixture
def mapped(database, town, cast):
    """云溪镇 with three areas side by side, west to east: 河西 has no squad yet, 城中 and 城东 have theirs."""
    west, south = LON - 0.03, LAT - 0.02
    boxes = {
        code: shapely.box(west + n * 0.02, south, west + n * 0.02 + 0.02, south + 0.04) for n, code in enumerate(AREAS)
    }
    drawn = [
        {
            "type": "Feature",
            "properties": {"code": f"{code}-01", "area": code},
            "geometry": shapely.geometry.mapping(box),
        }
        for code, box in boxes.items()
    ]
    layer = files.read_geojson(json.dumps({"type": "FeatureCollection", "features": drawn}).encode(), "yunxi.geojson")
    survey = grids.check(layer, files.Fields("code", "area"), town.epsg)
    with database.write() as session:
        edition = grids.import_edition(session, survey, "第一版", actor="system:tests", now=SETTLED)
        grids.activate(session, edition, actor="system:tests", now=SETTLED)
        for area in (INNER, EAST):
            serving.serve(session, area, cast.squads[area], "system:tests", SETTLED)
    return town


@pytest.fixture
def environment(database, tmp_path):
    """What the command reads its settings from."""
    return {
        "WANGGE_DATA": str(tmp_path),
        "WANGGE_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "WANGGE_MASTER_KEY": "k" * 43,
        "WANGGE_MQTT_PASSWORD": "q",
    }


@pytest.fixture
def replay(environment, tmp_path):
    """``replay(lines)`` or ``replay(bytes)``: run the command on such a file."""

    def run(content, *options, name="reports.csv"):
        file, out = tmp_path / name, tmp_path / "results.csv"
        file.write_bytes(content if isinstance(content, bytes) else packed(content))
        words = ["replay", str(file), *SOURCE, "--out", str(out), "--json", *options]
        return Ran(CliRunner().invoke(main, words, env=environment, catch_exceptions=False), out)

    return run


class Ran:
    """A finished command: what it said and wrote."""

    def __init__(self, result, out: Path) -> None:
        self.code = result.exit_code
        self.said = result.stderr
        self.wrote = out.read_text() if out.exists() else None
        self.summary = json.loads(result.stdout) if self.code == 0 else {}

    @property
    def lines(self) -> dict[str, dict[str, str]]:
        return {line["key"]: line for line in csv.DictReader(io.StringIO(self.wrote or ""))}


def packed(lines) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def row(key="1", time="2026-11-02 09:30:00", lon=LON, lat=LAT, words="占道经营") -> str:
    return f"{key},{time},{lon},{lat},{words}"


def counts(database) -> Counter[str]:
    with database.read() as session:
        return Counter({t.__tablename__: session.scalar(select(func.count()).select_from(t)) for t in TABLES})


def reports(database) -> dict[str | None, Report]:
    with database.read() as session:
        return {found.source_key: found for found in session.scalars(select(Report))}


def clocks(database) -> Counter[str]:
    with database.read() as session:
        return Counter(session.scalars(select(Deadline.state)))


def rung(database) -> list[bool]:
    with database.read() as session:
        return [data["rings"] for data in session.scalars(select(Event.data)) if "rings" in data]


def test_every_row_is_routed_or_explained(replay, mapped, database):
    ran = replay(
        [
            HEADER,
            row("inner"),
            row("east", lon=LON + 0.02),
            row("border", lon=LON + 0.00999),
            row("nobody's", lon=LON - 0.02),
            row("far", lat=LAT + 1),
            row("nowhere", lat=95),
        ]
    )
    assert ran.code == 0, ran.said
    assert {key: (line["outcome"], line["grid"], line["squad"]) for key, line in ran.lines.items()} == {
        "inner": ("dispatched", "CZ-01", "CZ"),
        "east": ("dispatched", "CD-01", "CD"),
        "border": ("dispatched", "CZ-01", "CZ"),
        "nobody's": ("waiting", "HX-01", ""),
        "far": ("waiting", "", ""),
        "nowhere": ("refused", "", ""),
    }
    reasons = [line["reason"] for line in ran.lines.values()]
    assert reasons[:5] == ["in_grid+served_by+unclassified"] * 2 + [
        "in_grid+near_border+served_by+unclassified",
        "unserved",
        "outside+no_partner",
    ]
    assert reasons[5].startswith("place_invalid: 第 7 行，")
    assert ran.summary["outcomes"] == {"dispatched": 3, "waiting": 2, "refused": 1}
    assert ran.summary["squads"] == {"CZ": 2, "CD": 1}
    assert (ran.summary["rows"], ran.summary["created"], ran.summary["known"]) == (6, 5, 0)
    assert counts(database)["report"] == counts(database)["work_order"] == 5


def test_a_second_replay_creates_nothing_and_writes_the_same(replay, mapped, database):
    lines = [HEADER, row("a"), row("b", lon=LON + 0.02), row("far", lat=LAT + 1), row("bad", time="")]
    first = replay(lines)
    before = counts(database)
    second = replay(lines)
    assert second.wrote == first.wrote
    assert counts(database) == before
    assert (second.summary["created"], second.summary["known"]) == (0, 3)


def test_a_key_that_stands_in_the_file_twice_is_one_report(replay, mapped, database):
    ran = replay([HEADER, row("a"), row("a", lon=LON + 0.02)])
    assert [line.split(",")[2] for line in ran.wrote.splitlines()[1:]] == ["CZ-01", "CZ-01"]
    assert (ran.summary["created"], ran.summary["known"]) == (1, 1)
    assert counts(database)["report"] == 1


def test_the_same_key_of_another_source_is_another_report(replay, mapped, database):
    replay([HEADER, row("a")])
    replay([HEADER, row("a")], "--source", "other")
    assert counts(database)["report"] == 2


def test_the_rows_own_time_drives_its_clocks_and_what_is_past_rings_nobody(replay, mapped, database):
    replay([HEADER, row("a", time="2025-11-03 09:30:00")])
    [came] = reports(database).values()
    assert came.received_at == dt.datetime(2025, 11, 3, 1, 30, tzinfo=dt.UTC)
    assert came.recorded_at > came.received_at + dt.timedelta(days=300)
    assert clocks(database) == {watch.State.PAST: 2}
    assert rung(database) == [False]
    assert watch.tick(database, clock.now(), {}) == 0


def test_a_report_of_this_minute_runs_and_rings(replay, mapped, database):
    replay([HEADER, row("a", time=clock.now().isoformat())])
    assert clocks(database) == {watch.State.RUNNING: 2}
    assert rung(database) == [True]


def test_a_file_is_unpacked_by_its_content_and_may_begin_with_a_mark(replay, mapped, database):
    plain = b"\xef\xbb\xbf" + packed([HEADER, row("a")])
    assert replay(plain, name="reports.csv.gz").summary["created"] == 1
    assert replay(gzip.compress(plain), name="reports.csv").summary["known"] == 1


def test_columns_are_mapped_and_words_may_come_from_several(replay, mapped, database):
    header = "id,opened,what,where,X,Y,off by,kind"
    told = '7,02/11/2026 09:30,占道经营,"文昌路, 12 号",121.07,31.57,8,09006'
    names = "key=id", "time=opened", "words=what", "words=where", "lon=X", "lat=Y", "accuracy=off by", "category=kind"
    maps = [word for name in names for word in ("--map", name)]
    ran = replay([header, told], *maps, "--time-format", "%d/%m/%Y %H:%M")
    assert ran.lines["7"]["outcome"] == Outcome.DISPATCHED
    [came] = reports(database).values()
    with database.read() as session:
        assert journal.words_of(session, f"report:{came.id}", "words") == "占道经营；文昌路, 12 号"
        assert session.scalars(select(Order.category)).one() == "09006"
    assert (came.accuracy_m, came.received_at) == (8, dt.datetime(2026, 11, 2, 1, 30, tzinfo=dt.UTC))


def test_only_the_first_rows_are_taken_when_asked(replay, mapped, database):
    ran = replay([HEADER, *(row(str(n)) for n in range(5))], "--limit", "2")
    assert list(ran.lines) == ["0", "1"]
    assert counts(database)["report"] == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "缺少列"),
        (packed(["key,time,lon,lat", "1,2026-11-02,121.07,31.57"]), "缺少列 words"),
        (packed([HEADER + ",key", row() + ",2"]), "两列同叫 key"),
        (packed([HEADER, row("1")]) + row("2").encode("gb18030"), "第 3 行不是 UTF-8"),
        ((HEADER + "\n" + row()).encode("utf-16"), "第 1 行不是 UTF-8"),
        (packed([HEADER, row("1"), row("2", words='"占道')]), "第 3 行不是完整的 CSV"),
        (gzip.compress(packed([HEADER, *(row(str(n)) for n in range(500))]))[:-40], "压缩包在第"),
        (gzip.compress(b"x")[:12] + b"\xff" * 40, "压缩包在第"),
        (packed([HEADER, row("1", words="长" * 1_000_000)]), "第 2 行超过"),
    ],
    ids=["empty", "column", "twice", "gb18030", "utf-16", "quote", "torn", "not-gzip", "endless"],
)
def test_a_file_that_cannot_be_read_to_its_end_is_refused_whole(replay, mapped, database, content, told):
    before = counts(database)
    ran = replay(content)
    assert (ran.code, ran.wrote) == (1, None)
    assert told in ran.said
    assert "file_unreadable" in ran.said
    assert counts(database) == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (row(key=""), "invalid.key"),
        (row(key="k" * 121), "invalid.key"),
        (row(time=""), "invalid.time"),
        (row(time="2026-02-30 09:00"), "invalid.time"),
        (row(time="昨天"), "invalid.time"),
        (row(time="0001-01-01 00:00"), "invalid.time"),
        (row(time="2099-01-01 00:00"), "invalid.time"),
        (row(lon=""), "invalid.lon"),
        (row(lon="nan"), "invalid.lon"),
        (row(lat="inf"), "invalid.lat"),
        (row(lat="31,57"), "invalid.row"),
        (row(words=""), "invalid.words"),
        (row(words="   "), "invalid.words"),
        (row(words="长" * 2001), "invalid.words"),
        (row(words="占道\0"), "invalid.row"),
        (row(key="\a1"), "invalid.row"),
        ("1,2026-11-02", "invalid.row"),
        (row() + ",", "invalid.row"),
    ],
)
def test_a_row_that_cannot_be_taken_is_explained(tmp_path, line, code):
    (tmp_path / "file.csv").write_bytes(packed([HEADER, "", line]))
    [read] = rows(tmp_path / "file.csv", COLUMNS)
    with pytest.raises(BadRow) as bad:
        report(read, BY_HAND, NOW)
    assert f"invalid.{bad.value.field}" == code
    assert bad.value.why
    assert read.line == 3


@pytest.mark.parametrize(("field", "text"), [("accuracy", "-1"), ("accuracy", "近")])
def test_optional_columns_are_held_to_the_same_limits(tmp_path, field, text):
    (tmp_path / "file.csv").write_bytes(packed([f"{HEADER},{field}", f"{row()},{text}"]))
    [read] = rows(tmp_path / "file.csv", COLUMNS | {field: [field]})
    with pytest.raises(BadRow) as bad:
        report(read, BY_HAND, NOW)
    assert bad.value.field == field


def test_columns_that_nobody_asked_for_may_hold_anything(tmp_path):
    (tmp_path / "file.csv").write_bytes(packed([f"{HEADER},other,other", f"{row()},\0,"]))
    [read] = rows(tmp_path / "file.csv", COLUMNS)
    assert report(read, BY_HAND, NOW).words == "占道经营"


def test_lines_are_counted_as_an_editor_shows_them(tmp_path):
    told = [HEADER, row("1", words='"占道\n经营"'), "", row("2")]
    (tmp_path / "file.csv").write_bytes(packed(told))
    assert [(read.key, read.line) for read in rows(tmp_path / "file.csv", COLUMNS)] == [("1", 2), ("2", 5)]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2011-07-01 01:32:33", "2011-07-01T05:32:33"),
        ("2011-07-01T01:32:33Z", "2011-07-01T01:32:33"),
        ("2011-07-01T01:32:33+08:00", "2011-06-30T17:32:33"),
        ("2011-03-13 01:59:59", "2011-03-13T06:59:59"),
        ("2011-03-13 02:30:00", "2011-03-13T07:30:00"),
        ("2011-03-13 03:00:00", "2011-03-13T07:00:00"),
        ("2011-11-06 00:59:59", "2011-11-06T04:59:59"),
        ("2011-11-06 01:30:00", "2011-11-06T05:30:00"),
        ("2011-11-06 02:00:00", "2011-11-06T07:00:00"),
    ],
)
def test_a_local_time_has_one_meaning_even_when_the_clocks_change(text, utc):
    boston = Reading("old", "wgs84", NEW_YORK)
    assert moment(text, boston) == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


def test_a_town_without_a_map_takes_no_reports(replay, town, database):
    ran = replay([HEADER, row("a")])
    assert (ran.code, ran.wrote) == (1, None)
    assert "no_grids" in ran.said


@pytest.mark.parametrize(
    "options",
    [
        ["--source", "Not A Source"],
        ["--map", "colour=key"],
        ["--map", "key"],
        ["--map", "key=key", "--map", "key=words"],
        ["--out", "nowhere/results.csv"],
        ["--limit", "0"],
    ],
)
def test_wrong_options_are_refused_before_anything_is_read(replay, mapped, options):
    assert replay([HEADER, row("a")], *options).code == 2


def test_the_results_never_overwrite_the_file_that_is_read(replay, mapped, database, tmp_path):
    lines = [HEADER, row("a")]
    ran = replay(lines, "--out", str(tmp_path / "reports.csv"))
    assert ran.code == 2
    assert (tmp_path / "reports.csv").read_bytes() == packed(lines)
    assert counts(database)["report"] == 0


def test_two_replays_at_once_take_each_row_in_once(database, mapped, tmp_path):
    (tmp_path / "file.csv").write_bytes(packed([HEADER, *(row(str(n)) for n in range(60))]))
    start, results = threading.Barrier(2), {}

    def run(name):
        read = rows(tmp_path / "file.csv", COLUMNS)
        start.wait()
        results[name] = [done.result for done in Replay(database, mapped, "k" * 43, BY_HAND, clock.now).run(read)]

    both = [threading.Thread(target=run, args=(name,)) for name in "ab"]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert results["a"] == results["b"]
    assert counts(database)["report"] == counts(database)["work_order"] == 60


def test_an_interrupted_replay_leaves_whole_rows_and_goes_on_where_it_was(
    replay, environment, processes, database, mapped, tmp_path
):
    lines = [HEADER, *(row(str(n), lon=LON + n % 5 * 0.005) for n in range(600))]
    (tmp_path / "reports.csv").write_bytes(packed(lines))
    words = ["replay", "reports.csv", *SOURCE, "--out", "results.csv"]
    log = tmp_path / "log"
    running = processes.start(
        [sys.executable, "-m", "service", *words], log, environment=environment | {"PYTHONPATH": "."}
    )
    until(lambda: counts(database)["report"] > 20 or running.poll() is not None, "the first rows")
    assert processes.stop(running, signal.SIGINT) == 130, log.read_text()
    assert "再运行一次" in log.read_text()
    left = counts(database)
    assert 20 < left["report"] < 600
    assert left["deadline"] == 2 * left["report"] == 2 * left["work_order"]
    assert not list(tmp_path.glob("*results.csv*"))
    again = replay(lines)
    assert (again.summary["known"], again.summary["created"]) == (left["report"], 600 - left["report"])
    assert counts(database)["report"] == 600


def test_results_are_there_whole_or_not_at_all(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text("of yesterday")

    def half():
        with results_file(path) as write:
            write(Result("1", Outcome.WAITING, "", "", "outside", "outside"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert [found.read_text() for found in tmp_path.iterdir()] == ["of yesterday"]
    with results_file(path) as write:
        write(Result("1", Outcome.WAITING, "", "", "outside", "outside"))
    assert path.read_text() == "key,outcome,grid,squad,row,reason\n1,waiting,,,outside,outside\n"
