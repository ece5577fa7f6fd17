"""Imported once by the fork server: with the stages and the language model loaded, workers start at once."""

from __future__ import annotations

import gc

import flows.work.worker  # noqa: F401
from tasks.extract.language.pipeline import pipeline_for
from tasks.extract.options import ExtractOptions

pipeline_for("en", ExtractOptions())
# What is loaded now lives as long as the workers: their garbage collector need not walk it each time, and its
# memory stays shared (https://docs.python.org/3/library/gc.html#gc.freeze).
gc.collect()
gc.freeze()
