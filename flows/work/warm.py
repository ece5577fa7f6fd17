"""Imported once by the fork server: it loads the stages and the language model, so that workers start at once."""

from __future__ import annotations

import gc

import tasks.extract.stage
import tasks.group.signatures  # noqa: F401
from tasks.extract.language.pipeline import pipeline_for
from tasks.extract.options import ExtractOptions

pipeline_for("en", ExtractOptions())
# The loaded objects live as long as the workers: frozen, they stay in shared memory, and the garbage collector of a
# worker does not walk them (https://docs.python.org/3/library/gc.html#gc.freeze).
gc.collect()
gc.freeze()
