"""Templates compiled once for each user: compiling them costs a third of a second, which every report paid."""

from __future__ import annotations

import os
import stat
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jinja2 import FileSystemBytecodeCache


def template_cache(settings_file: Path) -> FileSystemBytecodeCache | None:
    """A cache in the user's own cache folder; None if there is no folder that only the user can write.

    Templates are kept apart by their text (by Jinja itself), by Jinja's and Python's release, and by the text of
    `settings_file`, the module with the environment's options.
    """
    folder = _find_folder()
    if folder is None:
        return None
    made_by = f"{version('jinja2')} {sys.version} {settings_file.read_text(encoding='utf-8')}"
    return FileSystemBytecodeCache(str(folder), f"{sha256(made_by.encode()).hexdigest()[:12]}-%s.cache")


def _find_folder() -> Path | None:
    """The folder, made if it is missing; None where it cannot be made or somebody else could write into it."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base / "copydesk" / "templates"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except (OSError, RuntimeError):  # no home, or none to write to
        return None
    is_own = found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return folder if is_own and os.access(folder, os.W_OK) else None
