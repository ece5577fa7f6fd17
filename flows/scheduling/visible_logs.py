"""Prefect's log lines, with codes for control characters and for overrides of direction.

Prefect logs errors and parameters as they are, so that a line can hold what a page or a path holds.
"""

from __future__ import annotations

import logging

from prefect.logging.configuration import PROCESS_LOGGING_CONFIG, ensure_logging_setup

from core.safety.logs import show_codes


def show_codes_in_logs() -> None:
    """Make the lines of every handler safe to look at: those that Prefect has configured, and those of the root."""
    ensure_logging_setup()
    for name in (None, *PROCESS_LOGGING_CONFIG.get("loggers", ())):
        for handler in logging.getLogger(name).handlers:
            show_codes(handler)
