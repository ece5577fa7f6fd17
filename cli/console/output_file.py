"""A file that is written whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import ConfigError


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """The file to write to. It is renamed to `output` at the end; a failure leaves `output` as it was.

    Devices and pipes are written to themselves. ConfigError where the file cannot be written.
    """
    target = output.resolve()  # a link stays a link
    is_special = output.is_absolute() and output.parts[1] in ("dev", "proc")  # /dev/stdout can be a file
    is_special = is_special or (target.exists() and not target.is_file())
    try:
        if is_special:
            yield target
            return
        unfinished = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.unfinished")
        try:
            yield unfinished
            if target.exists():
                shutil.copymode(target, unfinished)
            os.replace(unfinished, target)  # noqa: PTH105
        finally:
            unfinished.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ConfigError(f"{output} cannot be written: {error.strerror or error}") from error
