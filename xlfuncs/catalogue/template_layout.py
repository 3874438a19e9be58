"""The layout of the template workbooks: their sheets, rows, columns, headings, names, scenarios and colours.

The builder writes the templates by it, the auditor checks them by it, and the report reads them by it. Rows and columns
count from 1, as in Excel.
"""

from __future__ import annotations

import datetime as dt

# Custom properties of the file.
TEMPLATE_PROPERTY = "xlfuncs template"  # the name of the template
VERSION_PROPERTY = "xlfuncs version"  # of the package that built it
HOST_PROPERTY = "xlfuncs host"  # where it is for another host than Excel with the add-in

# Sheets, in the order in which they are read. The prefix stands for all calculation sheets.
CALCULATION_PREFIX = "Calc_"
SHEET_ORDER = (
    "Cover", "Contents", "Guide", "Inputs", "Scenarios", "Timeline", "Data", CALCULATION_PREFIX, "Outputs",
    "Sensitivity", "Charts", "Claims", "Checks", "Log", "Functions", "Sources",
)  # fmt: skip
TITLE_ROW = 1  # with the way back to Contents, the title and the state of the checks
HEADING_ROW, FIRST_ROW = 4, 5  # the column headings, and the first row below

# Columns of Inputs, Scenarios, Timeline, the calculation sheets and Outputs; the series start at SERIES.
SECTION, LABEL, UNIT, VALUE, TOTAL, NOTE, GAP, SERIES = range(1, 9)
HEADINGS = ("", "Label", "Unit", "Value", "Total", "Note", "")  # from SECTION to GAP; not on Outputs

# Scenarios: the columns from SERIES on of every sheet that has them.
SCENARIOS = ("Bear", "Base", "Bull")
BASE_SCENARIO = "Base"

# Columns of Inputs, from SERIES on.
INPUT_LOW, INPUT_BASE, INPUT_HIGH, INPUT_SIDE, INPUT_KEY, INPUT_AS_OF, INPUT_SOURCE = range(SERIES, SERIES + 7)

# Columns of Data. In the last one stands whether the input still equals the figure.
(
    DATA_KEY, DATA_MEANING, DATA_UNIT, DATA_LOW, DATA_VALUE, DATA_HIGH, DATA_AS_OF, DATA_GRADE, DATA_SOURCE, DATA_LINK,
    DATA_NOTE, DATA_INPUT,
) = range(2, 14)  # fmt: skip
INPUT_UNCHANGED, INPUT_CHANGED = "as here", "changed"
STALE_AFTER = dt.timedelta(days=548)  # 18 months: an older figure needs a note that it is the newest known

# Columns of Claims. Low, base and high stand in the columns of the scenarios.
CLAIM_ID, CLAIM_TEXT, CLAIM_FUNCTIONS, CLAIM_MEASURE, CLAIM_UNIT = range(2, 7)
CLAIM_LOW, CLAIM_BASE, CLAIM_HIGH, CLAIM_THRESHOLD, CLAIM_VERDICT, CLAIM_REVERSAL, CLAIM_SOURCE = range(8, 15)
SUPPORTED, CONTRADICTED, DEPENDS, NOT_TESTABLE = "supported", "contradicted", "depends", "not testable"
VERDICTS = (SUPPORTED, CONTRADICTED, DEPENDS, NOT_TESTABLE)

# Columns of Checks.
CHECK_LABEL, CHECK_RESULT, CHECK_AGAIN, CHECK_TOLERANCE, CHECK_PASSES = range(2, 7)
MASTER_CHECK_LABEL = "Master check"

# Columns of Log, from LOG_VERSION on.
LOG_VERSION, LOG_DATE, LOG_AUTHOR, LOG_CHANGE, LOG_CHECKS = range(2, 7)
LOG_HEADINGS = ("Version", "Date", "Author", "Change", "Checks")

# Rows and columns of the Cover: labelled facts, then the headline numbers.
COVER_LABEL, COVER_VALUE, COVER_UNIT = range(2, 5)
COVER_FACTS = ("Purpose", "Version", "Date", "Author", "Contact", "Data")
COVER_FIRST_FACT, COVER_HEADLINES = 6, 14  # rows: the first fact, and the heading of the headline numbers

# Defined names.
SCENARIO_NAME, CURRENCY_NAME, MASTER_CHECK_NAME = "sc_active", "sc_currency", "chk_master"

# Colours.
INPUT_FONT, INPUT_FILL, LINK_FONT = "#0000FF", "#FFFBE6", "#00703C"
CHART_COLOURS = ("#2563EB", "#DC2626", "#059669", "#F59E0B", "#7C3AED", "#0891B2", "#6B7280")
