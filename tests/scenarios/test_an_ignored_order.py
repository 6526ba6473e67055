"""An order that everybody ignores, from Monday morning to the accountability line, as the journal tells it."""

import datetime as dt
import uuid

from sqlalchemy import select

from oversight import labels_supervision as labels
from tests.ground.cast import WU_YUE
from tests.ground.databases import number
from tests.watched_town import MORNING, SHANGHAI, Watched, at, watched
from town import journal
from town.journal import Numbered
from town.journal.models import Event
from town.ladders import Level

__all__ = ["watched"]

FIVE_MINUTES, A_QUARTER = dt.timedelta(minutes=5), dt.timedelta(minutes=15)
WEDNESDAY = "11-25 08:00"


def test_an_order_that_everybody_ignores_reaches_the_accountability_line(watched: Watched):
    watched.set_town(fallback=WU_YUE.login)
    watched.report(MORNING)
    let_time_pass(watched, MORNING, WEDNESDAY)
    assert story(watched) == [
        "23日09:15 签收用到50%：提醒林晓峰",
        "23日09:15 平板响：林晓峰",
        "23日09:25 签收用到80%：黄色预警林晓峰",
        "23日09:25 平板响：林晓峰",
        "23日09:30 签收超时",
        "23日09:30 签收用到100%：红色预警陈静",
        "23日09:30 响：陈静",
        "23日10:30 签收用到300%：督办单郑严",
        "23日10:30 发出督办〔2026〕0001号，给林晓峰",
        "23日10:30 响：郑严",
        "23日10:30 平板响：林晓峰",
        "24日13:45 回复督办用到50%：提醒林晓峰",
        "24日13:45 平板响：林晓峰",
        "25日00:00 回复督办超时",
        "25日00:00 回复督办用到100%：问责郑严，兼告吴越",
        "25日00:00 督办〔2026〕0001号到达问责线",
        "25日00:00 响：郑严",
        "25日00:00 响：吴越",
    ]
    (paper,) = watched.papers()
    assert (paper.state, paper.accountable_at) == ("issued", at("11-25 00:00"))


def test_the_same_morning_told_late_by_a_worker_that_was_away_rings_only_the_highest_rung(watched: Watched):
    watched.report(MORNING)
    watched.look("11-23 10:35")
    assert story(watched) == [
        "23日10:35 签收超时",
        "23日10:35 签收用到300%：督办单郑严",
        "23日10:35 发出督办〔2026〕0001号，给林晓峰",
        "23日10:35 响：郑严",
        "23日10:35 平板响：林晓峰",
    ]


def let_time_pass(watched: Watched, since: str, until: str) -> None:
    """Somebody looks every five minutes of the first hours, and every quarter of an hour after that."""
    now = at(since)
    while now <= at(until):
        watched.look(f"{now.astimezone(SHANGHAI):%m-%d %H:%M}")
        now += FIVE_MINUTES if now < at("11-23 11:00") else A_QUARTER


def story(watched: Watched) -> list[str]:
    """What watchers, supervisors and notices did, in the journal's order, in plain words."""
    number(watched.database)
    with watched.database.read() as session:
        events = journal.read_after(session, 0, 5000)
        numbers = {
            event.subject: event.data["number"]
            for event in session.scalars(select(Event).where(Event.kind == "supervision.issued"))
        }
    told = ((event, _told(watched, event, numbers)) for event in events)
    return [f"{event.at.astimezone(SHANGHAI):%d日%H:%M} {text}" for event, text in told if text]


def _told(watched: Watched, event: Numbered, numbers: dict[str, str]) -> str | None:
    data = event.data

    def name(account: str) -> str | None:
        return watched.name(uuid.UUID(account))

    match event.kind:
        case "clock.missed":
            return f"{labels.clock(data['subject'], data['kind'])}超时"
        case "alarm.raised":
            used = f"{labels.clock(data['subject'], data['clock'])}用到{data['percent']}%"
            too = [name(one) for one in data["too"] if data["level"] == "account"]
            beside = f"，兼告{'、'.join(map(str, too))}" if too else ""
            return f"{used}：{labels.LEVELS[Level(data['level'])]}{name(data['account'])}{beside}"
        case "notice.rung":
            return f"{'平板响' if data.get('squad') else '响'}：{name(data['account'])}"
        case "supervision.issued":
            return f"发出{data['number']}，给{name(data['account'])}"
        case "supervision.accountable":
            return f"{numbers[event.subject]}到达问责线"
    return None
