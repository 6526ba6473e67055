"""What became of reconsideration and suits (复议、诉讼的结果), and what is left of a decision that was changed there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from enforcement.rules.cases.facts import Act, Case, Contest, Decision, Proposal


def ruled_on(case: Case, act: Act) -> Contest | None:
    """The newest open one of its kind that a result is about; said to be about an earlier decision, one about that."""
    kind, earlier = act.given.get("contest_kind"), act.given.get("earlier_decision")
    newest = case.decision.sequence if case.decision else None
    waiting = [one for one in reversed(case.contests) if one.kind == kind and one.result is None]
    fitting = [one for one in waiting if earlier is None or (one.decision != newest) is earlier]
    return next(iter(fitting), None)


def changed(case: Case, made: Decision, act: Act) -> Case:
    """变更: the sums are what the organ of reconsideration or the court set (行政复议法 63; 行政诉讼法 77)."""
    wish = made.proposal
    left = _left(wish, act.given)
    whole = sum(int(part["fen"]) for part in case.schedule) - (wish.fine_fen - left.fine_fen)
    return replace(case, decision=replace(made, proposal=left), schedule=_cut(case.schedule, whole))


def _left(wish: Proposal, given: Mapping[str, Any]) -> Proposal:
    fine = int(given.get("fine_fen", wish.fine_fen))
    income = int(given.get("confiscate_fen", wish.confiscate_fen))
    gone = {kind for kind, fen in (("fine", fine), ("confiscate_income", income)) if fen == 0}
    kinds = tuple(kind for kind in wish.kinds if kind not in gone)
    return replace(wish, fine_fen=fine, confiscate_fen=income, kinds=kinds)


def _cut(parts: Sequence[Mapping[str, Any]], whole: int) -> tuple[Mapping[str, Any], ...]:
    """Instalments of a smaller sum: what falls due last is taken off first."""
    kept: list[Mapping[str, Any]] = []
    for part in parts:
        fen = min(int(part["fen"]), whole)
        if fen > 0:
            kept.append({**part, "fen": fen})
            whole -= fen
    return tuple(kept)
