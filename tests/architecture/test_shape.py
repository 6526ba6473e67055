"""One glance is enough: small modules, short functions, pure rules."""

import statistics
import sys

from tests.architecture.source import MODULES, ROOT, functions, imports, named

LONGEST_MODULE = 300
MEDIAN_FUNCTION = 10
LONG_FUNCTION = 40
LONG_FUNCTIONS_IN_A_HUNDRED = 2

PURE_LIBRARIES = {"numpy", "shapely", "pyproj"}
PURE_GROUND = {"town.terms", "town.days", "town.duty", "town.qualification"}
NOT_PURE = {"os", "pathlib", "io", "socket", "subprocess", "time", "random", "secrets", "sqlite3", "tempfile", "shutil"}


def test_no_module_is_longer_than_a_few_screens():
    lengths = {named(path): len(path.read_text().splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length >= LONGEST_MODULE} == {}


def test_most_functions_are_taken_in_at_a_glance():
    lengths = dict(functions())
    long = {name: length for name, length in lengths.items() if length > LONG_FUNCTION}
    assert statistics.median(lengths.values()) < MEDIAN_FUNCTION
    assert len(long) * 100 <= LONG_FUNCTIONS_IN_A_HUNDRED * len(lengths), long


def test_rules_import_nothing_that_could_reach_outside_them():
    rules = [path for path in MODULES if path.parent.name == "rules"]
    assert {named(path): odd for path in rules if (odd := [name for name in imports(path) if not _pure(name)])} == {}


def test_every_room_is_under_the_contracts():
    contracts = (ROOT / "pyproject.toml").read_text()
    rooms = {path.relative_to(ROOT).parts[0] for path in MODULES}
    assert {room for room in rooms if f'"{room}"' not in contracts} == set()


def _pure(name: str) -> bool:
    library, room = name.split(".")[0], ".".join(name.split(".")[:2])
    own_rules = room.endswith(".rules")
    standard = library in sys.stdlib_module_names - NOT_PURE
    return standard or library in PURE_LIBRARIES or room in PURE_GROUND or own_rules
