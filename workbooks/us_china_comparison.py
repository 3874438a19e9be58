"""The flagship: the US and China on identical models, side by side, scored, with every claim of the article tested."""

from __future__ import annotations

from workbooks import claims, country_model
from workbooks.country_inputs import COUNTRIES, calcs, of_both, of_country, section
from workbooks.dsl.charts import tornado
from workbooks.dsl.declarations import (
    Block,
    Calc,
    Chart,
    Check,
    Curve,
    Input,
    Output,
    Row,
    Sensitivity,
    SpillBlock,
    TableBlock,
    Template,
    assumed,
)
from xlfuncs.data import tables

TITLE = "US-China AI comparison"
PURPOSE = "Who leads in AI, the US or China: on which vector, by how much, how sure, and at what price"

GUIDE = [
    (
        "Reading it",
        [
            "Start with Outputs: three vectors with different leaders, then the score. Above 0 the US leads.",
            "Calc_US and Calc_China have the same rows, from compute to value; Calc_Gaps sets them side by side.",
            "Calc_Score holds the indicators of the score, what each adds, how sure it is, and a sweep of the weights.",
            "Claims gives each claim of the article a measure, a threshold and a verdict that the inputs can change.",
        ],
    ),
]

US, CN = "#2563EB", "#DC2626"
VECTORS = ("infrastructure", "distribution", "monetisation")
INDICATORS = [row["metric"] for row in tables.indicators()]
_PLACE = {row["metric"]: row for row in tables.comparison()}


def _indicator_inputs() -> list[tuple[str, list[Input]]]:
    """For each indicator: the two countries, its weight and its error."""
    weights = [
        assumed(f"weight_{row['metric']}", f"Weight: {_label(row['metric'])}", "weight", 0, float(row["weight"]), 2 * float(row["weight"]), 0, f"Within {row['vector']}; equal unless stated", 0)
        for row in tables.indicators()
    ]  # fmt: skip
    errors = [
        assumed(f"error_{row['metric']}", f"Error: {_label(row['metric'])}", "share", float(row["relative_error"]) / 2, float(row["relative_error"]), 2 * float(row["relative_error"]), 0, "Relative, of one value; by the grade of its source", 0, 2)
        for row in tables.indicators()
    ]  # fmt: skip
    others = [
        assumed("tail", "Tail of the interval on either side", "share", 0.05, 0.05, 0.05, 0, "A 90 % interval", 0.001, 0.499)
    ]  # fmt: skip
    titles = ((f"Indicators: {name}", of_country(side, INDICATORS)) for side, name in COUNTRIES)
    return [*titles, ("Score: weights", weights), ("Score: errors of the values", errors), ("Score: interval", others)]


def _label(metric: str) -> str:
    return _PLACE[f"model_{metric}"]["label"].split(" (")[0]


_UNITS = ("number", "number", "+1 or -1", "weight", "text", "text", "share")
_BASE = "{ind_1:},{ind_2:},{ind_3:},{ind_4:},{ind_5:}"
_UNSURE = "{ind_3:},{ind_4:},{ind_5:},,{ind_6:},,,,{ind_7:}"
SWEEP = 9

