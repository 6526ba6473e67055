"""What may be done once it is decided, and the other ends of a case (送达、履行、救济、移送、结案)."""

from enforcement.rules.cases.actions import CIVIL, FORCE, LAW, SERVICE, SERVICE_TAKES, Action, Deed, deed
from enforcement.rules.cases.states import Post

OFFICER, LEADER, APPROVER, REVIEWER, CHAIR, SYSTEM = Post
A = Action

LATER: dict[Action, Deed] = {
    A.ANNOUNCE: deed(
        "公告送达",
        f"{CIVIL}第九十五条",
        OFFICER,
        requires="officers paper day place_words words",
        papers="service_notice",
    ),
    A.SERVE_DECISION: deed(
        "送达决定书",
        f"{LAW}第六十一条",
        OFFICER,
        requires=f"officers {SERVICE}",
        takes=SERVICE_TAKES,
        papers="service_receipt",
    ),
    A.SERVE_PAPER: deed(
        "送达其他文书",
        f"{LAW}第六十一条",
        OFFICER,
        requires=f"officers paper {SERVICE}",
        takes=SERVICE_TAKES,
        papers="service_receipt",
    ),
    A.PAY: deed(
        "登记缴款",
        f"{LAW}第六十七条、第七十条",
        OFFICER,
        requires="amount_fen day pay_manner receipt_number",
        takes="cash_ground officers words",
    ),
    A.HAND_IN_CASH: deed("现金交回机关", f"{LAW}第七十一条", OFFICER, requires="officers amount_fen day"),
    A.BANK_CASH: deed("机关缴付银行", f"{LAW}第七十一条", LEADER, APPROVER, requires="amount_fen day receipt_number"),
    A.APPROVE_DELAY: deed(
        "批准延期、分期缴纳", f"{LAW}第六十六条", APPROVER, requires="words parts", papers="payment_approval"
    ),
    A.DISPOSE_GOODS: deed(
        "处理罚没物品",
        f"{LAW}第七十四条",
        OFFICER,
        requires="officers items words witness",
        papers="goods_disposal",
    ),
    A.PERFORM: deed("登记其他处罚履行", f"{LAW}第六十六条", OFFICER, requires="officers kinds day words"),
    A.URGE: deed("催告", f"{FORCE}第五十四条", OFFICER, requires="officers", takes="words", papers="urging_letter"),
    A.APPLY_TO_COURT: deed(
        "申请法院强制执行",
        f"{FORCE}第五十三条、第五十五条",
        APPROVER,
        requires="day organ opinion",
        papers="court_application",
    ),
    A.COURT_RULED: deed("登记法院裁定", f"{FORCE}第五十七条", OFFICER, LEADER, requires="ruling day words"),
    A.CONTEST: deed(
        "登记复议、诉讼",
        f"{LAW}第七十三条",
        OFFICER,
        LEADER,
        REVIEWER,
        requires="contest_kind day organ",
        takes="words",
    ),
    A.CONTEST_RULED: deed(
        "登记复议、诉讼结果",
        f"{LAW}第七十三条",
        OFFICER,
        LEADER,
        REVIEWER,
        requires="contest_kind contest_result day words",
        takes="fine_fen confiscate_fen earlier_decision",
    ),
    A.REVOKE: deed("撤销决定", f"{LAW}第七十五条", APPROVER, requires="words", papers="revocation_decision"),
    A.REDECIDE: deed("重新调查", f"{LAW}第七十五条", APPROVER, requires="words"),
    A.PUBLISH: deed("公开决定", f"{LAW}第四十八条", OFFICER, LEADER, requires="day place_words"),
    A.UNPUBLISH: deed("撤回公开", f"{LAW}第四十八条第二款", OFFICER, LEADER, requires="day words"),
    A.TELL_CREDIT_REPAIR: deed(
        "告知信用修复", f"{LAW}第四十八条", OFFICER, requires="officers", takes="words", papers="credit_repair_notice"
    ),
    A.TRANSFER: deed(
        "移送",
        f"{LAW}第二十二条、第二十七条",
        APPROVER,
        requires="organ transfer_ground materials words",
        papers="transfer_letter",
    ),
    A.TAKE_BACK: deed("收回移送案件", f"{LAW}第二十七条", APPROVER, requires="words"),
    A.WITHDRAW: deed("撤销立案", f"{LAW}第五十七条", APPROVER, requires="words", papers="withdrawal_approval"),
    A.ASK_CLOSING: deed("报请结案", f"{LAW}第四十七条", OFFICER, requires="officers summary", papers="closing_request"),
    A.REFUSE_CLOSING: deed("退回结案申请", f"{LAW}第四十七条", APPROVER, requires="words"),
    A.CLOSE: deed("批准结案", f"{LAW}第四十七条", APPROVER, requires="opinion", papers="closing_approval"),
    A.ARCHIVE: deed("归档", f"{LAW}第四十七条", OFFICER, LEADER, requires="archive_number"),
}
