"""The flagship: the US and China on identical models, side by side, with the claims of the article tested."""

from __future__ import annotations

from pathlib import Path

from workbooks import comparison_sheets as parts
from workbooks import front
from workbooks.house import Book
from workbooks.model import SECTIONS

TITLE = "US-China AI comparison"
PURPOSE = "Who leads in AI, the US or China: on which vector, by how much, how sure, and at what price"

GUIDE = [
    (
        "Reading it",
        [
            "Start with Comparison: three vectors with different leaders, then the score. Above 0 the US leads.",
            "Calc_US and Calc_China have the same rows. Each takes its inputs from Inputs, by the scenario in use.",
            "Decoupling sets the multiples of named companies against what the model of their country justifies.",
            "Claims gives each claim of the article a measure, a threshold and a verdict that the inputs can turn.",
        ],
    ),
    (
        "Changing it",
        [
            "Change blue cells: low, base and high on Inputs, the switch on Scenarios, weights on Comparison.",
            "In Excel with the add-in all follows at once. Without it, run: xlfuncs refresh FILE.",
            "A refresh changes values only: your formats, charts, comments and own sheets stay as they are.",
        ],
    ),
    (
        "Units and signs",
        [
            "Money is nominal US dollars; rates are shares of 1; token prices are for a million tokens.",
            "Gaps and scores are above 0 where the US leads. Costs are above 0; losses in brackets.",
            "#N/A means that there is no answer: never, no root, or no figure. Such cells are expected and say why.",
        ],
    ),
    (
        "Facts and assumptions",
        [
            "Each input has a date and a source with its grade, or says that it is an assumption.",
            "Multiples of companies are the latest value over the latest pace of revenue; their dates may differ.",
        ],
    ),
]


def build(path: Path) -> None:
    """Write the workbook; its values are filled in by a refresh."""
    book = Book(path, TITLE)
    cover = front.cover(book, PURPOSE)
    contents = book.sheet("Contents", "Contents", "Every sheet, and what it is for", "info", (4, 24, 100))
    front.guide(book, GUIDE)
    places = parts.inputs(book)
    parts.scenarios(book)
    at = parts.model(book, "Calc_US", "US model", "US", places, SECTIONS)
    parts.model(book, "Calc_China", "China model", "CN", places, SECTIONS)
    results = parts.comparison(book, at, places) | parts.launch(book, at) | parts.decoupling(book, at)
    parts.claims(book, at, results)
    parts.checks(book, at, results)
    front.functions(book)
    front.sources(book, parts.all_inputs())
    front.contents(book, contents)
    front.headlines(
        book,
        cover,
        [
            ("out_asymmetry_score", "Asymmetry score, above 0 the US leads", f"={results['score']}", "-100 to 100"),
            ("out_infrastructure", "Infrastructure", f"={results['infrastructure']}", "-100 to 100"),
            ("out_distribution", "Distribution", f"={results['distribution']}", "-100 to 100"),
            ("out_monetisation", "Monetisation", f"={results['monetisation']}", "-100 to 100"),
            (
                "out_distribution_weight_at_which_china_leads",
                "China leads once distribution weighs more than",
                f"={results['flip']}",
                "share",
            ),
            ("out_hardware_premium", "Hardware premium of China, arithmetic", f"={results['premium_flop']}", "share"),
            ("out_value_of_launch_usd", "Value of an overnight launch in China", f"={results['launch_value']}", "USD"),
            (
                "out_growth_assumed_by_chinese_multiple",
                "Growth that the Chinese multiple assumes",
                f"=Calc_China!{at['implied']}",
                "per year",
            ),
            ("out_checks", "Checks", '=IF(chk_master=1,"all pass","one fails: see Checks")', "text"),
        ],
    )
    book.close()
