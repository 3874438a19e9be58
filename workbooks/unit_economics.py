"""Whether a customer is worth its cost: a user, a paying account, a cohort and the company, US and China."""

from __future__ import annotations

from workbooks.country_inputs import COUNTRIES, calcs, of_both
from workbooks.dsl.charts import tornado
from workbooks.dsl.declarations import (
    Block,
    Calc,
    Chart,
    Check,
    Claim,
    Curve,
    Input,
    Output,
    Row,
    Sensitivity,
    Template,
    Timeline,
    assumed,
    fact,
)
from xlfuncs.core.wording import count_text

TITLE = "Unit economics"
PURPOSE = (
    "Whether a customer is worth its cost: lifetime value against acquisition, cohorts, mix and burn, US and China"
)
ARTICLE = "The article; measured on the inputs of this workbook"

GUIDE = [
    (
        "Reading it",
        [
            "Start with Outputs. Calc_US and Calc_China have the same rows: a user, a paying account, a cohort, the mix.",
            "Calc_Cohort follows one cohort of each country month by month, at constant churn and with mixed loyalty.",
            "Calc_Company sets the growth, margin and burn of named companies against the usual benchmarks.",
        ],
    ),
]

ACCOUNT = ["arpa", "unit_margin", "churn", "unit_discount", "marketing", "new_payers", "organic_share"]
USER = ["ad_arpu", "sub_price", "sub_conversion", "platform_fee"]
MIX = ["software_share", "software_margin", "services_margin"]

# Shares of a cohort of paid plans alive after 1 to 7 months, first-time buyers and loyal ones mixed.
SURVIVAL = {"us": (0.80, 0.68, 0.60, 0.54, 0.49, 0.455, 0.425), "cn": (0.66, 0.50, 0.41, 0.35, 0.305, 0.275, 0.25)}


def _cohort(side: str, country: str) -> list[Input]:
    reason = "Shaped to paid AI plans, of which surveys see a fifth left after twelve months"
    return [
        assumed(f"{side}_alive_{month}", f"Accounts left after {count_text(month, 'month')}, {country}", "share", share * 0.95, share, share + 0.02, 1, reason, 0.001, 0.999)
        for month, share in enumerate(SURVIVAL[side], 1)
    ]  # fmt: skip


def _willing(side: str, price_ratio: float) -> list[Input]:
    return [
        assumed(f"{side}_wtp_median", "Willingness to pay, median", "USD per month", 1.0 * price_ratio, 2.0 * price_ratio, 3.0 * price_ratio, 1, "Set so that the conversion at the price is near the reported one"),
        assumed(f"{side}_wtp_sigma", "Willingness to pay, spread of the logarithm", "log standard deviation", 1.2, 1.4, 1.6, 1, "A wide market: few pay much"),
        assumed(f"{side}_expansion", "Revenue added by last year's customers", "share", 0.05, 0.20, 0.40, 1, "Of their revenue; software companies report 5 to 40 %"),
        assumed(f"{side}_contraction", "Revenue lost to smaller plans", "share", 0.02, 0.04, 0.08, -1, "Of the revenue that stays"),
    ]  # fmt: skip


