"""The body of an article, read from a page, a plain text or what a page states for machines."""
