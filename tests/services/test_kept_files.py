"""Files of a case are checked before they are handed out (证据、文书完好), whatever their size."""

import hashlib
import tracemalloc

import pytest

from enforcement.services.cases.intact import intact

LARGE = 64 * 2**20
LITTLE = 4 * 2**20


@pytest.fixture
def film(tmp_path):
    """An hour of a body recorder, or as good as."""
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(LARGE)
    return path


def test_a_large_file_is_checked_without_being_held_in_memory(film):
    expected = hashlib.sha256()
    for _ in range(LARGE // LITTLE):
        expected.update(bytes(LITTLE))
    tracemalloc.start()
    assert intact(film, expected.hexdigest())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < LITTLE


def test_one_changed_byte_and_a_file_that_is_gone_are_noticed(tmp_path):
    path = tmp_path / "photo.png"
    path.write_bytes(b"as it came")
    kept = hashlib.sha256(b"as it came").hexdigest()
    assert intact(path, kept)
    path.write_bytes(b"as it cane")
    assert not intact(path, kept)
    path.unlink()
    assert not intact(path, kept)
