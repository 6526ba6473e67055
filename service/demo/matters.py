"""What happens in the demo town (演示事由): matters as people describe them, and what those who handle them write."""

import random
from dataclasses import dataclass

STREET = "09006"
"""占道经营, the most frequent of all."""
FENCE = "围挡"
"""A word for a matter that nobody wants to be his: of a building site, but on the pavement."""
UNNAMED = "other"


@dataclass(frozen=True)
class Matter:
    """事由: its kind, how often it occurs beside others, and words for it."""

    category: str
    weight: int
    words: tuple[str, ...]


MATTERS = (
    Matter(
        STREET,
        22,
        (
            "早点摊占了半边人行道，推婴儿车只能走机动车道。",
            "水果店把货架摆到了盲道上。",
            "菜场门口流动摊贩占着消防通道。",
            "烧烤店在门外摆了六张桌子，晚上过不去。",
            "汽修店在路边修车，油污流了一地。",
        ),
    ),
    Matter(
        "06011",
        12,
        ("小区后门堆了一车装修垃圾，三天没人清。", "圩堤边有人倒建筑渣土。", "拆下来的旧门窗堆在绿化带边上。"),
    ),
    Matter("06027", 8, ("楼下烧烤店没装净化器，晚上油烟直往窗里灌。", "面馆的油烟管正对着我家阳台。")),
    Matter("06028", 10, ("工地夜里十一点还在打桩。", "广场音响太大，孩子没法写作业。", "楼下店铺从早到晚放喇叭叫卖。")),
    Matter("06001", 6, ("河边有人搭彩钢棚，已经接了电。", "楼顶有人加盖了一间房。", "一楼把院子封起来当仓库了。")),
    Matter("09009", 9, ("消防通道停了三辆车。", "路口弯道边天天有车乱停，看不见来车。")),
    Matter("07001", 9, ("电线杆上贴满了小广告。", "楼道里又被刷了开锁广告。")),
    Matter("09010", 6, ("共享单车堵住了公交站台。", "电动车停满了盲道。")),
    Matter("06036", 6, ("楼道口堆了旧沙发和纸箱。", "店家把空筐子堆在墙根，招老鼠。")),
    Matter("06007", 4, ("沿街晾了一排床单，挡住了路牌。",)),
    Matter("06042", 7, ("菜场边的垃圾箱满得盖不上了。", "垃圾房三天没清，味道很大。")),
    Matter("06013", 5, ("路面破了个坑，夜里骑车容易摔。", "人行道地砖翘起来了，下雨溅一身水。")),
    Matter("01011", 2, ("燃气井盖松了，车一压就响。",)),
    Matter("99001", 3, ("有人遛大狗不牵绳，小孩吓得不敢走。",)),
    Matter(
        UNNAMED,
        8,
        (
            "路口的凸面镜歪了。",
            "有人在河埠头洗拖把，水很脏。",
            "废品站门口乱糟糟的，请来看看。",
            "桥边的树枝快碰到电线了。",
        ),
    ),
)
EMERGENCY = Matter("99101", 0, ("楼道里有很浓的煤气味！",))
SITE_FENCE = Matter(STREET, 0, (f"售楼处门前的{FENCE}占了整条人行道，没看到告示。",))
DUMP = Matter("06011", 0, ("河边又倒了一大堆垃圾，味道传到桥上了。",))
"""The matter that comes by three ways."""

HANDLED = (
    ("fixed", "现场责令改正，当事人已当场清理，前后照片已留存。"),
    ("fixed", "当事人限时整改，复看时已恢复原状。"),
    ("fixed", "约谈经营者，今后入店经营，现场已清空。"),
    ("partly_fixed", "大部分已清走，剩余部分约定明早清运。"),
    ("persuaded", "初次发生，情节轻微，教育后当场改正。"),
    ("not_found", "到场查看两次，没有发现所述情况，已告知周边商户。"),
    ("no_violation", "经核对审批手续齐全，摊位在划定范围内，不构成违法。"),
)
REPAIRED = (
    ("fixed", "已派人到场处理完毕。"),
    ("fixed", "已更换并恢复使用。"),
    ("partly_fixed", "已临时围护，配件到货后更换。"),
)
SETTLED = (
    ("persuaded", "上门说明了规定，住户当场搬走了。"),
    ("fixed", "和店家一起清理干净了。"),
    ("not_found", "到现场看了，已经没有了。"),
)
ANSWERS = {
    "fixed": "您反映的问题已经整改，我们会在一周内再去看一次。谢谢您。",
    "partly_fixed": "您反映的问题已大部分整改，余下部分明早完成，请您监督。",
    "persuaded": "我们上门说明了规定，当事人已当场改正。谢谢您的提醒。",
    "not_found": "我们到现场查看了两次，没有发现您说的情况。若再发生，请拍照再报。",
    "no_violation": "经现场核对，当事人手续齐全，不构成违法；您的意见已转告经营者。",
    "penalised": "我们已立案查处，当事人已受到处罚。谢谢您的监督。",
    "no_penalty": "我们已立案调查，当事人初次违法、后果轻微并已改正，依法不予处罚，已当面教育。",
    "not_proven": "我们已立案调查，现有证据不能证明违法事实，案件已终结。若有新的线索，请再报。",
    "transferred": "此事由其他部门主管，已移送并由对方接收，进展请向该部门查询。",
    "not_ours": "这个地点不在本镇范围内，请向当地主管部门反映；我们已记录。",
    "duplicate": "此事已有工单在办，办结后一并答复您。",
}
OF_A_CASE = frozenset({"penalised", "no_penalty", "not_proven", "transferred"})
"""What came of a case is not sent back to be done again."""
SENT_BACK = ("复看时现场仍有残留，请再处理一次。", "照片看不出整改后的样子，请到现场补拍。")
NOT_MINE = "围挡是在建工地的，归规划建设，不是占道经营。"
NOT_MINE_EITHER = "围挡没有违反规划许可，占的是人行道，应由片区中队按占道处理。"
ARBITRATED = "以占用人行道为准，由片区中队主办，规划建设中队到场配合。"
NOT_OUR_STREET = "到场核对，这个门牌在邻片区。"


def pick(chance: random.Random) -> Matter:
    """One of them, by its weight."""
    return chance.choices(MATTERS, [matter.weight for matter in MATTERS])[0]
