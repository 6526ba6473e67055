"""The OpenAPI document says what the routes are, and nothing else."""

import re

from service.app import ROOMS
from tests.ground.databases import on_sqlite
from tests.ground.web import Door

DESCRIBED = ("/api/", "/live", "/healthz")


@on_sqlite
def test_the_document_lists_every_route_with_its_rights_its_key_and_its_body(door: Door):
    document = door.get("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    routes = [route for room in ROOMS for route in room.listed if route.rule.startswith(DESCRIBED)]
    listed = {(method.upper(), path) for path, operations in document["paths"].items() for method in operations}
    assert listed == {(route.method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.rule)) for route in routes}
    for route in routes:
        operation = document["paths"][re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.rule)][route.method.lower()]
        assert bool(operation["security"]) != route.rights.open
        keys = [one for one in operation["parameters"] if one["name"] == "Idempotency-Key"]
        assert bool(keys) == (route.writes and route.repeatable)
        assert ("requestBody" in operation) == (route.takes is not None)
        assert operation["summary"]


@on_sqlite
def test_every_reference_in_the_document_leads_somewhere(door: Door):
    answer = door.get("/openapi.json")
    schemas = answer.json["components"]["schemas"]
    assert schemas
    for name in re.findall(r'"#/components/schemas/([^"]+)"', answer.text):
        assert name in schemas
