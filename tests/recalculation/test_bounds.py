"""Work in a process of its own ends within its sandbox, whatever it does."""

from __future__ import annotations

import os
import pickle
import time
from pathlib import Path
from typing import Any

import pytest

from tests.recalculation.test_model import model, values
from tests.small_workbooks import refreshed
from xlfuncs import REGISTRY, CellError
from xlfuncs.core import sandbox
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.sandbox import Limits, run_limited


def endless() -> None:
    while True:
        time.sleep(1)


def greedy() -> Any:
    return [bytearray(2**24) for _ in range(1000)]


def bulky() -> Any:
    return "x" * 2**28


def writing(path: Path) -> None:
    path.write_text("x")


def broken() -> None:
    raise ValueError("no")


def refusing() -> None:
    raise WorkbookRejected("It does not suit me.")


def gone() -> None:
    os._exit(7)


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (endless, "It takes longer than 0.2 seconds to calculate"),
        (greedy, "It takes more than 0.25 GB of memory to calculate."),
        (broken, r"It cannot be calculated: no\.$"),
        (refusing, "It does not suit me."),
        (gone, r"It cannot be calculated: the engine crashed \(exit code 7\)."),
        (os.abort, "It takes more than 0.25 GB of memory"),
    ],
)
def test_work_that_goes_wrong_is_refused(work: Any, words: str) -> None:
    seconds = 0.2 if work is endless else 60
    with pytest.raises(WorkbookRejected, match=words):
        run_limited(Limits(seconds, 2**28), "It", work)


def test_work_that_goes_well_has_its_result() -> None:
    assert run_limited(Limits(), "It", divmod, 17, 5) == (3, 2)


def test_a_large_result_comes_whole() -> None:
    assert len(run_limited(Limits(), "It", bulky)) == 2**28


def test_a_workbook_goes_to_a_process_that_starts_afresh(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_FORKS", False)
    path = make(model)
    assert refreshed(path, limits=Limits()).written
    assert values(path, "A2", "B2") == [4, 8]


def test_the_work_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises(WorkbookRejected, match="File too large"):
        run_limited(Limits(), "It", writing, tmp_path / "file")


def test_error_values_and_functions_reach_another_process() -> None:
    error = pickle.loads(pickle.dumps(CellError("#N/A", "why")))
    assert (error.code, error.why) == ("#N/A", "why")
    assert pickle.loads(pickle.dumps(REGISTRY)).names == REGISTRY.names
