"""Every form after the decision, printed with the longest names there could be."""

import io

import pytest
from pypdf import PdfReader

from enforcement.documents import fill, form, load_fonts, pdf, word
from tests.papers import LONG_NAME
from tests.papers_later import LATER

MOST_PAGES = {"file_directory": 6, "goods_disposal": 4}


@pytest.mark.parametrize("code", LATER)
def test_long_names_and_rare_characters_are_printed_whole_and_twice_the_same(code):
    content = fill(form(code), LATER[code])
    paper = pdf(content, load_fonts())
    assert pdf(content, load_fonts()) == paper
    assert paper.pages <= MOST_PAGES.get(code, 3)
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages).replace("\n", "")
    assert LONG_NAME in said.replace(" ", "")
    assert "喆堃" in said
    assert word(content).startswith(b"PK")


@pytest.mark.parametrize("code", LATER)
def test_no_page_but_the_first_begins_with_the_seal(code):
    """What is signed or sealed stands with the words it closes."""
    paper = pdf(fill(form(code), LATER[code]), load_fonts())
    for page in PdfReader(io.BytesIO(paper.data)).pages[1:]:
        assert not page.extract_text().lstrip().startswith("云溪镇人民政府\n2026")
