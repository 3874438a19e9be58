"""Workbook files: packages, cells and references, and patches that keep every other byte."""
