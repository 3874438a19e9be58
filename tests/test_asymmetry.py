"""The asymmetry score: its worked example, by hand, and the properties that define it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.cells import evaluate

# Indicator, vector, US, China, direction, kind, weight, relative error: the published example.
EXAMPLE = [
    ("I", 25, 1, 1, "ratio", 3), ("I", 2500, 780, 1, "ratio", 2), ("I", 3e6 / 180e3, 8.2e6 / 300e3, -1, "ratio", 2),
    ("I", 145 / 180, 559 / 300, -1, "ratio", 1), ("I", 30, 500, 1, "ratio", 1), ("D", 250, 1432, 1, "ratio", 2),
    ("D", 60, 15, -1, "ratio", 2), ("D", 0.25, 0.6, 1, "share", 1), ("D", 0.45, 0.3, 1, "share", 1),
    ("M", 0.75, 0.5, 1, "share", 2), ("M", 20, 68 / 6.866, 1, "ratio", 1), ("M", 0.05, 0.01, 1, "share", 2),
    ("M", 94_952, 23_500, 1, "ratio", 1), ("M", 34.08, 247, -1, "ratio", 2), ("M", 109.1, 9.3, 1, "ratio", 1),
]  # fmt: skip


def arguments(rows: list[Any] = EXAMPLE, swap: bool = False) -> list[Any]:
    vectors, us, cn, direction, kinds, weights = ([row[at] for row in rows] for at in range(6))
    first, second = (cn, us) if swap else (us, cn)
    return [[first], [second], [direction], [weights], [vectors], None, [kinds]]


def by_hand(rows: list[Any]) -> dict[str, float]:
    """The definition, in plain arithmetic."""
    totals: dict[str, float] = {}
    for vector in dict.fromkeys(row[0] for row in rows):
        weighted = weights = 0.0
        for name, us, cn, direction, kind, weight in rows:
            if name == vector:
                logs = [math.log(x) if kind == "ratio" else math.log(x / (1 - x)) for x in (us, cn)]
                gap = direction * (logs[0] - logs[1])
                weighted += weight * max(-math.log(20), min(math.log(20), gap))
                weights += weight
        totals[vector] = weighted / weights
    return totals


def test_the_worked_example_to_a_millionth() -> None:
    gaps = by_hand(EXAMPLE)
    mean = sum(gaps.values()) / 3
    spread = sum(map(abs, gaps.values())) / 3
    assert evaluate("ASYMMETRY_SCORE", *arguments()) == pytest.approx(100 * math.tanh(mean / 2), abs=1e-6)
    assert evaluate("ASYMMETRY_INTENSITY", *arguments()) == pytest.approx(100 * math.tanh(spread / 2), abs=1e-6)
    assert evaluate("ASYMMETRY_POLARITY", *arguments()) == pytest.approx(1 - abs(mean) / spread, abs=1e-6)
    scores = {row[0]: row[1] for row in evaluate("VECTOR_SCORES", *arguments())}
    assert scores == {name: pytest.approx(100 * math.tanh(gap / 2), abs=1e-6) for name, gap in gaps.items()}


def test_the_worked_example_as_printed() -> None:
    """L 0.5064, score 24.79, sub-scores 51.8, -53.2, 65.2, intensity 57.1, polarity 0.61."""
    assert evaluate("ASYMMETRY_SCORE", *arguments()) == pytest.approx(24.79, abs=5e-3)
    assert [row[1] for row in evaluate("VECTOR_SCORES", *arguments())] == pytest.approx([51.8, -53.2, 65.2], abs=0.05)
    assert evaluate("ASYMMETRY_INTENSITY", *arguments()) == pytest.approx(57.1, abs=0.05)
    assert evaluate("ASYMMETRY_POLARITY", *arguments()) == pytest.approx(0.61, abs=5e-3)
    printed = [0.3329, 0.0863, 0.0366, 0.0311, -0.1042, -0.1939, -0.1540, -0.0836, 0.0359, 0.0814, 0.0260, 0.1223]
    contributions = [row[0] for row in evaluate("ASYMMETRY_CONTRIB", *arguments())]
    assert contributions == pytest.approx([*printed, 0.0517, 0.1467, 0.0912], abs=6e-5)


def test_the_example_without_its_compute_indicator() -> None:
    """Coverage of infrastructure is then 6 of 9, exactly two thirds, and the score 9.9."""
    rows = [("I", None, 1, 1, "ratio", 3), *EXAMPLE[1:]]
    assert evaluate("ASYMMETRY_SCORE", *arguments(rows)) == pytest.approx(9.9, abs=0.05)
    assert evaluate("VECTOR_SCORES", *arguments(rows))[0][4] == pytest.approx(2 / 3)
    rows[1] = ("I", None, 780, 1, "ratio", 2)
    error = evaluate("ASYMMETRY_SCORE", *arguments(rows))
    assert str(error) == "#N/A"
    assert "0.444444" in error.why


def test_no_cap_moves_the_example_to_25_9() -> None:
    assert evaluate("ASYMMETRY_SCORE", *arguments(), None, 1e9) == pytest.approx(25.9, abs=0.06)  # from rounded inputs


VALUES = st.floats(0.01, 100)
ROWS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from("IDM"), VALUES, VALUES, st.sampled_from([1, -1]), st.just("ratio"), st.floats(0.1, 5)
        ),
        st.tuples(
            st.sampled_from("IDM"), st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.sampled_from([1, -1]),
            st.just("share"), st.floats(0.1, 5),
        ),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


def score(rows: list[Any], **options: Any) -> float:
    return float(evaluate("ASYMMETRY_SCORE", *arguments(rows, **options)))


@given(ROWS)
def test_swapping_the_countries_changes_the_sign(rows: list[Any]) -> None:
    assert score(rows, swap=True) == pytest.approx(-score(rows), abs=1e-9)


@given(ROWS)
def test_parity_is_nothing(rows: list[Any]) -> None:
    assert score([(v, us, us, d, k, w) for v, us, _, d, k, w in rows]) == 0


@given(ROWS, st.floats(0.1, 10))
def test_units_and_scales_of_weights_do_not_matter(rows: list[Any], factor: float) -> None:
    scaled = [
        (v, us * factor, cn * factor, d, k, w) if k == "ratio" else (v, us, cn, d, k, w) for v, us, cn, d, k, w in rows
    ]
    heavier = [(v, us, cn, d, k, w * factor) for v, us, cn, d, k, w in rows]
    assert score(scaled) == pytest.approx(score(rows), abs=1e-9)
    assert score(heavier) == pytest.approx(score(rows), abs=1e-9)


@given(ROWS)
def test_inverse_ratios_and_complements_of_shares_say_the_same(rows: list[Any]) -> None:
    turned = [
        (v, 1 / us, 1 / cn, -d, k, w) if k == "ratio" else (v, 1 - us, 1 - cn, -d, k, w) for v, us, cn, d, k, w in rows
    ]
    assert score(turned) == pytest.approx(score(rows), abs=1e-8)


@given(ROWS)
def test_an_indicator_split_in_two_counts_once(rows: list[Any]) -> None:
    vector, us, cn, direction, kind, weight = rows[0]
    halves = [(vector, us, cn, direction, kind, weight / 2)] * 2
    assert score([*halves, *rows[1:]]) == pytest.approx(score(rows), abs=1e-9)


@given(ROWS, st.randoms())
def test_the_order_does_not_matter(rows: list[Any], random: Any) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert score(shuffled) == pytest.approx(score(rows), abs=1e-9)


@given(ROWS)
def test_bounds_intensity_and_contributions(rows: list[Any]) -> None:
    total = score(rows)
    assert abs(total) <= 100 * math.tanh(math.log(20) / 2) + 1e-9
    assert evaluate("ASYMMETRY_INTENSITY", *arguments(rows)) >= abs(total) - 1e-9
    parts = evaluate("ASYMMETRY_CONTRIB", *arguments(rows))
    added = sum(row[0] for row in parts) if isinstance(parts, list) else parts
    assert 100 * math.tanh(added / 2) == pytest.approx(total, abs=1e-9)
    assert 0 <= evaluate("ASYMMETRY_POLARITY", *arguments(rows)) <= 1 + 1e-12


@given(ROWS)
def test_a_better_indicator_never_lowers_the_score(rows: list[Any]) -> None:
    vector, us, cn, direction, kind, weight = rows[0]
    better = us * 1.01 if direction > 0 else us / 1.01
    assume(kind == "ratio" or better < 1)
    assert score([(vector, better, cn, direction, kind, weight), *rows[1:]]) >= score(rows) - 1e-9


@given(ROWS)
def test_without_noise_the_quantile_is_the_score(rows: list[Any]) -> None:
    us, cn, *rest = arguments(rows)
    quiet = evaluate("ASYMMETRY_QUANTILE", us, cn, 0.3, *rest, None, None, None, 0, 0, 100)
    assert quiet == pytest.approx(score(rows), abs=1e-9)


@given(ROWS)
def test_quantiles_and_probability_of_the_countries_swapped(rows: list[Any]) -> None:
    """With fixed weights the antithetic draws make both exact."""
    noise = (None, None, None, 0.2, 0, 200)
    us, cn, *rest = arguments(rows)
    low = evaluate("ASYMMETRY_QUANTILE", us, cn, 0.1, *rest, *noise)
    high = evaluate("ASYMMETRY_QUANTILE", cn, us, 0.9, *rest, *noise)
    leads = evaluate("ASYMMETRY_PROB", us, cn, *rest, *noise)
    trails = evaluate("ASYMMETRY_PROB", cn, us, *rest, *noise)
    assert low == pytest.approx(-high, abs=1e-9)
    assert leads + trails == pytest.approx(1)


def test_a_multiple_of_two_everywhere_is_a_third() -> None:
    assert evaluate("ASYMMETRY_SCORE", [[2, 2, 2]], [[1, 1, 1]]) == pytest.approx(100 / 3)


@pytest.mark.parametrize(
    ("cells", "code", "words"),
    [
        (([[1, 2]], [[1]]), "#VALUE!", "cn (1 cell) and us (2 cells) must have the same length."),
        (([[1]], [[1]], None, None, None, None, [["odd"]]), "#VALUE!", "ratio, share or diff"),
        (([[1]], [[1]], None, None, [["I"]], [["D", 1]]), "#VALUE!", 'no row for the vector "I"'),
        (([[1]], [[0]]), "#NUM!", "above 0"),
        (([[0.5]], [[1]], None, None, None, None, [["share"]]), "#NUM!", "between 0 and 1"),
        (([[1]], [[2]], None, None, None, None, [["diff"]]), "#NUM!", "scale"),
        (([[1]], [[2]], [[2]]), "#NUM!", "direction"),
        (([[1]], [[2]], None, [[0]]), "#DIV/0!", "add up to 0"),
        (([[None, 1]], [[2, None]]), "#N/A", "with data in both"),
        (([["x"]], [[2]]), "#VALUE!", 'only numbers; cell 1 is "x"'),
    ],
)
def test_indicators_that_cannot_be_are_named(cells: tuple[Any, ...], code: str, words: str) -> None:
    error = evaluate("ASYMMETRY_SCORE", *cells)
    assert str(error) == code
    assert words in error.why


def test_vector_weights_tilt_the_mean() -> None:
    cells = ([[2, 1]], [[1, 2]], None, None, [["I", "D"]], [["I", 3], ["D", 1]])
    assert evaluate("ASYMMETRY_SCORE", *cells) == pytest.approx(100 * math.tanh(math.log(2) / 4))


def test_a_difference_counts_in_units_of_its_scale() -> None:
    cells = ([[5]], [[3]], None, None, None, None, [["diff"]], [[2]])
    assert evaluate("ASYMMETRY_SCORE", *cells) == pytest.approx(100 * math.tanh(0.5))


def test_draws_are_even_and_errors_fit() -> None:
    cells = ([[2]], [[1]], 0.5)
    assert str(evaluate("ASYMMETRY_QUANTILE", *cells, *[None] * 10, 101)) == "#NUM!"
    assert "rel_se" in evaluate("ASYMMETRY_QUANTILE", *cells, *[None] * 8, [[0.1, 0.2]]).why


def test_numpy_is_not_mutated() -> None:
    us = np.array([2.0, np.nan, 3.0])
    before = us.copy()
    evaluate("ASYMMETRY_SCORE", us, np.array([1.0, 1.0, 1.0]))
    assert np.array_equal(us, before, equal_nan=True)
