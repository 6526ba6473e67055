"""What happens of itself when its hour has come (定时): due clocks, notices, what comes into force, proofs, upkeep.

The scheduler only wakes: what is due, and whether it was done, stands in the database. Whatever goes by the time goes by
the trusted one.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from dispatch.services import handing_back, joint_holding
from enforcement.services import cases as penalties
from grids import services as grids
from oversight.services.appraisal import appraisal
from oversight.services.proof import proving
from oversight.services.supervision import alarms, notices
from service import kept_files
from town import idempotency, journal, leadership, profile, watch, workdays
from town.clock import Instant
from town.database import Database
from town.leadership import Lock
from town.media import stores
from town.settings import Settings
from town.watchman import Watchman

WATCH_SECONDS = 1
IN_FORCE_SECONDS = 20
CLOSING_SECONDS = 20
PROOF_SECONDS = 20
SWEEP_HOURS = 1
ORPHAN_AGE = dt.timedelta(days=1)
"""A file is there before its row; a younger one may still be on its way."""
DEFAULTS = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}

ON_DUE = {**penalties.on_due(), **joint_holding.on_due()}
"""What is done besides noticing when a clock is due, by its kind."""
ON_RUNG = alarms.on_rung
"""What is done when a clock reaches a rung of its ladder."""

LOG = structlog.get_logger()


@dataclass(frozen=True)
class Keeper:
    """Whoever leads a piece of the upkeep, with what it needs."""

    lead: Lock
    settings: Settings
    database: Database
    man: Watchman


def start(settings: Settings, database: Database) -> BackgroundScheduler:
    """Wake up for everything there is, on this process, whenever it leads."""
    man = Watchman(database)
    watcher, keeper = (
        Keeper(leadership.leadership(settings.numberer_url, name, settings.data), settings, database, man)
        for name in ("watch", "upkeep")
    )
    one_thread_each = {"default": ThreadPoolExecutor(1), "upkeep": ThreadPoolExecutor(1)}  # a lead is for one at a time
    scheduler = BackgroundScheduler(timezone="UTC", executors=one_thread_each, job_defaults=DEFAULTS)
    scheduler.add_job(partial(_led, watcher, _watch), "interval", seconds=WATCH_SECONDS)
    for work, interval in (
        (_come_into_force, {"seconds": IN_FORCE_SECONDS}),
        (_close_alarms, {"seconds": CLOSING_SECONDS}),
        (_prove, {"seconds": PROOF_SECONDS}),
        (_freeze, {"hours": 1}),
        (_sweep, {"hours": SWEEP_HOURS}),
        (_write_head, {"minutes": settings.head_minutes}),
    ):
        scheduler.add_job(partial(_led, keeper, work), "interval", executor="upkeep", **interval)
    scheduler.add_job(partial(_led, keeper, _write_head), executor="upkeep")  # at once, so that none is missed at night
    scheduler.start()
    return scheduler


def _led(keeper: Keeper, work: Callable[[Keeper], None]) -> None:
    """Only whoever leads works; everybody keeps an eye on the time, so that whoever leads next is not fooled."""
    keeper.man.now()
    if keeper.lead.try_acquire():
        work(keeper)


def _watch(keeper: Keeper) -> None:
    keeper.man.beat()
    take_up(keeper.database, keeper.man.now(), keeper.lead.try_acquire)
    _ring(keeper.database, keeper.man.now())


def take_up(database: Database, now: Instant, leads: Callable[[], bool] = lambda: True) -> None:
    """Act on every clock whose hour has come, a few at a time, for as long as this process leads."""
    while leads() and watch.tick(database, now, ON_DUE, ON_RUNG) == watch.BATCH:
        pass


def _ring(database: Database, now: Instant) -> None:
    """Ring the notices that may ring now."""
    rung = notices.RUNG_AT_ONCE
    while rung == notices.RUNG_AT_ONCE:
        with database.write() as session:
            rung = notices.ring_due(session, now)


def _close_alarms(keeper: Keeper) -> None:
    """Write down which alarms ask for nothing any more."""
    closed = alarms.CLOSED_AT_ONCE
    while closed == alarms.CLOSED_AT_ONCE:
        with keeper.database.write() as session:
            closed = alarms.close_settled(session, keeper.man.now())


def _prove(keeper: Keeper) -> None:
    """The proof of this night, or one that somebody asked for."""
    proving.prove_when_due(keeper.database, keeper.settings, kept_files.stores(keeper.settings), keeper.man.now())


def _freeze(keeper: Keeper) -> None:
    """The month that is over, once its figures are final."""
    for month in appraisal.freeze_when_due(keeper.database, keeper.man.now()):
        LOG.info("appraisal.frozen", month=month)


def _come_into_force(keeper: Keeper) -> None:
    """What was decided for a day or an hour that has come: a new map, powers that are handed back."""
    grids.activate_when_due(keeper.database, keeper.man.now)
    with keeper.database.write() as session:
        handing_back.catch_up(session, "system:hand_back", keeper.man.now())


def _sweep(keeper: Keeper) -> None:
    """Forget old answers, take away files nobody owns, and reckon anew the clocks that a new calendar touches."""
    now = keeper.man.now()
    with keeper.database.write() as session:
        idempotency.sweep(session, now)
        watch.revise(session, workdays.calendar(session, profile.current(session)), now)
    with keeper.database.read() as session:
        for lost in stores.sweep(session, kept_files.stores(keeper.settings), now - ORPHAN_AGE).lost:
            LOG.error("file.lost", file=str(lost))


def _write_head(keeper: Keeper) -> None:
    with keeper.database.read() as session:
        journal.write_head(session, keeper.settings.data / journal.HEADS_FILE, keeper.man.now())
