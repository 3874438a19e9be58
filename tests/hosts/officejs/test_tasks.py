"""The tasks of the server keep the same rules as its batches; and what it makes of formulas to explain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.hosts.officejs.running import Served, running
from xlfuncs.hosts.officejs import tasks
from xlfuncs.hosts.officejs.server import Task

PATHS = ["/check", "/refresh", "/explain"]
BODIES: list[bytes] = []


def note(body: bytes) -> dict[str, bool]:
    """A task that is seen to be carried out."""
    BODIES.append(body)
    return {"done": True}


@pytest.fixture(scope="module")
def noting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that notes every body that comes as far as a task."""
    jobs = {path: Task(tasks.JSON, note) for path in PATHS}
    with running(tmp_path_factory.mktemp("secrets"), more_tasks=jobs) as found:
        yield found


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers, status",
    [
        ({}, 200), ({"Origin": None}, 403), ({"Origin": "https://evil.example"}, 403), ({"X_Xlfuncs_Token": None}, 401),
        ({"X_Xlfuncs_Token": "another"}, 401), ({"Host": "evil.example"}, 421), ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": None}, 415),
    ],
)  # fmt: skip
def test_a_request_that_breaks_a_rule_is_not_carried_out(
    noting: Served, path: str, headers: dict[str, Any], status: int
) -> None:
    BODIES.clear()
    response = noting.post({}, path, **headers)
    assert response.status_code == status
    assert len(BODIES) == (status == 200)
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("path", PATHS)
def test_a_body_above_the_limit_is_not_carried_out(noting: Served, path: str) -> None:
    BODIES.clear()
    assert noting.post(b" " * (5 * 2**20 + 1), path).status_code == 413
    with noting.client() as client:
        assert client.get(path).status_code in (404, 405)
    assert not BODIES


@pytest.mark.parametrize("path", ["/refresh", "/explain"])
@pytest.mark.parametrize(
    "body, status",
    [
        (b"", 400), (b"{", 400), (b"[]", 400), (b"null", 400), (b"\xff", 400), (b'{"formula": NaN}', 400),
        (b'{"x": ' + b"[" * 32 + b"]" * 32 + b"}", 400), (b'{"x": [' + b"1," * 1_000_000 + b"1]}", 413),
    ],
)  # fmt: skip
def test_a_body_that_is_no_object_or_too_much_is_refused(served: Served, path: str, body: bytes, status: int) -> None:
    response = served.post(body, path)
    assert response.status_code == status
    assert response.json()["error"].endswith(".")


CELL = {"address": "A1", "row": 1, "column": 1, "rows": [[0.5]]}
BAD: list[dict[str, Any]] = [
    {}, {"formula": 1}, {"formula": "A1"}, {"formula": "=A1", "given": []}, {"formula": "=A1", "given": {}},
    {"formula": "=A1", "row": 1, "column": 0, "given": {}},
    *[
        {"formula": "=A1", "row": 1, "column": 1, "given": {"A1": CELL | change}}
        for change in (
            {"address": "A1+Secret!A1"}, {"address": 1}, {"row": 0}, {"row": 2}, {"column": 2}, {"rows": [[1, 2]]},
            {"address": "1:3", "row": 4}, {"row": 1_048_577}, {"column": "x"}, {"rows": 1},
            {"rows": [1]}, {"rows": [[1], [1, 2]]}, {"rows": [[{"x": 1}]]},
        )
    ],
]  # fmt: skip


@pytest.mark.parametrize("sent", BAD)
def test_what_is_no_formula_with_its_cells_is_refused_with_a_sentence(served: Served, sent: dict[str, Any]) -> None:
    response = served.post(sent, "/explain")
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")


@pytest.mark.parametrize("formula", ["=}", '="', "=OFFSET(A1, 1, 0)", "=INDIRECT(A1)"])
def test_a_formula_that_cannot_be_explained_is_refused_with_a_sentence(served: Served, formula: str) -> None:
    response = served.post({"formula": formula}, "/explain")
    assert response.status_code == 422
    assert response.json()["error"].endswith(".")


def explained(served: Served, formula: str, **given: Any) -> dict[str, Any]:
    response = served.post({"formula": formula, "row": 3, "column": 3, "given": given}, "/explain")
    assert response.status_code == 200, response.text
    return response.json()


def test_the_pane_is_told_which_references_to_send(served: Served) -> None:
    formula = "=XLFUNCS.LTV(A1*2, 'Other data'!$B$2, churn) + SUM(A1, C:C, Table1[Price]) & \"A9\""
    wanted = served.post({"formula": formula}, "/explain").json()["wanted"]
    assert wanted == ["A1", "'Other data'!$B$2", "churn", "C:C", "Table1[Price]"]


def test_a_reference_keeps_its_place(served: Served) -> None:
    cell = CELL | {"address": "$B$7", "row": 7, "column": 2}
    assert explained(served, "=ROW(price) + 100*COLUMN(price) + 10000*ROW()", price=cell)["first"] == 30207


def test_the_answer_for_many_cells_is_short(served: Served) -> None:
    found = explained(served, "=XLFUNCS.LTV(SEQUENCE(100000), 0.8, 0.1)")
    size = {"rows": 100_000, "columns": 1}
    assert found["first"] == pytest.approx(8)
    assert (found["call"]["value"], found["call"]["cells"][0]) == (size, size)
