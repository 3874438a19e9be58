"""A thousand requests that schemathesis thinks of: never a fault of the server."""

from __future__ import annotations

from typing import Any

import hypothesis
import pytest
import requests
import schemathesis
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.hosts.officejs.running import Served

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


OPENAPI = {
    "openapi": "3.1.0",
    "info": {"title": "xlfuncs", "version": "1"},
    "paths": {
        "/batch": _post("application/json", BATCH, ANSWER),
        "/check": _post("application/octet-stream", {"type": "string", "format": "binary"}, {"type": "object"}),
    },
}
SCHEMA = schemathesis.openapi.from_dict(OPENAPI)


@pytest.mark.parametrize("path, examples", [("/batch", 1000), ("/check", 60)])
def test_no_request_makes_the_server_fail(served: Served, path: str, examples: int) -> None:
    tried: dict[int, int] = {}
    session = requests.Session()
    session.trust_env = False

    @hypothesis.settings(max_examples=examples, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(SCHEMA[path]["POST"].as_strategy())
    def tries(case: schemathesis.Case[Any]) -> None:
        headers = dict(served.headers)
        del headers["Content-Type"]
        response = case.call(base_url=served.origin, headers=headers, session=session, verify=str(served.authority))
        tried[response.status_code] = tried.get(response.status_code, 0) + 1
        assert response.status_code < 500, response.text
        case.validate_response(response, checks=[response_schema_conformance, content_type_conformance])

    tries()
    assert sum(tried.values()) >= examples
    assert set(tried) <= {200, 400, 413, 415, 422}
