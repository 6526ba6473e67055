"""What acts after the decision add to a case (送达、履行、救济、撤销、公开)."""

from collections.abc import Callable
from dataclasses import replace

from enforcement.rules.cases import contests
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, Contest, Payment
from enforcement.rules.cases.inquiry_facts import left_fast
from enforcement.rules.cases.reading import day, line, lines, served, told_day

Adds = Callable[[Case, Act], Case]


def _announce(case: Case, act: Act) -> Case:
    return replace(case, announced={**case.announced, act.known["paper_kind"]: day(act, "day")})


def _serve_decision(case: Case, act: Act) -> Case:
    if case.decision is None:
        raise ValueError("a decision that was not made cannot be served")
    handed = served(act, act.known.get("paper_kind", "penalty_decision"))
    return replace(case, decision=replace(case.decision, served=handed), served=(*case.served, handed))


def _serve_paper(case: Case, act: Act) -> Case:
    handed = served(act, act.known["paper_kind"])
    urging = handed.kind == "urging_letter" and act.known.get("paper_of", case.urging) == case.urging
    urged = handed if urging else case.urged
    return replace(case, served=(*case.served, handed), urged=urged)


def _pay(case: Case, act: Act) -> Case:
    paid = Payment(
        act.sequence,
        day(act, "day"),
        int(act.given["amount_fen"]),
        line(act, "pay_manner"),
        line(act, "receipt_number"),
    )
    return replace(case, payments=(*case.payments, paid))


def _hand_in(case: Case, act: Act) -> Case:
    return replace(case, cash_handed_fen=case.cash_handed_fen + int(act.given["amount_fen"]))


def _bank(case: Case, act: Act) -> Case:
    return replace(case, cash_banked_fen=case.cash_banked_fen + int(act.given["amount_fen"]))


def _delay(case: Case, act: Act) -> Case:
    return replace(case, schedule=tuple(act.given["parts"]))


def _perform(case: Case, act: Act) -> Case:
    return replace(case, performed=(*case.performed, *lines(act, "kinds")))


def _goods(case: Case, act: Act) -> Case:
    return replace(case, performed=(*case.performed, "confiscate_goods"))


def _urge(case: Case, act: Act) -> Case:
    return replace(case, urging=act.sequence, urged=None)


def _court(case: Case, act: Act) -> Case:
    return replace(case, court_asked=day(act, "day"))


def _ruled(case: Case, act: Act) -> Case:
    return replace(case, ruling=line(act, "ruling"))


def _contest(case: Case, act: Act) -> Case:
    if case.decision is None:
        raise ValueError("nothing was decided that could be contested")
    begun = Contest(line(act, "contest_kind"), case.decision.sequence, day(act, "day"))
    return replace(case, contests=(*case.contests, begun))


def _contest_ruled(case: Case, act: Act) -> Case:
    """What became of a contest; of the decision only where it is the one that was contested."""
    asked = contests.ruled_on(case, act)
    if asked is None or case.decision is None:
        return case
    result = line(act, "contest_result")
    over = replace(asked, result=result, ended=day(act, "day"), ruled=act.sequence)
    told = replace(case, contests=tuple(over if one is asked else one for one in case.contests))
    if asked.decision != case.decision.sequence:
        return told
    if result == "revoked":
        return replace(told, decision=replace(case.decision, revoked=case.decision.revoked or over.ended))
    return contests.changed(told, case.decision, act) if result == "changed" else told


def _revoke(case: Case, act: Act) -> Case:
    if case.decision is None:
        raise ValueError("nothing was decided that could be revoked")
    return replace(case, decision=replace(case.decision, revoked=told_day(act, "today") or act.at.date()))


def _redecide(case: Case, act: Act) -> Case:
    """Everything before the notice stays; notice and decision must be made anew, and so must all that came after."""
    return replace(
        left_fast(case, act),
        notice=None,
        conclusion=None,
        submitted=None,
        schedule=(),
        performed=(),
        urged=None,
        urging=None,
        court_asked=None,
        ruling=None,
    )


def _publish(case: Case, act: Act) -> Case:
    return replace(case, published=day(act, "day"), unpublished=None)


def _unpublish(case: Case, act: Act) -> Case:
    return replace(case, unpublished=day(act, "day"))


def _reason(case: Case, act: Act) -> Case:
    return replace(case, reasons={**case.reasons, line(act, "clock"): act.given.get("until")})


A = Action
ADDS: dict[Action, Adds] = {
    A.ANNOUNCE: _announce,
    A.SERVE_DECISION: _serve_decision,
    A.SERVE_PAPER: _serve_paper,
    A.PAY: _pay,
    A.HAND_IN_CASH: _hand_in,
    A.BANK_CASH: _bank,
    A.APPROVE_DELAY: _delay,
    A.PERFORM: _perform,
    A.DISPOSE_GOODS: _goods,
    A.URGE: _urge,
    A.APPLY_TO_COURT: _court,
    A.COURT_RULED: _ruled,
    A.CONTEST: _contest,
    A.CONTEST_RULED: _contest_ruled,
    A.REVOKE: _revoke,
    A.REDECIDE: _redecide,
    A.TAKE_BACK: left_fast,
    A.PUBLISH: _publish,
    A.UNPUBLISH: _unpublish,
    A.APPROVE_REASON: _reason,
}
