"""Whoever gets hold of the hashes must not find the words: what the product hashes with, not what quick tests use."""

from argon2 import Type, extract_parameters

from tests.ground.cast import PASSWORD, PRODUCTS_HASHER
from town import accounts


def test_trying_one_word_takes_much_memory_and_several_passes():
    taken = extract_parameters(PRODUCTS_HASHER.hash(PASSWORD))
    assert taken.type is Type.ID
    assert taken.memory_cost >= 64 * 1024, "KiB"
    assert taken.time_cost >= 3


def test_an_unknown_login_is_answered_as_slowly_as_a_known_one():
    assert extract_parameters(accounts.NOBODY) == extract_parameters(PRODUCTS_HASHER.hash(PASSWORD))


def test_a_word_fits_its_own_hash_only():
    hashed = PRODUCTS_HASHER.hash(PASSWORD)
    assert accounts.fits(hashed, PASSWORD)
    assert not accounts.fits(hashed, PASSWORD + " ")
