"""Penalties on the spot (当场处罚): 行政处罚法 51, 52; and the fast lane, which skips no right of the party."""

from collections.abc import Iterator

from tests.oracle.life import LAW, Breach, Life
from tests.oracle.notice import subject

PERSON_FEN, ORGANISATION_FEN = 200_00, 3_000_00
LIGHT = {"warning", "fine"}


def small(life: Life) -> Iterator[Breach]:
    """A warning, or a fine of at most 200 yuan for a person and 3,000 for an organisation (51)."""
    for ruling in life.rulings:
        if not ruling.on_spot:
            continue
        most = ORGANISATION_FEN if subject(life, ruling.deed) == "organisation" else PERSON_FEN
        if ruling.fine > most:
            yield ruling.deed.breach("on_spot_too_much", f"{LAW}第五十一条", "罚款超过当场处罚的限额。")
        if ruling.kinds - LIGHT or ruling.confiscated:
            yield ruling.deed.breach("on_spot_kind", f"{LAW}第五十一条", "当场只能警告或者罚款。")


def handed_over(life: Life) -> Iterator[Breach]:
    """Certificates shown, the party told and heard, and the paper handed over there and then (44, 45, 52)."""
    for deed in life.all("decide_on_spot"):
        if deed.says("certificate_shown") is not True:
            yield deed.breach("certificate_not_shown", f"{LAW}第五十二条第一款", "没有出示执法证件。")
        if deed.says("told") is not True:
            yield deed.breach("not_told", f"{LAW}第四十四条", "没有告知事实、理由、依据和权利。")
        if deed.says("signature") not in ("signed", "refused"):
            yield deed.breach("not_on_the_spot", f"{LAW}第五十二条第一款", "当事人不在场，不能当场处罚。")
        if deed.says("defence") and not deed.says("defence_review"):
            yield deed.breach("defence_unchecked", f"{LAW}第四十五条第一款", "没有复核当事人的陈述、申辩。")


def reported(life: Life) -> Iterator[Breach]:
    """What was decided on the spot is reported to the organ before the case goes on to its end (52)."""
    for deed in life.all("ask_closing"):
        ruling = life.ruling_before(deed)
        if ruling and ruling.on_spot and not life.before(deed, "report_on_spot"):
            yield deed.breach("not_reported", f"{LAW}第五十二条第三款", "当场处罚没有报所属行政机关备案。")


def not_filed_as_well(life: Life) -> Iterator[Breach]:
    """Article 51 is for what needs no filing: who filed, investigates (54)."""
    for deed in life.all("decide_on_spot"):
        if life.before(deed, "file", "approve_fast"):
            yield deed.breach("not_on_the_spot", f"{LAW}第五十四条", "已经立案，不能再当场处罚。")


RULES = (small, handed_over, reported, not_filed_as_well)
