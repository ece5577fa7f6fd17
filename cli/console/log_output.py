"""Where Copydesk's log lines go: -v to the terminal, --log-file to a file, as text or as lines of JSON."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from core.safety.log_files import FILE_VARIABLE, FORM_VARIABLE, format_lines, keep_lines
from core.safety.logs import get_log


def start_logs(verbosity: int, file: Path | None, form: str) -> None:
    """Send lines to standard error from `info` with -v on, from `debug` with -vv, and all of them to the file.

    The processes of flow runs that `serve` starts write to the same file. Raises ConfigError for a file that cannot be
    written.
    """
    log = get_log()
    if verbosity:
        handler = logging.StreamHandler()
        handler.setLevel(logging.INFO if verbosity == 1 else logging.DEBUG)
        handler.setFormatter(format_lines(form))
        log.addHandler(handler)
        log.setLevel(logging.DEBUG)
    if file is not None:
        keep_lines(file, form)
        os.environ[FILE_VARIABLE] = str(file.resolve())
        os.environ[FORM_VARIABLE] = form
