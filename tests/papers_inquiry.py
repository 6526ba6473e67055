"""Facts enough to print every form up to the end of the investigation, with the longest names there could be."""

import datetime as dt
from typing import Any

from tests.papers import COMMON, DAY, LONG_LAW, OFFICERS, THINGS, ZONE

MORNING = dt.datetime(2026, 11, 2, 9, 15, tzinfo=ZONE)
REMEDY = (
    "如不服，可以自收到本文书之日起六十日内向云川县人民政府申请行政复议，"
    "也可以自收到本文书之日起六个月内依法向云川县人民法院提起行政诉讼。"
)
FOUND = (
    "2026年11月2日上午，执法人员巡查至云溪镇人民路与解放路交叉口东北角，发现当事人在人行道上摆放三层货架三组，经卷尺测量"
    "占地面积约为12.5平方米，现场不能提供占用城市道路的批准文件。"
)
OPINION = [{"text": "建议立案调查。", "day": DAY, **officer} for officer in OFFICERS]
APPROVED = {"text": "同意。", "name": "陈静", "day": DAY}
ASKING: dict[str, Any] = COMMON | {
    "case_number": "云溪综执立字〔2026〕第001号",
    "summary": FOUND,
    "items": THINGS,
    "place_words": "云溪镇人民路与解放路交叉口东北角人行道",
    "custodian": "云溪镇综合行政执法队暂存处",
    "handler_opinion": OPINION,
    "approver_opinion": APPROVED,
    "contact_phone": "0512-53530000",
    "organ_address": "云溪镇人民路1号",
    "remedy_measure": REMEDY,
    "signature_code": "signed",
    "signature": "已签字",
}
SEIZED: dict[str, Any] = ASKING | {
    "measure": "扣押",
    "seizure_basis": LONG_LAW,
    "seized_number": "云溪综执封字〔2026〕第001号",
    "seized_on": DAY,
    "held_until": dt.date(2026, 12, 22),
    "longer_until": dt.date(2027, 1, 21),
    "words": "涉案物品的权属和来源需要向生产企业所在地主管部门核实，核实结果尚未收到。",
}
HELD: dict[str, Any] = ASKING | {"held_number": "云溪综执先登字〔2026〕第001号", "held_on": DAY}
INQUIRED: dict[str, dict[str, Any]] = {
    "report_register": ASKING
    | {
        "reported": True,
        "registered_at": MORNING,
        "discovered_on": DAY,
        "acted_on": DAY,
        "grid": "320585-0101",
        "content": "人民路路口有人长期占道摆摊，早晚高峰行人只能走机动车道。",
        "handling": OPINION,
    },
    "questioning_record": ASKING
    | {
        "begun": MORNING,
        "ended": MORNING + dt.timedelta(hours=1),
        "asked_person": "欧阳喆堃",
        "relation": "当事人的法定代表人",
        "certificate_shown": True,
        "rights_told": True,
        "answers": [
            {
                "question": f"第{number}次摆放货架是什么时候？",
                "answer": "大约是早上六点半，一直摆到晚上收摊。" * (number % 4 + 1),
            }
            for number in range(1, 21)
        ],
    },
    "sampling_notice": ASKING | {"number": "云溪综执抽字〔2026〕第001号"},
    "hold_request": ASKING,
    "hold_settlement": HELD
    | {
        "number": "云溪综执登处字〔2026〕第001号",
        "settled": "退还当事人",
        "settlement_code": "returned",
        "words": "证据已经提取。",
    },
    "goods_return": HELD | {"lapsed": True},
    "seizure_request": SEIZED,
    "seizure_decision": SEIZED | {"number": "云溪综执封字〔2026〕第001号"},
    "seizure_extension": SEIZED | {"number": "云溪综执封延字〔2026〕第001号"},
    "lift_notice": SEIZED
    | {
        "number": "云溪综执解字〔2026〕第001号",
        "release_item": "三",
        "release_ground": "本机关对违法行为已经作出处理决定，不再需要查封、扣押",
    },
    "correction_order": ASKING
    | {
        "number": "云溪综执责改字〔2026〕第001号",
        "facts_found": FOUND,
        "correction": "立即将人行道上的货架全部移走，清扫场地，恢复人行道原状；今后未经批准不得再占用。",
        "until": dt.date(2026, 11, 25),
    },
    "recheck_record": ASKING
    | {
        "order_number": "云溪综执责改字〔2026〕第001号",
        "ordered_on": DAY,
        "correction": "立即将人行道上的货架全部移走，清扫场地，恢复人行道原状。",
        "until": dt.date(2026, 11, 25),
        "corrected_code": "partly",
        "findings": "货架已移走两组，尚有一组未移走；场地已清扫。",
    },
    "address_confirmation": ASKING
    | {"address": COMMON["party"]["address"], "consent": "yes", "channel": "13800000001", "receiver": "欧阳喆堃"},
    "authorisation": ASKING
    | {"agent": "周大伟", "relation": "公司职工", "words": "代为陈述、申辩，参加听证，签收文书，缴纳罚款。"},
    "assistance_letter": ASKING
    | {
        "number": "云溪综执协字〔2026〕第001号",
        "to_organ": "云川县市场监督管理局",
        "words": "请提供当事人的登记档案和近一年内的年度报告，并确认其分支机构是否已经办理注销登记。",
    },
    "delay_approval": ASKING
    | {
        "number": "云溪综执延字〔2026〕第001号",
        "clock_name": "作出决定",
        "clock_article": "行政处罚法第六十条",
        "since": MORNING.date(),
        "due": MORNING.date() + dt.timedelta(days=90),
        "filed_on": DAY,
        "words": "需要等待鉴定机构出具鉴定意见，已于11月10日送检，鉴定机构书面告知需要四十五日。",
        "until": dt.date(2027, 3, 1),
        "approver_opinion": APPROVED,
    },
    "on_spot_decision": ASKING
    | {
        "number": "云溪综执当罚字〔2026〕第001号",
        "facts_found": FOUND,
        "acted_on": DAY,
        "decided_at": MORNING,
        "proofs": [{"name": "现场照片", "kind": "视听资料", "proves": "货架占用人行道的位置和面积"}],
        "certificate_shown": True,
        "told": True,
        "heard": "当事人提出：不知道要办手续。经复核，不影响违法事实的认定。对上述意见不予采纳。",
        "reasons": "经查，当事人危害后果轻微，已经改正，属于「从轻」档次，裁量幅度为 100 元至 220 元。",
        "corrected": "本机关于2026年11月22日责令改正（云溪综执责改字〔2026〕第001号）。",
        "law_cited": LONG_LAW,
        "penalties": [{"text": "罚款人民币壹佰伍拾元整（150 元）"}],
        "fine": True,
        "pay_manner": "银行缴纳",
        "pay_manner_code": "bank",
        "bank": "云川农村商业银行云溪支行（户名：云溪镇财政所，账号：3205 8501 0101 0000 1234）或者扫描缴款码",
        "remedy_on_spot": "如不服本决定，应当先自收到本决定书之日起六十日内向云川县人民政府申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内依法向云川县人民法院提起行政诉讼。",
        "handed_over": "本决定书已当场宣告并交付当事人。",
    },
    "waiver": ASKING
    | {
        "waived": "要求听证",
        "hearing": True,
        "notice_number": "云溪综执听告字〔2026〕第001号",
        "notice_served_on": DAY,
        "day": DAY,
        "declarants": [COMMON["party"]],
    },
}
"""Every form of this part, by code."""
