"""Excel on Windows, Mac and the web through Office.js: custom functions that ask a server on the same machine."""

PORT = 8743  # of the server, unless the user chooses another