LINES: list[tuple[str, list[Block]]] = [
    (
        "A user",
        [
            Row("arpu", "Gross revenue of a daily user", "USD per user-month", "=BLENDED_ARPU({ad_arpu},{sub_conversion},{sub_price},{platform_fee})", "Advertising and subscriptions, net of the store"),
            Row("ad_share", "Share of that revenue from advertising", "share", "={ad_arpu}/{arpu}"),
            Row("willing", "Share willing to pay the price", "share", "=WTP_CONVERSION({sub_price},{wtp_median},{wtp_sigma})", "Lognormal willingness to pay"),
            Row("arpu_again", "Gross revenue, again", "USD per user-month", "={ad_arpu}+{sub_conversion}*{sub_price}*(1-{platform_fee})", "Check of the line above"),
        ],
    ),
    (
        "A paying account",
        [
            Row("margin", "Monthly margin of an account", "USD per month", "={arpa}*{unit_margin}"),
            Row("yearly_churn", "Annual churn", "per year", "=CHURN_CONVERT({churn},12,1)", "By compounding"),
            Row("ltv", "Lifetime value", "USD per customer", "=LTV({arpa},{unit_margin},{churn},{unit_discount})"),
            Row("cac", "Cost to acquire one", "USD per customer", "=PAID_CAC(0,{new_payers},{marketing},{organic_share})", "Of those who would not have come anyway"),
            Row("ltv_cac", "LTV / CAC", "x", "=LTV_CAC({arpa},{unit_margin},{churn},{cac},{unit_discount})", "3 is the usual bar"),
            Row("payback", "Months until the cost is paid back", "periods", "=IFERROR(CAC_PAYBACK({cac},{margin},{churn},{unit_discount}),\"never\")", "Never where the margins do not add up to it"),
            Row("churn_bar", "Churn at which LTV / CAC is 3", "per month", "=MAX(0,{margin}*(1+{unit_discount})/(({bar}*{cac}))-{unit_discount})", "Solved by hand from the closed form"),
            Row("ltv_again", "Lifetime value, again", "USD per customer", "={arpa}*{unit_margin}*(1+{unit_discount})/({churn}+{unit_discount})", "Geometric series, the first margin now"),
            Row("ratio_again", "LTV / CAC, again", "x", "={ltv}/{cac}"),
            Row("yearly_again", "Annual churn, again", "per year", "=1-(1-{churn})^12"),
        ],
    ),
    (
        "A cohort of paid plans",
        [
            Row("alpha", "Shape alpha of the loyalty of customers", "shape", "=INDEX(SBG_FIT({alive_1..alive_7}),1)", "Shifted beta-geometric, fitted by likelihood"),
            Row("beta", "Shape beta", "shape", "=INDEX(SBG_FIT({alive_1..alive_7}),1,2)"),
            Row("first_churn", "Churn of the first month", "per month", "={alpha}/({alpha}+{beta})", "Of a new customer"),
            Row("alive_12", "Accounts left after 12 months", "share", "=SBG_SURVIVAL({alpha},{beta},12)"),
            Row("alive_24", "Accounts left after 24 months", "share", "=SBG_SURVIVAL({alpha},{beta},24)"),
            Row("cohort_ltv", "Lifetime value over the mixed cohort", "USD per customer", "=SBG_LTV({margin},{alpha},{beta},{unit_discount})", "The loyal stay: above that at a constant churn"),
            Row("cohort_cac", "The same over the cost to acquire", "x", "={cohort_ltv}/{cac}"),
            Row("first_ltv", "Lifetime value at the first month's churn", "USD per customer", "=LTV({arpa},{unit_margin},{first_churn},{unit_discount})"),
            Row("understated", "What a constant churn leaves out", "ratio", "={cohort_ltv}/{first_ltv}", "Against the churn of the first month, held constant"),
            Row("alive_again", "Accounts left after 12 months, again", "share", "=EXP(GAMMALN({beta}+12)-GAMMALN({beta})+GAMMALN({alpha}+{beta})-GAMMALN({alpha}+{beta}+12))", "B(alpha, beta + 12) / B(alpha, beta)"),
        ],
    ),
    (
        "Mix and retention",
        [
            Row("mix_margin", "Gross margin of software and services", "share", "=SERVICES_MIX_MARGIN({software_share},{software_margin},{services_margin})", "Drift towards consultancy"),
            Row("drag", "Margin lost to services", "share", "={software_margin}-{mix_margin}"),
            Row("nrr", "Net revenue retention", "ratio", "=NET_REVENUE_RETENTION(1,{expansion},{contraction}*(1-{yearly_churn}),{yearly_churn})", "1 where last year's customers pay as much now"),
            Row("mix_again", "Gross margin of the mix, again", "share", "={software_share}*{software_margin}+(1-{software_share})*{services_margin}"),
            Row("nrr_again", "Net revenue retention, again", "ratio", "=1+{expansion}-{contraction}*(1-{yearly_churn})-{yearly_churn}"),
        ],
    ),
]  # fmt: skip

