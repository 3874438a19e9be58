"""Automate or not, at US and Chinese wages: benefit, cash flows, break-even wage, delay, a task, the choice of model."""

from __future__ import annotations

from collections.abc import Sequence

from workbooks.country_inputs import COUNTRIES, calcs
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
    TableBlock,
    Template,
    Timeline,
    assumed,
    fact,
)

TITLE = "Enterprise automation"
PURPOSE = "Automate a process or not, at US and at Chinese wages: benefit, cash flows, break-even wage, delay and model choice"
ARTICLE = "The article; measured on the inputs of this workbook"
Range = tuple[float, float, float]
US, CN, LIGHT = "#2563EB", "#DC2626", "#F59E0B"

GUIDE = [
    (
        "Reading it",
        [
            "Start with Outputs: the same process, the same tool, two wages. Calc_US and Calc_China have the same rows.",
            "Calc_Years has the cash flows year by year, with the ramp, the delay and the falling running cost, in native formulas.",
            "Their present value must equal AUTOMATION_NPV. Money flows evenly within a year; the set-up is paid on the first day.",
            "Calc_Curves draws the value against the wage: where a line crosses zero is the break-even wage.",
            "The heat table below it lets the running cost move too, since a cheap tool removes the cheap-labour argument.",
            "Calc_Efficiency compares a frontier model with a small one per task done right. The damage of a wrong answer "
            "decides more than the price of the tokens.",
            "Realisation, the share of freed time that turns into cash, is the input most often overstated: test it first.",
        ],
    ),
]

_PROCESS = [
    assumed("fte", "Staff who do the work", "FTE", 100, 100, 100, 0, "A back-office process of middle size"),
    assumed("time_share", "Share of the time that can be automated", "share", 0.45, 0.50, 0.55, 1, "Task studies put a third to two thirds of clerical work within reach"),
    assumed("adoption", "Share of it in which the tool is used", "share", 0.60, 0.70, 0.80, 1, "Use of assistants at work settles well below all who have access"),
    assumed("success", "Share of tasks done right", "share", 0.82, 0.85, 0.90, 1, "Agents on routine office tasks, with review; depends on the process", 0.01, 1),
    assumed("realisation", "Share of the saving that turns into cash", "share", 0.40, 0.60, 0.75, 1, "Time saved is not money saved: attrition and overtime first, posts later", 0.01, 1),
    assumed("days_saved", "Days saved in a cycle", "days", 3, 4, 5, 1, "For example invoices approved in 6 days and not 10"),
    assumed("flow_per_day", "Money tied up for each day", "USD per day", 150000, 200000, 250000, 1, "Volume of the process; depends on the firm"),
    assumed("capital_cost", "Cost of the money tied up", "per year", 0.10, 0.10, 0.10, 0, "Working capital of a firm of average risk", -0.5),
    assumed("margin_per_day", "Margin of a year for each day saved", "USD per year", 2500, 5000, 7500, 1, "Discounts taken and orders won by being quicker"),
]  # fmt: skip

_TOOL = [
    assumed("life", "Years the tool is in service", "years", 4, 5, 6, 1, "Until it is replaced", 0.5, 8),
    assumed("ramp", "Years until the full benefit", "years", 0.25, 0.50, 1.00, -1, "Roll-out by team", 0, 4),
    assumed("decline", "Yearly decline of the running cost", "per year", 0.15, 0.20, 0.30, 1, "Token prices fall faster, licences and integration do not", 0, 0.95),
    assumed("cheap_run", "Cheap tool: running cost", "USD per year", 250000, 300000, 375000, -1, "Open weights at Chinese prices of tokens and of integration"),
    assumed("cheap_upfront", "Cheap tool: set-up", "USD", 425000, 500000, 625000, -1, "Chinese price of integration work"),
]  # fmt: skip

_LATE: dict[str, Range] = {"us": (0.50, 0.75, 1.25), "cn": (0.10, 0.25, 0.50)}
_RATE: dict[str, Range] = {"us": (0.09, 0.11, 0.13), "cn": (0.11, 0.13, 0.15)}
_GROWTH: dict[str, Range] = {"us": (0.030, 0.035, 0.040), "cn": (0.017, 0.028, 0.060)}
_HOURS: dict[str, Range] = {"us": (2000, 2080, 2080), "cn": (2080, 2300, 2400)}
_WHY_LATE = {
    "us": "Legal, data protection and model risk review before the first live task",
    "cn": "Filing of the service and a shorter review; internal use needs no licence",
}
_WHY_RATE = {"us": "Cost of capital of a project of its kind", "cn": "The same with a country premium of 2 points"}
_WHY_GROWTH = {
    "us": "Employment cost index, near 3.5 % in 2025",
    "cn": "Average urban wage of 2024: up 2.8 %, in private firms 1.7 %; twice that in earlier years",
}
_WHY_HOURS = {"us": "40 hours in 52 weeks, as paid", "cn": "Some 49 hours a week as surveyed, in 47 weeks"}
_MODEL = {"us": "gpt-5.6-terra", "cn": "glm-5.3"}


def _terms(side: str, country: str) -> list[Input]:
    """The terms of one country: wage, tool, delay, discount rate and tokens."""
    code, model = side.upper(), _MODEL[side]
    late, rate, growth, hours = (table[side] for table in (_LATE, _RATE, _GROWTH, _HOURS))
    return [
        fact(f"{code}.model_labour_cost", f"{side}_wage", "Loaded wage", 1),
        assumed(f"{side}_run", "Running cost of a year", "USD per year", 425000, 500000, 600000, -1, "Licences, tokens, support and monitoring; the same tool in both countries"),
        assumed(f"{side}_upfront", "Set-up", "USD", 700000, 800000, 1000000, -1, "Integration, clean-up of data, training of staff"),
        assumed(f"{side}_delay", "Compliance delay", "years", *late, -1, _WHY_LATE[side], 0, 3),
        assumed(f"{side}_rate", "Discount rate", "per year", *rate, -1, _WHY_RATE[side], 0.001, 1),
        assumed(f"{side}_wage_growth", "Growth of the wage", "per year", *growth, 1, _WHY_GROWTH[side], 0.001, 1),
        assumed(f"{side}_hours", "Hours paid for in a year", "count", *hours, 0, _WHY_HOURS[side], 1),
        fact(f"{model}.price_input", f"{side}_price_in", f"Price of prompt tokens, {model}", -1, spread=0.15),
        fact(f"{model}.price_output", f"{side}_price_out", f"Price of answer tokens, {model}", -1, spread=0.15),
    ]  # fmt: skip


