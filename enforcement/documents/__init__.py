"""Documents (文书): forms, filled with the facts of a case and nothing else, as PDF, as Word, and bound into a file."""

from enforcement.documents.asking import asked
from enforcement.documents.binding import Entry, book, first_pages
from enforcement.documents.content import Content
from enforcement.documents.editable import word
from enforcement.documents.filling import fill
from enforcement.documents.fonts import Fonts, FontsMissing, GlyphMissing
from enforcement.documents.fonts import load as load_fonts
from enforcement.documents.grammar import Form
from enforcement.documents.library import codes, form
from enforcement.documents.printing import Paper, pdf
from enforcement.documents.slots import Missing

__all__ = [
    "Content",
    "Entry",
    "Fonts",
    "FontsMissing",
    "Form",
    "GlyphMissing",
    "Missing",
    "Paper",
    "asked",
    "book",
    "codes",
    "fill",
    "first_pages",
    "form",
    "load_fonts",
    "pdf",
    "word",
]