COHORT = Calc(
    "Calc_Cohort", "A cohort, month by month", "One account won in month 1: margins at a constant churn, and with mixed loyalty",
    [
        (
            f"{name}: one account",
            [
                Row(f"{side}_alive", "Accounts left at constant churn", "share", f"=(1-{{{side}_churn}})^({{period}}-1)"),
                Row(f"{side}_mixed", "Accounts left with mixed loyalty", "share", f"=SBG_SURVIVAL({{{side}_alpha}},{{{side}_beta}},{{period}}-1)"),
                Row(f"{side}_discount", "Value today of a dollar of the month", "ratio", f"=(1+{{{side}_unit_discount}})^(1-{{period}})"),
                Row(f"{side}_flow", "Present value of the margin at constant churn", "USD per customer", f"={{{side}_margin}}*{{{side}_alive}}*{{{side}_discount}}", total="sum"),
                Row(f"{side}_mixed_flow", "Present value of the margin with mixed loyalty", "USD per customer", f"={{{side}_margin}}*{{{side}_mixed}}*{{{side}_discount}}", total="sum"),
                Row(f"{side}_paid", "Cumulative margin less acquisition cost, constant churn", "USD per customer", f"={{{side}_paid<}}+{{{side}_flow}}", opening=f"=-{{{side}_cac}}"),
                Row(f"{side}_mixed_paid", "Cumulative margin less acquisition cost, mixed loyalty", "USD per customer", f"={{{side}_mixed_paid<}}+{{{side}_mixed_flow}}", opening=f"=-{{{side}_cac}}"),
                Row(f"{side}_horizon", "Lifetime value within the months shown", "USD per customer", f"=SBG_LTV({{{side}_margin}},{{{side}_alpha}},{{{side}_beta}},{{{side}_unit_discount}},COUNT({{period:}}))", "Mixed loyalty", constant=True),
            ],
        )
        for side, name in COUNTRIES
    ],
    over_time=True,
)  # fmt: skip

_COMPANIES = (("minimax", "MINIMAX", "MiniMax"), ("openai", "OPENAI", "OpenAI"))

COMPANY = Calc(
    "Calc_Company", "Companies against the benchmarks", "Growth bought with burn, from reported figures",
    [
        (
            name,
            [
                Row(f"{key}_growth", "Growth of revenue in a year", "per year", f"={{{key}_revenue}}/{{{key}_revenue_before}}-1"),
                Row(f"{key}_burn", "Burn multiple", "ratio", f"=BURN_MULTIPLE(-{{{key}_result}},{{{key}_revenue}}-{{{key}_revenue_before}})", "Net loss taken for the burn; below 1 is excellent, above 3 bad"),
                Row(f"{key}_margin", "Net margin", "share", f"={{{key}_result}}/{{{key}_revenue}}"),
                Row(f"{key}_rule", "Rule of 40", "share", f"=RULE_OF_40({{{key}_growth}},{{{key}_margin}})", "0.40 or more is healthy"),
                Row(f"{key}_magic", "Revenue added by a dollar spent", "ratio", f"=MAGIC_NUMBER({{{key}_revenue}}/4,{{{key}_revenue_before}}/4,{{{key}_selling}}/4)", "Magic number, at an even pace over the year"),
                Row(f"{key}_burn_again", "Burn multiple, again", "ratio", f"=-{{{key}_result}}/({{{key}_revenue}}-{{{key}_revenue_before}})"),
            ],
        )
        for key, _, name in _COMPANIES
    ],
)  # fmt: skip

COMPANY_INPUTS = [
    (
        "Company: MiniMax",
        [
            fact("MINIMAX.revenue", "minimax_revenue", "Revenue of the year", 1, "USD m", 0.05),
            assumed("minimax_revenue_before", "Revenue of the year before", "USD m", 30.52, 30.52, 30.52, 0, "Prospectus, 2024: USD 30.52m"),
            assumed("minimax_result", "Result of the year before fair-value changes", "USD m", -300, -251, -220, 1, "Adjusted net loss of 2025 in the order of USD 251m; the reported loss has non-cash items"),
            assumed("minimax_selling", "Selling and marketing of the year", "USD m", 45, 52, 60, -1, "Order of the prospectus"),
        ],
    ),
    (
        "Company: OpenAI",
        [
            fact("OPENAI.revenue", "openai_revenue", "Revenue of the year", 1, "USD m", 0.05),
            assumed("openai_revenue_before", "Revenue of the year before", "USD m", 3700, 3700, 3700, 0, "Press reports of 2024"),
            assumed("openai_result", "Cash result of the year", "USD m", -9000, -8000, -7000, 1, "Press reports of a burn near USD 8bn in 2025"),
            assumed("openai_selling", "Selling and marketing of the year", "USD m", 3000, 4000, 5000, -1, "Press reports of USD 2bn for the first half of 2025"),
        ],
    ),
]  # fmt: skip