_TASK = [
    assumed("tokens_per_task", "Tokens of one attempt", "tokens", 320000, 400000, 480000, -1, "An agent that reads files and calls tools over some twenty steps"),
    assumed("prompt_share", "Share of them in the prompt", "share", 0.90, 0.90, 0.90, 0, "Agents read far more than they write"),
    assumed("review_minutes", "Review of one attempt", "minutes", 2, 4, 6, -1, "A person looks at each result"),
    assumed("person_minutes", "The task done by a person", "minutes", 10, 12, 15, 1, "Time and motion of a clerical case", 0.1),
    assumed("hour", "Minutes in an hour", "minutes", 60, 60, 60, 0, "By definition"),
]  # fmt: skip

_CHOICE = [
    assumed("frontier_attempt", "Frontier model: cost of an attempt", "USD per task", 0.050, 0.060, 0.070, 1, "15 times the small one, about the gap in list prices of one family"),
    assumed("frontier_success", "Frontier model: share done right", "share", 0.90, 0.92, 0.95, -1, "On a task of one domain", 0.01, 1),
    assumed("small_attempt", "Small model: cost of an attempt", "USD per task", 0.003, 0.004, 0.006, -1, "A tuned open model of some 8 billion parameters"),
    assumed("small_success", "Small model: share done right", "share", 0.75, 0.80, 0.85, 1, "Tuned to the domain", 0.01, 1),
    assumed("verify", "Cost to verify an attempt", "USD per task", 0.002, 0.004, 0.006, 0, "A check by rules or by a model"),
    assumed("routine", "Damage of a wrong answer: routine task", "USD per task", 0.01, 0.02, 0.05, -1, "It is seen and done again"),
    assumed("costly", "Damage of a wrong answer: costly task", "USD per task", 0.10, 0.20, 0.40, -1, "A customer asks again"),
    assumed("severe", "Damage of a wrong answer: severe task", "USD per task", 0.50, 1.00, 2.00, -1, "A person takes some minutes to repair it"),
    assumed("tune", "Fine-tuning, once", "USD", 100000, 200000, 400000, -1, "Data, runs and evaluation by a small team"),
    assumed("tune_monthly", "Hosting of the tuned model", "USD per month", 4000, 5000, 8000, -1, "One node and its upkeep"),
    assumed("months", "Months over which it must pay", "months", 12, 12, 12, 0, "Until the next generation", 1, 120),
    assumed("months_long", "Longer horizon", "months", 24, 24, 24, 0, "Two generations", 1, 120),
    assumed("frontier_decline", "Yearly decline of the frontier price", "per year", 0.50, 0.70, 0.90, -1, "Price of a constant quality; Epoch finds 9 to 900 times a year, list prices move less", 0.001, 0.999),
]  # fmt: skip

_AXES = [
    assumed("wage_from", "Chart: lowest wage", "USD per FTE-year", 10000, 10000, 10000, 0, "Left end of the axis"),
    assumed("wage_to", "Chart: highest wage", "USD per FTE-year", 106000, 106000, 106000, 0, "Right end, above the US wage"),
    assumed("run_from", "Heat table: lowest running cost", "USD per year", 200000, 200000, 200000, 0, "Top row"),
    assumed("run_to", "Heat table: highest running cost", "USD per year", 800000, 800000, 800000, 0, "Bottom row"),
    assumed("damage_to", "Chart: highest damage of a wrong answer", "USD per task", 0.6, 0.6, 0.6, 0, "Right end, above where the two models cost the same"),
]  # fmt: skip

_WAGES = [
    fact("US.wage_loaded", "us_reported", "US: wages and all that comes on top"),
    fact("CN.wage_loaded", "cn_reported", "China: the same, urban non-private units"),
    assumed("cn_private", "China: average wage of urban private firms", "CNY per year", 69476, 69476, 69476, 0, "NBS for 2024, as reported by the press"),
    assumed("cn_on_top", "China: cost of labour over wage", "ratio", 1.25, 1.30, 1.40, 0, "Employers pay a quarter to two fifths of the wage on top", 1, 2),
]  # fmt: skip

_NPV = "AUTOMATION_NPV({benefit},{%s},{%s},{rate},{life},{ramp},%s,{decline})"

