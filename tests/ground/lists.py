"""云溪镇's lists in force: a few kinds of matter and powers, one for each row of the routing table that needs them."""

import datetime as dt

import pytest

from enforcement.services import editions, events, powers
from tests.ground.cast import ACTOR, COUNTY, GAS, LAND, POLICE, SETTLED, WATER
from town import sheets
from town.database import Database

STALLS, NOISE, RUBBISH, BUILDING = "09006", "06028", "06011", "06001"
"""占道经营 and 乱堆 have a power, 乱堆 a 网格员 may settle; 噪声 is the police's; over 违法搭建 the power is not published."""
GAS_LEAK, GAS_BOX, MANHOLE = "99001", "01023", "01001"
"""漏气 is an emergency; a broken box is the gas company's, a manhole the waterworks'."""
POWER_OVER_STALLS, POWER_OVER_RUBBISH, POWER_UNPUBLISHED = "YX001", "YX002", "YX003"
IN_FORCE_FROM = dt.date(2026, 1, 1)

EVENTS = f"""代码,名称,大类,性质,领域,紧急,小事,责任单位,主管部门,市民选项,相近米数,相近天数
{STALLS},占道经营,街面秩序类,执法,市容环卫,,,,{COUNTY},占道经营,30,7
{NOISE},噪声扰民,宣传广告类,执法,治安,,,,{POLICE},噪声扰民,30,7
{RUBBISH},乱堆物料,市容环境类,执法,市容环卫,,是,,{COUNTY},乱堆物料,30,7
{GAS_LEAK},燃气泄漏,突发事件类,设施,燃气,是,,{GAS},,燃气泄漏,30,7
{GAS_BOX},燃气调压箱破损,市政公用设施类,设施,燃气,,,{GAS},,燃气设施,15,30
{MANHOLE},供水井盖异常,市政公用设施类,设施,水务,,,{WATER},,井盖异常,15,30
{BUILDING},违法搭建,规划建设类,执法,规划建设,,,,{LAND},违法搭建,30,7
"""
POWERS = f"""代码,名称,领域,法律依据,处罚,事项代码,行使方式,公布日期,生效日期,已核对
{POWER_OVER_STALLS},擅自占道经营,市容环卫,《某县市容条例》第十条,警告,{STALLS},自有,2026-01-01,2026-01-01,是
{POWER_OVER_RUBBISH},乱堆物料,市容环卫,《某县市容条例》第十二条,警告,{RUBBISH},自有,2026-01-01,2026-01-01,是
{POWER_UNPUBLISHED},违法搭建,规划建设,《某县规划条例》第三条,警告,{BUILDING},自有,,2026-01-01,是
"""


def put_in_force(database: Database) -> None:
    """Import both lists, have the powers confirmed, and put both in force since the year began."""
    with database.write() as session:
        read = sheets.read(EVENTS.encode(), "事项清单.csv")
        previewed = events.preview(session, read, IN_FORCE_FROM)
        matters = events.import_edition(session, previewed, "事项 2026", actor=ACTOR, now=SETTLED)
        editions.activate(session, matters, IN_FORCE_FROM, actor=ACTOR, now=SETTLED)
        read = sheets.read(POWERS.encode(), "权力清单.csv")
        conferred = powers.import_edition(
            session, powers.preview(session, read, IN_FORCE_FROM), "权力 2026", actor=ACTOR, now=SETTLED
        )
        editions.confirm(session, conferred, "许斐", actor=ACTOR, now=SETTLED)
        powers.activate(session, conferred, IN_FORCE_FROM, actor=ACTOR, now=SETTLED)


@pytest.fixture
def listed(database: Database) -> Database:
    """The staffed town with both lists in force since the year began."""
    return database
