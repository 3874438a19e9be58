"""Draws of a whole workbook: their distribution by closed forms, and each of them by a refresh."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from click.testing import CliRunner

from tests.workbooks.conftest import TEMPLATES
from xlfuncs import REGISTRY, refresh, simulate
from xlfuncs.cli.main import main
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.data import workbook_tables
from xlfuncs.ooxml.named_ranges import NamedRangeFile
from xlfuncs.ooxml.package import Package
from xlfuncs.recalculation.model import Model

pytestmark = pytest.mark.slow  # simulates a template

Make = Callable[..., Path]
RANGES = {"price": (1.0, 2.0, 6.0), "volume": (0.0, 5.0, 10.0)}


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A workbook with two inputs, price in C2 and volume in C3, and outputs by their formulas in column G."""

    def made(array: str = "", ranges: dict[str, tuple[float, float, float]] = RANGES, **outputs: str) -> Path:
        path = tmp_path / "model.xlsx"
        book = xlsxwriter.Workbook(str(path))
        book.set_calc_mode("auto", 191029)
        sheet = book.add_worksheet("Model")
        sheet.write_row("A1", ["Label", "Low", "Base", "High"])
        for row, (label, numbers) in enumerate(ranges.items(), 1):
            sheet.write_row(row, 0, [label, *numbers])
        book.define_name("data_inputs", f"=Model!$A$1:$D${len(ranges) + 1}")
        if array:
            sheet.write_dynamic_array_formula("F1:F1", array, None, 0)
        for row, (name, formula) in enumerate(outputs.items()):
            sheet.write_formula(row, 6, formula, None, 0)
            book.define_name(f"out_{name}", f"=Model!$G${row + 1}")
        book.close()
        refresh(path)
        return path

    return made


def moments(low: float, mode: float, high: float) -> tuple[float, float]:
    """Mean and variance of the beta-PERT distribution: Vose, Risk Analysis, 2008."""
    mean = (low + 4 * mode + high) / 6
    return mean, (mean - low) * (high - mean) / 7


def test_a_sum_has_the_moments_of_its_parts(make: Make) -> None:
    path = make(total="=C2+C3", same="=7")
    before = path.read_bytes()
    same, total = simulate(path, draws=400).outputs
    (price, of_price), (volume, of_volume) = (moments(*ranges) for ranges in RANGES.values())
    assert total.mean == pytest.approx(price + volume, rel=1e-3)
    assert total.sd == pytest.approx((of_price + of_volume) ** 0.5, rel=0.1)
    assert total.stored == 7.0
    assert [name for name, _ in total.drivers] == ["volume", "price"]
    assert (same.mean, same.sd, same.quantiles, same.drivers) == (7.0, 0.0, (7.0, 7.0, 7.0), ())
    assert path.read_bytes() == before


def test_quantiles_of_one_input_are_those_of_its_distribution(make: Make) -> None:
    """BETA.INV(0.05, 1.8, 4.2, 1, 6), and of 0.5 and 0.95, as IronCalc 0.9 gives them."""
    path = make(price="=C2")
    (price,) = simulate(path, draws=500).outputs
    assert price.quantiles == pytest.approx((1.294887, 2.383361, 4.106384), rel=0.005)


def test_one_seed_gives_one_answer_however_many_processes(make: Make) -> None:
    path = make(product="=C2*C3")
    first, second = simulate(path, draws=30, seed=7), simulate(path, draws=30, seed=7, workers=2)
    other = simulate(path, draws=30, seed=8)
    assert np.array_equal(first.output_draws, second.output_draws)
    assert first.outputs == second.outputs
    assert not np.array_equal(first.output_draws, other.output_draws)
    assert first.output_draws[:, 0] == pytest.approx(first.input_draws[:, 0] * first.input_draws[:, 1], rel=1e-12)


def test_draws_without_a_number_are_counted(make: Make) -> None:
    """The range of the volume is symmetric: half of a Latin hypercube is above its middle."""
    path = make(half="=IF(C3>5,1/0,C2)", never="=1/0", flag='=IF(C3>5,"high","low")')
    flag, half, never = simulate(path, draws=40).outputs
    assert half.without == 20
    assert never.without == flag.without == 40
    assert (never.mean, never.quantiles) == (None, ())


