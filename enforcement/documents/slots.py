"""Slots: what the case says, looked up by name. What is missing is collected, so that one refusal names all of it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from enforcement.documents.grammar import Boxes, Clause, Form, Joined
from enforcement.rules import numerals

Row = Mapping[str, object]
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
TICKED, OPEN = "■", "□"
BLANKS = str.maketrans({"\t": " ", "\u00a0": " ", "\u2028": "\n", "\u2029": "\n"})


class Missing(ValueError):
    """The case does not say what the form needs. ``names``: every missing slot with its Chinese label."""

    def __init__(self, form: Form, names: Mapping[str, str]) -> None:
        self.form, self.names = form.code, dict(names)
        super().__init__(f"《{form.title}》还缺：{'、'.join(self.names.values())}。")


@dataclass(frozen=True)
class Slots:
    """The facts for one form. ``row``: the row at hand inside a list; ``at``: its list and its number from 1."""

    form: Form
    given: Mapping[str, object]
    row: Row = field(default_factory=dict)
    at: tuple[str, int] = ("", 0)
    missing: dict[str, str] = field(default_factory=dict)

    def text(self, pattern: str) -> str:
        """The pattern with every placeholder filled: {name}, {party.name}, {.field of the row}, {#}, {name?otherwise}."""
        return PLACEHOLDER.sub(lambda found: self._filled(found[1]), pattern)

    def shown(self, when: str | None, unless: str | None) -> bool:
        """Whether a block with these conditions is there at all."""
        return (when is None or self._holds(when)) and (unless is None or not self._holds(unless))

    def rows(self, name: str) -> list["Slots"]:
        """One view for every row of a list; a list that is not given, or is empty, is missing."""
        rows = _rows(self._value(name))
        if not rows:
            self._lacks(name)
        return [replace(self, row=row, at=(name, number)) for number, row in enumerate(rows, 1)]

    def has(self, name: str) -> bool:
        """Whether the slot says anything."""
        value = self._value(name)
        return bool(_clean(value)) if isinstance(value, str) else value not in (None, False, [], ())

    def _filled(self, asked: str) -> str:
        if asked == "#":
            return str(self.at[1])
        if asked == "#一":
            return numerals.words(self.at[1])
        name, optional, otherwise = asked.partition("?")
        if phrase := self.form.phrases.get(name):
            return self._phrase(phrase)
        if self.has(name):
            return printed(self._value(name))
        if not optional:
            self._lacks(name)
        return otherwise

    def _phrase(self, phrase: Joined | Boxes | Clause) -> str:
        if isinstance(phrase, Joined):
            return phrase.join.join(row.text(phrase.text) for row in self.rows(phrase.each))
        if isinstance(phrase, Boxes):
            return self._boxes(phrase)
        return self.text(phrase.text if self.shown(phrase.when, phrase.unless) else phrase.otherwise)

    def _boxes(self, phrase: Boxes) -> str:
        chosen = self._value(phrase.of)
        if chosen is None:
            self._lacks(phrase.of)
        ticked = {chosen} if isinstance(chosen, str) else set(chosen) if isinstance(chosen, list | tuple) else set()
        return "　".join((TICKED if code in ticked else OPEN) + name for code, name in phrase.boxes.items())

    def _holds(self, condition: str) -> bool:
        name, compared, wanted = condition.partition("=")
        return printed(self._value(name)) == wanted if compared else self.has(name)

    def _value(self, name: str) -> object:
        whole, step, inner = name.partition(".")
        if not whole:
            return self.row.get(inner)
        value = self.given.get(whole)
        return (value.get(inner) if isinstance(value, Mapping) else None) if step else value

    def _lacks(self, name: str) -> None:
        listed, number = self.at
        full = f"{listed}[{number}]{name}" if name.startswith(".") else name
        self.missing[full] = self.label(name)

    def label(self, name: str) -> str:
        """What the slot is called in Chinese; of a row also which one."""
        if not name.startswith("."):
            return self.form.labels.get(name, name)
        listed, number = self.at
        own = self.form.labels.get(listed + name) or self.form.labels.get(f"*{name}", name)
        return f"{self.form.labels.get(listed, listed)}第{number}项的{own}"


def printed(value: object) -> str:
    """A value as it is printed: days as 2026年11月22日, moments (local) with the time, lists joined by 、."""
    if value is None or value is False:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value.year}年{value.month}月{value.day}日{value.hour}时{value.minute:02}分"
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if _several(value):
        return "、".join(printed(one) for one in value)
    return _clean(str(value))


def _several(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple)


def _rows(value: object) -> list[Row]:
    if isinstance(value, Mapping):
        return [value]
    return [row for row in value if isinstance(row, Mapping)] if _several(value) else []


def _clean(text: str) -> str:
    """Without what nobody can see: a pasted zero-width blank would be a glyph that no font has."""
    seen = text.replace("\r\n", "\n").replace("\r", "\n").translate(BLANKS)
    return "".join(one for one in seen if one == "\n" or unicodedata.category(one) not in ("Cc", "Cf")).strip()
