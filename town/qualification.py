"""Who may enforce (执法资格): certificates, posts and conflicts of interest in, a standing with its article out. Pure."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

QUALIFIED = "行政处罚法第四十二条"
AVOIDANCE = "行政处罚法第四十三条"
GRID_STAFF = "国办发〔2024〕54号"

ENFORCING = frozenset({"officer", "squad_leader"})
"""Posts (岗位) that may hold a certificate and act by it."""

NEVER = {
    "grid_worker": "网格员不得承担执法，只能劝导、拍照、上报",
    "auxiliary": "辅助人员不得执法，只能做宣传、劝阻、送达等辅助工作",
}
"""Posts that never enforce, whatever else the person holds."""

FEWEST = 2
"""Officers that must act together."""


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """执法证: valid on every day from ``valid_from`` through ``valid_to``, unless revoked on or before that day."""

    number: str
    valid_from: dt.date
    valid_to: dt.date
    revoked_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ConflictFact:
    """回避事项: what somebody, by login, must keep away from: ``grid:<code>`` or ``party:<code>``; ``valid_to`` is its last day."""

    login: str
    about: str
    valid_from: dt.date
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class OfficerFact:
    """执法人员: somebody with posts and certificates of his own."""

    login: str
    roles: frozenset[str]
    certificates: tuple[CertificateFact, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """资格: whether somebody may, why not in words people read, and the article. ``number``: the certificate that carries it."""

    ok: bool
    code: str
    why: str
    article: str
    number: str | None = None


def certified(certificates: Iterable[CertificateFact], day: dt.date) -> Standing:
    """Whether one person's certificates make him an officer on that day.

    Codes: certified, no_certificate, not_yet, expired, revoked. Of several the one that lasts longest speaks.
    """
    told = [(one, _of_one(one, day)) for one in certificates]
    if valid := [(one, standing) for one, standing in told if standing.ok]:
        return max(valid, key=_lasting)[1]
    return max(told, key=_lasting)[1] if told else Standing(False, "no_certificate", "没有执法证", QUALIFIED)


def may_enforce(roles: Collection[str], certificates: Iterable[CertificateFact], day: dt.date) -> Standing:
    """Whether one person may enforce on that day, by post first and by certificate then.

    Codes of ``certified``, and grid_worker, auxiliary, no_post.
    """
    for role in sorted(NEVER.keys() & set(roles)):
        return Standing(False, role, NEVER[role], GRID_STAFF)
    if not ENFORCING & set(roles):
        return Standing(False, "no_post", "不是执法队员或中队长", QUALIFIED)
    return certified(certificates, day)


def may_answer(roles: Collection[str]) -> bool:
    """Whether somebody with these posts may answer for a squad: its officers and leaders, no auxiliary, no 网格员."""
    return bool(ENFORCING & set(roles)) and not NEVER.keys() & set(roles)


def may_act_together(officers: Sequence[OfficerFact], day: dt.date) -> Standing:
    """Whether these people are at least two different officers with certificates of their own.

    Codes of ``may_enforce`` for the first who may not, and too_few, same_certificate, together.
    """
    standings = {one.login: may_enforce(one.roles, one.certificates, day) for one in officers}
    for refused in (standing for standing in standings.values() if not standing.ok):
        return refused
    if len(standings) < FEWEST:
        return Standing(False, "too_few", "执法人员不得少于两人", QUALIFIED)
    if len({standing.number for standing in standings.values()}) < len(standings):
        return Standing(False, "same_certificate", "两名执法人员不能用同一张执法证", QUALIFIED)
    return Standing(True, "together", "", QUALIFIED)


def conflicted(conflicts: Iterable[ConflictFact], login: str, about: str, day: dt.date) -> ConflictFact | None:
    """The conflict of interest that keeps this person from that grid or party on that day (回避, 行政处罚法 43)."""
    return next((one for one in conflicts if (one.login, one.about) == (login, about) and _stands(one, day)), None)


def _stands(conflict: ConflictFact, day: dt.date) -> bool:
    return conflict.valid_from <= day and (conflict.valid_to is None or day <= conflict.valid_to)


def _of_one(one: CertificateFact, day: dt.date) -> Standing:
    if one.revoked_on and one.revoked_on <= day:
        return _refused(one, "revoked", f"已于 {one.revoked_on} 吊销")
    if day < one.valid_from:
        return _refused(one, "not_yet", f"从 {one.valid_from} 起才有效")
    if day > one.valid_to:
        return _refused(one, "expired", f"已于 {one.valid_to} 到期")
    return Standing(True, "certified", "", QUALIFIED, one.number)


def _refused(one: CertificateFact, code: str, why: str) -> Standing:
    return Standing(False, code, f"执法证 {one.number} {why}", QUALIFIED, one.number)


def _lasting(told: tuple[CertificateFact, Standing]) -> tuple[dt.date, str]:
    return told[0].valid_to, told[0].number
