"""A file that keeps Copydesk's log lines, as text or as lines of JSON; processes of flow runs find it in the environment."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path

from core.errors import ConfigError
from core.safety.logs import get_log

_TEXT = "%(asctime)s %(levelname)s %(message)s"
# Not settings: they are of one call, and of the processes that it starts.
FILE_VARIABLE, FORM_VARIABLE = "_COPYDESK_LOG_FILE", "_COPYDESK_LOG_FORM"


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


def format_lines(form: str) -> logging.Formatter:
    """The formatter of `json`, else of `text`."""
    return JsonLines() if form == "json" else logging.Formatter(_TEXT)


def keep_lines(file: Path, form: str) -> None:
    """Append all lines to the file from now on. Raises ConfigError for a file that cannot be written."""
    try:
        handler = logging.FileHandler(file, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"the log file {file} cannot be written: {error.strerror}") from error
    handler.setFormatter(format_lines(form))
    log = get_log()
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)


def keep_lines_of_call() -> None:
    """Do the same in a process that the call started, with the file that is in the environment; once."""
    file = os.environ.get(FILE_VARIABLE)
    if file and not any(isinstance(one, logging.FileHandler) for one in get_log().handlers):
        keep_lines(Path(file), os.environ.get(FORM_VARIABLE, "text"))
