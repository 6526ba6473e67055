"""Which slots a form speaks of, without filling it: for whoever gathers the facts, and for the test of the labels."""

from collections.abc import Iterator

from pydantic import BaseModel

from enforcement.documents.grammar import Form, OpinionRow, PartBlock
from enforcement.documents.slots import PLACEHOLDER

CONDITIONS = ("when", "unless")
LISTS = ("each", "items", "dialogue", "of")
OPINION = (".text", ".name", ".day")


def asked(form: Form) -> frozenset[str]:
    """Every slot by its full name; the fields of a list's rows as ``officers.name``."""
    body = (form.blocks, form.remark, f"{{{form.author}}}{{date}}", "{number}" if form.number_kind else "")
    return frozenset(name for part in body for name in _in(part, form, ""))


def _in(node: object, form: Form, listed: str) -> Iterator[str]:
    if isinstance(node, str):
        yield from _placed(node, form, listed)
    elif isinstance(node, tuple):
        for one in node:
            yield from _in(one, form, listed)
    elif isinstance(node, PartBlock):
        yield from _conditions(node)
        yield from _in(form.parts[node.part], form, listed)
    elif isinstance(node, BaseModel):
        yield from _conditions(node)
        yield from _inside(node, form, listed)


def _inside(node: BaseModel, form: Form, listed: str) -> Iterator[str]:
    lists = [value for name, value in node if name in LISTS and isinstance(value, str)]
    yield from lists
    scope = lists[0] if lists else listed
    if isinstance(node, OpinionRow):
        yield from (node.of + field for field in OPINION)
    for name, value in node:
        if name not in (*LISTS, *CONDITIONS):
            yield from _in(value, form, scope)


def _conditions(node: BaseModel) -> Iterator[str]:
    yield from (value.partition("=")[0] for name, value in node if name in CONDITIONS and value)


def _placed(text: str, form: Form, listed: str) -> Iterator[str]:
    for written in PLACEHOLDER.findall(text):
        name = written.partition("?")[0]
        if phrase := form.phrases.get(name):
            yield from _in(phrase, form, listed)
        elif not name.startswith("#"):
            yield listed + name if name.startswith(".") else name
