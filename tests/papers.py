"""Facts of a case as documents ask for them: the longest name there could be, the longest law, and a rare character."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
DAY = dt.date(2026, 11, 22)
LONG_NAME = (
    "云川县云溪镇沿江经济技术开发区喆堃生态环境综合治理与城乡一体化市容环境卫生服务（集团）有限责任公司第三分公司"
)
LONG_LAW = (
    "《长江三角洲生态绿色一体化发展示范区国土空间规划管理及城镇燃气设施安全保护与危险化学品安全综合治理若干规定"
    "（2025年修正）》第一百三十八条第二款第三项"
)
OFFICERS = [
    {"name": "苏敏", "certificate": "10050724001"},
    {"name": "林晓峰", "certificate": "10050724002"},
]
COMPANY = {
    "kind": "organisation",
    "name": LONG_NAME,
    "number_kind": "统一社会信用代码",
    "number": "91350200776049653A",
    "address": "云川县云溪镇沿江经济技术开发区滨江大道一千二百八十八号创新创业服务中心七号楼三单元一层东侧",
    "head": "欧阳喆堃",
    "phone": "13800000001",
}
PERSON = {
    "kind": "person",
    "name": "周喆",
    "gender": "男",
    "birth": dt.date(1980, 1, 1),
    "number_kind": "居民身份证",
    "number": "11010519491231002X",
    "address": "云川县云溪镇人民路12号",
    "phone": "13800000001",
}
COMMON: dict[str, Any] = {
    "organ": "云溪镇人民政府",
    "office": "云溪镇综合行政执法队",
    "number": "云溪综执罚决字〔2026〕第001号",
    "date": DAY,
    "case_name": "擅自在道路两侧和公共场地摆摊经营",
    "case_source": "群众举报",
    "power_basis": LONG_LAW,
    "organ_address": "云溪镇人民路1号",
    "contact_phone": "0512-53530000",
    "bank": "云川农村商业银行云溪支行（账号 3225 0100 1234 5678 90）",
    "remedy": "如不服本决定，可以自收到本决定书之日起六十日内向云川县人民政府申请行政复议，或者在六个月内依法提起行政诉讼。",
    "party": COMPANY,
    "officers": OFFICERS,
}
THINGS = [
    {"name": f"货架{number}", "spec": "2.0m×0.6m×1.5m", "amount": number, "unit": "组", "state": "完好"}
    for number in range(1, 41)
]
HELD: dict[str, Any] = COMMON | {
    "number": "云溪综执先登字〔2026〕第001号",
    "held_until": dt.date(2026, 12, 1),
    "summary": "现场发现下列物品与本案有关",
    "custodian": "云溪镇综合行政执法队",
    "place_words": "云溪镇人民路1号",
    "items": THINGS,
}
FILED: dict[str, Any] = COMMON | {
    "number": "云溪综执立字〔2026〕第001号",
    "summary": "当事人未经批准，擅自占用人行道摆放货架三组经营水果。",
    "handler_opinion": [{"text": "建议立案调查。", "day": DAY, **officer} for officer in OFFICERS],
    "approver_opinion": {"text": "同意立案。", "name": "陈静", "day": DAY},
}
INSPECTED: dict[str, Any] = COMMON | {
    "begun": dt.datetime(2026, 11, 2, 9, 15, tzinfo=ZONE),
    "ended": dt.datetime(2026, 11, 2, 10, 5, tzinfo=ZONE),
    "place_words": "云溪镇人民路与解放路交叉口东北角",
    "certificate_shown": True,
    "avoidance_told": True,
    "findings": "当事人在人行道上摆放三层货架三组，占地面积经卷尺测量约为12.5平方米。",
    "signature_code": "signed",
}
SERVED: dict[str, Any] = COMMON | {
    "number": "云溪综执送字〔2026〕第001号",
    "papers": [{"name": "行政处罚决定书", "number": "云溪综执罚决字〔2026〕第001号"}, {"name": "缴款通知书"}],
    "manner_code": "in_person",
    "day": DAY,
}
DECIDED: dict[str, Any] = COMMON | {
    "facts_found": "当事人未经批准，擅自占用人行道摆放货架三组经营水果。",
    "evidence": [{"name": "现场检查笔录", "proves": "占道经营的事实"}],
    "notice_number": "云溪综执罚告字〔2026〕第001号",
    "notice_served_on": dt.date(2026, 11, 10),
    "defence_told": "你（单位）在法定期限内未提出陈述、申辩意见。",
    "violated": LONG_LAW,
    "law_cited": LONG_LAW,
    "reasons": "属于一般情形。",
    "penalties": [{"text": "罚款人民币壹仟贰佰元整（¥1,200.00）"}],
    "fine": "人民币壹仟贰佰元整（¥1,200.00）",
}
FACTS = {
    "hold_notice": HELD,
    "filing_approval": FILED,
    "inspection_record": INSPECTED,
    "service_receipt": SERVED,
    "penalty_decision": DECIDED,
}
"""Every form with facts enough to print it."""
