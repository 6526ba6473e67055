"""The copy for the office's own word processor (可编辑的副本): the same blocks as a .docx. The paper copy stays the original."""

import io
from collections.abc import Callable, Iterator
from typing import Any, cast

from docx import Document
from docx.document import Document as Written
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import _Cell as WrittenCell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from enforcement.documents import content
from enforcement.documents.content import Cell, Content, Layout, Style

BODY, TITLE = "仿宋", "方正小标宋简体"
SIZES = {Layout.LETTER: 16, Layout.RECORD: 14, Layout.TABLE: 14}
SMALL = 12
TEXT_WIDTH = Mm(156)
ALIGNED = {Style.CENTRE: WD_ALIGN_PARAGRAPH.CENTER, Style.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT}
INDENTED = (Style.BODY, Style.HEADING, Style.NOTE)
DAY = "　　　年　　月　　日"
LINE = "＿" * 10


def word(filled: Content) -> bytes:
    """The document as .docx, in 仿宋, to be edited."""
    written = Document()
    _page(written, SIZES[filled.layout])
    _heading(written, filled)
    for block in filled.blocks:
        WRITERS[type(block)](written, block)
    if filled.remark:
        _paragraph(written, filled.remark, size=SMALL)
    written.core_properties.title = filled.title
    written.core_properties.author = filled.organ
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


def _page(written: Written, size: int) -> None:
    """Paper, margins and type of an official document (GB/T 9704)."""
    section = written.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = written.styles["Normal"]
    normal.font.name, normal.font.size = BODY, Pt(size)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    _page_number(section.footer.paragraphs[0])


def _page_number(foot: Paragraph) -> None:
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES"), (" 页", "")):
        run = foot.add_run(text)
        run.font.size = Pt(SMALL)
        if field:
            _field(foot.add_run(), field)


def _field(run: Run, instruction: str) -> None:
    for kind, text in (("begin", ""), ("", instruction), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        element.set(qn("w:fldCharType"), kind) if kind else setattr(element, "text", text)
        run._r.append(element)


def _heading(written: Written, filled: Content) -> None:
    for text, size in ((filled.organ, 22), (filled.title, 26)):
        run = _paragraph(written, text, WD_ALIGN_PARAGRAPH.CENTER).runs[0]
        _typeface(run, TITLE, size)
        run.bold = True
    if filled.number:
        _paragraph(written, filled.number, WD_ALIGN_PARAGRAPH.RIGHT, size=14)


def _typeface(run: Run, name: str, size: int) -> None:
    run.font.name, run.font.size = name, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _paragraph(
    where: Written | WrittenCell, text: str, aligned: WD_ALIGN_PARAGRAPH | None = None, size: int = 0
) -> Paragraph:
    paragraph = where.add_paragraph()
    paragraph.alignment = aligned
    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def _text(written: Written, block: content.Text) -> None:
    size = SMALL if block.style == Style.NOTE else 0
    paragraph = _paragraph(written, block.text, ALIGNED.get(block.style, WD_ALIGN_PARAGRAPH.JUSTIFY), size)
    paragraph.runs[0].bold = block.style == Style.HEADING
    shape = paragraph.paragraph_format
    shape.keep_with_next = block.keep
    shape.line_spacing_rule = WD_LINE_SPACING.ONE_POINT_FIVE
    if block.style in INDENTED:
        shape.first_line_indent = Cm(1.13)


def _table(written: Written, block: content.Table) -> None:
    across = len(block.widths)
    table = written.add_table(rows=len(block.rows), cols=across, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = int(TEXT_WIDTH * width / sum(block.widths))
    cells = table._cells  # asked once: python-docx walks the whole table for every single cell
    for (row, column), cell in _placed(block):
        last = cells[(row + cell.rows - 1) * across + column + cell.columns - 1]
        _cell(cast(WrittenCell, cells[row * across + column].merge(last)), cell)
    for written_row in list(table.rows)[: block.head]:
        written_row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _placed(block: content.Table) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Every cell with its row and column; a cell that reaches down takes the place in the rows below."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(block.rows):
        free = (column for column in range(len(block.widths)) if (row, column) not in taken)
        for cell in cells:
            column = next(free)
            taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            yield (row, column), cell


def _cell(where: WrittenCell, cell: Cell) -> None:
    where.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    middle = WD_ALIGN_PARAGRAPH.CENTER if cell.label or cell.centre else None
    for line in cell.text.split("\n"):
        _paragraph(where, line, middle, SMALL).runs[0].bold = cell.label
    for line in cell.signed:
        _paragraph(where, line, WD_ALIGN_PARAGRAPH.RIGHT, SMALL)
    empty = where.paragraphs[0]._p
    empty.getparent().remove(empty)


def _dialogue(written: Written, block: content.Dialogue) -> None:
    for asked, answered in block.pairs:
        _paragraph(written, f"问：{asked}")
        _paragraph(written, f"答：{answered}")


def _signatures(written: Written, block: content.Signatures) -> None:
    for line in block.lines:
        _paragraph(written, f"{line.who}：{line.printed}{LINE}{DAY if line.day else ''}")


def _seal(written: Written, block: content.Seal) -> None:
    written.add_paragraph()
    for text in (block.organ, block.day):
        paragraph = _paragraph(written, text, WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.right_indent = Cm(1.7)
        paragraph.paragraph_format.keep_with_next = text is block.organ


def _space(written: Written, block: content.Space) -> None:
    for _ in range(max(1, round(block.lines))):
        written.add_paragraph()


def _break(written: Written, _block: content.Break) -> None:
    written.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


WRITERS: dict[type[Any], Callable[[Written, Any], None]] = {
    content.Text: _text,
    content.Table: _table,
    content.Dialogue: _dialogue,
    content.Signatures: _signatures,
    content.Seal: _seal,
    content.Space: _space,
    content.Break: _break,
}
