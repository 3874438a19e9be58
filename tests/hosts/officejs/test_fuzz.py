"""A thousand requests that schemathesis thinks of: never a fault of the server."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import hypothesis
import pytest
import requests
import schemathesis
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.hosts.officejs.running import Served, running
from xlfuncs.data import workbook_tables
from xlfuncs.hosts.officejs import tasks

pytestmark = pytest.mark.slow  # thousands of requests

CELL: dict[str, Any] = {
    "oneOf": [
        {"type": ["number", "string", "boolean", "null"]},
        {"type": "object", "required": ["error"], "properties": {"error": {"enum": ["#N/A", "#REF!", "#NUM!"]}}},
    ]
}
ROWS = {"type": "array", "items": {"type": "array", "items": CELL}}
CALL = {
    "type": "object",
    "required": ["name", "cells"],
    "properties": {
        "name": {"anyOf": [{"enum": ["LTV_CAC", "HHI", "TOKEN_PRICE", "FN_WHY", "SUPERAPP_PNL"]}, {"type": "string"}]},
        "cells": {"type": "array", "items": {"anyOf": [CELL, ROWS]}},
    },
}
BATCH = {"type": "object", "required": ["calls"], "properties": {"calls": {"type": "array", "items": CALL}}}
ANSWER = {
    "type": "object",
    "required": ["results", "version"],
    "properties": {"results": {"type": "array"}, "version": {"type": "string"}},
}
FAULT = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}


def _responses(good: dict[str, Any]) -> dict[str, Any]:
    def told(schema: dict[str, Any]) -> dict[str, Any]:
        return {"description": "Answer.", "content": {"application/json": {"schema": schema}}}

    return {"200": told(good), "default": told(FAULT)}


def _post(kind: str, schema: dict[str, Any], good: dict[str, Any]) -> dict[str, Any]:
    body = {"required": True, "content": {kind: {"schema": schema}}}
    return {"post": {"requestBody": body, "responses": _responses(good)}}


HEADS = ["key", "value", "source key", "base", "unit", "as of", "version", "date", "author", "change", "checks", "low"]
LINE = {"type": "array", "items": {"anyOf": [{"enum": HEADS}, CELL]}, "minItems": 4, "maxItems": 4}
TABLE = [["Key", "Value", "Unit", "As of"], ["CN.model_arpa", 1, "USD", 46000], ["US.model_arpa", "y", None, True]]


def _object(optional: Collection[str] = (), **properties: Any) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _whole(least: int, most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


PLACE = {"type": "array", "items": _whole(0, 9), "minItems": 2, "maxItems": 2}


def _area(rows: dict[str, Any]) -> dict[str, Any]:
    return _object(
        sheet={"type": "string"},
        row=_whole(1, 1_048_500),
        column=_whole(1, 16_380),
        rows=rows,
        formulas={"type": "array", "items": PLACE, "maxItems": 3},
    )


LINES = {"type": "array", "items": LINE, "minItems": 1, "maxItems": 6}
OTHERS = [name for name in workbook_tables.NAMES if name != "data_figures"]
AREAS = {name: _area(LINES) for name in OTHERS} | {"data_figures": _area({"anyOf": [{"const": TABLE}, LINES]})}
TABLES = _object(["day"], day=_whole(0, 100_000), areas=_object(OTHERS, **AREAS))
GIVEN = _object(
    address={"enum": ["$A$1:$D$9", "A:D", "1:3", "A1:ZZZ9999999"]},
    row=_whole(1, 3),
    column=_whole(1, 2),
    rows={"type": "array", "items": LINE, "maxItems": 3},
)
NAMES = ["A1", "growth", "A:A"]
FORMULAS = [
    "=LTV(A1, growth, B2:B9)",
    "=SUM(A1#)",
    "=A:A+XLFUNCS.LTV(1,,2)",
    "=LET(x,1,x)",
    "=(",
    "=A1:",
    "=@A:A",
    "=1:3",
]
FORMULA = _object(
    ["given"],
    formula={"anyOf": [{"enum": FORMULAS}, {"type": "string", "pattern": "^=[A-Z0-9:,()+!\"'#@{};.*]{0,20}$"}]},
    row=_whole(1, 1_048_500),
    column=_whole(1, 16_380),
    given=_object(NAMES, **{name: {"anyOf": [GIVEN, {"type": "null"}]} for name in NAMES}),
)
OBJECT = {"type": "object", "not": {"required": ["error"]}}
OPENAPI = {
    "openapi": "3.1.0",
    "info": {"title": "xlfuncs", "version": "1"},
    "paths": {
        "/batch": _post("application/json", BATCH, ANSWER),
        "/check": _post("application/octet-stream", {"type": "string", "format": "binary"}, OBJECT),
        "/refresh": _post("application/json", TABLES, OBJECT),
        "/explain": _post("application/json", FORMULA, OBJECT),
    },
}
SCHEMA = schemathesis.openapi.from_dict(OPENAPI)


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with little patience for its tasks: some formulas take whole rows by whole columns."""
    with running(tmp_path_factory.mktemp("secrets"), more_tasks=tasks.build_tasks(3)) as found:
        yield found


@pytest.mark.parametrize("path, examples", [("/batch", 1000), ("/check", 60), ("/refresh", 200), ("/explain", 300)])
def test_no_request_makes_the_server_fail(hasty: Served, path: str, examples: int) -> None:
    tried: dict[int, int] = {}
    session = requests.Session()
    session.trust_env = False

    @hypothesis.settings(max_examples=examples, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(SCHEMA[path]["POST"].as_strategy())
    def tries(case: schemathesis.Case[Any]) -> None:
        headers = dict(hasty.headers)
        del headers["Content-Type"]
        response = case.call(
            base_url=hasty.origin, headers=headers, session=session, verify=str(hasty.ca_certificate), timeout=60
        )
        tried[response.status_code] = tried.get(response.status_code, 0) + 1
        assert response.status_code < 500, response.text
        case.validate_response(response, checks=[response_schema_conformance, content_type_conformance])

    tries()
    assert sum(tried.values()) >= examples
    assert set(tried) <= {200, 400, 413, 415, 422}
