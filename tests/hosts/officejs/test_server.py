"""The rules of the local server, each with a request that breaks it."""

from __future__ import annotations

import json
import os
import socket
import ssl
import stat
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.hosts.officejs import odd
from tests.hosts.officejs.running import Served, running
from xlfuncs import REGISTRY
from xlfuncs.core import sandbox as limited
from xlfuncs.core.registry import Registry
from xlfuncs.hosts.officejs import tasks
from xlfuncs.hosts.officejs.server import Job, Limits, Pool
from xlfuncs.hosts.officejs.worker_pool import Worker

CALL = {"calls": [{"name": "LTV_CAC", "cells": [100, 0.8, 0.05, 400]}]}
HANG = {"calls": [{"name": "HANG", "cells": [60]}]}
SHORT = Limits(processes=1, waiting=1, function_seconds=1, body_seconds=0.5, header_seconds=0.5)


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with little patience, of functions that do what they must not."""
    with running(tmp_path_factory.mktemp("secrets"), Registry(odd), SHORT) as found:
        yield found


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every body that came as far as a worker."""
    bodies: list[bytes] = []
    batch = Pool.batch

    async def noted(self: Pool, body: bytes) -> list[Any]:
        bodies.append(body)
        return await batch(self, body)

    monkeypatch.setattr(Pool, "batch", noted)
    return bodies


def raw(served: Served, sent: bytes, seconds: float = 10) -> bytes:
    """What comes back for bytes, until the server closes the connection."""
    with (
        socket.create_connection(("127.0.0.1", served.port), timeout=seconds) as plain,
        served.trust.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        secure.sendall(sent)
        answer = b""
        while part := secure.recv(65536):
            answer += part
        return answer


# -- who may ask ---------------------------------------------------------------------------------


def test_a_page_of_ours_gets_its_answer(served: Served, executed: list[bytes]) -> None:
    response = served.post(CALL)
    assert response.json() == {"results": [4.0], "version": "test"}
    assert len(executed) == 1


def test_only_loopback_addresses_are_listened_on(served: Served) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; tells the address of this machine
        except OSError:
            pytest.skip("This machine has no address but loopback.")
        outside = probe.getsockname()[0]
    with pytest.raises(OSError):  # noqa: PT011  # refused or unreachable, by the system
        socket.create_connection((outside, served.port), timeout=2)


@pytest.mark.parametrize("host", ["evil.example", "localhost", "localhost.evil.example:{port}", "127.0.0.2:{port}", ""])
@pytest.mark.parametrize("path", ["/batch", "/pane.html"])
def test_another_host_name_is_refused(served: Served, executed: list[bytes], host: str, path: str) -> None:
    with served.client() as client:
        given = {**served.headers, "Host": host.format(port=served.port)}
        response = client.request("POST" if path == "/batch" else "GET", path, headers=given, content=json.dumps(CALL))
    assert response.status_code in (400, 421)
    assert not executed


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", "http://localhost:{port}", "https://localhost:{port}.evil.example"]
)
def test_another_origin_is_refused_and_nothing_is_executed(
    served: Served, executed: list[bytes], origin: str | None
) -> None:
    response = served.post(CALL, Origin=origin and origin.format(port=served.port))
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers
    assert not executed


@pytest.mark.parametrize("token", [None, "", "x", "é", "{token}x"])
def test_without_the_token_nothing_is_executed(served: Served, executed: list[bytes], token: str | None) -> None:
    with served.client() as client:
        given = {name.encode(): value.encode() for name, value in served.headers.items() if name != "X-Xlfuncs-Token"}
        if token is not None:
            given[b"X-Xlfuncs-Token"] = token.format(token=served.token).encode()
        response = client.post("/batch", headers=given, content=json.dumps(CALL))
    assert response.status_code == 401
    assert not executed


