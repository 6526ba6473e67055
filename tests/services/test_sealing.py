"""Sealing: what is sealed for one purpose and one owner opens there and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town import sealing
from town.errors import Refused

KEY = "a master key of the tests, long enough to be one"
WORDS = "周阿姨 13800000001".encode()


@given(st.binary(max_size=300), st.binary(max_size=60))
def test_what_was_sealed_comes_back_as_it_was(plain, owner):
    assert sealing.unseal(KEY, "answers", sealing.seal(KEY, "answers", plain, owner), owner) == plain


@pytest.mark.parametrize(
    ("key", "purpose", "owner"),
    [("another master key", "vault", b"r1"), (KEY, "answers", b"r1"), (KEY, "vault", b"r2")],
)
def test_another_key_purpose_or_owner_opens_nothing(key, purpose, owner):
    sealed = sealing.seal(KEY, "vault", WORDS, b"r1")
    with pytest.raises(Refused) as refused:
        sealing.unseal(key, purpose, sealed, owner)
    assert refused.value.problem.code == "wrong_key"


def test_every_flipped_bit_and_every_cut_is_noticed():
    sealed = sealing.seal(KEY, "vault", WORDS, b"r1")
    flipped = [
        sealed[:i] + bytes([sealed[i] ^ 1 << bit]) + sealed[i + 1 :] for i in range(len(sealed)) for bit in range(8)
    ]
    for changed in [*flipped, *(sealed[:length] for length in range(len(sealed)))]:
        with pytest.raises(Refused, match="wrong_key"):
            sealing.unseal(KEY, "vault", changed, b"r1")


def test_the_same_words_never_look_the_same_twice():
    assert len({sealing.seal(KEY, "vault", WORDS, b"r1") for _ in range(100)}) == 100


def test_the_fingerprint_tells_keys_apart_and_holds_no_key():
    assert sealing.fingerprint(KEY) == sealing.fingerprint(KEY) != sealing.fingerprint(KEY + ".")
    assert KEY not in sealing.fingerprint(KEY)
