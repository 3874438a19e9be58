"""The core: units, sources, errors, arguments, functions and their registry. Knows no formula and no host."""
