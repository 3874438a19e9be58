"""The model of one country, from compute to value; the US and China have the same lines."""

from __future__ import annotations

from workbooks.country_inputs import profit_in_words
from workbooks.dsl.declarations import Block, Input, Row, assumed

# What both countries share: measures of the model, not of a country.
SHARED: list[Input] = [
    assumed("flop_rule", "FLOP of a training step, per parameter and token", "FLOP", 6, 6, 6, 0, "The usual count: two forward, four backward", 1),
    assumed("big_model", "Size of the multi-trillion model", "billion parameters", 2000, 3000, 5000, 0, "What the article calls multi-trillion", 1),
    assumed("target_years", "Years within which a user must break even", "years", 2, 3, 5, 0, "The patience of a sponsor", 0.5, 50),
    assumed("value_years", "Years for which a user is valued", "years", 4, 5, 7, 0, "Beyond them little is left of a cohort", 1, 50),
    assumed("after_months", "Months after the launch looked at", "months", 12, 12, 12, 0, "A year on", 0, 120),
]  # fmt: skip

COMPUTE: list[Block] = [
    Row("capex", "Capital cost per accelerator", "USD", "={system_price}/{system_accelerators}", "System price over its accelerators"),
    Row("power_kw", "Power per accelerator", "kW per accelerator", "={system_power}/{system_accelerators}"),
    Row("gpu_hour", "Cost of an accelerator-hour", "USD per accelerator-hour", "=GPU_HOUR_COST({capex},{life},{power_kw},{pue},{power_price},{capital_rate},,{opex_share},{load_factor},{availability})", "At cost: capital, operation, electricity"),
    Row("pflop_hour", "Cost of a PFLOP/s-hour put to use", "USD", "=1000*{gpu_hour}/({tflops}*{mfu})", "What training pays for arithmetic"),
    Row("flop_second", "Compute of the cluster put to use", "FLOP", "=UNIT_CONVERT({training_chips}*{tflops}*{mfu},\"TFLOP/s\",\"FLOP/s\")", "In a second"),
    Row("training_flop", "Compute of the training run", "FLOP", "={flop_second}*UNIT_CONVERT({training_days},\"day\",\"s\")*{algorithmic_gain}", "Chips x peak x utilisation x time x gain"),
    Row("ceiling", "Largest model of the run", "billion parameters", "=TRAINING_CEILING({training_chips},{tflops},{mfu},{training_days},{tokens_per_param},{sparsity},{algorithmic_gain})", "At the fixed ratio of tokens"),
    Row("optimal_params", "Compute-optimal model", "billion parameters", "=CHINCHILLA_PARAMS({training_flop})", "By the refitted scaling law"),
    Row("optimal_tokens", "Training tokens of the compute-optimal model", "trillion tokens", "={training_flop}/({flop_rule}*{optimal_params}*1000000*1000)/(1000000*1000000)"),
    Row("optimal_loss", "Predicted loss at the optimum", "nats per token", "=CHINCHILLA_LOSS({optimal_params},{optimal_tokens})", "Two digits of a difference mean something"),
    Row("chips_big", "Chips for the dense multi-trillion model", "accelerators", "=TRAINING_CHIPS_REQUIRED({big_model},{tflops},{mfu},{training_days},{tokens_per_param},1,{algorithmic_gain})"),
    Row("annuity", "Yearly cost of the capital, again", "USD", "=-PMT({capital_rate},{life},{capex})+{opex_share}*{capex}", "By PMT"),
    Row("gpu_hour_again", "Cost of an accelerator-hour, again", "USD per accelerator-hour", "=({annuity}/(24*365.25)+{load_factor}*{power_kw}*{pue}*{power_price})/{availability}"),
    Row("chips_again", "Chips for the largest model, again", "accelerators", "=TRAINING_CHIPS_REQUIRED({ceiling},{tflops},{mfu},{training_days},{tokens_per_param},{sparsity},{algorithmic_gain})", "The inverse of the ceiling"),
]  # fmt: skip

