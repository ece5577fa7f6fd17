"""Imported once by the fork server: with the stages and the language model loaded, workers start at once."""

from __future__ import annotations

import tasks.clean
import tasks.extract.pipeline
import tasks.group.duplicates
import warehouse.archive
import warehouse.landing  # noqa: F401

tasks.extract.pipeline.warm_up()
