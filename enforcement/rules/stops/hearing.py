"""The hearing (听证; 行政处罚法 63 to 65): told where it is due, asked for in time, called in time, led by the one named."""

import datetime as dt

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.clock_starts import last_day
from enforcement.rules.cases.facts import Act, Case, World
from enforcement.rules.stops.asking import Guard, awaited, blank, given_day, given_moment, known, local_day, sure, told
from enforcement.rules.stops.catalogue import Stop, stop
from town.terms import Term, Unit

A = Action
CALLED_BEFORE = Term(7, Unit.WORKING_DAYS)


def hearing_not_told(case: Case, act: Act, world: World) -> Stop | None:
    """应当告知当事人有要求听证的权利 (63)."""
    if awaited(case, act) is None or case.notice is None or known(world, "hearing_due") is False:
        return None
    if case.notice.hearing:
        return None
    return stop("hearing_not_told", "本案达到听证标准，但是没有告知听证权利，请重新制作并送达听证告知。")


def no_right_to_hearing(case: Case, _act: Act, _world: World) -> Stop | None:
    """What is said without that right is a defence."""
    if case.notice is None or case.notice.hearing:
        return None
    return stop("no_right_to_hearing", "本案没有达到听证标准，请把当事人的意见登记为陈述、申辩。")


def hearing_asked_late(case: Case, act: Act, _world: World) -> Stop | None:
    """告知后五日内提出 (64(1))."""
    asked = given_day(act)
    if asked is None or case.notice is None or not case.notice.hearing:
        return None
    until = told(case.notice.hearing_until, "notice")
    if asked <= until:
        return None
    return stop("hearing_asked_late", f"要求听证的期限到 {until} 为止，已经超过，请把意见登记为陈述、申辩。")


def hearing_called_late(_case: Case, act: Act, world: World) -> Stop | None:
    """举行听证的七日前通知 (64(2)): at least seven working days between."""
    called, held = given_day(act), given_moment(act, "held_at")
    if called is None or held is None:
        return None
    earliest = last_day(called, CALLED_BEFORE, world.calendar)
    if local_day(held, world) >= earliest:
        return None
    return stop("hearing_called_late", f"听证要提前七个工作日通知，最早可以定在 {earliest}，请改期。")


def secret_hearing(_case: Case, act: Act, _world: World) -> Stop | None:
    """公开举行, but for secrets and privacy (64(3))."""
    if act.given.get("open_hearing", True) is True or not blank(act, "words"):
        return None
    return stop("secret_hearing", "听证应当公开；涉及国家秘密、商业秘密或者个人隐私不公开的，请写明理由。")


def hearing_not_called(case: Case, act: Act, _world: World) -> Stop | None:
    """No hearing without a call, and nobody stays away from one he was not called to."""
    if case.notice is None or case.notice.hearing_at or act.given.get("forfeit") == "withdrawn":
        return None
    return stop("hearing_not_called", "还没有通知听证的时间、地点，请先通知听证。")


def hearing_other_time(case: Case, act: Act, world: World) -> Stop | None:
    """On the day that was told, not before the hour."""
    begun, called = given_moment(act, "begun"), _called_for(case)
    if begun is None or called is None:
        return None
    if begun >= called and local_day(begun, world) == local_day(called, world):
        return None
    when = called.astimezone(world.calendar.zone)
    return stop("hearing_other_time", f"通知的听证时间是 {when:%Y-%m-%d %H:%M}，不能提前或者改在别的日子，请重新通知。")


def absent_before_time(case: Case, act: Act, world: World) -> Stop | None:
    """Nobody is absent before it begins."""
    called = _called_for(case)
    if called is None or act.given.get("forfeit") not in {"absent", "left"} or act.at >= called:
        return None
    when = called.astimezone(world.calendar.zone)
    return stop("hearing_other_time", f"听证定在 {when:%Y-%m-%d %H:%M}，还没有开始，不能认定放弃听证，请届时再办。")


def absent_uncalled(case: Case, act: Act, world: World) -> Stop | None:
    """Nobody stays away from a hearing whose call he did not get in time (64(2), 64(6))."""
    held = _called_for(case)
    if held is None or act.given.get("forfeit") != "absent":
        return None
    calls = [one.day for one in case.served if one.kind == "hearing_call" and one.sequence > _notice_approved(case)]
    if calls and last_day(calls[-1], CALLED_BEFORE, world.calendar) <= local_day(held, world):
        return None
    return stop("absent_uncalled", "听证通知书没有提前七个工作日送达，不能认定无正当理由不到场，请重新通知并送达。")


def _notice_approved(case: Case) -> int:
    return case.notice.approved if case.notice else 0


def chair_unknown(_case: Case, act: Act, world: World) -> Stop | None:
    """指定的主持人 is somebody (64(4))."""
    chair = act.given.get("chair")
    if chair is None or known(world, "officers").get(chair, {}).get("code") != "unknown":
        return None
    return stop("chair_unknown", f"没有账号「{chair}」，请指定本机关的听证主持人。")


def other_chair(case: Case, _act: Act, world: World) -> Stop | None:
    """指定的主持人 (64(4))."""
    if case.notice is None or case.notice.chair is None or case.notice.chair == sure(world, "actor"):
        return None
    return stop("other_chair", "听证由通知里指定的主持人主持，请由他办理；要换人的，重新通知听证。")


def hearing_not_over(case: Case, act: Act, _world: World) -> Stop | None:
    """当事人要求听证的，应当组织听证 (63)."""
    notice = case.notice
    if awaited(case, act) is None or notice is None or notice.hearing_asked is None or notice.hearing_over:
        return None
    return stop("hearing_not_over", "当事人要求了听证，听证还没有结束，请先举行或者依法终止听证。")


def hearing_term_open(case: Case, act: Act, world: World) -> Stop | None:
    """Five working days in which a hearing may be asked for, unless waived or over."""
    notice = case.notice
    if awaited(case, act) is None or notice is None or not (notice.hearing and notice.served):
        return None
    if notice.hearing_waived or notice.hearing_over or world.today > (until := told(notice.hearing_until, "notice")):
        return None
    return stop("hearing_term_open", f"当事人可以在 {until} 以前要求听证，请等期限届满，或者书面放弃听证以后再办。")


def _called_for(case: Case) -> dt.datetime | None:
    return case.notice.hearing_at if case.notice else None


TO_DECIDE = frozenset({A.SUBMIT_DECISION, A.DECIDE})
GUARDS: tuple[tuple[Guard, frozenset[Action]], ...] = (
    (hearing_not_told, TO_DECIDE),
    (no_right_to_hearing, frozenset({A.REQUEST_HEARING, A.WAIVE_HEARING})),
    (hearing_asked_late, frozenset({A.REQUEST_HEARING})),
    (hearing_called_late, frozenset({A.CALL_HEARING})),
    (secret_hearing, frozenset({A.CALL_HEARING})),
    (hearing_not_called, frozenset({A.HOLD_HEARING, A.FORFEIT_HEARING})),
    (hearing_other_time, frozenset({A.HOLD_HEARING})),
    (absent_before_time, frozenset({A.FORFEIT_HEARING})),
    (absent_uncalled, frozenset({A.FORFEIT_HEARING})),
    (chair_unknown, frozenset({A.CALL_HEARING})),
    (other_chair, frozenset({A.HOLD_HEARING})),
    (hearing_not_over, TO_DECIDE),
    (hearing_term_open, TO_DECIDE),
)
