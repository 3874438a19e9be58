"""The model of one country: what each section takes from Inputs, and what it makes of it.

A line is (key, label, unit, formula in {keys}, what it tells). Both countries have the same lines.
"""

from __future__ import annotations

Line = tuple[str, str, str, str, str]

COMPUTE: list[Line] = [
    (
        "capex",
        "Capital cost per accelerator",
        "USD",
        "={system_price}/{system_accelerators}",
        "System price over its accelerators",
    ),
    (
        "power_kw",
        "Power per accelerator",
        "kW per accelerator",
        "={system_power}/{system_accelerators}",
        "System power over its accelerators",
    ),
    (
        "gpu_hour",
        "Cost of an accelerator-hour",
        "USD per accelerator-hour",
        "=GPU_HOUR_COST({capex},{life},{power_kw},{pue},{power_price},{capital_rate},,{opex_share},{load_factor},{availability})",
        "At cost: capital, operation and electricity",
    ),
    (
        "pflop_hour",
        "Cost of a PFLOP/s-hour put to use",
        "USD",
        "={gpu_hour}/({tflops}*{mfu}/1000)",
        "What training pays for arithmetic",
    ),
    (
        "training_flop",
        "Compute of the training run",
        "FLOP",
        "={training_chips}*{tflops}*1000000*1000000*{mfu}*{training_days}*24*60*60*{algorithmic_gain}",
        "Chips x peak x utilisation x time",
    ),
    (
        "ceiling",
        "Largest model of the run",
        "billion parameters",
        "=TRAINING_CEILING({training_chips},{tflops},{mfu},{training_days},{tokens_per_param},{sparsity},{algorithmic_gain})",
        "At the fixed ratio of tokens",
    ),
    (
        "optimal_params",
        "Compute-optimal model",
        "billion parameters",
        "=CHINCHILLA_PARAMS({training_flop})",
        "By the refitted scaling law",
    ),
    (
        "optimal_loss",
        "Predicted loss at the optimum",
        "nats per token",
        "=CHINCHILLA_LOSS({optimal_params},{training_flop}/6/{optimal_params}/1000000/1000/1000000/1000000)",
        "Two digits of a difference mean something",
    ),
    (
        "chips_3t",
        "Chips for a dense model of 3,000 billion",
        "accelerators",
        "=TRAINING_CHIPS_REQUIRED(3*1000,{tflops},{mfu},{training_days},{tokens_per_param},1,{algorithmic_gain})",
        "The multi-trillion run of the article",
    ),
]

DISTRIBUTION: list[Line] = [
    (
        "funnel",
        "Daily users that the rails can bring",
        "users",
        "={reach}*{exposed}*{activated}*{installed}*{daily}",
        "Reach through every step; FUNNEL_USERS in the checks",
    ),
    (
        "loop_days",
        "Days for one training cycle of data",
        "days",
        "=FEEDBACK_LOOP_DAYS({samples},{users_before}+{users_added},{events},{usable},{latency})",
        "After the launch",
    ),
    (
        "users_12m",
        "Daily users twelve months after the launch",
        "users",
        "=USERS_SHOCK({users_before},{users_before}+{users_added},{keep_share},{halflife},0,12)",
        "Part of the added users stays",
    ),
    (
        "kept_share",
        "Share of the peak still there",
        "share",
        "={users_12m}/({users_before}+{users_added})",
        "Adoption is not yet a base",
    ),
]

MONETISATION: list[Line] = [
    (
        "price_in",
        "Prompt tokens at the peak it is built for",
        "USD/Mtok",
        "={cost_in}/{utilisation}",
        "Cost over mean-to-peak load",
    ),
    ("price_out", "Answer tokens at the peak it is built for", "USD/Mtok", "={cost_out}/{utilisation}", "As above"),
    (
        "inference",
        "Inference cost of a daily user",
        "USD/user-month",
        "=INFERENCE_COST_IO({queries_per_day}*365.25/12,{tokens_in},{tokens_out},{price_in},{price_out},{cache_hit})",
        "The article's identity, split by token kind",
    ),
    (
        "blended",
        "Blended cost of a token",
        "USD/Mtok",
        "=BLENDED_TOKEN_PRICE({tokens_in},{tokens_out},{price_in},{price_out},{cache_hit})",
        "Over all tokens",
    ),
    (
        "arpu",
        "Gross revenue of a daily user",
        "USD/user-month",
        "=BLENDED_ARPU({ad_arpu},{sub_conversion},{sub_price},{platform_fee})",
        "Advertising and subscriptions",
    ),
    ("net_arpu", "Net of other variable cost", "USD/user-month", "={arpu}-{other_variable}", ""),
    (
        "margin",
        "Contribution margin",
        "share",
        "=CONTRIBUTION_MARGIN({arpu},{inference},{other_variable})",
        "After inference",
    ),
    (
        "cost_ratio",
        "Inference cost over net revenue",
        "ratio",
        "=IF({net_arpu}>0,{inference}/{net_arpu},NA())",
        "Above 1 every user loses money",
    ),
    (
        "status",
        "Profit of a user",
        "text",
        '=IF({net_arpu}>0,BREAKEVEN_STATUS({cost_ratio},{floor_share},{decline},{usage_growth},{arpu_growth}),"NEVER")',
        "Over 100 years",
    ),
    (
        "required",
        "Decline of cost needed within 3 years",
        "per year",
        "=IFERROR(REQUIRED_DECLINE({cost_ratio},3,{floor_share},{usage_growth},{arpu_growth}),NA())",
        "To reach a margin of 0",
    ),
    (
        "bill_growth",
        "Growth of the inference bill, users constant",
        "per year",
        "=BILL_GROWTH(0,{usage_growth},{decline},{floor_share})",
        "Above 0 the bill grows",
    ),
    (
        "cohort",
        "Value of a user won today",
        "USD per user",
        "=IFERROR(COHORT_VALUE(12*{net_arpu},12*{inference},{hazard},{user_discount},{floor_share},{decline},{usage_growth},{arpu_growth},5),NA())",
        "Over five years, before the cost to win them",
    ),
    (
        "mix_margin",
        "Gross margin of software and services",
        "share",
        "=SERVICES_MIX_MARGIN({software_share},{software_margin},{services_margin})",
        "Drift towards consultancy",
    ),
]

