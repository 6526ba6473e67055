"""Insert-only: the journal refuses change from everybody, and its processes have no right to try."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from service import migrate
from tests.ground import parts
from tests.ground.databases import number, on_postgresql, on_sqlite, url_as
from tests.ground.postgresql import LEADER, Cluster
from tests.journals import ROWS, fill, read_all, verdict
from town import journal
from town.database import Database
from town.errors import Refused
from town.journal.connection import connect

CHANGES = (
    "UPDATE journal SET actor = 'account:赵海'",
    "DELETE FROM journal",
    "UPDATE journal_position SET hash = hash",
    "DELETE FROM journal_position",
    "DELETE FROM journal_words",
    "UPDATE journal_words SET body = '没有这回事'",
    "UPDATE journal_words SET body = NULL, salt = NULL",
    "UPDATE journal_words SET body = NULL, salt = NULL, erased_at = at, subject = 'order:9'",
    "UPDATE journal_words SET body = NULL, erased_at = at",
)
COLUMNS = "id, subject, version, at, kind, actor, data"
FORGED = "gen_random_uuid(), 'order:99', 1, now(), 'order.closed', 'account:赵海', '{}'"
CUTS = tuple(f"TRUNCATE {table} CASCADE" for table in ("journal", "journal_position", "journal_words"))


def refused(database, statement):
    with pytest.raises(DBAPIError) as error, database.write() as session:
        session.execute(text(statement))
    return getattr(error.value.orig, "sqlstate", None) or str(error.value.orig)


@pytest.fixture
def filled(database):
    fill(database)
    number(database)
    return database


def test_even_the_owner_changes_nothing(filled, owner):
    before = read_all(filled)
    refusals = {refused(owner(filled), statement) for statement in CHANGES}
    assert refusals in ({"42501"}, {"the journal is append-only", "words can only be erased"})
    assert read_all(filled) == before
    assert verdict(filled).sound


@on_postgresql
def test_even_the_owner_empties_no_table(filled, owner):
    assert {refused(owner(filled), statement) for statement in CUTS} == {"42501"}


@on_postgresql
def test_a_web_process_has_no_right_to_try(filled):
    attempts = (
        *CHANGES,
        *CUTS,
        "SELECT * FROM journal FOR UPDATE",
        "DELETE FROM journal_pending",
        "INSERT INTO journal_pending VALUES (9999)",
        "INSERT INTO journal_position VALUES (9999, 1, '')",
        f"INSERT INTO journal (seq, {COLUMNS}) OVERRIDING SYSTEM VALUE VALUES (9999, {FORGED})",
        "UPDATE journal_words SET subject = 'order:9'",
        "UPDATE alembic_version SET version_num = '0000'",
        "ALTER TABLE journal DISABLE TRIGGER never",
        "SET session_replication_role = replica",
        "SELECT setval('journal_seq_seq', 1)",
        "DROP TABLE journal_position",
        "CREATE TABLE journal_shadow ()",
    )
    assert {attempt: refused(filled, attempt) for attempt in attempts} == dict.fromkeys(attempts, "42501")


@on_postgresql
def test_the_numbering_leader_only_numbers(filled):
    attempts = (
        *CHANGES,
        *CUTS,
        f"INSERT INTO journal ({COLUMNS}) VALUES ({FORGED})",
        "INSERT INTO journal_pending VALUES (9999)",
        "SELECT body FROM journal_words",
        "SELECT * FROM vault_identity",
    )
    leader = Database(url_as(filled, LEADER))
    assert {attempt: refused(leader, attempt) for attempt in attempts} == dict.fromkeys(attempts, "42501")
    leader.close()


@on_sqlite
@pytest.mark.parametrize("table", ["journal", "journal_position", "journal_words"])
def test_on_sqlite_no_row_is_replaced_either(filled, table):
    with pytest.raises(IntegrityError, match="append-only"), filled.write() as session:
        session.execute(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))


@on_postgresql
def test_a_web_process_uses_every_other_table(database):
    with database.read() as session:
        tables = _tables(session) - {"alembic_version", "spatial_ref_sys"}
        allowed = {name for name in tables if _may(session, name, ("SELECT", "INSERT", "UPDATE", "DELETE"))}
    assert tables - allowed == {"journal", "journal_pending", "journal_position", "journal_words"}


@on_postgresql
def test_a_table_of_a_later_revision_belongs_to_the_web_processes_too(database, owner):
    with owner(database).write() as session:
        session.execute(text("CREATE TABLE inspection (id bigserial PRIMARY KEY, town text)"))
    with database.write() as session:
        session.execute(text("INSERT INTO inspection (town) VALUES ('yunxi')"))
        session.execute(text("UPDATE inspection SET town = 'yunxi'"))
        assert session.execute(text("DELETE FROM inspection RETURNING id")).scalar() == 1


@pytest.fixture
def modest_owner(processes):
    """A database whose owner may make no roles, in a cluster that has none of ours yet; and the way to say more."""
    parts.POSTGIS.require()
    cluster = Cluster(processes)
    name = cluster.create()
    mighty, modest = Database(cluster.url(name)), Database(cluster.url(name, "town_owner"))
    grant(
        mighty, "CREATE EXTENSION postgis", "CREATE ROLE town_owner LOGIN", f"ALTER DATABASE {name} OWNER TO town_owner"
    )
    yield modest, lambda *statements: grant(mighty, *statements)
    for database in (modest, mighty):
        database.close()
    cluster.stop()


def grant(database, *statements):
    with database.write() as session:
        for statement in statements:
            session.execute(text(statement))


def test_an_owner_who_may_make_no_roles_is_told_what_to_ask_for(modest_owner):
    database, grant = modest_owner
    with pytest.raises(Refused, match="CREATE ROLE wangge_app NOLOGIN; CREATE ROLE wangge_number NOLOGIN;"):
        migrate.upgrade(database)
    grant("CREATE ROLE wangge_app NOLOGIN", "CREATE ROLE wangge_number NOLOGIN")
    migrate.upgrade(database)
    fill(database)
    with connect(database.url.render_as_string(), name="tests-numbering") as connection:
        journal.number_once(connection)
    assert verdict(database).position == ROWS
    assert refused(database, CHANGES[0]) == "42501"


def test_the_guard_can_be_taken_off_and_put_on_again(database, owner):
    owned = owner(database)
    migrate.downgrade(owned, "0001")
    migrate.upgrade(owned)
    fill(database)
    number(database)
    assert verdict(database).position == ROWS
    assert refused(database, CHANGES[0]) in ("42501", "the journal is append-only")


def _tables(session: Session) -> set[str]:
    return set(
        session.scalars(
            text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        )
    )


def _may(session: Session, table: str, rights: tuple[str, ...]) -> bool:
    return all(session.scalar(text("SELECT has_table_privilege(:t, :r)"), {"t": table, "r": right}) for right in rights)