LINES: list[tuple[str, list[Block]]] = [
    (
        "Annual benefit",
        [
            Row("effective", "Time x adoption x success x realisation", "share", "={time_share}*{adoption}*{success}*{realisation}", "The part of the payroll that turns into cash"),
            Row("labour", "Labour saved in cash", "USD per year", "={fte}*{wage}*{effective}"),
            Row("cycle", "Value of shorter cycles", "USD per year", "=CYCLE_TIME_VALUE({days_saved},{flow_per_day},{capital_cost},{margin_per_day})", "Capital set free and margin earned sooner"),
            Row("benefit", "Annual benefit", "USD per year", "=AUTOMATION_BENEFIT({fte},{wage},{time_share},{adoption},{success},{realisation},{cycle})"),
            Row("freed", "Staff time set free", "FTE", "={fte}*{time_share}*{adoption}*{success}", "Before realisation"),
            Row("payroll_share", "Benefit over the payroll of the process", "share", "={benefit}/({fte}*{wage})"),
            Row("cycle_again", "Value of shorter cycles, again", "USD per year", "={days_saved}*({flow_per_day}*{capital_cost}+{margin_per_day})"),
            Row("benefit_again", "Annual benefit, again", "USD per year", "={labour}+{cycle_again}"),
        ],
    ),
    (
        "The case",
        [
            Row("npv", "Net present value", "USD", f"={_NPV % ('run', 'upfront', '{delay}')}", "Ramp, delay and falling running cost"),
            Row("index", "Net present value per dollar of set-up", "ratio", "={npv}/{upfront}"),
            Row("payback", "Years until the set-up is paid back", "years", "=IFERROR(AUTOMATION_PAYBACK({benefit},{run},{upfront},{rate}),\"never\")", "Full benefit from the first day"),
            Row("rho", "Discount rate, continuous", "per year", "=LN(1+{rate})"),
            Row("fall", "Decline of the running cost, continuous", "per year", "=-LN(1-{decline})"),
            Row("climb", "Years of ramp within the life", "years", "=MIN({ramp},{life})"),
            Row("waited", "Value today of a dollar after the delay", "ratio", "=(1+{rate})^-{delay}"),
            Row("climbing", "A dollar a year, during the ramp", "ratio", "=IF({climb}>0,(1-(1+{rho}*{climb})*EXP(-{rho}*{climb}))/({rho}*{rho}*{climb}),0)", "Value at the start of service"),
            Row("steady", "A dollar a year, after the ramp", "ratio", "=(EXP(-{rho}*{climb})-EXP(-{rho}*{life}))/{rho}", "Value at the start of service"),
            Row("k_benefit", "Value today of a dollar of benefit a year", "ratio", "={waited}*({climbing}+{steady})"),
            Row("k_run", "Value today of a dollar a year to run it", "ratio", "={waited}*(1-EXP(-({rho}+{fall})*{life}))/({rho}+{fall})"),
            Row("pv_labour", "Labour saved, today's value", "USD", "={labour}*{k_benefit}"),
            Row("pv_cycle", "Shorter cycles, today's value", "USD", "={cycle}*{k_benefit}"),
            Row("pv_run", "Running cost, today's value", "USD", "={run}*{k_run}"),
            Row("npv_again", "Net present value, again", "USD", "={pv_labour}+{pv_cycle}-{pv_run}-{upfront}", "By the two factors above"),
            Row("payback_again", "Years until it is paid back, again", "years", "=IF({benefit}-{run}>{upfront}*{rho},-LN(1-{upfront}*{rho}/({benefit}-{run}))/{rho},\"never\")"),
            Row("pays", "Whether it is ever paid back", "flag", "=IF(ISNUMBER({payback}),1,0)", "By the function"),
            Row("pays_again", "Whether it is ever paid back, again", "flag", "=IF(ISNUMBER({payback_again}),1,0)", "By the formula"),
            Row("paid", "Paid within that time", "USD", "=IF({pays}=1,({benefit}-{run})*(1-EXP(-{rho}*N({payback})))/{rho},{upfront})", "The set-up, where it is paid back at all"),
        ],
    ),
    (
        "Arguments of AUTOMATION_NPV, in order",
        [
            Row("arg_benefit", "Annual benefit", "USD per year", "={benefit}"),
            Row("arg_run", "Running cost of a year", "USD per year", "={run}"),
            Row("arg_upfront", "Set-up", "USD", "={upfront}"),
            Row("arg_rate", "Discount rate", "per year", "={rate}"),
            Row("arg_life", "Years in service", "years", "={life}"),
            Row("arg_ramp", "Years until the full benefit", "years", "={ramp}"),
            Row("arg_delay", "Compliance delay", "years", "={delay}"),
            Row("arg_decline", "Decline of the running cost", "per year", "={decline}"),
        ],
    ),
    (
        "Break-even",
        [
            Row("bar", "Break-even wage, quick", "USD per FTE-year", "=BREAKEVEN_WAGE({fte},{effective},{run},{upfront},{rate},{life},{cycle})", "Full benefit from the start, running cost flat"),
            Row("annuity", "A dollar a year over the life", "ratio", "=(1-EXP(-{rho}*{life}))/{rho}"),
            Row("bar_again", "Break-even wage, simple, again", "USD per FTE-year", "=({run}+{upfront}/{annuity}-{cycle})/({fte}*{effective})"),
            Row("true_bar", "Break-even wage, full", "USD per FTE-year", "=(({run}*{k_run}+{upfront})/{k_benefit}-{cycle})/({fte}*{effective})", "With ramp, delay and falling running cost"),
            Row("solved", "Benefit at which the value is 0", "as stored", "=BREAKEVEN_SOLVE(\"AUTOMATION_NPV\",{arg_benefit..arg_decline},1,0,0,100*{benefit})", "USD per year, found by search"),
            Row("solved_bar", "Break-even wage, full, again", "USD per FTE-year", "=({solved}-{cycle})/({fte}*{effective})"),
            Row("headroom", "Wage over the full break-even wage", "share", "={wage}/{true_bar}-1", "Below 0: labour is too cheap"),
            Row("wait", "Years until the wage has grown to it", "years", "=IF({true_bar}>{wage},LN({true_bar}/{wage})/LN(1+{wage_growth}),0)", "At the growth of the wage, all else the same"),
            Row("run_bar", "Running cost at which the value is 0", "USD per year", "=({benefit}*{k_benefit}-{upfront})/{k_run}", "Below 0: no running cost is low enough"),
            Row("cash_bar", "Realisation at which the value is 0", "share", "={true_bar}/{wage}*{realisation}", "Above 1: not to be had"),
        ],
    ),
    (
        "A cheap tool",
        [
            Row("cheap_npv", "Net present value with the cheap tool", "USD", f"={_NPV % ('cheap_run', 'cheap_upfront', '{delay}')}"),
            Row("cheap_bar", "Break-even wage with it, quick", "USD per FTE-year", "=BREAKEVEN_WAGE({fte},{effective},{cheap_run},{cheap_upfront},{rate},{life},{cycle})"),
            Row("cheap_true_bar", "Break-even wage with it, full", "USD per FTE-year", "=(({cheap_run}*{k_run}+{cheap_upfront})/{k_benefit}-{cycle})/({fte}*{effective})"),
            Row("cheap_again", "Net present value with it, again", "USD", "={benefit}*{k_benefit}-{cheap_run}*{k_run}-{cheap_upfront}"),
        ],
    ),
    (
        "Compliance",
        [
            Row("prompt_npv", "Net present value without the delay", "USD", f"={_NPV % ('run', 'upfront', '0')}"),
            Row("put_off", "Value lost because the benefit is postponed", "USD", "={prompt_npv}-{npv}", "Less than 0 where the project loses money anyway"),
            Row("put_off_again", "Value lost to the delay, again", "USD", "=({prompt_npv}+{upfront})*(1-{waited})"),
            Row("put_off_share", "Share of the value in service that it takes", "share", "=1-{waited}"),
            Row("month_net", "Net benefit of a month", "USD per month", "=({benefit}-{run})/12"),
            Row("month_rate", "Discount rate of a month", "per month", "=(1+{rate})^(1/12)-1"),
            Row("lost", "Value lost, were the months lost for good", "USD", "=DELAY_COST({month_net},{delay}*12,{month_rate})", "As where a rival takes the place meanwhile"),
            Row("lost_again", "Value lost, were the months lost for good, again", "USD", "=PV({month_rate},{delay}*12,-{month_net})"),
        ],
    ),
    (
        "A task: agent against person",
        [
            Row("price", "Price of a token, prompt and answer", "USD per Mtok", "={prompt_share}*{price_in}+(1-{prompt_share})*{price_out}", "List price"),
            Row("hourly", "Cost of a person's hour", "USD per hour", "={wage}/{hours}"),
            Row("agent", "A task done right by the agent", "USD per task", "=AGENT_TASK_COST({tokens_per_task},{price},{success},{review_minutes},{hourly})"),
            Row("agent_tokens", "Of it tokens", "USD per task", "={tokens_per_task}*{price}/1000000/{success}"),
            Row("agent_review", "Of it review", "USD per task", "={review_minutes}/{hour}*{hourly}/{success}"),
            Row("person", "The task done by a person", "USD per task", "={person_minutes}/{hour}*{hourly}"),
            Row("times", "Person over agent", "ratio", "={person}/{agent}"),
            Row("review_bar", "Review at which both cost the same", "minutes", "=({person}*{success}-{tokens_per_task}*{price}/1000000)*{hour}/{hourly}", "Of one attempt"),
            Row("tasks", "Tasks of the process that the agent takes", "tasks per month", "={fte}*{hours}*{time_share}*{adoption}*{hour}/{person_minutes}/12"),
            Row("bill", "Tokens for them at list prices", "USD per year", "={tasks}*12*{tokens_per_task}*{price}/1000000"),
            Row("bill_share", "The same over the running cost", "share", "={bill}/{run}", "Above 1: the running cost is set too low"),
            Row("agent_again", "A task by the agent, again", "USD per task", "={agent_tokens}+{agent_review}"),
        ],
    ),
]  # fmt: skip