SCORE: list[tuple[str, list[Block]]] = [
    (
        "Indicators",
        [
            TableBlock(
                "ind", "Indicator", "as stored",
                ("US", "China", "Direction", "Weight", "Vector", "Type", "Error"), _UNITS,
                [
                    [f"{{us_{row['metric']}}}", f"{{cn_{row['metric']}}}", f"={row['direction']}", f"{{weight_{row['metric']}}}", row["vector"], row["kind"], f"{{error_{row['metric']}}}"]
                    for row in tables.indicators()
                ],
                labels=[_label(row["metric"]) for row in tables.indicators()],
            ),
        ],
    ),
    (
        "What each adds to the log gap, above 0 for the US",
        [
            SpillBlock("add", "Contribution", "log ratio", f"=ASYMMETRY_CONTRIB({_BASE},,{{ind_6:}})", ("Contribution",), ("log ratio",), len(INDICATORS), labels=[_label(one) for one in INDICATORS]),
        ],
    ),
    (
        "Vectors",
        [
            SpillBlock(
                "vec", "Vector", "as stored", f"=VECTOR_SCORES({_BASE},,{{ind_6:}})",
                ("  Vector", "Score", "Log gap", "Weight", "Coverage"), ("text", "-100 to 100", "log ratio", "share", "share"), len(VECTORS),
                {name: (row, 1) for row, name in enumerate(VECTORS)} | {f"gap_{name}": (row, 2) for row, name in enumerate(VECTORS)},
                labels=[name.capitalize() for name in VECTORS],
            ),
        ],
    ),
    (
        "Score",
        [
            Row("score", "ASYMMETRY_SCORE, above 0 the US leads", "-100 to 100", f"=ASYMMETRY_SCORE({_BASE},,{{ind_6:}})", "Three vectors of equal weight", constant=True),
            Row("intensity", "Intensity: how far apart, whoever leads", "0 to 100", f"=ASYMMETRY_INTENSITY({_BASE},,{{ind_6:}})", constant=True),
            Row("polarity", "Polarity: how far the leads cancel", "0 to 1", f"=ASYMMETRY_POLARITY({_BASE},,{{ind_6:}})", "0 one side leads everywhere, 1 they cancel", constant=True),
            Row("score_low", "Score, lower end of the interval", "-100 to 100", f"=ASYMMETRY_QUANTILE({{ind_1:}},{{ind_2:}},{{tail}},{_UNSURE})", constant=True),
            Row("score_high", "Score, upper end of the interval", "-100 to 100", f"=ASYMMETRY_QUANTILE({{ind_1:}},{{ind_2:}},1-{{tail}},{_UNSURE})", constant=True),
            Row("lead", "Probability that the US leads", "probability", f"=ASYMMETRY_PROB({{ind_1:}},{{ind_2:}},{_UNSURE})", constant=True),
            Row("mean_gap", "Mean log gap of the vectors", "log ratio", "=SUM({gap_infrastructure..gap_monetisation})/COUNT({gap_infrastructure..gap_monetisation})", constant=True),
            Row("score_again", "Score, again", "-100 to 100", "=100*TANH(AVERAGE(0,{mean_gap}))", "From the log gaps", constant=True),
            Row("add_sum", "Sum of the contributions", "log ratio", "=SUM({add_1:})", constant=True),
            Row("swapped", "Score with the countries swapped, turned", "-100 to 100", "=-ASYMMETRY_SCORE({ind_2:},{ind_1:},{ind_3:},{ind_4:},{ind_5:},,{ind_6:})", constant=True),
        ],
    ),
    (
        "Sweep of the weight of distribution, the others sharing the rest",
        [
            TableBlock(
                "sweep", "Step", "share", ("Distribution", "Each other", "Score"), ("share", "share", "-100 to 100"),
                [["=ROWS($A${top}:$A{r})*100/1000", "=AVERAGE(0,1-H{r})", "=100*TANH(AVERAGE(0,H{r}*{gap_distribution}+I{r}*({gap_infrastructure}+{gap_monetisation})))"]] * SWEEP,
                {"sweep_first": (0, 2), "sweep_last": (SWEEP - 1, 2)},
            ),
            Row("others", "Log gap of the two others together", "log ratio", "={gap_infrastructure}+{gap_monetisation}", constant=True),
            Row("flip", "China leads once distribution weighs more than", "share", "={others}/({others}-{gap_distribution}-{gap_distribution})", "Where the score crosses 0", constant=True),
            Row("falling", "The sweep falls: 1 if so", "flag", "=IF({sweep_first}>{sweep_last},1,0)", constant=True),
            Row("one", "One", "flag", "=1", constant=True),
        ],
    ),
]  # fmt: skip

