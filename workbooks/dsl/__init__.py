"""The blocks that the workbooks are built of, and the writer."""
