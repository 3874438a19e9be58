"""A workbook recalculated: what is stale, what to trust, what-if tables, and the patched file."""