def _years(side: str, name: str) -> tuple[str, list[Block]]:
    """The cash flows of one country, year by year, and their value today."""
    lines = [
        Row("from", "Years in service at the start", "years", "=MEDIAN(0,{life},{period}-1-{@delay})"),
        Row("to", "Years in service at the end", "years", "=MEDIAN(0,{life},{period}-{@delay})"),
        Row("r0", "Of them in the ramp, at the start", "years", "=MIN({@from},{@climb})"),
        Row("r1", "Of them in the ramp, at the end", "years", "=MIN({@to},{@climb})"),
        Row("ramped", "Years of full benefit earned in the ramp", "years", "=IF({@climb}>0,({@r1}-{@r0})*({@r1}+{@r0})/({@climb}+{@climb}),0)", total="sum"),
        Row("full", "Years of full benefit after it", "years", "=({@to}-{@r1})-({@from}-{@r0})", total="sum"),
        Row("gain", "Benefit", "USD", "={@benefit}*({@ramped}+{@full})", total="sum"),
        Row("spent", "Running cost", "USD", "=-{@run}*IF({@fall}>0,(EXP(-{@fall}*{@from})-EXP(-{@fall}*{@to}))/{@fall},{@to}-{@from})", total="sum"),
        Row("setup", "Set-up", "USD", "=-{@upfront}*{first_year}", "On the first day", total="sum"),
        Row("net", "Net cash flow", "USD", "={@gain}+{@spent}+{@setup}", total="sum"),
        Row("d0", "Value at the start of service: ramp", "ratio", "=IF({@climb}>0,((1+{@rho}*{@r0})*EXP(-{@rho}*{@r0})-(1+{@rho}*{@r1})*EXP(-{@rho}*{@r1}))/({@rho}*{@rho}*{@climb}),0)", "Of a dollar a year"),
        Row("d1", "Value at the start of service: full", "ratio", "=(EXP(-{@rho}*MAX({@from},{@climb}))-EXP(-{@rho}*MAX({@to},{@climb})))/{@rho}", "Of a dollar a year"),
        Row("pv_gain", "Benefit, today's value", "USD", "={@benefit}*{@waited}*({@d0}+{@d1})", total="sum"),
        Row("pv_spent", "Running cost, today's value", "USD", "=-{@run}*{@waited}*(EXP(-({@rho}+{@fall})*{@from})-EXP(-({@rho}+{@fall})*{@to}))/({@rho}+{@fall})", total="sum"),
        Row("pv_net", "Net benefit, today's value", "USD", "={@pv_gain}+{@pv_spent}", "Without the set-up", total="sum"),
        Row("path", "Value so far", "USD", "={@path<}+{@pv_net}", "From the set-up on", opening="=-{@upfront}"),
        Row("back", "Paid back in the year: after so many years", "years", "=IF(AND({@path<}<0,{@path}>=0),{@delay}+{@from}-({@to}-{@from})*{@path<}/{@pv_net},0)", "Interpolated within the year", total="=MAX({@back:})"),
        Row("path_payback", "Paid back after, ramp and delay counted", "years", "=IF({@back.total}>0,{@back.total},\"never\")", constant=True),
        Row("years_again", "1,000 dollars a year, by our function", "USD", "=AUTOMATION_NPV(1000,0,0,0,{life},{ramp})", "Not discounted", constant=True),
        Row("spent_again", "Running cost, by our function", "USD", "=AUTOMATION_NPV(0,{@run},0,0,{life},0,0,{decline})", "Not discounted", constant=True),
        Row("years_sum", "1,000 dollars a year, added up", "USD", "=1000*({@ramped.total}+{@full.total})", constant=True),
        Row("spent_sum", "Running cost, added up", "USD", "={@spent.total}", constant=True),
        Row("npv_sum", "Net present value, added up", "USD", "={@pv_net.total}-{@upfront}", constant=True),
        Row("pv_spent_sum", "Running cost, today's value, added up", "USD", "=-{@pv_spent.total}", constant=True),
    ]  # fmt: skip
    return name, [_of(side, line) for line in lines]


def _of(side: str, line: Row) -> Row:
    """A line with `@` in its keys and formulas standing for the country."""

    def put(text: str) -> str:
        return text.replace("@", f"{side}_")

    key = f"{side}_{line.key}"
    return Row(
        key, line.label, line.unit, put(line.formula), line.note, line.constant, put(line.total), put(line.opening)
    )


YEARS = Calc(
    "Calc_Years", "Cash flows, year by year", "Money flows evenly within a year; the set-up is paid on the first day",
    [_years(side, name) for side, name in COUNTRIES], over_time=True,
)  # fmt: skip

