"""Simulation: sensitivity of any function to its inputs, by random draws or one input at a time."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    AnyDraws,
    AnyNumber,
    AnyResult,
    ArgumentIndex,
    ArgumentLabels,
    BaseValues,
    BracketEnd,
    CellProbability,
    FunctionName,
    GridRows,
    GridValues,
    HighValues,
    InputRanges,
    LowValues,
    OpenProbability,
    PertShape,
    PickedValue,
    RangeHigh,
    RangeLow,
    RangeMode,
    ScenarioName,
    ScenarioNames,
    ScenarioValues,
    Seed,
    SobolRows,
    SummaryRow,
    Target,
    TornadoRows,
    ValueP05,
    ValueP95,
)
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.errors import NUM, VALUE, CellError, no_answer
from xlfuncs.core.function import Function, sheet_function
from xlfuncs.core.numerics import bisect, exp, log, normal_quantile
from xlfuncs.core.quantity import Shape
from xlfuncs.core.sampling import Column, generator, pert
from xlfuncs.core.wording import count_text, list_text, number_texts, quote_text

CATEGORY = "Simulation"

SD_OF_90 = 1.6448536269514722  # the 95 % quantile of the standard normal
RESIDUAL = 1e-7


@sheet_function(
    source=by.SCENARIOS,
    constraints=[
        Constraint(
            lambda scenario_names, values: len(scenario_names) == len(values),
            "scenario_names {scenario_names} and values {values} must have the same length.",
            VALUE,
        )
    ],
    vectorised=False,
)
def scenario_pick(scenario: ScenarioName, scenario_names: ScenarioNames, values: ScenarioValues) -> PickedValue:
    """Value of the active scenario, looked up by name (not case-sensitive).

    Not for: Expected values. Only one scenario is used, and the probabilities of the others are ignored; use MC_RUN.

    >>> scenario_pick("base", [["Bear", "Base", "Bull"]], [[1, 2, 3]])
    2.0
    """
    key = scenario.strip().casefold()
    for name, value in zip(scenario_names, values, strict=True):
        if name.casefold() == key:
            return 0.0 if value is None else value
    return no_answer(
        f"scenario {quote_text(scenario)} is not in scenario_names; use {list_text(scenario_names, 'or')}."
    )


@sheet_function(
    formula="IF(high = low, low, low + (high - low) * BETA.INV(probability, 1 + shape * (mode - low) / (high - low), "
    "1 + shape * (high - mode) / (high - low)))",
    source=by.PERT_1959,
    constraints=[
        Constraint(
            lambda low, mode, high: (low <= mode) & (mode <= high),
            "low {low}, mode {mode} and high {high} must be in ascending order.",
        )
    ],
)
def pert_inv(
    probability: CellProbability, low: RangeLow, mode: RangeMode, high: RangeHigh, shape: PertShape = 4
) -> AnyNumber:
    """Quantile of the beta-PERT distribution with a lowest, a most likely and a highest value.

    Not for: Ranges that can be exceeded. No value lies outside low and high, and the tails are thin; use
    RANGE_LOGNORMAL_INV.

    >>> pert_inv(0.5, 0, 5, 10)
    5.0
    """
    value = pert(probability, low, mode, high, shape)
    return value if np.ndim(value) else float(value)


@sheet_function(
    formula="EXP((LN(value_p05) + LN(value_p95)) / 2 + (LN(value_p95) - LN(value_p05)) / 2 / NORM.S.INV(0.95) * "
    "NORM.S.INV(probability))",
    source=by.SCENARIOS,
    constraints=[
        Constraint(
            lambda value_p05, value_p95: value_p05 < value_p95,
            "value_p05 {value_p05} must be below value_p95 {value_p95}.",
        )
    ],
)
def range_lognormal_inv(probability: OpenProbability, value_p05: ValueP05, value_p95: ValueP95) -> AnyNumber:
    """Quantile of the lognormal distribution with a given 90% range.

    Not for: Shares and other bounded inputs. The upper tail of a range from 0.3 to 0.9 exceeds 1; use PERT_INV.

    >>> range_lognormal_inv(0.5, 2, 8)
    4.0
    """
    low, high = log(value_p05), log(value_p95)
    return exp((low + high) / 2 + (high - low) / (2 * SD_OF_90) * normal_quantile(probability))


def _function(name: str, count: int) -> Function | CellError:
    """A function of numbers with a number for its result, that takes so many arguments."""
    from xlfuncs.functions import REGISTRY  # these functions are about the others

    key = name.strip()
    if key not in REGISTRY:
        return no_answer(f"function_name {quote_text(key)} is not a function of the library; check the spelling.")
    function = REGISTRY[key]
    numeric = all(param.shape_kind is Shape.NUM for param in function.params)
    if not numeric or function.returns.shape != "scalar":
        return CellError(
            VALUE, f"function_name must be a function of numbers that returns one number; {function.name} is not."
        )
    least = sum(param.required for param in function.params)
    if not least <= count <= len(function.params):
        most = len(function.params)
        needed = count_text(most, "argument") if least == most else f"{least} to {most} arguments"
        return CellError(VALUE, f"{function.name} takes {needed}; got {count}.")
    return function


def _results(function: Function, columns: Column) -> Column | CellError:
    """The function of every row, or the error value of the first row that has one."""
    results = function.plan.on_arrays(*columns.T)
    bad = np.flatnonzero(~np.isfinite(results.astype(float))) if results.dtype != object else np.arange(1)
    if len(bad):
        error = function.on_cells(*map(float, columns[bad[0]]))
        return (
            error
            if isinstance(error, CellError)
            else CellError(VALUE, f"The result of {function.name} is not a number.")
        )
    return np.asarray(results, dtype=float)


def _pert_rows(uniform: Column, rows: list[tuple[Any, ...]]) -> Column | CellError:
    for number, (low, mode, high) in enumerate(rows, 1):
        if not low <= mode <= high:
            got = list_text(number_texts([low, mode, high]))
            return CellError(NUM, f"Row {number} of inputs_table must have low <= mode <= high; got {got}.")
    low, mode, high = np.array(rows, dtype=float).T
    return np.asarray(pert(uniform, low, mode, high), dtype=float)


@sheet_function(source=by.PERT_1959, vectorised=False)
def mc_run(
    function_name: FunctionName, inputs_table: InputRanges, draws: AnyDraws = 10_000, seed: Seed = 1
) -> SummaryRow:
    """Monte Carlo simulation of a function: mean, standard deviation and 5%, 50% and 95% quantiles.

    Each argument is drawn from the beta-PERT distribution of its low, most likely and high values. An error in any
    draw is returned.

    Not for: Correlated inputs. Arguments are drawn independently, so the spread is wrong; for multiples use
    MC_QUANTILE with corr.

    >>> mc_run("CHIP_TPP", [[2, 2, 2], [3, 3, 3]], 100)
    [[6.0, 0.0, 6.0, 6.0, 6.0]]
    """
    function = _function(function_name, len(inputs_table))
    if isinstance(function, CellError):
        return function
    drawn = _pert_rows(generator(seed).random((int(draws), len(inputs_table))), inputs_table)
    results = drawn if isinstance(drawn, CellError) else _results(function, drawn)
    if isinstance(results, CellError):
        return results
    if results.min() == results.max():
        return [[results[0], 0.0, results[0], results[0], results[0]]]  # a mean of equal numbers is rounded
    return [[results.mean(), results.std(ddof=1), *np.quantile(results, [0.05, 0.5, 0.95])]]


@sheet_function(
    source=by.SCENARIOS,
    constraints=[
        Constraint(
            lambda labels, base_values, low_values, high_values: (
                len(labels) == len(base_values) == len(low_values) == len(high_values)
            ),
            "labels {labels}, base_values {base_values}, low_values {low_values} and high_values {high_values} "
            "must have the same length.",
            VALUE,
        )
    ],
    vectorised=False,
)
def tornado_table(
    function_name: FunctionName,
    labels: ArgumentLabels,
    base_values: BaseValues,
    low_values: LowValues,
    high_values: HighValues,
) -> TornadoRows:
    """Tornado analysis: results when one argument at a time moves to its low and high values, largest swing first.

    Not for: Inputs that interact. Only one argument moves at a time, and a peak between low and high does not show;
    use SOBOL_INDICES.

    >>> tornado_table("CHIP_TPP", [["tops", "bits"]], [[10, 8]], [[9, 4]], [[11, 16]])
    [['bits', 40.0, 160.0, 120.0], ['tops', 72.0, 88.0, 16.0]]
    """
    function = _function(function_name, len(base_values))
    if isinstance(function, CellError):
        return function
    rows: list[list[Any]] = []
    for position, label in enumerate(labels):
        ends: list[float] = []
        for values in (low_values, high_values):
            cells = base_values.tolist()
            cells[position] = float(values[position])
            result = function.on_cells(*cells)
            if not isinstance(result, float):
                wrong = CellError(VALUE, f"The result of {function.name} is not a number.")
                return result if isinstance(result, CellError) else wrong
            ends.append(result)
        rows.append([label, *ends, abs(ends[1] - ends[0])])
    return sorted(rows, key=lambda row: -row[3])


@sheet_function(
    source=by.SCENARIOS,
    constraints=[
        Constraint(
            lambda x_index, base_values: x_index <= len(base_values),
            "x_index {x_index} must not exceed the number of base_values {base_values}.",
        ),
        Constraint(
            lambda y_index, base_values: y_index <= len(base_values),
            "y_index {y_index} must not exceed the number of base_values {base_values}.",
        ),
        Constraint(lambda x_index, y_index: x_index != y_index, "x_index {x_index} and y_index {y_index} must differ."),
    ],
    vectorised=False,
)
def sensitivity_grid(
    function_name: FunctionName,
    base_values: BaseValues,
    x_index: ArgumentIndex,
    x_values: GridValues,
    y_index: ArgumentIndex,
    y_values: GridValues,
) -> GridRows:
    """Two-way sensitivity table: result of a function for each x value (columns) and y value (rows).

    Not for: Probabilities. Every cell looks equally likely, and all other arguments stay at their base values; use
    MC_RUN.

    >>> sensitivity_grid("CHIP_TPP", [[1, 1]], 1, [[2, 3]], 2, [[10, 20]])
    [[20.0, 30.0], [40.0, 60.0]]
    """
    function = _function(function_name, len(base_values))
    if isinstance(function, CellError):
        return function
    rows = []
    for y in y_values.tolist():
        row = []
        for x in x_values.tolist():
            cells = base_values.tolist()
            cells[int(x_index) - 1], cells[int(y_index) - 1] = x, y
            row.append(function.on_cells(*cells))
        rows.append(row)
    return rows


@sheet_function(
    source=by.BRENT_1973,
    constraints=[
        Constraint(
            lambda solve_index, base_values: solve_index <= len(base_values),
            "solve_index {solve_index} must not exceed the number of base_values {base_values}.",
        ),
        Constraint(lambda low, high: low < high, "low {low} must be below high {high}."),
    ],
    vectorised=False,
)
def breakeven_solve(
    function_name: FunctionName,
    base_values: BaseValues,
    solve_index: ArgumentIndex,
    target: Target,
    low: BracketEnd,
    high: BracketEnd,
) -> AnyResult:
    """Break-even value of one argument, between low and high, at which a function reaches a target.

    The result minus the target must change sign between low and high.

    Not for: Targets reached twice, such as at both ends of a profit window. The signs at low and high then agree, and
    the result is #N/A; narrow the interval.

    >>> breakeven_solve("CHIP_TPP", [[1, 16]], 1, 160, 0, 100)
    10.0
    """
    function = _function(function_name, len(base_values))
    if isinstance(function, CellError):
        return function
    cells = base_values.tolist()

    def excess(value: float) -> float:
        cells[int(solve_index) - 1] = value
        result = function.on_cells(*cells)
        return result - target if isinstance(result, float) else math.nan

    at_low, at_high = excess(low), excess(high)
    if at_low == 0 or at_high == 0:
        return low if at_low == 0 else high
    if not at_low * at_high < 0:
        wide = "does not change sign between low and high; widen the interval"
        return no_answer(f"The result of {function.name} minus target {wide}.")
    root = bisect(excess, low, high)
    near = abs(excess(root)) <= RESIDUAL * max(1.0, abs(target))
    return (
        root
        if near
        else no_answer(f"The result of {function.name} jumps over target, so no value reaches target exactly.")
    )


@sheet_function(source=by.JANSEN_1999, vectorised=False)
def sobol_indices(
    function_name: FunctionName, inputs_table: InputRanges, draws: AnyDraws = 4096, seed: Seed = 1
) -> SobolRows:
    """Sobol indices: share of a function's variance due to each argument alone, and with its interactions.

    Arguments are drawn as in MC_RUN; Jansen's estimators are used. The result is #N/A if the function does not vary.

    Not for: Ranking small shares. At 4096 draws the error is about 0.02, and a share may be negative or above its
    total; raise draws.

    >>> sobol_indices("PAID_CAC", [[100_000, 150_000, 300_000], [500, 1000, 1500]], 512)
    [[0.471442349, 0.464548688], [0.527674855, 0.514662505]]
    """
    function = _function(function_name, len(inputs_table))
    if isinstance(function, CellError):
        return function
    random = generator(seed)
    shape = (int(draws), len(inputs_table))
    first, second = (_pert_rows(random.random(shape), inputs_table) for _ in range(2))
    if isinstance(first, CellError):
        return first
    if isinstance(second, CellError):
        return second
    at_first, at_second = _results(function, first), _results(function, second)
    if isinstance(at_first, CellError):
        return at_first
    if isinstance(at_second, CellError):
        return at_second
    both = np.concatenate([at_first, at_second])
    variance = float(both.var())
    if both.min() == both.max():
        return no_answer(f"The result of {function.name} does not vary over inputs_table; widen the ranges.")
    rows = []
    for column in range(shape[1]):
        mixed = first.copy()
        mixed[:, column] = second[:, column]
        results = _results(function, mixed)
        if isinstance(results, CellError):
            return results
        alone = 1 - float(np.mean((at_second - results) ** 2)) / (2 * variance)
        rows.append([alone, float(np.mean((at_first - results) ** 2)) / (2 * variance)])
    return rows
