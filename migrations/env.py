"""Alembic's entry: the same models and the same revisions for SQLite and PostgreSQL."""

from typing import Any

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection

from service import tables
from town.database import Base, Json, Moment

SPATIAL_TABLES = {"geometry_columns", "spatial_ref_sys"}


def include_object(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Leave PostGIS's own tables alone, and tables that live on the other engine only."""
    if kind == "table" and name in SPATIAL_TABLES:
        return False
    only = getattr(thing, "info", {}).get("only") if kind == "table" else None
    return only in (None, context.get_context().dialect.name) and bool(
        alembic_helpers.include_object(thing, name, kind, reflected, other)
    )


def render_item(kind: str, thing: Any, autogen: Any) -> Any:
    """Write our own column types by their short names."""
    if kind == "type" and isinstance(thing, (Moment, Json)):
        autogen.imports.add("from town.database import Json, Moment")
        return f"{type(thing).__name__}()"
    return alembic_helpers.render_item(kind, thing, autogen)


def run(connection: Connection) -> None:
    """Upgrade (or compare) over the connection that ``town.migration`` handed in."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=include_object,
        process_revision_directives=alembic_helpers.writer,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


assert tables.ALL, "every room's models must be imported before the metadata is compared"
run(context.config.attributes["connection"])
