"""How far to tilt a portfolio, and why: exposures of holdings, stated views, bounded weights, and what they change."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

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
    SpillBlock,
    TableBlock,
    Template,
    assumed,
    fact,
)
from workbooks.dsl.style import SERIES

TITLE = "Allocation playbook"
PURPOSE = (
    "How far to tilt a portfolio, and why: a method that turns stated views into bounded weights; no investment advice"
)
ARTICLE = "The article; measured on the inputs of this workbook"
US, CN, GREEN, AMBER, GREY = "#2563EB", "#DC2626", "#059669", "#F59E0B", "#93C5FD"

GUIDE = [
    (
        "Reading it",
        [
            "A method, and no investment advice: it turns views, written down as loadings, into weights within bounds.",
            "It forecasts no return and knows no risk, tax or mandate. Views and exposures are judgements: put in your own.",
            "The benchmark weighs by the square root of value (by value or equally: one input); some holdings are not listed.",
            "Start with Outputs and the rationale of each line on Calc_Holdings. Calc_Scores has a block for each holding.",
            "Calc_Weights solves for the weights and repeats it by native formulas; Calc_Tilts varies the tilt and leaves views out.",
            "Calc_Views tests the views. Bear: they hold weakly and little may be done about them; Bull: they hold strongly.",
        ],
    ),
]


@dataclass(frozen=True)
class Holding:
    """A holding: where its figures are, what it is, and its exposures from 0 to 1.

    Exposures: revenue from models, own cloud, own distribution, rent of cloud or silicon, friction of removal,
    compute efficiency, consumer share.
    """

    key: str
    name: str
    country: str
    layer: str
    revenue: str | float
    margin: str | float
    exposures: tuple[float, ...]
    why: str
    revenue_why: str = ""
    margin_why: str = ""


HOLDINGS = (
    Holding("nvidia", "Nvidia", "US", "Silicon", "revenue", "gross_margin", (0.0, 0.0, 0.0, 0.95, 0.60, 0.50, 0.05), "Sells accelerators and systems ahead of their use; its software ties developers to them"),
    Holding("broadcom", "Broadcom", "US", "Silicon", "revenue", 0.66, (0.0, 0.0, 0.0, 0.85, 0.55, 0.60, 0.0), "Custom accelerators of the large clouds, networks and infrastructure software", margin_why="Order of the annual report, software included"),
    Holding("alphabet", "Alphabet", "US", "Cloud and platform", 422, 0.59, (0.10, 1.0, 1.0, 0.60, 0.50, 0.80, 0.60), "Own chips, cloud, models, search and phones: integrated from silicon to user", "Four quarters to March 2026, each in the data set, added up", "Order of the quarterly reports"),
    Holding("amazon", "Amazon", "US", "Cloud and platform", "revenue", 0.50, (0.02, 1.0, 1.0, 0.70, 0.60, 0.60, 0.50), "The largest cloud with own chips; its model stake is held through others", margin_why="Order of the annual report; the cloud alone is above"),
    Holding("openai", "OpenAI", "US", "Model developer", "run_rate_revenue", "gross_margin", (0.95, 0.10, 0.50, 0.10, 0.25, 0.40, 0.60), "A billion users of its own, but compute and much of its enterprise reach are others'"),
    Holding("anthropic", "Anthropic", "US", "Model developer", "run_rate_revenue", "gross_margin", (1.0, 0.0, 0.10, 0.0, 0.35, 0.45, 0.10), "Sells models mostly by API and through the clouds of others; coding tools add some stickiness"),
    Holding("databricks", "Databricks", "US", "Workflow application", "run_rate_revenue", "gross_margin", (0.05, 0.20, 0.60, 0.20, 0.80, 0.60, 0.0), "Holds the data of its customers and the pipelines on them"),
    Holding("intuit", "Intuit", "US", "Workflow application", 20, 0.80, (0.0, 0.0, 0.90, 0.0, 0.85, 0.60, 0.40), "Tax and books link a firm, its bank, its accountant and the state", "Quarters of 3.9 and 8.6 in the data set; some 20 over a year with its tax season", "Order of the annual report"),
    Holding("harvey", "Harvey", "US", "Workflow application", "run_rate_revenue", 0.60, (0.10, 0.0, 0.30, 0.0, 0.65, 0.55, 0.0), "Legal work of several parties on the documents of a firm; models are bought in", margin_why="Application companies of 2025 report 50 to 70 %"),
    Holding("cambricon", "Cambricon", "China", "Silicon", "revenue", "gross_margin", (0.0, 0.0, 0.0, 0.70, 0.35, 0.40, 0.0), "Domestic accelerators with protected demand, a few large buyers and a young software stack"),
    Holding("tencent", "Tencent", "China", "Cloud and platform", "revenue", "gross_margin", (0.05, 0.80, 1.0, 0.35, 0.55, 0.70, 0.80), "The super-app: distribution first, own models and a cloud behind it"),
    Holding("alibaba", "Alibaba", "China", "Cloud and platform", "revenue", "gross_margin", (0.05, 1.0, 0.90, 0.55, 0.45, 0.70, 0.60), "Commerce and the largest Chinese cloud; gives its models away to fill it"),
    Holding("zhipu", "Zhipu", "China", "Model developer", "run_rate_revenue", "gross_margin", (0.95, 0.0, 0.15, 0.0, 0.40, 0.65, 0.10), "Models by API and as deployments at the customer, which stick better than they scale"),
    Holding("minimax", "MiniMax", "China", "Model developer", "run_rate_revenue", "gross_margin", (0.90, 0.0, 0.10, 0.0, 0.10, 0.70, 0.75), "Consumer companions and video on its own models, sold through the stores of others"),
)  # fmt: skip
FIRST, LAST = HOLDINGS[0].key, HOLDINGS[-1].key
CHINESE = [holding for holding in HOLDINGS if holding.country == "China"]

_EXPOSURES = (
    ("model", "share of revenue from models"), ("cloud", "owns its cloud"), ("dist", "owns its distribution"),
    ("rent", "rent of cloud or silicon"), ("friction", "friction of removal"), ("eff", "compute efficiency"),
    ("consumer", "consumer share"),
)  # fmt: skip

# The views of the article as loadings: key, name, low, base, high, side, reason.
VIEWS = (
    ("pure", "Pure-play model developer", -1.5, -1.2, -0.8, -1, "Cut developers without a cloud or distribution of their own"),
    ("rent", "Cloud and silicon rent", 0.4, 0.6, 0.8, 1, "Margin moves down to silicon and to the clouds"),
    ("friction", "Friction of removal", 0.7, 1.0, 1.2, 1, "Back applications inside work of many parties"),
    ("margin", "Contribution margin", 0.4, 0.6, 0.8, 1, "Unit economics before scale"),
    ("eff", "Compute efficiency", 0.3, 0.5, 0.6, 1, "Efficient models of a domain before the largest ones"),
    ("decoupled", "Price above its cash flows", -1.0, -0.8, -0.5, -1, "Prices that have left the cash flows"),
    ("hit", "Consumer taste risk", -0.8, -0.6, -0.4, -1, "Consumer use that depends on taste"),
    ("china", "China", -0.3, 0.0, 0.3, 0, "A view on layers is none on the country as such"),
)  # fmt: skip


def _holding(holding: Holding) -> tuple[str, list[Input]]:
    code = holding.key.upper()
    value = fact(f"{code}.valuation", f"{holding.key}_value", f"{holding.name}: value", 0, "USD bn", 0.10)
    if isinstance(holding.revenue, str):
        revenue = fact(
            f"{code}.{holding.revenue}",
            f"{holding.key}_revenue",
            f"{holding.name}: revenue of a year",
            0,
            "USD bn",
            0.05,
            "Run rate" if "run" in holding.revenue else "",
        )
    else:
        revenue = assumed(
            f"{holding.key}_revenue",
            f"{holding.name}: revenue of a year",
            "USD bn",
            holding.revenue * 0.95,
            holding.revenue,
            holding.revenue * 1.05,
            0,
            holding.revenue_why,
        )
    if isinstance(holding.margin, str):
        margin = fact(f"{code}.{holding.margin}", f"{holding.key}_gm", f"{holding.name}: gross margin", 0)
    else:
        margin = assumed(
            f"{holding.key}_gm",
            f"{holding.name}: gross margin",
            "share",
            holding.margin - 0.05,
            holding.margin,
            holding.margin + 0.05,
            0,
            holding.margin_why,
        )
    judged = [
        assumed(
            f"{holding.key}_{key}",
            f"{holding.name}: {label}",
            "0 to 1",
            max(0, round(base - 0.1, 3)),
            base,
            min(1, round(base + 0.1, 3)),
            0,
            f"Judged. {holding.why}",
        )
        for (key, label), base in zip(_EXPOSURES, holding.exposures, strict=True)
    ]
    return f"{holding.name} ({holding.layer}, {holding.country})", [value, revenue, margin, *judged]  # fmt: skip


_METHOD = [
    assumed("tilt", "Strength of the tilt", "coefficient", 0.5, 1.0, 1.25, 1, "1 lets a score of 1 raise a weight 2.7 times before bounds", 0, 10),
    assumed("band", "Bound: most a weight may move", "share", 0.05, 0.10, 0.15, 1, "Ten points either way, a usual limit of a mandate"),
    assumed("cap", "Turnover of the first trade at most", "share", 0.03, 0.05, 0.10, 1, "Cost of trading; stakes that are not listed move slowly"),
    assumed("cap_power", "Benchmark: power of the value", "coefficient", 0.0, 0.5, 1.0, 0, "1 weighs by value, 0 equally; the square root keeps four giants from being all of it", 0, 1),
    assumed("gp_multiple", "Multiple of gross profit justified", "x", 12, 15, 20, 0, "Some 15 times gross profit at growth of 15 to 20 %; faster growth carries more", 0.1),
    assumed("index_scale", "Log ratio that counts as fully decoupled", "log ratio", 2.0, 2.0, 2.0, 0, "A price of 7.4 times the justified one", 0.1),
]  # fmt: skip

_TESTS = [
    assumed("dev_gm", "Model developer: gross margin", "share", 0.45, 0.55, 0.60, -1, "Between the 40 % reported of late and what plans expect"),
    assumed("dev_share", "Of revenue paid for compute", "share", 0.30, 0.35, 0.40, 1, "The larger part of its cost of revenue"),
    assumed("dev_d", "Change of the price of compute", "log ratio", -0.30, 0.20, 0.30, 1, "Scarce: a fifth more expensive; hours of older chips got cheaper by a quarter a year", -3, 3),
    assumed("dev_pass", "Passed on to customers", "share", 0.30, 0.50, 0.80, -1, "Open rivals hold prices down"),
    assumed("dev_take", "Taken by platforms on top, of revenue", "share", 0.03, 0.10, 0.15, 1, "Marketplaces of the clouds keep 3 to 20 %", 0, 0.9),
    *(
        assumed(f"{key}_{part}", f"{name}: {label}", "0 to 1", max(0, round(base - 0.05, 3)), base, min(1, round(base + 0.05, 3)), 0, why)
        for key, name, scores in (("chat", "Companion", (0.12, 0.10, 0.0, 0.115, 0.05)), ("flow", "Workflow", (0.90, 0.80, 0.83, 0.75, 0.735)))
        for (part, label, why), base in zip(
            (
                ("links", "depth of integration", "1 - exp(-systems linked / 5)"), ("data", "own data", "Share of its use that depends on data held nowhere else"),
                ("parties", "parties", "1 - 1 / parties that would have to agree"), ("training", "retraining", "Cost to retrain over the contract of a year"),
                ("lock", "contract", "Share of a year that a contract binds"),
            ), scores, strict=True)
    ),
    assumed("churn_free", "Churn of a year without friction", "per year", 0.70, 0.789, 0.85, 1, "Yearly plans of AI applications as surveyed", 0.01, 0.99),
    assumed("churn_locked", "Churn of a year at full friction", "per year", 0.03, 0.05, 0.08, -1, "Systems of record", 0.001, 0.9),
    assumed("worth_margin", "Margin of a customer in a year", "USD per year", 100, 100, 100, 0, "The same for both, so that only churn differs"),
    assumed("worth_rate", "Discount rate of a customer's margin", "per year", 0.10, 0.12, 0.15, -1, "Cost of capital", 0.001),
    assumed("worth_bar", "Value of a customer, workflow over companion: bar", "ratio", 2, 2, 2, 0, "Twice the worth decides between two products", 1.01),
    assumed("gap_bar", "Churn, companion less workflow: bar", "per year", 0.25, 0.25, 0.25, 0, "A quarter of the customers a year", 0.01, 0.9),
    assumed("switch_cost", "Cost to replace a workflow", "USD", 200000, 400000, 600000, 1, "Integration, migration and retraining of a middle-sized firm"),
    assumed("switch_saving", "Saved in a year by a rival", "USD per year", 60000, 60000, 90000, -1, "A fifth of a contract of USD 300,000"),
    assumed("attempt", "Model choice: cost of an attempt", "USD per task", 0.004, 0.030, 0.060, -1, "From a small tuned model to a frontier one"),
    assumed("right", "Model choice: share of tasks done right", "share", 0.80, 0.87, 0.92, 1, "From a small tuned model to a frontier one", 0.01, 1),
    assumed("verify", "Model choice: cost to verify an attempt", "USD per task", 0.002, 0.004, 0.006, -1, "A check by rules or by a model"),
    assumed("routine", "Damage of a wrong answer: routine task", "USD per task", 0.01, 0.02, 0.05, -1, "It is seen and done again"),
    assumed("costly", "Damage of a wrong answer: costly task", "USD per task", 0.10, 0.20, 0.40, -1, "A customer asks again"),
    assumed("severe", "Damage of a wrong answer: severe task", "USD per task", 0.50, 1.00, 2.00, -1, "A person takes some minutes to repair it"),
    assumed("tilt_to", "Table: strongest tilt", "coefficient", 2.4, 2.4, 2.4, 0, "Bottom row; 0 on top"),
]  # fmt: skip


def _scores(holding: Holding) -> tuple[str, list[Block]]:
    """From the figures and exposures of a holding to its score."""
    k = holding.key
    return f"{holding.name}: {holding.layer}, {holding.country}", [
        Row(f"{k}_pure", f"{holding.name}: pure-play developer", "0 to 1", f"={{{k}_model}}*(1-MAX({{{k}_cloud}},{{{k}_dist}}))", "Models without a cloud or distribution of its own"),
        Row(f"{k}_margin", "Exposure to contribution margin", "0 to 1", f"=MAX(0,MIN(1,{{{k}_gm}}))"),
        Row(f"{k}_multiple", f"{holding.name}: value over revenue", "x", f"={{{k}_value}}/{{{k}_revenue}}"),
        Row(f"{k}_index", f"{holding.name}: decoupling index", "log ratio", f"=DECOUPLING_INDEX({{{k}_multiple}},{{gp_multiple}}*{{{k}_gm}})", "0 is a fair price"),
        Row(f"{k}_decoupled", "Price above its cash flows", "0 to 1", f"=MAX(0,MIN(1,{{{k}_index}}/{{index_scale}}))"),
        Row(f"{k}_hit", "Consumer taste risk", "0 to 1", f"={{{k}_consumer}}*(1-{{{k}_friction}})"),
        Row(f"{k}_china", "China", "0 to 1", f"={int(holding.country == 'China')}"),
        Row(f"{k}_own", f"{holding.name}: score but for pure-play", "ratio", "=" + "+".join(f"{{v_{view}}}*{{{k}_{view}}}" for view, *_ in VIEWS[1:])),
        Row(f"{k}_score", f"{holding.name}: score", "ratio", f"={{{k}_own}}+{{v_pure}}*{{{k}_pure}}", "Loadings times exposures, added up"),
    ]  # fmt: skip


SCORES = Calc(
    "Calc_Scores",
    "Scores",
    "A block for each holding: what it is exposed to, and the score that the views give it",
    [_scores(holding) for holding in HOLDINGS],
)


def _each(prefix: str, unit: str, formula: str, suffix: str = "") -> list[Block]:
    """A line for each holding; `@` in the formula is its key."""
    return [
        Row(f"{prefix}_{holding.key}", f"{holding.name}{suffix}", unit, formula.replace("@", holding.key))
        for holding in HOLDINGS
    ]


def _all(prefix: str) -> str:
    """The column of the lines of all holdings."""
    return f"{{{prefix}_{FIRST}..{prefix}_{LAST}}}"


_TILTED = f"TILTED_WEIGHTS({_all('b')},{_all('t')},%s,{_all('low')},{_all('up')})"
_CHINA = f"{{%s_{CHINESE[0].key}..%s_{LAST}}}"

WEIGHTS = Calc(
    "Calc_Weights", "Weights", "Benchmark, bounds, tilted weights with their solution by native formulas, and what the tilt changes",
    [
        ("Value", _each("raw", "coefficient", "={@_value}^{cap_power}")),
        ("Benchmark", [Row("raw_sum", "Added up", "coefficient", f"=SUM({_all('raw')})"), *_each("b", "share", "={raw_@}/{raw_sum}")]),
        ("Lowest weight", _each("low", "share", "=MAX(0,{b_@}-{band})")),
        ("Highest weight", _each("up", "share", "=MIN(1,{b_@}+{band})")),
        ("Score", _each("t", "ratio", "={@_score}")),
        ("Tilted weights", _each("w", "weight", f"=INDEX({_TILTED % '{tilt}'},ROWS({{b_{FIRST}..b_@}}))")),
        ("Target weights", _each("target", "share", f"={{w_@}}/SUM({_all('w')})")),
        ("Change of weight", _each("change", "share", "={target_@}-{b_@}")),
        ("By hand: pull of the tilt", [Row("t_max", "Highest score", "ratio", f"=MAX({_all('t')})"), *_each("pull", "ratio", "={b_@}*EXP({tilt}*({t_@}-{t_max}))")]),
        ("By hand: weight over pull, between bounds", _each("free", "ratio", "=IF(AND({w_@}>{low_@},{w_@}<{up_@}),{w_@}/{pull_@},0)", ", 0 at a bound")),
        ("Whether a bound holds it", _each("edge", "text", "=IF({free_@}>0,\"within its bounds\",\"at its bound\")")),
        ("By hand: weights again", [Row("scale", "Scale of the pull", "ratio", f"=MAX({_all('free')})", "The same for all between their bounds"), *_each("again", "share", "=MEDIAN({low_@},{scale}*{pull_@},{up_@})")]),
        ("Exposure: share of revenue from models", _each("model", "0 to 1", "={@_model}")),
        ("Exposure: own cloud", _each("cloud", "0 to 1", "={@_cloud}")),
        ("Exposure: own distribution", _each("dist", "0 to 1", "={@_dist}")),
        ("Exposure: pure-play model developer", _each("pure", "0 to 1", "={@_pure}")),
        ("Score without the view on pure-plays", _each("own", "ratio", "={@_own}")),
        (
            "First trade",
            [
                Row("active", "Active share of the target", "share", f"=SUMIF({_all('change')},\">0\")", "Weight that must change hands"),
                Row("part", "Part of the way that the cap allows", "share", "=IF({active}>{cap},{cap}/{active},1)"),
                Row("turnover", "Turnover of the first trade", "share", "={active}*{part}"),
                Row("trades", "First trades to reach the target", "ratio", "=1/{part}"),
                *_each("step", "share", "={b_@}+{part}*{change_@}", ", after it"),
            ],
        ),
        (
            "Change of weight by holding",
            [
                Row("pure_before", "Pure-play exposure, benchmark", "share", f"=PUREPLAY_EXPOSURE({_all('b')},{_all('model')},{_all('cloud')},{_all('dist')})"),
                Row("pure_after", "Pure-play exposure, target", "share", f"=PUREPLAY_EXPOSURE({_all('target')},{_all('model')},{_all('cloud')},{_all('dist')})"),
                Row("pure_step", "Pure-play exposure, after the first trade", "share", f"=PUREPLAY_EXPOSURE({_all('step')},{_all('model')},{_all('cloud')},{_all('dist')})"),
                Row("pure_cut", "Pure-play exposure cut by", "share", "=1-{pure_after}/{pure_before}", "Of what the benchmark has"),
                Row("score_before", "Mean score, benchmark", "ratio", f"=SUMPRODUCT({_all('b')},{_all('t')})"),
                Row("score_after", "Mean score, target", "ratio", f"=SUMPRODUCT({_all('target')},{_all('t')})"),
                Row("gain", "Mean score gained", "ratio", "={score_after}-{score_before}", "How much more of the views; no return"),
                Row("hhi_before", "Concentration, benchmark", "0 to 10000", f"=HHI({_all('b')})"),
                Row("hhi_after", "Concentration, target", "0 to 10000", f"=HHI({_all('target')})"),
                Row("even_before", "Equal holdings it stands for, benchmark", "ratio", f"=1/SUMSQ({_all('b')})"),
                Row("even_after", "Effective number of equal holdings, target", "ratio", f"=1/SUMSQ({_all('target')})"),
                Row("china_before", "Weight of China, benchmark", "share", f"=SUM({_CHINA % ('b', 'b')})"),
                Row("china_after", "Weight of China, target", "share", f"=SUM({_CHINA % ('target', 'target')})"),
                Row("own_gap", "Pure-plays less benchmark, their own score", "ratio", f"=SUMPRODUCT({_all('b')},{_all('pure')},{_all('own')})/SUMPRODUCT({_all('b')},{_all('pure')})-SUMPRODUCT({_all('b')},{_all('own')})", "Without the view on pure-plays"),
            ],
        ),
        (
            "For the checks",
            [
                Row("b_sum", "Benchmark, added up", "share", f"=SUM({_all('b')})"),
                Row("target_sum", "Target, added up", "share", f"=SUM({_all('target')})"),
                Row("step_sum", "After the first trade, added up", "share", f"=SUM({_all('step')})"),
                Row("inside", "Weights within their bounds", "count", f"=SUMPRODUCT(({_all('w')}>={_all('low')})*({_all('w')}<={_all('up')}))"),
                Row("holdings", "Holdings", "count", f"=ROWS({_all('w')})"),
                Row("miss", "Distance of the weights from those by hand", "share", f"=SQRT(SUMXMY2({_all('w')},{_all('again')}))"),
                Row("idle", "Distance from the benchmark at tilt 0", "weight", f"=SQRT(SUMXMY2({_TILTED % '0'},{_all('b')}))"),
                Row("none", "Zero, to compare with", "number", "=0"),
                Row("serves", "The target serves the views no worse", "flag", "=IF({gain}>=0,1,0)"),
                Row("one", "One, to compare with", "number", "=1"),
                Row("pure_again", "Pure-play exposure of the target, again", "share", f"=SUMPRODUCT({_all('target')},{_all('pure')})"),
                Row("hhi_again", "Concentration of the target, again", "0 to 10000", f"=100*100*SUMSQ({_all('target')})"),
                Row("active_again", "Active share, again", "share", f"=-SUMIF({_all('change')},\"<0\")"),
                Row("tilt_picked", "Strength of the tilt, by the scenario's name", "as stored", "=SCENARIO_PICK(sc_active,$H$4:$J$4,{tilt:})", "The name in the head of the column"),
                Row("tilt_used", "Strength of the tilt in use", "coefficient", "={tilt$}"),
            ],
        ),
    ],
)  # fmt: skip

_BY_ROW = "INDEX({%s:},ROWS($B${top}:$B{r}))"
_SHORT = ("Pure-play", "Rent", "Friction", "Margin", "Efficiency", "Price", "Taste", "China")
# What speaks for a holding and what against it, by view.
_SPEAKS = (
    ("no pure-play developer", "pure-play developer of models"), ("rent of cloud or silicon", "no rent of cloud or silicon"),
    ("hard to remove", "easy to remove"), ("high margin", "low margin"), ("efficient with compute", "wasteful with compute"),
    ("price near its cash flows", "price far above its cash flows"), ("little taste risk", "consumer taste risk"),
    ("its country", "its country"),
)  # fmt: skip
_VIEW_HEADS = tuple(f">{short}" for short in _SHORT)
_VIEW_UNITS = ("0 to 1",) * len(VIEWS)


def _contribution() -> list[str]:
    return [f"={{load_{n}$}}*({_BY_ROW % f'expo_{n}'}-{{mean_{n}$}})" for n in range(1, len(VIEWS) + 1)]


def _bar(step: str, start: str) -> list[str]:
    """A bar of the bridge: its step, its start and end, and how it is stacked."""
    return [
        step, start, "=SUM($H${top}:$H{r})", "=MAX(0,MIN(I{r},J{r}))+MIN(0,MAX(I{r},J{r}))",
        "=MAX(0,I{r},J{r})-MAX(0,MIN(I{r},J{r}))", "=MIN(0,I{r},J{r})-MIN(0,MAX(I{r},J{r}))",
    ]  # fmt: skip


HOLDINGS_SHEET = Calc(
    "Calc_Holdings", "Holdings", "Exposures, what each view adds to a score against the benchmark, weights, and the rationale of each line; scenario in use",
    [
        (
            "Views",
            [
                TableBlock(
                    "views", "", "coefficient", (">Loading", "  View", "", "  Speaks for", "", "  Speaks against"), ("coefficient", *["text"] * 5), [[f"{{v_{view}}}", name, "", pro, "", con] for (view, name, *_), (pro, con) in zip(VIEWS, _SPEAKS, strict=True)],
                    {f"load_{number}": (number - 1, 0) for number in range(1, len(VIEWS) + 1)}, labels=_SHORT,
                ),
            ],
        ),
        (
            "Exposures",
            [
                TableBlock(
                    "expo", "", "0 to 1", (*_VIEW_HEADS, ">Score", ">Benchmark", "  Country", "  What it is"), (*_VIEW_UNITS, "ratio", "share", "text", "text"),
                    [[*(f"{{{holding.key}_{view}}}" for view, *_ in VIEWS), f"{{{holding.key}_score}}", f"{{b_{holding.key}}}", holding.country, f"{holding.layer}. {holding.why}"] for holding in HOLDINGS],
                    labels=[holding.name for holding in HOLDINGS],
                ),
                TableBlock("mean", "Benchmark, mean", "0 to 1", _VIEW_HEADS, _VIEW_UNITS, [[f"=SUMPRODUCT({{expo_10:}},{{expo_{n}:}})" for n in range(1, len(VIEWS) + 1)]]),
                TableBlock("purely", "Pure-plays, mean", "0 to 1", _VIEW_HEADS, _VIEW_UNITS, [[f"=SUMPRODUCT({{expo_10:}},{{expo_1:}},{{expo_{n}:}})/{{mean_1$}}" for n in range(1, len(VIEWS) + 1)]]),
                TableBlock("gap", "Pure-plays, score less benchmark's", "ratio", _VIEW_HEADS, ("ratio",) * len(VIEWS), [[f"={{load_{n}$}}*({{purely_{n}$}}-{{mean_{n}$}})" for n in range(1, len(VIEWS) + 1)]]),
                TableBlock("gap_own", "The same without the view on them", "ratio", (">Added up",), ("ratio",), [["=SUM({gap_2$}:{gap_8$})"]], {"gap_again": (0, 0)}),
            ],
        ),
        (
            "What each view adds to the score, against the benchmark",
            [
                TableBlock(
                    "adds", "", "number", (*_VIEW_HEADS, ">Added up", ">Change", ">Driver", ">Bound", "  Rationale"), (*("ratio",) * len(VIEWS), "ratio", "share", "number", "text", "text"),
                    [
                        [
                            *_contribution(), "=SUM(H{r}:O{r})", f"{{change_{holding.key}}}",
                            "=IF(Q{r}>=0,MATCH(MAX(H{r}:O{r}),H{r}:O{r},0),MATCH(MIN(H{r}:O{r}),H{r}:O{r},0))",
                            f"{{edge_{holding.key}}}",
                            "=IF(Q{r}>=0,\"Raise\",\"Cut\")&\" by \"&TEXT(100*ABS(Q{r}),\"0.0\")&\" pts: \"&INDEX(IF(Q{r}>=0,{views_4:},{views_6:}),R{r})&\", \"&S{r}",
                        ]
                        for holding in HOLDINGS
                    ],
                    labels=[holding.name for holding in HOLDINGS],
                ),
            ],
        ),
        (
            "Weights",
            [
                TableBlock(
                    "weights", "", "share", (">Benchmark", ">Lowest", ">Highest", ">Target", ">Change", ">First trade", ">Room", ">Raised", ">Cut"), ("share",) * 9,
                    [[*(f"{{{part}_{holding.key}}}" for part in ("b", "low", "up", "target", "change", "step")), "=J{r}-I{r}", "=MAX(0,L{r})", "=MIN(0,L{r})"] for holding in HOLDINGS],
                    labels=[holding.name for holding in HOLDINGS],
                ),
            ],
        ),
        (
            "Where the gain in score comes from",
            [
                TableBlock(
                    "bridge", "", "number", (">Step", ">From", ">To", ">Hidden", ">Above zero", ">Below zero"), ("ratio",) * 6,
                    [
                        _bar("=SUMPRODUCT({expo_10:},{expo_9:})", "=0"),
                        *(_bar(f"={{load_{n}$}}*SUMPRODUCT({{weights_5:}},{{expo_{n}:}})", "=J{r}-H{r}") for n in range(1, len(VIEWS) + 1)),
                        _bar("=0", "=0"),
                    ],
                    {"bridge_end": (len(VIEWS) + 1, 2)},
                    labels=["Benchmark", *(name for _, name, *_ in VIEWS), "Target"],
                ),
            ],
        ),
    ],
    table=True,
)  # fmt: skip

_MEASURES = (">Tilt", ">Pure-play", ">Active share", ">Concentration", ">Equal holdings", ">China")
_MEASURED = ("coefficient", "share", "share", "0 to 10000", "ratio", "share")
_COLUMNS = [xl_col_to_name(SERIES + len(_MEASURES) + number) for number in range(len(HOLDINGS))]
_ROW = f"{_COLUMNS[0]}{{r}}:{_COLUMNS[-1]}{{r}}"


def _measured(strength: str, scores: str, benchmark: str) -> list[str]:
    """A strength of the tilt, what it gives with some scores, and the weights."""
    tilted = f"TILTED_WEIGHTS({{terms_1:}},{scores},$H{{r}},{{terms_3:}},{{terms_4:}})"
    return [
        f"={strength}",
        f"=PUREPLAY_EXPOSURE({_ROW},{{terms_5:}},{{terms_6:}},{{terms_7:}})",
        f"=SUMPRODUCT(({_ROW}>{benchmark})*({_ROW}-{benchmark}))",
        f"=100*100*SUMSQ({_ROW})",
        f"=1/SUMSQ({_ROW})",
        f"=SUM({_COLUMNS[-len(CHINESE)]}{{r}}:{_COLUMNS[-1]}{{r}})",
        *(f"=INDEX({tilted},COLUMNS(${_COLUMNS[0]}$1:{column}$1))" for column in _COLUMNS),
    ]


_BY_TILT = _measured(
    "{tilt_to$}*(ROWS($B${top}:$B{r})-1)/12", "{terms_2:}", f"{_COLUMNS[0]}${{top}}:{_COLUMNS[-1]}${{top}}"
)
_AT_ZERO = f"{{by_tilt_{len(_MEASURES) + 1}$}}:{{by_tilt_{len(_MEASURES) + len(HOLDINGS)}$}}"


TILTS = Calc(
    "Calc_Tilts", "More or less tilt", "What more or less tilt changes, and what is left of it without each view; scenario in use",
    [
        (
            "Terms",
            [
                TableBlock(
                    "terms", "", "share", (">Benchmark", ">Score", ">Lowest", ">Highest", ">Models", ">Cloud", ">Distribution"), ("share", "ratio", "share", "share", "0 to 1", "0 to 1", "0 to 1"),
                    [[f"{{{part}_{holding.key}}}" for part in ("b", "t", "low", "up", "model", "cloud", "dist")] for holding in HOLDINGS],
                    labels=[holding.name for holding in HOLDINGS],
                ),
                TableBlock("has", "", "0 to 1", _VIEW_HEADS, _VIEW_UNITS, [[f"{{{holding.key}_{view}}}" for view, *_ in VIEWS] for holding in HOLDINGS], labels=[holding.name for holding in HOLDINGS]),
                TableBlock("cut", "Loading", "coefficient", _VIEW_HEADS, ("coefficient",) * len(VIEWS), [[f"{{v_{view}}}" for view, *_ in VIEWS]]),
            ],
        ),
        (
            "By strength of the tilt, within the bounds",
            [
                TableBlock(
                    "by_tilt", "Tilt", "share", (*_MEASURES, *(f">{holding.name}" for holding in HOLDINGS)),
                    (*_MEASURED, *("share",) * len(HOLDINGS)), [_BY_TILT] * 13,
                ),
            ],
        ),
        (
            "Without each view",
            [
                TableBlock(
                    "without", "", "share", (*_MEASURES, *(f">{holding.name}" for holding in HOLDINGS)), (*_MEASURED, *("share",) * len(HOLDINGS)),
                    [_measured("{tilt$}", f"{{terms_2:}}-{{cut_{n}$}}*{{has_{n}:}}", _AT_ZERO) for n in range(1, len(VIEWS) + 1)],
                    labels=[name for _, name, *_ in VIEWS],
                ),
            ],
        ),
    ],
    table=True,
)  # fmt: skip


def _friction(key: str, name: str) -> list[Block]:
    """How hard a product is to remove, what that leaves of its customers, and what one is worth."""
    return [
        Row(f"{key}_links_", f"{name}: integration", "0 to 1", f"={{{key}_links}}"),
        Row(f"{key}_data_", f"{name}: own data", "0 to 1", f"={{{key}_data}}"),
        Row(f"{key}_parties_", f"{name}: parties", "0 to 1", f"={{{key}_parties}}"),
        Row(f"{key}_training_", f"{name}: retraining", "0 to 1", f"={{{key}_training}}"),
        Row(f"{key}_lock_", f"{name}: contract", "0 to 1", f"={{{key}_lock}}"),
        Row(f"{key}_score", f"{name}: friction of removal", "0 to 1", f"=FRICTION_SCORE({{{key}_links_..{key}_lock_}})"),
        Row(f"{key}_score_again", f"{name}: friction, again", "0 to 1", f"=AVERAGE({{{key}_links_..{key}_lock_}})"),
        Row(f"{key}_churn", f"{name}: churn of a year", "per year", f"=FRICTION_CHURN({{{key}_score}},{{churn_free}},{{churn_locked}})"),
        Row(f"{key}_churn_again", f"{name}: churn, again", "per year", f"=1-EXP(LN(1-{{churn_free}})*(LN(1-{{churn_locked}})/LN(1-{{churn_free}}))^{{{key}_score}})"),
        Row(f"{key}_worth", f"{name}: worth of a customer", "USD per customer", f"=LTV({{worth_margin}},1,{{{key}_churn}},{{worth_rate}})"),
        Row(f"{key}_worth_again", f"{name}: worth, again", "USD per customer", f"={{worth_margin}}*(1+{{worth_rate}})/({{{key}_churn}}+{{worth_rate}})"),
    ]  # fmt: skip


_DAMAGES = (("routine", "Routine task"), ("costly", "Costly task"), ("severe", "Severe task"))


_ARGUMENTS = (("attempt", "Cost of an attempt"), ("right", "Share done right"), ("verify", "Cost to verify"))


def _sobol(key: str, name: str) -> list[Block]:
    """Which argument of the cost of a task done right explains its spread."""
    arguments = (*_ARGUMENTS, (key, f"Damage: {name.lower()}"))
    return [
        TableBlock(
            f"{key}_range", "", "as stored", (">Low", ">Mode", ">High"), ("coefficient",) * 3,
            [[f"{{{argument}_{end}}}" for end in ("low", "middle", "high")] for argument, _ in arguments],
            labels=[label for _, label in arguments],
        ),
        SpillBlock(
            f"{key}_sobol", f"{name}: shares of the variance", "share", f"=SOBOL_INDICES(\"COST_PER_SUCCESS\",{{{key}_range:}})", (">Alone", ">In all"), ("share", "share"), 4,
            {f"{key}_attempt": (0, 1)}, labels=[label for _, label in arguments],
        ),
    ]  # fmt: skip


TOKENS = Calc(
    "Calc_Tokens", "What tokens explain", "Shares of the variance of the cost of a task done right, by the damage of a wrong answer",
    [(f"Cost of a task done right: {name.lower()}", _sobol(key, name)) for key, name in _DAMAGES],
    table=True,
)  # fmt: skip

VIEWS_SHEET = Calc(
    "Calc_Views", "The views tested", "What the loadings rest on: margins of developers, friction of removal, price against cash flows, cost of being wrong",
    [
        ("The views", [Row(f"v_{view}_", name, "coefficient", f"={{v_{view}}}", why) for view, name, _, _, _, _, why in VIEWS]),
        (
            "Margin of a model developer",
            [
                Row("m_gm", "Gross margin", "share", "={dev_gm}"),
                Row("m_share", "Of revenue paid for compute", "share", "={dev_share}"),
                Row("m_d", "Change of the price of compute", "log ratio", "={dev_d}"),
                Row("m_pass", "Passed on to customers", "share", "={dev_pass}"),
                Row("m_take", "Taken by platforms on top", "share", "={dev_take}"),
                Row("m_after", "Gross margin after", "share", "=MARGIN_TRANSFER({m_gm},{m_share},{m_d},{m_pass},{m_take})"),
                Row("m_again", "Gross margin after, again", "share", "=1-(1-{m_gm}+{m_share}*(EXP({m_d})-1))/(1+{m_pass}*{m_share}*(EXP({m_d})-1))-{m_take}"),
                Row("m_change", "Change of the gross margin", "share", "={m_after}-{m_gm}", "Below 0: it moves to silicon and to platforms"),
                Row("m_down", "Of it down, to silicon", "share", "=MARGIN_TRANSFER({m_gm},{m_share},{m_d},{m_pass})-{m_gm}"),
                Row("m_up", "Of it up, to platforms", "share", "={m_change}-{m_down}"),
                Row("m_bar", "Price change at which the margin stays", "as stored", "=BREAKEVEN_SOLVE(\"MARGIN_TRANSFER\",{m_gm..m_take},ROWS({m_gm..m_d}),{m_gm},-1,1)", "Log ratio, found by search"),
                Row("m_kept", "Gross margin at that price", "share", "=MARGIN_TRANSFER({m_gm},{m_share},{m_bar},{m_pass},{m_take})"),
                Row("m_cheaper", "Compute would have to get cheaper by", "share", "=1-EXP({m_bar})", "For the margin to stay"),
            ],
        ),
        ("Friction of removal: consumer companion", _friction("chat", "Companion")),
        ("Friction of removal: workflow of many parties", _friction("flow", "Workflow")),
        (
            "Friction of removal: both",
            [
                Row("worth_ratio", "Value of a customer, workflow over companion", "ratio", "={flow_worth}/{chat_worth}", "At the same margin of a year"),
                Row("churn_gap", "Churn of a year, companion less workflow", "per year", "={chat_churn}-{flow_churn}"),
                Row("worth_line", "Churn of the companion at the bar of worth", "per year", "=({flow_churn}+{worth_rate})*{worth_bar}-{worth_rate}"),
                Row("worth_friction", "Friction of the companion at that churn", "0 to 1", "=LN(LN(1-{worth_line})/LN(1-{churn_free}))/LN(LN(1-{churn_locked})/LN(1-{churn_free}))"),
                Row("gap_line", "Churn of the companion at the bar of churn", "per year", "={flow_churn}+{gap_bar}"),
                Row("gap_friction", "Friction of the companion at that churn", "0 to 1", "=LN(LN(1-{gap_line})/LN(1-{churn_free}))/LN(LN(1-{churn_locked})/LN(1-{churn_free}))"),
                Row("switching", "Cost to replace a workflow, over a year's saving", "ratio", "=SWITCHING_RATIO({switch_cost},{switch_saving})", "Above 1 the customer stays"),
            ],
        ),
        (
            "Price against cash flows",
            [
                Row("tencent_out", "Decoupling index, Tencent", "log ratio", "={tencent_index}", "Below 0: cheaper than its cash flows"),
                Row("minimax_out", "Decoupling index, MiniMax", "log ratio", "={minimax_index}"),
                Row("zhipu_out", "Decoupling index, Zhipu", "log ratio", "={zhipu_index}"),
                Row("anthropic_out", "Decoupling index, Anthropic", "log ratio", "={anthropic_index}"),
                Row("zhipu_again", "Decoupling index, Zhipu, again", "log ratio", "=LN({zhipu_multiple}/({gp_multiple}*{zhipu_gm}))"),
            ],
        ),
        (
            "Ranges over the scenarios, whichever is in use",
            [
                Row(f"{key}_{end}", f"{label}, {end}", "share" if key == "right" else "USD per task", f"={function}({{{key}:}})", constant=True)
                for key, label in (*_ARGUMENTS, *((key, f"Damage, {name.lower()}") for key, name in _DAMAGES))
                for end, function in (("low", "MIN"), ("middle", "MEDIAN"), ("high", "MAX"))
            ],
        ),
    ],
)  # fmt: skip

OUTPUTS = [
    (
        "Portfolio",
        [
            Output("pure_before", "Pure-play exposure, benchmark", "pure_before", "Models without cloud or distribution"),
            Output("pure_after", "Pure-play exposure, target", "pure_after", "", True),
            Output("pure_cut", "Pure-play exposure cut by", "pure_cut", "Of what the benchmark has", True),
            Output("pure_step", "Pure-play exposure, first trade", "pure_step", "Within the cap of turnover"),
            Output("active", "Active share of the target", "active", "Total weight to be traded", True),
            Output("turnover", "Turnover of the first trade", "turnover", "", True),
            Output("trades", "Trades of that size to reach the target", "trades"),
            Output("score_before", "Mean score, benchmark", "score_before"),
            Output("score_after", "Mean score, target", "score_after"),
            Output("gain", "Mean score gained", "gain", "More of the views; not a forecast of return", True),
            Output("hhi_before", "Concentration, benchmark", "hhi_before", "HHI of the weights"),
            Output("hhi_after", "Concentration, target", "hhi_after", "", True),
            Output("even_after", "Effective number of equal holdings, target", "even_after"),
            Output("china_before", "Weight of China, benchmark", "china_before"),
            Output("china_after", "Weight of China, target", "china_after", "", True),
        ],
    ),
    ("Target weights", [Output(f"w_{holding.key}", holding.name, f"target_{holding.key}", f"{holding.layer}, {holding.country}") for holding in HOLDINGS]),
    (
        "The views tested",
        [
            Output("own_gap", "Score of pure-plays less the benchmark", "own_gap", "Without the view on pure-plays"),
            Output("m_change", "Model developer: change of margin", "m_change", "Below 0: it moves down and up"),
            Output("m_cheaper", "Fall in compute price that keeps the margin", "m_cheaper"),
            Output("worth_ratio", "Value of a customer, workflow over companion", "worth_ratio", "Same margin, different churn"),
            Output("flow_worth", "Value of a customer, workflow", "flow_worth", "100 dollars of margin a year"),
            Output("chat_worth", "Value of a customer, companion", "chat_worth", "100 dollars of margin a year"),
            Output("churn_gap", "Churn, companion less workflow", "churn_gap"),
            Output("switching", "Cost to replace a workflow, over a year's saving", "switching", "Above 1 the customer stays"),
            Output("attempt_share", "Variance explained by token cost, routine task", "routine_attempt", "Share of the variance"),
            Output("attempt_severe", "Variance explained by token cost, severe task", "severe_attempt", "The rest is the share done right"),
        ],
    ),
]  # fmt: skip

SENSITIVITIES = [
    Sensitivity(
        "MARGIN_TRANSFER", "Gross margin of a model developer",
        [("Margin", "m_gm"), ("Compute share", "m_share"), ("Compute price", "m_d"), ("Passed on", "m_pass"), ("Platform take", "m_take")], "Compute price", "Platform take",
    ),
    Sensitivity(
        "COST_PER_SUCCESS", "Cost of a task done right, costly task",
        [("Attempt", "attempt"), ("Success", "right"), ("Verification", "verify"), ("Damage", "costly")], "Success", "Attempt",
    ),
]  # fmt: skip

_VIEW_COLORS = (CN, US, GREEN, "#0891B2", AMBER, "#7C3AED", "#6B7280", "#0F4C81")

CHARTS = [
    Chart("bar", "Weights: benchmark and target", "holding", "share of the portfolio", "Calc_Holdings; value of the data set", [
        Curve("Benchmark", "weights_1", "labels_of_weights", GREY), Curve("Target", "weights_4", "labels_of_weights", "#0F4C81"),
    ], number_format="0%", main=True, reverse=True),
    Chart("bar", "Change of weight by holding", "holding", "change of weight", "Calc_Holdings", [
        Curve("Raised", "weights_8", "labels_of_weights", GREEN), Curve("Cut", "weights_9", "labels_of_weights", CN),
    ], stacked=True, number_format="0%", main=True, reverse=True),
    Chart("bar", "What each view adds to a score, against the benchmark", "holding", "score", "Calc_Holdings", [
        Curve(name, f"adds_{number}", "labels_of_adds", _VIEW_COLORS[number - 1]) for number, (_, name, *_) in enumerate(VIEWS, 1)
    ], stacked=True, number_format="0.0", main=True, reverse=True),
    Chart("scatter", "A stronger tilt: less pure-play exposure, more turnover", "strength of the tilt", "share of the portfolio", "Calc_Tilts; bounds hold", [
        Curve("Pure-play exposure", "by_tilt_2", "by_tilt_1", CN, joined=True), Curve("Active share", "by_tilt_3", "by_tilt_1", US, joined=True),
        Curve("Weight of China", "by_tilt_6", "by_tilt_1", AMBER, joined=True),
    ], number_format="0%", main=True, x_format="0.0"),
    Chart("column", "Where the gain in score comes from", "view", "mean score", "Calc_Holdings", [
        Curve("Hidden", "bridge_4", "labels_of_bridge", hidden=True),
        Curve("Above zero", "bridge_5", "labels_of_bridge", US, points=("#0F4C81", *[GREEN] * len(VIEWS), "#0F4C81")),
        Curve("Below zero", "bridge_6", "labels_of_bridge", US, points=("#0F4C81", *[GREEN] * len(VIEWS), "#0F4C81")),
    ], stacked=True, number_format="0.0", legend=False),
    Chart("bar", "Room between the bounds", "holding", "share of the portfolio", "Calc_Holdings", [
        Curve("Lowest", "weights_2", "labels_of_weights", hidden=True), Curve("Room", "weights_7", "labels_of_weights", GREY),
    ], stacked=True, number_format="0%", reverse=True),
    Chart("bar", "Pure-play exposure without each view", "view left out", "share of the portfolio", "Calc_Tilts", [
        Curve("Pure-play exposure", "without_2", "labels_of_without", CN),
    ], number_format="0.0%", reverse=True),
    Chart("column", "Pure-play exposure by scenario", "scenario", "share of the portfolio", "Calc_Weights", [
        Curve("Benchmark", "pure_before", "scenarios", GREY), Curve("First trade", "pure_step", "scenarios", AMBER), Curve("Target", "pure_after", "scenarios", "#0F4C81"),
    ], number_format="0%"),
    tornado("Margin of a model developer: what moves it", "Sensitivity, MARGIN_TRANSFER", 1, "share", "0%"),
    tornado("Cost of a task done right: what moves it", "Sensitivity, COST_PER_SUCCESS", 2, "USD", "0.00"),
]  # fmt: skip

CHECKS = [
    Check("The benchmark adds up to 1", "b_sum", "one"),
    Check("The target adds up to 1", "target_sum", "one"),
    Check("The portfolio after the first trade adds up to 1", "step_sum", "one"),
    Check("Every weight is within its bounds", "inside", "holdings"),
    Check("Weights again, by the scale of the pull and the bounds", "miss", "none"),
    Check("At tilt 0 the weights are the benchmark", "idle", "none"),
    Check("The target serves the views no worse than the benchmark", "serves", "one"),
    Check("Pure-play exposure of the target, by hand", "pure_after", "pure_again"),
    Check("Concentration of the target, by hand", "hhi_after", "hhi_again"),
    Check("What is bought is what is sold", "active", "active_again"),
    Check("The bridge of the score ends at the target", "bridge_end", "score_after"),
    Check("Own score of pure-plays, by its views", "own_gap", "gap_again"),
    Check("Strength of the tilt, picked by the scenario's name", "tilt_picked", "tilt_used"),
    Check("Margin of a developer after, by hand", "m_after", "m_again"),
    Check("Margin of a developer at the price found by search", "m_kept", "m_gm"),
    Check("Friction of the companion is the mean of its parts", "chat_score", "chat_score_again"),
    Check("Friction of the workflow is the mean of its parts", "flow_score", "flow_score_again"),
    Check("Churn of the companion, by hand", "chat_churn", "chat_churn_again"),
    Check("Churn of the workflow, by hand", "flow_churn", "flow_churn_again"),
    Check("Value of a customer of the companion, by hand", "chat_worth", "chat_worth_again"),
    Check("Value of a customer of the workflow, by hand", "flow_worth", "flow_worth_again"),
    Check("Decoupling index of Zhipu, by hand", "zhipu_out", "zhipu_again"),
]  # fmt: skip

CLAIMS = [
    Claim("C03", "Reach in China has come away from prices that last", "DECOUPLING_INDEX", "Decoupling index: Tencent, MiniMax, Zhipu", ("tencent_out", "minimax_out", "zhipu_out"), 0, "Tencent at 1.8 times its price; MiniMax at a fifteenth and Zhipu at a twentieth of their prices", ARTICLE),
    Claim("C44", "Cut pure-play developers of models", "PUREPLAY_EXPOSURE, TILTED_WEIGHTS", "Their own score less the benchmark's, the view on pure-plays left out", "own_gap", 0, "A score 0.97 higher: more than all friction of removal could add", ARTICLE, False),
    Claim("C45", "Margin moves down to silicon and up to platforms", "MARGIN_TRANSFER", "Change of a developer's gross margin", "m_change", 0, "Compute that gets 35 % cheaper, half of it passed on", ARTICLE, False),
    Claim("C46", "Back applications inside work of many parties", "FRICTION_SCORE, FRICTION_CHURN, SWITCHING_RATIO", "Value of a customer, workflow over companion", "worth_ratio", 2, "A companion with a friction of removal of 0.42", ARTICLE),
    Claim("C47", "Low-value consumer use churns, platforms retain", "FRICTION_CHURN, FRICTION_SCORE", "Churn of a year, companion less workflow", "churn_gap", 0.25, "A companion with a friction of removal of 0.38", ARTICLE),
    Claim("C49", "The focus moves from scale to the cost of a unit", "TORNADO_TABLE, SENSITIVITY_GRID, BREAKEVEN_SOLVE, SOBOL_INDICES, SCENARIO_PICK", "Variance of the cost of a task that the tokens explain: severe, costly, routine", ("severe_attempt", "costly_attempt", "routine_attempt"), 0.5, "A wrong answer that costs USD 0.20 or more: being right then counts for more", ARTICLE),
]  # fmt: skip


def template() -> Template:
    """The declaration of the workbook."""
    views = [
        assumed(f"v_{key}", f"Loading: {name}", "coefficient", low, base, high, side, why)
        for key, name, low, base, high, side, why in VIEWS
    ]
    return Template(
        "allocation_playbook", TITLE, PURPOSE, GUIDE,
        [("Method", _METHOD), ("Views", views), *(_holding(holding) for holding in HOLDINGS), ("Tests of the views", _TESTS)],
        [SCORES, WEIGHTS, HOLDINGS_SHEET, TILTS, VIEWS_SHEET, TOKENS],
        OUTPUTS, SENSITIVITIES, CHARTS, CHECKS, CLAIMS,
    )  # fmt: skip
