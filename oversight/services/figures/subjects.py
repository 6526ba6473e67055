"""Subjects in a query (轨迹主体): how the journal and the clocks spell an order, as an expression on its id."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

GROUPS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
"""Where the hyphens of an id stand: SQLite keeps 32 digits without them."""


class order_subject(GenericFunction[str]):
    """``order:`` and the id as the journal spells it."""

    type = String()
    inherit_cache = True


@compiles(order_subject)
def _with_hyphens(element: order_subject, compiler: SQLCompiler, **options: Any) -> str:
    return f"('order:' || CAST({compiler.process(element.clauses, **options)} AS TEXT))"


@compiles(order_subject, "sqlite")
def _without_hyphens(element: order_subject, compiler: SQLCompiler, **options: Any) -> str:
    identifier = compiler.process(element.clauses, **options)
    spelled = " || '-' || ".join(f"substr({identifier}, {start}, {length})" for start, length in GROUPS)
    return f"('order:' || {spelled})"


def subject_of(order_id: InstrumentedAttribute[uuid.UUID]) -> ColumnElement[str]:
    """The subject of an order, to join the journal and the clocks by."""
    return order_subject(order_id)
