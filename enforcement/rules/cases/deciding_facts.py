"""What acts from the conclusion to the decision add to a case (调查终结、告知、听证、审核、决定)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, Decision, Notice, Proposal, Served
from enforcement.rules.cases.inquiry_facts import left_fast
from enforcement.rules.cases.reading import day, flag, line, moment, proposal, served, submitted, told_day

Adds = Callable[[Case, Act], Case]


def _conclude(case: Case, act: Act) -> Case:
    return replace(case, conclusion=proposal(act))


def _approve_notice(case: Case, act: Act) -> Case:
    if case.conclusion is None:
        raise ValueError("a notice tells what was concluded")
    hearing = bool(act.known.get("hearing_due"))
    made = told_day(act, "today") or act.at.date()
    told = Notice(case.conclusion, act.sequence, hearing, made=made)
    if case.notice:
        told = replace(told, heard=case.notice.heard, defended=case.notice.defended)
    filed = act.at if act.action is Action.APPROVE_FAST else case.filed_at
    return replace(case, notice=told, notices=case.notices + 1, filed_at=filed, announced=_unannounced(case, *NOTICES))


def _unannounced(case: Case, *kinds: str) -> dict[str, dt.date]:
    """What was announced of an older paper is not said of the new one."""
    return {kind: day for kind, day in case.announced.items() if kind not in kinds}


def _about(case: Case, **changes: object) -> Case:
    """The notice with something more; a case without one stays as it is."""
    return replace(case, notice=replace(case.notice, **changes)) if case.notice else case  # type: ignore[arg-type]


def _serve_notice(case: Case, act: Act) -> Case:
    handed = served(act, "penalty_notice")
    told = {
        "served": handed,
        "defence_until": told_day(act, "defence_until"),
        "hearing_until": told_day(act, "hearing_until"),
    }
    return replace(_about(case, **told), served=(*case.served, handed))


def _defence(case: Case, act: Act) -> Case:
    if case.notice is None:
        return case
    return _about(case, defences=(*case.notice.defences, line(act, "accepted")), defended=act.sequence)


def _waive_defence(case: Case, act: Act) -> Case:
    return _about(case, defence_waived=True)


def _waive_hearing(case: Case, act: Act) -> Case:
    return _about(case, hearing_waived=True)


def _request_hearing(case: Case, act: Act) -> Case:
    """Who asks again after the first hearing came to nothing is called again."""
    fresh = {"hearing_called": None, "hearing_at": None, "chair": None, "hearing_over": None}
    return _about(case, hearing_asked=day(act, "day"), **fresh)


def _call_hearing(case: Case, act: Act) -> Case:
    return _about(case, hearing_called=day(act, "day"), hearing_at=moment(act, "held_at"), chair=line(act, "chair"))


def _hold_hearing(case: Case, act: Act) -> Case:
    return _about(case, hearing_over="held", heard=act.sequence)


def _forfeit_hearing(case: Case, act: Act) -> Case:
    return _about(case, hearing_over=line(act, "forfeit"), heard=act.sequence)


def _review(case: Case, act: Act) -> Case:
    reviewer = act.known.get("actor") or act.actor
    return replace(case, reviews=(*case.reviews, (act.sequence, flag(act, "passed"), reviewer)))


def _discuss(case: Case, act: Act) -> Case:
    return replace(case, discussions=(*case.discussions, (act.sequence, flag(act, "passed"))))


def _submit(case: Case, act: Act) -> Case:
    return replace(case, submitted=submitted(case, act))


def _decide(case: Case, act: Act) -> Case:
    if case.submitted is None:
        raise ValueError("a decision is made on what was submitted")
    number = next(iter(act.known.get("numbers", {}).values()), None)
    announced = _unannounced(case, "penalty_decision", "no_penalty_decision")
    return replace(case, decision=_decision(act, case.submitted, number), announced=announced)


def _on_spot(case: Case, act: Act) -> Case:
    """Decided and handed over at once (行政处罚法 52)."""
    number = next(iter(act.known.get("numbers", {}).values()), None)
    made = _decision(act, proposal(act), number)
    handed = Served("on_spot_decision", act.sequence, "in_person", made.day)
    return replace(
        case,
        decision=replace(made, on_spot=True, served=handed),
        served=(*case.served, handed),
        no_correction=act.given.get("no_correction_because") or case.no_correction,
    )


def _decision(act: Act, wish: Proposal, number: str | None) -> Decision:
    today = told_day(act, "today") or act.at.date()
    return Decision(wish, act.sequence, act.at, today, False, number)


NOTICES = ("penalty_notice", "hearing_notice")
A = Action
ADDS: dict[Action, Adds] = {
    A.CONCLUDE: _conclude,
    A.PROPOSE_FAST: _conclude,
    A.APPROVE_NOTICE: _approve_notice,
    A.APPROVE_FAST: _approve_notice,
    A.SERVE_NOTICE: _serve_notice,
    A.HEAR_DEFENCE: _defence,
    A.WAIVE_DEFENCE: _waive_defence,
    A.WAIVE_HEARING: _waive_hearing,
    A.REQUEST_HEARING: _request_hearing,
    A.CALL_HEARING: _call_hearing,
    A.HOLD_HEARING: _hold_hearing,
    A.FORFEIT_HEARING: _forfeit_hearing,
    A.RENOTIFY: left_fast,
    A.SEND_BACK: left_fast,
    A.REVIEW: _review,
    A.DISCUSS: _discuss,
    A.SUBMIT_DECISION: _submit,
    A.DECIDE: _decide,
    A.DECIDE_ON_SPOT: _on_spot,
}
