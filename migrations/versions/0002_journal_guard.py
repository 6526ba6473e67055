"""The journal's guard: insert-only by triggers on both engines, and by rights on PostgreSQL.

Runs as the owner of the tables. On PostgreSQL the processes log in as members of two roles that own nothing:
``wangge_app`` (web and worker) and ``wangge_number`` (the numbering leader).
"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from town.errors import Refused

revision = "0002"
down_revision = "0001"

APP, NUMBER = "wangge_app", "wangge_number"
READ_ONLY = {"alembic_version"}
GUARDED = {"journal", "journal_pending", "journal_position", "journal_words", "spatial_ref_sys"}
GUARDED_SEQUENCES = {"journal_seq_seq"}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return _run(SQLITE_TRIGGERS)
    _make_roles()
    _run(_functions())
    _run(TRIGGERS)
    _run(_rights())
    _run(_future_rights("GRANT", "TO"))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return _run(f"DROP TRIGGER {name}" for name in SQLITE_TRIGGER_NAMES)
    _run(_future_rights("REVOKE", "FROM"))
    _run(f'REVOKE ALL ON "{name}" FROM {APP}, {NUMBER}' for name in (*_tables(), *_sequences()))
    _run([f"REVOKE USAGE ON SCHEMA {_schema()} FROM {APP}, {NUMBER}"])
    _run(f"DROP FUNCTION {name}() CASCADE" for name in FUNCTION_NAMES)


FUNCTION_NAMES = ("journal_enqueue", "journal_ring", "journal_never", "journal_only_erase")


def _functions() -> tuple[str, ...]:
    """The queue is filled with the owner's rights, so that the application can neither forget nor forge a row of it."""
    return (
        f"""CREATE FUNCTION journal_enqueue() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, {_schema()}, pg_temp
        AS $$ BEGIN INSERT INTO journal_pending VALUES (NEW.seq); RETURN NULL; END $$""",
        """CREATE FUNCTION journal_ring() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN PERFORM pg_notify('journal_poke', ''); RETURN NULL; END $$""",
        """CREATE FUNCTION journal_never() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'insufficient_privilege'; END $$""",
        """CREATE FUNCTION journal_only_erase() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN
            IF OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.body IS NULL AND NEW.salt IS NULL
                AND (NEW.cite, NEW.subject, NEW.field, NEW.at) = (OLD.cite, OLD.subject, OLD.field, OLD.at)
            THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'words can only be erased' USING ERRCODE = 'insufficient_privilege';
        END $$""",
    )


TRIGGERS = (
    "CREATE TRIGGER enqueue AFTER INSERT ON journal FOR EACH ROW EXECUTE FUNCTION journal_enqueue()",
    "CREATE TRIGGER ring AFTER INSERT ON journal FOR EACH STATEMENT EXECUTE FUNCTION journal_ring()",
    "CREATE TRIGGER never BEFORE UPDATE OR DELETE OR TRUNCATE ON journal EXECUTE FUNCTION journal_never()",
    "CREATE TRIGGER never BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_position EXECUTE FUNCTION journal_never()",
    "CREATE TRIGGER never BEFORE DELETE OR TRUNCATE ON journal_words EXECUTE FUNCTION journal_never()",
    "CREATE TRIGGER only_erase BEFORE UPDATE ON journal_words FOR EACH ROW EXECUTE FUNCTION journal_only_erase()",
    # every event passes through the queue once: without this, its dead rows would slow each look at it
    "ALTER TABLE journal_pending SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)",
)

SQLITE_TRIGGER_NAMES = (
    "journal_no_update",
    "journal_no_delete",
    "journal_position_no_update",
    "journal_position_no_delete",
    "journal_words_only_erase",
    "journal_words_no_delete",
)
SQLITE_TRIGGERS = (
    *(
        f"CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        for table in ("journal", "journal_position")
        for action in ("update", "delete")
    ),
    "CREATE TRIGGER journal_words_no_delete BEFORE DELETE ON journal_words"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    """CREATE TRIGGER journal_words_only_erase BEFORE UPDATE ON journal_words
    WHEN NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.body IS NULL AND NEW.salt IS NULL
        AND (NEW.cite, NEW.subject, NEW.field, NEW.at) = (OLD.cite, OLD.subject, OLD.field, OLD.at))
    BEGIN SELECT RAISE(ABORT, 'words can only be erased'); END""",
)


def _make_roles() -> None:
    """Roles belong to the whole cluster: another town may have made them, or be making them right now."""
    missing = [role for role in (APP, NUMBER) if not _one("SELECT 1 FROM pg_roles WHERE rolname = :name", name=role)]
    if missing and not _one("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"):
        commands = " ".join(f"CREATE ROLE {role} NOLOGIN;" for role in missing)
        raise Refused("roles_missing", roles="、".join(missing), commands=commands)
    _run(
        f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        for role in missing
    )


def _rights() -> list[str]:
    """The application may insert events but not choose their ``seq``, and may see the queue but not touch it."""
    free = [name for name in _tables() if name not in GUARDED | READ_ONLY]
    sequences = [name for name in _sequences() if name not in GUARDED_SEQUENCES]
    return [
        f"REVOKE CREATE ON SCHEMA {_schema()} FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA {_schema()} TO {APP}, {NUMBER}",
        *(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{name}" TO {APP}' for name in free),
        *(f'GRANT SELECT ON "{name}" TO {APP}' for name in READ_ONLY),
        *(f'GRANT USAGE, SELECT ON SEQUENCE "{name}" TO {APP}' for name in sequences),
        f"GRANT SELECT, INSERT (id, subject, version, at, kind, actor, data) ON journal TO {APP}",
        f"GRANT SELECT ON journal_position, journal_pending TO {APP}",
        f"GRANT SELECT, INSERT, UPDATE (salt, body, erased_at) ON journal_words TO {APP}",
        f"GRANT SELECT ON journal TO {NUMBER}",
        f"GRANT SELECT, DELETE ON journal_pending TO {NUMBER}",
        f"GRANT SELECT, INSERT ON journal_position TO {NUMBER}",
    ]


def _future_rights(action: str, direction: str) -> tuple[str, str]:
    """So that a later revision's tables are the application's without a word."""
    begin = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {_schema()} {action}"
    return (
        f"{begin} SELECT, INSERT, UPDATE, DELETE ON TABLES {direction} {APP}",
        f"{begin} USAGE, SELECT ON SEQUENCES {direction} {APP}",
    )


def _schema() -> str:
    return str(_one("SELECT quote_ident(current_schema())"))


def _tables() -> list[str]:
    return sa.inspect(op.get_bind()).get_table_names()


def _sequences() -> list[str]:
    return sa.inspect(op.get_bind()).get_sequence_names()


def _one(query: str, **values: str) -> object:
    return op.get_bind().scalar(sa.text(query), values)


def _run(statements: Iterable[str]) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)
