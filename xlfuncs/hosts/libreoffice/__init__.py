"""LibreOffice: our functions in Calc, and the program that calculates and draws workbooks."""
