"""The checks of the auditor, one module for each subject."""
