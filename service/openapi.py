"""The OpenAPI 3.1 document, drawn from the routes themselves, so that it cannot say anything else than the code."""

import functools
import re
from collections.abc import Iterable
from typing import Any

from flask import current_app, jsonify
from flask.wrappers import Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from town.access import PUBLIC, Rights
from town.bodies import Upload
from town.http import Call, Problem, Route, Routes

routes = Routes("openapi")
REF = "#/components/schemas/{model}"
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Unique per intention; a resend carries the same key and gets the same answer.",
    "schema": {"type": "string", "minLength": 16, "maxLength": 128},
}
PROBLEM = {"application/problem+json": {"schema": {"$ref": REF.format(model="Problem")}}}


@routes.get("/openapi.json", rights=PUBLIC)
def document(_call: Call) -> Response:
    """This document."""
    listed = [view.route for view in current_app.view_functions.values() if hasattr(view, "route")]
    return jsonify(describe(tuple(route for route in listed if route.rule.startswith(("/api/", "/live", "/healthz")))))


@functools.cache
def describe(listed: tuple[Route, ...]) -> dict[str, Any]:
    """OpenAPI 3.1 for these routes."""
    paths: dict[str, dict[str, Any]] = {}
    for route in listed:
        paths.setdefault(PARAMETER.sub(r"{\2}", route.rule), {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Wangge 网格执法", "version": "1"},
        "paths": paths,
        "components": {"schemas": _schemas(listed), "securitySchemes": SCHEMES},
    }


SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "receipt": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Receipt XXXX-XXXX-…"},
}


def _schemas(listed: Iterable[Route]) -> dict[str, Any]:
    models: set[type[BaseModel]] = {Problem}
    for route in listed:
        models |= {model for model in (route.takes, route.gives) if model and not issubclass(model, Upload)}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, defined = models_json_schema([(model, "validation") for model in ordered], ref_template=REF)
    return dict(defined["$defs"])


def _operation(route: Route) -> dict[str, Any]:
    summary, _, description = (route.view.__doc__ or "").strip().partition("\n")
    operation: dict[str, Any] = {
        "operationId": route.view.__name__,
        "summary": summary,
        "description": description.strip(),
        "parameters": [*_path(route), *_query(route), *([KEY] if route.writes and route.repeatable else [])],
        "responses": {str(route.status): _success(route), "default": {"description": "Refused", "content": PROBLEM}},
        "security": _security(route.rights),
    }
    if route.takes:
        operation["requestBody"] = {"required": True, "content": _takes(route.takes)}
    return operation


def _path(route: Route) -> list[dict[str, Any]]:
    formats = {"uuid": {"type": "string", "format": "uuid"}}
    return [
        {"name": name, "in": "path", "required": True, "schema": formats.get(kind, {"type": "string"})}
        for kind, name in PARAMETER.findall(route.rule)
    ]


def _query(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    properties = route.query.model_json_schema()["properties"]
    return [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in properties.items()]


def _takes(model: type[BaseModel]) -> dict[str, Any]:
    if issubclass(model, Upload):
        file = {model.FIELD: {"type": "string", "format": "binary"}}
        beside = {name: {"type": "string"} for name in model.model_fields if name == "name"}
        form = {"type": "object", "required": [model.FIELD], "properties": file | beside}
        return {"multipart/form-data": {"schema": form}}
    return {"application/json": {"schema": {"$ref": REF.format(model=model.__name__)}}}


def _success(route: Route) -> dict[str, Any]:
    if route.gives:
        return {
            "description": "OK",
            "content": {route.media_type: {"schema": {"$ref": REF.format(model=route.gives.__name__)}}},
        }
    return {"description": "OK"}


def _security(rights: Rights) -> list[dict[str, list[str]]]:
    stated: list[dict[str, list[str]]] = [{"receipt": []}] if rights.receipt else []
    return [*stated, *([{"bearer": sorted(role.value for role in rights.roles)}] if rights.roles else [])]
