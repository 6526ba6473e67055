"""What is said and done in the demo town (演示剧本): the citizens' reports, and how the crew answers each state."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from service.demo_people import CHECKER, DESK, LEADERS

Order = Mapping[str, Any]
"""工单, as the public API shows it."""
Facts = dict[str, Any]
"""An action and what must come with it."""

REWORK_ONE_IN = 6
FIRST_ROUND = 5
"""The version an order has when it is handled for the first time; a later one has been sent back already."""

REPORTS = (
    ("09006", "早点摊占了半边人行道，推婴儿车只能走机动车道。"),
    ("06011", "小区后门堆了一车装修垃圾，三天没人清。"),
    ("06027", "楼下烧烤店没装净化器，晚上油烟直往窗里灌。"),
    ("06028", "工地夜里十一点还在打桩。"),
    ("06001", "河边有人搭彩钢棚，已经接了电。"),
    ("09006", "水果店把货架摆到了盲道上。"),
    ("other", "路口的雨水篦子翘起来了，骑车容易摔。"),
    ("06011", "圩堤边有人倒建筑渣土。"),
    ("06028", "广场音响太大，孩子没法写作业。"),
    ("09006", "菜场门口流动摊贩占着消防通道。"),
    ("06027", "汽修店露天喷漆，气味很重。"),
    ("06001", "楼顶有人加盖了一间房。"),
)

HANDLED = (
    ("fixed", "现场责令改正，当事人已当场清理，前后照片已留存。"),
    ("fixed", "当事人限时整改，复看时已恢复原状。"),
    ("partly_fixed", "大部分已清走，剩余部分约定明早清运。"),
    ("not_found", "到场查看两次，没有发现所述情况，已告知周边商户。"),
)
ANSWERS = {
    "fixed": "您反映的问题已经整改，我们会在一周内再去看一次。谢谢您。",
    "partly_fixed": "您反映的问题已大部分整改，余下部分明早完成，请您监督。",
    "not_found": "我们到现场查看了两次，没有发现您说的情况。若再发生，请拍照再报。",
}
ELSEWHERE = "这个地点不在本镇范围内，请向当地主管部门反映；我们已记录。"
SENT_BACK = "复看时现场仍有残留，请再处理一次。"


@dataclass(frozen=True)
class Play:
    """What one state of an order asks of whom: after how many seconds, at least and at most, and what is done."""

    players: frozenset[str]
    seconds: tuple[float, float]
    act: Callable[[Order, random.Random], Facts]


def _place(order: Order, _chance: random.Random) -> Facts:
    """指挥中心: the squad of the covering area, or a word to the reporter that it is not the town's."""
    if order["area"] is None:
        return {"action": "reject", "outcome": "not_ours", "words": ELSEWHERE}
    return {"action": "dispatch", "squad": order["area"]["code"], "words": "已电话核实地点，由本片区中队处理。"}


def _accept(_order: Order, _chance: random.Random) -> Facts:
    return {"action": "accept"}


def _arrive(_order: Order, _chance: random.Random) -> Facts:
    return {"action": "arrive"}


def _handle(_order: Order, chance: random.Random) -> Facts:
    outcome, words = chance.choice(HANDLED)
    return {"action": "handle", "outcome": outcome, "words": words}


def _check(order: Order, chance: random.Random) -> Facts:
    if order["version"] < FIRST_ROUND and chance.randrange(REWORK_ONE_IN) == 0:
        return {"action": "rework", "words": SENT_BACK}
    return {"action": "check"}


def _close(order: Order, _chance: random.Random) -> Facts:
    return {"action": "close", "words": ANSWERS[order["outcome"]]}


DESK_ONLY, CHECKER_ONLY = frozenset({DESK.login}), frozenset({CHECKER.login})
SQUADS = frozenset(leader.login for leader in LEADERS)

PLAYS: Mapping[str, Play] = {
    "received": Play(DESK_ONLY, (6, 15), _place),
    "dispatched": Play(SQUADS, (3, 10), _accept),
    "accepted": Play(SQUADS, (6, 25), _arrive),
    "on_site": Play(SQUADS, (10, 50), _handle),
    "handled": Play(CHECKER_ONLY, (8, 40), _check),
    "checked": Play(CHECKER_ONLY, (4, 15), _close),
}
