"""The rules of the local server, each with a request that breaks it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import stat
import threading
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.hosts.officejs import odd
from tests.hosts.officejs.running import Served, running
from xlfuncs import REGISTRY, evaluate
from xlfuncs.core import sandbox
from xlfuncs.core.registry import Registry
from xlfuncs.hosts.officejs import tasks
from xlfuncs.hosts.officejs.protocol import encode_value
from xlfuncs.hosts.officejs.server import Pool, Queue, ServerLimits, Task
from xlfuncs.hosts.officejs.worker_pool import BatchWorker

pytestmark = pytest.mark.slow  # starts a server and lets clients hang

CALL = {"calls": [{"name": "LTV_CAC", "cells": [100, 0.8, 0.05, 400]}]}
HANG = {"calls": [{"name": "HANG", "cells": [60]}]}
# Each server has short timeouts for what its tests let hang, and long ones for the rest: a busy machine is slow.
STRANGE = ServerLimits(processes=1, waiting_batches=1, function_seconds=2, body_seconds=60, header_seconds=60)
IMPATIENT = ServerLimits(processes=1, body_seconds=0.5, header_seconds=0.5)


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of functions that do what they must not."""
    with running(tmp_path_factory.mktemp("secrets"), Registry(odd), STRANGE) as server:
        yield server


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that waits for headers and bodies for a short time only."""
    with running(tmp_path_factory.mktemp("secrets"), Registry(odd), IMPATIENT) as server:
        yield server


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


def raw(served: Served, sent: bytes, seconds: float = 60) -> bytes:
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


def test_headers_that_do_not_end_are_not_waited_for(impatient: Served) -> None:
    assert raw(impatient, b"GET /pane.html HTTP/1.1\r\nHost: localhost\r\nX-Slow: ") == b""


def test_a_body_that_does_not_end_is_not_waited_for(impatient: Served) -> None:
    lines = [f"{name}: {value}" for name, value in impatient.headers.items()]
    head = ["POST /batch HTTP/1.1", f"Host: localhost:{impatient.port}", "Content-Length: 100", *lines]
    answer = raw(impatient, "\r\n".join([*head, "", "{"]).encode())
    assert answer.startswith(b"HTTP/1.1 408")


def test_a_function_that_hangs_gives_not_available_and_the_others_their_values(strange: Served) -> None:
    first, hanging, last = strange.ask(("TWICE", [1]), ("HANG", [60]), ("TWICE", [2]))
    assert (first, last) == (2.0, 4.0)
    assert hanging["error"] == "#N/A"
    assert "longer than 2 seconds" in hanging["why"]
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
    assert "crashed" in answers[3]["why"]
    assert answers[:3] + answers[4:] == [0.0] * 5


@pytest.mark.parametrize("name, cell", [("HANG", 60), ("GIVE_UP", 1)])
def test_a_thousand_cells_that_hang_do_not_take_a_thousand_times_as_long(
    monkeypatch: pytest.MonkeyPatch, name: str, cell: float
) -> None:
    started: list[None] = []
    start = BatchWorker._start

    def counted(self: BatchWorker) -> None:
        started.append(None)
        start(self)

    monkeypatch.setattr(BatchWorker, "_start", counted)
    worker = BatchWorker(Registry(odd), 0.2)
    answers = worker.batch(json.dumps({"calls": [{"name": name, "cells": [cell]}] * 1000}).encode())
    worker.stop()
    assert [answer["error"] for answer in answers] == ["#N/A"] * 1000
    assert len(started) <= 14


def test_pages_come_while_a_function_hangs_and_the_queue_is_bounded(strange: Served, executed: list[bytes]) -> None:
    hanging = threading.Thread(target=strange.post, args=(HANG,))
    hanging.start()
    while not executed:
        time.sleep(0.01)
    with strange.client() as client:
        assert client.get("/pane.html").status_code == 200
        assert hanging.is_alive()
        refused = client.post("/batch", headers=strange.headers, content=json.dumps(HANG))
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


@pytest.fixture(scope="module")
def worker() -> Iterator[BatchWorker]:
    """A worker of functions that do what they must not."""
    worker = BatchWorker(Registry(odd), 60)
    yield worker
    worker.stop()


def attempt(worker: BatchWorker, action: str, target: str = "") -> Any:
    """What a function in a worker reports of an action: done, or the audit event for which it was refused."""
    (answer,) = worker.batch(json.dumps({"calls": [{"name": "ATTEMPT", "cells": [action, target]}]}).encode())
    return answer


@pytest.mark.parametrize("action, event", odd.FORBIDDEN.items())
def test_a_function_changes_no_file_and_starts_no_program(
    worker: BatchWorker, tmp_path: Path, action: str, event: str
) -> None:
    file = tmp_path / "file"
    file.write_text("content", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    before = {path.name: path.stat() for path in (tmp_path, *tmp_path.iterdir())}
    assert attempt(worker, action, str(tmp_path)) == f"refused: {event}"
    after = {path.name: path.stat() for path in (tmp_path, *tmp_path.iterdir())}
    assert {name: (stat.st_mode, stat.st_nlink, stat.st_mtime_ns) for name, stat in after.items()} == {
        name: (stat.st_mode, stat.st_nlink, stat.st_mtime_ns) for name, stat in before.items()
    }
    assert file.read_text(encoding="utf-8") == "content"


def test_a_function_opens_no_connection(worker: BatchWorker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        assert attempt(worker, "connect", str(listening.getsockname()[1])).startswith("refused: socket.")
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_a_function_loads_no_native_module_from_elsewhere(worker: BatchWorker, tmp_path: Path) -> None:
    import _json  # any that is a file

    shutil.copy(_json.__file__, tmp_path)
    assert attempt(worker, "load", str(tmp_path / Path(_json.__file__).name)) == "refused: import"


def test_a_function_reads_files(worker: BatchWorker, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("content", encoding="utf-8")
    assert attempt(worker, "read", str(tmp_path)) == "content"


@pytest.mark.parametrize("cells", [[1e200, 1e200, 1.0], [1, 1, "1e999"]])
def test_every_answer_is_finite_json(served: Served, cells: list[Any]) -> None:
    body = json.dumps({"calls": [{"name": "INFERENCE_COST", "cells": cells}]}).replace('"1e999"', "1e999")
    text = served.post(body.encode()).text
    assert "Infinity" not in text
    assert "NaN" not in text
    assert json.loads(text)["results"][0]["error"] == "#NUM!"


# Each task with its timeout and the words of its refusal.
TASKS = {
    "hangs": (1, "takes longer than 1 second to calculate"),
    "gives_up": (60, "crashed"),
    "breaks_down": (60, "crashed"),
    "takes_all_memory": (60, "takes more than 1 GB of memory"),
    "connects": (60, "crashed"),
}


@pytest.fixture(scope="module")
def tasked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose tasks do what they must not."""
    wrong = {}
    for name, (seconds, _) in TASKS.items():
        limits = sandbox.Limits(seconds, 2**30, option="--more", threads=True)
        work = partial(tasks.run_confined, limits, "The workbook", getattr(odd, f"task_{name}"))
        wrong[f"/{name}"] = Task(tasks.WORKBOOK, work)
    few = ServerLimits(processes=1, function_seconds=60)
    with running(tmp_path_factory.mktemp("secrets"), Registry(odd), few, wrong) as server:
        yield server


