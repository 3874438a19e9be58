"""What the system or a reader cannot take is refused with our own exceptions, by every public function."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook.defined_name import DefinedName

import xlfuncs
from tests.test_api import FUNCTIONS, arguments_of
from xlfuncs import REGISTRY
from xlfuncs.core.exceptions import AlignmentError, printable
from xlfuncs.data.user_sources import SourceError, open_source

READERS = [name for name in FUNCTIONS if name not in ("new_workbook", "refresh_many", "recalc", "render")]
LONG = "x" * 300
STYLES = "xl/styles.xml"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A workbook with an output and a range to draw from, up to date."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (("Label", "Low", "Base", "High"), ("price", 1, 2, 6)):
        sheet.append(row)
    sheet["F1"] = "=2*C2"
    for name, area in (("data_inputs", "$A$1:$D$2"), ("out_revenue", "$F$1")):
        book.defined_names[name] = DefinedName(name, attr_text=f"Sheet!{area}")
    book.save(tmp_path / "model.xlsx")
    xlfuncs.refresh(tmp_path / "model.xlsx")
    return tmp_path / "model.xlsx"


def call(name: str, path: object, folder: Path, **options: object) -> object:
    arguments, needed = arguments_of(name, path, folder)
    result = getattr(xlfuncs, name)(*arguments, **(needed | options))
    return list(result) if name == "refresh_many" else result


# Paths and names

PATHS = [
    *((name, "path") for name in FUNCTIONS if name not in ("new_workbook", "refresh_many")),
    ("refresh_many", "paths"),
    *((name, "out") for name in ("refresh", "refresh_many", "report", "new_workbook", "render")),
    *((name, "data") for name in ("refresh", "refresh_many")),
    ("refresh_many", "resume"),
]
SUFFIXES = {("report", "out"): ".html", ("render", "out"): ".pdf", ("refresh", "data"): ".csv"}


def call_with(name: str, option: str, file: str, model: Path) -> object:
    file += SUFFIXES.get((name, option), ".xlsx")
    if option in ("path", "paths"):
        return call(name, file, model.parent)
    return call(name, "unit_economics" if name == "new_workbook" else model, model.parent, **{option: file})


@pytest.mark.parametrize(("name", "option"), PATHS)
def test_a_null_character_in_a_path_is_refused(name: str, option: str, model: Path) -> None:
    with pytest.raises(xlfuncs.InvalidOption, match=rf"^{option} must be a path, which has no null .* got 'a\\x00b"):
        call_with(name, option, "a\0b", model)


@pytest.mark.parametrize(("name", "option"), PATHS)
def test_half_a_character_in_a_path_is_refused(name: str, option: str, model: Path) -> None:
    with pytest.raises(
        xlfuncs.InvalidOption, match=rf"^{option} must be a path that the system can spell; got 'a\\ud8"
    ):
        call_with(name, option, "a\ud800b", model)


@pytest.mark.parametrize(("name", "option"), [one for one in PATHS if one[0] not in ("recalc", "render")])
def test_a_name_that_is_too_long_is_refused(name: str, option: str, model: Path) -> None:
    before = model.read_bytes()
    if name == "refresh_many" and option in ("paths", "out"):
        outcomes: Any = call_with(name, option, LONG, model)
        assert [outcome.refused.endswith("File name too long.") for outcome in outcomes] == [True]
    else:
        with pytest.raises(xlfuncs.XlfuncsError, match=r"File name too long\.$"):
            call_with(name, option, LONG, model)
    assert model.read_bytes() == before
    assert [file.name for file in model.parent.iterdir()] == ["model.xlsx"]


class OddPath(os.PathLike[str]):
    """What claims to be a path, and is none."""

    def __fspath__(self) -> Any:
        return 7

    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize("paths", ["a.xlsx", b"a.xlsx", Path("a.xlsx"), None, 7, np.array("a.xlsx"), OddPath()])
def test_what_is_no_list_of_paths_is_refused(paths: Any) -> None:
    with pytest.raises(xlfuncs.InvalidOption, match=r"^paths must be a list of paths; got .+\.$"):
        xlfuncs.refresh_many(paths)


def test_lists_of_paths_come_in_many_forms(model: Path) -> None:
    forms: list[Any] = [(model,), iter([model]), {model: 1}, np.array([str(model)]), pd.Series([str(model)])]
    for paths in forms:
        (outcome,) = xlfuncs.refresh_many(paths, dry_run=True)
        assert outcome.refused == ""


def test_an_odd_path_is_refused(model: Path) -> None:
    with pytest.raises(xlfuncs.InvalidOption, match=r"^path must be a path, .*; got an object of type OddPath\.$"):
        xlfuncs.check(OddPath())


@pytest.mark.parametrize("address", [f"{LONG}.csv", f"{LONG}.xlsx", f"{LONG}.db", f"sqlite:///{LONG}.db"])
def test_a_source_whose_name_is_too_long_is_refused(address: str) -> None:
    with pytest.raises(SourceError, match=r"cannot be read: File name too long\.$"):
        open_source(address)


@pytest.mark.parametrize("template", ["a\0b", LONG, "", "\ud800", 7, None])
def test_a_template_of_no_such_name_is_refused(template: Any, tmp_path: Path) -> None:
    with pytest.raises(xlfuncs.InvalidOption, match=r"There is no template .*; the templates are .*\.$") as caught:
        xlfuncs.new_workbook(template, out=tmp_path / "new.xlsx")
    assert len(str(caught.value)) < 300
    assert str(caught.value).encode()
    assert not list(tmp_path.iterdir())


def test_a_name_in_no_encoding_is_printable_in_every_exception(tmp_path: Path) -> None:
    assert printable("a\udcff\ud800b") == "a\ufffd\ufffdb"
    source = tmp_path / "a\udcff.csv"
    source.write_text("value\n1\n")
    with pytest.raises(SourceError, match="The table a\ufffd\\.csv lacks"):
        open_source(str(source))
    assert str(xlfuncs.XlfuncsError("a\udcff")) == "a\ufffd"


# Damaged files


def corrupt(path: Path, part: str) -> None:
    """Overwrite the compressed bytes of a part with what cannot be inflated."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(part)
    name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
    start = info.header_offset + 30 + name + extra
    data[start : start + info.compress_size] = b"\xff" * info.compress_size
    path.write_bytes(data)


