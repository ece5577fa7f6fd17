"""From an article's text to names, figures, dates and quotations."""
