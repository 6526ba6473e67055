"""Nothing in the repository ties it to one network or one machine."""

import re

from tests.architecture.source import named, tracked_files

PARTS_OF_HOSTS = (
    ("pypi", "org"),
    ("python" + "hosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("npm" + "mirror", "com"),
    ("deb", "debian"),
    ("tuna", "tsinghua"),
)
REGISTRY = re.compile("|".join(rf"{name}\.{end}" for name, end in PARTS_OF_HOSTS))
OWN_PATH = re.compile(r"""(?:^|[\s"'=:(`])/(?:home|root|tmp|work|Users)/\w""", re.MULTILINE)


def test_no_file_names_a_package_registry():
    assert _holding(REGISTRY) == []


def test_no_file_names_a_folder_of_somebodys_machine():
    assert _holding(OWN_PATH) == []


def _holding(pattern: re.Pattern[str]) -> list[str]:
    texts = ((path, path.read_bytes().decode(errors="replace")) for path in tracked_files())
    return [named(path) for path, text in texts if pattern.search(text)]
