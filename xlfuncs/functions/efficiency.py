"""Efficiency: cost per completed task when attempts fail, and break-even of small models."""

from __future__ import annotations

import math

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    AttemptCost,
    FailureCost,
    FallbackCost,
    FrontierCost,
    MaxAttempts,
    MonthlyFixed,
    RunCostDecline,
    SmallCost,
    SuccessRate,
    TasksPerMonth,
    TuningCost,
    TuningMonths,
    UsdPerTask,
    VerifyCost,
)
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.errors import DIV0
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import annuity, geometric_sum, log1p, where

CATEGORY = "Efficiency"


@sheet_function(
    formula="IF(max_attempts > 0, IF(success_rate > 0, (1 - (1 - success_rate) ^ max_attempts) / success_rate, "
    "max_attempts) * (attempt_cost + verify_cost + (1 - success_rate) * failure_cost) + (1 - success_rate) ^ "
    "max_attempts * fallback_cost, (attempt_cost + verify_cost + (1 - success_rate) * failure_cost) / success_rate)",
    source=by.ARTICLE,
    constraints=[
        Constraint(
            lambda max_attempts, success_rate: (max_attempts > 0) | (success_rate > 0),
            "success_rate is 0, so the attempts never end; set max_attempts above 0.",
            DIV0,
        )
    ],
)
def cost_per_success(
    attempt_cost: AttemptCost,
    success_rate: SuccessRate,
    verify_cost: VerifyCost = 0,
    failure_cost: FailureCost = 0,
    max_attempts: MaxAttempts = 0,
    fallback_cost: FallbackCost = 0,
) -> UsdPerTask:
    """Cost per completed task, when failed attempts are retried until success or a fallback.

    The cost of errors often exceeds the price of the tokens.

    Not for: Hard tasks that fail in the same way each time. Attempts are treated as independent, so the cost is too
    low; set max_attempts.

    >>> cost_per_success(0.5, 0.5, 0.25, 0.5)
    2.0
    """
    attempt = attempt_cost + verify_cost + (1 - success_rate) * failure_cost
    failed = 1 - success_rate

    def limited() -> float:
        return geometric_sum(success_rate, max_attempts) * attempt + failed**max_attempts * fallback_cost

    return where(max_attempts > 0, limited, lambda: attempt / success_rate)


@sheet_function(formula="small_cost + verify_cost + (1 - small_success) * frontier_cost", source=by.ARTICLE)
def cascade_cost(
    small_cost: AttemptCost, small_success: SuccessRate, verify_cost: VerifyCost, frontier_cost: FrontierCost
) -> UsdPerTask:
    """Cost per task when a small model tries first and a frontier model handles the failures.

    The cascade is cheaper than the frontier model alone if small_success exceeds (small_cost + verify_cost) /
    frontier_cost.

    Not for: Verification that lets errors pass. Every failure of the small model counts as detected, and a wrong
    answer costs nothing; use COST_PER_SUCCESS.

    >>> cascade_cost(0.25, 0.75, 0.25, 2)
    1.0
    """
    return small_cost + verify_cost + (1 - small_success) * frontier_cost


@sheet_function(
    source=by.ARTICLE,
    no_answer_message="The small model saves nothing per task on average over the months, so no volume breaks even.",
)
def finetune_breakeven(
    fixed_cost: TuningCost,
    frontier_cost: FrontierCost,
    small_cost: SmallCost,
    monthly_fixed: MonthlyFixed = 0,
    months: TuningMonths = 12,
    frontier_decline: RunCostDecline = 0,
) -> TasksPerMonth:
    """Break-even tasks per month, above which a fine-tuned model pays off while the frontier price keeps falling.

    Not for: Volumes that grow slowly. Tasks are spread evenly over the months, but with frontier_decline the early
    tasks save most, so more tasks are needed.

    >>> finetune_breakeven(1200, 3, 1, 0, 12)
    50.0
    """
    years = months / 12
    saving = frontier_cost * annuity(-log1p(-frontier_decline), years) / years - small_cost
    total = fixed_cost + monthly_fixed * months
    return where(saving <= 0, lambda: math.nan, lambda: total / (months * saving))
