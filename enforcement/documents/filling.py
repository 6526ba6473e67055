"""A form and the facts of a case make the content of a document. Pure; refuses when anything is missing."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from enforcement.documents import content
from enforcement.documents.content import Cell, Content, Style
from enforcement.documents.grammar import (
    AnyBlock,
    AnyRow,
    BreakBlock,
    DialogueBlock,
    Form,
    GroupRow,
    ItemsBlock,
    OpinionRow,
    PartBlock,
    Row,
    SealBlock,
    SignaturesBlock,
    SpaceBlock,
    TableBlock,
    TextBlock,
)
from enforcement.documents.slots import Missing, Slots

KEPT_BEFORE = {content.Seal: 60, content.Signatures: 20}
"""Characters that stay with what closes a document: two lines before the seal, a sentence before signatures."""
SIGNED_BY_HAND = "签名：　　　　　　　　　　年　　月　　日"


def fill(form: Form, given: Mapping[str, object]) -> Content:
    """The document's content.

    ``given``: slots by name: text, flag, date or local datetime, a mapping (party), a list of texts or of mappings.
    ``date`` (a date) and ``organ`` or ``office``, as the form's author asks, are always needed. Raises Missing.
    """
    slots, day = Slots(form, given), given.get("date")
    blocks = tuple(_kept(list(_blocks(form.blocks, slots))))
    organ, remark = slots.text(f"{{{form.author}}}"), slots.text(form.remark)
    number = slots.text("{number}") if form.number_kind else None
    if not isinstance(day, dt.date):
        slots.missing["date"] = slots.label("date")
    if slots.missing or not isinstance(day, dt.date):
        raise Missing(form, slots.missing)
    return Content(
        form=form.code,
        edition=form.edition,
        title=form.title,
        layout=form.layout,
        organ=organ,
        number=number,
        day=day.date() if isinstance(day, dt.datetime) else day,
        blocks=blocks,
        signed_pages=form.signed_pages,
        remark=remark,
    )


def _blocks(blocks: tuple[AnyBlock, ...], slots: Slots) -> Iterator[content.Block]:
    for block in blocks:
        if slots.shown(block.when, block.unless):
            if isinstance(block, PartBlock):
                yield from _blocks(slots.form.parts[block.part], slots)
            else:
                yield from FILLERS[type(block)](block, slots)


def _text(block: TextBlock, slots: Slots) -> Iterator[content.Text]:
    for view in slots.rows(block.each) if block.each else [slots]:
        for line in view.text(block.text).splitlines():
            if line.strip():
                yield content.Text(text=line.strip(), style=block.style, keep=block.style == Style.HEADING)


def _table(block: TableBlock, slots: Slots) -> Iterator[content.Table]:
    rows = tuple(row for one in block.table for row in _rows(one, slots, len(block.widths)))
    yield content.Table(widths=block.widths, rows=rows)


def _rows(row: AnyRow, slots: Slots, width: int) -> Iterator[tuple[Cell, ...]]:
    if isinstance(row, tuple):
        yield _row(Row(cells=row), slots, width)
    elif not slots.shown(row.when, row.unless):
        return
    elif isinstance(row, GroupRow):
        yield from _grouped(row, slots, width)
    elif isinstance(row, OpinionRow):
        yield _opinion(row, slots, width)
    else:
        for view in slots.rows(row.each) if row.each else [slots]:
            yield _row(row, view, width)


def _row(row: Row, slots: Slots, width: int) -> tuple[Cell, ...]:
    """Labels and values take turns; the last cell takes what is left of the width."""
    texts = [slots.text(text) for text in row.cells]
    several = len(texts) > 1
    first = (Cell(text=text, label=several and number % 2 == 0) for number, text in enumerate(texts[:-1]))
    signed = tuple(slots.text(line) for line in row.signed)
    rest = Cell(text=texts[-1], columns=width - len(texts) + 1, lines=row.lines, signed=signed)
    return (*first, rest)


def _grouped(group: GroupRow, slots: Slots, width: int) -> Iterator[tuple[Cell, ...]]:
    inner = [one for row in group.rows for one in _rows(row, slots, width - 1)]
    for number, row in enumerate(inner):
        yield row if number else (Cell(text=group.group, label=True, rows=len(inner)), *row)


def _opinion(row: OpinionRow, slots: Slots, width: int) -> tuple[Cell, Cell]:
    label = Cell(text=row.opinion, label=True)
    if row.blank and not slots.has(row.of):
        return label, Cell(columns=width - 1, lines=4, signed=(SIGNED_BY_HAND,))
    said = slots.rows(row.of)
    text = "\n".join(dict.fromkeys(view.text("{.text}") for view in said))
    signed = tuple(_signed(view) for view in said)
    return label, Cell(text=text, columns=width - 1, lines=3, signed=signed)


def _signed(view: Slots) -> str:
    certificate = f"（执法证号 {view.text('{.certificate}')}）" if view.row.get("certificate") else ""
    return view.text("签名：{.name}") + certificate + view.text("　{.day}")


def _items(block: ItemsBlock, slots: Slots) -> Iterator[content.Table]:
    head = tuple(Cell(text=column.head, label=True) for column in block.columns)
    rows = [
        tuple(Cell(text=view.text(column.text), centre=True) for column in block.columns)
        for view in slots.rows(block.items)
    ]
    end = (Cell(text=f"（{block.end}）", centre=True, columns=len(head)),)
    widths = tuple(column.width for column in block.columns)
    yield content.Table(widths=widths, head=1, rows=(head, *rows, *((end,) if block.end else ())))


def _dialogue(block: DialogueBlock, slots: Slots) -> Iterator[content.Dialogue]:
    pairs = tuple((view.text(block.asked), view.text(block.answered)) for view in slots.rows(block.dialogue))
    yield content.Dialogue(pairs=pairs)


def _signatures(block: SignaturesBlock, slots: Slots) -> Iterator[content.Signatures]:
    lines = [
        content.Signature(who=view.text(line.who), printed=view.text(line.printed), day=line.day)
        for line in block.signatures
        if slots.shown(line.when, line.unless)
        for view in (slots.rows(line.each) if line.each else [slots])
    ]
    yield content.Signatures(lines=tuple(lines))


def _seal(block: SealBlock, slots: Slots) -> Iterator[content.Seal]:
    yield content.Seal(organ=slots.text(block.seal), day=slots.text(block.day))


def _space(block: SpaceBlock, _slots: Slots) -> Iterator[content.Space]:
    yield content.Space(lines=block.space)


def _break(_block: BreakBlock, _slots: Slots) -> Iterator[content.Break]:
    yield content.Break()


def _kept(blocks: list[content.Block]) -> list[content.Block]:
    """Nothing is sealed or signed alone on a page: the paragraphs before go with it."""
    for number, block in enumerate(blocks):
        _keep_before(blocks, number, KEPT_BEFORE.get(type(block), 0))
    return blocks


def _keep_before(blocks: list[content.Block], closing: int, enough: int) -> None:
    kept = 0
    for number in reversed(range(closing)):
        block = blocks[number]
        if kept >= enough or not isinstance(block, content.Text):
            return
        blocks[number] = block.model_copy(update={"keep": True})
        kept += len(block.text)


FILLERS: dict[type[Any], Callable[[Any, Slots], Iterator[content.Block]]] = {
    TextBlock: _text,
    TableBlock: _table,
    ItemsBlock: _items,
    DialogueBlock: _dialogue,
    SignaturesBlock: _signatures,
    SealBlock: _seal,
    SpaceBlock: _space,
    BreakBlock: _break,
}
