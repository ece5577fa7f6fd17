"""Charts as SVG without a script: a question's readings, a story's times, the answer to a query."""
