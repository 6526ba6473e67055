"""The papers of a case (文书、文号): every act that needs one has it, and every paper and number belongs somewhere."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.oracle.life import CIVIL, FORCE, LAW, Breach, Deed, Life, moment

PAPERS: dict[str, tuple[str, str]] = {
    "file": (f"{LAW}第五十四条", "filing_approval"),
    "approve_fast": (f"{LAW}第四十四条、第五十四条", "filing_approval"),
    "decide_on_spot": (f"{LAW}第五十二条", "on_spot_decision"),
    "inspect": (f"{LAW}第五十五条第二款", "inspection_record"),
    "question": (f"{LAW}第五十五条第二款", "questioning_record"),
    "sample": (f"{LAW}第五十六条", "sampling_notice"),
    "approve_hold": (f"{LAW}第五十六条", "hold_notice"),
    "settle_hold": (f"{LAW}第五十六条", "hold_settlement"),
    "approve_seizure": (f"{FORCE}第二十四条", "seizure_decision"),
    "extend_seizure": (f"{FORCE}第二十五条第二款", "seizure_extension"),
    "lift_seizure": (f"{FORCE}第二十八条", "lift_notice"),
    "order_correction": (f"{LAW}第二十八条第一款", "correction_order"),
    "review": (f"{LAW}第五十八条", "legal_review_opinion"),
    "discuss": (f"{LAW}第五十七条第二款", "discussion_record"),
    "serve_notice": (f"{CIVIL}第八十七条", "service_receipt"),
    "serve_decision": (f"{CIVIL}第八十七条", "service_receipt"),
    "serve_paper": (f"{CIVIL}第八十七条", "service_receipt"),
    "announce": (f"{CIVIL}第九十五条", "service_notice"),
    "hear_defence": (f"{LAW}第四十五条第一款", "defence_record"),
    "call_hearing": (f"{LAW}第六十四条第二项", "hearing_call"),
    "hold_hearing": (f"{LAW}第六十四条第八项", "hearing_record"),
    "approve_delay": (f"{LAW}第六十六条第二款", "payment_approval"),
    "urge": (f"{FORCE}第五十四条", "urging_letter"),
    "apply_to_court": (f"{FORCE}第五十五条", "court_application"),
    "transfer": (f"{LAW}第二十七条", "transfer_letter"),
    "revoke": (f"{LAW}第七十五条第二款", "revocation_decision"),
    "close": (f"{LAW}第四十七条", "closing_approval"),
}
"""The paper an act cannot be without, by the article that asks for it."""
MARKS = {
    "filing_approval": "立",
    "on_spot_decision": "当罚",
    "penalty_decision": "罚决",
    "no_penalty_decision": "不罚",
    "penalty_notice": "罚告",
    "hearing_notice": "听告",
    "hold_notice": "先登",
    "correction_order": "责改",
    "urging_letter": "催",
    "hearing_call": "听通",
    "closing_approval": "结",
    "service_receipt": "送",
}
NUMBERED = {"on_spot_decision", "penalty_decision", "no_penalty_decision"}
"""Article 52 asks for a number, and a decision without one cannot be found again."""
NUMBER = re.compile(r"(?P<body>.+?)字〔(?P<year>[0-9]{4})〕第(?P<sequence>[0-9]+)号")
HASH = re.compile(r"[0-9a-f]{64}")
RECORD = f"{LAW}第四十七条"


def printed(life: Life) -> Iterator[Breach]:
    """What an act must put on paper is on paper."""
    kinds: dict[int, set[str]] = {}
    for paper in _papers(life):
        kinds.setdefault(int(paper["sequence"]), set()).add(str(paper["kind"]))
    for deed in life.deeds:
        for article, kind in _needed(life, deed):
            if kind not in kinds.get(deed.sequence, set()):
                yield deed.breach("paper_missing", article, f"没有文书 {kind}。")


def _needed(life: Life, deed: Deed) -> Iterator[tuple[str, str]]:
    if deed.action in PAPERS:
        yield PAPERS[deed.action]
    if deed.action in ("approve_notice", "approve_fast"):
        found = life.last(deed, "conclude", "propose_fast")
        if found and found.says("outcome") == "penalty":
            yield f"{LAW}第四十四条", "penalty_notice"
        if deed.known.get("hearing_due"):
            yield f"{LAW}第六十三条", "hearing_notice"
    if deed.action == "decide":
        penal = any(one.deed is deed and one.penal for one in life.rulings)
        yield f"{LAW}第五十九条", "penalty_decision" if penal else "no_penalty_decision"


def belonging(life: Life) -> Iterator[Breach]:
    """Every paper belongs to an act, was not made before it, and can be proved by its hash."""
    by_sequence = {deed.sequence: deed for deed in life.deeds}
    for paper in _papers(life):
        deed, told = by_sequence.get(int(paper["sequence"])), f"文书《{paper.get('title')}》"
        if deed is None:
            yield Breach("paper_without_act", RECORD, f"{told}不属于任何一步。")
        elif moment(paper["made_at"]) < deed.at:
            yield deed.breach("paper_too_early", RECORD, f"{told}早于这一步制作。")
        if not HASH.fullmatch(str(paper.get("sha256"))) or not paper.get("size") or not paper.get("pages"):
            yield Breach("no_hash", RECORD, f"{told}没有校验值或者是空的。")
    for kept in life.told.get("evidence_files") or ():
        if not HASH.fullmatch(str(kept.get("sha256"))):
            yield Breach("no_hash", f"{LAW}第四十六条", f"证据文件 {kept.get('name')} 没有校验值。")


def decisions(life: Life) -> Iterator[Breach]:
    """A decision is printed once, by the act that made it, and of the right kind."""
    made = {deed.sequence for deed in life.all("decide", "decide_on_spot")}
    for paper in _papers(life):
        if paper["kind"] in NUMBERED and paper["sequence"] not in made:
            yield Breach("paper_without_act", f"{LAW}第五十九条", f"《{paper.get('title')}》没有相应的决定。")
    kinds = Counter((paper["sequence"], paper["kind"]) for paper in _papers(life))
    for (sequence, kind), times in kinds.items():
        if times > 1:
            yield Breach("paper_twice", RECORD, f"第{sequence}步的 {kind} 制作了 {times} 次。")


def numbered(life: Life) -> Iterator[Breach]:
    """A number stands on one paper, of its own kind, year and register."""
    register = {str(one["text"]): one for one in life.told.get("numbers") or ()}
    seen: set[str] = set()
    for paper in _papers(life):
        number, told = paper.get("number"), f"文书《{paper.get('title')}》"
        if not number:
            if paper["kind"] in NUMBERED:
                yield Breach("number_missing", f"{LAW}第五十二条、第五十九条", f"{told}没有文号。")
            continue
        if number in seen:
            yield Breach("number_twice", RECORD, f"文号 {number} 用了两次。")
        seen.add(str(number))
        if str(number) not in register or register[str(number)]["state"] != "issued":
            yield Breach("number_unregistered", RECORD, f"文号 {number} 没有在登记簿上出文。")
        yield from _right_kind(life, paper, str(number), register.get(str(number)))


def _right_kind(life: Life, paper: dict[str, Any], number: str, row: dict[str, Any] | None) -> Iterator[Breach]:
    parts = NUMBER.fullmatch(number)
    mark = MARKS.get(str(paper["kind"]))
    if parts is None or (mark and not parts["body"].endswith(mark)):
        yield Breach("number_kind", RECORD, f"文号 {number} 不是《{paper.get('title')}》的文号。")
        return
    deed = next((one for one in life.deeds if one.sequence == paper["sequence"]), None)
    if deed and int(parts["year"]) != deed.day.year:
        yield Breach("number_year", RECORD, f"文号 {number} 的年份不是 {deed.day.year}。")
    if row and (int(row["year"]), int(row["sequence"])) != (int(parts["year"]), int(parts["sequence"])):
        yield Breach("number_kind", RECORD, f"文号 {number} 与登记簿不一致。")


def registered(life: Life) -> Iterator[Breach]:
    """A number that was given out stands on a paper, or is void with a reason; the act that took it says the same."""
    rows = life.told.get("numbers") or ()
    used = {str(paper.get("number")) for paper in _papers(life)}
    for text, times in Counter(str(one["text"]) for one in rows).items():
        if times > 1:
            yield Breach("number_twice", RECORD, f"文号 {text} 登记了两次。")
    for row in rows:
        if row["state"] == "issued" and row["text"] not in used:
            yield Breach("number_lost", RECORD, f"文号 {row['text']} 已出文，卷内没有文书。")
        if row["state"] == "void" and not row.get("reason"):
            yield Breach("number_lost", RECORD, f"文号 {row['text']} 作废没有理由。")
    papers = {(int(one["sequence"]), str(one["kind"])): one.get("number") for one in _papers(life)}
    for deed in life.deeds:
        for kind, number in (deed.known.get("numbers") or {}).items():
            if papers.get((deed.sequence, kind)) != number:
                yield deed.breach("number_differs", RECORD, f"{kind} 的文号与办理时分配的不一致。")


def _papers(life: Life) -> list[dict[str, Any]]:
    return list(life.told.get("documents") or ())


RULES = (printed, belonging, decisions, numbered, registered)