@pytest.mark.parametrize("name", TASKS)
def test_a_task_that_goes_wrong_is_refused_and_tells_nothing(tasked: Served, name: str) -> None:
    words = TASKS[name][1]
    response = tasked.post(b"x", f"/{name}", Content_Type=tasks.WORKBOOK)
    assert response.status_code == 422
    assert words in response.json()["error"]
    assert not any(word in response.text for word in ("secret", "Traceback", "Error", str(Path.cwd())))


def test_functions_answer_while_tasks_hang_and_the_queue_of_tasks_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, inside = threading.Event(), []
    place = Queue.place

    @asynccontextmanager
    async def noted(self: Queue) -> AsyncIterator[None]:
        async with place(self):
            inside.append(self)
            yield

    def waits(body: bytes) -> bool:
        return released.wait(60)

    monkeypatch.setattr(Queue, "place", noted)
    few = ServerLimits(processes=1, waiting_tasks=2)
    with running(tmp_path, Registry(odd), few, {"/waits": Task(tasks.WORKBOOK, waits)}) as server:
        post = partial(server.post, b"x", "/waits", Content_Type=tasks.WORKBOOK)
        with ThreadPoolExecutor(2) as pool:
            waiting = [pool.submit(post), pool.submit(post)]
            try:
                while len(inside) < 2:
                    time.sleep(0.01)
                assert server.ask(("TWICE", [1])) == [2.0]
                refused = post()
                assert not any(response.done() for response in waiting)
            finally:
                released.set()
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
            assert [response.result().status_code for response in waiting] == [200, 200]
        assert post().status_code == 200


def test_a_check_that_fails_tells_nothing(tmp_path: Path) -> None:
    def fails(book: bytes) -> Any:
        raise RuntimeError(f"a secret of {__file__}")

    with running(tmp_path, Registry(odd), STRANGE, {"/check": Task(tasks.WORKBOOK, fails)}) as found:
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
    folder = served.ca_certificate.parent
    assert len(served.token) >= 43  # 256 bits in base 64
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(modes) == {"token", "authority.pem", "authority.key", "server.pem", "server.key"}
    if os.name == "posix":
        assert set(modes.values()) == {0o600}


def test_who_does_not_trust_the_authority_gets_no_connection(served: Served) -> None:
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(served.origin, verify=ssl.create_default_context(), trust_env=False)


def test_the_functions_of_the_library_keep_the_rules(served: Served) -> None:
    """Their examples give the same in a worker, which may open nothing, as here."""
    examples = [(function.name, example.cells) for function in REGISTRY for example in function.examples]
    calls = [(name, [_rows(cell) if isinstance(cell, list) else cell for cell in cells]) for name, cells in examples]
    for (name, cells), answer in zip(examples, served.ask(*calls), strict=True):
        assert _same(answer, encode_value(evaluate(name, *cells))), name


def _same(answer: Any, expected: Any) -> bool:
    """Whether two values are equal, numbers to 1e-12: a column is computed by other instructions than a cell."""
    if isinstance(expected, list):
        return len(answer) == len(expected) and all(map(_same, answer, expected))
    if isinstance(expected, float):
        return bool(answer == pytest.approx(expected, rel=1e-12))
    return bool(answer == expected)


def _rows(cells: list[Any]) -> list[list[Any]]:
    return [list(row) if isinstance(row, list | tuple) else [row] for row in cells]
