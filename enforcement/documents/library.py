"""The forms as they lie in ``forms/``, read once."""

import functools
import tomllib
from pathlib import Path

from enforcement.documents.grammar import Form, Shared
from enforcement.rules.cases.fields import FIELDS

HERE = Path(__file__).parent


@functools.cache
def form(code: str) -> Form:
    """The form of this code. Raises KeyError when there is none, ValueError when its file is not written as it should be."""
    path = HERE / "forms" / f"{code}.toml"
    if code not in codes():
        raise KeyError(code)
    read = Form.model_validate(tomllib.loads(path.read_text()))
    if read.code != code:
        raise ValueError(f"{path.name} holds the form {read.code}")
    return read.on(_shared())


@functools.cache
def codes() -> tuple[str, ...]:
    """The codes of all forms."""
    return tuple(sorted(path.stem for path in (HERE / "forms").glob("*.toml")))


@functools.cache
def _shared() -> Shared:
    """What is written for all forms; what acts say is called as it is called where it is asked."""
    written = Shared.model_validate(tomllib.loads((HERE / "shared.toml").read_text()))
    asked = {name: field.label for name, field in FIELDS.items()}
    return written.model_copy(update={"labels": asked | written.labels})
