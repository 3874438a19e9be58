"""Audit findings for people and for other programs: terminal, HTML and SARIF."""
