"""The functions that stand in for the engine's give what Excel gives: its values in files, and Microsoft's pages."""

from __future__ import annotations

from typing import Any

import pytest

from xlfuncs import REGISTRY, CellError
from xlfuncs.engine.builtins import OVERRIDES
from xlfuncs.engine.evaluator import Evaluator
from xlfuncs.engine.function_names import called_functions

EVALUATOR = Evaluator(REGISTRY)
CASES: list[tuple[str, Any]] = [
    ("=DATE(2024,2,30)", 45352),
    ("=DATE(108,1,2)", 39449),
    ("=DATE(2008,14,2)", 39846),
    ("=DATE(2008,-3,2)", 39327),
    ("=DATE(2008,1,-15)", 39432),
    ("=DATE(1900,1,1)", 1),
    ("=DATE(1900,2,29)", 60),
    ("=DATE(1900,3,1)", 61),
    ("=DATE(1900,1,22222)", 22222),
    ("=DATE(1900,1,0)", 0),
    ("=DATE(9999,12,31)", 2958465),
    ("=DATE(10000,1,1)", "#NUM!"),
    ("=DATE(-1,1,1)", "#NUM!"),
    ('=DATE("x",1,1)', "#VALUE!"),
    ("=GAMMA(2.5)", 1.329340388),
    ("=GAMMA(-3.75)", 0.267866129),
    ("=GAMMA(-0.5)", -3.5449077018110318),
    ("=GAMMA(0)", "#NUM!"),
    ("=GAMMA(-2)", "#NUM!"),
    ("=GAMMA(1000)", "#NUM!"),
    ("=CEILING(2.5,1)", 3),
    ("=CEILING(-2.5,-2)", -4),
    ("=CEILING(-2.5,2)", -2),
    ("=CEILING(1.5,0.1)", 1.5),
    ("=CEILING(0.234,0.01)", 0.24),
    ("=CEILING(2.5,-2)", "#NUM!"),
    ("=CEILING(24,0)", 0),
    ("=FLOOR(3.7,2)", 2),
    ("=FLOOR(-2.5,-2)", -2),
    ("=FLOOR(-2.5,2)", -4),
    ("=FLOOR(2.5,-2)", "#NUM!"),
    ("=FLOOR(1.58,0.1)", 1.5),
    ("=FLOOR(0.234,0.01)", 0.23),
    ("=FLOOR(0.3,0.1)", 0.3),
    ("=FLOOR(24,0)", "#DIV/0!"),
    ("=CEILING.MATH(24.3,5)", 25),
    ("=CEILING.MATH(6.7)", 7),
    ("=CEILING.MATH(-8.1,2)", -8),
    ("=CEILING.MATH(-5.5,2,-1)", -6),
    ("=CEILING.MATH(24,0)", 0),
    ("=_xlfn.CEILING.MATH(24,0)", 0),
    ("=SUM(_xlfn.RANK.AVG(2,{1,2,2,3}),_xlfn.GAMMA(2))", 2.5 + 1),
    ("=FLOOR.MATH(24.3,5)", 20),
    ("=FLOOR.MATH(6.7)", 6),
    ("=FLOOR.MATH(-8.1,2)", -10),
    ("=FLOOR.MATH(-5.5,2,-1)", -4),
    ("=CEILING.PRECISE(4.3)", 5),
    ("=CEILING.PRECISE(-4.3,-2)", -4),
    ("=CEILING.PRECISE(4.3,-2)", 6),
    ("=ISO.CEILING(-4.3)", -4),
    ("=ISO.CEILING(4.3,2)", 6),
    ("=FLOOR.PRECISE(-3.2,-1)", -4),
    ("=FLOOR.PRECISE(3.2,-1)", 3),
    ("=SUM(CEILING({1.2,2.5},1))", 5),
    ("=SUM(CEILING({1.2;2.5},{1,2}))", 2 + 3 + 2 + 4),
    ("=COUNT(CEILING({1,2,3},{1,2}))", 2),
    ("=POWER(0,0)", "#NUM!"),
    ("=POWER(0,-1)", "#DIV/0!"),
    ("=POWER(-8,1/3)", "#NUM!"),
    ("=POWER(98.6,3.2)", 2401077.222),
    ("=POWER(4,5/4)", 5.656854249),
    ("=LOG(10)", 1),
    ("=LOG(8,2)", 3),
    ("=LOG(86,EXP(1))", 4.454347296253507),
    ("=LOG(3,1)", "#DIV/0!"),
    ("=LOG(0,2)", "#NUM!"),
    ("=LOG(2,-1)", "#NUM!"),
    ("=FVSCHEDULE(1,{0.09,0.11,0.1})", 1.33089),
    ("=MDETERM({1,3,8,5;1,3,6,1;1,1,1,0;7,3,10,2})", 88),
    ("=MDETERM({3,6;1,1})", -3),
    ("=MDETERM({1,2})", "#VALUE!"),
    ("=SUM(MINVERSE({4,-1;2,0}))", 0.0 + 0.5 - 1 + 2),
    ("=MINVERSE({1,2;2,4})", "#NUM!"),
    ("=SUM(MMULT({1,3;7,2},{2,0;0,2}))", 26),
    ("=MMULT({1,2},{1,2})", "#VALUE!"),
    ("=RANK.AVG(94,{89;88;92;101;94;97;95})", 4),
    ("=RANK.AVG(2,{1,2,2,3})", 2.5),
    ("=RANK.AVG(2,{1,2,2,3},1)", 2.5),
    ("=RANK.AVG(9,{1,2})", "#N/A"),
    ("=SUMX2MY2({2,3,9,1,8,7,5},{6,5,11,7,5,4,4})", -55),
    ("=SUMX2PY2({2,3,9,1,8,7,5},{6,5,11,7,5,4,4})", 521),
    ("=SUMXMY2({2,3,9,1,8,7,5},{6,5,11,7,5,4,4})", 79),
    ('=SUMX2MY2({1,4,5},{2,"x",3})', -3 + 16),  # a pair with a text is left out
    ("=SUMXMY2({1,2},{1,2,3})", "#N/A"),
    ("=SUMXMY2({1,2},{1;3})", 1),
    ('=SUMXMY2({1,2},{"a","b"})', "#DIV/0!"),
    ("=SUMX2PY2({1,2},{1,#DIV/0!})", "#DIV/0!"),
    ("=IPMT(0.1/12,1,3*12,8000)", -66.66666667),
    ("=IPMT(0.1,3,3,8000)", -292.4471299),
    ("=IPMT(0.1,1,3,8000,0,1)", 0),
    ("=IPMT(0.1,4,3,8000)", "#NUM!"),
    ("=PPMT(0.1/12,1,2*12,2000)", -75.62318601),
    ("=PPMT(0.08,10,10,200000)", -27598.05346),
    ("=CUMIPMT(0.09/12,30*12,125000,13,24,0)", -11135.23213),
    ("=CUMIPMT(0.09/12,30*12,125000,1,1,0)", -937.5),
    ("=CUMPRINC(0.09/12,30*12,125000,13,24,0)", -934.1071234),
    ("=CUMPRINC(0.09/12,30*12,125000,1,1,0)", -68.27827118),
    ("=CUMIPMT(0,1,1,1,1,0)", "#NUM!"),
    # With payments at the start of a period, interest and principal still make up the payment.
    ("=IPMT(0.1,2,3,8000,0,1)+PPMT(0.1,2,3,8000,0,1)-PMT(0.1,3,8000,0,1)", 0),
    ("=CUMIPMT(0.01,12,1000,1,12,1)+CUMPRINC(0.01,12,1000,1,12,1)-12*PMT(0.01,12,1000,0,1)", 0),
    ("=IPMT(1/0,1,3,8000)", "#DIV/0!"),
]


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_it_gives_what_excel_gives(formula: str, expected: Any) -> None:
    value = EVALUATOR.evaluate(formula)
    if isinstance(value, CellError):
        assert value.code == expected
    else:
        assert value == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_each_of_them_is_tested() -> None:
    assert {name for formula, _ in CASES for name in called_functions(formula)} >= set(OVERRIDES)