EFFICIENCY: list[tuple[str, list[Block]]] = [
    (
        "Cost of a task done right",
        [
            Row("f_routine", "Frontier model, routine task", "USD per task", "=COST_PER_SUCCESS({frontier_attempt},{frontier_success},{verify},{routine})", "Tried again until right"),
            Row("s_routine", "Small model, routine task", "USD per task", "=COST_PER_SUCCESS({small_attempt},{small_success},{verify},{routine})"),
            Row("f_costly", "Frontier model, costly task", "USD per task", "=COST_PER_SUCCESS({frontier_attempt},{frontier_success},{verify},{costly})"),
            Row("s_costly", "Small model, costly task", "USD per task", "=COST_PER_SUCCESS({small_attempt},{small_success},{verify},{costly})"),
            Row("f_severe", "Frontier model, severe task", "USD per task", "=COST_PER_SUCCESS({frontier_attempt},{frontier_success},{verify},{severe})"),
            Row("s_severe", "Small model, severe task", "USD per task", "=COST_PER_SUCCESS({small_attempt},{small_success},{verify},{severe})"),
            Row("gap_tokens", "Frontier over small: an attempt", "ratio", "={frontier_attempt}/{small_attempt}"),
            Row("gap_routine", "Frontier over small: routine task", "ratio", "={f_routine}/{s_routine}"),
            Row("gap_costly", "Frontier over small: costly task", "ratio", "={f_costly}/{s_costly}"),
            Row("gap_severe", "Frontier over small: severe task", "ratio", "={f_severe}/{s_severe}", "Below 1 the frontier model is the cheaper one"),
            Row("f_slope", "Failures for each task done, frontier", "ratio", "=(1-{frontier_success})/{frontier_success}"),
            Row("s_slope", "Failures for each task done, small", "ratio", "=(1-{small_success})/{small_success}"),
            Row("f_start", "Cost without damage, frontier", "USD per task", "=({frontier_attempt}+{verify})/{frontier_success}"),
            Row("s_start", "Cost without damage, small", "USD per task", "=({small_attempt}+{verify})/{small_success}"),
            Row("same", "Damage at which both cost the same", "USD per task", "=({f_start}-{s_start})/({s_slope}-{f_slope})", "Above it the frontier model is cheaper"),
            Row("f_again", "Frontier model, costly task, again", "USD per task", "={f_start}+{f_slope}*{costly}"),
            Row("s_again", "Small model, routine task, again", "USD per task", "={s_start}+{s_slope}*{routine}"),
        ],
    ),
    (
        "Small model first, frontier model for the rest",
        [
            Row("cascade", "Cascade, costly task", "USD per task", "=CASCADE_COST({small_attempt},{small_success},{verify},{f_costly})", "Every failure of the small model is caught"),
            Row("cascade_saving", "Saved against the frontier model alone", "share", "=1-{cascade}/{f_costly}"),
            Row("cascade_bar", "Success above which the cascade pays", "share", "=({small_attempt}+{verify})/{f_costly}", "Of the small model"),
            Row("cascade_again", "Cascade, costly task, again", "USD per task", "={small_attempt}+{verify}+(1-{small_success})*{f_costly}"),
        ],
    ),
    (
        "Fine-tuning: tasks a month above which it pays",
        [
            Row("tune_flat", "Frontier price flat", "tasks per month", "=IFERROR(FINETUNE_BREAKEVEN({tune},{f_routine},{s_routine},{tune_monthly},{months}),\"never\")", "Over the shorter horizon"),
            Row("tune_falling", "Frontier price falling", "tasks per month", "=IFERROR(FINETUNE_BREAKEVEN({tune},{f_routine},{s_routine},{tune_monthly},{months},{frontier_decline}),\"never\")", "The saving shrinks while you pay it off"),
            Row("tune_long", "Fine-tuning pays above, longer horizon", "tasks per month", "=IFERROR(FINETUNE_BREAKEVEN({tune},{f_routine},{s_routine},{tune_monthly},{months_long},{frontier_decline}),\"never\")", "Longer can be worse: later savings vanish"),
            Row("sink", "Frontier price, continuous decline", "per year", "=-LN(1-{frontier_decline})"),
            Row("mean_price", "Mean frontier cost over the months", "USD per task", "={f_routine}*(1-EXP(-{sink}*{months}/12))/({sink}*{months}/12)"),
            Row("falling_again", "Frontier price falling, again", "tasks per month", "=IF({mean_price}>{s_routine},({tune}/{months}+{tune_monthly})/({mean_price}-{s_routine}),\"never\")"),
            Row("flat_again", "Frontier price flat, again", "tasks per month", "=IF({f_routine}>{s_routine},({tune}/{months}+{tune_monthly})/({f_routine}-{s_routine}),\"never\")"),
            Row("tune_answer", "Falling: the answer, or 0", "tasks per month", "=N({tune_falling})", "For the check"),
            Row("tune_answer_again", "Falling, again: the answer, or 0", "tasks per month", "=N({falling_again})"),
            Row("flat_answer", "Flat: the answer, or 0", "tasks per month", "=N({tune_flat})", "For the check"),
            Row("flat_answer_again", "Flat, again: the answer, or 0", "tasks per month", "=N({flat_again})"),
            Row("own_tasks", "Tasks of our process in a month, US", "tasks per month", "={us_tasks}", "Far below: a firm of this size buys, and tunes not"),
        ],
    ),
]  # fmt: skip


def _value_at(side: str, wage: str, run: str = "", set_up: str = "") -> str:
    """Net present value on the terms of a country at another wage, running cost or set-up."""
    run, set_up = run or f"{{{side}_run$}}", set_up or f"{{{side}_upfront$}}"
    benefit = f"({{fte$}}*{{{side}_effective$}}*{wage}+{{{side}_cycle$}})"
    return f"{benefit}*{{{side}_k_benefit$}}-{run}*{{{side}_k_run$}}-{set_up}"


_BARS = (("US wage", "us_wage"), ("Break-even, US terms", "us_true_bar"), ("Chinese wage", "cn_wage"),
         ("Break-even, Chinese terms", "cn_true_bar"), ("Break-even, China, cheap tool", "cn_cheap_true_bar"))  # fmt: skip


def _heat(side: str) -> list[list[str | float]]:
    """A row of wages, then a row for each running cost: net present value."""
    columns = "IJKLM"
    share = "({wage_to$}-{wage_from$})*(COLUMNS($I$1:%s$1)-1)/(COLUMNS($I$1:$M$1)-1)"
    top: list[str | float] = ["", *(f"={{wage_from$}}+{share % column}" for column in columns)]
    run = "={run_from$}+({run_to$}-{run_from$})*(ROWS($B${top}:$B{r})-1-1)/12"
    below: list[str | float] = [run, *(f"={_value_at(side, f'{column}${{top}}', '$H{r}')}" for column in columns)]
    return [top, *[below] * 13]


def _bridge(side: str) -> list[list[str | float]]:
    """From the labour saved to the net present value: where each bar starts and ends, and how it is stacked."""
    labour, cycle, run, set_up, npv = (
        f"{{{side}_{key}$}}" for key in ("pv_labour", "pv_cycle", "pv_run", "upfront", "npv")
    )
    steps = (
        ("Labour saved", "0", f"{labour}"),
        ("Shorter cycles", f"{labour}", f"{labour}+{cycle}"),
        ("Running cost", f"{labour}+{cycle}", f"{labour}+{cycle}-{run}"),
        ("Set-up", f"{labour}+{cycle}-{run}", f"{labour}+{cycle}-{run}-{set_up}"),
        ("Net value", "0", f"{npv}"),
    )
    return [
        [name, f"=({start})/1000", f"=({end})/1000", "=MAX(0,MIN(I{r},J{r}))+MIN(0,MAX(I{r},J{r}))",
         "=MAX(0,I{r},J{r})-MAX(0,MIN(I{r},J{r}))", "=MIN(0,I{r},J{r})-MIN(0,MAX(I{r},J{r}))"]
        for name, start, end in steps
    ]  # fmt: skip


