"""Penalty cases: provisions, tiers and local rules, parties, cases with their acts and papers. Acts and papers only grow."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

from town.database import Json, Moment

revision = "0004"
down_revision = "0003"

ONLY_GROW = ("case_act", "case_document", "evidence_file", "party_version")


def upgrade() -> None:
    op.create_table(
        "number_series",
        sa.Column("organ", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organ", "kind", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("tag", name=op.f("uq_party_tag")),
    )
    op.create_table(
        "party_version",
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_party_version_party_id")),
        sa.PrimaryKeyConstraint("party_id", "version", name=op.f("pk_party_version")),
    )
    op.create_geospatial_table(
        "penalty_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("lane", sa.String(length=10), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("squad_id", sa.Uuid(), nullable=False),
        sa.Column("handlers", Json(), nullable=False),
        sa.Column("event_code", sa.String(length=20), nullable=True),
        sa.Column("power_code", sa.String(length=40), nullable=False),
        sa.Column("power_edition_id", sa.Uuid(), nullable=False),
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
        sa.Column("grid_code", sa.String(length=40), nullable=True),
        sa.Column("acted_on", sa.Date(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("tier", sa.String(length=60), nullable=True),
        sa.Column("fine_fen", sa.BigInteger(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_penalty_case_party_id")),
        sa.ForeignKeyConstraint(
            ["power_edition_id"], ["list_edition.id"], name=op.f("fk_penalty_case_power_edition_id")
        ),
        sa.ForeignKeyConstraint(["squad_id"], ["squad.id"], name=op.f("fk_penalty_case_squad_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty_case")),
    )
    op.create_index("ix_penalty_case_changed", "penalty_case", ["changed_at"], unique=False)
    op.create_index("ix_penalty_case_decided", "penalty_case", ["power_code", "decided_on"], unique=False)
    op.create_index(op.f("ix_penalty_case_order_id"), "penalty_case", ["order_id"], unique=False)
    op.create_index(op.f("ix_penalty_case_party_id"), "penalty_case", ["party_id"], unique=False)
    op.create_index(op.f("ix_penalty_case_squad_id"), "penalty_case", ["squad_id"], unique=False)
    op.create_index(op.f("ix_penalty_case_state"), "penalty_case", ["state"], unique=False)
    op.create_table(
        "procedure_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("power_code", sa.String(length=40), nullable=False),
        sa.Column("value", Json(), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["list_edition.id"], name=op.f("fk_procedure_rule_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_rule")),
        sa.UniqueConstraint(
            "edition_id", "name", "power_code", name=op.f("uq_procedure_rule_edition_id_name_power_code")
        ),
    )
    op.create_table(
        "provision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("power_code", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("matter", sa.String(length=120), nullable=False),
        sa.Column("law", sa.String(length=200), nullable=False),
        sa.Column("article", sa.String(length=80), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("kinds", Json(), nullable=False),
        sa.Column("elements", Json(), nullable=False),
        sa.Column("low_fen", sa.BigInteger(), nullable=True),
        sa.Column("high_fen", sa.BigInteger(), nullable=True),
        sa.Column("measure", sa.String(length=20), nullable=True),
        sa.Column("low_bp", sa.Integer(), nullable=True),
        sa.Column("high_bp", sa.Integer(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["list_edition.id"], name=op.f("fk_provision_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provision")),
        sa.UniqueConstraint("edition_id", "power_code", "code", name=op.f("uq_provision_edition_id_power_code_code")),
    )
    op.create_table(
        "tier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("power_code", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("conditions", Json(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("provision", sa.String(length=60), nullable=False),
        sa.Column("low_fen", sa.BigInteger(), nullable=True),
        sa.Column("high_fen", sa.BigInteger(), nullable=True),
        sa.Column("low_bp", sa.Integer(), nullable=True),
        sa.Column("high_bp", sa.Integer(), nullable=True),
        sa.Column("no_penalty", sa.Boolean(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["list_edition.id"], name=op.f("fk_tier_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tier")),
        sa.UniqueConstraint("edition_id", "power_code", "code", name=op.f("uq_tier_edition_id_power_code_code")),
    )
    op.create_table(
        "case_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("facts", Json(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_case_act_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_act")),
        sa.UniqueConstraint("case_id", "sequence", name=op.f("uq_case_act_case_id_sequence")),
    )
    op.create_table(
        "case_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_case_document_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_document")),
    )
    op.create_index(op.f("ix_case_document_case_id"), "case_document", ["case_id"], unique=False)
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("kept_at", Moment(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_evidence_file_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
        sa.UniqueConstraint("case_id", "sha256", name=op.f("uq_evidence_file_case_id_sha256")),
    )
    op.create_table(
        "document_number",
        sa.Column("text", sa.String(length=80), nullable=False),
        sa.Column("organ", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("allocated_at", Moment(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_document_number_case_id")),
        sa.ForeignKeyConstraint(["document_id"], ["case_document.id"], name=op.f("fk_document_number_document_id")),
        sa.PrimaryKeyConstraint("text", name=op.f("pk_document_number")),
        sa.UniqueConstraint(
            "organ", "kind", "year", "sequence", name=op.f("uq_document_number_organ_kind_year_sequence")
        ),
    )
    op.create_index(op.f("ix_document_number_case_id"), "document_number", ["case_id"], unique=False)
    _guard()


def downgrade() -> None:
    _unguard()
    op.drop_index(op.f("ix_document_number_case_id"), table_name="document_number")
    op.drop_table("document_number")
    op.drop_table("evidence_file")
    op.drop_index(op.f("ix_case_document_case_id"), table_name="case_document")
    op.drop_table("case_document")
    op.drop_table("case_act")
    op.drop_table("tier")
    op.drop_table("provision")
    op.drop_table("procedure_rule")
    op.drop_index(op.f("ix_penalty_case_state"), table_name="penalty_case")
    op.drop_index(op.f("ix_penalty_case_squad_id"), table_name="penalty_case")
    op.drop_index(op.f("ix_penalty_case_party_id"), table_name="penalty_case")
    op.drop_index(op.f("ix_penalty_case_order_id"), table_name="penalty_case")
    op.drop_index("ix_penalty_case_decided", table_name="penalty_case")
    op.drop_index("ix_penalty_case_changed", table_name="penalty_case")
    op.drop_geospatial_table("penalty_case")
    op.drop_table("party_version")
    op.drop_table("party")
    op.drop_table("number_series")


def _guard() -> None:
    """What was done and what was handed over is never changed; a later act says what is different now."""
    if op.get_bind().dialect.name == "sqlite":
        for table in ONLY_GROW:
            for action in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table}"
                    " BEGIN SELECT RAISE(ABORT, 'acts and papers are append-only'); END"
                )
        return
    for table in ONLY_GROW:
        op.execute(
            f"CREATE TRIGGER never BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} EXECUTE FUNCTION journal_never()"
        )


def _unguard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in ONLY_GROW:
            for action in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{action}")
        return
    for table in ONLY_GROW:
        op.execute(f"DROP TRIGGER never ON {table}")
