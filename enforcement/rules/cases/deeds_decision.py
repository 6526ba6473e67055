"""What may be done from the conclusion to the decision (调查终结、告知、听证、审核、决定)."""

from enforcement.rules.cases.actions import LAW, PROPOSAL_TAKES, SERVICE, SERVICE_TAKES, Action, Deed, deed
from enforcement.rules.cases.states import Post

OFFICER, LEADER, APPROVER, REVIEWER, CHAIR, SYSTEM = Post
A = Action

DECISION: dict[Action, Deed] = {
    A.CONCLUDE: deed(
        "调查终结",
        f"{LAW}第五十七条",
        OFFICER,
        requires="officers facts_found evidence factors outcome",
        takes=PROPOSAL_TAKES,
        papers="investigation_report",
    ),
    A.SEND_BACK: deed("退回补充调查", f"{LAW}第五十七条", LEADER, APPROVER, requires="words"),
    A.REVIEW: deed("法制审核", f"{LAW}第五十八条", REVIEWER, requires="passed opinion", papers="legal_review_opinion"),
    A.DISCUSS: deed(
        "集体讨论",
        f"{LAW}第五十七条第二款",
        APPROVER,
        requires="members passed opinion begun place_words",
        takes="recorder",
        papers="discussion_record",
    ),
    A.APPROVE_NOTICE: deed(
        "批准告知", f"{LAW}第四十四条、第六十三条", APPROVER, requires="opinion", papers="penalty_notice hearing_notice"
    ),
    A.SERVE_NOTICE: deed(
        "送达告知书",
        f"{LAW}第四十四条、第六十一条",
        OFFICER,
        requires=f"officers {SERVICE}",
        takes=SERVICE_TAKES,
        papers="service_receipt",
    ),
    A.HEAR_DEFENCE: deed(
        "听取陈述、申辩",
        f"{LAW}第四十五条",
        OFFICER,
        requires="officers day defence accepted defence_review",
        takes="signature place_words device",
        papers="defence_record",
    ),
    A.WAIVE_DEFENCE: deed(
        "当事人放弃陈述、申辩",
        f"{LAW}第六十二条",
        OFFICER,
        requires="officers day signature",
        takes="words",
        papers="waiver",
    ),
    A.WAIVE_HEARING: deed(
        "当事人放弃听证", f"{LAW}第六十三条", OFFICER, requires="officers day signature", takes="words", papers="waiver"
    ),
    A.REQUEST_HEARING: deed("当事人要求听证", f"{LAW}第六十四条第一项", OFFICER, requires="day words"),
    A.CALL_HEARING: deed(
        "通知听证",
        f"{LAW}第六十四条第二项",
        REVIEWER,
        APPROVER,
        requires="day held_at place_words chair open_hearing",
        takes="recorder words",
        papers="hearing_call",
    ),
    A.HOLD_HEARING: deed(
        "举行听证",
        f"{LAW}第六十四条、第六十五条",
        CHAIR,
        requires="begun ended place_words present answers opinion signature",
        takes="recorder device",
        papers="hearing_record hearing_report",
    ),
    A.FORFEIT_HEARING: deed("终止听证", f"{LAW}第六十四条第六项", CHAIR, REVIEWER, requires="forfeit words"),
    A.RENOTIFY: deed("有新事实，重新调查告知", f"{LAW}第四十五条", OFFICER, APPROVER, requires="words"),
    A.SUBMIT_DECISION: deed(
        "报请决定",
        f"{LAW}第五十七条",
        OFFICER,
        requires="officers outcome",
        takes="ground kinds fine_fen confiscate_fen lighter deviation_reason education opinion words",
        papers="decision_approval",
    ),
    A.RETURN_DECISION: deed("退回决定申请", f"{LAW}第五十七条", APPROVER, requires="words"),
    A.DECIDE: deed(
        "作出决定",
        f"{LAW}第五十七条、第五十九条",
        APPROVER,
        requires="opinion",
        takes="publish",
        papers="penalty_decision no_penalty_decision payment_notice",
    ),
}
