"""Parties of the demo's cases (演示当事人): invented people and firms, whose numbers belong to nobody's county."""

import datetime as dt
import random
from dataclasses import dataclass

from enforcement.rules import identity_numbers
from enforcement.rules.parties import Identity, Paper, PartyKind

COUNTY = "320598"
SURNAMES = "周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = [
    "国英",
    "志强",
    "秀兰",
    "建国",
    "美华",
    "晓东",
    "丽萍",
    "永明",
    "海燕",
    "志远",
    "春梅",
    "学军",
    "桂芳",
    "立新",
    "雪琴",
    "伟民",
]
SHOPS = ["老街", "河埠头", "小桥边", "云川", "渔家", "阿福", "水乡", "巷口"]
VILLAGES = ["河东村", "河西村", "塘北村", "南湾村", "桥头社区", "人民路社区"]


@dataclass(frozen=True)
class Offender:
    """当事人: what kind, and what the papers say."""

    kind: PartyKind
    identity: Identity

    @property
    def speaks(self) -> str:
        """Who is asked and who signs: the party, or who stands for it."""
        return self.identity.head or self.identity.name


def person(name: str, birth: dt.date, order: int, address: str, phone: str) -> Offender:
    """Somebody with an identity card; ``order``: the three digits behind the date of birth, odd for men."""
    first = f"{COUNTY}{birth:%Y%m%d}{order:03}"
    number = first + identity_numbers.personal_check(first)
    return Offender(PartyKind.PERSON, Identity(name, Paper.ID_CARD, number, address=address, phone=phone))


def firm(name: str, body: str, head: str, address: str, phone: str) -> Offender:
    """A firm; ``body``: the eight signs of its organisation code."""
    first = f"91{COUNTY}{body}"
    first += identity_numbers.organisation_check(first)
    code = first + identity_numbers.credit_check(first)
    told = Identity(name, Paper.CREDIT_CODE, code, address=address, phone=phone, head=head, job="法定代表人、执行董事")
    return Offender(PartyKind.ORGANISATION, told)


def anybody(chance: random.Random) -> Offender:
    """A person nobody has met before."""
    birth = dt.date(1955, 1, 1) + dt.timedelta(days=chance.randrange(17_000))
    name = chance.choice(SURNAMES) + chance.choice(GIVEN)
    address = f"云溪镇{chance.choice(VILLAGES)} {chance.randrange(1, 90)} 号"
    return person(name, birth, chance.randrange(1, 999), address, f"1380002{chance.randrange(10_000):04}")


def any_restaurant(chance: random.Random) -> Offender:
    """A firm that cooks."""
    name = f"云川县{chance.choice(SHOPS)}{chance.choice(GIVEN)}餐饮有限公司"
    head = chance.choice(SURNAMES) + chance.choice(GIVEN)
    body = f"MA1{chance.randrange(100_000):05}"
    return firm(
        name, body, head, f"云溪镇人民路 {chance.randrange(1, 200)} 号", f"0512-555{chance.randrange(100_000):05}"
    )


ZHOU = person("周国英", dt.date(1956, 4, 12), 226, "云溪镇河东村 12 号", "13800020001")
QIAN = person("钱建国", dt.date(1961, 9, 3), 511, "云溪镇人民路 33 号 2 幢 401 室", "13800020002")
MENG = person("孟晓东", dt.date(1988, 2, 20), 137, "云溪镇桥头社区 8 幢 102 室", "13800020003")
RUAN = person("阮秀兰", dt.date(1972, 11, 30), 348, "云溪镇塘北村 5 号", "13800020004")
JI = person("季学军", dt.date(1969, 6, 18), 773, "云溪镇南湾村 41 号", "13800020005")
TAO = person("陶海燕", dt.date(1993, 7, 7), 664, "云溪镇人民路社区 3 幢 1204 室", "13800020006")
SHI = person("施永明", dt.date(1978, 1, 25), 199, "云溪镇河西村 27 号", "13800020007")
WEI = person("卫立新", dt.date(1984, 12, 9), 815, "云溪镇塘北村 66 号", "13800020008")
LV = person("吕春梅", dt.date(1966, 3, 14), 422, "云溪镇河东村 70 号", "13800020009")
ZHEKUN = firm("云川县喆堃餐饮管理有限公司", "MA1K7Y8E", "陈喆", "云溪镇人民路 88 号", "0512-55550088")
SEA = firm("云川县望海楼酒店有限公司", "MA1P20HW", "韩伟民", "云溪镇滨河路 6 号", "0512-55550066")
BUILDERS = firm(
    "江南云川恒泰远大市政园林建筑安装工程集团股份有限公司云溪镇滨河片区项目分公司",
    "MA1T5R3X",
    "蒋志远",
    "云溪镇滨河路 199 号滨河片区项目部",
    "0512-55550199",
)
CARRIERS = firm("云川县畅顺渣土运输有限公司", "MA1C4T9M", "冯海", "云溪镇工业路 15 号", "0512-55550015")
GAS = firm("云川县顺心燃气具经营部（有限合伙）", "MA1G6Q2D", "秦顺", "云溪镇塘北村 101 号", "0512-55550101")
