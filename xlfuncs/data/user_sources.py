"""Figures from a source of the user: a CSV or Parquet file, a folder of such files, a workbook or a database.

Each has the columns `key` (or `entity` and `metric`), `value` and `as_of`, and may have `low`, `high`, `unit`,
`confidence`, `source`, `url` and `note`. pandas reads them, SQLAlchemy reaches the databases.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlfuncs.core.exceptions import MissingDependency, WorkbookRejected, XlfuncsError
from xlfuncs.core.extras import missing_dependency
from xlfuncs.core.wording import describe_exception, list_text, number_texts, quote_text
from xlfuncs.core.xml_guard import refuse_document_types
from xlfuncs.data import DataNotFound, NotYetKnown
from xlfuncs.data.tables import Observation, Source

if TYPE_CHECKING:
    from pandas import DataFrame

TABLE = "figures"
_FILES = (".csv", ".parquet")
_WORKBOOKS = (".xlsx", ".xlsm")
_DATABASES = (".db", ".sqlite", ".sqlite3")
_OTHER_NAMES = {"as of": "as_of", "source key": "key", "grade": "confidence", "link": "url"}


class SourceError(XlfuncsError):
    """Raised for a source that cannot be read or a row that is not a figure; the message names the fix."""


class SourceFigures:
    """The figures of a source, by key and date."""

    def __init__(self, name: str, rows: dict[str, list[Observation]]) -> None:
        self.name = name
        self.rows = {key: sorted(group, key=lambda observation: observation.as_of) for key, group in rows.items()}

    def at(self, as_of: dt.date | None = None) -> DatedFigures:
        """Those known on a date."""
        return DatedFigures(self, as_of)


@dataclass(frozen=True)
class DatedFigures:
    """The figures of a source on a date."""

    figures: SourceFigures
    as_of: dt.date | None

    def __call__(self, key: str) -> Observation:
        """The latest figure of a key on or before the date."""
        rows = self.figures.rows.get(_fold_key(key), [])
        earlier = [row for row in rows if self.as_of is None or row.as_of <= self.as_of]
        if not rows:
            raise DataNotFound(f"The source {self.figures.name} has no figure {key}.")
        if not earlier:
            reason = f"The source {self.figures.name} has no figure {key} on or before {self.as_of}."
            raise NotYetKnown(reason, rows[0].as_of)
        return earlier[-1]


def open_source(address: str, table: str = "") -> SourceFigures:
    """Read a source: a file, a folder, or the address of a database as SQLAlchemy spells it.

    Raises `SourceError` where the source cannot be read, and `MissingDependency` where a package for it is missing.
    """
    try:
        import pandas  # noqa: F401  # to say what is lacking before anything is read
    except ImportError as problem:
        raise missing_dependency("read figures of your own", "pandas", "data") from problem
    frames = list(_read_frames(address, table))
    rows: dict[str, list[Observation]] = defaultdict(list)
    for name, frame in frames:
        for key, observation in _parse_rows(name, frame):
            rows[key].append(observation)
    if not rows:
        raise SourceError(f"The source {address} contains no figures; add rows with key, value and as_of.")
    return SourceFigures(address if "://" not in address else address.split("://")[0] + " database", dict(rows))


def _read_frames(address: str, table: str) -> Any:
    if "://" in address:
        yield address.split("@")[-1], _read_database(address, table)
        return
    path = Path(address)
    _check_reachable(path)
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in _FILES and file.is_file())
        if not files:
            raise SourceError(f"The folder {path} contains no .csv or .parquet file.")
        for file in files:
            yield file.name, _read_file(file)
    elif not path.exists():
        raise SourceError(f"The file or folder {path} does not exist.")
    elif path.suffix.lower() in _FILES:
        yield path.name, _read_file(path)
    elif path.suffix.lower() in _WORKBOOKS:
        yield path.name, _read_workbook(path, table)
    elif path.suffix.lower() in _DATABASES:
        yield path.name, _read_database(f"sqlite:///{path}", table)
    else:
        known = list_text((*_FILES, *_WORKBOOKS, *_DATABASES), "or")
        raise SourceError(f"The source {path} must be a file of type {known}, a folder or the address of a database.")


def _check_reachable(path: Path) -> None:
    """Refuse a path that the system does not take, such as a name that is too long."""
    try:
        path.exists()
    except OSError as problem:
        raise SourceError(f"{path} cannot be read: {problem.strerror}.") from problem


def _read_file(path: Path) -> DataFrame:
    import pandas as pd

    is_csv = path.suffix.lower() == ".csv"
    try:
        if is_csv:
            frame = pd.read_csv(path, dtype={"key": str, "entity": str, "metric": str}, keep_default_na=True)
        else:
            frame = pd.read_parquet(path)
    except ImportError as problem:
        raise missing_dependency("read a Parquet file", "pyarrow", "data") from problem
    except Exception as problem:  # whatever a reader of a foreign file may raise
        raise SourceError(_describe_bad_file(path, problem)) from problem
    if is_csv and len(frame.columns) == 1 and re.search(r"[;\t]", str(frame.columns[0])):
        raise SourceError(f"The file {path} has no commas between its columns; save it with commas.")
    return frame


def _describe_bad_file(path: Path, problem: Exception) -> str:
    """Why a .csv or .parquet file cannot be read, and what to do."""
    if isinstance(problem, OSError) and problem.strerror:
        return f"The file {path} cannot be read: {problem.strerror}."
    if path.suffix.lower() == ".parquet":
        return f"The file {path} is not a Parquet file, or is damaged."
    if isinstance(problem, UnicodeError):
        return f'The file {path} is not stored in UTF-8; save it as "CSV UTF-8" in Excel.'
    fields = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(problem))
    if fields:
        return f"The file {path} has {fields[3]} columns in line {fields[2]}, and {fields[1]} above; correct that line."
    if "No columns to parse" in str(problem):
        return f"The file {path} is empty."
    return f"The file {path} cannot be read: {describe_exception(problem)}."


def _read_workbook(path: Path, table: str) -> DataFrame:
    """A table of a workbook by its name; the first one, or the first sheet, where no name is given."""
    import openpyxl
    import pandas as pd

    try:
        refuse_document_types(path)
        book = openpyxl.load_workbook(path, data_only=True)
    except WorkbookRejected as reason:
        raise SourceError(f"{path} cannot be read. {reason}") from reason
    except OSError as problem:
        raise SourceError(f"The file {path} cannot be read: {problem.strerror or 'it is damaged'}.") from problem
    except zipfile.BadZipFile as problem:
        raise SourceError(f"The file {path} is not an .xlsx workbook, or is damaged.") from problem
    except Exception as problem:  # zlib and openpyxl let many kinds out, of damaged parts and of those not known
        raise SourceError(f"The file {path} cannot be read; open it in Excel and save it again.") from problem
    if not book.worksheets:
        raise SourceError(f"The workbook {path} has no worksheet with figures.")
    areas = {name: (sheet, ref) for sheet in book.worksheets for name, ref in sheet.tables.items()}
    fix = f"use {list_text(sorted(areas), 'or')}" if areas else "the workbook has no tables"
    if table and table not in areas:
        raise SourceError(f"The workbook {path} has no table {table}; {fix}.")
    if areas:
        sheet, ref = areas[table or min(areas)]
        rows: Any = sheet[ref]
        cells = [[cell.value for cell in row] for row in rows]
    else:
        cells = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    if not cells:
        raise SourceError(f"The first sheet of {path} is empty.")
    return pd.DataFrame(cells[1:], columns=[str(name or "") for name in cells[0]])


def _read_database(address: str, table: str) -> DataFrame:
    try:
        import sqlalchemy
        import sqlalchemy.exc
    except ImportError as problem:
        raise missing_dependency("read a database", "SQLAlchemy", "data") from problem
    import pandas as pd

    scheme, _, rest = address.partition("://")
    if scheme in ("postgres", "postgresql"):
        address = f"postgresql+pg8000://{rest}"
    if scheme == "sqlite" and rest.strip("/"):
        _check_reachable(Path(rest[1:]))
    if scheme == "sqlite" and rest.strip("/") and not Path(rest[1:]).exists():
        raise SourceError(f"The database {rest[1:]} does not exist.")
    shown = f"{scheme}://{rest.split('@')[-1]}"  # without a password
    try:
        engine = sqlalchemy.create_engine(address)
    except ImportError as problem:
        if problem.name == "pg8000":
            raise missing_dependency("read a PostgreSQL database", "pg8000", "data") from problem
        raise MissingDependency(
            f"The database {shown} needs a driver that is not installed: {describe_exception(problem)}."
        ) from problem
    except (ValueError, sqlalchemy.exc.SQLAlchemyError) as problem:
        raise SourceError(
            f"{shown} is not the address of a database, such as postgresql://host/name; download files first."
        ) from problem
    try:
        with engine.connect() as connection:
            schema, _, name = (table or TABLE).rpartition(".")
            return pd.read_sql_table(name, connection, schema=schema or None)
    except ValueError as problem:
        raise SourceError(
            f"The database {shown} has no table {table or TABLE}; give the name of a table that the database has."
        ) from problem
    except (sqlalchemy.exc.SQLAlchemyError, OSError) as problem:
        sentence = describe_exception(problem).replace(address, shown)
        reason = re.sub(r"^\([\w.]+\) ", "", sentence)  # without the name of the exception
        raise SourceError(f"The database {shown} cannot be read: {reason}.") from problem


def _parse_rows(name: str, frame: DataFrame) -> Any:
    """The rows of a table as figures, by key."""
    frame = frame.rename(columns=lambda text: _OTHER_NAMES.get(str(text).strip().lower(), str(text).strip().lower()))
    frame = frame.loc[:, ~frame.columns.duplicated()]
    named = "key" in frame or {"entity", "metric"} <= set(frame)
    missing = [column for column in ("value", "as_of") if column not in frame]
    if missing or not named:
        columns = list_text([*missing, *([] if named else ["key"])])
        raise SourceError(f"The table {name} lacks {columns}; add the missing columns as described in docs/data.md.")
    for number, row in enumerate(frame.to_dict("records"), 2):
        where = f"Table {name}, row {number}"
        key = _text_of(row.get("key")) or f"{_text_of(row.get('entity'))}.{_text_of(row.get('metric'))}"
        if key == ".":
            continue
        entity, _, metric = key.rpartition(".")
        value = _parse_number(row["value"], where, "value")
        if value is None:
            raise SourceError(f"{where}: the value of {key} is missing.")
        low, high = (_parse_number(row.get(end), where, end) for end in ("low", "high"))
        low, high = value if low is None else low, value if high is None else high
        if not low <= value <= high:
            raise SourceError(
                f"{where}: {key} must have low <= value <= high; got {list_text(number_texts([low, value, high]))}."
            )
        grade = _text_of(row.get("confidence")) or "medium"
        source = Source(name, _text_of(row.get("source")) or name, _text_of(row.get("url")), "")
        day, unit, note = _parse_date(row["as_of"], where), _text_of(row.get("unit")), _text_of(row.get("note"))
        yield _fold_key(key), Observation(entity, metric, day, value, low, high, unit, grade, source, note)


def _fold_key(key: str) -> str:
    return key.strip().lower()


def _text_of(value: Any) -> str:
    return "" if value is None or (isinstance(value, float) and math.isnan(value)) else str(value).strip()


def _parse_number(value: Any, where: str, column: str) -> float | None:
    text = _text_of(value)
    if not text or text in ("nan", "NaT", "<NA>"):
        return None
    try:
        number = float(text)
    except ValueError as problem:
        raise SourceError(f"{where}: {column} must be a number; got {quote_text(text)}.") from problem
    if not math.isfinite(number):
        raise SourceError(f"{where}: {column} must be a finite number; got {quote_text(text)}.")
    return number


def _parse_date(value: Any, where: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(_text_of(value)[:10])
    except ValueError as problem:
        raise SourceError(
            f"{where}: as_of must be a date such as 2026-10-31; got {quote_text(_text_of(value))}."
        ) from problem
