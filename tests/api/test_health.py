"""What a load balancer is told."""

from sqlalchemy import text

from tests.ground.databases import on_sqlite
from tests.ground.web import Door
from town.database import Database


@on_sqlite
def test_health_tells_where_the_tables_stand_and_not_where_they_should(door: Door, database: Database):
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert door.get("/healthz").json["revision"] == "0001"
