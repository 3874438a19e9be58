"""The add-in for Excel on Windows: VBA that calls Python, in an .xlam file that needs no clicks."""
