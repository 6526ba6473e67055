"""What the town decides by: kinds of matter, powers, partners, officers, the roster; and how each order was decided."""

import sqlalchemy as sa
from alembic import op

from town.database import Json, Moment

revision = "0003"
down_revision = "0002"

OPEN = sa.text("state NOT IN ('closed', 'answered')")
ACTIVE = sa.text("active")
NEW_TABLES = (
    "transfer", "routing_decision", "order_link", "shift", "leave", "grid_post", "device_position",
    "conflict_of_interest", "certificate", "power", "event_type", "reference", "power_change", "partner", "list_edition",
)  # fmt: skip


def upgrade() -> None:
    _create_tables()
    _extend_people_and_maps()
    _extend_orders()
    _serve_by_several_squads()


def downgrade() -> None:
    op.drop_index("ix_work_order_power", table_name="work_order")
    op.drop_index("ix_work_order_near", table_name="work_order")
    op.drop_index("uq_grid_edition_active", table_name="grid_edition")
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)
    op.create_index(
        "uq_grid_edition_active", "grid_edition", ["active"], unique=True, postgresql_where=ACTIVE, sqlite_where=ACTIVE
    )
    with op.batch_alter_table("service_area") as batch:
        batch.drop_constraint("pk_service_area", type_="primary")
        batch.create_primary_key("pk_service_area", ["area_code"])
    for name in NEW_TABLES:
        op.drop_table(name)


ADDED = {
    "account": ("partner_id",),
    "grid_edition": ("layer", "starts_at"),
    "report": ("their_due_at", "answered_at"),
    "squad": ("fields", "stand_in"),
    "work_order": (
        "lane", "leader_id", "worker_id", "partner_id", "event_edition_id", "power_edition_id", "power_code", "returns",
        "cell_x", "cell_y", "acted_at",
    ),
}  # fmt: skip