UNIT: list[Line] = [
    (
        "ltv",
        "Lifetime value of a paying account",
        "USD per customer",
        "=LTV({arpa},{unit_margin},{churn},{unit_discount})",
        "Monthly rates",
    ),
    (
        "cac",
        "Cost to acquire one",
        "USD per customer",
        "=PAID_CAC(0,{new_payers},{marketing},{organic_share})",
        "Of those who would not have come anyway",
    ),
    ("ltv_cac", "LTV / CAC", "x", "=LTV_CAC({arpa},{unit_margin},{churn},{cac},{unit_discount})", "3 is the usual bar"),
]

VALUATION: list[Line] = [
    (
        "wacc",
        "Cost of capital",
        "per year",
        "=WACC_BUILDUP(1,{risk_free},{beta},{equity_premium},{country_risk},1,{illiquidity})",
        "In US dollars, all equity",
    ),
    (
        "justified",
        "Multiple that the cash flows justify",
        "x",
        "=JUSTIFIED_MULTIPLE({growth},{years_high},{years_fade},{terminal_growth},{gm_start},{gm_end},{opex_start},{opex_end},{tax_rate},{sales_to_capital},{wacc})",
        "Of run-rate revenue",
    ),
    (
        "implied",
        "Growth that the market multiple assumes",
        "per year",
        "=IFERROR(IMPLIED_GROWTH({observed_multiple},{years_high},{years_fade},{terminal_growth},{gm_start},{gm_end},{opex_start},{opex_end},{tax_rate},{sales_to_capital},{wacc}),NA())",
        "For the years of the first stage",
    ),
    (
        "decoupled",
        "Decoupling index",
        "log ratio",
        "=IFERROR(DECOUPLING_INDEX({observed_multiple},{justified}),NA())",
        "ln of market over justified multiple; #N/A where cash flows justify nothing",
    ),
    (
        "unexplained",
        "Share of the price without cash flows behind it",
        "share",
        "=1-{justified}/{observed_multiple}",
        "Above 1 where they are negative",
    ),
]

SECTIONS: list[tuple[str, list[Line]]] = [
    ("Compute", COMPUTE),
    ("Distribution", DISTRIBUTION),
    ("Monetisation", MONETISATION),
    ("Unit economics", UNIT),
    ("Valuation", VALUATION),
]

# The side on which an input is good for the value of AI: 1 its high, -1 its low, 0 it stays.
SIDES = {
    "system_price": -1, "system_power": -1, "tflops": 1, "bandwidth": 1, "power_price": -1, "pue": -1, "life": 1,
    "capital_rate": -1, "opex_share": -1, "load_factor": -1, "availability": 1, "mfu": 1, "algorithmic_gain": 1,
    "training_days": 1, "reach": 1, "exposed": 1, "activated": 1, "installed": 1, "daily": 1, "events": 1,
    "usable": 1, "latency": -1, "keep_share": 1, "halflife": 1, "tokens_out": -1, "cache_hit": 1, "cost_in": -1,
    "cost_out": -1, "utilisation": 1, "decline": 1, "floor_share": -1, "usage_growth": -1, "arpu_growth": 1,
    "ad_arpu": 1, "sub_price": 1, "sub_conversion": 1, "platform_fee": -1, "other_variable": -1, "fixed_cost": -1,
    "promotion": -1, "software_margin": 1, "services_margin": 1, "software_share": 1, "arpa": 1, "unit_margin": 1,
    "churn": -1, "hazard": -1, "user_discount": -1, "unit_discount": -1, "marketing": -1, "new_payers": 1, "organic_share": -1, "observed_multiple": -1,
    "growth": 1, "terminal_growth": 1, "gm_start": 1, "gm_end": 1, "opex_start": -1, "opex_end": -1,
    "tax_rate": -1, "sales_to_capital": 1, "risk_free": -1, "beta": -1, "equity_premium": -1, "country_risk": -1,
    "illiquidity": -1,
}  # fmt: skip
