"""The demo town: made once, by the services every town uses, with a past, and nowhere but in the demo."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from dispatch.models import Order, Report
from dispatch.rules import workflow
from dispatch.services import posts, serving
from enforcement.models import Document, EvidenceFile, ListEdition, PenaltyCase
from enforcement.services import events, local_rules, powers, provisions, tiers
from enforcement.services.cases import details, export, on_due
from grids import services as grids
from service import answers, cases, demo, doorbell, keys
from service.cli import main
from service.demo import casework, day, dossiers, land, people, tablets
from tests.ground.databases import number, on_sqlite
from tests.oracle.checker import check
from tests.own_processes import environment
from town import access, accounts, backstops, clock, devices, journal, profile, roster, staff, watch
from town import settings as town_settings
from town.database import Database
from town.errors import Refused
from town.people import Account, Role
from town.settings import Settings

DAYS = 3
"""Of a past that is long enough to see what it is like."""


@pytest.fixture
def given(database: Database, tmp_path: Path) -> Settings:
    return town_settings.read(environment(database, tmp_path, WANGGE_DEMO="1"))


@pytest.fixture
def said() -> list[str]:
    return []


def make(database, given, said, days=0):
    demo.prepare(database, given, said.append, days=days)


def test_the_town_is_complete_squads_people_tablets_and_map(database, given, said):
    make(database, given, said)
    now = clock.now()
    with database.read() as session:
        town = profile.current(session)
        served = serving.squads_by_area(session)
        here = grids.locator(session, town).locate(*land.CENTRE, None)
        secrets = devices.admitted(session)
        also = posts.served(session)
        looked_after = posts.by_grid(session)
    assert town.name == "云溪镇"
    assert {code: squad.code for code, squad in served.items()} == {
        code: code for code in ("CZ", "CD", "HX", "BJ", "NW")
    }
    assert {area for area, squad in also if squad == people.PLANNING} == set(served)
    assert here.grid
    assert here.grid.area_name == "城中片区"
    assert 35 <= len(looked_after) <= 45
    kept = tablets.recall(given)
    assert {code: devices.fits(stored, kept[code]) for code, stored in secrets.items()} == dict.fromkeys(kept, True)
    with database.read() as session:
        today = now.astimezone(town.zone).date()
        assert powers.on(session, today)
        kinds = events.on(session, today)
        assert kinds
        assert kinds.by_code["09006"].offered == "占道经营"
        rules = local_rules.on(session, today)
        assert rules
        assert rules.organ("").organ_name == "云溪镇人民政府"
        assert provisions.of_power(session, "SR003", today)
        assert tiers.of_power(session, "SR003", today)
        confirmed = session.scalars(select(ListEdition).where(ListEdition.confirmed_by == people.LEGAL.name)).all()
        assert {one.kind for one in confirmed} == {"powers", "provisions", "tiers", "procedure"}
        duty = roster.read(session, now, now)
        assert sum(bool(duty.answering(squad, now)) for squad in served) >= 4, "one squad may have to ask its stand-in"
        cards = staff.certificates(session, today)
    assert {card.state for card in cards} == {"certified", "expiring", "expired"}


def test_everybody_can_sign_in_with_the_password_that_is_shown(database, given, said):
    make(database, given, said)
    for login in people.LOGINS[:2]:
        with database.write() as session:
            attempt = accounts.attempt(session, login.login, login.password, clock.now())()
            assert accounts.sign_in(session, attempt, clock.now())
    assert all(login.login in "\n".join(demo.welcome(given)) for login in people.LOGINS)


def test_the_past_is_told_in_the_order_of_time_and_is_over(database, given, said):
    make(database, given, said, days=DAYS)
    number(database)
    now = clock.now()
    with database.read() as session:
        head, _ = journal.head(session)
        told = journal.read_after(session, 0, limit=10_000)
        orders = session.scalars(select(Order)).all()
        reports = session.scalar(select(func.count()).select_from(Report))
        cursors = {journal.cursor(session, reader) for reader in (doorbell.READER, answers.READER, cases.READER)}
    moments = [event.at for event in told]
    assert moments == sorted(moments)
    assert moments[-1] <= now
    assert moments[0] < now - dt.timedelta(days=DAYS)
    assert reports == len(orders) > 6 * DAYS
    assert {order.lane for order in orders} >= {"squad", "unit"}
    assert any(order.state not in workflow.ENDED for order in orders)
    assert any(order.state == "answered" for order in orders)
    assert cursors == {head}, "what is past rings nobody"


MONTH = 30


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    """A town with a whole month behind it, as its watch finds it; nobody changes it."""
    data = tmp_path_factory.mktemp("month")
    database = Database(f"sqlite:///{data / 'town.sqlite3'}")
    given = town_settings.read(environment(database, data, WANGGE_DEMO="1"))
    demo.prepare(database, given, lambda _: None, days=MONTH)
    while watch.tick(database, clock.now(), on_due()) == watch.BATCH:
        pass
    yield database, given
    database.close()


def stand(database):
    """Every case by what it shows: lane, state, outcome, number of acts."""
    with database.read() as session:
        rows = session.scalars(select(PenaltyCase)).all()
    return [(row.lane, row.state, row.outcome) for row in rows]


def test_a_month_has_penalty_cases_in_all_lanes_and_stages(month):
    database, _ = month
    expected = {
        ("on_spot", "archived", "penalty"),
        ("on_spot", "performing", "penalty"),
        ("fast", "closed", "penalty"),
        ("fast", "performing", "penalty"),
        ("fast", "fast_filing", None),
        ("ordinary", "archived", "penalty"),
        ("ordinary", "closed", "no_penalty"),
        ("ordinary", "performing", "penalty"),
        ("ordinary", "hearing", None),
        ("ordinary", "filing", None),
        ("ordinary", "deciding", None),
        ("ordinary", "notified", None),
        ("ordinary", "source", None),
        ("ordinary", "transferred", "transfer"),
    }
    assert set(stand(database)) == expected
    assert len(stand(database)) == len(dossiers.DOSSIERS)


def test_every_case_of_the_past_is_lawful_and_has_its_papers_and_pictures(month):
    database, given = month
    with database.read() as session:
        rows = session.scalars(select(PenaltyCase)).all()
        told = [export.case_json(session, given, row, clock.now()) for row in rows]
        files = session.scalars(select(EvidenceFile)).all()
        papers = session.scalars(select(Document)).all()
    assert [finding for one in told for finding in check(one)] == []
    assert {file.case_id for file in files} == {row.id for row in rows}
    assert len(papers) > 5 * len(rows)
    names = {one["party"]["name"] for one in told}
    assert "云川县喆堃餐饮管理有限公司" in names
    assert max(map(len, names)) > 30


def test_some_cases_come_from_orders_and_go_back_to_them(month):
    database, _ = month
    with database.read() as session:
        rows = session.scalars(select(PenaltyCase).where(PenaltyCase.order_id.is_not(None))).all()
        orders = {row.state: session.get_one(Order, row.order_id) for row in rows}
    assert orders["hearing"].state == "in_case"
    assert orders["closed"].state in {"handled", "checked", "closed", "answered"}
    assert orders["closed"].outcome == "penalised"


def test_nothing_of_the_past_rings_a_tablet_not_even_its_clocks(month):
    database, _ = month
    with database.read() as session:
        late = journal.read_after(session, journal.cursor(session, doorbell.READER), limit=10_000)
    assert {event.kind for event in late} == {"clock.missed"}
    assert doorbell.calls(database, late) == []


@on_sqlite
def test_what_the_law_forbids_leaves_a_case_where_it_stands_and_the_town_is_made(database, given, said, monkeypatch):
    lawful = next(one for one in dossiers.DOSSIERS if one.name == "awaiting_fast")
    too_much = dataclasses.replace(lawful, offence=dataclasses.replace(lawful.offence, fine_fen=900_000))
    monkeypatch.setattr(casework, "DOSSIERS", (too_much,))
    make(database, given, said, days=5)
    assert stand(database) == [("ordinary", "source", None)]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Order)) > 10


def seen_by(month, login, state):
    """The case in a state as somebody sees it at his desk."""
    database, given = month
    with database.read() as session:
        account = session.scalars(select(Account).where(Account.login == login)).one()
        who = access.Actor(f"account:{account.id}", account.id, None, frozenset(map(Role, account.roles)))
        rows = session.scalars(select(PenaltyCase).where(PenaltyCase.state == state)).all()
        return [details.detail(session, given, who, row, clock.now()) for row in rows]


def open_acts(case):
    return {one.action for one in case.allowed if one.open}


def test_the_approver_and_the_reviewer_find_something_to_do(month):
    (filing,) = seen_by(month, people.MAYOR.login, "filing")
    assert "file" in open_acts(filing)
    (fast,) = seen_by(month, people.MAYOR.login, "fast_filing")
    assert "approve_fast" in open_acts(fast)
    deciding = seen_by(month, people.MAYOR.login, "deciding")
    assert ["decide" in open_acts(one) for one in deciding].count(True) == 1, "the other waits for its review"
    assert all("review" in open_acts(one) for one in seen_by(month, people.LEGAL.login, "deciding"))


def test_one_fine_is_overdue_and_grows_and_one_hold_is_about_to_lapse(month):
    cases = [*seen_by(month, people.MAYOR.login, "performing"), *seen_by(month, people.MAYOR.login, "source")]
    owed = [one.owed.late_fee_fen for one in cases if one.owed and one.owed.late_fee_fen]
    assert len(owed) == 1
    (hold,) = [clock for one in cases for clock in one.clocks if clock.kind == "hold"]
    assert dt.timedelta(0) < hold.due_at - clock.now() < dt.timedelta(days=12), "within two working days"
    assert hold.state == "running"


@on_sqlite
def test_a_second_start_changes_nothing(database, given, said):
    make(database, given, said)
    with database.read() as session:
        before = journal.head(session)
    secrets = tablets.recall(given)
    make(database, given, said)
    with database.read() as session:
        assert journal.head(session) == before
    assert tablets.recall(given) == secrets
    assert len(said) == 1


@on_sqlite
def test_an_interrupted_first_start_leaves_no_half_a_town(database, given, said):
    in_the_way = given.data / "secrets"
    in_the_way.write_text("a file where the folder of secrets should be")
    with pytest.raises(FileExistsError):
        make(database, given, said)
    in_the_way.unlink()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 0
    make(database, given, said)
    assert tablets.recall(given)


@on_sqlite
def test_outside_the_demo_the_town_is_refused(database, given, said):
    with pytest.raises(Refused, match="demo_only"):
        make(database, dataclasses.replace(given, demo=False), said)


@on_sqlite
def test_a_real_town_is_never_turned_into_the_demo(database, given, said, cast):
    with pytest.raises(Refused, match="demo_only"):
        make(database, given, said)


@on_sqlite
def test_a_town_in_earnest_does_not_start_while_the_public_password_opens_an_account(database, given, said):
    make(database, given, said)
    demo.refuse_leftovers(database, given)
    earnest = dataclasses.replace(given, demo=False)
    with pytest.raises(Refused, match="chenjing"):
        demo.refuse_leftovers(database, earnest)
    with database.write() as session:
        now = clock.now()
        theirs = list(session.scalars(select(Account)))
        accounts.create(session, "ziji", "镇里自己的管理员", [Role.SYSTEM_ADMIN], None, "not the public one", now)
        backstops.change(session, backstops.Backstops(fallback="ziji"), "system:test", now)
        for account in theirs:
            accounts.block(session, account, now)
    demo.refuse_leftovers(database, earnest)


@on_sqlite
def test_no_auxiliary_and_no_grid_worker_holds_a_certificate(database, given, said):
    make(database, given, said)
    with database.read() as session:
        roles = {card.entry.login: set(card.entry.roles) for card in staff.people(session)}
        holders = {card.entry.login for card in staff.certificates(session, dt.date(2026, 11, 22))}
    assert holders
    assert not any(roles[login] & {Role.AUXILIARY, Role.GRID_WORKER} for login in holders)


@on_sqlite
def test_the_dial_of_a_running_demo_can_be_turned_from_another_terminal(database, given, said, monkeypatch):
    make(database, given, said)
    dial = day.Dial(given, 60)
    monkeypatch.setattr(day, "LOOK_SECONDS", -1.0)
    told = {"WANGGE_DATA": str(given.data), "WANGGE_DATABASE_URL": given.database_url, "WANGGE_DEMO": "1"}
    secrets = {"WANGGE_MASTER_KEY": given.master_key, "WANGGE_MQTT_PASSWORD": given.mqtt_password}
    assert dial.pace == 60
    turned = CliRunner().invoke(main, ["demo", "--pace", "240"], env=told | secrets)
    assert turned.exit_code == 0, turned.output
    assert dial.pace == 240
    refused = CliRunner().invoke(main, ["demo", "--pace", "0"], env=told | secrets)
    assert refused.exit_code != 0
    assert dial.pace == 240


def test_secrets_are_made_once_and_for_their_owner_only(tmp_path):
    made = keys.ensure(tmp_path)
    first = [path.read_text() for path in made]
    assert len(set(first)) == len(keys.FILES)
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    assert keys.ensure(tmp_path) == []
    assert [path.read_text() for path in made] == first