OUTPUTS = [
    (
        name,
        [
            Output(f"{side}_ltv_cac", f"LTV / CAC, {name}", f"{side}_ltv_cac", "3 is the usual bar", True),
            Output(f"{side}_ltv", f"Lifetime value of a paying account, {name}", f"{side}_ltv"),
            Output(f"{side}_cac", f"Cost to acquire an account, {name}", f"{side}_cac"),
            Output(f"{side}_payback", f"Months until the cost is paid back, {name}", f"{side}_payback", "", True),
            Output(f"{side}_cohort_cac", f"LTV / CAC with mixed loyalty, {name}", f"{side}_cohort_cac", "LTV of the fitted cohort over CAC", True),
            Output(f"{side}_alive_12", f"Accounts left after 12 months, {name}", f"{side}_alive_12"),
            Output(f"{side}_arpu", f"Gross revenue of a daily user, {name}", f"{side}_arpu", "", True),
            Output(f"{side}_mix_margin", f"Gross margin of software and services, {name}", f"{side}_mix_margin", "", True),
            Output(f"{side}_nrr", f"Net revenue retention, {name}", f"{side}_nrr"),
        ],
    )
    for side, name in COUNTRIES
] + [
    (
        "Companies",
        [
            Output("minimax_burn", "Burn multiple, MiniMax", "minimax_burn", "Above 3 is bad"),
            Output("openai_burn", "Burn multiple, OpenAI", "openai_burn", "Above 3 is bad"),
            Output("minimax_rule", "Rule of 40, MiniMax", "minimax_rule"),
            Output("openai_rule", "Rule of 40, OpenAI", "openai_rule"),
        ],
    ),
]  # fmt: skip

_ARGUMENTS = (
    ("arpa", "Revenue per account"),
    ("unit_margin", "Gross margin"),
    ("churn", "Churn"),
    ("cac", "CAC"),
    ("unit_discount", "Discount rate"),
)

SENSITIVITIES = [
    Sensitivity("LTV_CAC", f"LTV / CAC, {name}", [(label, f"{side}_{key}") for key, label in _ARGUMENTS], "Churn", "Gross margin")
    for side, name in COUNTRIES
]  # fmt: skip

CHARTS = [
    Chart("line", "Cumulative margin of an account less its acquisition cost", "month", "present value, USD per account", "Calc_Cohort", [
        Curve("US, constant churn", "us_paid", "period", "#93C5FD"),
        Curve("US, mixed loyalty", "us_mixed_paid", "period", "#2563EB"),
        Curve("China, constant churn", "cn_paid", "period", "#FCA5A5"),
        Curve("China, mixed loyalty", "cn_mixed_paid", "period", "#DC2626"),
    ], number_format="#,##0", main=True),
    tornado("LTV / CAC: what moves it, US", "Sensitivity, LTV_CAC", 1, "x", "0.0", True),
    Chart("line", "Retention of the cohort", "month", "share of the cohort", "Calc_Cohort; fitted to assumed survival", [
        Curve("US", "us_mixed", "period", "#2563EB"),
        Curve("China", "cn_mixed", "period", "#DC2626"),
    ], number_format="0%"),
    tornado("LTV / CAC: what moves it, China", "Sensitivity, LTV_CAC", 2, "x", "0.0"),
    Chart("column", "LTV / CAC by scenario", "scenario", "x", "Calc_US and Calc_China", [
        Curve("US", "us_ltv_cac", "scenarios", "#2563EB"), Curve("China", "cn_ltv_cac", "scenarios", "#DC2626"),
    ], number_format="0.0"),
    Chart("line", "LTV / CAC against churn, US", "monthly churn", "x", "Sensitivity, one way", [
        Curve("LTV / CAC", "oneway1_result", "oneway1_x", "#0F4C81"),
    ], number_format="0.0", x_format="0.0%"),
]  # fmt: skip

