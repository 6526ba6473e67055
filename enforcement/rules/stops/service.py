"""How papers reach the party (送达): signed for, left before a witness, posted, sent with consent, or announced in vain."""

import datetime as dt

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clock_starts import NOTICE_SERVICE_DAYS, last_day
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.stops.asking import Guard, blank, given_day, known, sure, taking, told
from enforcement.rules.stops.catalogue import Stop, stop
from town.terms import Term, Unit

A = Action


def not_signed_for(_case: Case, act: Act, _world: World) -> Stop | None:
    """直接送达 is signed for by the party or who may sign for him."""
    if act.given.get("manner") != "in_person" or act.given.get("signature") == "signed":
        return None
    return stop("not_signed_for", "直接送达要有人签收；拒绝签收的请改用留置送达，不在场的改用其他方式。")


def left_unwitnessed(_case: Case, act: Act, _world: World) -> Stop | None:
    """留置: witnesses, or left at the place and filmed (民诉法 89)."""
    if act.given.get("manner") != "left" or not (blank(act, "witness") and blank(act, "device")):
        return None
    return stop("left_unwitnessed", "留置送达要有见证人，或者用记录仪记录送达过程，请填写见证人或者记录仪编号。")


def no_tracking(_case: Case, act: Act, _world: World) -> Stop | None:
    """以回执上注明的收件日期为送达日期 (民诉法 91)."""
    if act.given.get("manner") != "post" or not blank(act, "tracking"):
        return None
    return stop("no_tracking", "邮寄送达要有邮件号码，收件日期以回执为准，请填写邮件号码。")


def no_consent(case: Case, act: Act, _world: World) -> Stop | None:
    """当事人同意并签订确认书 (61(2))."""
    if act.given.get("manner") != "electronic" or case.electronic:
        return None
    return stop("no_consent", "当事人没有签字同意电子送达，请先办理送达地址确认，或者改用其他方式。")


def other_channel(case: Case, act: Act, _world: World) -> Stop | None:
    """To the address that was confirmed."""
    if act.given.get("manner") != "electronic" or not case.electronic or act.given.get("channel") == case.electronic:
        return None
    return stop("other_channel", f"确认书上的电子送达地址是 {case.electronic}，请发到那里；要更换的，重新签确认书。")


def consent_unsigned(_case: Case, act: Act, _world: World) -> Stop | None:
    """Consent is signed, and says where to."""
    if act.given.get("electronic_consent") is not True:
        return None
    if act.given.get("signature") == "signed" and not blank(act, "channel"):
        return None
    return stop(
        "consent_unsigned", "同意电子送达要由当事人签字，并写明号码或者邮箱，请补全；没有签字的，不要勾选同意。"
    )


def not_announced(case: Case, act: Act, world: World) -> Stop | None:
    """公告送达 begins with the announcement (民诉法 95)."""
    if act.given.get("manner") != "by_notice" or _announced(case, act, world):
        return None
    return stop("not_announced", "还没有发布这份文书的送达公告，请先办理公告。")


def announced_too_short(case: Case, act: Act, world: World) -> Stop | None:
    """经过三十日，即视为送达: on the day after."""
    day, since = given_day(act), _announced(case, act, world) if act.given.get("manner") == "by_notice" else None
    if day is None or since is None:
        return None
    days = int(known(world, "local").get("notice_service_days") or NOTICE_SERVICE_DAYS)
    last = last_day(since, Term(max(days, NOTICE_SERVICE_DAYS), Unit.DAYS), world.calendar)
    if day > last:
        return None
    return stop("announced_too_short", f"公告期到 {last} 届满，次日才视为送达，请届时再登记。")


def paper_replaced(_case: Case, act: Act, world: World) -> Stop | None:
    """A notice, decision or urging letter that was made again is not served or announced in its old form."""
    if act.given.get("paper") is None or sure(world, "paper_kind") not in MADE_ANEW:
        return None
    if sure(world, "paper_newest") is True:
        return None
    return stop("paper_replaced", "这份文书已经重新制作，旧的不能再送达或者公告，请选最新的一份。")


MADE_ANEW = frozenset(
    {"penalty_notice", "hearing_notice", "hearing_call", "penalty_decision", "no_penalty_decision", "urging_letter"}
)
"""Of these only the newest counts; orders of correction stand beside each other."""


def served_before_made(case: Case, act: Act, world: World) -> Stop | None:
    """Nothing is received before it exists."""
    day = given_day(act)
    if day is None or day >= (made := _made(case, act, world)):
        return None
    return stop("served_before_made", f"文书是 {made} 制作的，送达不能更早，请核对日期。")


def _made(case: Case, act: Act, world: World) -> dt.date:
    if act.action is A.SERVE_NOTICE:
        return told(case.notice and case.notice.made, "notice")  # type: ignore[no-any-return]
    if act.action is A.SERVE_DECISION:
        return told(case.decision and case.decision.day, "paper_made")  # type: ignore[no-any-return]
    return dt.date.fromisoformat(str(sure(world, "paper_made")))


def _announced(case: Case, act: Act, world: World) -> dt.date | None:
    """When the service by notice of this document was published."""
    if act.action is A.SERVE_NOTICE:
        return case.announced.get("penalty_notice")
    if act.action is A.SERVE_DECISION:
        found = (case.announced.get(kind) for kind in ("penalty_decision", "no_penalty_decision"))
        return next((day for day in found if day), None)
    return case.announced.get(str(sure(world, "paper_kind")))


SERVING = taking("manner")
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (not_signed_for, SERVING),
    (left_unwitnessed, SERVING),
    (no_tracking, SERVING),
    (no_consent, SERVING),
    (other_channel, SERVING),
    (consent_unsigned, frozenset({A.CONFIRM_ADDRESS})),
    (not_announced, SERVING),
    (announced_too_short, SERVING),
    (served_before_made, SERVING | {A.ANNOUNCE}),
    (paper_replaced, frozenset({A.SERVE_PAPER, A.ANNOUNCE})),
)
