"""What acts before the conclusion add to a case (立案、调查取证)."""

from collections.abc import Callable
from dataclasses import replace

from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.facts import Act, Case, CorrectionOrder, EvidenceFact, Measure, PartyFact
from enforcement.rules.cases.reading import day, flag, line, lines
from enforcement.rules.cases.states import Lane

Adds = Callable[[Case, Act], Case]


def _party(case: Case, act: Act) -> Case:
    known = act.known["party"]
    return replace(case, party=PartyFact(known["id"], known["version"], known["kind"], known["age"]))


def _assign(case: Case, act: Act) -> Case:
    return replace(case, handlers=lines(act, "officers"))


def _file(case: Case, act: Act) -> Case:
    return replace(case, filed_at=act.at)


def left_fast(case: Case, _act: Act) -> Case:
    """Whoever inquires again does so in the ordinary lane (转为普通程序), and never goes back."""
    return replace(case, switched=case.switched or case.lane is Lane.FAST)


def _recorded(case: Case, act: Act) -> Case:
    return replace(case, recorders=(*case.recorders, act.sequence)) if act.given.get("device") else case


def _evidence(case: Case, act: Act) -> Case:
    one = EvidenceFact(
        number=len(case.evidence) + 1,
        kind=line(act, "evidence_kind"),
        title=line(act, "title"),
        origin=line(act, "origin"),
        taken_by=lines(act, "officers"),
        sequence=act.sequence,
        file=act.given.get("file"),
    )
    return replace(_recorded(case, act), evidence=(*case.evidence, one))


def _change(case: Case, number: int, **changes: object) -> Case:
    changed = (replace(one, **changes) if one.number == number else one for one in case.evidence)  # type: ignore[arg-type]
    return replace(case, evidence=tuple(changed))


def _review(case: Case, act: Act) -> Case:
    return _change(case, int(act.given["number"]), reviewed=flag(act, "passed") and flag(act, "marked"))


def _verify(case: Case, act: Act) -> Case:
    for number in act.given["evidence"]:
        case = _change(case, int(number), verified_by=lines(act, "officers"))
    return case


def _exclude(case: Case, act: Act) -> Case:
    return _change(case, int(act.given["number"]), excluded=line(act, "words"))


def _ask(kind: str) -> Adds:
    def add(case: Case, act: Act) -> Case:
        return replace(case, measures=(*case.measures, Measure(kind, tuple(act.given["items"]), act.sequence)))

    return add


def _measure(kind: str, act: Act, case: Case, **changes: object) -> Case:
    """Change the newest measure of this kind that has not ended."""
    measures = list(case.measures)
    for place in reversed(range(len(measures))):
        if measures[place].kind == kind and measures[place].ended is None:
            measures[place] = replace(measures[place], **changes)  # type: ignore[arg-type]
            break
    return replace(case, measures=tuple(measures))


def _approve(kind: str) -> Adds:
    return lambda case, act: _measure(kind, act, case, since=act.at)


def _lapse(kind: str) -> Adds:
    return lambda case, act: _measure(kind, act, case, lapsed=True)


def _settle(case: Case, act: Act) -> Case:
    return _measure("hold", act, case, ended=line(act, "settlement"))


def _return(case: Case, act: Act) -> Case:
    return _measure("hold", act, case, ended="returned")


def _lift(case: Case, act: Act) -> Case:
    return _measure("seizure", act, case, ended=line(act, "release_ground"))


def _extend(case: Case, act: Act) -> Case:
    return _measure("seizure", act, case, extended=True)


def _correction(case: Case, act: Act) -> Case:
    return replace(case, corrections=(*case.corrections, CorrectionOrder(act.sequence, day(act, "until"))))


def _no_correction(case: Case, act: Act) -> Case:
    return replace(case, no_correction=line(act, "no_correction_because"))


def _recheck(case: Case, act: Act) -> Case:
    if not case.corrections:
        return case
    *others, last = case.corrections
    return replace(case, corrections=(*others, replace(last, result=line(act, "corrected"))))


def _address(case: Case, act: Act) -> Case:
    """Who says no takes an earlier yes back; who says nothing leaves it as it was."""
    if act.given.get("electronic_consent") is None:
        return case
    agreed = flag(act, "electronic_consent") and act.given.get("signature") == "signed"
    return replace(case, electronic=act.given.get("channel") if agreed else None)


def _challenge(case: Case, act: Act) -> Case:
    return replace(case, challenges=(*case.challenges, line(act, "challenged")))


def _rule_challenge(case: Case, act: Act) -> Case:
    who = line(act, "challenged")
    open_ones = tuple(one for one in case.challenges if one != who)
    withdrawn = (*case.withdrawn_officers, who) if flag(act, "passed") else case.withdrawn_officers
    return replace(case, challenges=open_ones, withdrawn_officers=withdrawn)


A = Action
ADDS: dict[Action, Adds] = {
    A.NAME_PARTY: _party,
    A.ASSIGN: _assign,
    A.FILE: _file,
    A.SWITCH_TO_ORDINARY: left_fast,
    A.INSPECT: _recorded,
    A.QUESTION: _recorded,
    A.SAMPLE: _recorded,
    A.ADD_EVIDENCE: _evidence,
    A.REVIEW_EVIDENCE: _review,
    A.VERIFY_EVIDENCE: _verify,
    A.EXCLUDE_EVIDENCE: _exclude,
    A.ASK_HOLD: _ask("hold"),
    A.APPROVE_HOLD: _approve("hold"),
    A.SETTLE_HOLD: _settle,
    A.LAPSE_HOLD: _lapse("hold"),
    A.RETURN_GOODS: _return,
    A.ASK_SEIZURE: _ask("seizure"),
    A.APPROVE_SEIZURE: _approve("seizure"),
    A.EXTEND_SEIZURE: _extend,
    A.LIFT_SEIZURE: _lift,
    A.LAPSE_SEIZURE: _lapse("seizure"),
    A.ORDER_CORRECTION: _correction,
    A.NO_CORRECTION: _no_correction,
    A.RECHECK_CORRECTION: _recheck,
    A.CONFIRM_ADDRESS: _address,
    A.CHALLENGE: _challenge,
    A.RULE_CHALLENGE: _rule_challenge,
}
