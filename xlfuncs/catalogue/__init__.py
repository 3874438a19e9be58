"""Declarations that the functions share: quantities and sources."""