def encode(path: Path, part: str, encoding: str) -> None:
    """Store a part in another encoding, and declare the encoding."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode().partition("?>")[2] if parts[part].startswith(b"<?xml") else parts[part].decode()
    parts[part] = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(out.getvalue())


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"])
@pytest.mark.parametrize("name", READERS)
def test_data_that_cannot_be_inflated_is_refused(name: str, part: str, model: Path) -> None:
    corrupt(model, part)
    before = model.read_bytes()
    words = r"model\.xlsx (is damaged: its part .* cannot be unpacked|cannot be read; open it in Excel and save .*)\.$"
    with pytest.raises(xlfuncs.WorkbookRejected, match=words):
        call(name, model, model.parent)
    assert model.read_bytes() == before


@pytest.mark.parametrize("name", ["check", "report"])
def test_styles_that_cannot_be_inflated_are_refused_where_they_are_read(name: str, model: Path) -> None:
    corrupt(model, STYLES)
    with pytest.raises(xlfuncs.WorkbookRejected, match=r"model\.xlsx (is damaged: its part xl/styles|cannot be read)"):
        call(name, model, model.parent)
    assert xlfuncs.refresh(model, dry_run=True).changed == []  # for which styles do not matter


@pytest.mark.parametrize("encoding", ["utf-32", "cp037", "cp500", "utf-7"])
@pytest.mark.parametrize("name", ["check", "report"])
def test_styles_in_an_encoding_that_no_workbook_has_are_refused(name: str, encoding: str, model: Path) -> None:
    encode(model, STYLES, encoding)
    words = (
        r"(The part xl/styles\.xml is not valid XML; open the workbook|model\.xlsx cannot be read; open it) in Excel"
    )
    with pytest.raises(xlfuncs.WorkbookRejected, match=words):
        call(name, model, model.parent)


@pytest.mark.parametrize("name", ["check", "report"])
def test_styles_in_utf_16_are_read(name: str, model: Path) -> None:
    encode(model, STYLES, "utf-16")
    call(name, model, model.parent)


# Sources of figures

GOOD = "key,value,as_of\nA.b,1,2026-01-01\n"
SOURCES: list[tuple[str, bytes, str]] = [
    ("a.csv", GOOD.encode("utf-16"), r'a\.csv is not stored in UTF-8; save it as "CSV UTF-8" in Excel\.$'),
    ("a.csv", GOOD.replace("A", "Ä").encode("latin-1"), r"a\.csv is not stored in UTF-8"),
    ("a.csv", b"", r"a\.csv is empty\.$"),
    (
        "a.csv",
        (GOOD + "A.b,1,2026-01-01,more\n").encode(),
        r"a\.csv has 4 columns in line 3, and 3 above; correct that",
    ),
    ("a.csv", GOOD.replace(",", ";").encode(), r"a\.csv has no commas between its columns; save it with commas\.$"),
    ("a.csv", GOOD.replace(",", "\t").encode(), r"a\.csv has no commas between its columns"),
    ("a.parquet", GOOD.encode(), r"a\.parquet is not a Parquet file, or is damaged\.$"),
    ("a.xlsx", GOOD.encode(), r"a\.xlsx is not an \.xlsx workbook, or is damaged\.$"),
    ("a.xlsx", b"", r"a\.xlsx is not an \.xlsx workbook, or is damaged\.$"),
    ("a.db", GOOD.encode() * 99, r"a\.db cannot be read: file is not a database\.$"),
    ("a.txt", GOOD.encode(), r"must be a file of type \.csv, \.parquet"),
]


@pytest.mark.parametrize(("file", "content", "words"), SOURCES)
def test_a_source_that_cannot_be_read_is_refused(file: str, content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / file).write_bytes(content)
    with pytest.raises(SourceError, match=words):
        open_source(str(tmp_path / file))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", STYLES])
def test_a_damaged_workbook_of_figures_is_refused(part: str, model: Path) -> None:
    corrupt(model, part)
    with pytest.raises(SourceError, match=r"model\.xlsx cannot be read; open it in Excel and save it again\.$"):
        open_source(str(model))


def test_a_workbook_of_figures_has_a_worksheet(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name in whole.namelist():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, whole.read(name))
    with pytest.raises(SourceError, match=r"a\.xlsx has no worksheet with figures\.$"):
        open_source(str(tmp_path / "a.xlsx"))


def test_folders_in_a_folder_of_figures_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "old.csv").mkdir()
    (tmp_path / "new.csv").write_text(GOOD)
    assert open_source(str(tmp_path)).rows
    (tmp_path / "new.csv").unlink()
    with pytest.raises(SourceError, match=r"contains no \.csv or \.parquet file"):
        open_source(str(tmp_path))


@pytest.mark.parametrize(
    "address", ["https://example.com/x.csv", "file:///x.csv", "odd://", "://", "sqlite://\0", "postgresql://a:b"]
)
def test_an_address_that_is_no_database_is_refused(address: str) -> None:
    with pytest.raises(SourceError, match=r"\.$") as caught:
        open_source(address)
    assert not re.search(r"sqlalchemy|Error\)|plugin", str(caught.value))
    if not address.startswith("sqlite"):
        assert "is not the address of a database, such as postgresql://host/name" in str(caught.value)


def test_a_table_of_an_odd_name_is_refused(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "a.db").close()
    for table in ("a\0b", LONG, "a.b.c", "'; drop table x"):
        with pytest.raises(SourceError, match=r"\.$"):
            open_source(str(tmp_path / "a.db"), table)


# Options

HUGE = 10**5000  # of more digits than Python writes
OPTIONS: list[tuple[str, dict[str, object], str]] = [
    ("check", {"timeout": HUGE}, r"timeout must be a number of seconds .*; got a number of many digits\.$"),
    ("check", {"timeout": 10**400}, r"timeout must be a number of seconds above 0 and at most 2,000,000; got 1000"),
    ("check", {"timeout": 1e-400}, r"timeout must be a number of seconds above 0"),
    ("check", {"timeout": np.bool_(True)}, r"timeout must be a number of seconds"),
    ("simulate", {"draws": HUGE}, r"draws must be a whole number from 2 to 100,000; got a number of many digits\.$"),
    ("simulate", {"draws": np.bool_(True)}, r"draws must be a whole number"),
    ("simulate", {"outputs": [7]}, r"outputs must be a name or a list of names; got \[7\]\.$"),
    ("simulate", {"outputs": [7] * 1000}, r"outputs must be a name or a list of names; got \[7, .{96}\.\.\.\.$"),
    ("check", {"skip": b"B26"}, r"skip must be a name or a list of names; got b'B26'\.$"),
    ("check", {"only": {"B26": 1, 2: 3}}, r"only must be a name or a list of names"),
    ("refresh", {"as_of": pd.NaT}, r"as_of must be a date; got NaT\.$"),
    ("refresh", {"today": np.datetime64("2026-01-01")}, r"today must be a date; got "),
    ("refresh", {"table": 7}, r"table must be text; got 7\.$"),
    ("refresh", {"table": None}, r"table must be text; got None\.$"),
    ("refresh_many", {"scheduler": 7}, r"scheduler must be text; got 7\.$"),
    ("refresh_many", {"workers": HUGE * -1}, r"workers must be a whole number of at least 1; got a number of many"),
    ("check", {"skip": np.array("B26")}, r"skip must be a name or a list of names; got array\('B26'"),
    ("check", {"only": ""}, r"only must be a name or a list of names; got ''\.$"),
    ("render", {"sheets": ["Sheet", ""]}, r"sheets must be a name or a list of names"),
    ("check", {"timeout": pd.Series([1, 2])}, r"timeout must be a number .*; got 0 1 1 2 dtype: int64\.$"),
    ("check", {"timeout": Decimal("sNaN")}, r"timeout must be a number .*; got Decimal\('sNaN'\)\.$"),
    ("report", {"out": "."}, r"out must be a \.html or a \.pdf file; got '\.'\.$"),
]


@pytest.mark.parametrize(("name", "options", "words"), OPTIONS)
def test_an_odd_option_is_refused(name: str, options: dict[str, object], words: str, model: Path) -> None:
    before = model.read_bytes()
    with pytest.raises(xlfuncs.InvalidOption, match=words) as caught:
        call(name, model, model.parent, **options)
    assert len(str(caught.value)) < 250
    assert model.read_bytes() == before


@pytest.mark.parametrize("timeout", [Decimal(60), Fraction(121, 2), np.int64(60), np.float32(60)])
def test_a_timeout_is_any_kind_of_number(timeout: Any, model: Path) -> None:
    assert xlfuncs.refresh(model, dry_run=True, timeout=timeout).changed == []


def test_no_worker_is_without_draws(model: Path) -> None:
    assert xlfuncs.simulate(model, draws=2, workers=10**400).to_dict() == xlfuncs.simulate(model, draws=2).to_dict()


def test_a_date_with_a_time_is_its_day(model: Path) -> None:
    assert xlfuncs.refresh(model, dry_run=True, today=dt.datetime(2026, 1, 1, 12)).changed == []


# Functions


def test_a_series_goes_with_columns_of_its_own_length() -> None:
    series = pd.Series([100.0, 200.0])
    with pytest.raises(AlignmentError, match="A Series goes with single values and columns of its own length only"):
        REGISTRY["LTV"](series, 0.8, np.array([[0.1], [0.2]]))
    with pytest.raises(AlignmentError, match="have the shapes"):
        REGISTRY["LTV"](series, 0.8, [0.1, 0.2, 0.3])
    with pytest.raises(AlignmentError, match="different indexes"):
        REGISTRY["LTV"](series, 0.8, pd.Series([0.1, 0.2], index=[7, 8]))


@pytest.mark.parametrize("name", [7, None, 1.5, b"LTV", ("LTV",), ["LTV"]])
def test_the_name_of_a_function_is_text(name: Any) -> None:
    evaluate: Callable[..., Any] = xlfuncs.evaluate
    error = evaluate(name, 1)
    assert str(error) == "#NAME?"
    assert error.why.startswith("The name of a function must be text; got ")
    assert name not in REGISTRY
    with pytest.raises(KeyError):
        REGISTRY[name]


def test_an_unknown_name_fits_into_a_cell() -> None:
    error: Any = xlfuncs.evaluate(LONG, 1)
    assert str(error) == "#NAME?"
    assert len(error.why) == 255
