"""Imported once by the fork server: with the stages and the language model loaded, workers start at once."""

from __future__ import annotations

import flows.worker  # noqa: F401
from tasks.extract.options import ExtractOptions
from tasks.extract.pipeline import pipeline_for

pipeline_for("en", ExtractOptions())