HEADLINES = [
    ("gpu_hour", "Cost of an accelerator-hour"), ("pflop_hour", "Cost of a PFLOP/s-hour put to use"), ("ceiling", "Largest model of a large run"),
    ("funnel", "Daily users that the rails can bring"), ("loop_days", "Days for one training cycle of data"), ("inference", "Inference cost of a daily user"),
    ("arpu", "Gross revenue of a daily user"), ("cost_ratio", "Inference cost over net revenue"), ("mix_margin", "Gross margin of the mix"),
    ("ltv_cac", "LTV / CAC"), ("observed_multiple", "Multiple that the market pays"), ("wacc", "Cost of capital"),
]  # fmt: skip

GAPS: list[tuple[str, list[Block]]] = [
    ("US over China", [Row(f"ratio_{key}", label, "ratio", f"={{us_{key}}}/{{cn_{key}}}") for key, label in HEADLINES]),
    ("Multiples", [
        Row("us_paid", "US: paid by the market", "x", "={us_observed_multiple}"),
        Row("us_earned", "US: justified by cash flows", "x", "={us_justified}"),
        Row("cn_paid", "China: paid by the market", "x", "={cn_observed_multiple}"),
        Row("cn_earned", "China: justified by cash flows", "x", "={cn_justified}"),
    ]),
    *claims.LINES,
]  # fmt: skip

OUTPUTS = [
    (
        "Score",
        [
            Output("asymmetry_score", "Asymmetry score, above 0 the US leads", "score", "Three vectors of equal weight", True),
            Output("infrastructure", "Infrastructure", "infrastructure", "The US leads: compute", True),
            Output("distribution", "Distribution", "distribution", "China leads: rails and speed", True),
            Output("monetisation", "Monetisation", "monetisation", "The US leads: margins and willingness to pay", True),
            Output("score_low", "Score, lower end of the interval", "score_low", "90 % by default"),
            Output("score_high", "Score, upper end of the interval", "score_high"),
            Output("lead_probability", "Probability that the US leads", "lead"),
            Output("distribution_weight_at_which_china_leads", "China leads once distribution weighs more than", "flip", "The choice of weights matters as much as the data", True),
        ],
    ),
    *[
        (
            name,
            [
                Output(f"{side}_gpu_hour", f"Cost of an accelerator-hour, {name}", f"{side}_gpu_hour"),
                Output(f"{side}_inference", f"Inference cost of a daily user, {name}", f"{side}_inference", "A month"),
                Output(f"{side}_cost_ratio", f"Inference cost over net revenue, {name}", f"{side}_cost_ratio", "Above 1 every user loses money"),
                Output(f"{side}_status", f"Profit of a user, {name}", f"{side}_profit", "At these rates, over 100 years"),
                Output(f"{side}_ltv_cac", f"LTV / CAC, {name}", f"{side}_ltv_cac", "3 is the usual bar"),
                Output(f"{side}_justified", f"Multiple that the cash flows justify, {name}", f"{side}_justified"),
                Output(f"{side}_observed", f"Multiple that the market pays, {name}", f"{side}_observed_multiple"),
                Output(f"{side}_implied_growth", f"Growth that the price assumes, {name}", f"{side}_implied", "For the years of the first stage", True),
            ],
        )
        for side, name in COUNTRIES
    ],
    (
        "US and China compared",
        [
            Output("hardware_premium", "Hardware premium of China, arithmetic in use", "premium_flop", "Training and prompts", True),
            Output("premium_bandwidth", "Hardware premium of China, memory bandwidth", "premium_bandwidth", "Answers"),
            Output("premium_memory", "Hardware premium of China, memory capacity", "premium_memory", "Long context"),
            Output("agentic_bill", "Agentic: bill of the added users in China, a month", "agentic_bill", "50m users; chat is a fifteenth of it"),
            Output("launch_user", "Value of an added user less its promotion", "launch_user", "Acquisition costs far more than inference", True),
        ],
    ),
]  # fmt: skip

