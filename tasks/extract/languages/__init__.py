"""Figures and dates in other languages than English: a folder of data for each, one engine that reads them.

`numbers.toml` has the words of numbers and how they combine, `figures.toml` the words around them (hedges,
percent, money, units), `dates.toml` the words of time. Months, days, currencies, units and separators come from
Unicode CLDR, so that a language without a folder has absolute dates and figures in digits as well.
docs/languages.md says how to add one.
"""
