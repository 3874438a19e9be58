"""Worksheets without Excel: formulas evaluated, and workbooks refreshed, by a spreadsheet engine in Python."""
