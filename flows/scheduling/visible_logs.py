"""Prefect's log lines, with codes for control characters and for overrides of direction.

Prefect logs errors and parameters as they are, so that a line can hold what a page or a path holds.
"""

from __future__ import annotations

import logging

from prefect.context import FlowRunContext, TaskRunContext
from prefect.logging.configuration import PROCESS_LOGGING_CONFIG, ensure_logging_setup
from prefect.logging.handlers import APILogHandler

from core.safety.log_files import keep_lines_of_call
from core.safety.logs import get_log, show_codes


class _RunLog(APILogHandler):
    """Sends our own lines to the log of the flow run that they are of; outside of one they stay here."""

    def emit(self, record: logging.LogRecord) -> None:
        """Send the line, if a flow run is at work."""
        if FlowRunContext.get() or TaskRunContext.get():
            super().emit(record)


def show_codes_in_logs() -> None:
    """Make the lines of every handler safe to look at: those that Prefect has configured, and those of the root."""
    ensure_logging_setup()
    ours = get_log()
    if not any(isinstance(handler, APILogHandler) for handler in ours.handlers):
        ours.addHandler(_RunLog())
        ours.setLevel(logging.INFO)
    keep_lines_of_call()
    for name in (None, *PROCESS_LOGGING_CONFIG.get("loggers", ())):
        for handler in logging.getLogger(name).handlers:
            show_codes(handler)
