"""The ground: every table of the first chain, alike on both engines."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

from town.database import Json, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.create_table(
        "access_token",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_access_token")),
    )
    op.create_index(op.f("ix_access_token_holder"), "access_token", ["holder"], unique=False)
    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("wakes_at", Moment(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("met_at", Moment(), nullable=True),
        sa.Column("noticed_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("subject", "kind", "round", name=op.f("uq_deadline_subject_kind_round")),
    )
    op.create_index(
        "ix_deadline_running",
        "deadline",
        ["wakes_at"],
        unique=False,
        postgresql_where=sa.text("state = 'running'"),
        sqlite_where=sa.text("state = 'running'"),
    )
    op.create_table(
        "grid_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("valid_from", Moment(), nullable=True),
        sa.Column("valid_to", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_edition")),
        sa.UniqueConstraint("name", name=op.f("uq_grid_edition_name")),
    )
    op.create_index(
        "uq_grid_edition_active",
        "grid_edition",
        ["active"],
        unique=True,
        postgresql_where=sa.text("active"),
        sqlite_where=sa.text("active"),
    )
    op.create_table(
        "idempotency",
        sa.Column("scope", sa.String(length=240), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("request", sa.LargeBinary(length=32), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(op.f("ix_idempotency_at"), "idempotency", ["at"], unique=False)
    op.create_table(
        "journal",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=True),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("data", Json(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_journal_version")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("id", name=op.f("uq_journal_id")),
        sa.UniqueConstraint("subject", "version", name=op.f("uq_journal_subject_version")),
    )
    op.create_table(
        "journal_cursor",
        sa.Column("reader", sa.String(length=60), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("reader", name=op.f("pk_journal_cursor")),
    )
    if on_postgresql:
        op.create_table(
            "journal_pending",
            sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
            sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal_pending")),
        )
    op.create_table(
        "journal_words",
        sa.Column("cite", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("erased_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("cite", name=op.f("pk_journal_words")),
    )
    op.create_index(
        op.f("ix_journal_words_subject_field"),
        "journal_words",
        ["subject", "field"],
        unique=False,
    )
    op.create_table(
        "photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("view_sha256", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("subject", "sha256", name=op.f("uq_photo_subject_sha256")),
    )
    op.create_index(op.f("ix_photo_sha256"), "photo", ["sha256"], unique=False)
    op.create_index(op.f("ix_photo_subject"), "photo", ["subject"], unique=False)
    op.create_index(op.f("ix_photo_view_sha256"), "photo", ["view_sha256"], unique=False)
    op.create_table(
        "squad",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_squad")),
        sa.UniqueConstraint("code", name=op.f("uq_squad_code")),
    )
    op.create_table(
        "town",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("epsg", sa.Integer(), nullable=False),
        sa.Column("holiday_region", sa.String(length=20), nullable=False),
        sa.Column("office_hours", Json(), nullable=False),
        sa.Column("operator", sa.String(length=120), nullable=False),
        sa.Column("filing_number", sa.String(length=120), nullable=False),
        sa.Column("complaints_url", sa.String(length=300), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_town_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town")),
    )
    op.create_table(
        "vault_key",
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_vault_key")),
    )
    op.create_table(
        "workday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_workday")),
    )
    op.create_table(
        "workday_edition",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_workday_edition")),
        sa.UniqueConstraint("id", name=op.f("uq_workday_edition_id")),
    )
    op.create_table(
        "workday_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_workday_year")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=False),
        sa.Column("roles", Json(), nullable=False),
        sa.Column("squad_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["squad_id"], ["squad.id"], name=op.f("fk_account_squad_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_index(op.f("ix_account_squad_id"), "account", ["squad_id"], unique=False)
    op.create_table(
        "area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["grid_edition.id"], name=op.f("fk_area_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_area_edition_id_code")),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("squad_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["squad_id"], ["squad.id"], name=op.f("fk_device_squad_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("code", name=op.f("uq_device_code")),
    )
    op.create_index(op.f("ix_device_squad_id"), "device", ["squad_id"], unique=False)
    op.create_table(
        "journal_position",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name=op.f("fk_journal_position_seq")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_journal_position")),
        sa.UniqueConstraint("seq", name=op.f("uq_journal_position_seq")),
    )
    op.create_table(
        "service_area",
        sa.Column("area_code", sa.String(length=40), nullable=False),
        sa.Column("squad_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["squad_id"], ["squad.id"], name=op.f("fk_service_area_squad_id")),
        sa.PrimaryKeyConstraint("area_code", name=op.f("pk_service_area")),
    )
    op.create_index(op.f("ix_service_area_squad_id"), "service_area", ["squad_id"], unique=False)
    op.create_table(
        "vault_identity",
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject"],
            ["vault_key.subject"],
            name=op.f("fk_vault_identity_subject"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_vault_identity")),
    )
    op.create_geospatial_table(
        "grid",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "shape",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=4490,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_grid_area_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["grid_edition.id"], name=op.f("fk_grid_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_grid_edition_id_code")),
    )
    op.create_index(op.f("ix_grid_area_id"), "grid", ["area_id"], unique=False)
    op.create_geospatial_table(
        "work_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column(
            "place",
            Geometry(
                geometry_type="POINT",
                srid=4490,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=True),
        sa.Column("squad_id", sa.Uuid(), nullable=True),
        sa.Column("reasons", Json(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("handler", sa.String(length=80), nullable=True),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["grid_edition.id"], name=op.f("fk_work_order_edition_id")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_work_order_grid_id")),
        sa.ForeignKeyConstraint(["squad_id"], ["squad.id"], name=op.f("fk_work_order_squad_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order")),
    )
    op.create_index("ix_work_order_changed", "work_order", ["changed_at"], unique=False)
    op.create_index(
        "ix_work_order_open",
        "work_order",
        ["squad_id"],
        unique=False,
        postgresql_where=sa.text("state NOT IN ('closed', 'answered')"),
        sqlite_where=sa.text("state NOT IN ('closed', 'answered')"),
    )
    op.create_geospatial_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("source_key", sa.String(length=120), nullable=True),
        sa.Column(
            "place",
            Geometry(
                geometry_type="POINT",
                srid=4490,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("given_x", sa.Float(precision=53), nullable=False),
        sa.Column("given_y", sa.Float(precision=53), nullable=False),
        sa.Column("crs", sa.String(length=10), nullable=False),
        sa.Column("accuracy_m", sa.Float(precision=53), nullable=True),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("solved", sa.String(length=20), nullable=True),
        sa.Column("attitude", sa.String(length=20), nullable=True),
        sa.Column("rated_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_report_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("source", "source_key", name=op.f("uq_report_source_source_key")),
    )
    op.create_index(op.f("ix_report_order_id"), "report", ["order_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_report_order_id"), table_name="report")
    op.drop_geospatial_table("report")
    op.drop_index(
        "ix_work_order_open",
        table_name="work_order",
        postgresql_where=sa.text("state NOT IN ('closed', 'answered')"),
        sqlite_where=sa.text("state NOT IN ('closed', 'answered')"),
    )
    op.drop_index("ix_work_order_changed", table_name="work_order")
    op.drop_geospatial_table("work_order")
    op.drop_index(op.f("ix_grid_area_id"), table_name="grid")
    op.drop_geospatial_table("grid")
    op.drop_table("vault_identity")
    op.drop_index(op.f("ix_service_area_squad_id"), table_name="service_area")
    op.drop_table("service_area")
    op.drop_table("journal_position")
    op.drop_index(op.f("ix_device_squad_id"), table_name="device")
    op.drop_table("device")
    op.drop_table("area")
    op.drop_index(op.f("ix_account_squad_id"), table_name="account")
    op.drop_table("account")
    op.drop_table("workday_year")
    op.drop_table("workday_edition")
    op.drop_table("workday")
    op.drop_table("vault_key")
    op.drop_table("town")
    op.drop_table("squad")
    op.drop_index(op.f("ix_photo_view_sha256"), table_name="photo")
    op.drop_index(op.f("ix_photo_subject"), table_name="photo")
    op.drop_index(op.f("ix_photo_sha256"), table_name="photo")
    op.drop_table("photo")
    op.drop_index(op.f("ix_journal_words_subject_field"), table_name="journal_words")
    op.drop_table("journal_words")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_table("journal_pending")
    op.drop_table("journal_cursor")
    op.drop_table("journal")
    op.drop_index(op.f("ix_idempotency_at"), table_name="idempotency")
    op.drop_table("idempotency")
    op.drop_index(
        "uq_grid_edition_active",
        table_name="grid_edition",
        postgresql_where=sa.text("active"),
        sqlite_where=sa.text("active"),
    )
    op.drop_table("grid_edition")
    op.drop_index(
        "ix_deadline_running",
        table_name="deadline",
        postgresql_where=sa.text("state = 'running'"),
        sqlite_where=sa.text("state = 'running'"),
    )
    op.drop_table("deadline")
    op.drop_index(op.f("ix_access_token_holder"), table_name="access_token")
    op.drop_table("access_token")
