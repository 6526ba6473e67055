"""The journal (轨迹): one insert-only record of every change, numbered and chained; everything else reads it.

Why it is built this way: docs/adr/0002-one-journal.md.
"""

from town.journal.append import Entry, Note, append, append_many, note, note_many
from town.journal.bell import Bell
from town.journal.damage import Damage, Finding
from town.journal.heads import HEADS_FILE, Head, read_heads, write_head
from town.journal.lag import lag, unnumbered_since
from town.journal.numbering import lead, number_once
from town.journal.readers import Numbered, Recorded, advance, cursor, events_of, head, read_after
from town.journal.verify import Verdict, verify
from town.journal.words import erase_words, keep_words, secret_of, words_by_cite, words_of

__all__ = [
    "HEADS_FILE",
    "Bell",
    "Damage",
    "Entry",
    "Finding",
    "Head",
    "Note",
    "Numbered",
    "Recorded",
    "Verdict",
    "advance",
    "append",
    "append_many",
    "cursor",
    "erase_words",
    "events_of",
    "head",
    "keep_words",
    "lag",
    "lead",
    "note",
    "note_many",
    "number_once",
    "read_after",
    "read_heads",
    "secret_of",
    "unnumbered_since",
    "verify",
    "words_by_cite",
    "words_of",
    "write_head",
]
