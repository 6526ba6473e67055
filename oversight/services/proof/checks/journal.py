"""The head of the journal's chain stands outside the database (链头外存)."""

import datetime as dt

from oversight.services.proof.checks.looking import Check, Facts, Found, Ground, Seen
from town import journal

TURNS_MISSED = 3
"""So many times the head was to be written and was not."""


def head(ground: Ground) -> Seen:
    """What was written outside is not beyond the journal, and not long behind it."""
    position, _ = journal.head(ground.session)
    last = max(
        journal.read_heads(ground.settings.data / journal.HEADS_FILE), key=lambda one: one.position, default=None
    )
    patience = dt.timedelta(minutes=ground.settings.head_minutes * TURNS_MISSED)
    beyond = last is not None and last.position > position
    late = last is None or (last.position < position and ground.now - last.at > patience)
    wrong = beyond or (position > 0 and late)
    facts = {"position": position, "written": last.position if last else None}
    return Seen(1, [Found("journal", facts)] if wrong else [])


def _said(facts: Facts) -> str:
    if facts["written"] is None:
        return "链头从来没有记到库外。"
    if facts["written"] > facts["position"]:
        return f"库外记过第 {facts['written']} 号，库里只到第 {facts['position']} 号。"
    return f"链头只记到第 {facts['written']} 号，轨迹已到第 {facts['position']} 号。"


CHECKS = (
    Check(
        "journal_head",
        "链头记在库外",
        head,
        _said,
        "请看 wangge worker 是否在运行；号码倒退请运行 wangge journal verify。",
    ),
)
