"""Hosts: each is handed a Registry and brings its functions to one kind of spreadsheet."""
