"""What may be done up to the end of the investigation (立案、当场处罚、简案快办、调查取证)."""

from enforcement.rules.cases.actions import FORCE, LAW, PROPOSAL_TAKES, Action, Deed, deed
from enforcement.rules.cases.states import Post

OFFICER, LEADER, APPROVER, REVIEWER, CHAIR, SYSTEM = Post
A = Action

INQUIRY: dict[Action, Deed] = {
    A.OPEN: deed("登记线索", f"{LAW}第五十四条", OFFICER, requires="officers summary"),
    A.NAME_PARTY: deed("确认当事人", f"{LAW}第四十条", OFFICER, requires="party"),
    A.ASSIGN: deed("更换承办人", f"{LAW}第四十二条、第四十三条", LEADER, requires="officers words", takes="loan_words"),
    A.DECLINE: deed("不予立案", f"{LAW}第五十四条", APPROVER, requires="words"),
    A.ASK_FILING: deed(
        "报请立案",
        f"{LAW}第五十四条",
        OFFICER,
        requires="officers summary opinion",
        takes="higher_excluded",
        papers="report_register",
    ),
    A.REFUSE_FILING: deed("退回立案申请", f"{LAW}第五十四条", APPROVER, requires="words"),
    A.FILE: deed("批准立案", f"{LAW}第五十四条", APPROVER, requires="opinion", papers="filing_approval"),
    A.DECIDE_ON_SPOT: deed(
        "当场处罚",
        f"{LAW}第五十一条、第五十二条",
        OFFICER,
        requires="officers facts_found factors kinds told certificate_shown pay_manner signature place_words",
        takes="fine_fen defence defence_review accepted lighter evidence cash_ground deviation_reason"
        " no_correction_because higher_excluded device",
        papers="on_spot_decision",
    ),
    A.REPORT_ON_SPOT: deed("当场处罚备案", f"{LAW}第五十二条第三款", OFFICER, LEADER, requires="words"),
    A.PROPOSE_FAST: deed(
        "简案快办报批",
        f"{LAW}第四十九条、第五十四条",
        OFFICER,
        requires="officers summary facts_found evidence factors outcome",
        takes=PROPOSAL_TAKES,
        papers="report_register investigation_report",
    ),
    A.APPROVE_FAST: deed(
        "批准简案快办",
        f"{LAW}第五十四条、第四十四条",
        APPROVER,
        requires="opinion",
        papers="filing_approval penalty_notice hearing_notice",
    ),
    A.REFUSE_FAST: deed("退回简案快办申请", f"{LAW}第五十四条", APPROVER, requires="words"),
    A.SWITCH_TO_ORDINARY: deed("转为普通程序", f"{LAW}第五十四条", OFFICER, LEADER, APPROVER, requires="words"),
    A.INSPECT: deed(
        "现场检查（勘验）",
        f"{LAW}第五十五条",
        OFFICER,
        requires="officers begun ended place_words certificate_shown avoidance_told findings signature",
        takes="present witness device recorder evidence words",
        papers="inspection_record",
    ),
    A.QUESTION: deed(
        "询问",
        f"{LAW}第五十五条",
        OFFICER,
        requires="officers begun ended place_words asked_person relation certificate_shown rights_told answers signature",
        takes="recorder device words",
        papers="questioning_record",
    ),
    A.ADD_EVIDENCE: deed(
        "登记证据",
        f"{LAW}第四十六条",
        OFFICER,
        requires="officers evidence_kind title origin taken_at proves",
        takes="place_words device file words",
    ),
    A.REVIEW_EVIDENCE: deed("审核电子监控记录", f"{LAW}第四十一条", REVIEWER, requires="number passed marked words"),
    A.VERIFY_EVIDENCE: deed("核实证据", f"{LAW}第四十六条第二款", OFFICER, requires="officers evidence", takes="words"),
    A.EXCLUDE_EVIDENCE: deed(
        "排除证据", f"{LAW}第四十六条第三款", OFFICER, LEADER, APPROVER, REVIEWER, requires="number words"
    ),
    A.SAMPLE: deed(
        "抽样取证",
        f"{LAW}第五十六条",
        OFFICER,
        requires="officers items place_words signature",
        takes="witness device words",
        papers="sampling_notice",
    ),
    A.ASK_HOLD: deed(
        "报请先行登记保存",
        f"{LAW}第五十六条",
        OFFICER,
        requires="officers items place_words custodian summary",
        takes="device",
    ),
    A.APPROVE_HOLD: deed(
        "批准先行登记保存", f"{LAW}第五十六条", APPROVER, requires="opinion", papers="hold_request hold_notice"
    ),
    A.SETTLE_HOLD: deed(
        "处理登记保存物品",
        f"{LAW}第五十六条",
        OFFICER,
        requires="officers settlement words",
        papers="hold_settlement",
    ),
    A.LAPSE_HOLD: deed("登记保存失效", f"{LAW}第五十六条", SYSTEM),
    A.RETURN_GOODS: deed(
        "退还物品", f"{LAW}第五十六条", OFFICER, requires="officers items signature", papers="goods_return"
    ),
    A.ASK_SEIZURE: deed(
        "报请查封、扣押",
        f"{FORCE}第十八条",
        OFFICER,
        requires="officers measure items place_words summary custodian",
        takes="device",
    ),
    A.APPROVE_SEIZURE: deed(
        "决定查封、扣押",
        f"{FORCE}第十八条、第二十四条",
        APPROVER,
        requires="opinion",
        papers="seizure_request seizure_decision",
    ),
    A.EXTEND_SEIZURE: deed(
        "延长查封、扣押", f"{FORCE}第二十五条", APPROVER, requires="words", papers="seizure_extension"
    ),
    A.LIFT_SEIZURE: deed(
        "解除查封、扣押",
        f"{FORCE}第二十八条",
        OFFICER,
        APPROVER,
        requires="release_ground signature",
        takes="officers words",
        papers="lift_notice",
    ),
    A.LAPSE_SEIZURE: deed("查封、扣押失效", f"{FORCE}第二十五条", SYSTEM),
    A.ORDER_CORRECTION: deed(
        "责令改正",
        f"{LAW}第二十八条第一款",
        OFFICER,
        requires="officers facts_found correction until signature",
        takes="witness device words",
        papers="correction_order",
    ),
    A.NO_CORRECTION: deed(
        "记录不需责令改正", f"{LAW}第二十八条第一款", OFFICER, requires="officers no_correction_because"
    ),
    A.RECHECK_CORRECTION: deed(
        "复查改正情况",
        f"{LAW}第二十八条第一款",
        OFFICER,
        requires="officers corrected findings",
        takes="evidence device",
        papers="recheck_record",
    ),
    A.CONFIRM_ADDRESS: deed(
        "送达地址确认",
        f"{LAW}第六十一条第二款",
        OFFICER,
        requires="address signature",
        takes="officers electronic_consent channel receiver words",
        papers="address_confirmation",
    ),
    A.APPOINT_AGENT: deed(
        "登记委托代理人",
        f"{LAW}第六十四条第五项",
        OFFICER,
        requires="agent relation words",
        papers="authorisation",
    ),
    A.CHALLENGE: deed("登记回避申请", f"{LAW}第四十三条", OFFICER, LEADER, requires="challenged words"),
    A.RULE_CHALLENGE: deed("决定回避", f"{LAW}第四十三条第三款", APPROVER, requires="challenged passed words"),
    A.ASK_ASSISTANCE: deed("请求协助", f"{LAW}第二十六条", OFFICER, requires="organ words", papers="assistance_letter"),
    A.APPROVE_REASON: deed(
        "批准逾期理由", f"{LAW}第六十条", APPROVER, requires="clock words", takes="until", papers="delay_approval"
    ),
}
