"""Every test stands on real parts. Each module of ``tests/ground`` holds the fixtures of one of them."""

import pytest

pytest.register_assert_rewrite("tests.ground")

pytest_plugins = [
    "tests.ground.parts",
    "tests.ground.forms",
    "tests.ground.processes",
    "tests.ground.postgresql",
    "tests.ground.databases",
    "tests.ground.furnishing",
    "tests.ground.cast",
    "tests.ground.web",
    "tests.ground.lists",
    "tests.ground.hands",
    "tests.ground.bureau",
    "tests.ground.broker",
    "tests.ground.browser",
]
