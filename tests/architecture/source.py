"""The product's own source, as the tests of its shape read it."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def tracked_files() -> list[Path]:
    """Every text file of the repository that is, or would be, committed."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.check_output(listed, cwd=ROOT, text=True).split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def named(path: Path) -> str:
    """A file by its place in the repository."""
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    """A module's syntax."""
    return ast.parse(path.read_text(), named(path))


def functions() -> Iterator[tuple[str, int]]:
    """Every function of the product and its length in lines, its docstring not counted."""
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                yield f"{named(path)}:{node.name}", _length(node)


def _length(node: ast.FunctionDef) -> int:
    told = node.body[0] if ast.get_docstring(node) is not None else None
    documentation = (told.end_lineno or 0) - told.lineno + 1 if told else 0
    return (node.end_lineno or 0) - node.lineno + 1 - documentation


def imports(path: Path) -> Iterator[str]:
    """Every module that a module imports, by its full name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
