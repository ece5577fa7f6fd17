"""Quotations in other languages than English: who speaks, read from the words around the quotation marks.

The words come from `tasks/extract/languages/<code>/speech.toml` and `people.toml`; the rules are the same for
all languages. There is no parse: a speaker is a run of words beside a verb of saying.
"""
