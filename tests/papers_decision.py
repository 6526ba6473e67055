"""Facts enough to print every form from the conclusion to the decision, with the longest names there could be."""

import datetime as dt
from typing import Any

from tests.papers import COMMON, DAY, LONG_LAW, OFFICERS, THINGS, ZONE

FOUND = (
    "2026年11月2日9时15分，执法人员在云溪镇人民路与解放路交叉口东北角检查时发现，当事人未经批准，擅自占用人行道摆放三层"
    "货架三组经营水果，占地面积经卷尺测量约为12.5平方米，行人需绕行机动车道，现场不能提供占用城市道路的批准文件。"
    "11月3日责令限期改正后，当事人逾期没有改正。"
)
REASONS = (
    "经查，当事人一年内已受处罚次数0次，有一定危害后果，尚未改正，没有阻挠执法。依据《云溪镇城市管理行政处罚裁量权基准"
    "（2026年版）》，属于“一般”档次（一年内没有受过同一事项的处罚，没有阻挠执法，尚未改正或者有一定危害后果），裁量幅度为"
    "500 元以上 1,500 元以下。"
)
LAW_WHY = (
    f"违法行为发生时适用{LONG_LAW}，作出决定时《生态环境法典》第一千一百六十九条第一款罚款上限较低，适用新规定"
    "（行政处罚法第三十七条、生态环境法典第一千零五十七条）。"
)
PROOFS = [
    {
        "number": "证据1",
        "name": "现场检查（勘验）笔录",
        "kind": "勘验笔录、现场笔录",
        "proves": "当事人占用人行道经营的时间、地点和面积",
    },
    {
        "number": "证据2",
        "name": "询问笔录（欧阳喆堃）",
        "kind": "当事人的陈述",
        "proves": "当事人承认未经批准占道经营",
    },
    {
        "number": "证据3",
        "name": "现场照片（执法记录仪 YX-0007，2026年11月2日9时20分）",
        "kind": "视听资料",
        "proves": "货架的位置和数量",
    },
]
FINE = "人民币壹仟贰佰伍拾元零伍分（1,250.05 元）"
PENALTIES = [{"text": f"罚款{FINE}"}, {"text": "没收非法财物"}]
CORRECTED = "本机关于2026年11月3日责令改正（云溪综执责改字〔2026〕第001号），2026年11月6日复查，逾期未改正。"
DEFENCE = (
    "2026年11月12日，当事人陈述、申辩称：摊位只占用了很小的一部分，生意难做，希望减轻处罚。经复核，占用面积有现场检查笔录"
    "和照片证明，经营困难不是法定的减轻理由。对上述意见不予采纳。"
)
HEARING = "经当事人要求，本机关于2026年11月18日举行听证。听证主持人的意见：事实清楚，证据确凿，程序合法，建议按拟处罚意见作出决定。"
REVIEW = "2026年11月19日，许斐审核通过。事实清楚，证据确凿，适用法律正确，裁量适当，程序合法，同意拟处理意见。"
MEMBERS = [
    {"name": "周正", "opinion": "事实清楚，同意承办人的意见。"},
    {"name": "许斐", "opinion": "证据充分，适用法律正确，同意。"},
    {"name": "司徒喆堃", "opinion": "当事人经教育仍不改正，应当处罚，罚款数额适当，同意。"},
]
WEIGHED: dict[str, Any] = COMMON | {
    "case_number": "云溪综执立字〔2026〕第001号",
    "filed_on": dt.date(2026, 11, 3),
    "acted_on": dt.date(2026, 11, 2),
    "facts_found": FOUND,
    "proofs": PROOFS,
    "violated": LONG_LAW,
    "law_cited": LONG_LAW,
    "law_why": LAW_WHY,
    "factors_told": "一年内已受处罚次数0次；有一定危害后果；尚未改正；没有阻挠执法",
    "reasons": REASONS,
    "lighter_told": "主动消除或减轻危害后果（第三十二条第一项）",
    "nearest_told": "最近 5 件同类案件罚款的中位数为 1,000 元，本案与之相比高 25%。",
    "deviation_reason": "占用面积明显大于同类案件。",
    "corrected": CORRECTED,
    "proposed": PENALTIES,
    "penalties": PENALTIES,
    "with_terms": True,
    "penalty_terms": "责令停产停业的期限为2026年12月1日至12月10日，范围是水果零售。",
    "granted_by": "《某某省人民政府关于赋予乡镇人民政府部分县级行政处罚权的决定》（某政发〔2024〕18号）",
}
NOTICE_NUMBER, HEARING_NUMBER = "云溪综执罚告字〔2026〕第001号", "云溪综执听告字〔2026〕第001号"
SERVED: dict[str, Any] = {
    "notice_number": NOTICE_NUMBER,
    "notice_served_on": dt.date(2026, 11, 10),
    "hearing_notice_number": HEARING_NUMBER,
    "defence_told": DEFENCE,
    "hearing_told": HEARING,
}
HEARD: dict[str, Any] = (
    WEIGHED
    | SERVED
    | {
        "begun": dt.datetime(2026, 11, 18, 9, 0, tzinfo=ZONE),
        "ended": dt.datetime(2026, 11, 18, 11, 5, tzinfo=ZONE),
        "place_words": "云溪镇综合行政执法局二楼会议室",
        "asked_on": dt.date(2026, 11, 11),
        "chair": "方宁",
        "recorder": "李卫",
        "open_hearing": True,
        "agent": "欧阳修文",
        "present": "当事人的法定代表人欧阳喆堃、代理人欧阳修文，案件调查人员苏敏、林晓峰",
        "signature_code": "signed",
        "chair_opinion": [{"text": "事实清楚，证据确凿，建议按拟处罚意见作出决定。", "name": "方宁", "day": DAY}],
        "answers": [
            {
                "question": f"请案件调查人员提出当事人违法的事实、证据和处罚建议（第{number}项）。",
                "answer": "苏敏：现场检查笔录和照片证明，当事人在人行道上摆放货架三组，占地约12.5平方米；责令改正后逾期未改正。",
            }
            for number in range(1, 13)
        ],
    }
)
MONEY = {
    "fine": FINE,
    "confiscated_income": "人民币叁佰元整（300 元）",
    "total": "人民币壹仟伍佰伍拾元零伍分（1,550.05 元）",
}
DECISION_FACTS: dict[str, dict[str, Any]] = {
    "investigation_report": WEIGHED
    | {
        "course": [
            {"day": dt.date(2026, 11, 2), "text": "现场检查（勘验）；登记证据（现场照片）；询问（欧阳喆堃）"},
            {"day": dt.date(2026, 11, 3), "text": "责令改正；核实证据"},
            {"day": dt.date(2026, 11, 6), "text": "复查改正情况"},
        ],
        "unfit": "占用面积没有达到那条规定的起点。",
    },
    "legal_review_opinion": WEIGHED
    | {
        "number": "云溪综执法审字〔2026〕第001号",
        "review_grounds": "罚款数额较大；与同类案件处罚幅度相差较大",
        "qualified": True,
        "result": "passed",
        "reviewer_opinion": {
            "text": "事实清楚，证据确凿，适用法律正确，裁量适当，程序合法。",
            "name": "许斐",
            "day": DAY,
        },
    },
    "discussion_record": HEARD
    | {
        "discussion_grounds": "罚款数额较大；罚款不在裁量档次之内",
        "chairman": "周正",
        "members": MEMBERS,
        "others": MEMBERS[1:],
        "heard_told": DEFENCE + HEARING,
        "review_told": REVIEW,
        "opinion": "与会人员一致同意承办人的处理意见。",
        "result": "passed",
    },
    "penalty_notice": WEIGHED
    | {
        "number": NOTICE_NUMBER,
        "defence_days": 5,
        "fine": True,
        "hearing": True,
        "hearing_notice_number": HEARING_NUMBER,
        "goods_taken": True,
        "items": THINGS[:6],
    },
    "hearing_notice": WEIGHED | SERVED | {"number": HEARING_NUMBER},
    "defence_record": HEARD
    | {
        "day": dt.date(2026, 11, 12),
        "defence": "摊位只占用了很小的一部分，生意难做，希望减轻处罚。",
        "defence_review": "占用面积有现场检查笔录和照片证明，经营困难不是法定的减轻理由。",
        "accepted_code": "not",
        "device": "YX-0007",
    },
    "hearing_call": HEARD
    | {
        "number": "云溪综执听通字〔2026〕第001号",
        "held_at": dt.datetime(2026, 11, 18, 9, 0, tzinfo=ZONE),
        "open_hearing": False,
        "closed_because": "案件材料涉及当事人的商业秘密。",
    },
    "hearing_record": HEARD,
    "hearing_report": HEARD,
    "decision_approval": WEIGHED
    | SERVED
    | {
        "review_told": REVIEW,
        "discussion_told": "2026年11月20日，讨论通过。与会人员一致同意承办人的处理意见。",
        "handler_opinion": [{"text": "建议按上述意见作出决定。", "day": DAY, **officer} for officer in OFFICERS],
    },
    "penalty_decision": WEIGHED
    | SERVED
    | MONEY
    | {"evidence": PROOFS, "goods_taken": True, "items": THINGS[:6], "publish": True},
    "no_penalty_decision": WEIGHED
    | {
        "number": "云溪综执不罚字〔2026〕第001号",
        "law_why": "",
        "ground_told": "初次违法，危害后果轻微并及时改正",
        "ground_article": "《中华人民共和国行政处罚法》第三十三条第一款、第五十七条第一款第二项",
        "education": "执法人员向当事人讲解了市容环境卫生的有关规定，当事人表示今后不再占道经营。",
    },
    "payment_notice": COMMON
    | MONEY
    | {
        "decided_on": DAY,
        "decision_number": COMMON["number"],
        "bank_name": "云川农村商业银行股份有限公司云溪经济技术开发区支行",
        "bank_account": "户名：云川县非税收入财政专户，账号：3225 0100 1234 5678 90",
        "electronic_payment": "用“非税支付”扫描缴款通知上的二维码缴纳",
    },
}
"""Every form of this part, by code."""
