"""One case in every state of the procedure, each brought there by lawful acts."""

from typing import Any

from enforcement.rules.cases.states import State
from enforcement.rules.parties import PartyKind
from tests.ground.bureau import RESTAURANT, ZHOU_ZHENG, Bureau, Life
from tests.usual_acts import FACTORS

S = State


def source(bureau: Bureau) -> Life:
    return bureau.open("SR003").known()


def filing(bureau: Bureau) -> Life:
    return source(bureau).do("ask_filing")


def fast_filing(bureau: Bureau) -> Life:
    return source(bureau).do("propose_fast")


def investigating(bureau: Bureau) -> Life:
    return source(bureau).filed()


def concluded(bureau: Bureau) -> Life:
    return investigating(bureau).do("conclude")


def to_notify(bureau: Bureau) -> Life:
    return concluded(bureau).do("approve_notice", ZHOU_ZHENG)


def notified(bureau: Bureau) -> Life:
    return to_notify(bureau).do("serve_notice")


def hearing(bureau: Bureau) -> Life:
    life = bureau.open("HJ001").known(RESTAURANT, PartyKind.ORGANISATION).filed()
    factors: dict[str, Any] = FACTORS | {"harm": "some", "corrected": False}
    return life.told(fine_fen=3_000_000, factors=factors).do("request_hearing")


def deciding(bureau: Bureau) -> Life:
    return notified(bureau).heard().do("submit_decision")


def decided(bureau: Bureau) -> Life:
    return deciding(bureau).do("decide", ZHOU_ZHENG)


def on_spot(bureau: Bureau) -> Life:
    return bureau.open("SR001").known().do("decide_on_spot", fine_fen=2_500)


def performing(bureau: Bureau) -> Life:
    return decided(bureau).do("serve_decision")


def court(bureau: Bureau) -> Life:
    life = performing(bureau)
    bureau.later(days=200)
    life.do("urge")
    life.do("serve_paper", paper=life.paper("urging_letter"))
    bureau.later(days=16)
    return life.do("apply_to_court", ZHOU_ZHENG)


def closing(bureau: Bureau) -> Life:
    return performing(bureau).do("pay").do("ask_closing")


def closed(bureau: Bureau) -> Life:
    return closing(bureau).do("close", ZHOU_ZHENG)


def revoked(bureau: Bureau) -> Life:
    return performing(bureau).do("revoke", ZHOU_ZHENG)


def declined(bureau: Bureau) -> Life:
    return source(bureau).do("decline", ZHOU_ZHENG)


def withdrawn(bureau: Bureau) -> Life:
    return investigating(bureau).do("withdraw", ZHOU_ZHENG)


def transferred(bureau: Bureau) -> Life:
    return investigating(bureau).do("transfer", ZHOU_ZHENG)


def archived(bureau: Bureau) -> Life:
    return closed(bureau).do("archive")


ROADS = {
    S.SOURCE: source,
    S.FILING: filing,
    S.FAST_FILING: fast_filing,
    S.INVESTIGATING: investigating,
    S.CONCLUDED: concluded,
    S.TO_NOTIFY: to_notify,
    S.NOTIFIED: notified,
    S.HEARING: hearing,
    S.DECIDING: deciding,
    S.DECIDED: decided,
    S.ON_SPOT: on_spot,
    S.PERFORMING: performing,
    S.COURT: court,
    S.CLOSING: closing,
    S.CLOSED: closed,
    S.REVOKED: revoked,
    S.DECLINED: declined,
    S.WITHDRAWN: withdrawn,
    S.TRANSFERRED: transferred,
    S.ARCHIVED: archived,
}
