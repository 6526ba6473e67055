"""What each act must say (法定内容), by the article that asks for it."""

from collections.abc import Iterator

from tests.oracle.life import CIVIL, FORCE, LAW, REVIEW, Breach, Life

CONTENTS: dict[str, tuple[str, str]] = {
    "open": (f"{LAW}第五十四条", "summary"),
    "name_party": (f"{LAW}第四十条", "party"),
    "ask_filing": (f"{LAW}第五十四条", "summary opinion"),
    "file": (f"{LAW}第五十四条", "opinion"),
    "approve_fast": (f"{LAW}第五十四条", "opinion"),
    "propose_fast": (f"{LAW}第五十四条", "facts_found evidence factors outcome"),
    "decide_on_spot": (f"{LAW}第五十二条第二款", "facts_found factors kinds pay_manner signature place_words"),
    "inspect": (f"{LAW}第五十五条第二款", "begun ended place_words findings signature"),
    "question": (f"{LAW}第五十五条第二款", "begun ended place_words asked_person answers signature"),
    "add_evidence": (f"{LAW}第四十六条", "evidence_kind title origin taken_at proves"),
    "review_evidence": (f"{LAW}第四十一条第二款", "number words"),
    "exclude_evidence": (f"{LAW}第四十六条第三款", "number words"),
    "sample": (f"{LAW}第五十六条", "items place_words signature"),
    "ask_hold": (f"{LAW}第五十六条", "items place_words custodian"),
    "approve_hold": (f"{LAW}第五十六条", "opinion"),
    "settle_hold": (f"{LAW}第五十六条", "settlement"),
    "ask_seizure": (f"{FORCE}第十八条、第二十四条", "items place_words summary"),
    "approve_seizure": (f"{FORCE}第十八条", "opinion"),
    "extend_seizure": (f"{FORCE}第二十五条第二款", "words"),
    "lift_seizure": (f"{FORCE}第二十八条", "release_ground"),
    "order_correction": (f"{LAW}第二十八条第一款", "facts_found correction until signature"),
    "no_correction": (f"{LAW}第二十八条第一款", "no_correction_because"),
    "recheck_correction": (f"{LAW}第二十八条第一款", "corrected findings"),
    "confirm_address": (f"{LAW}第六十一条第二款", "address signature"),
    "challenge": (f"{LAW}第四十三条第二款", "challenged words"),
    "rule_challenge": (f"{LAW}第四十三条第三款", "challenged words"),
    "approve_reason": (f"{LAW}第六十条", "clock words"),
    "conclude": (f"{LAW}第五十七条", "facts_found factors outcome"),
    "review": (f"{LAW}第五十八条", "opinion"),
    "discuss": (f"{LAW}第五十七条第二款", "members opinion"),
    "approve_notice": (f"{LAW}第四十四条", "opinion"),
    "serve_notice": (f"{LAW}第六十一条", "manner day"),
    "serve_decision": (f"{LAW}第六十一条", "manner day"),
    "serve_paper": (f"{LAW}第六十一条", "paper manner day"),
    "announce": (f"{CIVIL}第九十五条", "paper day words"),
    "hear_defence": (f"{LAW}第四十五条第一款", "defence"),
    "request_hearing": (f"{LAW}第六十四条第一项", "day"),
    "call_hearing": (f"{LAW}第六十四条第二项", "held_at place_words chair"),
    "hold_hearing": (f"{LAW}第六十四条第七项、第八项", "begun ended place_words answers opinion signature"),
    "forfeit_hearing": (f"{LAW}第六十四条第六项", "forfeit words"),
    "submit_decision": (f"{LAW}第五十七条", "outcome"),
    "decide": (f"{LAW}第五十七条", "opinion"),
    "pay": (f"{LAW}第六十七条", "amount_fen day pay_manner"),
    "hand_in_cash": (f"{LAW}第七十一条", "amount_fen day"),
    "bank_cash": (f"{LAW}第七十一条", "amount_fen day"),
    "approve_delay": (f"{LAW}第六十六条第二款", "words parts"),
    "dispose_goods": (f"{LAW}第七十四条第一款", "items words"),
    "perform": (f"{LAW}第六十六条第一款", "kinds day"),
    "apply_to_court": (f"{FORCE}第五十五条", "organ opinion"),
    "court_ruled": (f"{FORCE}第五十七条", "ruling day"),
    "contest": (f"{REVIEW}第二十条", "contest_kind day organ"),
    "contest_ruled": (f"{LAW}第七十三条", "contest_kind contest_result day"),
    "revoke": (f"{LAW}第七十五条第二款", "words"),
    "publish": (f"{LAW}第四十八条第一款", "day"),
    "unpublish": (f"{LAW}第四十八条第二款", "day words"),
    "transfer": (f"{LAW}第二十二条、第二十七条", "organ transfer_ground materials"),
    "withdraw": (f"{LAW}第五十七条", "words"),
    "decline": (f"{LAW}第五十四条", "words"),
    "archive": (f"{LAW}第四十七条", "archive_number"),
}
DECIDED_ON = ("facts_found", "evidence", "kinds")


def complete(life: Life) -> Iterator[Breach]:
    """Every act says what its article asks for."""
    for deed in life.deeds:
        article, names = CONTENTS.get(deed.action, ("", ""))
        for name in names.split():
            if deed.says(name) in (None, []):
                yield deed.breach("content_missing", article, f"缺少法定内容 {name}。")


def decision(life: Life) -> Iterator[Breach]:
    """Everything that article 59 wants on a decision was there to be printed."""
    for ruling in life.rulings:
        party = life.told.get("party") or {}
        if not party.get("name") or (not ruling.on_spot and not party.get("address")):
            yield ruling.deed.breach("content_missing", f"{LAW}第五十九条第一项", "没有当事人的姓名或者名称、地址。")
        if ruling.found is None or not ruling.penal:
            continue
        for name in DECIDED_ON:
            told = ruling.wish.says(name) or ruling.found.says(name)
            if told in (None, []):
                yield ruling.deed.breach("content_missing", f"{LAW}第五十九条", f"决定缺少 {name}。")


def refusals(life: Life) -> Iterator[Breach]:
    """Who does not sign: it is noted why or before whom (52, 55; 行政强制法 18)."""
    for deed in life.all("inspect", "question", "order_correction", "sample"):
        if deed.says("signature") in ("refused", "absent") and not (deed.says("witness") or deed.says("words")):
            yield deed.breach("refusal_unnoted", f"{LAW}第五十五条第二款", "当事人没有签字，没有见证人或者注明。")


RULES = (complete, decision, refusals)
