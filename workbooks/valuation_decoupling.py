"""How much of a price the cash flows explain: multiples, cash flows year by year, reverse and simulated, US and China."""

from __future__ import annotations

from dataclasses import replace

from xlsxwriter.utility import xl_col_to_name

from workbooks.country_inputs import COUNTRIES, calcs, of_country
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
    Timeline,
    assumed,
)
from workbooks.dsl.style import SERIES
from xlfuncs import data
from xlfuncs.catalogue.template_layout import SCENARIOS
from xlfuncs.data import tables

TITLE = "Valuation decoupling"
PURPOSE = "How much of a price the cash flows explain: what the market pays, what is justified, and what it must assume"
ARTICLE = "The article; measured on the inputs of this workbook"

GUIDE = [
    (
        "Reading it",
        [
            "Start with Outputs and the two football fields: what each method says the multiple should be, and the price.",
            "Calc_US and Calc_China: cost of capital, justified multiple, what the price assumes, software multiple, hazard.",
            "Calc_US_DCF and Calc_China_DCF are the cash flows year by year in plain formulas, of the scenario in use.",
            "The sheets _Tokens do the same with a margin that follows the token cost; _MC draws the inputs at random.",
            "Calc_Companies has the multiples of named companies from the data set, on their newest revenue.",
        ],
    ),
    (
        "Cautions",
        [
            "US stands for a frontier laboratory like OpenAI, China for a listed pure play like MiniMax or Zhipu.",
            "At these structures 25 points of growth move the multiple tenfold: read the implied growth before the multiple.",
            "If all the fall of token cost stayed with the seller, it would cover both base prices; at 100 % growth it covers none in China.",
            "The hazard and the country risk premium may count the same event twice; the note on the line says so.",
        ],
    ),
]  # fmt: skip

