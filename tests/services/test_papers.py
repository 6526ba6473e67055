"""Papers: what comes out of the printer. Real typesetting, the real fonts; nothing of it is looked at by name only."""

import io
import itertools
import re
import threading
from typing import Any

import docx
import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from enforcement.documents import Content, Entry, GlyphMissing, book, fill, first_pages, form, load_fonts, pdf, word
from enforcement.documents.content import Layout, Seal, Table, Text
from enforcement.documents.fonts import FontsMissing, font_files
from tests.papers import COMMON, DAY, FACTS, FILED, HELD, LONG_NAME
from town.settings import BUILT_FONTS

NEVER_FIRST = "，。、；：？！）》”’…"
NEVER_LAST = "（《“‘"
FOOT = re.compile(r"第 ?\d+ ?页|扫码核验|[0-9a-f]{16}|被检查人（签名")


@pytest.fixture(scope="module")
def fonts():
    return load_fonts()


def letter(*paragraphs, organ="云溪镇人民政府", **more):
    texts = [Text(text=text, keep=number == len(paragraphs) - 1) for number, text in enumerate(paragraphs)]
    about = {
        "form": "try",
        "edition": "2026-11",
        "title": "试用书",
        "layout": Layout.LETTER,
        "number": None,
        "day": DAY,
    }
    return Content(**{**about, "organ": organ, "blocks": (*texts, Seal(organ=organ, day="2026年11月22日")), **more})


def pages(paper):
    return [page.extract_text() for page in opened(paper).pages]


def opened(paper) -> Any:
    return PdfReader(io.BytesIO(paper.data))


def lines(page):
    """The lines of the text, without the foot of the page."""
    return [line.strip() for line in page.splitlines() if line.strip() and not FOOT.match(line.strip())]


def joined(paper):
    return "".join("".join(lines(page)) for page in pages(paper))


def test_the_same_content_gives_the_same_file(fonts):
    content = fill(form("hold_notice"), HELD)
    first = pdf(content, fonts)
    pdf(letter("别的文书。"), fonts)
    assert pdf(content, fonts) == first


def test_eight_at_a_time_print_what_one_prints(fonts):
    contents = [letter(f"第{number}份。" * 20) for number in range(8)]
    alone = [pdf(content, fonts) for content in contents]
    together = [None] * 8
    threads = [threading.Thread(target=_into, args=(together, at, contents[at], fonts)) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_a_paper_is_fit_for_the_archive_with_its_font_inside(fonts):
    reader = opened(pdf(fill(form("filing_approval"), FILED), fonts))
    said = reader.root_object["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in said
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in said
    assert all(_embedded(font) for page in reader.pages for font in page["/Resources"]["/Font"].values())


@pytest.mark.parametrize(("code", "facts"), FACTS.items())
def test_every_form_prints_its_title_its_number_and_its_party(fonts, code, facts):
    content = fill(form(code), facts)
    printed = joined(pdf(content, fonts)).replace(" ", "")
    assert content.title in printed
    assert (content.number or "") in printed
    assert LONG_NAME[:10] in printed
    assert LONG_NAME[-4:] in printed


def test_the_longest_name_the_longest_law_and_a_rare_character_are_printed_whole(fonts):
    content = fill(form("hold_notice"), HELD | {"custodian": COMMON["power_basis"]})
    printed = joined(pdf(content, fonts))
    assert LONG_NAME in printed
    assert COMMON["power_basis"] in printed
    assert "喆堃" in printed


def test_a_character_that_no_font_has_is_refused_by_name_and_nothing_is_printed(fonts):
    with pytest.raises(GlyphMissing) as refusal:
        pdf(letter("当事人\U00030000和\U0001f600。"), fonts)
    assert refusal.value.characters == ("\U0001f600", "\U00030000")
    assert "U+30000" in str(refusal.value)


def test_what_looks_like_markup_is_printed_as_it_stands(fonts):
    tricky = "#include(“x”) *粗* _斜_ $x$ <标> @引 `码` \\u{41} {{organ}} #{1+1} [括]"
    assert tricky.replace(" ", "") in joined(pdf(letter(tricky), fonts)).replace(" ", "")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("云溪镇，。、；：（）《》“”执法12a"), min_size=60, max_size=400).map("".join))
def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket(fonts, text):
    between = [line for page in pages(pdf(letter("甲" + text + "乙"), fonts)) for line in lines(page)][2:-2]
    assert [line for line in between if line[0] in NEVER_FIRST or line[-1] in NEVER_LAST] == []


@pytest.mark.parametrize("length", [20, 60, 200, 700])
def test_the_seal_never_stands_alone_on_a_page(fonts, length):
    last = "终" * length
    for before in range(8, 24):
        body = [f"第{number}段。" for number in range(before)]
        sealed = lines(pages(pdf(letter(*body, last), fonts))[-1])
        assert sealed[-2:] == ["云溪镇人民政府", "2026年11月22日"]
        assert "终" in sealed[-3]


def test_a_long_list_takes_its_head_along_to_every_page(fonts):
    paper = pdf(fill(form("hold_notice"), HELD), fonts)
    with_things = [page for page in pages(paper) if "货架" in page]
    assert len(with_things) > 1
    assert all("规格型号" in page for page in with_things)