_STEPS = ("Step", ">From", ">To", ">Hidden", ">Above zero", ">Below zero")

WAGES = Calc(
    "Calc_Wages", "Value against wage", "The value at other wages, what of the gap is wage and what is terms, and what the claims measure",
    [
        (
            "Wages as reported",
            [
                Row("cn_today", "China: reported wage at today's rate", "USD per FTE-year", "={cn_reported}/{usd_cny}", "The input takes the rate of its own day"),
                Row("cn_private_wage", "China: private firms, with all on top", "USD per FTE-year", "={cn_private}*{cn_on_top}/{usd_cny}"),
                Row("wage_ratio", "US wage over Chinese wage", "ratio", "={us_wage}/{cn_wage}"),
                Row("cn_today_npv", "China: value at the wage at today's exchange rate", "USD", "=({fte}*{cn_effective}*{cn_today}+{cn_cycle})*{cn_k_benefit}-{cn_pv_run}-{cn_upfront}"),
                Row("cn_private_npv", "China: value at the wage of private firms", "USD", "=({fte}*{cn_effective}*{cn_private_wage}+{cn_cycle})*{cn_k_benefit}-{cn_pv_run}-{cn_upfront}"),
                Row("wage_input", "US wage, base input", "USD per FTE-year", "=INDEX({us_wage:},sc_base)", "For the check"),
                Row("cn_at_us", "China: value at the US wage", "USD", "=({fte}*{cn_effective}*{us_wage}+{cn_cycle})*{cn_k_benefit}-{cn_pv_run}-{cn_upfront}", "Its own delay and discount rate"),
                Row("wage_effect", "Part of the gap in value due to the wage", "USD", "={cn_at_us}-{cn_npv}"),
                Row("gap_npv", "Gap in value, US less China", "USD", "={us_npv}-{cn_npv}"),
                Row("terms_effect", "Part due to delay and discount rate", "USD", "={us_npv}-{cn_at_us}"),
                Row("gap_sum", "Gap in value, again", "USD", "={wage_effect}+{terms_effect}"),
            ],
        ),
        (
            "At the wages",
            [
                Row("us_dot", "US, at its wage", "USD k", "={us_npv}/1000"),
                Row("cn_dot", "China, at its wage", "USD k", "={cn_npv}/1000"),
                Row("cheap_dot", "China with the cheap tool, at its wage", "USD k", "={cn_cheap_npv}/1000"),
            ],
        ),
        (
            "Ranges over the scenarios, whichever is in use",
            [
                Row(f"{key}_{end}", f"{name}, {word}", "USD per FTE-year", f"={function}({{{key}:}})", constant=True)
                for name, key in _BARS
                for end, word, function in (("low", "lowest", "MIN"), ("high", "highest", "MAX"))
            ],
        ),
        (
            "What the claims measure",
            [
                Row("late_gap", "Value taken by the delay, US less China", "share", "={us_put_off_share}-{cn_put_off_share}"),
                Row("late_low", "The same: short in the US, long in China", "share", "=(1+{cn_rate})^-MAX({cn_delay:})-(1+{us_rate})^-MIN({us_delay:})"),
                Row("late_high", "The same: long in the US, short in China", "share", "=(1+{cn_rate})^-MIN({cn_delay:})-(1+{us_rate})^-MAX({us_delay:})"),
                Row("late_bar", "Chinese delay at which it is the same", "years", "={us_delay}*LN(1+{us_rate})/LN(1+{cn_rate})"),
            ],
        ),
    ],
)  # fmt: skip

CURVES = Calc(
    "Calc_Curves", "Curves", "What the charts draw, for the scenario in use: value by wage and running cost, bridges, a task, the damage of a wrong answer",
    [
        ("Net present value by wage", [
                TableBlock(
                    "by_wage", "Scenario in use", "USD k",
                    (">Wage", ">US terms", ">Chinese terms", ">China, cheap tool"), ("USD per FTE-year", "USD k", "USD k", "USD k"),
                    [[
                        "={wage_from$}+({wage_to$}-{wage_from$})*(ROWS($B${top}:$B{r})-1)/12",
                        f"=({_value_at('us', '$H{r}')})/1000",
                        f"=({_value_at('cn', '$H{r}')})/1000",
                        f"=({_value_at('cn', '$H{r}', '{cheap_run$}', '{cheap_upfront$}')})/1000",
                    ]] * 13,
                ),
        ]),
        (
            "Chinese terms: wage across, running cost down",
            [TableBlock("heat", "Net present value", "USD", (">Running cost", *[">Wage"] * 5), ("USD per year", *["USD"] * 5), _heat("cn"), heat=True)],
        ),
        (
            "Wages and break-even wages, Bear to Bull",
            [
                TableBlock(
                    "field", "Range over the scenarios", "USD per FTE-year", ("What", ">Low", ">High", ">Width"),
                    ("text", *["USD per FTE-year"] * 3),
                    [[name, f"{{{key}_low}}", f"{{{key}_high}}", "=J{r}-I{r}"] for name, key in _BARS],
                ),
            ],
        ),
        *[
            (
                f"From the labour saved to the net value: {name}",
                [TableBlock(f"{side}_bridge", "Today's value", "USD k", _STEPS, ("text", *["USD k"] * 5), _bridge(side))],
            )
            for side, name in COUNTRIES
        ],
        (
            "A task done right",
            [
                TableBlock(
                    "task", "Cost", "USD per task", ("Who", ">Tokens", ">Review", ">Person"), ("text", *["USD per task"] * 3),
                    [row for side, name in COUNTRIES for row in (
                        [f"{name}: agent", f"{{{side}_agent_tokens}}", f"{{{side}_agent_review}}", "=0"],
                        [f"{name}: person", "=0", "=0", f"{{{side}_person}}"],
                    )],
                ),
            ],
        ),
        (
            "Cost of a task done right by damage of a wrong answer",
            [
                TableBlock(
                    "damage", "Scenario in use", "USD per task", (">Damage", ">Frontier", ">Small", ">Cascade"), ("USD per task",) * 4,
                    [[
                        "={damage_to$}*(ROWS($B${top}:$B{r})-1)/12",
                        "={f_start$}+{f_slope$}*H{r}",
                        "={s_start$}+{s_slope$}*H{r}",
                        "={small_attempt$}+{verify$}+(1-{small_success$})*I{r}",
                    ]] * 13,
                ),
            ],
        ),
    ],
    table=True,
)  # fmt: skip


