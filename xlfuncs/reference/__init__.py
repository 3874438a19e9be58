"""The function reference, as Markdown and as a site to read offline."""
