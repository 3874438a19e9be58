"""Sources of the user's own: the same figures from every kind, and what is wrong with a bad one."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import sqlalchemy
from openpyxl.worksheet.table import Table

from xlfuncs.data import DataNotFound
from xlfuncs.data.user_sources import SourceError, open_source

FRAME = pd.DataFrame(
    {
        "entity": ["ACME", "ACME", "US"],
        "metric": ["revenue", "revenue", "model_churn"],
        "value": [100.0, 120.0, 0.07],
        "low": [90.0, None, 0.05],
        "unit": ["USD m", "USD m", "per month"],
        "as_of": ["2026-03-31", "2026-09-30", "2026-10-01"],
        "source": ["A report", "Another report", "A survey"],
    }
)
HARBOUR = dt.date(2026, 4, 1)


def expected(figures: Any) -> None:
    """What every kind of source must give."""
    latest = figures.at()("acme.revenue")
    assert (latest.value, latest.low, latest.high, latest.unit) == (120, 120, 120, "USD m")
    assert latest.as_of == dt.date(2026, 9, 30)
    assert latest.source.title == "Another report"
    assert figures.at(HARBOUR)("ACME.revenue").low == 90
    assert figures.at()("US.model_churn").value == 0.07
    with pytest.raises(DataNotFound, match=r"US\.model_churn on or before 2026-04-01"):
        figures.at(HARBOUR)("US.model_churn")


def test_a_csv_file(tmp_path: Path) -> None:
    FRAME.to_csv(tmp_path / "mine.csv", index=False)
    expected(open_source(str(tmp_path / "mine.csv")))


def test_a_parquet_file_with_dates(tmp_path: Path) -> None:
    frame = FRAME.assign(as_of=pd.to_datetime(FRAME["as_of"]))
    frame.to_parquet(tmp_path / "mine.parquet")
    expected(open_source(str(tmp_path / "mine.parquet")))


def test_a_folder_of_files(tmp_path: Path) -> None:
    FRAME.iloc[:1].to_csv(tmp_path / "a.csv", index=False)
    FRAME.iloc[1:].to_parquet(tmp_path / "b.parquet")
    (tmp_path / "notes.txt").write_text("no figures", encoding="utf-8")
    expected(open_source(str(tmp_path)))


def test_a_table_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["a title above the table"])
    sheet.append(list(FRAME))
    for row in FRAME.astype(object).where(FRAME.notna(), None).itertuples(index=False):
        sheet.append(list(row))
    sheet.add_table(Table(displayName="Figures", ref="A2:G5"))
    book.save(tmp_path / "mine.xlsx")
    expected(open_source(str(tmp_path / "mine.xlsx"), "Figures"))
    expected(open_source(str(tmp_path / "mine.xlsx")))
    with pytest.raises(SourceError, match="has no table Prices; use Figures"):
        open_source(str(tmp_path / "mine.xlsx"), "Prices")


def test_a_sqlite_database_by_file_and_by_address(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "mine.db") as connection:
        FRAME.to_sql("figures", connection, index=False)
    expected(open_source(str(tmp_path / "mine.db")))
    expected(open_source(f"sqlite:///{tmp_path / 'mine.db'}", "figures"))
    with pytest.raises(SourceError, match="has no table prices"):
        open_source(str(tmp_path / "mine.db"), "prices")


BIN = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [
    Path(found).parent for found in [shutil.which("initdb")] if found
]


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, started for these tests on a socket and a port of its own."""
    if not BIN:
        assert not os.environ.get("CI"), "PostgreSQL must be installed where CI runs"
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="xlfuncs-postgres-"))
    owner: list[str] = []
    if os.getuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    port = str(20000 + os.getpid() % 20000)

    def run(program: str, *arguments: str, quiet: bool = True) -> None:
        command = [*owner, str(BIN[-1] / program), "-D", str(folder / "db"), *arguments]
        subprocess.run(command, check=True, capture_output=quiet, cwd=folder)

    run("initdb", "-A", "trust", "-U", "xl", "-E", "UTF8")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    run("pg_ctl", "-w", "-o", options, "-l", str(folder / "log"), "start", quiet=False)
    try:
        yield f"postgresql://xl@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def test_a_postgresql_server(postgres: str) -> None:
    engine = sqlalchemy.create_engine(postgres.replace("postgresql:", "postgresql+pg8000:"))
    FRAME.assign(as_of=pd.to_datetime(FRAME["as_of"]).dt.date).to_sql("figures", engine, index=False)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("create schema market"))
    FRAME.to_sql("mine", engine, schema="market", index=False)
    expected(open_source(postgres))
    expected(open_source(postgres, "market.mine"))
    with pytest.raises(SourceError, match="has no table prices"):
        open_source(postgres, "prices")


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    with pytest.raises(SourceError) as raised:
        open_source("postgresql://me:secret@127.0.0.1:1/nothing")
    assert "127.0.0.1:1/nothing" in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("entity,metric,value\nA,b,1\n", "lacks as_of"),
        ("value,as_of\n1,2026-01-01\n", "lacks key"),
        ("key,value,as_of\nA.b,many,2026-01-01\n", 'row 2: value must be a number; got "many"'),
        ("key,value,as_of\nA.b,,2026-01-01\n", "row 2: the value of A.b is missing"),
        ("key,value,as_of\nA.b,1,last week\n", "row 2: as_of must be a date"),
        ("key,value,low,as_of\nA.b,1,2,2026-01-01\n", "low <= value <= high"),
        ("key,value,as_of\nA.b,inf,2026-01-01\n", "finite"),
        ("key,value,as_of\n", "contains no figures"),
    ],
)  # fmt: skip
def test_a_bad_table_is_named_with_its_row(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "bad.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=says):
        open_source(str(tmp_path / "bad.csv"))


@pytest.mark.parametrize("name", ["nothing.csv", "notes.txt", "empty"])
def test_what_is_no_source_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match=name):
        open_source(str(tmp_path / name))
