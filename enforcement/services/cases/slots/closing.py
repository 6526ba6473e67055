"""What papers at the end of a case (结案、归档) need besides the common slots: how it ended, and what was done of it."""

from collections.abc import Iterator
from typing import Any

from enforcement import labels
from enforcement.documents.slots import printed
from enforcement.rules import money
from enforcement.rules.cases import owing
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, Contest, Measure
from enforcement.rules.cases.fields import FIELDS, MANNERS, PENALTY_KINDS
from enforcement.rules.cases.sums import paid_fen
from enforcement.services.cases.slots.decided import decided, result, worded
from enforcement.services.cases.slots.proposal import corrected, filed, newest
from enforcement.services.cases.slots.sources import approval, day_of, opinions, sentence
from enforcement.services.cases.slots.told import Builder, Told

A = Action
PAYMENTS = FIELDS["pay_manner"].choices or {}
MEASURES = {"hold": "先行登记保存", "seizure": "查封、扣押"}
LEFT = {"returned": "已退还", "testing": "已送检验、鉴定", "seized": "已转为查封、扣押", "confiscate": "已依法没收"}
NOTHING_HELD = "没有先行登记保存或者查封、扣押的物品。"
NOT_ORDERED = "本案没有作出责令改正决定。"
NOT_CONTESTED = "截至本文书作出之日，没有收到行政复议、行政诉讼的通知。"


def closing_request(told: Told) -> dict[str, Any]:
    """结案报告: everything that was decided and done."""
    return _ended(told) | {"summary": sentence(told.act.given["summary"])}


def closing_approval(told: Told) -> dict[str, Any]:
    """What was asked for, and what is approved."""
    asked = newest(told, A.ASK_CLOSING)
    wish = opinions(told, asked, f"{sentence(asked.given['summary'])}建议结案。") if asked else None
    return _ended(told) | {"handler_opinion": wish, "approver_opinion": approval(told)}


def file_cover(told: Told) -> dict[str, Any]:
    """卷宗封面: what the file is about, and when it was closed and archived."""
    closed, archived = newest(told, A.CLOSE), newest(told, A.ARCHIVE)
    ended = labels.OUTCOMES.get(told.row.outcome or "", labels.STATES[told.case.state])
    return _facts(told) | {
        "file_lane": labels.LANES[told.case.lane],
        "result": result(told) or [{"text": ended}],
        "closed_on": day_of(told, closed) if closed else None,
        "archived_on": day_of(told, archived) if archived else None,
        "archive_number": archived.given["archive_number"] if archived else None,
    }


def _facts(told: Told) -> dict[str, Any]:
    return decided(told) | filed(told)


def _ended(told: Told) -> dict[str, Any]:
    return _facts(told) | {
        "result": result(told),
        "service_told": _service(told),
        "performance": [{"text": line} for line in _performance(told)],
        "receipts": [_receipt(one) for one in told.case.payments] or None,
        "correction_told": corrected(told) or NOT_ORDERED,
        "goods_told": "".join(map(_measure, told.case.measures)) + _disposed(told) or NOTHING_HELD,
        "contest_told": "".join(_contest(told.case, one) for one in told.case.contests) or NOT_CONTESTED,
    }


def _service(told: Told) -> str:
    made = told.case.decision
    handed = made.served if made else None
    if made is None or handed is None:
        return "决定书没有送达。"
    how = "当场交付" if made.on_spot else MANNERS[handed.manner]
    return (
        f"决定书已于{printed(handed.day)}{how}当事人。" if made.on_spot else f"决定书已于{printed(handed.day)}{how}。"
    )


def _performance(told: Told) -> Iterator[str]:
    """履行情况: sums, other penalties, and what the court said."""
    case = told.case
    if case.decision and case.decision.revoked:
        yield "原决定已经撤销，不再履行。" + (f"已缴纳{worded(paid_fen(case))}。" if paid_fen(case) else "")
        return
    yield from _paid(told)
    if case.schedule:
        yield "罚款经批准延期（分期）缴纳。"
    if case.performed:
        yield f"已经履行：{'、'.join(PENALTY_KINDS[kind] for kind in dict.fromkeys(case.performed))}。"
    if case.ruling:
        yield f"法院裁定：{(FIELDS['ruling'].choices or {})[case.ruling]}。"
    if not _has_duties(told):
        yield "决定自送达时起生效，没有其他需要当事人履行的内容。"


def _has_duties(told: Told) -> bool:
    made = told.case.decision
    return bool(
        told.case.performed or told.case.ruling or (made and made.proposal.fine_fen + made.proposal.confiscate_fen)
    )


def _paid(told: Told) -> Iterator[str]:
    owed = owing.owing(told.case, told.world.today, told.world.calendar)
    if owed is None:
        return
    late = f"，加处罚款{worded(owed.late_fee)}" if owed.late_fee else ""
    rest = f"，尚欠{worded(owed.left)}" if owed.left else "，已经缴清"
    yield (
        f"应缴款项{worded(owed.principal)}{late}；已缴{worded(owed.paid)}{rest}。"
        if owed.paid
        else (f"应缴款项{worded(owed.principal)}{late}；没有缴纳。")
    )
    if told.case.cash_banked_fen:
        yield f"当场收缴的现金{money.yuan(told.case.cash_banked_fen)}已经交回机关并缴付银行。"


def _receipt(one: Any) -> dict[str, Any]:
    return {"day": one.day, "sum": money.yuan(one.fen), "manner": PAYMENTS[one.manner], "receipt": one.receipt}


def _measure(one: Measure) -> str:
    """What became of what was taken."""
    choices = FIELDS["release_ground"].choices or {}
    if one.ended is None:
        became = "期限届满，措施已经自行解除，尚未退还" if one.lapsed else "尚未处理"
    elif one.kind == "seizure" and one.ended in choices:
        became = f"已经解除（{choices[one.ended]}）"
    else:
        became = LEFT.get(one.ended, "已移送有关部门")
    return f"{MEASURES[one.kind]}的{len(one.items)}项物品{became}。"


def _disposed(told: Told) -> str:
    done: list[Act] = [one for one in told.acts if one.action is A.DISPOSE_GOODS]
    return "".join(f"没收的物品已于{printed(day_of(told, one))}处理完毕。" for one in done)


def _contest(case: Case, one: Contest) -> str:
    kinds, results = FIELDS["contest_kind"].choices or {}, FIELDS["contest_result"].choices or {}
    ended = f"{printed(one.ended)}{results[one.result]}" if one.result and one.ended else "尚未审结"
    about = "" if one in case.contests_now else "对已经撤销的原决定"
    return f"当事人于{printed(one.day)}{about}提起{kinds[one.kind]}，{ended}。"


BUILDERS: dict[str, Builder] = {
    "closing_request": closing_request,
    "closing_approval": closing_approval,
    "file_cover": file_cover,
}
