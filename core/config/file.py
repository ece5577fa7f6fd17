"""The file of settings: found, and read as TOML."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from core.errors import ConfigError


def find_settings_file(path: Path | None) -> Path | None:
    """The file at `path`, or that of COPYDESK_CONFIG, or ./copydesk.toml if it is there.

    Raises ConfigError if the file that is named is not there, or is no regular file.
    """
    named = path or (Path(os.environ["COPYDESK_CONFIG"]) if os.environ.get("COPYDESK_CONFIG") else None)
    if named is None:
        named = Path("copydesk.toml")
        if not named.exists():
            return None
    if named.exists() and not named.is_file():
        raise ConfigError(
            f"settings file {named} is not a regular file; name one, or write one with `copydesk init`"
        )
    if not named.is_file():
        raise ConfigError(f"settings file {named} does not exist; write one with `copydesk init`")
    return named


def read_settings_file(file: Path) -> dict[str, Any]:
    """What the file says. Raises ConfigError if it cannot be read as TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"settings file {file} is not valid TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"settings file {file} cannot be read: {error.strerror}") from error
