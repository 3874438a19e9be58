"""What a declaration refuses, and what it makes of a body."""

from __future__ import annotations

import inspect
import math
import types
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import numpy as np
import pytest

from xlfuncs.catalogue import bibliography as by
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.exceptions import DeclarationError, XlfuncsError
from xlfuncs.core.function import Function, sheet_function
from xlfuncs.core.quantity import Num, Quantity, Rows, Spill
from xlfuncs.core.registry import Registry
from xlfuncs.core.units import NUMBER
from xlfuncs.functions import REGISTRY
from xlfuncs.reference import html_site, markdown

CATEGORY = "Tests"
Any_ = Annotated[Num, Quantity(NUMBER, "Any number.")]
Row = Annotated[Rows, Spill("row", NUMBER, ("first", "second"))]


def declare(*constraints: Constraint) -> Function:
    @sheet_function(source=by.DATA_SET, constraints=constraints)
    def ratio(high: Any_, low: Any_, scale: Any_ = 1) -> Any_:
        """A ratio."""
        return scale * high / low

    return ratio


@pytest.mark.parametrize(
    ("constraint", "word"),
    [
        (Constraint(lambda high, lwo: high > lwo, "No."), "lwo"),
        (Constraint(lambda high: high > lwo, "No."), "lwo"),  # type: ignore[name-defined]  # noqa: F821  # the point of it
        (Constraint(lambda high: np.all(high > lwo), "No."), "lwo"),  # type: ignore[name-defined]  # noqa: F821  # the same
        (Constraint(lambda high, low: high > low, "high {high} must exceed lwo {lwo}."), "lwo"),
        (Constraint(lambda: True, "No."), "no parameter"),
    ],
)
def test_a_misspelt_argument_is_an_error_of_the_declaration(constraint: Constraint, word: str) -> None:
    with pytest.raises(DeclarationError, match=word):
        declare(constraint)


def test_a_constraint_takes_its_arguments_by_name_in_any_order() -> None:
    function = declare(
        Constraint(lambda low, high: low < high, "low {low} must be below high {high}."),
        Constraint(lambda scale: np.abs(scale) < 9, "scale {scale} is too large."),
    )
    assert function(4, 2) == 2
    assert function.on_cells(2.0, 4.0, 1.0).why == "low (4) must be below high (2)."
    assert function.on_cells(4, 2, 9).why == "scale (9) is too large."
    assert np.isnan(function(np.array([4.0, 2.0, 4.0]), np.array([2.0, 4.0, 2.0]), [1, 1, 9])).tolist() == [
        False,
        True,
        True,
    ]
    assert [str(row[0]) for row in function.on_cells([[4.0], [2.0]], 3.0)] == ["1.3333333333333333", "#NUM!"]


def in_module(category: str | None, name: str) -> types.ModuleType:
    """A module that declares one function."""
    module = types.ModuleType(f"user_{name}")
    scope = vars(module) | {"sheet_function": sheet_function, "by": by, "Any_": Any_}
    vars(module).update(scope)
    if category:
        vars(module)["CATEGORY"] = category
    body = f"def {name}(value: 'Any_') -> 'Any_':\n    'A value.'\n    return value"
    exec(f"@sheet_function(source=by.DATA_SET)\n{body}", vars(module))
    return module


def test_a_module_says_its_category() -> None:
    with pytest.raises(DeclarationError, match="user_first declares first and no CATEGORY"):
        in_module(None, "first")
    assert issubclass(DeclarationError, XlfuncsError)


def test_modules_of_one_category_need_not_stand_together() -> None:
    registry = Registry(in_module("A", "first"), in_module("B", "second"), in_module("A", "third"))
    names = {category: [function.name for function in found] for category, found in registry.by_category().items()}
    assert names == {"A": ["FIRST", "THIRD"], "B": ["SECOND"]}
    assert [line for line in markdown.format_catalogue(registry).splitlines() if line and line[0] != " "] == ["A", "B"]


def test_categories_never_share_a_page(tmp_path: Any) -> None:
    registry = Registry(in_module("Cost of debt", "first"), in_module("Cost-of debt", "second"))
    with pytest.raises(DeclarationError, match="Cost of debt and Cost-of debt"):
        html_site.build_help(registry, tmp_path / "help")


def minus_zero(value: Any_) -> Any_:
    """Minus zero, and what is added to it."""
    return -0.0 * value


def minus_zeros(value: Any_) -> Row:
    """A row with a minus zero."""
    return [[-0.0 * value, value]]


NUMBER_OF: Function = sheet_function(source=by.DATA_SET)(minus_zero)
CELL_BY_CELL: Function = sheet_function(source=by.DATA_SET, vectorised=False)(minus_zero)
ROW_OF: Function = sheet_function(source=by.DATA_SET)(minus_zeros)
PATHS: dict[str, Callable[[], Any]] = {
    "a float": lambda: NUMBER_OF.on_cells(1.0),
    "an integer": lambda: NUMBER_OF.on_cells(1),
    "a call": lambda: NUMBER_OF(1.0),
    "a range": lambda: NUMBER_OF.on_cells([[1.0], [2.0]])[1][0],
    "a range with a text": lambda: NUMBER_OF.on_cells([[1.0], ["x"]])[0][0],
    "a list": lambda: NUMBER_OF([1.0, 2.0])[1],
    "an array": lambda: NUMBER_OF(np.array([1.0, 2.0]))[1],
    "an array with a missing value": lambda: NUMBER_OF(np.array([1.0, np.nan]))[0],
    "cell by cell": lambda: CELL_BY_CELL(np.array([1.0, 2.0]))[1],
    "a spill": lambda: ROW_OF.on_cells(1.0)[0][0],
    "a call that spills": lambda: ROW_OF(1.0)[0][0],
    "a function of ours": lambda: REGISTRY["RULE_OF_40"](-0.0, -0.0),
    "a function of ours over an array": lambda: REGISTRY["RULE_OF_40"](np.array([-0.0]), -0.0)[0],
}


@pytest.mark.parametrize("path", PATHS)
def test_results_are_never_minus_zero(path: str) -> None:
    assert math.copysign(1, minus_zero(1.0)) == -1  # the body gives one
    assert math.copysign(1, PATHS[path]()) == 1


def test_a_signature_is_that_of_the_declaration() -> None:
    signature = inspect.signature(REGISTRY["LTV_CAC"])
    defaults = {name: parameter.default for name, parameter in signature.parameters.items()}
    assert defaults == dict.fromkeys(["arpa", "gross_margin", "churn", "cac"], inspect.Parameter.empty) | {
        "discount_rate": 0.0, "expansion": 0.0, "timing": 1.0, "horizon": 0.0
    }  # fmt: skip
    assert signature.parameters["churn"].annotation is float
    assert signature.return_annotation is float
    prices = inspect.signature(REGISTRY["TOKEN_PRICE"]).parameters
    assert (prices["price_kind"].default, prices["as_of"].default) == ("output", None)
    rows = inspect.signature(REGISTRY["VECTOR_SCORES"])
    assert rows.return_annotation == list[list[str | float]]
    assert rows.parameters["us"].annotation == Sequence[float]


def test_a_class_has_a_signature_too() -> None:
    assert "body" in inspect.signature(Function).parameters
    assert not hasattr(REGISTRY["LTV_CAC"], "misspelt")
