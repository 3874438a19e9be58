"""Values as a worksheet displays them, in the number formats that the workbooks use."""

from __future__ import annotations

import datetime as dt
import re

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?,.]+(?:E[+-]?0+)?(?:[#0?,.]*)")


def format_value(value: object, number_format: str = "General") -> str:
    """Format a value: sections for negatives and zeros, separators, decimals, percent, exponent, dates.

    >>> format_value(-1234.5, "#,##0.0;(#,##0.0);0.0"), format_value(0.256, "0.0%"), format_value(2e9, "#,##0,,")
    ('(1,234.5)', '25.6%', '2,000')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m" if number_format == "yyyy-mm" else "%Y-%m-%d")
    if not isinstance(value, (int, float)):
        return str(value)
    if number_format in ("General", "@"):
        return f"{value:.10g}"
    sections = number_format.split(";")
    negative = value < 0 and len(sections) > 1
    section = sections[1] if negative else sections[2] if value == 0 and len(sections) > 2 else sections[0]
    section = _QUOTED.sub(lambda match: match[1] or match[2] or "", section)
    pattern = _DIGITS.search(section)
    if not pattern:
        return section
    number = abs(value) if negative or len(sections) == 1 else value
    text = _format_number(abs(number) * (100 if "%" in section else 1), pattern[0])
    sign = "-" if value < 0 and not negative and text.strip("0.,") else ""
    return sign + section[: pattern.start()] + text + section[pattern.end() :]


def _format_number(value: float, pattern: str) -> str:
    if "E" in pattern:
        mantissa, _, _ = pattern.partition("E")
        return f"{value:.{len(mantissa.partition('.')[2])}E}"
    whole, _, fraction = pattern.partition(".")
    thousands = len(pattern) - len(pattern.rstrip(","))
    decimals = len(fraction.rstrip(","))
    return f"{value / 1000**thousands:{',' if ',' in whole.rstrip(',') else ''}.{decimals}f}"
