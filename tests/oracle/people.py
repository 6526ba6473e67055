"""Who acted (执法人员、回避、查审分离): 行政处罚法 42, 43, 57, 58, 64; 国办发〔2024〕54号."""

from collections.abc import Iterator
from typing import Any

from tests.oracle.life import FORCE, LAW, Breach, Deed, Life, acts

QUALIFIED, AVOIDANCE = f"{LAW}第四十二条", f"{LAW}第四十三条"
GRID_STAFF = "国办发〔2024〕54号"
FEWEST = 2
TOGETHER = acts(
    """open assign ask_filing decide_on_spot propose_fast inspect question add_evidence verify_evidence sample ask_hold
    settle_hold return_goods ask_seizure order_correction recheck_correction conclude serve_notice hear_defence
    waive_defence waive_hearing submit_decision announce serve_decision serve_paper hand_in_cash dispose_goods urge
    ask_closing"""
)
"""What an organ does through its officers, never fewer than two (行政处罚法 42; 行政强制法 18; 民事诉讼法 on service)."""
INQUIRY = acts(
    """inspect question add_evidence verify_evidence sample ask_hold ask_seizure order_correction conclude propose_fast
    decide_on_spot"""
)
"""Who did one of these investigated the case."""
FOR_THE_HEAD = acts(
    """file decline approve_fast approve_hold approve_seizure extend_seizure approve_notice discuss decide approve_delay
    approve_reason apply_to_court revoke redecide transfer take_back withdraw close rule_challenge"""
)
"""What the head of the organ (行政机关负责人) decides."""
NEVER = {"grid_worker": "网格员", "auxiliary": "辅助人员"}
ENFORCERS = {"officer", "squad_leader"}


def enough(life: Life) -> Iterator[Breach]:
    """Two different officers wherever the law asks for officers."""
    for deed in life.deeds:
        if (deed.action in TOGETHER or deed.officers) and len(set(deed.officers)) < FEWEST:
            yield deed.breach("one_officer", QUALIFIED, "执法人员少于两人。")


def certified(life: Life) -> Iterator[Breach]:
    """Each with a certificate of his own that was valid, and no auxiliary or 网格员 among them."""
    for deed in life.deeds:
        if deed.action == "open" and not deed.known.get("officers"):
            continue
        told = {login: _known(deed, login) for login in set(deed.officers)}
        for login, known in sorted(told.items()):
            yield from _standing(deed, login, known)
        numbers = [known.get("number") for known in told.values() if known.get("number")]
        if len(set(numbers)) < len(numbers):
            yield deed.breach("same_certificate", QUALIFIED, "两名执法人员用了同一张执法证。")


def _standing(deed: Deed, login: str, known: dict[str, Any]) -> Iterator[Breach]:
    roles = set(known.get("roles") or ())
    for role in sorted(NEVER.keys() & roles):
        yield deed.breach("not_an_officer", GRID_STAFF, f"{login} 是{NEVER[role]}，不能执法。")
    if not known.get("ok") or not known.get("number"):
        yield deed.breach("no_certificate", QUALIFIED, f"{login} 没有有效的执法证。")
    elif roles and not roles & ENFORCERS:
        yield deed.breach("not_an_officer", QUALIFIED, f"{login} 不是执法人员。")


def _known(deed: Deed, login: str) -> dict[str, Any]:
    return dict((deed.known.get("officers") or {}).get(login) or {})


def conflicts(life: Life) -> Iterator[Breach]:
    """Nobody acts in a case that touches his own interest, nor once it was decided that he must stand aside."""
    aside: set[str] = set()
    for deed in life.deeds:
        acting = _acting(deed)
        touched = {str(one["login"]) for one in deed.known.get("conflicts") or ()}
        for login in sorted(acting & touched):
            yield deed.breach("conflict", AVOIDANCE, f"{login} 与案件有利害关系，应当回避。")
        for login in sorted(acting & aside):
            yield deed.breach("stood_aside", AVOIDANCE, f"{login} 已被决定回避。")
        if deed.action == "rule_challenge":
            if deed.login and deed.login == deed.says("challenged"):
                yield deed.breach("own_judge", AVOIDANCE, "被申请回避的人不能决定自己的回避。")
            if deed.says("passed") is True:
                aside.add(str(deed.says("challenged")))


def challenges_ruled(life: Life) -> Iterator[Breach]:
    """The inquiry goes on while somebody's withdrawal is applied for (43), but nothing is decided."""
    for ruling in life.rulings:
        asked = {deed.says("challenged"): deed for deed in life.before(ruling.deed, "challenge")}
        for who, deed in asked.items():
            ruled = [one for one in life.after(deed, "rule_challenge") if one.says("challenged") == who]
            if not any(one.place < ruling.deed.place for one in ruled):
                yield ruling.deed.breach("challenge_open", f"{AVOIDANCE}第三款", f"对 {who} 的回避申请还没有决定。")


def _acting(deed: Deed) -> set[str]:
    chair = {str(deed.says("chair"))} if deed.says("chair") else set()
    return {*deed.officers, *chair, *({deed.login} if deed.login else ())}


def separate(life: Life) -> Iterator[Breach]:
    """Who investigates does not approve, review or chair."""
    investigators: set[str] = set()
    for deed in life.deeds:
        if deed.action in INQUIRY:
            investigators |= set(deed.officers)
        involved = investigators | life.handlers[deed.place]
        if deed.action in FOR_THE_HEAD and deed.login in involved:
            yield deed.breach("handler_approves", f"{LAW}第五十七条", f"{deed.login} 是承办人，不能审批。")
        if deed.action in ("review", "review_evidence") and deed.login in involved:
            yield deed.breach("handler_reviews", f"{LAW}第五十八条", f"{deed.login} 是承办人，不能审核。")
        if deed.action in ("call_hearing", "hold_hearing") and _chair(deed) & involved:
            yield deed.breach("handler_chairs", f"{LAW}第六十四条第四项", "听证主持人是本案调查人员。")


def _chair(deed: Deed) -> set[str]:
    return {deed.login} if deed.action == "hold_hearing" else {str(deed.says("chair"))}


def chaired(life: Life) -> Iterator[Breach]:
    """The hearing is held by the one named as its chair."""
    for deed in life.all("hold_hearing"):
        called = life.last(deed, "call_hearing")
        if called and deed.login != called.says("chair"):
            yield deed.breach("wrong_chair", f"{LAW}第六十四条第四项", "主持听证的不是指定的主持人。")


def head_signs(life: Life) -> Iterator[Breach]:
    """What only the head decides is decided by somebody with that post; a clock alone ends a measure."""
    for deed in life.deeds:
        roles = _known(deed, deed.login).get("roles")
        if deed.action in FOR_THE_HEAD and roles is not None and "approver" not in roles:
            yield deed.breach("no_authority", f"{LAW}第五十七条", f"{deed.login} 不是审批人。")
        lapses = deed.action in ("lapse_hold", "lapse_seizure")
        if lapses and (deed.login or not deed.actor.startswith("system:")):
            yield deed.breach("not_by_the_clock", f"{FORCE}第二十五条", "措施期满失效，不由人登记。")


def qualified_review(life: Life) -> Iterator[Breach]:
    """The review is made by somebody with the legal profession qualification."""
    for deed in life.all("review"):
        if _known(deed, deed.login).get("qualified") is not True:
            yield deed.breach("unqualified_review", f"{LAW}第五十八条", "法制审核人员没有法律职业资格。")


RULES = (enough, certified, conflicts, challenges_ruled, separate, chaired, head_signs, qualified_review)