DISTRIBUTION: list[Block] = [
    Row("funnel", "Daily users that the rails can bring", "users", "=FUNNEL_USERS({reach},{exposed}*{activated}*{installed}*{daily})", "Reach through every step"),
    Row("users_peak", "Daily users on the day of the launch", "users", "={users_before}+{users_added}"),
    Row("loop_days", "Days for one training cycle of data", "days", "=FEEDBACK_LOOP_DAYS({samples},{users_peak},{events},{usable},{latency})", "After the launch"),
    Row("users_12m", "Daily users a year after the launch", "users", "=USERS_SHOCK({users_before},{users_peak},{keep_share},{halflife},0,{after_months})", "Part of the added users stays"),
    Row("kept_share", "Share of the peak still there", "share", "={users_12m}/{users_peak}", "Adoption is not yet a base"),
    Row("funnel_again", "Daily users of the rails, again", "users", "={reach}*{exposed}*{activated}*{installed}*{daily}"),
    Row("stay", "Share of the added users left", "share", "={keep_share}+(1-{keep_share})*EXP(-LN(1+1)*{after_months}/{halflife})", "Half of the others go in each half-life"),
    Row("users_again", "Daily users a year after, again", "users", "={users_before}+{users_added}*{stay}"),
]  # fmt: skip

MONETISATION: list[Block] = [
    Row("price_in", "Prompt tokens at the peak it is built for", "USD per Mtok", "={cost_in}/{utilisation}", "Cost over mean-to-peak load"),
    Row("price_out", "Answer tokens at the peak it is built for", "USD per Mtok", "={cost_out}/{utilisation}"),
    Row("queries", "Queries of a daily user in a month", "count", "={queries_per_day}*365.25/12"),
    Row("inference", "Inference cost of a daily user", "USD per user-month", "=INFERENCE_COST_IO({queries},{tokens_in},{tokens_out},{price_in},{price_out},{cache_hit})", "A month; the identity, split by token kind"),
    Row("blended", "Blended cost of a token", "USD per Mtok", "=BLENDED_TOKEN_PRICE({tokens_in},{tokens_out},{price_in},{price_out},{cache_hit})", "Over all tokens"),
    Row("arpu", "Gross revenue of a daily user", "USD per user-month", "=BLENDED_ARPU({ad_arpu},{sub_conversion},{sub_price},{platform_fee})", "Advertising and subscriptions"),
    Row("net_arpu", "Net revenue of a daily user", "USD per user-month", "={arpu}-{other_variable}"),
    Row("margin", "Contribution margin", "share", "=CONTRIBUTION_MARGIN({arpu},{inference},{other_variable})", "After inference"),
    Row("cost_ratio", "Inference cost over net revenue", "ratio", "={inference}/{net_arpu}", "Above 1 every user loses money"),
    Row("status", "Profit of a user", "text", "=IFERROR(BREAKEVEN_STATUS({cost_ratio},{floor_share},{decline},{usage_growth},{arpu_growth}),\"NEVER\")", "Over 100 years"),
    Row("required", "Cost decline needed to break even in time", "per year", "=IFERROR(REQUIRED_DECLINE({cost_ratio},{target_years},{floor_share},{usage_growth},{arpu_growth}),\"never\")", "To a margin of 0"),
    Row("bill_growth", "Growth of the bill, users constant", "per year", "=BILL_GROWTH(0,{usage_growth},{decline},{floor_share})", "Above 0 the bill grows"),
    Row("user_revenue", "Net revenue of a user in a year", "USD per user-year", "=MAX(0,12*{net_arpu})", "0 where other cost takes it all"),
    Row("user_cost", "Inference of a user in a year", "USD per user-year", "=12*{inference}"),
    Row("cohort", "Value of a user won today", "USD per user", "=COHORT_VALUE({user_revenue},{user_cost},{hazard},{user_discount},{floor_share},{decline},{usage_growth},{arpu_growth},{value_years})", "Before the cost to win them"),
    Row("mix_margin", "Gross margin of software and services", "share", "=SERVICES_MIX_MARGIN({software_share},{software_margin},{services_margin})", "Drift towards consultancy"),
    Row("inference_again", "Inference cost of a user, again", "USD per user-month", "=INFERENCE_COST({queries},{tokens_in}+{tokens_out},{blended},0,1000000)", "The article's identity"),
    Row("arpu_again", "Gross revenue of a user, again", "USD per user-month", "={ad_arpu}+{sub_conversion}*{sub_price}*(1-{platform_fee})"),
    Row("margin_again", "Contribution margin, again", "share", "=1-({inference}+{other_variable})/{arpu}"),
    Row("mix_again", "Gross margin of the mix, again", "share", "={software_share}*{software_margin}+(1-{software_share})*{services_margin}"),
]  # fmt: skip