_ARGUMENTS = [("growth", "Growth"), ("years_high", "Years high"), ("years_fade", "Years of fade"), ("terminal_growth", "Perpetual growth"), ("gm_start", "Gross margin today"),
              ("gm_end", "Gross margin later"), ("opex_start", "Opex today"), ("opex_end", "Opex at scale"), ("tax_rate", "Tax"), ("sales_to_capital", "Sales to capital"), ("wacc", "Cost of capital")]  # fmt: skip

SENSITIVITIES = [
    Sensitivity("JUSTIFIED_MULTIPLE", f"Justified multiple, {name}", [(label, f"{side}_{key}") for key, label in _ARGUMENTS], "Growth", "Cost of capital")
    for side, name in COUNTRIES
]  # fmt: skip

CHARTS = [
    Chart("column", "Score by vector, above 0 the US leads", "vector", "score", "Calc_Score", [
        Curve("Score", "vec_2", "vec_1", US, negative=CN),
    ], number_format="0", main=True),
    Chart("bar", "What each indicator adds to the log gap", "indicator", "log gap, above 0 for the US", "Calc_Score", [
        Curve("Contribution", "add_1", "labels_of_add", US, negative=CN),
    ], number_format="0.0", main=True, reverse=True),
    Chart("line", "Score by the weight of distribution", "weight of distribution", "score", "Calc_Score, sweep", [
        Curve("Score", "sweep_3", "sweep_1", "#0F4C81"),
    ], number_format="0", x_format="0%", main=True),
    Chart("bar", "Multiple that the market pays, and that cash flows justify", "multiple", "times run-rate revenue", "Calc_Gaps; scenario in use", [
        Curve("Multiple", "us_paid..cn_earned@D", "us_paid..cn_earned@B", points=("#93C5FD", US, "#FCA5A5", CN)),
    ], number_format="0", main=True, reverse=True),
    Chart("radar", "The three vectors", "", "score", "Calc_Score", [Curve("Score", "vec_2", "vec_1", "#0F4C81")], number_format="0"),
    Chart("bar", "Inference bill of 50m users by product", "product", "USD m per month", "Calc_Gaps; base scenario in use", [
        Curve("Bill", "chat_bill..agentic_bill@D", "chat_bill..agentic_bill@B", CN),
    ], number_format="#,##0", reverse=True),
    tornado("Justified multiple: what moves it, US", "Sensitivity", 1, "x", "0"),
    tornado("Justified multiple: what moves it, China", "Sensitivity", 2, "x", "0"),
]  # fmt: skip

CHECKS = [
    Check(f"{label}, {name}", f"{side}_{first}", f"{side}_{second}", tolerance)
    for side, name in COUNTRIES
    for label, first, second, tolerance in country_model.TWINS
] + [
    Check("Score from the log gaps of the vectors", "score", "score_again"),
    Check("Contributions add up to the mean log gap", "add_sum", "mean_gap"),
    Check("Scores of the two countries swapped cancel", "score", "swapped"),
    Check("More weight of distribution, less US lead", "falling", "one", 0),
    Check("Hardware premium by hand", "premium_flop", "premium_again"),
    Check("Profit pool by hand", "silicon_pool", "pool_again"),
    Check("Benefit of automation by hand", "us_benefit", "benefit_again"),
]


def template() -> Template:
    """The declaration of the workbook."""
    parts = [
        pair
        for name in ("Compute", "Distribution", "Monetisation", "Unit economics", "Valuation")
        for pair in of_both(name, section(name))
    ]
    about = "From compute to value; the other country has the same rows"
    return Template(
        "us_china_comparison", TITLE, PURPOSE, GUIDE,
        [("Shared", country_model.SHARED), *_indicator_inputs(), *parts, *claims.INPUTS],
        [
            *calcs("", "Model", about, country_model.SECTIONS),
            Calc("Calc_Score", "Asymmetry score", "Fifteen indicators, three vectors, one score, and how sure it is", SCORE, table=True),
            Calc("Calc_Gaps", "Gaps and claims", "The two side by side, and what each claim of the article is measured by", GAPS),
        ],
        OUTPUTS, SENSITIVITIES, CHARTS, CHECKS, claims.CLAIMS,
    )  # fmt: skip