def test_an_array_may_change_its_size_from_draw_to_draw(make: Make) -> None:
    path = make("=SEQUENCE(ROUND(C3,0)+1)", total="=SUM(_xlfn.ANCHORARRAY(F1))")
    result = simulate(path, draws=30)
    sizes = np.round(result.input_draws[:, 1]) + 1
    assert len(set(sizes)) > 3
    assert result.output_draws[:, 0] == pytest.approx(sizes * (sizes + 1) / 2, rel=1e-12)


def test_each_draw_is_what_a_refresh_gives_with_its_inputs(tmp_path: Path) -> None:
    template = TEMPLATES / "unit_economics.xlsx"
    names = ["out_cn_ltv_cac", "out_us_arpu", "out_us_cohort_cac"]
    result = simulate(template, draws=3, outputs=names)
    assert len(result.inputs) > 50
    for row, results in zip(result.input_draws, result.output_draws, strict=True):
        package = Package(template)
        tables = NamedRangeFile(package)
        cells = [
            one
            for one in workbook_tables.find_uncertain_inputs(tables)
            if (one.sheet, one.cell) not in Model(package, REGISTRY).formulas
        ]
        for one, value in zip(cells, row, strict=True):
            tables.put(one.sheet, *one.cell, float(value))
        path = tmp_path / "drawn.xlsx"
        path.write_bytes(package.pack_with(tables.parts()))
        outputs = refresh(path).outputs
        assert [outputs[name] for name in result.output_names] == pytest.approx(list(results), rel=1e-9)


@pytest.mark.parametrize(
    ("ranges", "formula", "words"),
    [
        ({"price": (2.0, 2.0, 2.0)}, "=C2", "declares no inputs with a range; name a table data_inputs"),
        (RANGES, "=7", "No output of .* depends on the base value of an input"),
        (
            RANGES,
            "=SOMEBODYS(C2)",
            r"cannot be simulated over Model!G1: It calls SOMEBODYS, which xlfuncs does not support",
        ),
    ],
)
def test_what_cannot_be_simulated_is_refused(
    make: Make, ranges: dict[str, tuple[float, float, float]], formula: str, words: str
) -> None:
    path = make(ranges=ranges, total=formula)
    with pytest.raises(WorkbookRejected, match=words):
        simulate(path, draws=5)


def run(*arguments: object) -> Any:
    return CliRunner().invoke(main, ["simulate", *map(str, arguments)])


def test_the_command_tells_and_writes_the_draws(make: Make, tmp_path: Path) -> None:
    path, out = make(total="=C2+C3"), tmp_path / "draws.csv"
    done = run(path, "--draws", 20, "-o", out)
    assert done.exit_code == 0, done.output
    assert "20 draws of 2 inputs, seed 12345" in done.output
    assert "out_total" in done.output
    with out.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 20
    assert float(rows[3]["out_total"]) == pytest.approx(float(rows[3]["price"]) + float(rows[3]["volume"]))


def test_the_command_speaks_json(make: Make) -> None:
    path = make(total="=C2+C3", other="=C2")
    found = json.loads(run(path, "--draws", 20, "--seed", 3, "--output", "out_total", "--json").stdout)
    assert (found["draws"], found["seed"], found["inputs"]) == (20, 3, ["price", "volume"])
    (one,) = found["outputs"]
    assert one["p05"] < one["p50"] < one["p95"]
    assert one["name"] == "out_total"


def test_an_unknown_output_is_named_with_those_near(make: Make, tmp_path: Path) -> None:
    done = run(make(total="=C2+C3"), "--output", "out_totl")
    assert (done.exit_code, done.stderr) == (
        2,
        f"{tmp_path / 'model.xlsx'} has no output out_totl; did you mean out_total?\n",
    )


def test_a_simulation_has_its_limits(tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    shutil.copy(TEMPLATES / "capital_stack.xlsx", path)
    done = run(path, "--timeout", "0.01")
    assert done.exit_code == 2
    assert "takes longer than 0.01 seconds" in done.stderr
