"""Paths, folders and globs made into files, in sorted order and one directory at a time."""

from __future__ import annotations

import errno
import itertools
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.errors import ConfigError
from core.outcomes import InputOutcome, Reason

STAGE = "acquire"
_NO_FILE = "a pipe, socket or device, no file: it may never end"
_MAGIC = ("*", "?", "[")


def list_files(paths: Sequence[Path]) -> Iterator[Path | InputOutcome]:
    """Every file under the paths, once, named as its path was given; or what is wrong with one.

    Folders are walked in sorted order, hidden entries left out. A directory link that leads back into
    its own way is SYMLINK_LOOP, a link to nothing VANISHED, a folder that may not be read UNREADABLE, a pipe
    UNSUPPORTED_TYPE.
    Raises ConfigError at once for a path that is not there and a glob that matches nothing.
    """
    starts = [start for path in paths for start in _expand(path)]
    return _walk_starts(starts)


def _expand(path: Path) -> list[Path]:
    if os.path.lexists(path):
        return [path]
    if any(mark in str(path) for mark in _MAGIC):
        anchor = Path(path.anchor or ".")
        found = sorted(anchor.glob(str(path.relative_to(path.anchor) if path.anchor else path)))
        if found:
            return found
        raise ConfigError(f"nothing matches {path}; check the pattern, or quote it for the shell")
    raise ConfigError(f"{path} is not there; give a file, a folder or a glob that exists")


def _walk_starts(starts: Sequence[Path]) -> Iterator[Path | InputOutcome]:
    seen: set[str] = set()
    roots = [os.path.abspath(start) for start in starts]  # noqa: PTH100  (Path.absolute keeps "..")
    is_nested = _overlap(roots)
    for start in starts:
        for item in _walk(start, ()):
            name = item if isinstance(item, Path) else Path(item.input_ref)
            if is_nested:  # only then can a file come up twice; otherwise nothing is remembered
                key = os.path.abspath(name)  # noqa: PTH100
                if key in seen:
                    continue
                seen.add(key)
            yield item


def _overlap(roots: Sequence[str]) -> bool:
    ordered = sorted(root.rstrip("/") + "/" for root in roots)
    return any(later.startswith(earlier) for earlier, later in itertools.pairwise(ordered))


def _walk(path: Path, ancestors: tuple[str, ...]) -> Iterator[Path | InputOutcome]:
    try:
        mode = path.stat().st_mode  # a loop, a dangling link and a closed folder raise their OSError
        if not stat.S_ISDIR(mode):
            yield path if stat.S_ISREG(mode) else _problem(path, Reason.UNSUPPORTED_TYPE, _NO_FILE)
            return
        real = os.path.realpath(path)
        if real in ancestors:
            yield _problem(path, Reason.SYMLINK_LOOP, f"the link leads back to {real}, which holds it")
            return
        names = sorted(name for name in os.listdir(path) if not name.startswith("."))  # noqa: PTH208
    except OSError as error:
        yield describe_os_error(path, error)
        return
    for name in names:
        yield from _walk(path / name, (*ancestors, real))


def describe_os_error(path: Path, error: OSError) -> InputOutcome:
    """The outcome of a file that the system would not give."""
    if error.errno == errno.ELOOP:
        return _problem(path, Reason.SYMLINK_LOOP, "the link leads to itself")
    if isinstance(error, FileNotFoundError):
        what = "the link leads to nothing" if path.is_symlink() else "it was gone when it was to be read"
        return _problem(path, Reason.VANISHED, what)
    if isinstance(error, PermissionError):
        return _problem(path, Reason.UNREADABLE, "no permission to read it")
    return _problem(path, Reason.UNREADABLE, error.strerror or str(error))


def _problem(path: Path, reason: Reason, detail: str) -> InputOutcome:
    return InputOutcome(str(path), reason, STAGE, detail=detail)
