"""Provisions and local rules: imported with every fault named, confirmed, in force by local day, and held ready."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from enforcement import starter
from enforcement.models import ProcedureRule, Provision
from enforcement.rules.law_choice import Because
from enforcement.rules.local_rules import Absent
from enforcement.services import editions, local_rules, powers, provisions
from tests.starter_lists import there
from town import journal, reference
from town.errors import Refused
from town.reference import Kind

NOW = dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
ONE = dt.timedelta(days=1)
ACTOR = "account:陈静"
LISTS = [
    (provisions, Kind.PROVISIONS, starter.provisions, Provision, 186),
    (local_rules, Kind.PROCEDURE, starter.procedure, ProcedureRule, 60),
]

pytestmark = pytest.mark.usefixtures("town")


def imported(database, service, sheets, name="一版"):
    with database.write() as session:
        previewed = service.preview(session, sheets, TODAY)
        return service.import_edition(session, previewed, name, actor=ACTOR, now=NOW)


def in_force(database, service, edition, day=TODAY):
    with database.write() as session:
        chosen = session.merge(edition)
        editions.confirm(session, chosen, "许斐", actor=ACTOR, now=NOW)
        service.activate(session, chosen, day, actor=ACTOR, now=NOW)


@pytest.mark.parametrize(("service", "kind", "sheets", "model", "lines"), LISTS)
def test_the_starter_is_kept_line_by_line(database, service, kind, sheets, model, lines):
    edition = imported(database, service, sheets())
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(model)) == lines
        [event] = journal.events_of(session, f"list_edition:{edition.id}")
        assert event.kind == f"{kind}.imported"


@pytest.mark.parametrize(("service", "kind", "sheets", "model", "lines"), LISTS)
def test_nothing_is_in_force_that_nobody_answers_for(database, service, kind, sheets, model, lines):
    edition = imported(database, service, sheets())
    with pytest.raises(Refused, match="confirmation_missing"), database.write() as session:
        service.activate(session, session.merge(edition), TODAY, actor=ACTOR, now=NOW)
    with database.read() as session:
        assert service.on(session, TODAY) is None


@pytest.mark.parametrize(("service", "kind", "sheets", "model", "lines"), LISTS)
def test_the_same_file_again_changes_nothing(database, service, kind, sheets, model, lines):
    in_force(database, service, imported(database, service, sheets()))
    with database.read() as session:
        difference = service.preview(session, sheets(), TODAY).difference
    assert (difference.added, difference.removed, dict(difference.changed)) == ((), (), {})


def test_the_old_law_and_the_new_stand_in_one_edition(database):
    in_force(database, provisions, imported(database, provisions, starter.provisions()))
    with database.read() as session:
        catalogue = there(provisions.on(session, TODAY))
        choice = catalogue.choose(
            "HJ003",
            acted_from=dt.date(2026, 7, 1),
            acted_on=dt.date(2026, 7, 1),
            decided_on=TODAY,
            subject="person",
            stage="base",
        )
        assert provisions.on(session, TODAY - ONE) is None
    assert choice.because is Because.LIGHTER
    assert there(choice.provision).high_fen == 500_000
    assert catalogue.asked("HJ008") == {"affects_surroundings"}


def test_a_catalogue_is_held_until_the_list_changes(database):
    in_force(database, provisions, imported(database, provisions, starter.provisions()))
    with database.read() as session:
        version = reference.seen(session)[Kind.PROVISIONS]
        first = provisions.on(session, TODAY)
        assert provisions.on(session, TODAY, version) is first
    rows = [row for row in starter.rows("provisions") if row["权力代码"] == "HJ003"]
    in_force(database, provisions, imported(database, provisions, starter.as_sheets(rows, "二.csv"), "二版"))
    with database.read() as session:
        assert there(provisions.on(session, TODAY)).by_power.keys() == {"HJ003"}
        assert provisions.of_power(session, "HW005", TODAY) == ()


def test_a_provision_for_a_power_nobody_listed_is_refused_with_its_cell(database):
    with database.write() as session:
        listed = powers.preview(session, starter.demo_powers(), TODAY)
        powers.import_edition(session, listed, "权力", actor=ACTOR, now=NOW)
        row = starter.rows("provisions")[0] | {"权力代码": "ZZ9", "罚款下限": "100"}
        previewed = provisions.preview(session, starter.as_sheets([row], "罚则.csv"), TODAY)
    assert [(one.code, one.header) for one in previewed.refusing] == [
        ("unknown_power", "权力代码"),
        ("fine_range", "罚款下限"),
    ]
    with pytest.raises(Refused, match="list_refused"):
        previewed.must_pass()


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("下限比例", "很多", "要写成 5% 或 2倍"),
        ("对象", "大家", "只能填 个人、单位、不限"),
        ("罚款上限", "若干", "要填整数"),
        ("施行日期", "去年", "日期要写成"),
    ],
)
def test_a_cell_that_cannot_be_read_says_what_to_write(database, cell, value, said):
    row = starter.rows("provisions")[0] | {cell: value}
    with database.read() as session:
        [complaint] = provisions.preview(session, starter.as_sheets([row], "罚则.csv"), TODAY).refusing
    assert said in complaint.sentence
    assert complaint.header == cell


def test_a_proposal_of_the_starter_is_no_rule(database):
    in_force(database, local_rules, imported(database, local_rules, starter.procedure()))
    with database.read() as session:
        rules = there(local_rules.on(session, TODAY))
    assert rules.whole("decision_days") == 90
    with pytest.raises(Absent, match="陈述申辩期限"):
        rules.whole("defence_days")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("陈述申辩期限", "三天", "要填整数"),
        ("听证罚款数额·个人", "很多", "要填金额"),
        ("可以查封扣押", "也许", "只能填是或否"),
        ("个体工商户按", "家庭", "只能填个人、单位"),
        ("午饭时间", "12", "只能填"),
    ],
)
def test_a_rule_that_cannot_be_read_says_what_to_write(database, name, value, said):
    row = {"项目": name, "对象": "", "值": value, "条件": "", "范围": "", "依据": "某规定"}
    with database.read() as session:
        previewed = local_rules.preview(session, starter.as_sheets([row], "规定.csv"), TODAY)
    assert said in previewed.refusing[0].sentence


def test_the_demo_town_has_all_its_rules_in_force(database):
    in_force(database, local_rules, imported(database, local_rules, starter.demo_procedure()))
    with database.read() as session:
        rules = there(local_rules.on(session, TODAY))
    assert rules.missing() == ()
    assert rules.edition_id
    assert rules.organ("housing").organ_number_prefix == "云建"
