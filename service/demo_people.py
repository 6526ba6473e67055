"""Who lives and works in the demo town (演示人物). Their password is no secret, so they may exist in the demo only."""

from dataclasses import dataclass

from town.people import DemoLogin, Role

PASSWORD = "yunxi-2026"


@dataclass(frozen=True)
class Colleague:
    """One account of the demo town; ``squad`` is the code of the squad he belongs to."""

    login: str
    name: str
    role: Role
    squad: str | None = None


LEADERS = (
    Colleague("linxiaofeng", "林晓峰", Role.SQUAD_LEADER, "CZ"),
    Colleague("zhaohai", "赵海", Role.SQUAD_LEADER, "CD"),
    Colleague("shenguoqiang", "沈国强", Role.SQUAD_LEADER, "HX"),
    Colleague("guxiaomei", "顾小梅", Role.SQUAD_LEADER, "BJ"),
    Colleague("lujianming", "陆建明", Role.SQUAD_LEADER, "NW"),
)
DESK = Colleague("chenjing", "陈静", Role.DISPATCHER)
CHECKER = Colleague("wuyue", "吴越", Role.CHECKER)
EVERYBODY = (
    DESK,
    Colleague("daping", "大屏", Role.WALL),
    CHECKER,
    Colleague("zhengyan", "郑严", Role.SUPERVISOR),
    *LEADERS,
    Colleague("sumin", "苏敏", Role.OFFICER, "CZ"),
    Colleague("xiaolin", "小林", Role.GRID_WORKER, "CZ"),
)
LOGINS = tuple(DemoLogin(one.login, PASSWORD, one.name, one.role) for one in EVERYBODY)


def tablet(squad: str) -> str:
    """The code of a squad's one tablet."""
    return f"{squad.lower()}-1"
