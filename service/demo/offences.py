"""What parties of the demo's cases did (演示案由), in the words of those who reported, saw, asked and answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LIGHT = {"prior_penalties": 0, "harm": "slight", "corrected": True, "obstructed": False, "refused": False}
"""Facts that lead to the lowest tier."""
MIDDLE = LIGHT | {"harm": "some", "corrected": False}
AT_ONCE = "当事人已当场改正，现场恢复原状，无需再责令改正。"


@dataclass(frozen=True)
class Offence:
    """案由: power and kind of matter, the words, and what is proposed. ``correction``: what is ordered, if anything is left to."""

    power: str
    category: str
    reported: str
    seen: str
    found: str
    asked: tuple[tuple[str, str], ...]
    fine_fen: int
    correction: str | None = None
    not_higher: str | None = None
    factors: Mapping[str, Any] = field(default_factory=lambda: LIGHT)

    @property
    def heavy(self) -> bool:
        """Whether the party is a firm that may ask for a hearing."""
        return self.fine_fen >= 2_000_000


SPITTING = Offence(
    "SR001",
    "06012",
    "菜场门口有人随地吐痰，说他还骂人。",
    "农贸市场东门台阶上有新鲜痰迹一处，当事人在场承认。",
    "当事人在农贸市场东门台阶随地吐痰，被巡查的执法人员当场发现。",
    (("台阶上的痰是您吐的吗？", "是我，没注意。"), ("您知道规定吗？", "知道，下次不会了，我已经擦掉了。")),
    2_500,
    not_higher="道路污损未清洗的规定针对道路管养单位，当事人不是管养单位。",
)
LITTER = Offence(
    "SR002",
    "06010",
    "有人在车窗里往外扔烟头、纸屑。",
    "停车场出口地面有烟蒂三枚、纸屑若干，当事人正从车窗向外丢弃。",
    "当事人在公共停车场出口从车窗丢弃烟蒂、纸屑。",
    (("这些烟蒂和纸屑是您丢的吗？", "是的，车里没有垃圾袋。"), ("现在请您清理干净。", "好，我已经捡起来了。")),
    2_500,
    not_higher="其余规定针对倾倒城市生活垃圾、处置建筑垃圾的行为，本案为零星丢弃烟蒂、纸屑。",
)
KITCHEN_WASTE = Offence(
    "SR003",
    "06030",
    "饭店后门有人把泔水倒进雨水口，一股味道。",
    "人行道雨水口旁有厨余垃圾约一桶，污水流入雨水口，当事人手持空桶在场。",
    "当事人在人行道雨水口旁倾倒厨余垃圾和污水约一桶。",
    (("这桶泔水是您倒的吗？", "是我倒的，图方便。"), ("现场清理了吗？", "清理了，水也冲过了。")),
    15_000,
    not_higher="当事人是个人，倾倒的是厨余垃圾，不属于排水户向排水管网排放污水。",
)
RUBBLE = Offence(
    "HW005",
    "06011",
    "河堤边上有人倒了一车装修垃圾。",
    "河堤内侧堆有砖块、旧门窗等装修垃圾约 1.5 立方米，无覆盖，旁停三轮车一辆。",
    "当事人将自家装修产生的砖块、旧门窗约 1.5 立方米倾倒在河堤内侧。",
    (("这些装修垃圾从哪里来？", "我家装修拆下来的。"), ("为什么倒在这里？", "找车运要花钱，就先倒在这里了。")),
    30_000,
    correction="两日内将倾倒的装修垃圾清运到指定地点，恢复河堤原状。",
    not_higher="当事人是个人，倾倒自家装修垃圾，不是产生、运输建筑垃圾的单位。",
    factors=LIGHT | {"household_waste": False},
)
DOG = Offence(
    "SR011",
    "06012",
    "有人遛狗不捡狗屎，正好在幼儿园门口。",
    "幼儿园门前人行道上有犬只粪便一处，当事人牵犬在场，未清除。",
    "当事人携犬在幼儿园门前人行道排便后未即时清除。",
    (("这是您的狗排的吗？", "是的，我以为没人看见。"), ("以前因此受过处罚吗？", "没有，我现在就清理。")),
    3_000,
    not_higher="其余规定针对道路管养单位和随地便溺的个人，本案为宠物排便。",
    factors=LIGHT | {"corrected_promptly": True, "conduct_minor": False},
)
LEASH = Offence(
    "YQ003",
    "99001",
    "有人遛大狗不牵绳，小孩吓得不敢走。",
    "当事人在公共绿道携犬未牵领，犬只离身约二十米，周边有儿童。",
    "当事人在公共绿道携犬外出未牵领。",
    (("这只狗是您的吗？为什么没有牵绳？", "是我的，它很听话，就没牵。"), ("现在请牵好。", "好的，马上牵上。")),
    5_000,
    not_higher="犬只已登记、已免疫，不属于烈性犬、大型犬。",
)
FUMES = Offence(
    "HJ001",
    "06027",
    "楼下饭店油烟直往窗里灌，净化器根本不开。",
    "后厨灶台四个，油烟净化设施电源断开，油烟经窗口直接排出，风口对面为居民楼。",
    "当事人经营期间未正常使用油烟净化设施，油烟未经净化直接排放，影响周边居民。",
    (("净化设施为什么没有开？", "电费高，人手也不够。"), ("停用多久了？", "两个多月了。")),
    3_000_000,
    correction="立即开启并正常使用油烟净化设施，七日内清洗、检修并保存记录。",
    not_higher="本案餐饮项目不在禁止新建产生油烟项目的区域，机动车维修的规定与本案无关。",
    factors=MIDDLE,
)
DUST = Offence(
    "GD001",
    "08004",
    "滨河路的工地尘土满天，没有喷淋也没有盖网。",
    "工地东侧裸露土方约 600 平方米未覆盖，喷淋未开启，出入口车辆未冲洗即上路。",
    "当事人施工工地未采取覆盖、喷淋、冲洗等有效防尘降尘措施。",
    (("裸露土方为什么没有覆盖？", "正在赶工期，防尘网没有到货。"), ("喷淋什么时候停的？", "上周坏了，没有修。")),
    1_500_000,
    correction="两日内对裸露土方全部覆盖，恢复喷淋，车辆冲洗干净后方可上路。",
)
SPILL = Offence(
    "GD004",
    "06014",
    "渣土车一路漏土，满街都是灰。",
    "工业路约 200 米路面有散落泥土，车辆苏 E·D3280 未密闭，车厢后板漏土。",
    "当事人运输工程渣土的车辆未密闭，沿工业路遗撒泥土约 200 米。",
    (("车厢为什么没有密闭？", "密闭装置坏了，急着出车。"), ("遗撒以后怎么处理的？", "公司派人扫干净了。")),
    500_000,
    not_higher="遗撒的是密闭不严散落的工程渣土，不是沿途丢弃建筑垃圾。",
)
BOTTLES = Offence(
    "RQ001",
    "99002",
    "村里有人私卖煤气罐，院子里摆了几十个。",
    "院内存放液化石油气钢瓶四十二只，其中重瓶二十七只，无燃气经营许可证。",
    "当事人未取得燃气经营许可证，在村内存放并销售瓶装液化石油气。",
    (("有燃气经营许可证吗？", "没有办过。"), ("卖了多久，卖给谁？", "一年多了，附近饭店和住户。")),
    5_000_000,
    correction="立即停止销售，将钢瓶交有资质的单位处置。",
    factors=MIDDLE,
)
