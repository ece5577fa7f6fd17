"""Words and lines: phrase lists, printed times, bylines and marks that the rules read."""