def _outputs(side: str, name: str) -> tuple[str, list[Output]]:
    return name, [
        Output(f"{side}_npv", f"Net present value, {name}", f"{side}_npv", "Above 0: automate", True),
        Output(f"{side}_index", f"Value per dollar of set-up, {name}", f"{side}_index"),
        Output(f"{side}_benefit", f"Annual benefit, {name}", f"{side}_benefit"),
        Output(f"{side}_path_payback", f"Years to pay back, {name}", f"{side}_path_payback", "Ramp and delay counted; scenario in use", True),
        Output(f"{side}_payback", f"Years to pay back at full benefit from the start, {name}", f"{side}_payback", "No end of life: see the note of the function"),
        Output(f"{side}_true_bar", f"Break-even wage, {name}", f"{side}_true_bar", "With ramp, delay and falling running cost", True),
        Output(f"{side}_bar", f"Break-even wage, simple, {name}", f"{side}_bar", "Full benefit from the start, running cost flat"),
        Output(f"{side}_cash_bar", f"Realisation at which the value is 0, {name}", f"{side}_cash_bar", "Above 100 %: not achievable"),
        Output(f"{side}_run_bar", f"Running cost at which the value is 0, {name}", f"{side}_run_bar"),
        Output(f"{side}_cheap_npv", f"Net present value, cheap tool, {name}", f"{side}_cheap_npv", "", side == "cn"),
        Output(f"{side}_times", f"Cost of a task, person over agent, {name}", f"{side}_times", "Above 1 the agent is cheaper"),
        Output(f"{side}_put_off", f"Value lost to the delay, {name}", f"{side}_put_off", "Benefit postponed"),
    ]  # fmt: skip


OUTPUTS = [
    *(_outputs(side, name) for side, name in COUNTRIES),
    (
        "Both",
        [
            Output("wage_ratio", "US wage over Chinese wage", "wage_ratio"),
            Output("wage_effect", "Part of the gap in value due to the wage", "wage_effect"),
            Output("terms_effect", "Part due to delay and discount rate", "terms_effect"),
            Output("cn_wait", "Years until the Chinese wage is high enough", "cn_wait", "At its growth, all else equal"),
            Output("cn_today_npv", "China: value at the wage at today's exchange rate", "cn_today_npv"),
            Output("cn_private_npv", "China: value at the wage of private firms", "cn_private_npv"),
        ],
    ),
    (
        "Choice of model",
        [
            Output("gap_tokens", "Frontier over small: an attempt", "gap_tokens", "Price of the tokens"),
            Output("gap_routine", "Frontier over small: routine task", "gap_routine", "Per task done right", True),
            Output("gap_costly", "Frontier over small: costly task", "gap_costly", "Per task done right"),
            Output("same", "Damage at which both cost the same", "same"),
            Output("cascade_saving", "Saving of the cascade against the frontier model", "cascade_saving"),
            Output("tune_flat", "Fine-tuning pays above, price flat", "tune_flat"),
            Output("tune_falling", "Fine-tuning pays above, price falling", "tune_falling"),
            Output("tune_long", "Fine-tuning pays above, longer horizon", "tune_long"),
        ],
    ),
]  # fmt: skip

_ARGUMENTS = (
    ("arg_benefit", "Benefit"), ("arg_run", "Running cost"), ("arg_upfront", "Set-up"), ("arg_rate", "Discount rate"),
    ("arg_life", "Life"), ("arg_ramp", "Ramp"), ("arg_delay", "Delay"), ("arg_decline", "Fall of running cost"),
)  # fmt: skip

SENSITIVITIES = [
    *(
        Sensitivity("AUTOMATION_NPV", f"Net present value, {name}", [(label, f"{side}_{key}") for key, label in _ARGUMENTS], "Benefit", "Running cost")
        for side, name in COUNTRIES
    ),
    Sensitivity(
        "AUTOMATION_BENEFIT", "Annual benefit, US",
        [("Staff", "fte"), ("Wage", "us_wage"), ("Time", "time_share"), ("Adoption", "adoption"), ("Success", "success"),
         ("Realisation", "realisation"), ("Shorter cycles", "us_cycle")], "Realisation", "Adoption",
    ),
]  # fmt: skip


def _waterfall(side: str, name: str, main: bool) -> Chart:
    up, down, end = ("#059669", "#DC2626", "#0F4C81")
    colors = (up, up, down, down, end)
    curves = [
        Curve("Hidden", f"{side}_bridge_4", f"{side}_bridge_1", hidden=True),
        Curve("Above zero", f"{side}_bridge_5", f"{side}_bridge_1", end, points=colors),
        Curve("Below zero", f"{side}_bridge_6", f"{side}_bridge_1", end, points=colors),
    ]
    source = "Calc_Curves; green adds, red takes"
    return Chart(
        "column",
        f"What the value is made of, {name}",
        "component of the value",
        "present value, USD k",
        source,
        curves,
        True,
        "#,##0",
        main,
        legend=False,
    )


CHARTS = [
    Chart("scatter", "Where automation pays", "loaded wage, USD per year", "net present value, USD k", "Calc_Curves; wages of BLS and NBS on Inputs", [
        Curve("US terms", "by_wage_2", "by_wage_1", US, joined=True),
        Curve("Chinese terms", "by_wage_3", "by_wage_1", CN, joined=True),
        Curve("China, cheap tool", "by_wage_4", "by_wage_1", LIGHT, joined=True),
        Curve("US", "us_dot..us_dot@D", "us_wage..us_wage@D", US, tagged=True),
        Curve("China", "cn_dot..cn_dot@D", "cn_wage..cn_wage@D", CN, tagged=True),
        Curve("China, cheap tool, at its wage", "cheap_dot..cheap_dot@D", "cn_wage..cn_wage@D", LIGHT),
    ], number_format="#,##0", main=True, x_format="#,##0"),
    Chart("line", "Cumulative value: when automation is paid back", "year", "cumulative present value, USD m", "Calc_Years", [
        Curve("US", "us_path", "period", US), Curve("China", "cn_path", "period", CN),
    ], number_format="0.0,,", main=True),
    tornado("Net present value: what moves it, US", "Sensitivity, AUTOMATION_NPV", 1, "USD m", "0.0,,", True),
    _waterfall("us", "US", True),
    tornado("Net present value: what moves it, China", "Sensitivity, AUTOMATION_NPV", 2, "USD m", "0.0,,"),
    _waterfall("cn", "China", False),
    Chart("bar", "Wages and break-even wages, Bear to Bull", "wage or break-even wage", "loaded wage, USD per year", "Calc_Curves", [
        Curve("Low", "field_2", "field_1", hidden=True), Curve("Range", "field_4", "field_1", points=(US, "#93C5FD", CN, "#FCA5A5", "#FCD34D")),
    ], stacked=True, number_format="#,##0", reverse=True),
    Chart("column", "Cost of a task done right", "who does it", "USD per task", "Calc_Curves; list prices of tokens", [
        Curve("Tokens", "task_2", "task_1", "#F59E0B"), Curve("Review", "task_3", "task_1", "#6B7280"), Curve("Person", "task_4", "task_1", "#0F4C81"),
    ], stacked=True, number_format="0.00"),
    Chart("scatter", "Small or frontier model: cost by damage of a wrong answer", "damage of a wrong answer, USD per task", "USD per task done right", "Calc_Curves, Calc_Efficiency", [
        Curve("Frontier", "damage_2", "damage_1", US, joined=True), Curve("Small", "damage_3", "damage_1", "#059669", joined=True),
        Curve("Cascade", "damage_4", "damage_1", LIGHT, joined=True),
    ], number_format="0.00", x_format="0.00"),
    tornado("Benefit of a year: what moves it, US", "Sensitivity, AUTOMATION_BENEFIT", 3, "USD k", "#,##0,"),
]  # fmt: skip