UNIT: list[Block] = [
    Row("ltv", "Lifetime value of a paying account", "USD per customer", "=LTV({arpa},{unit_margin},{churn},{unit_discount})", "Monthly rates"),
    Row("cac", "Cost to acquire one", "USD per customer", "=PAID_CAC(0,{new_payers},{marketing},{organic_share})", "Of those who would not have come anyway"),
    Row("ltv_cac", "LTV / CAC", "x", "=LTV_CAC({arpa},{unit_margin},{churn},{cac},{unit_discount})", "3 is the usual bar"),
    Row("ltv_again", "Lifetime value, again", "USD per customer", "={arpa}*{unit_margin}*(1+{unit_discount})/({churn}+{unit_discount})"),
    Row("ratio_again", "LTV / CAC, again", "x", "={ltv}/{cac}"),
]  # fmt: skip

_CASE = "{years_high},{years_fade},{terminal_growth},{gm_start},{gm_end},{opex_start},{opex_end},{tax_rate},{sales_to_capital},{wacc}"

VALUATION: list[Block] = [
    Row("wacc", "Cost of capital", "per year", "=WACC_BUILDUP(1,{risk_free},{beta},{equity_premium},{country_risk},1,{illiquidity})", "In US dollars, all equity"),
    Row("justified", "Multiple that the cash flows justify", "x", f"=JUSTIFIED_MULTIPLE({{growth}},{_CASE})", "Of run-rate revenue"),
    Row("implied", "Growth that the market multiple assumes", "per year", f"=IFERROR(IMPLIED_GROWTH({{observed_multiple}},{_CASE}),\"none\")", "For the years of the first stage"),
    Row("decoupled", "Decoupling index", "log ratio", "=IFERROR(DECOUPLING_INDEX({observed_multiple},{justified}),\"none\")", "ln of market over justified; none below 0"),
    Row("explained", "Share of the price that cash flows explain", "share", "={justified}/{observed_multiple}", "Below 0 where they are negative"),
    Row("unexplained", "Share of the price without cash flows", "share", "=UNEXPLAINED_SHARE({observed_multiple},{justified})"),
    Row("wacc_again", "Cost of capital, again", "per year", "={risk_free}+{beta}*{equity_premium}+{country_risk}+{illiquidity}"),
    Row("multiple_again", "Multiple at the implied growth", "x", f"=IFERROR(JUSTIFIED_MULTIPLE({{implied}},{_CASE}),{{observed_multiple}})", "The market multiple, where there is a root"),
    Row("unexplained_again", "Share without cash flows, again", "share", "=1-{explained}"),
]  # fmt: skip

SECTIONS: list[tuple[str, list[Block]]] = [
    ("Compute", COMPUTE),
    ("Distribution", DISTRIBUTION),
    ("Monetisation", MONETISATION),
    ("Unit economics", UNIT),
    ("Valuation", VALUATION),
    ("Profit", [Row("profit", "Profit of a user, in words", "text", profit_in_words("status"))]),
]

# Results and the same again by another way; the tolerance where it is not 1e-9.
TWINS: list[tuple[str, str, str, float]] = [
    ("Accelerator-hour by PMT", "gpu_hour", "gpu_hour_again", 1e-9),
    ("Ceiling and chips are inverses", "chips_again", "training_chips", 1e-9),
    ("Funnel by hand", "funnel", "funnel_again", 1e-9),
    ("Users after the launch, by half-life", "users_12m", "users_again", 1e-9),
    ("Cost identity of the article at the blended price", "inference", "inference_again", 1e-9),
    ("Gross revenue of a user, by hand", "arpu", "arpu_again", 1e-9),
    ("Contribution margin, by hand", "margin", "margin_again", 1e-9),
    ("Margin of the mix, by hand", "mix_margin", "mix_again", 1e-9),
    ("Lifetime value, by hand", "ltv", "ltv_again", 1e-9),
    ("LTV / CAC is LTV over CAC", "ltv_cac", "ratio_again", 1e-9),
    ("Cost of capital, by hand", "wacc", "wacc_again", 1e-9),
    ("The implied growth gives the market multiple", "multiple_again", "observed_multiple", 1e-6),
    ("Share without cash flows, by hand", "unexplained", "unexplained_again", 1e-9),
]
