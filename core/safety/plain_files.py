"""Files that end: what is opened is a regular file, and neither a pipe that never answers nor an endless device."""
# Why: see docs/decisions.md, "Links are followed inside what is loaded, and out of it only on request".

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

NO_FILE = "a pipe, socket or device, not a regular file: reading it could go on forever"
_MOST_BYTES = 256_000_000  # of a list that is read whole: some two million addresses
# What a shell hands over: standard input, and `<(command)`.
_HANDED_OVER = re.compile(r"/dev/(stdin|fd/\d+)|/proc/self/fd/\d+")


class SpecialFileError(OSError):
    """The path to open does not lead to a regular file."""

    def __init__(self, path: object) -> None:
        super().__init__(errno.EINVAL, NO_FILE, str(path))


def open_plain(path: str, flags: int, *, dir_fd: int | None = None) -> int:
    """An `opener` for open(): a descriptor of a regular file, without ever waiting; SpecialFileError for others."""
    # Checked twice: opening some devices has side effects, and the file can be replaced between the checks.
    if not stat.S_ISREG(os.stat(path, dir_fd=dir_fd).st_mode):
        raise SpecialFileError(path)
    handle = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=dir_fd)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise SpecialFileError(path)
    return handle


def opener_for(path: Path) -> Callable[[str, int], int] | None:
    """What opens a file that the user names: None, for open()'s own, where a shell hands its input over."""
    return None if is_handed_over(path) else open_plain


def is_handed_over(path: Path) -> bool:
    """Whether the path is standard input by its name, or the pipe of `<(command)`."""
    return _HANDED_OVER.fullmatch(str(path)) is not None


def read_named(path: Path, most: int = _MOST_BYTES) -> bytes:
    """All of a file that the user names; OSError if it cannot be read, is not a file, or holds more than `most` bytes."""
    with open(path, "rb", opener=opener_for(path)) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it holds more than {most:,} bytes; cut it into several files")
    return data
