"""Hypothesis profiles (`--hypothesis-profile=nightly` draws 100,000 examples a property), and small workbooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=_SLOW, derandomize=True)
settings.register_profile("nightly", max_examples=100_000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile("quick")

Fill = Callable[[Any, Any], None]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """A workbook with one sheet, filled by a function of workbook and sheet."""

    def made(fill: Fill, name: str = "book.xlsx", sheet: str = "Data") -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(str(path))
        fill(book, book.add_worksheet(sheet))
        book.close()
        return path

    return made
