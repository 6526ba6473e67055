"""How papers reach the party: signed for, left before a witness, posted, sent with consent, or announced."""

from dataclasses import replace

import pytest

from enforcement.rules.cases.actions import Action
from tests.rules.stops.cases import DECIDED, NOTICE_MADE, PERFORMING, act, allows, case, day, forbids, world

A = Action
SERVING = [A.SERVE_NOTICE, A.SERVE_DECISION, A.SERVE_PAPER]


@pytest.mark.parametrize("action", SERVING)
@pytest.mark.parametrize("signature", [None, "refused", "absent"])
def test_what_is_handed_over_is_signed_for(action, signature):
    assert forbids("not_signed_for", act(action, signature=signature))


@pytest.mark.parametrize("action", SERVING)
def test_signed_for_it_is_served(action):
    assert allows("not_signed_for", act(action))


LEFT = {"manner": "left", "signature": "refused"}


@pytest.mark.parametrize("action", SERVING)
def test_what_is_left_at_the_door_is_left_before_a_witness_or_the_recorder(action):
    assert forbids("left_unwitnessed", act(action, **LEFT))
    assert allows("left_unwitnessed", act(action, **LEFT, witness="村委会 王主任"))
    assert allows("left_unwitnessed", act(action, **LEFT, device="JLY-07"))


@pytest.mark.parametrize("action", SERVING)
def test_what_is_posted_has_a_number(action):
    assert forbids("no_tracking", act(action, manner="post", signature=None))
    assert allows("no_tracking", act(action, manner="post", signature=None, tracking="EMS 1234"))


MAIL = {"manner": "electronic", "signature": None, "channel": "zhou@example"}


@pytest.mark.parametrize("action", SERVING)
def test_nothing_is_mailed_without_signed_consent(action):
    assert forbids("no_consent", act(action, **MAIL))


@pytest.mark.parametrize("action", SERVING)
def test_with_it_it_is_and_only_to_that_address(action):
    agreed = replace(case(action), electronic="zhou@example")
    assert allows("no_consent", act(action, **MAIL), agreed)
    assert allows("other_channel", act(action, **MAIL), agreed)
    assert forbids("other_channel", act(action, **MAIL | {"channel": "other@example"}), agreed)


def test_consent_is_signed_and_names_the_address():
    assert forbids("consent_unsigned", act(A.CONFIRM_ADDRESS, signature="refused"))
    assert forbids("consent_unsigned", act(A.CONFIRM_ADDRESS, channel=None))


def test_so_signed_it_counts():
    assert allows("consent_unsigned", act(A.CONFIRM_ADDRESS))
    assert allows(
        "consent_unsigned", act(A.CONFIRM_ADDRESS, electronic_consent=None, channel=None, signature="refused")
    )


def announced(action, kind, since):
    return replace(case(action), announced={kind: day(since)})


KINDS = [(A.SERVE_NOTICE, "penalty_notice"), (A.SERVE_DECISION, "penalty_decision"), (A.SERVE_PAPER, "urging_letter")]
BY_NOTICE = {"manner": "by_notice", "signature": None}


@pytest.mark.parametrize(("action", "kind"), KINDS)
def test_service_by_notice_begins_with_the_notice(action, kind):
    assert forbids("not_announced", act(action, **BY_NOTICE))
    assert allows("not_announced", act(action, **BY_NOTICE), announced(action, kind, "10-20"))


@pytest.mark.parametrize(("action", "kind"), KINDS)
def test_and_thirty_days_later_it_counts_as_served(action, kind):
    assert forbids("announced_too_short", act(action, **BY_NOTICE), announced(action, kind, "10-24"))
    assert allows("announced_too_short", act(action, **BY_NOTICE), announced(action, kind, "10-20"))


def test_a_town_may_wait_longer_never_shorter():
    since = announced(A.SERVE_NOTICE, "penalty_notice", "10-20")
    assert forbids(
        "announced_too_short", act(A.SERVE_NOTICE, **BY_NOTICE), since, world(local={"notice_service_days": 60})
    )
    short = announced(A.SERVE_NOTICE, "penalty_notice", "11-13")
    assert forbids(
        "announced_too_short", act(A.SERVE_NOTICE, **BY_NOTICE), short, world(local={"notice_service_days": 7})
    )


@pytest.mark.parametrize(
    ("action", "before"),
    [
        (A.SERVE_NOTICE, NOTICE_MADE),
        (A.SERVE_DECISION, DECIDED),
        (A.SERVE_PAPER, PERFORMING),
        (A.ANNOUNCE, DECIDED),
    ],
)
def test_nothing_is_received_before_it_was_made(action, before):
    assert forbids("served_before_made", act(action, day="2026-11-08"), before)
    assert allows("served_before_made", act(action, day="2026-11-23"), before)
