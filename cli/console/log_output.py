"""Where Copydesk's log lines go: -v to the terminal, --log-file to a file, as text or as lines of JSON."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

from core.errors import ConfigError
from core.safety.logs import get_log

_TEXT = "%(asctime)s %(levelname)s %(message)s"


class JsonLines(logging.Formatter):
    """One JSON object a line: time in UTC, level, message, and the traceback of an error."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["error"] = record.exc_text or self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=True)


def start_logs(verbosity: int, file: Path | None, form: str) -> None:
    """Send lines to standard error from `info` with -v on, from `debug` with -vv, and all of them to the file.

    Raises ConfigError for a file that cannot be written.
    """
    log = get_log()
    handlers: list[logging.Handler] = []
    if verbosity:
        handlers.append(logging.StreamHandler())
        handlers[-1].setLevel(logging.INFO if verbosity == 1 else logging.DEBUG)
    if file is not None:
        try:
            handlers.append(logging.FileHandler(file, encoding="utf-8"))
        except OSError as error:
            raise ConfigError(f"the log file {file} cannot be written: {error.strerror}") from error
    for handler in handlers:
        handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(_TEXT))
        log.addHandler(handler)
    if handlers:
        log.setLevel(logging.DEBUG)