def test_the_token_is_compared_in_constant_time(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def noted(given: bytes, right: bytes) -> bool:
        compared.append((given, right))
        return given == right

    monkeypatch.setattr("xlfuncs.hosts.officejs.access.hmac.compare_digest", noted)
    assert served.post(CALL, X_Xlfuncs_Token="wrong").status_code == 401
    assert compared == [(b"wrong", served.token.encode())]


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_what_a_form_can_send_is_refused(served: Served, executed: list[bytes], kind: str | None) -> None:
    assert served.post(json.dumps(CALL).encode(), Content_Type=kind).status_code == 415
    assert not executed


def test_only_excel_on_the_web_may_read_the_metadata_from_elsewhere(served: Served) -> None:
    allowed = {}
    for origin in ("https://usc-excel.officeapps.live.com", "https://officeapps.live.com.evil.example", "null"):
        for path in ("/functions.json", "/catalogue.json"):
            with served.client() as client:
                answer = client.get(path, headers={"Origin": origin})
            allowed[origin, path] = answer.headers.get("access-control-allow-origin")
    granted = {key: value for key, value in allowed.items() if value}
    excel = "https://usc-excel.officeapps.live.com"
    assert granted == {(excel, "/functions.json"): excel}


# -- how much ------------------------------------------------------------------------------------


def test_a_body_above_the_limit_is_refused_by_its_length(served: Served, executed: list[bytes]) -> None:
    assert served.post(b" " * (5 * 2**20 + 1)).status_code == 413
    assert not executed


def test_a_body_above_the_limit_is_refused_while_it_streams(served: Served, executed: list[bytes]) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(200):
            yield b" " * 2**16

    with served.client() as client:
        try:
            status = client.post("/batch", headers=served.headers, content=parts()).status_code
        except (httpx.WriteError, httpx.ReadError):  # the server had hung up
            status = 413
    assert status == 413
    assert not executed


@pytest.mark.parametrize("depth, status", [(31, 200), (32, 400), (100_000, 400)])
def test_json_may_be_nested_32_deep(served: Served, depth: int, status: int) -> None:
    call = {"name": "LTV_CAC", "cells": ["[" * 100 + '\\"']}  # brackets in a text are none
    body = json.dumps({"calls": [call], "more": 0}).replace("0}", "[" * depth + "]" * depth + "}")
    response = served.post(body.encode())
    assert response.status_code == status
    if status == 400:
        assert "deep" in response.json()["error"]


def test_a_million_numbers_are_the_most(served: Served) -> None:
    def body(count: int) -> bytes:
        return b'{"calls": [{"name": "HHI", "cells": [[[' + b",".join([b"1"] * count) + b"]]]}]}"

    assert served.post(body(1_000_000)).status_code == 200
    assert served.post(body(1_000_001)).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'{"calls": 1}', b'{"calls": [1]}', b'{"calls": [{"name": 1, "cells": []}]}',
        b'{"calls": [{"name": "LTV"}]}', b'{"calls": [{"name": "LTV", "cells": [NaN]}]}',
        b'{"calls": [{"name": "LTV", "cells": [-Infinity]}]}', b'{"calls": [{"name": "LTV", "cells": [[1]]}]}',
        b'{"calls": [{"name": "LTV", "cells": [{"error": 1}]}]}', b'{"calls": [{"name": "LTV", "cells": [[[[1]]]]}]}',
        b"\xff\xfe", b'{"calls": [{"name": "LTV", "cells": [' + b"9" * 5000 + b"]}]}",
    ],
)  # fmt: skip
def test_a_body_that_is_no_batch_is_refused_with_a_sentence(served: Served, body: bytes) -> None:
    response = served.post(body)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")


# -- how long ------------------------------------------------------------------------------------


def test_headers_that_do_not_end_are_not_waited_for(strange: Served) -> None:
    assert raw(strange, b"GET /pane.html HTTP/1.1\r\nHost: localhost\r\nX-Slow: ") == b""


def test_a_body_that_does_not_end_is_not_waited_for(strange: Served) -> None:
    lines = [f"{name}: {value}" for name, value in strange.headers.items()]
    head = ["POST /batch HTTP/1.1", f"Host: localhost:{strange.port}", "Content-Length: 100", *lines]
    answer = raw(strange, "\r\n".join([*head, "", "{"]).encode())
    assert answer.startswith(b"HTTP/1.1 408")


def test_a_function_that_hangs_gives_not_available_and_the_others_their_values(strange: Served) -> None:
    first, hanging, last = strange.ask(("TWICE", [1]), ("HANG", [60]), ("TWICE", [2]))
    assert (first, last) == (2.0, 4.0)
    assert hanging["error"] == "#N/A"
    assert "longer than 1 seconds" in hanging["why"]
    assert strange.ask(("HANG", [0]), ("TWICE", [3])) == [0.0, 6.0]


