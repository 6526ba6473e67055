"""Nothing is forgotten: pauses, ladders, handling times, joint tasks, supervision, the nightly proof, appraisal."""

import string

import sqlalchemy as sa
from alembic import op

from town.database import Json, Moment

revision = "0005"
down_revision = "0004"

ONLY_GROW = ("appraisal_formula", "appraisal_snapshot", "payment_receipt")
WAITING = sa.text("wakes_at IS NOT NULL")
RUNNING = sa.text("state = 'running'")
AS_PLAIN = {0xFF01 + place: chr(0x21 + place).upper() for place in range(94)} | str.maketrans(
    string.ascii_lowercase, string.ascii_uppercase
)
"""Numbers of receipts are compared without the width and the case of letters."""
NEW_TABLES = (
    "watch_beat", "deadline_pause", "deadline_extension", "ladder_row", "notice_line", "supervision", "alarm", "notice",
    "supervision_number", "finding", "proof_run", "appraisal_appeal", "appraisal_snapshot", "appraisal_formula",
    "exclusion", "extension_request", "joint_task", "handling_time", "payment_receipt",
)  # fmt: skip
ADDED = {
    "deadline": ("extended", "ladder", "rung"),
    "town": ("fallback", "quiet_from", "quiet_until", "last_resort"),
    "work_order": ("severity", "suspended_from", "times_edition_id"),
}


def upgrade() -> None:
    _extend()
    _wait_for_what_is_due()
    _watch()
    _orders()
    _supervision()
    _proof()
    _appraisal()
    _receipts()
    _guard()


def downgrade() -> None:
    _unguard()
    for name in NEW_TABLES:
        op.drop_table(name)
    op.drop_index("ix_deadline_waiting", table_name="deadline")
    op.execute("UPDATE deadline SET wakes_at = due_at WHERE wakes_at IS NULL")
    with op.batch_alter_table("deadline") as batch:
        batch.alter_column("wakes_at", existing_type=Moment(), nullable=False)
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)
    op.create_index("ix_deadline_running", "deadline", ["wakes_at"], postgresql_where=RUNNING, sqlite_where=RUNNING)


def _extend() -> None:
    op.add_column("deadline", sa.Column("extended", sa.Integer(), server_default="0", nullable=False))
    op.add_column("deadline", sa.Column("ladder", Json(), server_default="[]", nullable=False))
    op.add_column("deadline", sa.Column("rung", sa.Integer(), server_default="0", nullable=False))
    op.add_column("town", sa.Column("fallback", sa.String(length=60), nullable=True))
    op.add_column("town", sa.Column("quiet_from", sa.String(length=5), server_default="21:00", nullable=False))
    op.add_column("town", sa.Column("quiet_until", sa.String(length=5), server_default="07:00", nullable=False))
    op.add_column("town", sa.Column("last_resort", sa.String(length=40), nullable=True))
    op.add_column("work_order", sa.Column("severity", sa.String(length=10), server_default="ordinary", nullable=False))
    op.add_column("work_order", sa.Column("suspended_from", sa.String(length=20), nullable=True))
    edition = sa.ForeignKey("list_edition.id", name="fk_work_order_times_edition_id")
    op.add_column(
        "work_order", sa.Column("times_edition_id", sa.Uuid(), edition, nullable=True), inline_references=True
    )


def _wait_for_what_is_due() -> None:
    """The watch waits for a moment, no longer for a state: who is over has none."""
    op.drop_index("ix_deadline_running", table_name="deadline")
    with op.batch_alter_table("deadline") as batch:
        batch.alter_column("wakes_at", existing_type=Moment(), nullable=True)
    op.execute("UPDATE deadline SET wakes_at = NULL WHERE state <> 'running'")
    op.create_index("ix_deadline_waiting", "deadline", ["wakes_at"], postgresql_where=WAITING, sqlite_where=WAITING)


