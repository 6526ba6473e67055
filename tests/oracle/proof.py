"""What the facts rest on (证据): 行政处罚法 40, 41, 46, 56."""

from collections.abc import Iterator

from tests.oracle.life import LAW, Breach, Deed, Life

KINDS = {"documentary", "physical", "audiovisual", "electronic", "witness", "statement", "expert", "record"}
MONITORS = {"camera", "sensor"}
OPEN = {"not_proven", "transfer"}
"""Outcomes by which no fact is found against the party, so that nothing has to be proved."""
EVIDENCE, MONITORED = f"{LAW}第四十六条", f"{LAW}第四十一条"


def kinds(life: Life) -> Iterator[Breach]:
    """Evidence is of one of the eight kinds, and its file is kept."""
    kept = {str(one["id"]) for one in life.told.get("evidence_files") or ()}
    for deed in life.all("add_evidence"):
        if deed.says("evidence_kind") not in KINDS:
            yield deed.breach("evidence_kind", EVIDENCE, "不是法定的证据种类。")
        if deed.says("file") and str(deed.says("file")) not in kept:
            yield deed.breach("evidence_lost", f"{LAW}第四十七条", "证据文件不在卷内。")


def cited(life: Life) -> Iterator[Breach]:
    """Who concludes names evidence that is in the case, was not excluded, and is usable."""
    for deed in life.all("conclude", "propose_fast", "decide_on_spot"):
        if deed.action != "decide_on_spot" and deed.says("outcome") == "penalty" and not deed.many("evidence"):
            yield deed.breach("no_evidence", f"{LAW}第四十条", "没有证据。")
        for number in deed.many("evidence") if deed.says("outcome") not in OPEN else ():
            yield from _usable(life, deed, int(number))


def decided_on(life: Life) -> Iterator[Breach]:
    """What a penalty rests on still stands when it is decided."""
    for ruling in life.rulings:
        if not ruling.penal or ruling.on_spot or ruling.found is None:
            continue
        numbers = [int(one) for one in ruling.found.many("evidence")]
        usable = [one for one in numbers if not list(_usable(life, ruling.deed, one))]
        if not usable:
            yield ruling.deed.breach("no_evidence", f"{LAW}第四十条", "没有可以作为根据的证据。")


def _usable(life: Life, deed: Deed, number: int) -> Iterator[Breach]:
    added = life.before(deed, "add_evidence")
    if not 1 <= number <= len(added):
        yield deed.breach("evidence_unknown", EVIDENCE, f"引用的证据 {number} 不在案卷里。")
        return
    if number in _numbers(life, deed, "exclude_evidence"):
        yield deed.breach("evidence_excluded", f"{EVIDENCE}第三款", f"证据 {number} 已被排除。")
    if deed.action != "decide_on_spot" and number not in _numbers(life, deed, "verify_evidence"):
        yield deed.breach("evidence_unverified", f"{EVIDENCE}第二款", f"证据 {number} 没有查证属实。")
    if added[number - 1].says("origin") in MONITORS and not _reviewed(life, deed, number):
        yield deed.breach("evidence_unreviewed", MONITORED, f"电子监控证据 {number} 没有经过审核。")


def _numbers(life: Life, deed: Deed, action: str) -> set[int]:
    done = life.before(deed, action)
    return {int(number) for one in done for number in (one.many("evidence") or [one.says("number")])}


def _reviewed(life: Life, deed: Deed, number: int) -> bool:
    reviews = [one for one in life.before(deed, "review_evidence") if int(one.says("number")) == number]
    return bool(reviews) and reviews[-1].says("passed") is True and reviews[-1].says("marked") is True


def scene(life: Life) -> Iterator[Breach]:
    """Certificates are shown, rights are told, and a refusal to sign is noted (55)."""
    for deed in life.all("inspect", "question"):
        if deed.says("certificate_shown") is not True:
            yield deed.breach("certificate_not_shown", f"{LAW}第五十五条", "没有出示执法证件。")
        told = "avoidance_told" if deed.action == "inspect" else "rights_told"
        if deed.says(told) is not True:
            yield deed.breach("rights_not_told", f"{LAW}第四十三条、第五十五条", "没有告知权利。")
        if deed.action == "question" and not deed.many("answers"):
            yield deed.breach("content_missing", f"{LAW}第五十五条", "询问笔录没有内容。")


RULES = (kinds, cited, decided_on, scene)
