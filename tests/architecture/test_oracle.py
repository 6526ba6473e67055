"""The judge of penalty cases is independent: it knows the file and the statutes, and nothing of the product."""

import ast
import sys
from pathlib import Path

from tests.architecture.source import ROOT, imports, named, tree

JUDGE = sorted((ROOT / "tests" / "oracle").glob("*.py"))
REACHES_OUT = {"importlib", "os", "pathlib", "io", "runpy", "socket", "sqlite3", "subprocess", "urllib"}
WAYS_AROUND = {"open", "__import__", "exec", "eval", "compile"}


def test_the_judge_imports_nothing_but_the_standard_library_and_itself():
    found = {named(path): odd for path in JUDGE if (odd := [name for name in imports(path) if not _own(name)])}
    assert JUDGE
    assert found == {}


def test_the_judge_reads_nothing_but_the_file_it_is_given():
    assert {named(path): ways for path in JUDGE if (ways := _called(path) & WAYS_AROUND)} == {}


def _own(name: str) -> bool:
    library = name.split(".")[0]
    return name.startswith("tests.oracle.") or library == "pytest" or library in sys.stdlib_module_names - REACHES_OUT


def _called(path: Path) -> set[str]:
    calls = (node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return {called.id for called in calls if isinstance(called, ast.Name)}
