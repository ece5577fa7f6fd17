"""Logs in which nothing that strangers wrote steers the terminal that shows them."""

from __future__ import annotations

import logging
import traceback

from core.safety.visible import show_text


class _Visible(logging.Filter):
    """Puts codes in the place of characters that steer, before any handler has the record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True: each record goes on, its message and its traceback made visible."""
        record.msg, record.args = show_text(record.getMessage()), ()
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = show_text("".join(traceback.format_exception(*record.exc_info)).rstrip())
        return True


def get_log() -> logging.Logger:
    """The log `copydesk`, whose lines are safe to look at."""
    log = logging.getLogger("copydesk")
    show_codes(log)
    return log


def show_codes(owner: logging.Filterer) -> None:
    """Make the lines of a logger or a handler safe to look at; safe to repeat."""
    if not any(isinstance(one, _Visible) for one in owner.filters):
        owner.addFilter(_Visible())
