"""The one write path: staged parts become rows in one transaction."""
