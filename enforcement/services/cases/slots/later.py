"""What the forms after the decision (送达、履行、救济、移送、结案) need besides the common slots."""

from typing import Any

from enforcement.rules.cases.sums import paid_fen
from enforcement.services.cases.slots import closing, performing, service
from enforcement.services.cases.slots.decided import decided, worded
from enforcement.services.cases.slots.proposal import filed
from enforcement.services.cases.slots.sources import actor, sentence
from enforcement.services.cases.slots.told import Builder, Told

WITHDRAWN = "同意撤销立案。"
TRANSFERS = {
    "crime": ("该违法行为涉嫌犯罪，应当依法追究刑事责任。", "《中华人民共和国行政处罚法》第二十七条第一款"),
    "place": ("该违法行为不发生在本机关管辖的地域。", "《中华人民共和国行政处罚法》第二十二条"),
    "no_power": ("该违法行为的查处不属于本机关的法定职权。", "《中华人民共和国行政处罚法》第十七条"),
    "handed_back": ("该项行政处罚权已不再由本机关行使。", "《中华人民共和国行政处罚法》第二十四条"),
    "detention": ("该违法行为应当由公安机关处理。", "《中华人民共和国行政处罚法》第十八条第三款"),
}


def revocation_decision(told: Told) -> dict[str, Any]:
    """Which decision is revoked and why; what was paid is given back (行政处罚法 75(2))."""
    paid = paid_fen(told.case)
    return decided(told) | {
        "words": sentence(told.act.given["words"]),
        "paid": worded(paid) if paid else None,
    }


def credit_repair_notice(told: Told) -> dict[str, Any]:
    """Which decision it is about, and whether it is public."""
    said = told.act.given.get("words")
    return decided(told) | {"words": sentence(said) if said else None}


def transfer_letter(told: Told) -> dict[str, Any]:
    """Why the case goes elsewhere, and under which article."""
    reason, article = TRANSFERS[told.act.given["transfer_ground"]]
    given = told.act.given
    return {
        "transfer_reason": reason,
        "transfer_article": article,
        "words": sentence(given["words"]),
        "materials": str(given["materials"]).rstrip("。； "),
    }


def withdrawal_approval(told: Told) -> dict[str, Any]:
    """When it was filed, why the filing is withdrawn, and what is still held."""
    held = sum(len(one.items) for one in told.case.measures if one.ended is None)
    return filed(told) | {
        "held": f"尚有{held}项没有处理，应当依法退还或者解除" if held else "没有需要处理的物品",
        "approver_opinion": {"text": WITHDRAWN, "name": actor(told), "day": told.world.today},
    }


BUILDERS: dict[str, Builder] = {
    **service.BUILDERS,
    **performing.BUILDERS,
    **closing.BUILDERS,
    "revocation_decision": revocation_decision,
    "credit_repair_notice": credit_repair_notice,
    "transfer_letter": transfer_letter,
    "withdrawal_approval": withdrawal_approval,
}
