"""What an act may say (办案行为的要素): every fact by name, with its kind, its Chinese label and its choices.

The API checks by this table, the desk draws its forms from it, and documents print from it. Sums in fen, days local.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a fact is given.

    text: several lines. items: list of {name, spec, amount, unit, state}. answers: list of {question, answer}.
    officers: logins of two or more. person: one login. evidence: numbers in the case. members: list of {name, opinion}.
    parts: list of {due, fen}. factors: object by ``enforcement.rules.discretion``. party, file: ids. paper: id of a
    document of the case.
    """

    TEXT = "text"
    LINE = "line"
    MONEY = "money_fen"
    WHOLE = "whole"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    OFFICERS = "officers"
    PERSON = "person"
    EVIDENCE = "evidence"
    ITEMS = "items"
    ANSWERS = "answers"
    MEMBERS = "members"
    PARTS = "parts"
    FACTORS = "factors"
    PARTY = "party"
    FILE = "file"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Field:
    """要素: one fact. ``choices``: code -> Chinese. ``help``: what a first-day user must know."""

    name: str
    kind: Kind
    label: str
    choices: dict[str, str] | None = None
    help: str = ""


PENALTY_KINDS = {
    "warning": "警告",
    "criticism": "通报批评",
    "fine": "罚款",
    "confiscate_income": "没收违法所得",
    "confiscate_goods": "没收非法财物",
    "suspend_licence": "暂扣许可证件",
    "lower_grade": "降低资质等级",
    "revoke_licence": "吊销许可证件",
    "restrict_business": "限制开展生产经营活动",
    "stop_business": "责令停产停业",
    "close_business": "责令关闭",
    "restrict_work": "限制从业",
}
"""行政处罚法 9. 行政拘留 is for the police alone and stands in no list here; 责令改正 is no penalty (28)."""

EVIDENCE_KINDS = {
    "documentary": "书证",
    "physical": "物证",
    "audiovisual": "视听资料",
    "electronic": "电子数据",
    "witness": "证人证言",
    "statement": "当事人的陈述",
    "expert": "鉴定意见",
    "record": "勘验笔录、现场笔录",
}
"""行政处罚法 46."""

ORIGINS = {
    "officer": "执法人员采集",
    "recorder": "执法记录仪",
    "camera": "固定监控",
    "sensor": "传感设备",
    "party": "当事人提供",
    "other": "其他机关或个人提供",
}
ELECTRONIC_MONITORING = frozenset({"camera", "sensor"})
"""行政处罚法 41: only after review by people, at a published place."""

MANNERS = {
    "in_person": "直接送达",
    "left": "留置送达",
    "post": "邮寄送达",
    "electronic": "电子送达",
    "entrusted": "委托送达",
    "by_notice": "公告送达",
}
SIGNATURES = {"signed": "已签字", "refused": "拒绝签字", "absent": "不在场"}

NO_PENALTY_GROUNDS = {
    "under_14": "不满十四周岁（第三十条）",
    "mental": "不能辨认或不能控制自己行为（第三十一条）",
    "minor_corrected": "轻微、及时改正、没有危害后果（第三十三条第一款）",
    "first_offence": "初次违法、后果轻微、及时改正（第三十三条第一款）",
    "no_fault": "没有主观过错（第三十三条第二款）",
    "lapsed": "超过追责期限（第三十六条）",
    "lawful_now": "新规定不再认为违法（第三十七条）",
    "not_proven": "违法事实不能成立（第四十条、第五十七条）",
}
LIGHTER_GROUNDS = {
    "minor": "已满十四周岁不满十八周岁（第三十条）",
    "mental_partly": "尚未完全丧失辨认或控制能力（第三十一条）",
    "harm_removed": "主动消除或减轻危害后果（第三十二条第一项）",
    "coerced": "受他人胁迫或诱骗（第三十二条第二项）",
    "confessed": "主动供述尚未掌握的违法行为（第三十二条第三项）",
    "merit": "配合查处有立功表现（第三十二条第四项）",
}
TRANSFER_GROUNDS = {
    "crime": "涉嫌犯罪（第二十七条）",
    "place": "不属于本镇地域管辖（第二十二条）",
    "no_power": "不属于本镇职权（第十七条）",
    "handed_back": "权力已经退回（第二十四条）",
    "detention": "应当由公安机关处理（第十八条第三款）",
}


