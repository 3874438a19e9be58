"""The claims of the article that the comparison tests, and the checks that it holds itself to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """A claim in our words, what measures it, and on which side of the threshold it holds.

    `low` and `high` are the measure at the ends of what is uncertain; where they fall on both sides of the
    threshold the verdict is that it depends.
    """

    id: str
    says: str
    measure: str
    unit: str
    base: str
    threshold: float
    flips: str
    above: bool = True
    low: str = ""
    high: str = ""


_PREMIUM = "HARDWARE_PREMIUM({{cn_gpu_hour}},{{cn_tflops}},{cn},{{us_gpu_hour}},{{us_tflops}},{us},{gain})"

CLAIMS = [
    Claim("C02", "Chinese companies dominate consumer AI in everyday use", "Score of the distribution vector", "-100 to 100", "{distribution}", 0, "The activation rate and the speed of launches, both assumptions for the US", False),
    Claim("C03", "That footprint has come away from valuations that last", "Decoupling index of the Chinese case", "log ratio", "{cn_decoupled}", 0, "Growth of 136 % a year for five years"),
    Claim("C08", "Three vectors with different leaders describe the position", "Polarity of the score", "0 to 1", "{polarity}", 0.5, "One side leading on every vector"),
    Claim("C08b", "The US leads over all", "Score, with its 90 % interval", "-100 to 100", "{score}", 0, "A weight of distribution above the share on Comparison", True, "{low}", "{high}"),
    Claim("C09", "The US commands the compute that matters", "Score of the infrastructure vector", "-100 to 100", "{infrastructure}", 0, "Grid power counted above chips"),
    Claim("C10", "Chinese companies have a higher floor under their costs", "Serving cost of answers, China over US", "ratio", "{cn_cost_out}/{us_cost_out}", 1, "US cost is derived from the premium on bandwidth"),
    Claim("C11", "Chinese hardware costs more for the same work", "Premium by workload: memory, answers, training", "share", "{premium_bandwidth}", 0, "Whether the work takes capacity, bandwidth or arithmetic", True, "{premium_memory}", "{premium_flop}"),
    Claim("C12", "Chinese chips are below the frontier", "Dense BF16, China over US", "ratio", "{cn_tflops}/{us_tflops}", 1, "A Chinese chip at 2,500 TFLOP/s", False),
    Claim("C13", "Better algorithms made up for it", "Premium on arithmetic left after a gain of 1, 1.5 and 2.32 times", "share", _PREMIUM.format(cn="{cn_mfu}", us="{us_mfu}", gain="1.5"), 0, "A gain of 2.32 times closes the gap", False, _PREMIUM.format(cn="{cn_mfu}", us="{us_mfu}", gain="2.5"), _PREMIUM.format(cn="{cn_mfu}", us="{us_mfu}", gain="1")),
    Claim("C14", "A hard ceiling keeps China from multi-trillion models", "Largest model, dense and at 18 times sparsity", "billion parameters", "{cn_ceiling}", 2000, "Sparsity: total parameters are not active ones", False, "{cn_ceiling}", "18*{cn_ceiling}"),
    Claim("C16", "Super-apps bring users without friction", "Users of the rails, China over US", "ratio", "{cn_funnel}/{us_funnel}", 1, "A US host with the same reach and no download"),
    Claim("C18", "Density of use makes a faster loop of data", "Days of a cycle, US over China", "ratio", "{us_loop_days}/{cn_loop_days}", 1, "Equal usable shares and latency"),
    Claim("C20", "Chinese AI margins are compressed", "Contribution margin, US less China", "share", "{us_margin}-{cn_margin}", 0, "Advertising at parity per minute"),
    Claim("C21", "Willingness to pay is lower in China", "Gross revenue of a user, US over China", "ratio", "{us_arpu}/{cn_arpu}", 1, "A paid conversion of 5 % in China"),
    Claim("C22", "Western software earns gross margins of 70 to 80 %", "Input, against AI companies near 40 %", "share", "{us_software_margin}", 0.7, "AI companies report 40 to 50 %", True, "{us_gm_start}", "{us_software_margin}"),
    Claim("C23", "Services pull Chinese software margins down", "Gross margin of the mix, US less China", "share", "{us_mix_margin}-{cn_mix_margin}", 0, "Zhipu earned more on deployments than on its cloud"),
    Claim("C26", "Unlike Web2, serving has a lasting marginal cost", "Inference cost of a user-month", "USD/user-month", "{cn_inference}", 0.002, "A fall of the token cost by 96 %"),
    Claim("C28", "50 million users overnight bring a large bill", "Inference of the added users, USD m a month", "USD m", "{cn_inference}*{cn_users_added}/1000000", 10, "Tokens of a query: chat is cheap, agents are not", True, "{cn_inference}*{cn_users_added}/1000000", "{agentic_cost}*{cn_users_added}/1000000"),
    Claim("C29", "Ads and discounts turn scale into destroyed capital", "Value of the launch, USD m", "USD m", "{launch_value}/1000000", 0, "Users kept, and what the promotion costs", False),
    Claim("C30", "Valuations stand above 100 times run-rate revenue", "Companies on Decoupling above 100x", "count", "{above_100}", 0, "Newer revenue: the leaders grew into their price"),
    Claim("C31", "Costs must fall faster than use grows", "Growth of the bill, users constant", "per year", "{cn_bill_growth}", 0, "A decline above one third a year at 50 % more use", False),
    Claim("C32", "Physics limits the fall of cost", "Electricity floor over the cost of answers", "share", "ENERGY_FLOOR(74000000000,4700000000000000,350587008,4,{cn_power_price})/{cn_cost_out}", 0.05, "The floor is capital and idle time, not energy"),
    Claim("C39", "Churn erodes lifetime value against acquisition cost", "LTV / CAC of the Chinese case", "x", "{cn_ltv_cac}", 3, "Churn of 4 % a month", False),
]  # fmt: skip

CHECKS: list[tuple[str, str, str, float]] = [
    ("Cost identity of the article at the blended price", "INFERENCE_COST({cn_queries_per_day}*365.25/12,{cn_tokens_in}+{cn_tokens_out},{cn_blended},0,1000000)", "{cn_inference}", 1e-9),
    ("Accelerator-hour, US, by PMT", "{us_gpu_hour}", "((-PMT({us_capital_rate},{us_life},{us_capex})+{us_opex_share}*{us_capex})/8766+{us_load_factor}*{us_power_kw}*{us_pue}*{us_power_price})/{us_availability}", 1e-9),
    ("Accelerator-hour, China, by PMT", "{cn_gpu_hour}", "((-PMT({cn_capital_rate},{cn_life},{cn_capex})+{cn_opex_share}*{cn_capex})/8766+{cn_load_factor}*{cn_power_kw}*{cn_pue}*{cn_power_price})/{cn_availability}", 1e-9),
    ("Ceiling and chips are inverses", "TRAINING_CHIPS_REQUIRED({us_ceiling},{us_tflops},{us_mfu},{us_training_days},{us_tokens_per_param},{us_sparsity},{us_algorithmic_gain})", "{us_training_chips}", 1e-9),
    ("The funnel by its function", "FUNNEL_USERS({cn_reach},{cn_exposed}*{cn_activated}*{cn_installed}*{cn_daily})", "{cn_funnel}", 1e-9),
    ("Gross revenue of a user, by hand", "{us_arpu}", "{us_ad_arpu}+{us_sub_conversion}*{us_sub_price}*(1-{us_platform_fee})", 1e-9),
    ("Margin and cost ratio agree", "1-{us_margin}", "({us_inference}+{us_other_variable})/{us_arpu}", 1e-9),
    ("Lifetime value, by hand", "{us_ltv}", "{us_arpa}*{us_unit_margin}*(1+{us_unit_discount})/({us_churn}+{us_unit_discount})", 1e-9),
    ("LTV / CAC is LTV over CAC", "{cn_ltv_cac}", "{cn_ltv}/{cn_cac}", 1e-9),
    ("Cost of capital, by hand", "{cn_wacc}", "{cn_risk_free}+{cn_beta}*{cn_equity_premium}+{cn_country_risk}+{cn_illiquidity}", 1e-9),
    ("At the implied growth the model gives the market multiple, US", "JUSTIFIED_MULTIPLE({us_implied},{us_years_high},{us_years_fade},{us_terminal_growth},{us_gm_start},{us_gm_end},{us_opex_start},{us_opex_end},{us_tax_rate},{us_sales_to_capital},{us_wacc})", "{us_observed_multiple}", 1e-6),
    ("At the implied growth the model gives the market multiple, China", "JUSTIFIED_MULTIPLE({cn_implied},{cn_years_high},{cn_years_fade},{cn_terminal_growth},{cn_gm_start},{cn_gm_end},{cn_opex_start},{cn_opex_end},{cn_tax_rate},{cn_sales_to_capital},{cn_wacc})", "{cn_observed_multiple}", 1e-6),
    ("Score from the log gaps of the vectors", "{score}", "100*TANH({mean_gap}/2)", 1e-9),
    ("Contributions add up to the log gap", "{sum_contributions}", "{mean_gap}", 1e-9),
    ("Scores of the two countries swapped cancel", "{score}", "-{swapped}", 1e-9),
    ("The sweep is steady: more weight of distribution, less US lead", "IF({sweep_first}>={sweep_last},1,0)", "1", 0),
    ("Capital destroyed is the loss of present value", "{destroyed}", "MAX(0,-{npv})", 1e-9),
    ("An exchange rate and its inverse", 'FX_RATE("USD","CNY")*FX_RATE("CNY","USD")', "1", 1e-12),
]  # fmt: skip
