"""The month's penalty cases of the demo town (演示案件), each up to where it stands today; in all lanes and stages."""

import datetime as dt
from typing import Any

from enforcement.rules.cases.actions import Action
from service.demo import offences, offenders
from service.demo.case_steps import FIRST, LEADER, Dossier, decided, ended, filed, inquiry, steps, told
from service.demo.people import LEGAL, MAYOR

A = Action
CASH = {"pay_manner": "cash", "cash_ground": "small"}
EDUCATED = "已当面讲解有关规定，当事人表示今后随身携带清理用品。"
NOT_PUNISHED: dict[str, Any] = {"outcome": "no_penalty", "ground": "first_offence", "fine_fen": None, "kinds": None}
FAST = ((A.APPROVE_FAST, MAYOR.login), A.SERVE_NOTICE, A.WAIVE_DEFENCE, A.SUBMIT_DECISION)
CITY, EAST, WEST, NORTH = ("sumin", "yaohong"), ("sunyi", "wupei"), ("caomin", "yufeng"), ("jinbo", "xiajun")
SOUTH, PLANNERS = ("lujianming", "weiqiang"), ("jiangtao", "yelin")

_FINISHED = (
    Dossier(
        "on_spot_paid",
        "CZ",
        "CZ",
        CITY,
        offences.SPITTING,
        offenders.ZHOU,
        "云溪镇农贸市场东门",
        (
            *steps(12, "09:00", A.NAME_PARTY, A.ADD_EVIDENCE, A.DECIDE_ON_SPOT, (A.PAY, FIRST, CASH), apart=6),
            *steps(12, "13:30", A.REPORT_ON_SPOT, A.HAND_IN_CASH),
            *steps(11, "09:20", (A.BANK_CASH, LEADER)),
            *ended(11),
        ),
    ),
    Dossier(
        "fast_closed",
        "CD",
        "CD",
        EAST,
        offences.KITCHEN_WASTE,
        offenders.QIAN,
        "云溪镇东街 33 号后门人行道",
        (
            *inquiry(10),
            *steps(10, "13:30", A.PROPOSE_FAST, *FAST, (A.DECIDE, MAYOR.login), apart=30),
            *steps(9, "10:00", A.SERVE_DECISION, A.PAY),
            *ended(8, archived=False),
        ),
        reported=True,
    ),
    Dossier(
        "first_offence",
        "NW",
        "NW",
        SOUTH,
        offences.DOG,
        offenders.TAO,
        "云溪镇中心幼儿园门前",
        (
            *inquiry(9),
            *filed(9),
            *steps(8, "09:00", (A.CONCLUDE, FIRST, NOT_PUNISHED | {"education": EDUCATED})),
            *decided(7, **NOT_PUNISHED, education=EDUCATED),
            *ended(6, archived=False),
        ),
        reported=True,
    ),
    Dossier(
        "archived",
        "HX",
        "HX",
        WEST,
        offences.RUBBLE,
        offenders.RUAN,
        "云溪镇塘北村河堤内侧",
        (
            *inquiry(15, A.ORDER_CORRECTION),
            *filed(15),
            *steps(13, "09:00", A.RECHECK_CORRECTION),
            *steps(13, "10:00", A.CONCLUDE, (A.APPROVE_NOTICE, MAYOR.login), A.SERVE_NOTICE),
            *steps(13, "14:00", A.WAIVE_DEFENCE),
            *decided(12),
            *steps(11, "10:00", A.PAY),
            *ended(10),
        ),
        reported=True,
    ),
    Dossier(
        "transferred",
        "NW",
        "NW",
        SOUTH,
        offences.BOTTLES,
        offenders.GAS,
        "云溪镇南湾村 101 号院内",
        (*inquiry(6, A.ORDER_CORRECTION), *filed(6), *steps(5, "15:00", (A.TRANSFER, MAYOR.login))),
    ),
)
_UNDER_WAY = (
    Dossier(
        "ordinary_defended",
        "BJ",
        "BJ",
        NORTH,
        offences.SPILL,
        offenders.CARRIERS,
        "云溪镇工业路 15 号至 40 号路段",
        (
            *inquiry(14),
            *filed(14),
            *told(13),
            *steps(11, "10:00", A.HEAR_DEFENCE),
            *decided(7, fine_fen=400_000),
        ),
    ),
    Dossier(
        "hearing",
        "CZ",
        "CZ",
        CITY,
        offences.FUMES,
        offenders.ZHEKUN,
        "云溪镇人民路 88 号喆堃餐厅后厨",
        (
            *inquiry(11, A.ORDER_CORRECTION),
            *filed(11),
            *told(8),
            *steps(6, "10:00", A.REQUEST_HEARING),
            *steps(5, "14:30", (A.CALL_HEARING, LEGAL.login)),
        ),
        reported=True,
    ),
    Dossier(
        "awaiting_filing",
        "BJ",
        "BJ",
        NORTH,
        offences.RUBBLE,
        offenders.SHI,
        "云溪镇河西村 27 号前河堤",
        (*inquiry(1, A.ORDER_CORRECTION), *steps(1, "13:40", A.ASK_FILING)),
        reported=True,
    ),
    Dossier(
        "awaiting_review",
        "HX",
        "HX",
        WEST,
        offences.FUMES,
        offenders.SEA,
        "云溪镇滨河路 6 号望海楼酒店后厨",
        (
            *inquiry(9, A.ORDER_CORRECTION),
            *filed(9),
            *told(7),
            *steps(6, "09:00", A.WAIVE_DEFENCE, A.WAIVE_HEARING),
            *steps(2, "10:00", A.SUBMIT_DECISION),
        ),
    ),
    Dossier(
        "awaiting_decision",
        "CD",
        "CD",
        EAST,
        offences.RUBBLE,
        offenders.JI,
        "云溪镇南湾村 41 号西侧河堤",
        (
            *inquiry(8, A.ORDER_CORRECTION),
            *filed(8),
            *steps(6, "09:00", A.RECHECK_CORRECTION),
            *told(6),
            *steps(6, "16:00", A.WAIVE_DEFENCE),
            *steps(1, "10:30", A.SUBMIT_DECISION),
        ),
    ),
    Dossier(
        "awaiting_fast",
        "CZ",
        "CZ",
        CITY,
        offences.KITCHEN_WASTE,
        offenders.MENG,
        "云溪镇老街 8 号门前雨水口",
        (*inquiry(1), *steps(1, "13:50", A.PROPOSE_FAST)),
        reported=True,
    ),
    Dossier(
        "notified",
        "CZ",
        "GH",
        PLANNERS,
        offences.DUST,
        offenders.BUILDERS,
        "云溪镇滨河路 199 号滨河片区工地",
        (
            *inquiry(6, A.ORDER_CORRECTION),
            *filed(6),
            *steps(3, "09:00", A.RECHECK_CORRECTION),
            *steps(1, "09:30", A.CONCLUDE, (A.APPROVE_NOTICE, MAYOR.login), A.SERVE_NOTICE, apart=90),
        ),
    ),
    Dossier(
        "overdue",
        "CD",
        "CD",
        EAST,
        offences.KITCHEN_WASTE,
        offenders.LV,
        "云溪镇东街 70 号门前",
        (
            *inquiry(17),
            *steps(17, "13:30", A.PROPOSE_FAST, *FAST, (A.DECIDE, MAYOR.login), apart=30),
            *steps(16, "10:00", A.SERVE_DECISION),
        ),
    ),
    Dossier(
        "hold_lapsing",
        "BJ",
        "BJ",
        NORTH,
        offences.RUBBLE,
        offenders.WEI,
        "云溪镇塘北村 66 号北侧河堤",
        (*inquiry(6, A.ORDER_CORRECTION), *steps(6, "13:30", A.ASK_HOLD, (A.APPROVE_HOLD, MAYOR.login))),
    ),
    Dossier(
        "on_spot_unpaid",
        "HX",
        "HX",
        WEST,
        offences.LITTER,
        offenders.person("孔志强", dt.date(1990, 5, 21), 317, "云溪镇河西村 9 号", "13800020010"),
        "云溪镇滨河停车场出口",
        (
            *steps(
                2,
                "10:00",
                A.NAME_PARTY,
                A.ADD_EVIDENCE,
                (A.DECIDE_ON_SPOT, FIRST, {"pay_manner": "bank", "cash_ground": None}),
                apart=6,
            ),
            *steps(2, "14:00", A.REPORT_ON_SPOT),
        ),
    ),
)
DOSSIERS = (*_FINISHED, *_UNDER_WAY)
