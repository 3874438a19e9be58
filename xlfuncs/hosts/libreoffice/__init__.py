"""LibreOffice as a program that draws pages of workbooks."""