CHECKS = [
    check
    for side, name in COUNTRIES
    for check in (
        Check(f"Gross revenue of a user, by hand: {name}", f"{side}_arpu", f"{side}_arpu_again"),
        Check(f"Lifetime value, by hand: {name}", f"{side}_ltv", f"{side}_ltv_again"),
        Check(f"LTV / CAC is LTV over CAC: {name}", f"{side}_ltv_cac", f"{side}_ratio_again"),
        Check(f"Yearly churn, by compounding: {name}", f"{side}_yearly_churn", f"{side}_yearly_again"),
        Check(f"Survival of the cohort, by gamma functions: {name}", f"{side}_alive_12", f"{side}_alive_again"),
        Check(f"Margin of the mix, by hand: {name}", f"{side}_mix_margin", f"{side}_mix_again"),
        Check(f"Net revenue retention, by hand: {name}", f"{side}_nrr", f"{side}_nrr_again"),
        Check(f"Cohort value is the sum over its months: {name}", f"{side}_horizon", f"{side}_mixed_sum"),
    )
] + [Check(f"Burn multiple, by hand: {name}", f"{key}_burn", f"{key}_burn_again") for key, _, name in _COMPANIES]

CLAIMS = [
    Claim("C04", "Winning users and using capital well drift apart", "BURN_MULTIPLE, MAGIC_NUMBER, RULE_OF_40", "Burn multiple of MiniMax", "minimax_burn", 3, "A loss below three dollars for each dollar of revenue added", ARTICLE),
    Claim("C20", "Margins of Chinese AI are compressed", "SERVICES_MIX_MARGIN", "Gross margin of the mix, US less China", "margin_gap", 0, "Software alone in China", ARTICLE),
    Claim("C21", "Willingness to pay is structurally lower in China", "WTP_CONVERSION, BLENDED_ARPU", "Gross revenue of a user, US over China", "arpu_ratio", 1, "A paid conversion of 5 % in China", ARTICLE),
    Claim("C39", "Churn erodes lifetime value against the cost to acquire", "LTV, LTV_CAC, CAC_PAYBACK, SBG_LTV", "LTV / CAC of the Chinese account", "cn_ltv_cac", 3, "Churn below the bar on Calc_China", ARTICLE, False),
    Claim("C47", "Low-value consumer use churns", "LTV_CAC, NET_REVENUE_RETENTION", "Churn of a Chinese account in a year", "cn_yearly_churn", 0.5, "Churn below 5.6 % a month", ARTICLE),
]  # fmt: skip

GAPS = Calc(
    "Calc_Gaps", "US against China", "What the claims measure",
    [
        (
            "Gaps",
            [
                Row("margin_gap", "Gross margin of the mix, US less China", "share", "={us_mix_margin}-{cn_mix_margin}"),
                Row("arpu_ratio", "Gross revenue of a user, US over China", "ratio", "={us_arpu}/{cn_arpu}"),
                Row("us_mixed_sum", "Months of the US cohort added up", "USD per customer", "={us_mixed_flow.total}", "Mixed loyalty", constant=True),
                Row("cn_mixed_sum", "Months of the Chinese cohort added up", "USD per customer", "={cn_mixed_flow.total}", "Mixed loyalty", constant=True),
            ],
        )
    ],
)  # fmt: skip


def template() -> Template:
    """The declaration of the workbook."""
    cohorts = [
        (f"Cohort: {name}", [*_cohort(side, name), *_willing(side, 1.0 if side == "us" else 0.25)])
        for side, name in COUNTRIES
    ]
    first = [assumed("model_start", "First day of the first month", "date", 46023, 46023, 46023, 0, "1 January 2026", 36526, 73050),
             assumed("bar", "Required LTV / CAC", "x", 3, 3, 3, 0, "The usual bar")]  # fmt: skip
    return Template(
        "unit_economics", TITLE, PURPOSE, GUIDE,
        [("General", first), *of_both("User", USER), *of_both("Paying account", ACCOUNT), *cohorts, *of_both("Mix", MIX), *COMPANY_INPUTS],
        [*calcs("", "Unit economics", "A user, a paying account, a cohort and the mix; both countries have the same rows", LINES), COHORT, COMPANY, GAPS],
        OUTPUTS, SENSITIVITIES, CHARTS, CHECKS, CLAIMS, Timeline(24, 1, "model_start"),
    )  # fmt: skip
