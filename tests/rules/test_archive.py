"""How a file is put in order, and what its entries are called."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.documents import codes
from enforcement.rules.cases.actions import Action
from enforcement.rules.cases.archive import PLACES, Filed, in_order, place
from enforcement.services.cases import bundle

FILED = st.lists(
    st.builds(
        Filed,
        st.sampled_from(codes()),
        st.integers(1, 99),
        st.sampled_from(Action),
        st.none() | st.sampled_from(codes()),
    )
)


@given(FILED)
def test_every_document_stands_in_the_file_once(filed):
    assert sorted(in_order(filed)) == list(range(len(filed)))


@given(FILED)
def test_within_a_place_documents_stand_as_they_came(filed):
    ordered = [(place(filed[at]), filed[at].sequence, at) for at in in_order(filed)]
    assert all(before < after for before, after in itertools.pairwise(ordered))


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (Filed("penalty_decision", 9, Action.DECIDE), "处罚（不予处罚）决定书"),
        (Filed("on_spot_decision", 3, Action.DECIDE_ON_SPOT), "处罚（不予处罚）决定书"),
        (Filed("payment_notice", 9, Action.DECIDE), "缴款通知书"),
        (Filed("service_receipt", 10, Action.SERVE_DECISION), "决定书的送达回证、送达公告"),
        (Filed("service_notice", 10, Action.ANNOUNCE, "penalty_decision"), "决定书的送达回证、送达公告"),
        (Filed("service_receipt", 7, Action.SERVE_NOTICE), "其他文书，按形成时间"),
        (Filed("service_notice", 7, Action.ANNOUNCE, "penalty_notice"), "其他文书，按形成时间"),
        (Filed("service_receipt", 12, Action.SERVE_PAPER, "urging_letter"), "其他文书，按形成时间"),
        (Filed("revocation_decision", 14, Action.REVOKE), "其他文书，按形成时间"),
    ],
)
def test_the_decision_and_what_belongs_to_it_have_places_of_their_own(one, name):
    assert PLACES[place(one)].name == name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a/b\\c:d.jpg", "a_b_c_d.jpg"),
        ("..", "_"),
        ("现" * 200 + ".mp4", "现" * 76 + ".mp4"),
        ("con\x00\n.txt", "con_.txt"),
    ],
)
def test_a_name_in_the_bundle_leads_nowhere_else(name, kept):
    assert bundle.safe(name) == kept
