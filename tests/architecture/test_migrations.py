"""Every revision leads up and down again, and the models say what the tables are."""

from sqlalchemy import inspect

from service import migrate
from town.database import Database

KEPT = {"alembic_version", "spatial_ref_sys", "geometry_columns"}
"""Alembic's own mark, and what belongs to the engine's spatial side."""


def test_models_and_tables_agree(database: Database, owner):
    migrate.check(owner(database))


def test_the_database_stands_at_the_newest_revision(database: Database):
    assert migrate.at(database) == migrate.newest()


def test_every_revision_can_be_taken_back_and_run_again(database: Database, owner):
    owned = owner(database)
    migrate.downgrade(owned)
    assert set(inspect(owned.engine).get_table_names()) <= KEPT
    migrate.upgrade(owned)
    migrate.check(owned)
