"""The checks of the nightly proof (核对项), each a small module with its own sentence."""

from oversight.services.proof.checks import (
    alarms,
    cases,
    escalation,
    files,
    joint,
    journal,
    orders,
    positions,
    reports,
    supervisions,
    watching,
)
from oversight.services.proof.checks.looking import Check, Facts, Found, Ground, Seen

__all__ = ["BROKEN", "BY_CODE", "CHECKS", "Check", "Facts", "Found", "Ground", "Seen"]


def _broke(facts: Facts) -> str:
    return f"这一项没有核对完，出错：{facts['error']}。"


BROKEN = Check(
    "proof_check", "核对都做完了", lambda ground: Seen(0, []), _broke, "请看 wangge worker 的日志，并报告开发方。"
)
"""What is found when a check breaks: what nobody could look at is not proved."""
CHECKS: tuple[Check, ...] = (
    *orders.CHECKS,
    *cases.CHECKS,
    *joint.CHECKS,
    *supervisions.CHECKS,
    *escalation.CHECKS,
    *reports.CHECKS,
    *alarms.CHECKS,
    *watching.CHECKS,
    *positions.CHECKS,
    *files.CHECKS,
    *journal.CHECKS,
)
BY_CODE = {check.code: check for check in (*CHECKS, BROKEN)}
