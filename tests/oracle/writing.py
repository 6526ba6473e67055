"""Writing a case file by hand, as the law wants it: acts, papers, numbers and clocks, one after the other."""

import copy
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.cast import BOTH, CALENDAR, IN_FORCE, LIN, LOCAL, PEOPLE
from tests.oracle.life import CaseFile

ZONE = ZoneInfo("Asia/Shanghai")
PREFIX = "云综执"
NUMBERED = {
    "filing_approval": "立",
    "on_spot_decision": "当罚",
    "penalty_decision": "罚决",
    "no_penalty_decision": "不罚",
    "penalty_notice": "罚告",
    "hearing_notice": "听告",
    "hold_notice": "先登",
    "correction_order": "责改",
    "urging_letter": "催",
    "service_receipt": "送",
}


def moment(day: str, time: str = "10:00") -> str:
    """A local day and time as the file writes moments."""
    local = dt.datetime.combine(dt.date.fromisoformat(day), dt.time.fromisoformat(time), ZONE)
    return local.astimezone(dt.UTC).isoformat()


def midnight_after(day: str) -> str:
    """24:00 of a day."""
    return moment((dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat(), "00:00")


class Writer:
    """A case file that grows by one act after the other. ``power``: (code, name, mode); ``fines``: of the provision."""

    def __init__(self, power: tuple[str, str, str], fines: tuple[int, int], tier: tuple[int, int]) -> None:
        self.power = {"code": power[0], "name": power[1], "basis": "样本条例", "mode": power[2], "grantor": "云川县"}
        self.law = {"provision": _provision(*fines), "why": "", "article": "样本条例第十条", "lawful_now": False}
        self.tier = {"code": "t2", "name": "一般", "low_fen": tier[0], "high_fen": tier[1], "no_penalty": False}
        self.extra: dict[str, Any] = {}
        """What else is known at every act that weighs: hearing_due, review_due, discussion_due …"""
        self.state, self.lane = "source", "ordinary"
        self.acts: list[dict[str, Any]] = []
        self.documents: list[dict[str, Any]] = []
        self.numbers: list[dict[str, Any]] = []
        self.files: list[dict[str, Any]] = []
        self.clocks: list[dict[str, Any]] = []
        self.party: dict[str, Any] | None = None

    def open(self, day: str, acted: str, matter: str) -> None:
        """登记线索."""
        given = {
            "power": self.power["code"],
            "event": "01002",
            "order": None,
            "officers": BOTH,
            "summary": matter,
            "source": "inspection",
            "grid": "G001",
            "in_town": True,
            "acted_from": acted,
            "acted_on": acted,
            "discovered_on": acted,
            "lon": 121.07,
            "lat": 31.57,
        }
        self.opened = given
        self._write("open", moment(day, "09:00"), LIN, {}, given)

    def name(self, day: str, party: dict[str, Any], age: int | None = None) -> None:
        """确认当事人."""
        self.party = party
        told = {"id": party["id"], "version": 1, "kind": party["kind"], "age": age, "minor": bool(age and age < 18)}
        self.act("name_party", day, LIN, knows={"party": told}, party=party["id"])

    def act(
        self,
        action: str,
        on: str,
        by: str = LIN,
        /,
        *,
        to: str | None = None,
        lane: str | None = None,
        at: str = "10:00",
        papers: str = "",
        knows: dict[str, Any] | None = None,
        **given: Any,
    ) -> None:
        """One act. ``to``: the state it leads to, if it leads somewhere; ``papers``: kinds it prints."""
        self.state, self.lane, source = to or self.state, lane or self.lane, self.state
        people = {
            *BOTH,
            *([by] if by else []),
            *given.get("officers", ()),
            *([given["chair"]] if given.get("chair") else []),
        }
        known = {
            "actor": by or None,
            "officers": {one: copy.deepcopy(PEOPLE[one]) for one in sorted(people)},
            "conflicts": [],
            "dates": {"today": on},
            "local": dict(LOCAL),
            **(self._weighed() if action in WEIGHED else {}),
            **(knows or {}),
        }
        self._write(action, moment(on, at), by, known, given, source)
        self._print(papers.split(), on, at)

    def clock(self, kind: str, start: str, last: str, state: str = "running", met: str | None = None) -> None:
        """One clock, from a day through the last of its term."""
        self.clocks.append(
            {
                "kind": kind,
                "article": "",
                "started_at": moment(start, "12:00"),
                "due_at": midnight_after(last),
                "state": "met" if met and state == "running" else state,
                "met_at": moment(met) if met else None,
            }
        )

    def evidence(self, day: str, kind: str, title: str, origin: str = "officer", file: str | None = None) -> None:
        """登记证据."""
        if file:
            kept = {"id": file, "name": title, "sha256": "a" * 64, "size": 1000, "media_type": "image/jpeg"}
            self.files.append(kept | {"kept_at": moment(day)})
        said: dict[str, Any] = {
            "officers": BOTH,
            "evidence_kind": kind,
            "title": title,
            "origin": origin,
            "taken_at": moment(day, "09:30"),
            "proves": "违法事实",
        }
        self.act("add_evidence", day, **(said | ({"file": file} if file else {})))

    def done(self, exported: str, outcome: str | None = None, fine: int | None = None) -> CaseFile:
        """The file as it stands."""
        opened = {name: self.opened[name] for name in ("in_town", "acted_from", "acted_on", "discovered_on", "grid")}
        return {
            "format": "wangge-case/1",
            "town": {"code": "yunxi", "name": "云溪镇", "timezone": "Asia/Shanghai"},
            "exported_at": moment(exported, "18:00"),
            "case": {
                "id": "c-1",
                "code": next((one["text"] for one in self.numbers if one["kind"] == "立"), None),
                "state": self.state,
                "lane": self.lane,
                "power": self.power,
                "squad": {"code": "S1", "name": "城中片区中队"},
                "order_id": None,
                "opened_at": self.acts[0]["at"],
                "place": {"lon": 121.07, "lat": 31.57},
                **opened,
                "outcome": outcome,
                "fine_fen": fine,
            },
            "party": self.party,
            "acts": self.acts,
            "documents": self.documents,
            "numbers": self.numbers,
            "evidence_files": self.files,
            "clocks": self.clocks,
            "calendar": copy.deepcopy(CALENDAR),
        }

    def _weighed(self) -> dict[str, Any]:
        told = {
            "power": self.power
            | {"field": "市容", "published_on": "2024-01-05", "verified": True, "on_act": IN_FORCE, "today": IN_FORCE},
            "higher": None,
            "law": self.law,
            "tier": self.tier,
            "same_party": [],
            "nearest": {"count": 0, "median_fen": None, "deviation_percent": None, "beyond_band": False, "cases": []},
            "first_offence": {"listed": False, "first": False, "why": ""},
            "hearing_due": False,
            "review_due": [],
            "discussion_due": [],
        }
        return copy.deepcopy(told | self.extra)

    def _write(
        self, action: str, at: str, by: str, known: dict[str, Any], given: dict[str, Any], source: str | None = None
    ) -> None:
        self.acts.append(
            {
                "sequence": len(self.acts) + 1,
                "action": action,
                "name": action,
                "article": "",
                "at": at,
                "recorded_at": at,
                "actor": f"account:{by}" if by else "system:cases",
                "from": source,
                "to": self.state,
                "lane": self.lane,
                "given": given,
                "known": known,
            }
        )

    def _print(self, kinds: list[str], day: str, at: str) -> None:
        known = self.acts[-1]["known"]
        for kind in kinds:
            number = self._number(kind, day)
            if number:
                known.setdefault("numbers", {})[kind] = number
            self.documents.append(
                {
                    "id": f"d-{len(self.documents) + 1}",
                    "sequence": len(self.acts),
                    "kind": kind,
                    "edition": "1",
                    "title": kind,
                    "number": number,
                    "made_at": moment(day, at),
                    "sha256": "b" * 64,
                    "size": 20000,
                    "pages": 1,
                }
            )

    def _number(self, kind: str, day: str) -> str | None:
        mark = NUMBERED.get(kind)
        if mark is None:
            return None
        count = sum(one["kind"] == mark for one in self.numbers) + 1
        text = f"{PREFIX}{mark}字〔{day[:4]}〕第{count:03d}号"
        row = {"text": text, "kind": mark, "year": int(day[:4]), "sequence": count, "state": "issued", "reason": None}
        self.numbers.append(row)
        return text


WEIGHED = {
    *("ask_filing", "file", "decide_on_spot", "propose_fast", "approve_fast", "conclude", "approve_notice"),
    *("submit_decision", "decide", "transfer"),
}


def _provision(low: int, high: int) -> dict[str, Any]:
    return {
        "code": "p-1",
        "law": "样本条例",
        "article": "第十条",
        "subject": "any",
        "stage": "base",
        "kinds": ["warning", "fine"],
        "low_fen": low,
        "high_fen": high,
        "measure": None,
        "low_bp": None,
        "high_bp": None,
    }
