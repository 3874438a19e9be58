"""The sheets of the US-China comparison, from inputs to verdicts."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from workbooks.claims import CHECKS, CLAIMS
from workbooks.house import ACCENT, BAD, CN, GOOD, MUTED, US, Book, cell, filled
from workbooks.model import SIDES, Line
from xlfuncs import REGISTRY, data
from xlfuncs.data import tables

Places = dict[str, str]

INDICATORS = "Indicators"
FIRST = 5  # the first row of a table, counted from 0, below a sheet's header and headings
LIVE_US, LIVE_CN = 7, 11


def _inputs() -> list[dict[str, str]]:
    return tables.comparison()


def _observed(metric: str, country: str) -> data.Observation:
    return data.observation(country, metric)


def all_inputs() -> list[data.Observation]:
    """Every figure that the workbook takes from the data set."""
    return [_observed(row["metric"], side) for row in _inputs() for side in ("US", "CN")]


def inputs(book: Book) -> Places:
    """US and China side by side: low, base, high, the value in use, date and source."""
    widths = (4, 44, 14, 6, 14, 14, 14, 14, 14, 14, 14, 14, 12, 66, 66, 56)
    about = "Every number the model takes: low, base, high and the value in use by scenario, with date and source"
    sheet = book.sheet("Inputs", "Inputs", about, "input", widths)
    book.status(sheet, 15)
    group = book.style(bold=True, align="center", font_color="#FFFFFF", bg_color=US)
    sheet.merge_range(3, 4, 3, 7, "United States", group)
    sheet.merge_range(3, 8, 3, 11, "China", book.style(bold=True, align="center", font_color="#FFFFFF", bg_color=CN))
    sides = [">low", ">base", ">high", ">in use"]
    book.heading(
        sheet, 4, ["", "Input", "Unit", ">Side", *sides, *sides, ">As of", "  US source", "China source", "Note"]
    )
    places: Places = {}
    row, section = FIRST, ""
    for line in _inputs():
        if line["section"] != section:
            section = line["section"]
            book.section(sheet, row, section, len(widths) - 1)
            row += 1
        _input_row(book, sheet, row, line)
        key = line["metric"].removeprefix("model_")
        places[f"US:{key}"] = f"Inputs!{cell(row, LIVE_US, True)}"
        places[f"CN:{key}"] = f"Inputs!{cell(row, LIVE_CN, True)}"
        row += 1
    sheet.freeze_panes(FIRST, 3)
    return places


def _input_row(book: Book, sheet: Worksheet, row: int, line: dict[str, str]) -> None:
    us, cn = _observed(line["metric"], "US"), _observed(line["metric"], "CN")
    unit = line["unit"]
    book.write(sheet, row, 1, line["label"])
    book.write(sheet, row, 2, unit, font_color=MUTED)
    side = SIDES.get(line["metric"].removeprefix("model_"), 0) if line["section"] != INDICATORS else 0
    book.write(sheet, row, 3, side, "+1 or -1", font_color=MUTED, align="center")
    for one, column, live in ((us, 4, LIVE_US), (cn, 8, LIVE_CN)):
        for offset, value in enumerate((one.low, one.value, one.high)):
            book.input(sheet, row, column + offset, value, unit)
        first, last = cell(row, column), cell(row, column + 2)
        book.write(sheet, row, live, f"=INDEX({first}:{last},2+sc_step*$D{row + 1})", unit, bold=True)
    _validate(sheet, row, us, cn)
    book.write(sheet, row, 12, us.as_of)
    for column, one in ((13, us), (14, cn)):
        look: dict[str, Any] = {"italic": True, "font_color": MUTED} if one.confidence == "assumption" else {}
        text = "assumption" if one.confidence == "assumption" else f"{one.source.title} ({one.confidence})"
        book.write(sheet, row, column, text, **look)
    book.write(sheet, row, 15, us.note, font_color=MUTED)


def _validate(sheet: Worksheet, row: int, us: data.Observation, cn: data.Observation) -> None:
    """No text in place of a number; a share stays within its bounds."""
    bounded = us.unit == "share" and max(us.high, cn.high) <= 1
    rule: dict[str, Any] = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0 if min(us.low, cn.low) >= 0 else -1e15,
        "maximum": 1 if bounded else 1e15,
        "error_title": "Not a number in range",
        "error_message": f"Give a number in {us.unit}" + (" from 0 to 1." if bounded else "."),
    }
    for column in (4, 8):
        sheet.data_validation(row, column, row, column + 2, rule)


def scenarios(book: Book) -> None:
    """The switch, and what each scenario does."""
    about = "One switch: Bear and Bull move every input with a side to the end of its range"
    sheet = book.sheet("Scenarios", "Scenarios", about, "input", (4, 30, 20, 80))
    book.status(sheet, 3)
    book.section(sheet, 3, "Switch", 3)
    sheet.write_string(4, 1, "Scenario in use", book.style(bold=True))
    look = book.style(
        bold=True, font_size=14, font_color="#0000FF", bg_color="#FFFBE6", border=1, align="center", locked=False
    )
    sheet.write_string(4, 2, "Base", look)
    sheet.data_validation(
        4, 2, 4, 2,
        {"validate": "list", "source": ["Bear", "Base", "Bull"], "input_title": "Scenario", "input_message": "Bear, Base or Bull"},
    )  # fmt: skip
    book.write(sheet, 5, 1, "Step")
    book.write(sheet, 5, 2, '=MATCH(C5,{"Bear","Base","Bull"},0)-2', "+1 or -1", align="center")
    book.write(
        sheet, 5, 3, "-1, 0 or 1: added to the place of the base value, times the side of the input", font_color=MUTED
    )
    book.book.define_name("sc_active", "=Scenarios!$C$5")
    book.book.define_name("sc_step", "=Scenarios!$C$6")
    book.section(sheet, 7, "What they are", 3)
    for row, (name, text) in enumerate(
        [
            (
                "Bear",
                "Each input at the end of its range that is bad for the value of AI companies: dear compute, churn, slow growth.",
            ),
            ("Base", "Each input at its base value."),
            ("Bull", "Each input at the end of its range that is good for it: cheap tokens, loyal users, fast growth."),
        ],
        8,
    ):
        sheet.write_string(row, 1, name, book.style(bold=True))
        sheet.write_string(row, 2, text, book.style())
    sheet.write_string(
        12,
        1,
        "Sides are in column D of Inputs: 1 where high is good, -1 where low is good, 0 where it stays.",
        book.style(font_color=MUTED),
    )


def model(
    book: Book, name: str, title: str, side: str, places: Places, sections: list[tuple[str, list[Line]]]
) -> Places:
    """One country: the inputs of each section, and what follows from them."""
    about = "Inputs in green, results in bold; the other country has the same rows"
    sheet = book.sheet(name, title, about, "calc", (4, 46, 24, 18, 80))
    book.status(sheet, 4)
    book.heading(sheet, 3, ["", "Line", "Unit", ">Value", "  What it is"])
    lines = _inputs()
    found: Places = {}
    row = 4
    for section, results in sections:
        book.section(sheet, row, section, 4)
        row += 1
        for line in lines:
            if line["section"] != section:
                continue
            key = line["metric"].removeprefix("model_")
            book.write(sheet, row, 1, line["label"])
            book.write(sheet, row, 2, line["unit"], font_color=MUTED)
            book.link(sheet, row, 3, f"={places[f'{side}:{key}']}", line["unit"])
            found[key] = cell(row, 3)
            row += 1
        for key, label, unit, formula, tells in results:
            book.write(sheet, row, 1, label, bold=True)
            book.write(sheet, row, 2, unit, font_color=MUTED)
            book.write(sheet, row, 3, filled(formula, found), unit, bold=True, align="right")
            book.write(sheet, row, 4, tells, font_color=MUTED, indent=1)
            found[key] = cell(row, 3)
            row += 1
        row += 1
    sheet.freeze_panes(4, 3)
    return found


HEADLINES = [
    ("gpu_hour", "Cost of an accelerator-hour", "USD per accelerator-hour"),
    ("pflop_hour", "Cost of a PFLOP/s-hour put to use", "USD"),
    ("ceiling", "Largest dense model of a 100,000-chip run", "billion parameters"),
    ("funnel", "Daily users that the rails can bring", "users"),
    ("loop_days", "Days for one training cycle of data", "days"),
    ("inference", "Inference cost of a daily user", "USD/user-month"),
    ("arpu", "Gross revenue of a daily user", "USD/user-month"),
    ("cost_ratio", "Inference cost over net revenue", "ratio"),
    ("margin", "Contribution margin", "share"),
    ("mix_margin", "Gross margin of software and services", "share"),
    ("ltv_cac", "LTV / CAC", "x"),
    ("observed_multiple", "Multiple that the market pays", "x"),
    ("justified", "Multiple that the cash flows justify", "x"),
    ("implied", "Growth that the market multiple assumes", "per year"),
    ("decoupled", "Decoupling index", "log ratio"),
]

PREMIUMS = [
    ("premium_flop", "Arithmetic: training and prompts", "tflops", "mfu"),
    ("premium_bandwidth", "Bandwidth: answers", "bandwidth", "mbu"),
    ("premium_memory", "Capacity: long context", "memory", "availability"),
]


def comparison(book: Book, at: Places, places: Places) -> Places:
    """Side by side, then the score with its vectors, contributions, uncertainty and the sweep of the weights."""
    widths = (4, 44, 22, 14, 14, 14, 12, 12, 12, 12, 14, 14)
    about = "Who leads where, by how much, and how sure that is; above 0 the US leads"
    sheet = book.sheet("Comparison", "Comparison", about, "output", widths)
    book.status(sheet, 11)
    out: Places = {}
    book.section(sheet, 3, "Side by side", 11)
    book.heading(sheet, 4, ["", "Line", "Unit", ">US", ">China", ">US / China"])
    row = FIRST
    for key, label, unit in HEADLINES:
        book.write(sheet, row, 1, label)
        book.write(sheet, row, 2, unit, font_color=MUTED)
        book.link(sheet, row, 3, f"=Calc_US!{at[key]}", unit)
        book.link(sheet, row, 4, f"=Calc_China!{at[key]}", unit)
        book.write(sheet, row, 5, f"=IFERROR(D{row + 1}/E{row + 1},NA())", "ratio")
        row += 1
    row += 1
    book.section(sheet, row, "Hardware premium of China over the US, by what the work takes", 11)
    book.heading(sheet, row + 1, ["", "Work", "Unit", ">Premium"])
    row += 2
    for key, label, capacity, efficiency in PREMIUMS:
        book.write(sheet, row, 1, label)
        book.write(sheet, row, 2, "share over US cost", font_color=MUTED)
        gain = f",Calc_China!{at['algorithmic_gain']}/Calc_US!{at['algorithmic_gain']}" if key == "premium_flop" else ""
        sides = [
            f"{name}!{at['gpu_hour']},{name}!{at[capacity]},{name}!{at[efficiency]}"
            for name in ("Calc_China", "Calc_US")
        ]
        book.write(sheet, row, 3, f"=HARDWARE_PREMIUM({sides[0]},{sides[1]}{gain})", "share", bold=True)
        out[key] = f"Comparison!{cell(row, 3, True)}"
        row += 1
    row += 1
    out |= _score(book, sheet, row, places)
    return out


def _score(book: Book, sheet: Worksheet, row: int, places: Places) -> Places:
    out: Places = {}
    book.section(sheet, row, "Indicators of the score", 11)
    headings = ["", "Indicator", "Vector", ">US", ">China", ">Direction", ">Weight", "Type", ">Error", ">Contribution"]
    book.heading(sheet, row + 1, headings)
    first = row + 2
    labels = {line["metric"]: line for line in _inputs()}
    for offset, indicator in enumerate(tables.indicators()):
        at = first + offset
        line = labels[f"model_{indicator['metric']}"]
        book.write(sheet, at, 1, line["label"])
        book.write(sheet, at, 2, indicator["vector"])
        book.link(sheet, at, 3, f"={places['US:' + indicator['metric']]}", line["unit"])
        book.link(sheet, at, 4, f"={places['CN:' + indicator['metric']]}", line["unit"])
        book.input(sheet, at, 5, float(indicator["direction"]), "+1 or -1")
        book.input(sheet, at, 6, float(indicator["weight"]), "+1 or -1")
        book.write(sheet, at, 7, indicator["kind"], align="center")
        book.input(sheet, at, 8, float(indicator["relative_error"]), "share")
    last = first + len(tables.indicators()) - 1
    ranges = {
        name: f"${column}${first + 1}:${column}${last + 1}" for name, column in zip("vucdwke", "CDEFGHI", strict=True)
    }
    base = f"{ranges['u']},{ranges['c']},{ranges['d']},{ranges['w']},{ranges['v']}"
    book.spill(sheet, (first, 9, last, 9), f"=ASYMMETRY_CONTRIB({base},,{ranges['k']})", ["log ratio"])
    row = last + 2
    book.section(sheet, row, "Score", 11)
    uncertain = (
        f"{ranges['u']},{ranges['c']},{{q}},{ranges['d']},{ranges['w']},{ranges['v']},,{ranges['k']},,,,{ranges['e']}"
    )
    lines = [
        ("score", "ASYMMETRY_SCORE, above 0 the US leads", "-100 to 100", f"=ASYMMETRY_SCORE({base},,{ranges['k']})"),
        (
            "intensity",
            "Intensity: how far apart, whoever leads",
            "0 to 100",
            f"=ASYMMETRY_INTENSITY({base},,{ranges['k']})",
        ),
        ("polarity", "Polarity: how far the leads cancel", "0 to 1", f"=ASYMMETRY_POLARITY({base},,{ranges['k']})"),
        ("low", "5 % quantile of the score", "-100 to 100", f"=ASYMMETRY_QUANTILE({uncertain.format(q='0.05')})"),
        ("high", "95 % quantile of the score", "-100 to 100", f"=ASYMMETRY_QUANTILE({uncertain.format(q='0.95')})"),
        (
            "probability",
            "Probability that the US leads overall",
            "probability",
            f"=ASYMMETRY_PROB({base},,{ranges['k']},,,,{ranges['e']})",
        ),
    ]
    for key, label, unit, formula in lines:
        row += 1
        book.write(sheet, row, 1, label)
        book.write(sheet, row, 2, unit, font_color=MUTED)
        book.write(sheet, row, 3, formula, unit, bold=True)
        out[key] = f"Comparison!{cell(row, 3, True)}"
    row += 2
    book.section(sheet, row, "Vectors", 11)
    book.heading(sheet, row + 1, ["", "Vector", ">Score", ">Log gap", ">Weight", ">Coverage"])
    top = row + 2
    book.spill(
        sheet,
        (top, 1, top + 2, 5),
        f"=VECTOR_SCORES({base},,{ranges['k']})",
        ["text", "-100 to 100", "log ratio", "share", "share"],
    )
    for offset, vector in enumerate(("infrastructure", "distribution", "monetisation")):
        out[vector] = f"Comparison!{cell(top + offset, 2, True)}"
    row = top + 4
    book.section(sheet, row, "Sweep of the weight of distribution, the two others sharing the rest", 11)
    book.heading(
        sheet, row + 1, ["", ">Weight of distribution", ">Infrastructure", ">Distribution", ">Monetisation", ">Score"]
    )
    start = row + 2
    for offset in range(9):
        at = start + offset
        book.input(sheet, at, 1, (offset + 1) / 10, "share")
        book.write(sheet, at, 2, f"=(1-B{at + 1})/2", "share")
        book.write(sheet, at, 3, f"=B{at + 1}", "share")
        book.write(sheet, at, 4, f"=(1-B{at + 1})/2", "share")
        gaps = "+".join(f"{letter}{at + 1}*$D${top + 1 + vector}" for vector, letter in enumerate("CDE"))
        book.write(sheet, at, 5, f"=100*TANH(({gaps})/2)", "-100 to 100", bold=True)
    out["sweep_last"] = f"Comparison!{cell(start + 8, 5, True)}"
    out["sweep_first"] = f"Comparison!{cell(start, 5, True)}"
    flip = start + 10
    gap = f"($D${top + 1}+$D${top + 3})/2"
    book.write(sheet, flip, 1, "China leads overall once distribution weighs more than")
    book.write(sheet, flip, 5, f"=IFERROR({gap}/({gap}-$D${top + 2}),NA())", "share", bold=True)
    out["flip"] = f"Comparison!{cell(flip, 5, True)}"
    far = {name: f"Comparison!{place}" for name, place in ranges.items()}
    out["mean_gap"] = f"SUMPRODUCT(Comparison!$D${top + 1}:$D${top + 3},Comparison!$E${top + 1}:$E${top + 3})"
    out["sum_contributions"] = f"SUM(Comparison!$J${first + 1}:$J${last + 1})"
    out["swapped"] = "ASYMMETRY_SCORE({c},{u},{d},{w},{v},,{k})".format(**far)
    _comparison_charts(book, sheet, first, last, top, start)
    return out


def _chart(book: Book, kind: str, title: str, x: str, y: str, subtype: str = "") -> Any:
    options = {"type": kind} | ({"subtype": subtype} if subtype else {})
    chart = book.book.add_chart(options)
    chart.set_title({"name": title, "name_font": {"size": 12, "color": ACCENT}, "overlay": False})
    grid = {"visible": True, "line": {"color": "#E5E7EB"}}
    chart.set_x_axis({"name": x, "name_font": {"size": 9}, "num_font": {"size": 9}, "label_position": "low"})
    chart.set_y_axis({"name": y, "name_font": {"size": 9}, "num_font": {"size": 9}, "major_gridlines": grid})
    chart.set_legend({"none": True})
    chart.set_size({"width": 620, "height": 300})
    return chart


def _comparison_charts(book: Book, sheet: Worksheet, first: int, last: int, top: int, start: int) -> None:
    name = "Comparison"
    vectors = _chart(book, "column", "Score by vector: the leads differ in sign", "", "US leads above 0")
    vectors.add_series(
        {
            "name": "Score",
            "categories": [name, top, 1, top + 2, 1],
            "values": [name, top, 2, top + 2, 2],
            "fill": {"color": US},
            "invert_if_negative": True,
            "invert_if_negative_color": CN,
            "data_labels": {"value": True, "num_format": "0.0"},
            "gap": 80,
        }
    )
    sheet.insert_chart(3, 12, vectors, {"x_offset": 20, "y_offset": 4})
    parts = _chart(book, "bar", "What each indicator adds to the log gap", "log gap, US leads above 0", "")
    parts.add_series(
        {
            "name": "Contribution",
            "categories": [name, first, 1, last, 1],
            "values": [name, first, 9, last, 9],
            "fill": {"color": US},
            "invert_if_negative": True,
            "invert_if_negative_color": CN,
            "gap": 40,
        }
    )
    parts.set_y_axis({"reverse": True, "label_position": "low", "num_font": {"size": 8}})
    parts.set_size({"width": 620, "height": 440})
    sheet.insert_chart(19, 12, parts, {"x_offset": 20, "y_offset": 4})
    sweep = _chart(book, "line", "Score by the weight of distribution", "weight of distribution", "score")
    sweep.add_series(
        {
            "name": "Score",
            "categories": [name, start, 1, start + 8, 1],
            "values": [name, start, 5, start + 8, 5],
            "line": {"color": ACCENT, "width": 2.25},
            "marker": {"type": "circle", "size": 6, "fill": {"color": ACCENT}},
        }
    )
    sheet.insert_chart(42, 12, sweep, {"x_offset": 20, "y_offset": 4})


LAUNCH_INPUTS = [
    ("users_before", "{users_before}"),
    ("users_peak", "{users_before}+{users_added}"),
    ("keep_share", "{keep_share}"),
    ("halflife_months", "{halflife}"),
    ("queries_per_day", "{queries_per_day}"),
    ("tokens_in", "{tokens_in}"),
    ("tokens_out", "{tokens_out}"),
    ("cache_hit", "{cache_hit}"),
    ("price_in_mtok", "{price_in}"),
    ("price_out_mtok", "{price_out}"),
    ("floor_share", "{floor_share}"),
    ("decline", "{decline}"),
    ("usage_growth", "{usage_growth}"),
    ("ad_arpu", "{ad_arpu}"),
    ("sub_conversion", "{sub_conversion}"),
    ("sub_price", "{sub_price}"),
    ("platform_fee", "{platform_fee}"),
    ("arpu_growth", "{arpu_growth}"),
    ("other_variable", "{other_variable}"),
    ("fixed_cost", "{fixed_cost}"),
    ("promotion", "{promotion}"),
    ("discount_rate", "{user_discount}"),
]
PRODUCTS = [("Chat", "1", "1"), ("Reasoning", "25/18", "5"), ("Agentic", "15", "15")]
MONTHS = 36
PNL_UNITS = ["count", "users", "count", "count", "coefficient", *["USD"] * 11, "ratio", "USD", "USD"]


def launch(book: Book, at: Places) -> Places:
    """The super-app launch: three products, and the month-by-month P&L of the one in use, with and without the jump."""
    widths = (4, 30, *([15] * 18))
    about = "50 million daily users overnight in China: when it pays, and when it destroys capital"
    sheet = book.sheet("SuperApp", "Super-app launch", about, "output", widths)
    book.status(sheet, 19)
    out: Places = {}
    china = {key: f"Calc_China!{place}" for key, place in at.items()}
    book.section(sheet, 3, "Three products at the same prices", 8)
    book.heading(sheet, 4, ["", "Line", "Unit", *(f">{name}" for name, _, _ in PRODUCTS)])
    rows = [
        ("tokens in per query", "tokens", "{tokens_in}*{k_in}"),
        ("tokens out per query", "tokens", "{tokens_out}*{k_out}"),
        ("Inference cost of a daily user", "USD/user-month", "INFERENCE_COST_IO({queries_per_day}*365.25/12,{0},{1},{price_in},{price_out},{cache_hit})"),
        ("Inference cost over net revenue", "ratio", "IF({net_arpu}>0,{2}/{net_arpu},NA())"),
        ("Break-even gross revenue", "USD/user-month", "BREAKEVEN_ARPU({2},{other_variable})"),
        ("Profit of a user", "text", 'IF({net_arpu}>0,BREAKEVEN_STATUS({3},{floor_share},{decline},{usage_growth},{arpu_growth}),"NEVER")'),
        ("Value of a user won today", "USD per user", "IFERROR(COHORT_VALUE(12*{net_arpu},12*{2},{hazard},{user_discount},{floor_share},{decline},{usage_growth},{arpu_growth},5),NA())"),
        ("Value of faster growth", "USD per unit of log growth", "IFERROR(GROWTH_VALUE_SLOPE({users_added},12*{net_arpu},12*{2},0.3,{user_discount},{floor_share},{decline},{usage_growth},{arpu_growth},3),NA())"),
    ]  # fmt: skip
    for offset, (label, unit, formula) in enumerate(rows):
        row = FIRST + offset
        book.write(sheet, row, 1, label[:1].upper() + label[1:])
        book.write(sheet, row, 2, unit, font_color=MUTED)
        for column, (_, k_in, k_out) in enumerate(PRODUCTS, 3):
            local = {str(number): cell(FIRST + number, column) for number in range(len(rows))}
            text = filled(formula, china | local | {"k_in": k_in, "k_out": k_out})
            book.write(sheet, row, column, f"={text}", unit, align="right", bold=offset > 2)
    out["agentic_cost"] = f"SuperApp!{cell(FIRST + 2, 5, True)}"
    out["reasoning_value"] = f"SuperApp!{cell(FIRST + 6, 4, True)}"
    out["agentic_slope"] = f"SuperApp!{cell(FIRST + 7, 5, True)}"
    head = FIRST + len(rows) + 1
    book.section(sheet, head, "The launch, chat product, China", 8)
    book.heading(sheet, head + 1, ["", "Launch", "", "  No launch", ""])
    for offset, (name, formula) in enumerate(LAUNCH_INPUTS):
        row = head + 2 + offset
        book.write(sheet, row, 1, name)
        unit = "users" if name.startswith("users") else "USD" if name in ("fixed_cost", "promotion") else "coefficient"
        book.link(sheet, row, 2, f"={filled(formula, china)}", unit)
        book.write(sheet, row, 3, name, indent=1)
        quiet = {"users_peak": f"=C{head + 3}", "promotion": "=0*C3"}.get(name, f"=C{row + 1}")
        book.write(sheet, row, 4, quiet.replace("C3", f"C{row + 1}") if name == "promotion" else quiet, unit)
    first, last = head + 3, head + 2 + len(LAUNCH_INPUTS)
    table = last + 3
    out |= _launch_results(book, sheet, head, table)
    book.section(sheet, table - 2, "Month by month, with the launch", 19)
    columns = [f">{name.replace('_', ' ')}" for name in data_columns()]
    book.heading(sheet, table - 1, ["", *columns])
    book.spill(sheet, (table, 1, table + MONTHS - 1, 19), f"=SUPERAPP_PNL($B${first}:$C${last},{MONTHS})", PNL_UNITS)
    quiet_row = table + MONTHS + 3
    book.section(sheet, quiet_row - 2, "Month by month, without it", 19)
    book.heading(sheet, quiet_row - 1, ["", *columns])
    book.spill(
        sheet, (quiet_row, 1, quiet_row + MONTHS - 1, 19), f"=SUPERAPP_PNL($D${first}:$E${last},{MONTHS})", PNL_UNITS
    )
    _launch_charts(book, sheet, table, quiet_row)
    return out


def data_columns() -> tuple[str, ...]:
    """The columns of the P&L, as its function declares them."""
    return REGISTRY["SUPERAPP_PNL"].returns.columns


def _launch_results(book: Book, sheet: Worksheet, head: int, table: int) -> Places:
    out: Places = {}
    cash = f"$P${table + 1}:$P${table + MONTHS}"
    present = f"$S${table + 1}:$S${table + MONTHS}"
    quiet = table + MONTHS + 3
    base = f"$S${quiet + 1}:$S${quiet + MONTHS}"
    rate = f"$C${head + 3 + [name for name, _ in LAUNCH_INPUTS].index('discount_rate')}"
    lines = [
        ("npv", "Net present value over 36 months", "USD", f"=SUM({present})"),
        ("npv_quiet", "Without the launch", "USD", f"=SUM({base})"),
        ("launch_value", "Value of the launch itself", "USD", "=I{0}-I{1}"),
        ("peak", "Most money ever tied up", "USD", f"=PEAK_FUNDING({cash})"),
        ("destroyed", "Capital destroyed", "USD", f"=CAPITAL_DESTRUCTION({cash},{rate})"),
        ("inflows", "Present value of the good months", "USD", f'=SUMIF({present},">0")'),
        ("outflows", "Present value of the bad months", "USD", f'=-SUMIF({present},"<0")'),
        ("index", "Cents lost of each dollar spent", "share", "=IFERROR(DESTRUCTION_INDEX(I{5},I{6}),0)"),
    ]
    book.heading(sheet, head + 1, ["Result", "", ">Value"], 6)
    for offset, (key, label, unit, formula) in enumerate(lines):
        row = head + 2 + offset
        book.write(sheet, row, 6, label)
        text = formula.format(*(head + 3 + number for number in range(len(lines)))) if "{" in formula else formula
        book.write(sheet, row, 8, text, unit, bold=True)
        out[key] = f"SuperApp!{cell(row, 8, True)}"
    return out


def _launch_charts(book: Book, sheet: Worksheet, table: int, quiet: int) -> None:
    name = "SuperApp"
    value = _chart(book, "line", "Cumulative present value of the launch", "month", "USD")
    for top, label, color in ((table, "Launch", CN), (quiet, "No launch", MUTED)):
        value.add_series(
            {
                "name": label,
                "categories": [name, top, 1, top + MONTHS - 1, 1],
                "values": [name, top, 19, top + MONTHS - 1, 19],
                "line": {"color": color, "width": 2.25},
            }
        )
    value.set_legend({"position": "bottom"})
    value.set_x_axis({"name": "month", "label_position": "low", "interval_unit": 6, "num_font": {"size": 9}})
    value.set_y_axis(
        {
            "name": "USD m",
            "num_format": "#,##0,,;(#,##0,,);0",
            "major_gridlines": {"visible": True, "line": {"color": "#E5E7EB"}},
        }
    )
    sheet.insert_chart(3, 9, value, {"x_offset": 10, "y_offset": 4})
    bill = _chart(book, "column", "Revenue against inference", "month", "USD m")
    for column, label, color in ((9, "Revenue", US), (10, "Inference", CN)):
        bill.add_series(
            {
                "name": label,
                "categories": [name, table, 1, table + MONTHS - 1, 1],
                "values": [name, table, column, table + MONTHS - 1, column],
                "fill": {"color": color},
            }
        )
    bill.set_legend({"position": "bottom"})
    bill.set_x_axis({"name": "month", "label_position": "low", "interval_unit": 6, "num_font": {"size": 9}})
    bill.set_y_axis(
        {
            "name": "USD m",
            "num_format": "#,##0,,;(#,##0,,);0",
            "major_gridlines": {"visible": True, "line": {"color": "#E5E7EB"}},
        }
    )
    sheet.insert_chart(19, 9, bill, {"x_offset": 10, "y_offset": 4})


REVENUES = (("run_rate_revenue", 1), ("revenue_quarter", 4), ("revenue_half", 2), ("revenue", 1))


def priced_companies() -> list[tuple[str, str, str, str, int]]:
    """Companies with a value and a revenue: id, name, country, freshest revenue field, periods in a year."""
    found = []
    for key, row in tables.entities().items():
        fields = [
            (data.history(key, field)[-1].as_of, -order, field, periods)
            for order, (field, periods) in enumerate(REVENUES)
            if (key, field) in tables.observations()
        ]
        if row["kind"] == "company" and (key, "valuation") in tables.observations() and fields:
            _, _, field, periods = max(fields)
            found.append((key, row["name"], row["country"], field, periods))
    return sorted(found, key=lambda one: (one[2] != "US", one[1]))


def decoupling(book: Book, at: Places) -> Places:
    """Named companies: value, pace of revenue, multiple, and how far it has left what cash flows justify."""
    widths = (4, 16, 28, 9, 14, 18, 14, 9, 12, 12, 12, 12, 70)
    about = "Market multiples of named companies against the multiple that the model of their country justifies"
    sheet = book.sheet("Decoupling", "Valuation decoupling", about, "output", widths)
    book.status(sheet, 12)
    headings = [
        "",
        "Id",
        "Company",
        "Country",
        "Value, USD m",
        "Revenue field",
        "Revenue, USD m",
        "Periods a year",
        "Multiple",
        "Index",
        "Gross margin",
        "Above 100x",
        "Source of the value",
    ]
    book.heading(sheet, 3, headings)
    companies = priced_companies()
    for offset, (key, name, country, field, periods) in enumerate(companies):
        row = 4 + offset
        r = row + 1
        book.write(sheet, row, 1, key)
        book.write(sheet, row, 2, name)
        book.write(sheet, row, 3, country, align="center")
        book.write(sheet, row, 4, f'=AI_DATA(B{r},"valuation",,"USD m")', "USD m")
        book.write(sheet, row, 5, field, font_color=MUTED, indent=1)
        book.write(sheet, row, 6, f'=AI_DATA(B{r},F{r},,"USD m")', "USD m")
        book.write(sheet, row, 7, periods, "count", align="center")
        book.write(sheet, row, 8, f"=RUN_RATE_MULTIPLE(E{r},G{r},H{r})", "x", bold=True)
        fair = f'IF(D{r}="US",Calc_US!{at["justified"]},Calc_China!{at["justified"]})'
        book.write(sheet, row, 9, f"=IFERROR(DECOUPLING_INDEX(I{r},{fair}),NA())", "log ratio")
        book.write(sheet, row, 10, f'=IFERROR(AI_DATA(B{r},"gross_margin"),"n/a")', "share", align="right")
        book.write(sheet, row, 11, f'=IF(I{r}>100,"yes","no")', "text", align="center")
        book.write(sheet, row, 12, f'=DATA_SOURCE(B{r},"valuation")', "text", font_color=MUTED)
    last = 4 + len(companies)
    sheet.conditional_format(
        4,
        9,
        last - 1,
        9,
        {"type": "3_color_scale", "min_color": "#93C5FD", "mid_color": "#FFFFFF", "max_color": "#FCA5A5"},
    )
    row = last + 1
    out: Places = {}
    for country, code in (("US", "US"), ("China", "CN")):
        book.write(sheet, row, 2, f"Median multiple, {country}", bold=True)
        inner = f'IF($D$5:$D${last}="{code}",$I$5:$I${last})'
        sheet.write_dynamic_array_formula(row, 8, row, 8, f"=MEDIAN({inner})", book.style(num_format="0.0x", bold=True))
        out[f"median_{code}"] = f"Decoupling!{cell(row, 8, True)}"
        row += 1
    book.write(sheet, row, 2, "Companies above 100x", bold=True)
    book.write(sheet, row, 8, f'=COUNTIF($I$5:$I${last},">100")', "count", bold=True)
    out["above_100"] = f"Decoupling!{cell(row, 8, True)}"
    chart = _chart(book, "bar", "Multiple of run-rate revenue", "multiple, logarithmic", "")
    chart.add_series(
        {
            "name": "Multiple",
            "categories": ["Decoupling", 4, 2, last - 1, 2],
            "values": ["Decoupling", 4, 8, last - 1, 8],
            "points": [{"fill": {"color": US if country == "US" else CN}} for _, _, country, _, _ in companies],
            "gap": 30,
        }
    )
    chart.set_x_axis({"log_base": 10, "num_format": "0x", "num_font": {"size": 9}, "name": "multiple, logarithmic"})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}})
    chart.set_size({"width": 720, "height": 820})
    sheet.insert_chart(3, 13, chart, {"x_offset": 20, "y_offset": 4})
    sheet.freeze_panes(4, 3)
    return out


def claims(book: Book, at: Places, results: Places) -> None:
    """The claims of the article that this workbook can test, each with a value, a threshold and a verdict."""
    widths = (4, 7, 62, 34, 14, 14, 14, 12, 14, 60)
    about = "What the article says, what the numbers say: supported, contradicted, or depends inside the range of the inputs"
    sheet = book.sheet("Claims", "Claims", about, "output", widths)
    book.status(sheet, 9)
    book.heading(
        sheet,
        3,
        [
            "",
            "Claim",
            "The article says",
            "Measured by",
            "Low",
            "Base",
            "High",
            "Threshold",
            "Verdict",
            "What would turn it",
        ],
    )
    local = {f"us_{key}": f"Calc_US!{place}" for key, place in at.items()}
    local |= {f"cn_{key}": f"Calc_China!{place}" for key, place in at.items()}
    local |= results
    for row, claim in enumerate(CLAIMS, 4):
        r = row + 1
        book.write(sheet, row, 1, claim.id)
        book.write(sheet, row, 2, claim.says, text_wrap=True)
        book.write(sheet, row, 3, claim.measure, font_color=MUTED, text_wrap=True)
        for column, formula in enumerate((claim.low or claim.base, claim.base, claim.high or claim.base), 4):
            book.write(sheet, row, column, f"={filled(formula, local)}", claim.unit)
        book.input(sheet, row, 7, claim.threshold, claim.unit)
        above, below = ("supported", "contradicted") if claim.above else ("contradicted", "supported")
        verdict = f'=IF(MIN(E{r}:G{r})>H{r},"{above}",IF(MAX(E{r}:G{r})<=H{r},"{below}","depends"))'
        book.write(sheet, row, 8, verdict, "text", bold=True, align="center")
        book.write(sheet, row, 9, claim.flips, font_color=MUTED, text_wrap=True, indent=1)
        sheet.set_row(row, 30)
    last = 3 + len(CLAIMS)
    for word, color in (("supported", GOOD), ("contradicted", BAD), ("depends", "#FEF3C7")):
        look = book.book.add_format({"bg_color": color})
        sheet.conditional_format(
            4, 8, last, 8, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
        )
    sheet.freeze_panes(4, 3)


def checks(book: Book, at: Places, results: Places) -> None:
    """Each result again by a native formula; the master check is the product of all."""
    sheet = book.sheet(
        "Checks",
        "Checks",
        "Results again, by native formulas and by identities; all must be 1",
        "check",
        (4, 64, 20, 20, 14, 12),
    )
    book.heading(sheet, 3, ["", "Check", ">Result", ">Again", ">Tolerance", ">Passes"])
    local = {f"us_{key}": f"Calc_US!{place}" for key, place in at.items()}
    local |= {f"cn_{key}": f"Calc_China!{place}" for key, place in at.items()}
    local |= results
    for row, (label, left, right, tolerance) in enumerate(CHECKS, 4):
        r = row + 1
        book.write(sheet, row, 1, label)
        book.write(sheet, row, 2, f"={filled(left, local)}", "coefficient")
        book.write(sheet, row, 3, f"={filled(right, local)}", "coefficient")
        book.write(sheet, row, 4, tolerance, "FLOP", font_color=MUTED)
        book.write(sheet, row, 5, f"=IF(ABS(C{r}-D{r})<=E{r}*MAX(1,ABS(D{r})),1,0)", "flag", bold=True, align="center")
    last = 4 + len(CHECKS)
    book.write(sheet, last + 1, 1, "Master check", bold=True)
    book.write(sheet, last + 1, 5, f"=PRODUCT(F5:F{last})", "flag", bold=True, align="center")
    book.book.define_name("chk_master", f"=Checks!$F${last + 2}")
    for criteria, value, color in (("==", 1, GOOD), ("==", 0, BAD)):
        look = book.book.add_format({"bg_color": color})
        sheet.conditional_format(
            4, 5, last + 1, 5, {"type": "cell", "criteria": criteria, "value": value, "format": look}
        )
    sheet.freeze_panes(4, 2)
