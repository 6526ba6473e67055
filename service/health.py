"""Is it alive (健康检查): for load balancers, compose and systemd."""

from service import migrate
from town import journal
from town.access import PUBLIC
from town.bodies import Reply
from town.http import Call, Routes

routes = Routes("health")


class Health(Reply):
    """``revision``: where the tables stand. ``unnumbered``: events older than a few seconds that no reader sees yet;
    more than 0 means the worker is away.
    """

    database: str
    revision: str | None
    position: int
    unnumbered: int


@routes.get("/healthz", rights=PUBLIC, gives=Health)
def healthz(call: Call) -> Health:
    """The database answers, and the journal is numbered."""
    position, _ = journal.head(call.session)
    late = journal.unnumbered_since(call.session, call.now, 5)
    revision = migrate.stands_at(call.session.connection())
    return Health(database="ok", revision=revision, position=position, unnumbered=late)
