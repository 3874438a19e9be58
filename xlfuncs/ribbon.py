"""The name by which installed add-ins call the commands of the ribbon."""

from __future__ import annotations

from xlfuncs.hosts.excel.ribbon import check_workbook, help_topic, open_template, refresh_data

__all__ = ["check_workbook", "help_topic", "open_template", "refresh_data"]
