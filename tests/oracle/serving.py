"""How papers reach the party (送达): 行政处罚法 61; 民事诉讼法 88 to 95; 行政强制法 38."""

import datetime as dt
from collections.abc import Iterator

from tests.oracle.life import CIVIL, LAW, Breach, Deed, Life

ACTS = ("serve_notice", "serve_decision", "serve_paper")
MANNERS = {"in_person", "left", "post", "electronic", "entrusted", "by_notice"}
NOTICE_DAYS = 30
KIND = {"serve_notice": "penalty_notice", "serve_decision": "penalty_decision"}
DECISIONS = {"penalty_decision", "no_penalty_decision", "not_proven_decision"}


def manner(life: Life) -> Iterator[Breach]:
    """In one of the ways of the law, each with what proves it."""
    for deed in life.all(*ACTS):
        way = deed.says("manner")
        if way not in MANNERS:
            yield deed.breach("service_manner", f"{LAW}第六十一条", "不是法定的送达方式。")
        elif way == "in_person":
            yield from _in_person(deed)
        elif way == "left":
            yield from _left(deed)
        elif way == "post" and not deed.says("tracking"):
            yield deed.breach("service_unproven", f"{CIVIL}第九十一条", "邮寄送达没有邮件号码。")
        elif way == "electronic":
            yield from _electronic(life, deed)
        elif way == "by_notice":
            yield from _by_notice(life, deed)


def _in_person(deed: Deed) -> Iterator[Breach]:
    if deed.says("signature") != "signed":
        yield deed.breach("service_unproven", f"{CIVIL}第八十七条", "直接送达没有签收，拒收的应当留置送达。")


def _left(deed: Deed) -> Iterator[Breach]:
    """Refused before a witness, or left with pictures."""
    if not (deed.says("witness") or deed.says("device") or deed.says("words")):
        yield deed.breach("service_unproven", f"{CIVIL}第八十九条", "留置送达没有见证人，也没有拍照录像记录。")


def _electronic(life: Life, deed: Deed) -> Iterator[Breach]:
    agreed = [one for one in life.before(deed, "confirm_address") if one.says("electronic_consent") is not None]
    consent = agreed[-1] if agreed else None
    if consent is None or consent.says("electronic_consent") is not True or consent.says("signature") != "signed":
        yield deed.breach("no_consent", f"{LAW}第六十一条第二款", "当事人没有签字同意电子送达。")
    elif deed.says("channel") and consent.says("channel") and deed.says("channel") != consent.says("channel"):
        yield deed.breach("other_channel", f"{LAW}第六十一条第二款", "没有送到当事人确认的号码或邮箱。")


def _by_notice(life: Life, deed: Deed) -> Iterator[Breach]:
    kinds = _kinds(deed)
    published = [one for one in life.before(deed, "announce") if one.known.get("paper_kind", "") in kinds]
    if not published:
        yield deed.breach("not_announced", f"{CIVIL}第九十五条", "没有发出送达公告。")
    elif deed.done_on < published[-1].done_on + dt.timedelta(days=NOTICE_DAYS):
        yield deed.breach("announced_too_short", f"{CIVIL}第九十五条", "公告没有满三十日。")


def _kinds(deed: Deed) -> set[str]:
    """What is served: the paper named, or the one this act is for."""
    named = deed.known.get("paper_kind")
    if named:
        return {str(named)}
    return DECISIONS if deed.action == "serve_decision" else {KIND.get(deed.action, "")}


def announced(life: Life) -> Iterator[Breach]:
    """Service by notice is the last resort, and the file says why (95)."""
    for deed in life.all("announce"):
        if not deed.says("words"):
            yield deed.breach("notice_without_reason", f"{CIVIL}第九十五条第二款", "公告送达没有记明原因。")


def after_it_was_made(life: Life) -> Iterator[Breach]:
    """Nothing is received before it exists."""
    for deed in life.all(*ACTS, "announce"):
        made = _made(life, deed)
        if made and deed.done_on < made:
            yield deed.breach("served_before_made", f"{LAW}第六十一条", "送达日期早于文书。")


def _made(life: Life, deed: Deed) -> dt.date | None:
    if deed.action == "serve_notice":
        source = life.last(deed, "approve_notice", "approve_fast")
        return source.day if source else None
    if deed.action == "serve_decision":
        source = life.last(deed, "decide")
        return source.day if source else None
    told = deed.known.get("paper_made")
    return dt.date.fromisoformat(str(told)[:10]) if told else None


RULES = (manner, announced, after_it_was_made)