def _fields(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


K = Kind
FIELDS = _fields(
    # people and papers
    Field("officers", K.OFFICERS, "执法人员", help="两名以上，证件在有效期内，不含辅助人员和网格员（第四十二条）。"),
    Field("party", K.PARTY, "当事人"),
    Field("paper", K.PAPER, "文书"),
    Field("file", K.FILE, "证据文件"),
    Field("challenged", K.PERSON, "被申请回避人"),
    Field("chair", K.PERSON, "听证主持人", help="不能是本案调查人员（第六十四条）。"),
    Field("recorder", K.LINE, "记录人"),
    Field("device", K.LINE, "记录仪或设备编号"),
    # words
    Field("words", K.TEXT, "说明"),
    Field("summary", K.TEXT, "案情及理由"),
    Field("facts_found", K.TEXT, "认定的违法事实"),
    Field("findings", K.TEXT, "检查情况"),
    Field("correction", K.TEXT, "责令改正的内容"),
    Field("defence", K.TEXT, "陈述、申辩内容"),
    Field("defence_review", K.TEXT, "复核意见和理由"),
    Field("opinion", K.TEXT, "意见"),
    Field("education", K.TEXT, "教育情况", help="不予处罚的，应当对当事人进行教育（第三十三条第三款）。"),
    Field("deviation_reason", K.TEXT, "与同类案件不一致的理由"),
    Field("no_correction_because", K.TEXT, "不需要责令改正的理由"),
    Field(
        "higher_excluded",
        K.TEXT,
        "罚款更高的规定不适用的理由",
        help="同一行为违反多个规定的，按罚款数额高的规定处罚（第二十九条）；不符合那条规定的，写明为什么。",
    ),
    # when and where
    Field("begun", K.MOMENT, "开始时间"),
    Field("ended", K.MOMENT, "结束时间"),
    Field("held_at", K.MOMENT, "听证时间"),
    Field("taken_at", K.MOMENT, "取得时间"),
    Field("day", K.DAY, "日期"),
    Field("until", K.DAY, "截止日期"),
    Field("place_words", K.LINE, "地点"),
    # scene and signing
    Field("present", K.LINE, "在场人"),
    Field("certificate_shown", K.FLAG, "已出示执法证件", help="未出示的，当事人有权拒绝（第五十五条）。"),
    Field("avoidance_told", K.FLAG, "已告知申请回避的权利"),
    Field("rights_told", K.FLAG, "已告知权利义务"),
    Field("told", K.FLAG, "已告知事实、理由、依据和陈述申辩权"),
    Field("signature", K.CHOICE, "签字情况", SIGNATURES),
    Field("witness", K.LINE, "见证人"),
    Field("asked_person", K.LINE, "被询问人"),
    Field("relation", K.LINE, "与当事人或本案的关系"),
    Field("answers", K.ANSWERS, "询问内容"),
    # evidence and goods
    Field("evidence_kind", K.CHOICE, "证据种类", EVIDENCE_KINDS),
    Field("title", K.LINE, "名称"),
    Field("origin", K.CHOICE, "来源", ORIGINS),
    Field("proves", K.TEXT, "证明内容"),
    Field("number", K.WHOLE, "证据序号"),
    Field("evidence", K.EVIDENCE, "证据"),
    Field("marked", K.FLAG, "设置地点已公布、标志明显"),
    Field("passed", K.FLAG, "通过"),
    Field("items", K.ITEMS, "物品"),
    Field("custodian", K.LINE, "保管人"),
    Field("measure", K.CHOICE, "措施种类", {"seal": "查封", "seize": "扣押"}, help="行政强制法第九条。"),
    Field(
        "settlement",
        K.CHOICE,
        "处理决定",
        {
            "returned": "退还",
            "testing": "送检验、鉴定",
            "seized": "转为查封、扣押",
            "confiscate": "依法没收",
            "transferred": "移送有关部门",
        },
    ),
    Field(
        "release_ground",
        K.CHOICE,
        "解除理由",
        {
            "no_violation": "当事人没有违法行为",
            "unrelated": "与违法行为无关",
            "decided": "已经作出处理决定",
            "expired": "期限已经届满",
            "other": "不再需要采取措施",
        },
    ),
    # correction
    Field(
        "corrected",
        K.CHOICE,
        "改正情况",
        {"corrected": "已改正", "partly": "部分改正", "not": "逾期未改正", "refused": "拒不改正"},
    ),
    # what is proposed and decided
    Field(
        "outcome",
        K.CHOICE,
        "处理结果",
        {"penalty": "行政处罚", "no_penalty": "不予行政处罚", "not_proven": "违法事实不能成立", "transfer": "移送"},
    ),
    Field("ground", K.CHOICE, "不予处罚的理由", NO_PENALTY_GROUNDS),
    Field("kinds", K.CHOICES, "处罚种类", PENALTY_KINDS),
    Field("fine_fen", K.MONEY, "罚款"),
    Field("confiscate_fen", K.MONEY, "没收违法所得"),
    Field("factors", K.FACTORS, "裁量事实", help="如实填写事实，档次由系统按公布的基准得出，不能自选。"),
    Field("lighter", K.CHOICE, "从轻或减轻的理由", LIGHTER_GROUNDS),
    Field("publish", K.FLAG, "有一定社会影响，应当公开", help="应当公开的，系统会计算公开期限（第四十八条）。"),
    # defence and hearing
    Field("accepted", K.CHOICE, "采纳情况", {"accepted": "采纳", "partly": "部分采纳", "not": "不予采纳"}),
    Field("open_hearing", K.FLAG, "公开举行"),
    Field(
        "forfeit", K.CHOICE, "听证终止原因", {"absent": "无正当理由不到场", "left": "中途退出", "withdrawn": "撤回申请"}
    ),
    Field("members", K.MEMBERS, "参加人和意见"),
    # service
    Field("manner", K.CHOICE, "送达方式", MANNERS),
    Field("receiver", K.LINE, "收件人"),
    Field("tracking", K.LINE, "邮件号码"),
    Field("channel", K.LINE, "电子送达的号码或邮箱"),
    Field("electronic_consent", K.FLAG, "同意电子送达"),
    Field("address", K.LINE, "送达地址"),
    Field("agent", K.LINE, "代理人"),
    # money
    Field("amount_fen", K.MONEY, "金额"),
    Field("receipt_number", K.LINE, "票据号码", help="国务院财政部门或省级财政部门统一制发的专用票据（第七十条）。"),
    Field("pay_manner", K.CHOICE, "缴纳方式", {"bank": "银行缴纳", "electronic": "电子支付", "cash": "当场收缴"}),
    Field(
        "cash_ground",
        K.CHOICE,
        "当场收缴的理由",
        {
            "small": "一百元以下罚款（第六十八条第一项）",
            "hard_later": "不当场收缴事后难以执行（第六十八条第二项）",
            "remote": "边远、水上、交通不便，当事人提出（第六十九条）",
        },
    ),
    Field("parts", K.PARTS, "分期安排"),
    # elsewhere
    Field("organ", K.LINE, "机关名称"),
    Field("transfer_ground", K.CHOICE, "移送理由", TRANSFER_GROUNDS),
    Field("materials", K.TEXT, "随案材料"),
    Field("contest_kind", K.CHOICE, "救济种类", {"reconsideration": "行政复议", "suit": "行政诉讼"}),
    Field(
        "contest_result",
        K.CHOICE,
        "结果",
        {"upheld": "维持或驳回", "changed": "变更", "revoked": "撤销或确认违法", "withdrawn": "撤回申请或起诉"},
    ),
    Field(
        "loan_words", K.TEXT, "借调外中队人员的理由", help="只在借用其他中队的执法人员时填写，写明出借中队负责人同意。"
    ),
    Field(
        "earlier_decision",
        K.FLAG,
        "针对已经撤销的原决定",
        help="重新作出决定以后，原决定的复议、诉讼才有结果的填“是”。",
    ),
    Field("ruling", K.CHOICE, "法院裁定", {"granted": "准予执行", "refused": "不准予执行"}),
    Field("clock", K.LINE, "时限"),
    Field("archive_number", K.LINE, "归档号"),
)
