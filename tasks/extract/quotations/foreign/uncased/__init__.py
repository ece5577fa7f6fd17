"""Speakers of quotations in scripts without capital letters: Chinese, Japanese, Korean, Arabic, Hindi.

A name does not show itself there, so the sentence does: a particle ends its subject, or the verb of saying
stands next to it. The words are in `tasks/extract/languages/<code>/speech.toml` and `people.toml`.
"""