def _create_tables() -> None:
    op.create_table(
        "list_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=120), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_edition")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_list_edition_kind_name")),
    )
    op.create_index("ix_list_edition_valid", "list_edition", ["kind", "valid_from"], unique=False)
    op.create_table(
        "partner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("code", name=op.f("uq_partner_code")),
    )
    op.create_table(
        "power_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to", sa.String(length=40), nullable=True),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power_change")),
    )
    op.create_index("ix_power_change_code", "power_change", ["code", "from_day"], unique=False)
    op.create_table(
        "reference",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Uuid(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reference")),
    )
    op.create_table(
        "event_type",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("class_name", sa.String(length=60), nullable=False),
        sa.Column("nature", sa.String(length=20), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("small", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("holder", sa.String(length=40), nullable=True),
        sa.Column("offered", sa.String(length=40), nullable=True),
        sa.Column("near_m", sa.Integer(), nullable=False),
        sa.Column("near_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["list_edition.id"], name=op.f("fk_event_type_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_type")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_event_type_edition_id_code")),
    )
    op.create_table(
        "power",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("official_code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=1000), nullable=False),
        sa.Column("penalty", sa.String(length=1000), nullable=False),
        sa.Column("fine_min", sa.Integer(), nullable=True),
        sa.Column("fine_max", sa.Integer(), nullable=True),
        sa.Column("warn_first", sa.Boolean(), nullable=False),
        sa.Column("events", Json(), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=True),
        sa.Column("list_entry", sa.String(length=60), nullable=True),
        sa.Column("grantor", sa.String(length=40), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_at_place", sa.String(length=300), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("superseded_by", sa.String(length=40), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["list_edition.id"], name=op.f("fk_power_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_power_edition_id_code")),
    )
    op.create_table(
        "certificate",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_certificate_account_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_certificate")),
    )
    op.create_index(op.f("ix_certificate_account_id"), "certificate", ["account_id"], unique=False)
    op.create_table(
        "conflict_of_interest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("ground", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_conflict_of_interest_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_of_interest")),
    )
    op.create_index(op.f("ix_conflict_of_interest_account_id"), "conflict_of_interest", ["account_id"], unique=False)
    op.create_table(
        "device_position",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("lon", sa.Float(precision=53), nullable=False),
        sa.Column("lat", sa.Float(precision=53), nullable=False),
        sa.Column("accuracy_m", sa.Float(precision=53), nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_device_position_device_id")),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_device_position")),
    )
    op.create_table(
        "grid_post",
        sa.Column("grid_code", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_grid_post_account_id")),
        sa.PrimaryKeyConstraint("grid_code", name=op.f("pk_grid_post")),
    )
    op.create_index(op.f("ix_grid_post_account_id"), "grid_post", ["account_id"], unique=False)
    op.create_table(
        "leave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_leave_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    op.create_index("ix_leave_span", "leave", ["ends_at", "starts_at"], unique=False)
    op.create_table(
        "shift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("squad_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_shift_account_id")),
        sa.ForeignKeyConstraint(["squad_id"], ["squad.id"], name=op.f("fk_shift_squad_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    op.create_index("ix_shift_span", "shift", ["ends_at", "starts_at"], unique=False)
    op.create_table(
        "order_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("distance_m", sa.Float(precision=53), nullable=False),
        sa.Column("hours_apart", sa.Float(precision=53), nullable=False),
        sa.Column("suggested_at", Moment(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("settled_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_order_link_order_id")),
        sa.ForeignKeyConstraint(["other_id"], ["work_order.id"], name=op.f("fk_order_link_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_link")),
        sa.UniqueConstraint("order_id", "other_id", name=op.f("uq_order_link_order_id_other_id")),
    )
    op.create_index("ix_order_link_other", "order_link", ["other_id"], unique=False)
    op.create_table(
        "routing_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("facts", Json(), nullable=False),
        sa.Column("answer", Json(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_routing_decision_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_decision")),
        sa.UniqueConstraint("order_id", "round", name=op.f("uq_routing_decision_order_id_round")),
    )
    op.create_table(
        "transfer",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.Column("reply", sa.String(length=10), nullable=True),
        sa.Column("replied_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_transfer_order_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_transfer_partner_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_transfer")),
        sa.UniqueConstraint("order_id", "round", name=op.f("uq_transfer_order_id_round")),
    )
    op.create_index(op.f("ix_transfer_partner_id"), "transfer", ["partner_id"], unique=False)


def _extend_people_and_maps() -> None:
    _reference("account", "partner_id", "partner")
    op.add_column("squad", sa.Column("fields", Json(), server_default="[]", nullable=False))
    op.add_column("squad", sa.Column("stand_in", sa.String(length=60), nullable=True))
    op.add_column("grid_edition", sa.Column("layer", sa.String(length=40), server_default="base", nullable=False))
    op.add_column("grid_edition", sa.Column("starts_at", Moment(), nullable=True))
    op.drop_index("uq_grid_edition_active", table_name="grid_edition")
    op.create_index(
        "uq_grid_edition_active", "grid_edition", ["layer"], unique=True, postgresql_where=ACTIVE, sqlite_where=ACTIVE
    )


def _extend_orders() -> None:
    op.add_column("report", sa.Column("their_due_at", Moment(), nullable=True))
    op.add_column("report", sa.Column("answered_at", Moment(), nullable=True))
    op.add_column("work_order", sa.Column("lane", sa.String(length=10), server_default="desk", nullable=False))
    for column, table in (
        ("leader_id", "account"), ("worker_id", "account"), ("partner_id", "partner"),
        ("event_edition_id", "list_edition"), ("power_edition_id", "list_edition"),
    ):  # fmt: skip
        _reference("work_order", column, table)
    op.add_column("work_order", sa.Column("power_code", sa.String(length=40), nullable=True))
    op.add_column("work_order", sa.Column("returns", sa.Integer(), server_default="0", nullable=False))
    op.add_column("work_order", sa.Column("cell_x", sa.Integer(), nullable=True))
    op.add_column("work_order", sa.Column("cell_y", sa.Integer(), nullable=True))
    op.add_column("work_order", sa.Column("acted_at", Moment(), nullable=True))
    op.create_index("ix_work_order_near", "work_order", ["category", "cell_x", "cell_y", "received_at"])
    op.create_index("ix_work_order_power", "work_order", ["power_code"], postgresql_where=OPEN, sqlite_where=OPEN)
    op.execute("UPDATE work_order SET lane = 'squad' WHERE squad_id IS NOT NULL")
    op.execute(
        "UPDATE report SET answered_at = (SELECT changed_at FROM work_order WHERE work_order.id = report.order_id AND state = 'answered')"
    )


def _serve_by_several_squads() -> None:
    with op.batch_alter_table("service_area") as batch:
        batch.drop_constraint("pk_service_area", type_="primary")
        batch.create_primary_key("pk_service_area", ["area_code", "squad_id"])


def _reference(table: str, column: str, other: str) -> None:
    """A column that refers to another table; SQLite takes it only in the same breath."""
    foreign_key = sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}")
    op.add_column(table, sa.Column(column, sa.Uuid(), foreign_key, nullable=True), inline_references=True)
