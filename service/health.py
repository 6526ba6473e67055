"""Is it alive (健康检查): for load balancers, compose and systemd."""

from service import migrate
from town import journal, watchman
from town.access import PUBLIC
from town.bodies import Reply
from town.http import Call, Routes

routes = Routes("health")


class Health(Reply):
    """``revision``: where the tables stand. ``unnumbered``: events older than a few seconds that no reader sees yet;
    more than 0 means the worker is away. ``watched_seconds_ago``: since somebody last watched the clocks, empty before
    the first time; ``clock_skew_seconds``: by how much this machine's clock jumped, if it did.
    """

    database: str
    revision: str | None
    position: int
    unnumbered: int
    watched_seconds_ago: float | None
    clock_skew_seconds: float


@routes.get("/healthz", rights=PUBLIC, gives=Health)
def healthz(call: Call) -> Health:
    """The database answers, and the journal is numbered."""
    position, _ = journal.head(call.session)
    late = journal.unnumbered_since(call.session, call.now, 5)
    revision = migrate.stands_at(call.session.connection())
    beat = watchman.last(call.session) if revision == migrate.newest() else None  # an older one knows no beat
    return Health(
        database="ok",
        revision=revision,
        position=position,
        unnumbered=late,
        watched_seconds_ago=round((call.now - beat.look.wall).total_seconds(), 1) if beat else None,
        clock_skew_seconds=round(beat.skew.total_seconds(), 1) if beat else 0.0,
    )
