"""Facts enough to print every form after the decision, with the longest names there could be."""

import datetime as dt
from typing import Any

from tests.papers import COMMON, DAY, LONG_LAW, OFFICERS, THINGS
from tests.papers_inquiry import APPROVED, FOUND, OPINION

REMEDY = COMMON["remedy"]
DECISION = "云溪综执罚决字〔2026〕第001号"
DECIDED: dict[str, Any] = COMMON | {
    "case_number": "云溪综执立字〔2026〕第001号",
    "decision_title": "行政处罚决定书",
    "decision_number": DECISION,
    "decided_on": DAY,
    "received_on": DAY,
    "published": DAY,
    "acted_on": DAY,
    "filed_on": DAY,
    "organ_phone": "0512-53530000",
    "court": "云川县人民法院",
    "remedy_measure": REMEDY,
    "words": "经核对，原决定认定的行为发生日期与现场检查笔录记载的日期不一致，属于认定事实错误，应当纠正。",
    "approver_opinion": APPROVED,
    "handler_opinion": OPINION,
}
FINE = "人民币壹佰贰拾叁万肆仟伍佰陆拾柒元整（1,234,567 元）"
LATE = "人民币叁拾柒万零叁佰柒拾元壹角（370,370.10 元）"
OWED: dict[str, Any] = {
    "principal": FINE,
    "late_fee": LATE,
    "paid": "人民币壹仟元整（1,000 元）",
    "left": "人民币壹佰陆拾万叁仟玖佰叁拾柒元壹角（1,603,937.10 元）",
    "still_growing": True,
}
RESULT = [
    {"text": f"罚款{FINE}"},
    {"text": "没收违法所得人民币伍仟元整（5,000 元）"},
    {"text": "责令停产停业"},
]
CLOSED: dict[str, Any] = DECIDED | {
    "summary": FOUND,
    "result": RESULT,
    "service_told": "决定书已于2026年11月22日留置送达。",
    "performance": [
        {"text": f"应缴款项{FINE}，加处罚款{LATE}；已缴{OWED['left']}，已经缴清。"},
        {"text": "罚款经批准延期（分期）缴纳。"},
    ],
    "receipts": [
        {
            "day": DAY + dt.timedelta(days=30 * number),
            "sum": "100,000 元",
            "manner": "银行缴纳",
            "receipt": f"苏财 000{number:05}",
        }
        for number in range(1, 13)
    ],
    "correction_told": "本机关于2026年11月3日责令改正（云溪综执责改字〔2026〕第001号），2026年11月10日复查，已改正。",
    "goods_told": "先行登记保存的40项物品已退还。",
    "contest_told": "当事人于2026年12月1日提起行政复议，2027年1月30日维持或驳回。",
}
KINDS = ("立案审批表", "现场检查（勘验）笔录", "询问笔录", "先行登记保存证据处理通知书", "延期（分期）缴纳罚款审批表")
LATER: dict[str, dict[str, Any]] = {
    "service_notice": DECIDED
    | {
        "number": "云溪综执公字〔2026〕第001号",
        "paper_named": f"《行政处罚决定书》（{DECISION}）、《缴款通知书》",
        "content": f"本机关对你（单位）作出下列处理：罚款{FINE}；责令停产停业。",
        "notice_days": "30日",
        "until": dt.date(2026, 12, 22),
        "rights": REMEDY,
        "words": "先后两次到登记的住所直接送达，均无人应门，邻居称已搬离；邮寄的文书以“查无此人”退回。",
        "place_words": "云溪镇人民政府公告栏、门户网站和登记的住所大门",
        "day": DAY,
    },
    "payment_approval": DECIDED
    | {
        "number": "云溪综执缓字〔2026〕第001号",
        "fine": FINE,
        "paid": "尚未缴纳",
        "schedule": [{"due": DAY + dt.timedelta(days=30 * number), "sum": FINE} for number in range(1, 13)],
        "words": "当事人书面申请分十二期缴纳，附银行流水、纳税申报表和职工工资发放表，证明受水灾影响停产三个月。",
    },
    "goods_disposal": DECIDED
    | {
        "number": "云溪综执物处字〔2026〕第001号",
        "items": THINGS,
        "witness": "云溪镇河东村村民委员会 张主任",
        "words": "清单所列物品不能食用，也没有利用价值，经负责人批准，运至云川县生活垃圾焚烧厂销毁，全程录像。",
    },
    "urging_letter": DECIDED | OWED | {"number": "云溪综执催字〔2026〕第001号", "duties": RESULT},
    "court_application": DECIDED
    | {
        "number": "云溪综执强申字〔2026〕第001号",
        "to_organ": "云川县人民法院",
        "facts_found": FOUND,
        "law_cited": LONG_LAW,
        "wishes": [*RESULT, {"text": f"加处罚款，截至本申请书作出之日为{LATE}"}],
        "object_told": f"决定确定的款项为{FINE}，加处罚款{LATE}，被申请人至今没有缴纳，尚欠{OWED['left']}。",
        "heard_told": "被申请人提出：生意不好，请求少罚。申请人部分采纳。被申请人收到催告书后没有提出陈述、申辩意见。",
        "contest_told": "被申请人在法定期限内没有申请行政复议，也没有提起行政诉讼。",
        "urging_number": "云溪综执催字〔2026〕第001号",
        "urged_on": DAY,
        "day": DAY,
        "enclosed": [{"text": "《行政处罚决定书》及送达回证；"}, {"text": "机关身份证明和委托代理手续。"}],
    },
    "revocation_decision": DECIDED | OWED | {"number": "云溪综执撤字〔2026〕第001号"},
    "credit_repair_notice": DECIDED | {"number": "云溪综执信字〔2026〕第001号"},
    "transfer_letter": DECIDED
    | {
        "number": "云溪综执移字〔2026〕第001号",
        "to_organ": "云川县公安局",
        "transfer_ground_code": "crime",
        "transfer_reason": "该违法行为涉嫌犯罪，应当依法追究刑事责任。",
        "transfer_article": "《中华人民共和国行政处罚法》第二十七条第一款",
        "words": FOUND,
        "materials": "案卷一册（共86页）、涉案物品清单一份、检验报告一份、现场执法音像资料光盘一张",
    },
    "withdrawal_approval": DECIDED | {"number": "云溪综执撤案字〔2026〕第001号", "held": "没有需要处理的物品"},
    "closing_request": CLOSED,
    "closing_approval": CLOSED | {"number": "云溪综执结字〔2026〕第001号"},
    "file_cover": CLOSED
    | {
        "file_lane": "普通程序",
        "closed_on": DAY,
        "archived_on": DAY,
        "archive_number": "2026-001",
        "count": 23,
        "pages": 61,
    },
    "file_directory": DECIDED
    | {
        "entries": [
            {
                "title": KINDS[number % len(KINDS)],
                "number": f"云溪综执先登字〔2026〕第{number:03}号" if number % 3 else None,
                "day": DAY.isoformat(),
                "page": 3 * number - 2,
            }
            for number in range(1, 46)
        ],
        "files": [
            {"name": f"现场照片{number}.jpg", "kept": DAY.isoformat(), "sha256": f"{number:064x}"}
            for number in range(1, 10)
        ],
    },
}
"""Every form of this part, by code."""
LATER["service_receipt"] = LATER["service_notice"] | {
    "number": "云溪综执送字〔2026〕第001号",
    "papers": [
        {"name": "行政处罚决定书", "number": DECISION, "copies": 1},
        {"name": "缴款通知书", "number": None, "copies": 1},
    ],
    "manner_code": "left",
    "witness": "云溪镇河东村村民委员会 张主任",
    "officers": OFFICERS,
}