YEARS = 10  # of the explicit forecast: five of growth and five of fade
FORECAST = [
    "growth", "years_high", "years_fade", "terminal_growth", "gm_start", "gm_end", "opex_start", "opex_end",
    "tax_rate", "sales_to_capital",
]  # fmt: skip
CAPITAL = ["risk_free", "beta", "equity_premium", "country_risk", "illiquidity"]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def _per_side(side: str) -> list[tuple[str, list[Input]]]:
    """The inputs of one country."""
    us = side == "us"
    country = "US" if us else "China"
    years = {"years_high", "years_fade"}
    forecast = [
        replace(declared, least=1, most=YEARS // 2) if declared.key.removeprefix(f"{side}_") in years else declared
        for declared in of_country(side, FORECAST)
    ]
    priced = (46112, "The last round of OpenAI") if us else (46031, "Close of MiniMax on its first day of trading")
    contribution = (0.33, 0.45, 0.60) if us else (0.18, 0.30, 0.50)
    margins = (
        "AI companies report 41 to 52 %; Bessemer sees 25 % in the fastest and 60 % in the steady ones"
        if us
        else "MiniMax and Zhipu report 18 to 26 % for the first half of 2026, 50 % before"
    )
    retention = (0.70, 0.80, 0.95) if us else (0.50, 0.70, 0.90)
    hazard, loss = ((0.02, 0.05, 0.15), (0.1, 0.2, 0.3)) if us else ((0.05, 0.25, 0.40), (0.2, 0.4, 0.6))
    prior = (0.15, 0.45, 0.90) if us else (0.15, 0.70, 1.60)
    opex, opex_sd = ((1.0, 1.2, 1.5), (0.15, 0.2, 0.3)) if us else ((5.0, 6.5, 9.0), (0.3, 0.4, 0.5))
    failure = (0.05, 0.1, 0.2) if us else (0.1, 0.2, 0.3)
    share = 0.50 if us else 0.55
    return [
        (
            f"Price: {country}",
            [
                *of_country(side, ["observed_multiple"]),
                assumed(f"{side}_priced_on", "Day of the price", "Excel date serial", priced[0], priced[0], priced[0], 0, priced[1], 43831, 73050),
            ],
        ),
        (
            f"Cost of capital: {country}",
            [
                *of_country(side, CAPITAL),
                assumed(f"{side}_exposure", "Exposure to the country risk", "ratio", 0.8, 1, 1.2, 0, "Revenue mostly at home: near 1"),
                assumed(f"{side}_equity_weight", "Equity over all capital", "share", 0.9, 1, 1, 0, "Losses bear no debt; lower it for a company with cash flow"),
                assumed(f"{side}_debt_cost", "Cost of debt before tax", "per year", 0.06, 0.08, 0.1, -1, "High yield; without weight while equity is all"),
            ],
        ),
        (
            f"Forecast: {country}",
            [
                *forecast,
                assumed(f"{side}_opex_scale", "Dilution of operating cost by scale", "ratio", 0.75, 0.8, 0.85, 0, "1 where the excess is a fixed amount, 0 where it grows with revenue"),
                assumed(f"{side}_roic_spread", "Return above the cost of capital in perpetuity", "per year", 0, 0, 0.02, 0, "None: growth after the forecast then adds no value"),
            ],
        ),
        (
            f"Token cost: {country}",
            [
                *of_country(side, ["floor_share", "decline"]),
                assumed(f"{side}_other_cogs", "Other cost of revenue", "share", 0.05, 0.07, 0.09, -1, "Payment, support and hosting; the rest of the cost of revenue is taken as inference"),
                assumed(f"{side}_net_usage", "Growth of usage over that of revenue", "per year", 0.05, 0.10, 0.2, -1, "Longer answers and agents at unchanged prices"),
            ],
        ),
        (
            f"Software multiple: {country}",
            [
                assumed(f"{side}_contribution", "Contribution margin after inference", "share", *contribution, 1, margins),
                assumed(f"{side}_retention", "Revenue retained in a year", "ratio", *retention, 1, "Paid AI plans keep a fifth of users in a year, enterprise accounts most: a mix"),
            ],
        ),
        (
            f"Intervention: {country}",
            [
                assumed(f"{side}_hazard_rate", "Interventions in a year", "per year", *hazard, -1, "Licences, bans and reversals of taste: one in four years in China, one in twenty in the US"),
                assumed(f"{side}_event_loss", "Value lost in an intervention", "share", *loss, -1, "Tutoring and games lost 40 % and more in 2021; fines and suits cost less"),
            ],
        ),
        (
            f"Distributions: {country}",
            [
                assumed(f"{side}_mc_growth", "Growth, triangular: low, mode and high", "per year", *prior, 1, "What a cautious analyst holds possible for five years, without the price"),
                assumed(f"{side}_mc_decline", "Decline of the token cost, triangle", "per year", 0.20, 0.55, 0.85, 1, "Silicon alone gives 26 %; prices at constant capability fell far faster"),
                assumed(f"{side}_mc_share", "Inference over revenue, median", "share", share * 0.8, share, share * 1.2, -1, "Reported gross margins of 40 to 50 % less other cost"),
                assumed(f"{side}_mc_share_sd", "Inference over revenue, spread of the logarithm", "log standard deviation", 0.2, 0.3, 0.4, 0, "Two thirds of cases within 30 % of the median"),
                assumed(f"{side}_mc_usage", "Growth of usage over revenue, mean", "per year", 0.06, 0.08, 0.10, -1, "Below the point estimate: prices follow usage in part"),
                assumed(f"{side}_mc_usage_sd", "Growth of usage over revenue, deviation", "per year", 0.04, 0.06, 0.08, 0, "Wide enough to reach 0"),
                assumed(f"{side}_mc_opex", "Operating cost over revenue, median", "share", *opex, -1, "Below the ratio of the prospectus: revenue grew since" if not us else "As in the forecast"),
                assumed(f"{side}_mc_opex_sd", "Operating cost over revenue, spread of the logarithm", "log standard deviation", *opex_sd, 0, "Wider where revenue is small"),
                assumed(f"{side}_p_fail", "Chance of failure", "probability", *failure, -1, "Venture in its late stage; scales every path"),
            ],
        ),
    ]  # fmt: skip


GENERAL = [
    assumed("model_start", "First day of the forecast", "Excel date serial", 46023, 46023, 46023, 0, "1 January 2026", 36526, 73050),
    assumed("bar", "Multiple that the article calls decoupled", "x", 100, 100, 100, 0, "The article: factors above 100"),
    assumed("borne", "Share of the value that an owner would bear", "share", 0.25, 0.25, 0.25, 0, "A quarter, as the discount for a stake that cannot be sold"),
    assumed("floor", "Least multiple that the football fields show", "x", 0.1, 0.1, 0.1, 0, "Their axis is logarithmic: a multiple of 0 or less starts here", 0.01, 1),
    assumed("half_years", "Half-years in a year", "periods per year", 2, 2, 2, 0, "For the pace of half-yearly revenue", 2, 2),
    assumed("quarters", "Quarters in a year", "periods per year", 4, 4, 4, 0, "For the pace of quarterly revenue", 4, 4),
    assumed("inflation_usd", "Inflation of the dollar, long run", "per year", 0.018, 0.022, 0.03, 0, "Near the target; 3.0 % in 2025"),
    assumed("inflation_cny", "Inflation of the yuan, long run", "per year", 0.005, 0.01, 0.02, 0, "Above the 0.8 % of 2025, below the target"),
    assumed("saas_multiple", "Multiple of software companies", "x", 5, 6.5, 8, 1, "Median of listed companies, early 2026"),
    assumed("saas_margin", "Gross margin of software companies", "share", 0.75, 0.77, 0.79, -1, "Median of listed companies"),
    assumed("saas_retention", "Revenue software companies retain", "ratio", 1.02, 1.05, 1.08, -1, "Median net revenue retention"),
    assumed("saas_horizon", "Years of the installed base", "years", 10, 10, 10, 0, "Finite, since retention may exceed the discount"),
]  # fmt: skip

SIMULATION = [
    *(
        assumed(f"q_{number}", f"Quantile {number} of {len(QUANTILES)}", "probability", value, value, value, 0, "The five that a box plot shows", 0.001, 0.999)
        for number, value in enumerate(QUANTILES, 1)
    ),
    assumed("draws", "Random draws", "count", 10000, 10000, 10000, 0, "Standard error of a probability below 0.5 points", 100, 1000000),
    assumed("seed", "Seed of the random numbers", "number", 12345, 12345, 12345, 0, "The same numbers at each calculation"),
    assumed("pert_shape", "Weight of the mode in the PERT distribution", "shape", 4, 4, 4, 0, "The usual one"),
    assumed("corr_growth_usage", "Correlation of growth and usage", "coefficient", 0.4, 0.4, 0.4, 0, "Fast growers are used more", -0.9, 0.9),
    assumed("corr_decline_floor", "Correlation of decline and floor", "coefficient", -0.3, -0.3, -0.3, 0, "Where cost falls fast, less of it is fixed", -0.9, 0.9),
    assumed("corr_growth_opex", "Correlation of growth and operating cost", "coefficient", -0.2, -0.2, -0.2, 0, "Scale comes with growth", -0.9, 0.9),
    assumed("corr_share_decline", "Correlation of inference share and decline", "coefficient", -0.2, -0.2, -0.2, 0, "Heavy users run new and expensive models", -0.9, 0.9),
]  # fmt: skip

ADOPTION = [
    assumed("us_from", "First day compared, US", "Excel date serial", 46022, 46022, 46022, 0, "Weekly users of ChatGPT at the end of 2025", 43831, 73050),
    assumed("us_to", "Last day compared, US", "Excel date serial", 46112, 46112, 46112, 0, "Weekly users and round of March 2026", 43831, 73050),
    assumed("us_value_before", "Value of OpenAI before", "USD m", 500000, 500000, 500000, 0, "Sale of shares by staff in October 2025, reported at USD 500bn; not in the data set"),
    assumed("cn_from", "First day compared, China", "Excel date serial", 46022, 46022, 46022, 0, "Monthly users of Doubao at the end of 2025", 43831, 73050),
    assumed("cn_to", "Last day compared, China", "Excel date serial", 46081, 46081, 46081, 0, "The same after the Spring Festival", 43831, 73050),
]  # fmt: skip

_ARGUMENTS = "{years_high},{years_fade},{terminal_growth},{gm_start},{gm_end},{opex_start},{opex_end},{tax_rate},{sales_to_capital},{wacc},{roic}"
_SHORT = _ARGUMENTS.replace("{gm_end},", "")
_TOKEN = _ARGUMENTS.replace("{gm_start},{gm_end},", "")

PRICE = Calc(
    "Calc_Price", "The prices", "What the market paid for the two companies that stand for the US and for China, on the day of the price",
    [
        (
            "Value",
            [
                Row("us_value", "Value of OpenAI", "USD m", '=AI_DATA("OPENAI","valuation",{us_priced_on},"USD m")', "From the data set", constant=True),
                Row("cn_value", "Value of MiniMax", "USD m", '=AI_DATA("MINIMAX","valuation",{cn_priced_on},"USD m")', "From the data set", constant=True),
            ],
        ),
    ],
    table=True,
)  # fmt: skip

_RANGED = (
    ("justified", "Justified multiple", "x"), ("saas_fair", "Software multiple for AI revenue", "x"),
    ("observed_multiple", "Multiple that the market pays", "x"), ("mc_growth", "Growth", "per year"),
    ("mc_decline", "Decline of the token cost", "per year"), ("floor_share", "Cost floor", "share"),
)  # fmt: skip
_MIDDLES = (
    ("terminal_growth", "Perpetual growth", "per year"), ("wacc", "Cost of capital", "per year"),
    ("mc_share", "Inference over revenue", "share"), ("mc_usage", "Growth of usage over revenue", "per year"),
    ("other_cogs", "Other cost of revenue", "share"), ("mc_opex", "Operating cost today", "share"),
    ("opex_end", "Operating cost at scale", "share"), ("tax_rate", "Tax rate", "share"),
    ("sales_to_capital", "Sales to capital", "ratio"), ("opex_scale", "Dilution of operating cost", "ratio"),
    ("p_fail", "Chance of failure", "probability"),
)  # fmt: skip

LINES: list[tuple[str, list[Block]]] = [
    (
        "Cost of capital",
        [
            Row("wacc", "Cost of capital, US dollars", "per year", "=WACC_BUILDUP({equity_weight},{risk_free},{beta},{equity_premium},{country_risk},{exposure},{illiquidity},{debt_cost},{tax_rate})", "CAPM with country risk and illiquidity"),
            Row("equity_cost", "Cost of equity", "per year", "={risk_free}+{beta}*{equity_premium}+{exposure}*{country_risk}+{illiquidity}"),
            Row("wacc_again", "Cost of capital, again", "per year", "={equity_weight}*{equity_cost}+(1-{equity_weight})*{debt_cost}*(1-{tax_rate})", "By hand"),
            Row("wacc_cny", "Cost of capital, yuan", "per year", "=RATE_CONVERT({wacc},{inflation_usd},{inflation_cny})", "By the difference of inflation"),
            Row("cny_again", "Cost of capital, yuan, again", "per year", "=(1+{wacc})*(1+{inflation_cny})/(1+{inflation_usd})-1"),
            Row("roic", "Return on new capital in perpetuity", "per year", "={wacc}+{roic_spread}"),
        ],
    ),
    (
        "What the cash flows justify",
        [
            Row("justified", "Justified multiple", "x", f"=JUSTIFIED_MULTIPLE({{growth}},{_ARGUMENTS},1,{{opex_scale}})", "Below 0: growth at a loss never pays"),
            Row("decoupled", "Decoupling index", "log ratio", '=IFERROR(DECOUPLING_INDEX({observed_multiple},{justified}),"none")', "None where nothing is justified; 0.69 is twice"),
            Row("unexplained", "Share of the price not explained", "share", "=UNEXPLAINED_SHARE({observed_multiple},{justified})", "Above 100 % where the flows are worth less than 0"),
            Row("decoupled_again", "Decoupling index, again", "log ratio", '=IF({justified}>0,LN({observed_multiple}/MAX({justified},1/1000000)),"none")'),
            Row("unexplained_again", "Share not explained, again", "share", "=1-{justified}/{observed_multiple}"),
        ],
    ),
    (
        "What the price assumes",
        [
            Row("implied", "Growth that the price assumes", "per year", f'=IFERROR(IMPLIED_GROWTH({{observed_multiple}},{_ARGUMENTS},{{opex_scale}}),"none")', "In each year of the first stage"),
            Row("assumed_growth", "Growth of the path at the price", "per year", "=IF(ISNUMBER({implied}),{implied},{growth})", "The forecast where no growth gives the price"),
            Row("at_implied", "Justified multiple at that growth", "x", f"=JUSTIFIED_MULTIPLE({{assumed_growth}},{_ARGUMENTS},1,{{opex_scale}})"),
            Row("at_implied_again", "What it must be", "x", "=IF(ISNUMBER({implied}),{observed_multiple},{justified})", "The price"),
            Row("growth_gap", "Growth assumed over the forecast", "per year", "={assumed_growth}-{growth}", "Points that the forecast is short of the price"),
            Row("implied_gm", "Gross margin that the price assumes", "share", f'=IFERROR(IMPLIED_MARGIN({{observed_multiple}},{{growth}},{_SHORT},{{opex_scale}}),"none")', "At maturity; none where 100 % is not enough"),
            Row("assumed_gm", "Gross margin of that path", "share", "=IF(ISNUMBER({implied_gm}),{implied_gm},{gm_end})"),
            Row("at_margin", "Justified multiple at that margin", "x", f"=JUSTIFIED_MULTIPLE({{growth}},{_ARGUMENTS.replace('{gm_end}', '{assumed_gm}')},1,{{opex_scale}})"),
            Row("at_margin_again", "What it must be", "x", "=IF(ISNUMBER({implied_gm}),{observed_multiple},{justified})", "The price"),
            Row("inference_share", "Inference over revenue today", "share", "=1-{gm_start}-{other_cogs}", "What the gross margin leaves"),
            Row("implied_decline", "Decline of token cost that it assumes", "per year", f'=IFERROR(IMPLIED_COST_DECLINE({{observed_multiple}},{{inference_share}},{{other_cogs}},{{floor_share}},{{net_usage}},{{growth}},{_TOKEN},{{opex_scale}}),"none")', "All of it to margin; none: no decline is enough"),
            Row("needed_decline", "The same, 100 % where none is enough", "per year", "=IF(ISNUMBER({implied_decline}),{implied_decline},1)"),
            Row("match_decline", "Decline that offsets the growth", "per year", "=1-1/(1+{growth})", "Cost falls as fast as revenue grows"),
            Row("decline_ratio", "Decline needed over that", "ratio", "={needed_decline}/{match_decline}", "Below 1: cost may fall slower than use grows"),
        ],
    ),
    (
        "Software multiple, adjusted",
        [
            Row("saas_fair", "Software multiple for AI revenue", "x", "=SAAS_MULTIPLE_ADJUSTED({saas_multiple},{saas_margin},{contribution},{saas_retention},{retention},{wacc},{saas_horizon})", "Installed base only: no option on growth"),
            Row("saas_margin_only", "The same, margin alone", "x", "={saas_multiple}*{contribution}/{saas_margin}", "Retention as in software"),
            Row("saas_z", "Revenue kept, discounted, software", "ratio", "={saas_retention}/(1+{wacc})"),
            Row("ai_z", "Revenue kept, discounted, AI", "ratio", "={retention}/(1+{wacc})"),
            Row("saas_life", "Years of revenue, software", "years", "={saas_z}*({saas_z}^{saas_horizon}-1)/({saas_z}-1)"),
            Row("ai_life", "Years of revenue, AI", "years", "={ai_z}*({ai_z}^{saas_horizon}-1)/({ai_z}-1)"),
            Row("saas_again", "Software multiple for AI revenue, again", "x", "={saas_margin_only}*{ai_life}/{saas_life}"),
            Row("saas_kept", "Share of the software multiple kept", "ratio", "={saas_fair}/{saas_multiple}"),
            Row("saas_unexplained", "Price over the adjusted multiple", "ratio", "={observed_multiple}/{saas_fair}", "What growth must be worth"),
        ],
    ),
    (
        "Hazard of intervention",
        [
            Row("run_rate", "Run-rate revenue behind it", "USD m", "={value}/{observed_multiple}", "Value over the multiple"),
            Row("hazard_value", "Value less the hazard", "USD m", "=HAZARD_ADJUSTED_VALUE({value}*1000000,{hazard_rate},{event_loss},{wacc},{terminal_growth})/1000000", "A perpetuity; may count the country risk twice"),
            Row("hazard_share", "Share of the value lost to it", "share", "=1-{hazard_value}/{value}"),
            Row("hazard_again", "Share lost, again", "share", "={hazard_rate}*{event_loss}/({wacc}-{terminal_growth}+{hazard_rate}*{event_loss})"),
            Row("hazard_bar", "Interventions that take the share borne", "per year", "=({wacc}-{terminal_growth})*{borne}/(1-{borne})/{event_loss}", "In a year; more interventions take more"),
        ],
    ),
    (
        "Ranges over the scenarios, whichever is in use",
        [
            *(
                Row(f"{key}_{end}", f"{label}, {end}", unit, f"={name}({{{key}:}})", constant=True)
                for key, label, unit in _RANGED
                for end, name in (("low", "MIN"), ("middle", "MEDIAN"), ("high", "MAX"))
            ),
            *(Row(f"{key}_middle", f"{label}, middle", unit, f"=MEDIAN({{{key}:}})", constant=True) for key, label, unit in _MIDDLES),
        ],
    ),
]  # fmt: skip


def _flows(side: str, key: str, label: str, growth: str, margin: str) -> list[tuple[str, list[Block]]]:
    """Cash flows year by year for a dollar of run-rate revenue, and all that follow, by native formulas."""
    k = key
    return [
        (
            label,
            [
                Row(f"{k}explicit", "Within the forecast", "flag", "=IF({period}<={years_high}+{years_fade},1,0)"),
                Row(f"{k}last", "Last year of it", "flag", "=IF({period}={years_high}+{years_fade},1,0)"),
                Row(f"{k}faded", "Share of the fade done", "share", "=MAX(0,{period}-{years_high})/{years_fade}"),
                Row(f"{k}pace", "Growth of revenue", "per year", f"=({{{growth}}}+({{terminal_growth}}-{{{growth}}})*{{{k}faded}})*{{{k}explicit}}"),
                Row(f"{k}revenue", "Revenue, of a dollar today", "ratio", f"={{{k}revenue<}}*(1+{{{k}pace}})", opening="=1"),
                Row(f"{k}gm", "Gross margin", "share", margin),
                Row(f"{k}opex", "Operating cost over revenue", "share", f"={{opex_end}}+({{opex_start}}-{{opex_end}})/{{{k}revenue}}^{{opex_scale}}", "The excess is diluted by scale"),
                Row(f"{k}ebit", "Operating profit", "ratio", f"={{{k}revenue}}*({{{k}gm}}-{{{k}opex}})*{{{k}explicit}}"),
                Row(f"{k}losses", "Losses carried forward", "ratio", f"=MAX(0,{{{k}losses<}}-{{{k}ebit}})", opening="=0"),
                Row(f"{k}tax", "Tax", "ratio", f"={{tax_rate}}*MAX(0,{{{k}ebit}}-{{{k}losses<}})"),
                Row(f"{k}invested", "Reinvestment", "ratio", f"=({{{k}revenue}}-{{{k}revenue<}})/{{sales_to_capital}}*{{{k}explicit}}"),
                Row(f"{k}fcff", "Free cash flow to the firm", "ratio", f"={{{k}ebit}}-{{{k}tax}}-{{{k}invested}}", total="sum"),
                Row(f"{k}factor", "Discount factor, mid-year", "ratio", f"=SQRT(1+{{wacc}})/(1+{{wacc}})^{{period}}*{{{k}explicit}}"),
                Row(f"{k}present", "Present value", "ratio", f"={{{k}fcff}}*{{{k}factor}}", total="sum"),
                Row(f"{k}funded", "Cash so far", "ratio", f"={{{k}funded<}}+{{{k}fcff}}", opening="=0"),
            ],
        ),
        (
            f"{label}: all years after, and the multiple",
            [
                Row(f"{k}end", "Revenue of the last year", "ratio", f"=SUMPRODUCT({{{k}last:}},{{{k}revenue:}})", constant=True),
                Row(f"{k}end_margin", "Operating margin of the last year", "share", f"=SUMPRODUCT({{{k}last:}},{{{k}ebit:}})/{{{k}end}}", constant=True),
                Row(f"{k}after_tax", "Profit after tax of the year after", "ratio", f"={{{k}end}}*(1+{{terminal_growth}})*{{{k}end_margin}}*(1-{{tax_rate}})", constant=True),
                Row(f"{k}flow_after", "Cash flow of the year after", "ratio", f"={{{k}after_tax}}*(1-{{terminal_growth}}/{{roic}})", constant=True),
                Row(f"{k}terminal", "Present value of all years after", "ratio", f"={{{k}flow_after}}/({{wacc}}-{{terminal_growth}})*SUMPRODUCT({{{k}last:}},{{{k}factor:}})", constant=True),
                Row(f"{k}multiple", "Multiple by these rows", "x", f"={{{k}present.total}}+{{{k}terminal}}", constant=True),
            ],
        ),
    ]  # fmt: skip


def _gliding(key: str) -> str:
    return "={gm_start}+({gm_end}-{gm_start})*{period}/({years_high}+{years_fade})"


def _dcf(side: str, country: str) -> Calc:
    """The cash flows of the forecast, and the revenue that the price assumes."""
    code = "US" if side == "us" else "China"
    more: list[tuple[str, list[Block]]] = [
        (
            "What the flows need and bring",
            [
                Row("first", "Free cash flow of year 1", "ratio", "=INDEX({fcff:},1)", constant=True),
                Row("need", "Most cash tied up, of a dollar of revenue", "x", "=-MIN(0,MIN({funded:}))", "Sum of the losses and investments before it turns", constant=True),
                Row("need_usd", "Most cash tied up", "USD m", "={need}*{run_rate}", constant=True),
                Row("paying", "Free cash flow above 0", "flag", "=IF({fcff}>0,1,0)"),
                Row("turns", "First year of free cash flow", "years", '=IFERROR(MATCH(1,{paying:},0),"never")', "Never within the forecast where it says so", constant=True),
                Row("late", "Share of the value from all years after", "share", "={terminal}/{multiple}", "Above 100 % where the forecast itself costs money", constant=True),
            ],
        ),
        (
            "Revenue that the price assumes",
            [
                Row("p_pace", "Growth of revenue at the price", "per year", "={assumed_growth}+({terminal_growth}-{assumed_growth})*{faded}", "Beyond the forecast it would stay at its end"),
                Row("p_revenue", "Revenue at the price, of a dollar today", "ratio", "={p_revenue<}*(1+{p_pace})", opening="=1"),
                Row("p_usd", "Revenue at the price", "USD m", "={p_revenue}*{run_rate}", opening="={run_rate}"),
                Row("usd", "Revenue of the forecast", "USD m", "={revenue}*{run_rate}", opening="={run_rate}"),
                Row("p_times_high", "Times larger after the first stage", "x", "=INDEX({p_revenue:},{years_high})", constant=True),
                Row("p_times_end", "Times larger after the forecast", "x", "=INDEX({p_revenue:},{years_high}+{years_fade})", constant=True),
                Row("p_usd_end", "Revenue that the price needs at the end", "USD m", "={p_times_end}*{run_rate}", "Of the last year of the forecast", constant=True),
            ],
        ),
    ]  # fmt: skip
    return Calc(
        f"Calc_{code}_DCF", f"Cash flows year by year: {country}",
        "Three stages in plain formulas, of the scenario in use, for a dollar of run-rate revenue",
        [*_flows(side, "", "Forecast", "growth", _gliding("")), *more],
        over_time=True, prefix=f"{side}_",
    )  # fmt: skip


def _tokens(side: str, country: str) -> Calc:
    """The same with a margin that follows the token cost: at the decline the price assumes, and at the floor."""
    code = "US" if side == "us" else "China"
    cost = "{inference_share}*(1+{net_usage})^{period}*({floor_share}+(1-{floor_share})*(1-{%s})^{period})"
    margin = f"=1-{{other_cogs}}-{cost}"
    ways = (("t_", "Decline that the price assumes", "needed_decline"), ("d_", "Decline expected", "decline"))
    sections = [part for key, label, fall in ways for part in _flows(side, key, label, "growth", margin % fall)]
    last: tuple[str, list[Block]] = (
        "Reading",
        [
            Row("t_wanted", "What the first must be", "x", "=IF(AND({needed_decline}>0,{needed_decline}<1),{observed_multiple},{t_multiple})", "The price, unless none or no decline gives it", constant=True),
            Row("d_end_gm", "Gross margin of the last year, as expected", "share", "=SUMPRODUCT({d_last:},{d_gm:})", constant=True),
        ],
    )  # fmt: skip
    return Calc(
        f"Calc_{code}_Tokens", f"Cash flows by token cost: {country}",
        "The gross margin follows the token cost, down to its floor, instead of a line; scenario in use",
        [*sections, last], over_time=True, prefix=f"{side}_",
    )  # fmt: skip


DCF_HEADINGS = (
    "Year",
    "Growth",
    "Revenue",
    "Operating profit",
    "Tax",
    "Reinvestment",
    "Free cash flow",
    "Factor",
    "Present value",
)
DCF_UNITS = ("number", "per year", "USD", "USD", "USD", "USD", "USD", "ratio", "USD")


def _table(side: str, country: str) -> tuple[str, list[Block]]:
    own = _ARGUMENTS.replace("{", f"{{{side}_")
    return (
        f"FCFF_DCF_TABLE: {country}",
        [
            Row(f"{side}_base", "Run-rate revenue", "USD", f"={{{side}_run_rate$}}*1000000", constant=True),
            SpillBlock(
                f"{side}_table", "Year by year, the last row all after", "USD",
                f"=FCFF_DCF_TABLE({{{side}_base}},{{{side}_growth$}},{own.replace('}', '$}')},1,{{{side}_opex_scale$}})",
                DCF_HEADINGS, DCF_UNITS, YEARS + 1, {f"{side}_table_cash": (0, 6)},
            ),
            Row(f"{side}_sum_present", "Present values of the table", "USD", f"=SUM({{{side}_table_9:}})", constant=True),
            Row(f"{side}_by_rows", "Value by the rows of the sheet _DCF", "USD", f"={{{side}_multiple}}*{{{side}_base}}", constant=True),
            Row(f"{side}_first_cash", "Free cash flow of year 1 of the table", "USD", f"={{{side}_table_cash}}", constant=True),
            Row(f"{side}_first_rows", "The same by the rows", "USD", f"={{{side}_first}}*{{{side}_base}}", constant=True),
        ],
    )  # fmt: skip


_FIELDS = (
    ("run_rate_revenue", "=1"),
    ("revenue_quarter", "{quarters}"),
    ("revenue_half", "{half_years}"),
    ("revenue", "=1"),
)
_NATIVE = {
    "us": ["ANTHROPIC", "CHARACTER_AI", "COGNITION", "CURSOR", "ELEVENLABS", "GLEAN", "HARVEY", "OPENAI", "PERPLEXITY", "SCALE_AI"],
    "cn": ["01_AI", "MINIMAX", "MOONSHOT", "ZHIPU"],
}  # fmt: skip


def priced(country: str) -> list[tuple[str, str, str, str]]:
    """Companies of a country with a value and a revenue: id, name, the field of the newest revenue, periods of it in a year."""
    companies = []
    for key, row in tables.entities().items():
        fields = [
            (data.history(key, field)[-1].as_of, -order, field, periods)
            for order, (field, periods) in enumerate(_FIELDS)
            if (key, field) in tables.observations()
        ]
        is_company = row["kind"] == "company" and row["country"] == country.upper()
        if is_company and fields and (key, "valuation") in tables.observations():
            *_, field, periods = max(fields)
            companies.append((key, row["name"], field, periods))
    return sorted(companies, key=lambda company: company[1].lower())


def _companies(side: str, country: str, native: bool) -> tuple[str, list[Block]]:
    """A listing of companies, and what they have in common."""
    kind = "native" if native else "broad"
    key = f"{side}_{kind}"
    companies = [company for company in priced(side) if (company[0] in _NATIVE[side]) == native]
    growth = _ARGUMENTS.replace("{", f"{{{side}_").replace("}", "$}")
    assumes = f'=IFERROR(IMPLIED_GROWTH(M{{r}},{growth},{{{side}_opex_scale$}}),"none")' if native else '="n/a"'
    rows = [
        (
            entity, field, '=AI_DATA(H{r},"valuation",,"USD m")', '=AI_DATA(H{r},I{r},,"USD m")', periods,
            "=RUN_RATE_MULTIPLE(J{r},K{r},L{r})", "=IF(M{r}>{bar$},1,0)", assumes,
            '=IFERROR(AI_DATA(H{r},"gross_margin"),"n/a")', '=LEFT(DATA_SOURCE(H{r},"valuation"),FIND(" http",DATA_SOURCE(H{r},"valuation")&" http")-1)',
        )
        for entity, _, field, periods in companies
    ]  # fmt: skip
    tag = f"{country}, {'AI companies' if native else 'others'}"
    title = "AI companies" if native else "chips, clouds, software and platforms"
    return (
        f"{country}: {title}",
        [
            TableBlock(
                key, "Multiple of run-rate revenue", "x",
                ("Id", "Newest revenue", "Value", "Revenue", "Periods a year", "Multiple", "Above the bar", "Growth it assumes", "Gross margin", "  Source of the value"),
                ("text", "text", "USD m", "USD m", "periods per year", "x", "flag", "per year", "share", ""),
                rows, labels=[name for _, name, _, _ in companies],
            ),
            Row(f"{key}_low", f"Lower quartile, {tag}", "x", f"=PERCENTILE({{{key}_6:}},{{q_2$}})", constant=True),
            Row(f"{key}_median", f"Median, {tag}", "x", f"=MEDIAN({{{key}_6:}})", constant=True),
            Row(f"{key}_high", f"Upper quartile, {tag}", "x", f"=PERCENTILE({{{key}_6:}},{{q_4$}})", constant=True),
            Row(f"{key}_above", f"Above the bar, {tag}", "count", f"=SUM({{{key}_7:}})", constant=True),
            Row(f"{key}_first", "First of the list, by hand", "x", f"=INDEX({{{key}_3:}},1)/INDEX({{{key}_4:}},1)/INDEX({{{key}_5:}},1)", constant=True),
            Row(f"{key}_first_fn", "First of the list, by its function", "x", f"=INDEX({{{key}_6:}},1)", constant=True),
        ],
    )  # fmt: skip


COMPANIES = Calc(
    "Calc_Companies", "Multiples of named companies",
    "The newest value over the pace of the newest revenue, from the data set; their dates may lie months apart",
    [_companies(side, country, native) for native in (True, False) for side, country in COUNTRIES],
    table=True,
)  # fmt: skip


def _adoption(side: str, country: str, users: str, before: str, after: str) -> tuple[str, list[Block]]:
    entity, field = users.split(".")
    s = side
    return (
        f"Users and value: {country}",
        [
            Row(f"{s}_users_0", "Users before", "users", f'=AI_DATA("{entity}","{field}",{{{s}_from$}})', f"{entity.title()}, {field}", constant=True),
            Row(f"{s}_users_1", "Users after", "users", f'=AI_DATA("{entity}","{field}",{{{s}_to$}})', constant=True),
            Row(f"{s}_value_0", "Value before", "USD m", before, "OpenAI" if s == "us" else "ByteDance, of which it is a part", constant=True),
            Row(f"{s}_value_1", "Value after", "USD m", after, constant=True),
            Row(f"{s}_user_change", "Change of the users", "share", f"={{{s}_users_1}}/{{{s}_users_0}}-1", constant=True),
            Row(f"{s}_value_change", "Change of the value", "share", f"={{{s}_value_1}}/{{{s}_value_0}}-1", constant=True),
            Row(f"{s}_elasticity", "Value gained for each point of users", "ratio", f"={{{s}_value_change}}/{{{s}_user_change}}", "0.8 to 1.2: in step; above: value runs ahead", constant=True),
            Row(f"{s}_state", "State of value against users", "text", f"=DECOUPLING_STATE({{{s}_user_change}},{{{s}_value_change}})", "In the words of Tapio", constant=True),
        ],
    )  # fmt: skip


USERS = Calc(
    "Calc_Users", "Value against users", "Whether value grew with the users, behind them or ahead of them, between two days",
    [
        _adoption("us", "US", "OPENAI.wau", "={us_value_before$}", '=AI_DATA("OPENAI","valuation",{us_to$},"USD m")'),
        _adoption("cn", "China", "DOUBAO.mau", '=AI_DATA("BYTEDANCE","valuation",{cn_from$},"USD m")', '=AI_DATA("BYTEDANCE","valuation",{cn_to$},"USD m")'),
    ],
)  # fmt: skip

_CORRELATED = {("growth", "opex_start"): "corr_growth_opex", ("growth", "net_usage_growth"): "corr_growth_usage", ("floor_share", "decline"): "corr_decline_floor", ("inference_share", "decline"): "corr_share_decline"}  # fmt: skip
_DRAWN = {
    "growth": ("triangular", "mc_growth"), "terminal_growth": ("fixed", "terminal_growth"), "wacc": ("fixed", "wacc"),
    "inference_share": ("lognormal", "mc_share"), "floor_share": ("uniform", "floor_share"),
    "decline": ("triangular", "mc_decline"), "net_usage_growth": ("normal", "mc_usage"),
    "other_cogs": ("fixed", "other_cogs"), "opex_start": ("lognormal", "mc_opex"), "opex_end": ("fixed", "opex_end"),
    "tax_rate": ("fixed", "tax_rate"), "sales_to_capital": ("fixed", "sales_to_capital"),
    "opex_scale": ("fixed", "opex_scale"), "p_fail": ("fixed", "p_fail"),
}  # fmt: skip


def _drawn(kind: str, key: str) -> tuple[str, str, str]:
    """The three numbers of a distribution, from the range of an input, whatever the scenario in use."""
    low, middle, high = (f"{{{key}_{end}}}" for end in ("low", "middle", "high"))
    if kind == "triangular":
        return low, middle, high
    if kind == "uniform":
        return low, high, "=0"
    return middle, f"{{{key}_sd}}" if kind in ("normal", "lognormal") else "=0", "=0"


def _correlation(column: int) -> str:
    """1 with itself, else that of the pair, 0 where there is none."""
    name = xl_col_to_name(SERIES + column)
    return f"=IF($H{{r}}={name}${{top}},1,SUMIFS({{pair_3:}},{{pair_1:}},$H{{r}},{{pair_2:}},{name}${{top}}))"


_SIMULATED = "{corr_first..corr_last$},{draws$},{seed$}"
DISTRIBUTIONS: list[tuple[str, list[Block]]] = [
    (
        "Distributions",
        [
            TableBlock(
                "dist", "Input", "as stored", ("Input", "Distribution", ">First number", ">Second", ">Third"), ("text", "text", "coefficient", "coefficient", "coefficient"),
                [(name, kind, *_drawn(kind, key)) for name, (kind, key) in _DRAWN.items()],
                labels=[name.replace("_", " ").capitalize().replace("Wacc", "Cost of capital") for name in _DRAWN],
            ),
        ],
    ),
    (
        "Correlations",
        [
            TableBlock(
                "pair", "Pair", "coefficient", ("One input", "Other input", ">Correlation"), ("text", "text", "coefficient"),
                [(*names, f"{{{key}}}") for pair, key in _CORRELATED.items() for names in (pair, pair[::-1])],
                labels=["Pair", "The same, turned"] * len(_CORRELATED),
            ),
            TableBlock(
                "corr", "Correlation", "coefficient", ("Input", *(">" for _ in _DRAWN)), ("text", *("ratio" for _ in _DRAWN)),
                [
                    ("", *_DRAWN),
                    *((name, *(_correlation(column) for column, _ in enumerate(_DRAWN, 1))) for name in _DRAWN),
                ],
                {"corr_first": (1, 1), "corr_last": (len(_DRAWN), len(_DRAWN))},
                ["Correlation matrix", *(name.replace("_", " ").capitalize() for name in _DRAWN)],
            ),
        ],
    ),
    (
        "Quantiles",
        [
            TableBlock(
                "quantile", "Quantile", "x", (">Probability", ">Monte Carlo", ">Growth, PERT", ">DCF at it"), ("probability", "x", "per year", "x"),
                [
                    (
                        f"{{q_{number}}}", f"=MC_QUANTILE({{dist:}},H{{r}},{_SIMULATED})",
                        "=PERT_INV(H{r},{mc_growth_low$},{mc_growth_middle$},{mc_growth_high$},{pert_shape$})",
                        f"=JUSTIFIED_MULTIPLE(J{{r}},{_ARGUMENTS.replace('}', '$}')},1,{{opex_scale$}})",
                    )
                    for number, _ in enumerate(QUANTILES, 1)
                ],
                {f"{key}_q{number}": (number - 1, column) for number, _ in enumerate(QUANTILES, 1) for key, column in (("mc", 1), ("pert", 2), ("dcf", 3))},
                [f"Quantile of {value:.0%}" for value in QUANTILES],
            ),
        ],
    ),
    (
        "Odds",
        [
            TableBlock(
                "price", "Price", "x", (">Multiple paid", ">Too high", ">Standard error"), ("x", "probability", "probability"),
                [
                    (f"{{observed_multiple@{case}}}", f"=MC_PROB_OVERPRICED({{dist:}},H{{r}},{_SIMULATED})", "=SQRT(I{r}*(1-I{r})/{draws$})")
                    for case, _ in enumerate(SCENARIOS, 1)
                ],
                labels=[f"Price, {name}" for name in SCENARIOS],
            ),
            Row("overpriced", "Probability that the price is too high", "probability", f"=MC_PROB_OVERPRICED({{dist:}},{{observed_multiple}},{_SIMULATED})", "Justified multiple below the market's", constant=True),
            Row("above_bar", "Probability that the bar is too high", "probability", f"=MC_PROB_OVERPRICED({{dist:}},{{bar$}},{_SIMULATED})", constant=True),
            Row("worthless", "Share of paths worth nothing", "probability", f"=MC_PROB_OVERPRICED({{dist:}},1/1000000,{_SIMULATED})", "Never below 0: sponsors stop", constant=True),
            Row("pert_p", "Probability to start from", "probability", "={q_3$}", constant=True),
            Row("pert_low", "Lowest growth", "per year", "={mc_growth_low}", constant=True),
            Row("pert_mode", "Likeliest growth", "per year", "={mc_growth_middle}", constant=True),
            Row("pert_high", "Highest growth", "per year", "={mc_growth_high}", constant=True),
            Row("pert_weight", "Weight of the likeliest", "shape", "={pert_shape$}", constant=True),
            Row("pert_at", "Growth that the price assumes, in the range", "per year", "=MIN({pert_high},MAX({pert_low},{assumed_growth$}))", constant=True),
            Row("odds", "Odds that growth reaches it", "probability", '=IFERROR(1-BREAKEVEN_SOLVE("PERT_INV",{pert_p..pert_weight},1,{pert_at},0,1),IF({pert_at}<{pert_high},1,0))', "By the PERT distribution of growth", constant=True),
            Row("pert_x", "CellPos of it in the range", "share", "=({pert_at}-{pert_low})/({pert_high}-{pert_low})", constant=True),
            Row("pert_a", "Shape of the beta distribution, a", "shape", "=1+{pert_weight}*({pert_mode}-{pert_low})/({pert_high}-{pert_low})", constant=True),
            Row("pert_b", "Shape of the beta distribution, b", "shape", "=1+{pert_weight}*({pert_high}-{pert_mode})/({pert_high}-{pert_low})", constant=True),
            Row("odds_again", "Odds, again", "probability", "=1-BETADIST({pert_x},{pert_a},{pert_b})", constant=True),
            Row("pert_again", "Middle of growth, again", "per year", "={pert_low}+({pert_high}-{pert_low})*BETAINV({q_3$},{pert_a},{pert_b})", constant=True),
            Row("pert_middle", "Middle of growth", "per year", "={pert_q3}", constant=True),
            Row("ordered", "Quantiles that do not fall", "count", "=SUMPRODUCT(--({mc_q1..mc_q4}<={mc_q2..mc_q5}))", constant=True),
            Row("ordered_again", "What they must be", "count", "=COUNT({quantile_1:})-1", constant=True),
        ],
    ),
]  # fmt: skip


def _ranges(side: str, country: str) -> tuple[str, list[Block]]:
    s = side
    spread = [
        tuple(f"{{{s}_{key}_{end}}}" for end in ("low", "middle", "high"))
        for key in ("justified", "saas_fair", "observed_multiple")
    ]
    methods = [
        ("DCF, Bear to Bull", *spread[0]),
        ("DCF over likely growth, 25 to 75 %", *(f"{{{s}_dcf_q{number}}}" for number in (2, 3, 4))),
        ("Monte Carlo, 5 to 95 %", *(f"{{{s}_mc_q{number}}}" for number in (1, 3, 5))),
        ("Monte Carlo, 25 to 75 %", *(f"{{{s}_mc_q{number}}}" for number in (2, 3, 4))),
        ("Software multiple, adjusted", *spread[1]),
        ("AI companies, quartiles", *(f"{{{s}_native_{end}}}" for end in ("low", "median", "high"))),
        ("Market price, range", *spread[2]),
    ]
    return (
        f"Multiples by method: {country}",
        [
            TableBlock(
                f"{s}_range", "Range", "x", (">Low", ">Middle", ">High", ">From", ">Width"), ("x",) * 5,
                [(*ends, "=MAX({floor$},H{r})", "=MAX({floor$},J{r})-K{r}") for _, *ends in methods],
                labels=[label for label, *_ in methods],
            ),
        ],
    )  # fmt: skip


RANGES = Calc(
    "Calc_Ranges", "Ranges by method", "What each method says the multiple should be; the bars start at the least multiple shown where the low end is below it",
    [
        *(_ranges(side, country) for side, country in COUNTRIES),
        (
            "For the claims",
            [
                Row("cn_newest", "AI companies of China, newest revenue", "x", "={cn_native_median}", "Median", constant=True),
                Row("cn_week", "Pure play of China, first weeks of 2026", "x", "={cn_observed_multiple_middle}", constant=True),
                Row("cn_week_high", "The same, high end", "x", "={cn_observed_multiple_high}", constant=True),
                Row("above_all", "Companies above the bar, both countries", "count", "={us_native_above}+{cn_native_above}+{us_broad_above}+{cn_broad_above}", constant=True),
            ],
        ),
    ],
    table=True,
)  # fmt: skip


def _country_outputs(side: str, name: str) -> list[Output]:
    s = side
    return [
        Output(f"{s}_justified", f"Multiple that the cash flows justify, {name}", f"{s}_justified", "Below 0: the cash flows are worth less than nothing", True),
        Output(f"{s}_observed", f"Multiple that the market pays, {name}", f"{s}_observed_multiple"),
        Output(f"{s}_unexplained", f"Share of the price not explained, {name}", f"{s}_unexplained", "Above 100 %: the cash flows are worth less than 0", True),
        Output(f"{s}_index", f"Decoupling index, {name}", f"{s}_decoupled", "0.69 is twice the justified multiple"),
        Output(f"{s}_implied", f"Growth that the price assumes, {name}", f"{s}_implied", "Each year of the first stage", True),
        Output(f"{s}_times", f"Multiple of today's revenue that the price needs, {name}", f"{s}_p_times_end"),
        Output(f"{s}_usd_end", f"Revenue that the price needs at the end, {name}", f"{s}_p_usd_end"),
        Output(f"{s}_margin", f"Gross margin that the price assumes, {name}", f"{s}_implied_gm", "None: 100 % is not enough"),
        Output(f"{s}_decline", f"Token cost decline that the price assumes, {name}", f"{s}_implied_decline", "None: no decline is enough"),
        Output(f"{s}_token", f"Justified multiple, margin by token cost, {name}", f"{s}_d_multiple", "At the decline expected, down to the floor"),
        Output(f"{s}_saas", f"Software multiple, adjusted, {name}", f"{s}_saas_fair", "Installed base only"),
        Output(f"{s}_mc_median", f"Justified multiple, Monte Carlo median, {name}", f"{s}_mc_q3"),
        Output(f"{s}_mc_high", f"Justified multiple, Monte Carlo 95 % quantile, {name}", f"{s}_mc_q5"),
        Output(f"{s}_overpriced", f"Probability that the price is too high, {name}", f"{s}_overpriced", "", True),
        Output(f"{s}_odds", f"Probability of the growth that the price assumes, {name}", f"{s}_odds"),
        Output(f"{s}_hazard", f"Value lost to interventions, {name}", f"{s}_hazard_share"),
        Output(f"{s}_wacc", f"Cost of capital, {name}", f"{s}_wacc"),
        Output(f"{s}_need", f"Peak funding need, {name}", f"{s}_need_usd", "Forecast of the scenario in use"),
    ]  # fmt: skip


OUTPUTS = [(name, _country_outputs(side, name)) for side, name in COUNTRIES] + [
    (
        "Companies and users",
        [
            Output("us_median", "Median multiple of AI companies, US", "us_native_median", "Newest revenue"),
            Output("cn_median", "Median multiple of AI companies, China", "cn_native_median", "Newest revenue"),
            Output("above", "Companies above the bar", "above_all", "Of all companies in the table"),
            Output("us_elasticity", "Value gained per point of users, OpenAI", "us_elasticity"),
            Output("cn_elasticity", "Value gained per point of users, ByteDance", "cn_elasticity"),
        ],
    ),
]  # fmt: skip

_NAMED = (
    ("growth", "Growth"), ("years_high", "Years of growth"), ("years_fade", "Years of the fade"),
    ("terminal_growth", "Perpetual growth"), ("gm_start", "Gross margin today"), ("gm_end", "Gross margin at maturity"),
    ("opex_start", "Operating cost today"), ("opex_end", "Operating cost at scale"), ("tax_rate", "Tax rate"),
    ("sales_to_capital", "Sales to capital"), ("wacc", "Cost of capital"),
)  # fmt: skip

SENSITIVITIES = [
    Sensitivity("JUSTIFIED_MULTIPLE", f"Justified multiple, {name}", [(label, f"{side}_{key}") for key, label in _NAMED], "Growth", "Gross margin at maturity")
    for side, name in COUNTRIES
]  # fmt: skip


def _football(side: str, name: str, color: str) -> Chart:
    shades = (color, color, "#7C3AED", "#7C3AED", "#059669", "#F59E0B", "#1F2937")
    return Chart("bar", f"Football field of the multiple: {name}", "method", "multiple of run-rate revenue, logarithmic", "Calc_Ranges; a bar from the left edge starts at 0 or below", [
        Curve("From", f"{side}_range_4", f"labels_of_{side}_range", hidden=True),
        Curve("Range", f"{side}_range_5", f"labels_of_{side}_range", color, points=shades),
    ], True, "#,##0.##x", True, log=True, reverse=True)  # fmt: skip


CHARTS = [
    _football("us", "US", "#2563EB"),
    _football("cn", "China", "#DC2626"),
    Chart("line", "Revenue: forecast, and what the price assumes", "year of the forecast", "times the revenue of today, logarithmic", "Calc_US_DCF and Calc_China_DCF; scenario in use", [
        Curve("US, forecast", "us_revenue", "period", "#93C5FD"),
        Curve("US, price", "us_p_revenue", "period", "#2563EB"),
        Curve("China, forecast", "cn_revenue", "period", "#FCA5A5"),
        Curve("China, price", "cn_p_revenue", "period", "#DC2626"),
    ], number_format="#,##0x", main=True, log=True),
    tornado("Justified multiple: what moves it, US", "Sensitivity, JUSTIFIED_MULTIPLE", 1, "x", "#,##0", True),
    tornado("Justified multiple: what moves it, China", "Sensitivity, JUSTIFIED_MULTIPLE", 2, "x", "#,##0"),
    Chart("line", "Free cash flow of a dollar of revenue", "year of the forecast", "USD", "Calc_US_DCF and Calc_China_DCF; scenario in use", [
        Curve("US", "us_fcff", "period", "#2563EB"), Curve("China", "cn_fcff", "period", "#DC2626"),
    ], number_format="#,##0"),
    Chart("bar", "What the market pays: AI companies, US", "company", "multiple of run-rate revenue", "Calc_Companies; data set", [
        Curve("Multiple", "us_native_6", "labels_of_us_native", "#2563EB"),
    ], number_format="#,##0x", reverse=True),
    Chart("bar", "What the market pays: AI companies, China", "company", "multiple of run-rate revenue", "Calc_Companies; data set", [
        Curve("Multiple", "cn_native_6", "labels_of_cn_native", "#DC2626"),
    ], number_format="#,##0x", reverse=True),
    Chart("column", "Monte Carlo: quantiles of the justified multiple", "quantile", "multiple of run-rate revenue", "Calc_US_MC and Calc_China_MC", [
        Curve("US", "us_quantile_2", "labels_of_us_quantile", "#2563EB"), Curve("China", "cn_quantile_2", "labels_of_cn_quantile", "#DC2626"),
    ], number_format="#,##0x"),
    Chart("column", "Probability that the price is too high", "scenario of the price", "probability", "Calc_US_MC and Calc_China_MC", [
        Curve("US", "us_price_2", "labels_of_us_price", "#2563EB"), Curve("China", "cn_price_2", "labels_of_cn_price", "#DC2626"),
    ], number_format="0%"),
]  # fmt: skip

CHECKS = [
    check
    for side, name in COUNTRIES
    for check in (
        Check(f"Cost of capital, by hand: {name}", f"{side}_wacc", f"{side}_wacc_again"),
        Check(f"Cost of capital in yuan, by hand: {name}", f"{side}_wacc_cny", f"{side}_cny_again"),
        Check(f"Justified multiple, by the rows year by year: {name}", f"{side}_justified", f"{side}_multiple"),
        Check(f"Present values of FCFF_DCF_TABLE, by the rows: {name}", f"{side}_sum_present", f"{side}_by_rows"),
        Check(f"Free cash flow of its first year, by the rows: {name}", f"{side}_first_cash", f"{side}_first_rows"),
        Check(f"At the implied growth the cash flows give the price: {name}", f"{side}_at_implied", f"{side}_at_implied_again", 1e-6),
        Check(f"At the implied margin the cash flows give the price: {name}", f"{side}_at_margin", f"{side}_at_margin_again", 1e-6),
        Check(f"At the implied token decline the rows give the price: {name}", f"{side}_t_multiple", f"{side}_t_wanted", 1e-6),
        Check(f"Share not explained, by hand: {name}", f"{side}_unexplained", f"{side}_unexplained_again"),
        Check(f"Software multiple, by geometric series: {name}", f"{side}_saas_fair", f"{side}_saas_again"),
        Check(f"Hazard, by hand: {name}", f"{side}_hazard_share", f"{side}_hazard_again"),
        Check(f"Middle of PERT growth, by the beta distribution: {name}", f"{side}_pert_middle", f"{side}_pert_again", 1e-8),
        Check(f"Odds of the growth, by the beta distribution: {name}", f"{side}_odds", f"{side}_odds_again", 1e-8),
        Check(f"Quantiles of the Monte Carlo rise: {name}", f"{side}_ordered", f"{side}_ordered_again", 0),
        Check(f"Run-rate multiple, by hand: {name}", f"{side}_native_first_fn", f"{side}_native_first"),
    )
]  # fmt: skip

CLAIMS = [
    Claim("C01", "Markets take the speed of adoption for lasting value", "UNEXPLAINED_SHARE, JUSTIFIED_MULTIPLE, SAAS_MULTIPLE_ADJUSTED", "Share of the Chinese price that cash flows do not explain", "cn_unexplained", 0.25, "Growth of 136 % a year for five years explains all of the base price", ARTICLE),
    Claim("C03", "The footprint in China has come away from lasting value", "DECOUPLING_INDEX, DECOUPLING_STATE, UNEXPLAINED_SHARE", "The same, any of it", "cn_unexplained", 0, "The same growth, or a gross margin of 75 %, or token cost down 22 % a year", ARTICLE),
    Claim("C07", "Software multiples overlook what a model costs to run", "SAAS_MULTIPLE_ADJUSTED, JUSTIFIED_MULTIPLE", "Software multiple kept after margin and retention, US", "us_saas_kept", 0.8, "A contribution margin of 77 % and a retention of 105 %", ARTICLE, False),
    Claim("C25", "Prices rest on speculation and not on cash flows", "FCFF_DCF_TABLE, JUSTIFIED_MULTIPLE, MC_PROB_OVERPRICED, IMPLIED_GROWTH, IMPLIED_MARGIN, WACC_BUILDUP, RATE_CONVERT", "Share of the US price that cash flows do not explain", "us_unexplained", 0.25, "Growth of 62 % a year; at random the price is too high in 72 % of paths, 90 % in China", ARTICLE),
    Claim("C30", "Asian AI companies are priced above 100 times run-rate revenue", "RUN_RATE_MULTIPLE, IMPLIED_GROWTH, MC_QUANTILE", "China: median on newest revenue; price of January 2026; its high end", ("cn_newest", "cn_week", "cn_week_high"), 100, "Time: revenue grew into the prices of January; on the newest only single names are above", ARTICLE),
    Claim("C31", "The prices assume that token cost falls faster than use grows", "IMPLIED_COST_DECLINE", "Decline that the Chinese price needs over the one that offsets growth", "cn_decline_ratio", 1, "Growth: at 115 % a year and above a slower fall is enough, at 110 % and below none is", ARTICLE),
    Claim("C43", "Consumer revenue is at the mercy of taste and of the regulator", "HAZARD_ADJUSTED_VALUE", "Share of the value that interventions take, China", "cn_hazard_share", 0.25, "Interventions as rare as one in twelve years at a loss of 40 %", ARTICLE),
]  # fmt: skip


def template() -> Template:
    """The declaration of the workbook."""
    sides = {side: _per_side(side) for side, _ in COUNTRIES}
    inputs = [
        ("General", GENERAL),
        *sides["us"],
        *sides["cn"],
        ("Simulation", SIMULATION),
        ("Users and value", ADOPTION),
    ]
    about = "Cost of capital, justified multiple, what the price assumes, software multiple and hazard; both have the same rows"
    return Template(
        "valuation_decoupling", TITLE, PURPOSE, GUIDE, inputs,
        [
            PRICE,
            *calcs("", "Valuation", about, LINES),
            *(_dcf(side, name) for side, name in COUNTRIES),
            *(_tokens(side, name) for side, name in COUNTRIES),
            Calc("Calc_Table", "Cash flows by FCFF_DCF_TABLE", "The same cash flows by one function, in dollars; scenario in use", [_table(side, name) for side, name in COUNTRIES], table=True),
            COMPANIES, USERS,
            *(replace(row, table=True) for row in calcs("MC", "Uncertainty", "Inputs drawn at random from their ranges, whatever the scenario in use; growth also by PERT", DISTRIBUTIONS)),
            RANGES,
        ],
        OUTPUTS, SENSITIVITIES, CHARTS, CHECKS, CLAIMS, Timeline(YEARS, 12, "model_start"),
    )  # fmt: skip