def test_of_the_cells_of_a_function_only_those_that_hang_are_lost(strange: Served) -> None:
    answers = strange.ask(*[("HANG", [60 if at in (3, 7) else 0]) for at in range(20)], ("TWICE", [1]))
    lost = [at for at, answer in enumerate(answers) if isinstance(answer, dict)]
    assert lost == [3, 7]
    assert all(answers[at]["error"] == "#N/A" and answers[at]["transient"] for at in lost)
    assert answers[-1] == 2.0


def test_of_the_cells_of_a_function_only_those_that_end_the_process_are_lost(strange: Served) -> None:
    answers = strange.ask(*[("GIVE_UP", [int(at == 3)]) for at in range(6)])
    assert answers[3]["error"] == "#N/A"
    assert "broke down" in answers[3]["why"]
    assert answers[:3] + answers[4:] == [0.0] * 5


@pytest.mark.parametrize("name, cell", [("HANG", 60), ("GIVE_UP", 1)])
def test_a_thousand_cells_that_hang_do_not_take_a_thousand_times_as_long(
    monkeypatch: pytest.MonkeyPatch, name: str, cell: float
) -> None:
    started: list[None] = []
    start = Worker._start

    def counted(self: Worker) -> None:
        started.append(None)
        start(self)

    monkeypatch.setattr(Worker, "_start", counted)
    worker = Worker(Registry(odd), 0.2)
    answers = worker.batch(json.dumps({"calls": [{"name": name, "cells": [cell]}] * 1000}).encode())
    worker.stop()
    assert [answer["error"] for answer in answers] == ["#N/A"] * 1000
    assert len(started) <= 14


def test_pages_come_while_a_function_hangs_and_the_queue_is_bounded(strange: Served) -> None:
    hanging = threading.Thread(target=strange.post, args=(HANG,))
    hanging.start()
    time.sleep(0.3)
    with strange.client() as client:
        assert client.get("/pane.html").status_code == 200
        assert hanging.is_alive()
    refused = strange.post(HANG)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    hanging.join()
    assert strange.ask(("TWICE", [1])) == [2.0]


# -- what ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["__class__", "os.system", "LTV.body", "xlfuncs.data", "", "REGISTRY", "\ud800"])
def test_only_names_of_the_registry_are_called(served: Served, name: str) -> None:
    (answer,) = served.ask((name, []))
    assert answer["error"] == "#NAME?"


def test_a_function_that_breaks_down_tells_nothing_of_this_machine(strange: Served) -> None:
    answers = strange.ask(("BREAK_DOWN", [1]), ("TWICE", [1]))
    assert answers[0]["error"] == "#N/A"
    assert answers[1] == 2.0
    assert not any(word in json.dumps(answers) for word in ("secret", "Traceback", "odd.py", str(Path.cwd())))