CHECKS = [
    check
    for side, name in COUNTRIES
    for check in (
        Check(f"Annual benefit, by hand: {name}", f"{side}_benefit", f"{side}_benefit_again"),
        Check(f"Value of shorter cycles, by hand: {name}", f"{side}_cycle", f"{side}_cycle_again"),
        Check(f"Net present value, by its two factors: {name}", f"{side}_npv", f"{side}_npv_again"),
        Check(f"Net present value, from the cash flows year by year: {name}", f"{side}_npv", f"{side}_npv_sum"),
        Check(f"Running cost, today's value, from the cash flows: {name}", f"{side}_pv_run", f"{side}_pv_spent_sum"),
        Check(f"Years of benefit in the cash flows: {name}", f"{side}_years_again", f"{side}_years_sum"),
        Check(f"Running cost in the cash flows, not discounted: {name}", f"{side}_spent_again", f"{side}_spent_sum"),
        Check(f"Paid back or never, by function and by formula: {name}", f"{side}_pays", f"{side}_pays_again"),
        Check(f"The net benefit until the payback is the set-up: {name}", f"{side}_paid", f"{side}_upfront"),
        Check(f"Break-even wage, simple, by hand: {name}", f"{side}_bar", f"{side}_bar_again"),
        Check(f"Break-even wage, full, by search: {name}", f"{side}_true_bar", f"{side}_solved_bar", 1e-8),
        Check(f"Value with the cheap tool, by hand: {name}", f"{side}_cheap_npv", f"{side}_cheap_again"),
        Check(f"Value lost to the delay, by hand: {name}", f"{side}_put_off", f"{side}_put_off_again"),
        Check(f"Value of months lost, by PV: {name}", f"{side}_lost", f"{side}_lost_again"),
        Check(f"Cost of a task by the agent, by hand: {name}", f"{side}_agent", f"{side}_agent_again"),
    )
] + [
    Check("Cost of a costly task, frontier, by hand", "f_costly", "f_again"),
    Check("Cost of a routine task, small, by hand", "s_routine", "s_again"),
    Check("Cascade, by hand", "cascade", "cascade_again"),
    Check("Fine-tuning, frontier price falling, by hand", "tune_answer", "tune_answer_again"),
    Check("Fine-tuning, frontier price flat, by hand", "flat_answer", "flat_answer_again"),
    Check("US wage is the one reported", "wage_input", "us_reported"),
    Check("The gap in value is wage and terms", "gap_sum", "gap_npv"),
]

CLAIMS = [
    Claim("C40", "Legal and compliance review slows the roll-out in the West", "DELAY_COST, AUTOMATION_NPV", "Share of the value taken by the delay, US less China", ("late_low", "late_gap", "late_high"), 0, "A Chinese delay above 0.64 years; both delays are assumptions", ARTICLE),
    Claim("C41", "The West invests in automation with a return that can be counted", "AUTOMATION_BENEFIT, AUTOMATION_NPV, AUTOMATION_PAYBACK, CYCLE_TIME_VALUE, AGENT_TASK_COST", "Net present value, US", "us_npv", 0, "A realisation below 17 % of the time set free, all else at base", ARTICLE),
    Claim("C42", "Cheap labour takes the pressure to automate off Chinese firms", "BREAKEVEN_WAGE, AUTOMATION_NPV", "Net present value in China: at the wage of private firms, at the average wage, with the cheap tool", ("cn_private_npv", "cn_npv", "cn_cheap_npv"), 0, "A running cost below USD 416,000 a year, or a wage above USD 26,700", ARTICLE, False),
    Claim("C48", "Efficient models of a domain win at a fraction of the cost", "COST_PER_SUCCESS, CASCADE_COST, FINETUNE_BREAKEVEN", "Frontier over small per task done right: severe, costly and routine task", ("gap_severe", "gap_costly", "gap_routine"), 1, "A wrong answer that costs more than USD 0.37", ARTICLE),
]  # fmt: skip


def template() -> Template:
    """The declaration of the workbook."""
    start = [
        assumed(
            "model_start",
            "First day of the first year",
            "Excel date serial",
            46023,
            46023,
            46023,
            0,
            "1 January 2026",
            36526,
            73050,
        )
    ]
    countries: Sequence[tuple[str, Sequence[Input]]] = [
        (f"Terms: {name}", _terms(side, name)) for side, name in COUNTRIES
    ]
    efficiency = Calc(
        "Calc_Efficiency",
        "Choice of model",
        "Cost of a task done right: a frontier model, a small one, both in turn, a tuned one",
        EFFICIENCY,
    )
    return Template(
        "enterprise_automation", TITLE, PURPOSE, GUIDE,
        [("General", start), ("The process", _PROCESS), ("The tool", _TOOL), *countries, ("A task", _TASK), ("Choice of model", _CHOICE), ("Wages as reported", _WAGES), ("Axes of charts", _AXES)],
        [*calcs("", "Automation", "Benefit, case, break-even, delay and a task; both countries have the same rows", LINES), YEARS, efficiency, WAGES, CURVES],
        OUTPUTS, SENSITIVITIES, CHARTS, CHECKS, CLAIMS, Timeline(10, 12, "model_start", [Row("first_year", "First year", "flag", "=IF({period}=1,1,0)")]),
    )  # fmt: skip
