"""What comes in over HTTP: read within limits, checked against a model, refused with Chinese sentences."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

from flask import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from werkzeug.exceptions import RequestEntityTooLarge

from town.errors import Refused

Model = TypeVar("Model", bound=BaseModel)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LAST_POSITION = 2**63 - 1
"""The journal's positions are 64-bit."""


class Body(BaseModel):
    """The base of everything that is sent to us: nothing unknown, no NaN or infinity, blanks cut off."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, str_strip_whitespace=True, frozen=True)

    @field_validator("*")
    @classmethod
    def printable(cls, value: Any) -> Any:
        """No control characters in any text: PostgreSQL cannot keep a zero byte, and a log should not ring."""
        if any(map(CONTROL.search, _texts(value))):
            raise PydanticCustomError("control_character", "control character")
        return value


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, in lists and under keys too; models within look after themselves."""
    match value:
        case str():
            yield value
        case list() | tuple():
            for one in value:
                yield from _texts(one)
        case dict():
            for key, one in value.items():
                yield from (*_texts(key), *_texts(one))


class Reply(BaseModel):
    """The base of everything we answer."""

    model_config = ConfigDict(frozen=True)


class Upload(Body):
    """One file sent as multipart/form-data, in the field ``FIELD``: a photo."""

    FIELD: ClassVar[str] = "photo"
    content: bytes

    @property
    def digest(self) -> bytes:
        """Of what was sent alone: a resend has another multipart boundary and is still the same upload."""
        return hashlib.sha256(self.content).digest()


class SheetUpload(Upload):
    """表格: an XLSX or CSV file as its sender calls it, and a name for what is made of it."""

    FIELD: ClassVar[str] = "file"
    filename: str = ""
    name: str | None = Field(default=None, min_length=1, max_length=120)

    @property
    def digest(self) -> bytes:
        """The same file under another name is another wish."""
        return hashlib.sha256(self.content + b"\0" + (self.name or "").encode()).digest()


Sent = TypeVar("Sent", bound=Upload)

SENTENCES = {
    "control_character": "含有不能显示的字符，请删掉后再发",
    "missing": "必填",
    "extra_forbidden": "没有这一项",
    "string_too_short": "太短，至少 {min_length} 个字",
    "string_too_long": "太长，最多 {max_length} 个字",
    "string_pattern_mismatch": "格式不对",
    "string_type": "要填文字",
    "finite_number": "要填有限的数",
    "float_type": "要填数字",
    "float_parsing": "要填数字",
    "int_type": "要填整数",
    "int_parsing": "要填整数",
    "int_from_float": "要填整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "greater_than": "要大于 {gt}",
    "less_than": "要小于 {lt}",
    "literal_error": "只能是 {expected}",
    "enum": "只能是 {expected}",
    "model_type": "要填一组内容",
    "uuid_parsing": "编号格式不对",
}


def json_body(request: Request, model: type[Model]) -> tuple[Model, bytes]:
    """The parsed body and the SHA-256 of its bytes.

    Raises Refused("media_type" | "too_large" | "malformed" | "too_deep" | "invalid").
    """
    if request.mimetype != "application/json":
        raise Refused("media_type", expected="application/json")
    raw = _limited(request)
    try:
        return model.model_validate_json(raw), hashlib.sha256(raw).digest()
    except ValidationError as error:
        raise refusal(error) from None


def _limited(request: Request) -> bytes:
    request.max_content_length = LONGEST_JSON
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise Refused("too_large", limit=LONGEST_JSON) from None


LONGEST_JSON = 65_536
"""Bytes. Of twenty megabytes of unknown fields every single one would be told: minutes of work for any stranger."""


def query(request: Request, model: type[Model]) -> Model:
    """The query parameters as a model. Raises Refused("invalid")."""
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise refusal(error) from None


def upload(request: Request, model: type[Sent]) -> tuple[Sent, bytes]:
    """The one file in the model's multipart field, what came with it, and the SHA-256 of both.

    Raises Refused("media_type" | "invalid").
    """
    if request.mimetype != "multipart/form-data":
        raise Refused("media_type", expected="multipart/form-data")
    file = request.files.get(model.FIELD)
    if file is None:
        raise Refused("invalid", errors={model.FIELD: ["必填"]})
    beside = {name: value for name, value in request.form.items() if name in model.model_fields}
    if "filename" in model.model_fields:
        beside["filename"] = (file.filename or "")[-LONGEST_FILENAME:]
    try:
        sent = model.model_validate(beside | {"content": file.read()})
    except ValidationError as error:
        raise refusal(error) from None
    return sent, sent.digest


LONGEST_FILENAME = 200


def refusal(error: ValidationError) -> Refused:
    """What a model found wrong, as a refusal in Chinese: malformed, too_deep or invalid."""
    details = error.errors(include_url=False, include_input=False)
    if details[0]["type"] == "json_invalid":
        return _unreadable(str(details[0].get("ctx", {}).get("error", "")))
    errors: dict[str, list[str]] = {}
    for detail in details:
        errors.setdefault(".".join(map(str, detail["loc"])), []).append(
            _sentence(detail["type"], detail.get("ctx", {}))
        )
    return Refused("invalid", errors=errors)


def _unreadable(why: str) -> Refused:
    if "recursion" in why:
        return Refused("too_deep", limit=JSON_DEPTH)
    return Refused("malformed", why=f"内容不是完整的 UTF-8 JSON，请检查后再发（{why}）。")


JSON_DEPTH = 200
"""The parser's own limit."""


def _sentence(kind: str, context: dict[str, Any]) -> str:
    return SENTENCES.get(kind, "格式不对").format(**context)