@pytest.mark.parametrize("name", ["CONNECT", "WRITE_FILE", "START_PROGRAM"])
def test_a_function_opens_no_connection_and_no_file_and_starts_no_program(strange: Served, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        (answer,) = strange.ask((name, [listening.getsockname()[1]]))
        with pytest.raises(TimeoutError):
            listening.accept()
    assert answer["error"] in ("#N/A", "#VALUE!", "#NUM!")
    assert not Path("written-by-a-function").exists()


@pytest.mark.parametrize("cells", [[1e200, 1e200, 1.0], [1, 1, "1e999"]])
def test_every_answer_is_finite_json(served: Served, cells: list[Any]) -> None:
    body = json.dumps({"calls": [{"name": "INFERENCE_COST", "cells": cells}]}).replace('"1e999"', "1e999")
    text = served.post(body.encode()).text
    assert "Infinity" not in text
    assert "NaN" not in text
    assert json.loads(text)["results"][0]["error"] == "#NUM!"


TASKS = {
    "hangs": "takes longer than 1 seconds to calculate",
    "gives_up": "breaks down",
    "breaks_down": "breaks down",
    "takes_all_memory": "takes more than 1 GB of memory",
    "connects": "breaks down",
}


@pytest.fixture(scope="module")
def tasked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose tasks do what they must not."""
    limits = limited.Limits(1, 2**30, option="--more", threads=True)
    jobs = {
        f"/{name}": Job(tasks.WORKBOOK, partial(tasks.alone, limits, "The workbook", getattr(odd, f"task_{name}")))
        for name in TASKS
    }
    few = Limits(processes=1, jobs_waiting=2, function_seconds=1)
    with running(tmp_path_factory.mktemp("secrets"), Registry(odd), few, jobs) as found:
        yield found


@pytest.mark.parametrize("name, words", TASKS.items())
def test_a_task_that_goes_wrong_is_refused_and_tells_nothing(tasked: Served, name: str, words: str) -> None:
    response = tasked.post(b"x", f"/{name}", Content_Type=tasks.WORKBOOK)
    assert response.status_code == 422
    assert words in response.json()["error"]
    assert not any(word in response.text for word in ("secret", "Traceback", "Error", str(Path.cwd())))


def test_functions_answer_while_tasks_hang_and_the_queue_of_tasks_is_bounded(tasked: Served) -> None:
    hanging = [
        threading.Thread(target=tasked.post, args=(b"x", "/hangs"), kwargs={"Content_Type": tasks.WORKBOOK})
        for _ in range(2)
    ]
    for one in hanging:
        one.start()
    time.sleep(0.3)
    assert tasked.ask(("TWICE", [1])) == [2.0]
    assert all(one.is_alive() for one in hanging)
    refused = tasked.post(b"x", "/check", Content_Type=tasks.WORKBOOK)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    for one in hanging:
        one.join()
    assert tasked.post(b"x", "/check", Content_Type=tasks.WORKBOOK).status_code == 422


def test_a_check_that_fails_tells_nothing(tmp_path: Path) -> None:
    def fails(book: bytes) -> Any:
        raise RuntimeError(f"a secret of {__file__}")

    with running(tmp_path, Registry(odd), SHORT, {"/check": Job(tasks.WORKBOOK, fails)}) as found:
        response = found.post(b"x", "/check", Content_Type="application/octet-stream")
    assert response.status_code == 500
    assert response.json() == {"error": "The server failed on this request; nothing was changed."}
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/docs", "/redoc", "/openapi.json", "/debug", "/token", "/../pyproject.toml", "/%2e%2e/%2e%2e/etc/passwd"]
)
def test_there_is_nothing_but_the_files_of_the_add_in(served: Served, path: str) -> None:
    with served.client() as client:
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path, status", [("/pane.html", 200), ("/nothing", 404), ("/batch", 404)])
def test_every_response_has_the_headers_of_security(served: Served, path: str, status: int) -> None:
    with served.client() as client:
        response = client.get(path)
    assert response.status_code == status
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self' https://*.officeapps.live.com" in policy
    assert "unsafe" not in policy
    assert "server" not in response.headers


def test_no_page_has_the_token(served: Served) -> None:
    with served.client() as client:
        for path in ("/pane.html", "/calculator.html", "/functions.js", "/functions.json", "/catalogue.json"):
            assert served.token not in client.get(path).text


# -- secrets -------------------------------------------------------------------------------------


def test_secrets_are_the_users_alone(served: Served) -> None:
    folder = served.authority.parent
    assert len(served.token) >= 43  # 256 bits in base 64
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(modes) == {"token", "authority.pem", "authority.key", "server.pem", "server.key"}
    if os.name == "posix":
        assert set(modes.values()) == {0o600}


def test_who_does_not_trust_the_authority_gets_no_connection(served: Served) -> None:
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(served.origin, verify=ssl.create_default_context(), trust_env=False)


def test_the_functions_of_the_library_keep_the_rules(served: Served) -> None:
    """Their examples run in a process that may open nothing."""
    calls = [
        (function.name, [one if not isinstance(one, list) else _rows(one) for one in example.cells])
        for function in REGISTRY
        for example in function.examples
    ]
    for (name, _), answer in zip(calls, served.ask(*calls), strict=True):
        assert not (isinstance(answer, dict) and "broke down" in answer["why"]), name


def _rows(cells: list[Any]) -> list[list[Any]]:
    return [list(row) if isinstance(row, list | tuple) else [row] for row in cells]
