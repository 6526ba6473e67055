"""The order the law asks for (法定顺序): what must have been done before an act, and what can no longer be done."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.oracle.life import FORCE, LAW, REVIEW, Breach, Deed, Life
from tests.oracle.life import acts as kinds


@dataclass(frozen=True, slots=True)
class After:
    """``acts`` need one of ``needs`` before them, and none of ``unless`` since the newest of those."""

    code: str
    article: str
    acts: frozenset[str]
    needs: frozenset[str]
    unless: frozenset[str]
    sentence: str


def _after(code: str, article: str, acts: str, needs: str, sentence: str, unless: str = "") -> After:
    return After(code, article, kinds(acts), kinds(needs), kinds(unless), sentence)


FILED = "file approve_fast"
ORDER = (
    _after("no_request", f"{LAW}第五十四条", "file refuse_filing", "ask_filing", "没有报请立案。", "refuse_filing"),
    _after("no_request", f"{LAW}第五十四条", "approve_fast refuse_fast", "propose_fast", "没有报批。", "refuse_fast"),
    _after("no_filing", f"{LAW}第五十四条", "conclude approve_notice submit_decision decide", FILED, "没有立案。"),
    _after(
        "no_inquiry", f"{LAW}第五十七条", "decide approve_notice", "conclude propose_fast", "没有调查终结。", "redecide"
    ),
    _after(
        "no_notice",
        f"{LAW}第四十四条",
        "serve_notice",
        "approve_notice approve_fast",
        "没有经批准的告知书。",
        "redecide",
    ),
    _after(
        "not_submitted",
        f"{LAW}第五十七条",
        "decide return_decision",
        "submit_decision",
        "没有报请决定。",
        "return_decision decide",
    ),
    _after(
        "no_notice",
        f"{LAW}第四十五条",
        "hear_defence waive_defence waive_hearing request_hearing renotify",
        "serve_notice",
        "告知书没有送达。",
    ),
    _after(
        "no_hearing_call",
        f"{LAW}第六十四条",
        "hold_hearing",
        "call_hearing",
        "没有通知听证。",
        "hold_hearing forfeit_hearing",
    ),
    _after(
        "no_hearing_request",
        f"{LAW}第六十四条",
        "call_hearing forfeit_hearing",
        "request_hearing",
        "当事人没有要求听证。",
        "hold_hearing forfeit_hearing",
    ),
    _after("no_decision", f"{LAW}第六十一条", "serve_decision", "decide", "没有决定可送达。", "serve_decision revoke"),
    _after(
        "no_decision",
        f"{LAW}第五十二条",
        "report_on_spot",
        "decide_on_spot",
        "没有当场处罚决定。",
        "report_on_spot revoke",
    ),
    _after(
        "no_decision",
        f"{LAW}第六十七条",
        "pay approve_delay perform dispose_goods urge apply_to_court",
        "serve_decision decide_on_spot",
        "决定书没有送达。",
        "revoke",
    ),
    _after("no_decision", f"{LAW}第四十八条", "publish revoke", "decide decide_on_spot", "没有决定。", "revoke"),
    _after("not_published", f"{LAW}第四十八条第二款", "unpublish", "publish", "没有公开过。", "unpublish"),
    _after("no_decision", f"{REVIEW}第二十条", "contest", "decide decide_on_spot", "没有决定。"),
    _after("no_contest", f"{LAW}第七十三条", "contest_ruled", "contest", "没有登记复议、诉讼。"),
    _after("not_urged", f"{FORCE}第五十四条", "apply_to_court", "urge", "没有催告。", "redecide"),
    _after(
        "no_application", f"{FORCE}第五十七条", "court_ruled", "apply_to_court", "没有申请法院强制执行。", "court_ruled"
    ),
    _after("no_cash", f"{LAW}第七十一条", "hand_in_cash", "pay", "没有当场收缴过罚款。"),
    _after("no_cash", f"{LAW}第七十一条", "bank_cash", "hand_in_cash", "现金没有交回机关。"),
    _after("no_revocation", f"{LAW}第七十五条", "redecide", "revoke", "决定没有撤销。", "redecide"),
    _after("no_transfer", f"{LAW}第二十七条", "take_back", "transfer", "案件没有移送。", "take_back"),
    _after("no_closing_request", f"{LAW}第四十七条", "close", "ask_closing revoke", "没有报请结案。", "refuse_closing"),
    _after(
        "not_ended", f"{LAW}第四十七条", "archive", "close decline withdraw transfer", "案件没有办结。", "take_back"
    ),
    _after(
        "no_seizure",
        f"{FORCE}第十八条",
        "extend_seizure lift_seizure lapse_seizure",
        "approve_seizure",
        "没有查封、扣押。",
    ),
    _after("no_request", f"{FORCE}第十八条", "approve_seizure", "ask_seizure", "没有事先报告。", "approve_seizure"),
    _after("no_request", f"{LAW}第五十六条", "approve_hold", "ask_hold", "没有报请批准。", "approve_hold"),
    _after("no_hold", f"{LAW}第五十六条", "settle_hold lapse_hold", "approve_hold", "没有经批准的登记保存。"),
    _after("no_correction_order", f"{LAW}第二十八条", "recheck_correction", "order_correction", "没有责令改正。"),
    _after("no_challenge", f"{LAW}第四十三条", "rule_challenge", "challenge", "没有人申请回避。"),
)
FINISHED = {"close", "decline", "withdraw", "transfer", "archive"}
GOODS_GO_BACK = {"settle_hold", "lapse_hold", "return_goods", "lift_seizure", "lapse_seizure"}
REMEDIES = {"contest", "contest_ruled", "revoke", "publish", "unpublish", "tell_credit_repair", "approve_reason"}
STILL_ALLOWED = {"close": GOODS_GO_BACK | REMEDIES | {"archive", "recheck_correction"}}
WAKES = {"revoke", "take_back"}


def prerequisites(life: Life) -> Iterator[Breach]:
    """Nothing is done before what the law asks for."""
    for deed in life.deeds:
        for rule in ORDER:
            if deed.action in rule.acts and not _prepared(life, deed, rule):
                yield deed.breach(rule.code, rule.article, rule.sentence)


def _prepared(life: Life, deed: Deed, rule: After) -> bool:
    """Whether the newest of what it needs, or of what undoes it, is what it needs."""
    told = life.last(deed, *rule.needs, *rule.unless)
    return told is not None and told.action in rule.needs


def ended(life: Life) -> Iterator[Breach]:
    """A case that ended stays ended: only goods go back, remedies go on, and the file goes to the archive."""
    over: str | None = None
    for deed in life.deeds:
        if over and deed.action not in WAKES and deed.action not in _allowed(over):
            yield deed.breach("after_the_end", f"{LAW}第五十七条", "案件已经办结，不能再办这一步。")
        if deed.action in WAKES:
            over = None
        elif deed.action in FINISHED:
            over = deed.action


def _allowed(over: str) -> set[str]:
    if over == "archive":
        return set()
    return STILL_ALLOWED.get(over, GOODS_GO_BACK | {"archive"})


def twice(life: Life) -> Iterator[Breach]:
    """One case is decided once, unless the decision was revoked (行政处罚法 29)."""
    standing: Deed | None = None
    for deed in life.all("decide", "decide_on_spot", "revoke"):
        if standing and deed.action != "revoke":
            yield deed.breach("decided_twice", f"{LAW}第二十九条", "已有有效的决定，不能再次决定。")
        standing = None if deed.action == "revoke" else deed


def one_way(life: Life) -> Iterator[Breach]:
    """A case that left the fast lane does not go back to it."""
    for deed in life.all("propose_fast", "approve_fast"):
        if life.before(deed, "switch_to_ordinary"):
            yield deed.breach("back_to_fast", f"{LAW}第五十四条", "已经转为普通程序，不能再用简案快办。")


def undecided(life: Life) -> Iterator[Breach]:
    """Once it is decided nothing is inquired, notified or withdrawn any more, unless the decision was revoked."""
    inquiry = "conclude approve_notice serve_notice hear_defence hold_hearing submit_decision withdraw transfer file"
    for deed in life.all(*inquiry.split()):
        if life.ruling_before(deed):
            yield deed.breach("after_the_decision", f"{LAW}第五十七条", "已经作出决定，不能再办这一步。")


RULES = (prerequisites, ended, twice, one_way, undecided)
