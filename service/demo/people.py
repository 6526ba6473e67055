"""Who lives and works in the demo town (演示人物). Their password is no secret, so they may exist in the demo only."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.demo.land import AREAS
from town.people import ROLE_NAMES, DemoLogin, Role

PASSWORD = "yunxi-2026"


@dataclass(frozen=True)
class Colleague:
    """One account of the demo town; ``squad`` is the code of his squad, ``partner`` of the unit he works for."""

    login: str
    name: str
    role: Role
    squad: str | None = None
    partner: str | None = None


@dataclass(frozen=True)
class Team:
    """中队 with its people. ``fields``: what it holds, empty for everything; ``areas``: codes of those it serves."""

    code: str
    name: str
    areas: tuple[str, ...]
    fields: tuple[str, ...]
    leader: Colleague
    officers: tuple[Colleague, ...]
    auxiliary: Colleague

    @property
    def answering(self) -> tuple[Colleague, ...]:
        """Those who may answer for it, its leader first."""
        return (self.leader, *self.officers)

    @property
    def everybody(self) -> tuple[Colleague, ...]:
        """All of its people."""
        return (*self.answering, self.auxiliary)


def _team(code: str, name: str, areas: tuple[str, ...], fields: tuple[str, ...], *people: tuple[str, str]) -> Team:
    """The first is its leader, the last its auxiliary."""
    leader, *officers, auxiliary = people
    return Team(
        code,
        name,
        areas,
        fields,
        Colleague(*leader, Role.SQUAD_LEADER, code),
        tuple(Colleague(*one, Role.OFFICER, code) for one in officers),
        Colleague(*auxiliary, Role.AUXILIARY, code),
    )


PLANNING = "GH"
PLANNING_FIELD = "规划建设"
CREWS = {
    "CZ": (
        ("linxiaofeng", "林晓峰"),
        ("sumin", "苏敏"),
        ("yaohong", "姚宏"),
        ("hejia", "何佳"),
        ("qianlei", "钱磊"),
        ("madong", "马冬"),
    ),
    "CD": (("zhaohai", "赵海"), ("sunyi", "孙毅"), ("wupei", "吴佩"), ("chenggang", "程刚"), ("luoping", "罗平")),
    "HX": (("shenguoqiang", "沈国强"), ("caomin", "曹敏"), ("yufeng", "俞峰"), ("tangli", "唐丽"), ("panwei", "潘伟")),
    "BJ": (("guxiaomei", "顾小梅"), ("jinbo", "金波"), ("xiajun", "夏军"), ("daiyan", "戴燕"), ("shijie", "施杰")),
    "NW": (
        ("lujianming", "陆建明"),
        ("gaoyuan", "高原"),
        ("weiqiang", "魏强"),
        ("xueqin", "薛琴"),
        ("heliang", "贺亮"),
    ),
}
TEAMS = (
    *(_team(area.code, f"{area.name}中队", (area.code,), (), *CREWS[area.code]) for area in AREAS),
    _team(
        PLANNING,
        "规划建设中队",
        tuple(area.code for area in AREAS),
        (PLANNING_FIELD,),
        ("fangming", "方明"),
        ("jiangtao", "江涛"),
        ("yelin", "叶琳"),
        ("dongchao", "董超"),
        ("laoliang", "梁亮"),
    ),
)
LEADERS = tuple(team.leader for team in TEAMS)
LATE = "shenguoqiang"
"""He is a good man, and always late."""

DESK = Colleague("chenjing", "陈静", Role.DISPATCHER)
WALL = Colleague("daping", "大屏", Role.WALL)
CHECKER = Colleague("wuyue", "吴越", Role.CHECKER)
SUPERVISOR = Colleague("zhengyan", "郑严", Role.SUPERVISOR)
MAYOR = Colleague("zhouzheng", "周正", Role.APPROVER)
"""镇长: approves what the town decides."""
LEGAL = Colleague("xufei", "许斐", Role.LEGAL_REVIEWER)
CHAIR = Colleague("fangning", "方宁", Role.LEGAL_REVIEWER)
"""听证主持人."""
ADMIN = Colleague("guanliyuan", "何平", Role.SYSTEM_ADMIN)
TOWN_HALL = (DESK, WALL, CHECKER, SUPERVISOR, MAYOR, LEGAL, CHAIR, ADMIN)
LAWYERS = (LEGAL, CHAIR)

UNITS = (
    Colleague("ranqi", "燃气公司 丁工", Role.PARTNER, partner="gas"),
    Colleague("huanwei", "环卫 老杨", Role.PARTNER, partner="sanitation"),
    Colleague("yanghu", "道路养护 卢工", Role.PARTNER, partner="road"),
)

GRID_WORKERS = tuple(
    Colleague(login, name, Role.GRID_WORKER)
    for login, name in (
        ("xiaolin", "小林"),
        ("amei", "阿梅"),
        ("laoxu", "老徐"),
        ("xiaotian", "小田"),
        ("fengjie", "凤姐"),
        ("dazhuang", "大壮"),
        ("xiaoqiu", "小秋"),
        ("laofan", "老范"),
        ("ahui", "阿惠"),
        ("xiaoyu", "小于"),
    )
)
GRIDS_EACH = 4

EVERYBODY = (*TOWN_HALL, *(one for team in TEAMS for one in team.everybody), *GRID_WORKERS, *UNITS)
SUMIN = TEAMS[0].officers[0]
SHOWN = (DESK, WALL, CHECKER, SUPERVISOR, *LEADERS, SUMIN, GRID_WORKERS[0], *UNITS[:2], MAYOR, LEGAL, CHAIR, ADMIN)
"""One of each kind, so that a visitor need not choose among sixty."""
LOGINS = tuple(DemoLogin(one.login, PASSWORD, one.name, one.role) for one in SHOWN)

GROUPS = (
    ("指挥中心", (DESK, WALL, CHECKER, SUPERVISOR)),
    ("中队", (*LEADERS, SUMIN)),
    ("网格与单位", (GRID_WORKERS[0], *UNITS[:2])),
    ("办案审批", (MAYOR, LEGAL, CHAIR)),
    ("管理", (ADMIN,)),
)


def team_of(code: str) -> Team:
    """The squad with this code."""
    return next(team for team in TEAMS if team.code == code)


def tablets(team: Team) -> tuple[str, ...]:
    """The codes of a squad's tablets."""
    return tuple(f"{team.code.lower()}-{number}" for number in (1, 2)[: 1 if team.code == PLANNING else 2])


def introduced() -> Iterator[str]:
    """Who can sign in, group by group, a line each."""
    for group, people in GROUPS:
        yield f"    {group}"
        for one in people:
            yield f"      {one.login:<14}{one.name}（{ROLE_NAMES[one.role]}）"