def test_every_page_says_which_of_how_many_it_is(fonts):
    paper = pdf(fill(form("hold_notice"), HELD), fonts)
    assert paper.pages == len(pages(paper)) > 2
    for number, page in enumerate(pages(paper), 1):
        assert f"第{number}页共{paper.pages}页" in page.replace(" ", "")


def test_the_last_page_shows_the_hash_of_the_content(fonts):
    content = fill(form("hold_notice"), HELD)
    *before, last = pages(pdf(content, fonts))
    assert content.sha256[:16] in last
    assert not any(content.sha256[:16] in page for page in before)


def test_a_record_is_signed_on_every_page(fonts):
    content = letter(*["记录的内容。" * 30] * 6, layout=Layout.RECORD, signed_pages=("被检查人", "检查人员"))
    assert all("被检查人（签名）" in page for page in pages(pdf(content, fonts)))


def test_the_towns_own_font_is_used_and_the_rare_character_comes_from_the_built_one(tmp_path):
    _font_with("云溪", "FangSong Test", tmp_path / "fangsong.ttf")
    own = load_fonts(tmp_path)
    assert own.body[0] == "FangSong Test"
    used = {font["/BaseFont"] for font in _fonts_of(pdf(letter("云溪喆堃。"), own))}
    assert any("FangSong" in name for name in used)
    assert any("NotoSerifSC" in name for name in used)


def test_without_the_built_fonts_nothing_is_printed(tmp_path, monkeypatch):
    assert font_files(BUILT_FONTS)
    monkeypatch.setattr("enforcement.documents.fonts.BUILT_FONTS", tmp_path / "gone")
    with pytest.raises(FontsMissing):
        load_fonts(tmp_path)


def test_the_editable_copy_says_the_same_in_the_offices_font():
    content = fill(form("filing_approval"), FILED)
    written = docx.Document(io.BytesIO(word(content)))
    words = [paragraph.text for paragraph in written.paragraphs]
    cells = {cell.text for table in written.tables for row in table.rows for cell in row.cells}
    assert {content.organ, content.title, content.number} <= set(words)
    assert {cell.text for row in only(content, Table).rows for cell in row if not cell.signed} <= cells
    assert any("签名：苏敏" in text for text in cells)
    assert 'w:eastAsia="仿宋"' in written.styles.element.xml


@pytest.mark.parametrize(("code", "facts"), FACTS.items())
def test_the_editable_copy_has_every_row_and_every_paragraph(code, facts):
    content = fill(form(code), facts)
    written = docx.Document(io.BytesIO(word(content)))
    texts = {paragraph.text for paragraph in written.paragraphs}
    assert {block.text for block in content.blocks if isinstance(block, Text)} <= texts
    assert [len(table.rows) for table in written.tables] == [
        len(b.rows) for b in content.blocks if isinstance(b, Table)
    ]


def test_a_file_is_bound_with_bookmarks_and_a_number_on_every_page(fonts):
    entries = _entries(fonts)
    cover, directory = pdf(letter("封面"), fonts), pdf(letter("目录"), fonts)
    bound = book(entries, cover, directory, fonts)
    reader = opened(bound)
    assert bound.pages == 2 + sum(entry.paper.pages for entry in entries)
    marks = {mark["/Title"]: reader.get_destination_page_number(mark) for mark in reader.outline}
    assert list(marks) == ["卷宗封面", "卷内目录", *(entry.title for entry in entries)]
    assert [page - 1 for page in marks.values()][2:] == first_pages(entries)
    for number, page in enumerate(reader.pages[2:], 1):
        assert str(number) in page.extract_text().split()


def test_a_file_is_bound_the_same_way_twice_and_leaves_its_papers_alone(fonts):
    entries, cover = _entries(fonts), pdf(letter("封面"), fonts)
    before = [entry.paper.data for entry in entries]
    assert book(entries, cover, cover, fonts) == book(entries, cover, cover, fonts)
    assert [entry.paper.data for entry in entries] == before


def test_an_empty_file_has_its_cover_and_its_directory(fonts):
    cover = pdf(letter("封面"), fonts)
    assert book([], cover, cover, fonts).pages == 2


def _entries(fonts):
    filled = [fill(form("hold_notice"), HELD), fill(form("filing_approval"), FILED)]
    contents = [*filled, *(letter(f"{title}。", title=title) for title in ("询问笔录", "结案报告"))]
    return [Entry(content.title, pdf(content, fonts)) for content in contents]


def only(content, kind):
    (block,) = [block for block in content.blocks if isinstance(block, kind)]
    return block


def _into(results, at, content, fonts):
    results[at] = pdf(content, fonts)


def _embedded(font):
    (descendant,) = font.get_object()["/DescendantFonts"]
    return bool({"/FontFile2", "/FontFile3"} & set(descendant.get_object()["/FontDescriptor"].get_object()))


def _fonts_of(paper):
    drawn = (page["/Resources"]["/Font"].values() for page in opened(paper).pages)
    return [font.get_object() for font in itertools.chain(*drawn)]


def _font_with(characters, family, path):
    """A font of another family with these characters only."""
    with TTFont(font_files(BUILT_FONTS)[0], lazy=True) as cut:
        subsetter = Subsetter()
        subsetter.populate(text=characters)
        subsetter.subset(cut)
        for name in cut["name"].names:
            name.string = family
        cut.save(path)