def _watch() -> None:
    op.create_table(
        "ladder_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clock", sa.String(length=60), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_row")),
        sa.UniqueConstraint("clock", "severity", "level", name=op.f("uq_ladder_row_clock_severity_level")),
    )
    op.create_table(
        "watch_beat",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("wall", Moment(), nullable=False),
        sa.Column("steady", sa.Float(precision=53), nullable=False),
        sa.Column("boot", sa.String(length=80), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_watch_beat_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_beat")),
    )
    op.create_table(
        "deadline_extension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("granted_at", Moment(), nullable=False),
        sa.Column("granted_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_deadline_extension_deadline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_extension")),
    )
    op.create_index(op.f("ix_deadline_extension_deadline_id"), "deadline_extension", ["deadline_id"], unique=False)
    op.create_table(
        "deadline_pause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_deadline_pause_deadline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_pause")),
    )
    op.create_index("ix_deadline_pause_deadline", "deadline_pause", ["deadline_id"], unique=False)
    op.create_index(
        "ix_deadline_pause_open",
        "deadline_pause",
        ["deadline_id"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
        sqlite_where=sa.text("until IS NULL"),
    )


def _orders() -> None:
    op.create_table(
        "handling_time",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("event_code", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("longest", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["list_edition.id"], name=op.f("fk_handling_time_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling_time")),
        sa.UniqueConstraint(
            "edition_id",
            "event_code",
            "severity",
            "stage",
            name=op.f("uq_handling_time_edition_id_event_code_severity_stage"),
        ),
    )
    op.create_table(
        "extension_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_extension_request_deadline_id")),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_extension_request_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension_request")),
    )
    op.create_index(
        "ix_extension_request_open",
        "extension_request",
        ["order_id"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
        sqlite_where=sa.text("state = 'asked'"),
    )
    op.create_index(op.f("ix_extension_request_order_id"), "extension_request", ["order_id"], unique=False)
    op.create_table(
        "joint_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("squad_id", sa.Uuid(), nullable=True),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=30), nullable=True),
        sa.Column("last_resort", sa.Boolean(), nullable=False),
        sa.Column("called_at", Moment(), nullable=False),
        sa.Column("called_by", sa.String(length=80), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_joint_task_order_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_joint_task_partner_id")),
        sa.ForeignKeyConstraint(["squad_id"], ["squad.id"], name=op.f("fk_joint_task_squad_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_task")),
    )
    op.create_index("ix_joint_task_order", "joint_task", ["order_id"], unique=False)
    op.create_index(op.f("ix_joint_task_partner_id"), "joint_task", ["partner_id"], unique=False)
    op.create_index(op.f("ix_joint_task_squad_id"), "joint_task", ["squad_id"], unique=False)


def _supervision() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("rings_at", Moment(), nullable=False),
        sa.Column("rung_at", Moment(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_account_id"), "notice", ["account_id"], unique=False)
    op.create_index(
        "ix_notice_unrung",
        "notice",
        ["rings_at"],
        unique=False,
        postgresql_where=sa.text("rung_at IS NULL"),
        sqlite_where=sa.text("rung_at IS NULL"),
    )
    op.create_index(
        "ix_notice_waiting",
        "notice",
        ["account_id", "level"],
        unique=True,
        postgresql_where=sa.text("rung_at IS NULL"),
        sqlite_where=sa.text("rung_at IS NULL"),
    )
    op.create_table(
        "alarm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("clock", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("reached_at", Moment(), nullable=False),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.Column("squad_id", sa.Uuid(), nullable=True),
        sa.Column("seat", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("fallback", sa.Boolean(), nullable=False),
        sa.Column("passed", Json(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_why", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_alarm_account_id")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_alarm_deadline_id")),
        sa.ForeignKeyConstraint(["squad_id"], ["squad.id"], name=op.f("fk_alarm_squad_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        sa.UniqueConstraint("deadline_id", "level", name=op.f("uq_alarm_deadline_id_level")),
    )
    op.create_index(
        "ix_alarm_open",
        "alarm",
        ["account_id", "raised_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_alarm_subject", "alarm", ["subject"], unique=False)
    op.create_table(
        "supervision_number",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_supervision_number")),
    )
    op.create_table(
        "supervision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("alarm_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("squad_id", sa.Uuid(), nullable=True),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("issued_at", Moment(), nullable=False),
        sa.Column("issued_by", sa.String(length=80), nullable=False),
        sa.Column("replied_at", Moment(), nullable=True),
        sa.Column("replied_by", sa.String(length=80), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("accountable_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_by", sa.String(length=80), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_supervision_account_id")),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarm.id"], name=op.f("fk_supervision_alarm_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_supervision_partner_id")),
        sa.ForeignKeyConstraint(["squad_id"], ["squad.id"], name=op.f("fk_supervision_squad_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
        sa.UniqueConstraint("number", name=op.f("uq_supervision_number")),
    )
    op.create_index(op.f("ix_supervision_account_id"), "supervision", ["account_id"], unique=False)
    op.create_index(op.f("ix_supervision_squad_id"), "supervision", ["squad_id"], unique=False)
    op.create_index("ix_supervision_state", "supervision", ["state"], unique=False)
    op.create_index("ix_supervision_subject", "supervision", ["subject"], unique=False)
    op.create_index(
        "ix_supervision_open",
        "supervision",
        ["subject"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "notice_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("alarm_id", sa.Uuid(), nullable=True),
        sa.Column("supervision_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarm.id"], name=op.f("fk_notice_line_alarm_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_line_notice_id")),
        sa.ForeignKeyConstraint(["supervision_id"], ["supervision.id"], name=op.f("fk_notice_line_supervision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_line")),
    )
    op.create_index(op.f("ix_notice_line_alarm_id"), "notice_line", ["alarm_id"], unique=False)
    op.create_index(op.f("ix_notice_line_notice_id"), "notice_line", ["notice_id"], unique=False)


def _proof() -> None:
    op.create_table(
        "proof_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("looked", Json(), nullable=False),
        sa.Column("found", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_run")),
    )
    op.create_index(op.f("ix_proof_run_day"), "proof_run", ["day"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("check", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("facts", Json(), nullable=False),
        sa.Column("first_run_id", sa.Uuid(), nullable=False),
        sa.Column("last_run_id", sa.Uuid(), nullable=False),
        sa.Column("found_at", Moment(), nullable=False),
        sa.Column("taken_by", sa.String(length=80), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["first_run_id"], ["proof_run.id"], name=op.f("fk_finding_first_run_id")),
        sa.ForeignKeyConstraint(["last_run_id"], ["proof_run.id"], name=op.f("fk_finding_last_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(
        "ix_finding_unsettled",
        "finding",
        ["check", "subject"],
        unique=True,
        postgresql_where=sa.text("settled_at IS NULL"),
        sqlite_where=sa.text("settled_at IS NULL"),
    )


def _appraisal() -> None:
    op.create_table(
        "appraisal_formula",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", Json(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.Column("kept_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_formula")),
        sa.UniqueConstraint("name", name=op.f("uq_appraisal_formula_name")),
        sa.UniqueConstraint("valid_from", name=op.f("uq_appraisal_formula_valid_from")),
    )
    op.create_table(
        "appraisal_snapshot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("formula_id", sa.Uuid(), nullable=False),
        sa.Column("frozen_at", Moment(), nullable=False),
        sa.Column("frozen_by", sa.String(length=80), nullable=False),
        sa.Column("because", sa.String(length=80), nullable=True),
        sa.Column("facts", Json(), nullable=False),
        sa.Column("results", Json(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("follows", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["formula_id"], ["appraisal_formula.id"], name=op.f("fk_appraisal_snapshot_formula_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_snapshot")),
        sa.UniqueConstraint("month", "revision", name=op.f("uq_appraisal_snapshot_month_revision")),
    )
    op.create_table(
        "appraisal_appeal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("snapshot_id", sa.Uuid(), nullable=False),
        sa.Column("squad_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("indicator", sa.String(length=30), nullable=True),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_appraisal_appeal_order_id")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["appraisal_snapshot.id"], name=op.f("fk_appraisal_appeal_snapshot_id")
        ),
        sa.ForeignKeyConstraint(["squad_id"], ["squad.id"], name=op.f("fk_appraisal_appeal_squad_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_appeal")),
    )
    op.create_index(op.f("ix_appraisal_appeal_snapshot_id"), "appraisal_appeal", ["snapshot_id"], unique=False)
    op.create_table(
        "exclusion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_exclusion_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
    )
    op.create_index(op.f("ix_exclusion_order_id"), "exclusion", ["order_id"], unique=False)
    op.create_index(
        "ix_exclusion_standing",
        "exclusion",
        ["order_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('asked', 'approved')"),
        sqlite_where=sa.text("state IN ('asked', 'approved')"),
    )


def _receipts() -> None:
    """Numbers that payments used already are taken over; of one that was used twice, the first use stands."""
    receipt = op.create_table(
        "payment_receipt",
        sa.Column("number", sa.String(length=300), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_payment_receipt_case_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_payment_receipt")),
    )
    acts = sa.table(
        "case_act",
        sa.column("case_id", sa.Uuid()),
        sa.column("facts", Json()),
        sa.column("sequence", sa.Integer()),
        sa.column("action", sa.String()),
        sa.column("recorded_at", Moment()),
    )
    paid = sa.select(*acts.c["case_id", "sequence", "facts"]).where(acts.c.action == "pay")
    first: dict[str, dict[str, object]] = {}
    for case_id, sequence, facts in op.get_bind().execute(paid.order_by(acts.c.recorded_at)):
        number = "".join(facts["given"]["receipt_number"].translate(AS_PLAIN).split())
        first.setdefault(number, {"number": number, "case_id": case_id, "sequence": sequence})
    if first:
        op.bulk_insert(receipt, list(first.values()))


def _guard() -> None:
    """What was frozen stays: a later revision says what is different now."""
    if op.get_bind().dialect.name == "sqlite":
        for table in ONLY_GROW:
            for action in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table}"
                    " BEGIN SELECT RAISE(ABORT, 'frozen months and formulas are append-only'); END"
                )
        return
    for table in ONLY_GROW:
        op.execute(
            f"CREATE TRIGGER never BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} EXECUTE FUNCTION journal_never()"
        )


def _unguard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for table in ONLY_GROW:
        op.execute(f"DROP TRIGGER never ON {table}")
