"""Paths, folders and globs made into files, in sorted order and one directory at a time."""

from __future__ import annotations

import errno
import itertools
import os
import stat
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import cast

from core.errors import ConfigError
from core.outcomes import InputOutcome, Reason
from tasks.acquire.long_paths import is_link, list_names, read_status

STAGE = "acquire"
_NO_FILE = "a pipe, socket or device, no file: it may never end"
_MAGIC = ("*", "?", "[")
_Folder = tuple[int, int]  # device and inode


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
        try:
            found = sorted(anchor.glob(str(path.relative_to(path.anchor) if path.anchor else path)))
        except (RecursionError, OSError) as error:
            raise ConfigError(
                f"{path} leads too deep ({type(error).__name__}); give the folder itself"
            ) from error
        if found:
            return found
        raise ConfigError(f"nothing matches {path}; check the pattern, or quote it for the shell")
    raise ConfigError(f"{path} is not there; give a file, a folder or a glob that exists")


def _walk_starts(starts: Sequence[Path]) -> Iterator[Path | InputOutcome]:
    seen: set[str] = set()
    roots = [os.path.abspath(start) for start in starts]  # noqa: PTH100  (Path.absolute keeps "..")
    is_nested = _overlap(roots)
    for start in starts:
        for item in _walk(start):
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


def _walk(start: Path) -> Iterator[Path | InputOutcome]:
    """What is under the path, in sorted order. The way down is a list, so that no depth is too deep."""
    ancestors: set[_Folder] = set()
    way: list[tuple[_Folder | None, Iterator[Path]]] = [(None, iter([start]))]
    while way:
        folder, paths = way[-1]
        path = next(paths, None)
        if path is None:
            way.pop()
            ancestors.discard(cast(_Folder, folder))
            continue
        found = _look_at(path, ancestors)
        if isinstance(found, Path | InputOutcome):
            yield found
            continue
        inner, names = found
        ancestors.add(inner)
        way.append((inner, map(path.joinpath, names)))


def _look_at(path: Path, ancestors: Collection[_Folder]) -> Path | InputOutcome | tuple[_Folder, list[str]]:
    """The path itself where it is a file, what is wrong with it, or the folder that it is and the names in it."""
    try:
        status = read_status(path)  # a loop, a dangling link and a closed folder raise their OSError
        if not stat.S_ISDIR(status.st_mode):
            is_file = stat.S_ISREG(status.st_mode)
            return path if is_file else _problem(path, Reason.UNSUPPORTED_TYPE, _NO_FILE)
        folder = (status.st_dev, status.st_ino)
        if folder in ancestors:
            real = os.path.realpath(path)
            return _problem(path, Reason.SYMLINK_LOOP, f"the link leads back to {real}, which holds it")
        return folder, sorted(name for name in list_names(path) if not name.startswith("."))
    except OSError as error:
        return describe_os_error(path, error)


def describe_os_error(path: Path, error: OSError) -> InputOutcome:
    """The outcome of a file that the system would not give."""
    if error.errno == errno.ELOOP:
        return _problem(path, Reason.SYMLINK_LOOP, "the link leads to itself")
    if isinstance(error, FileNotFoundError):
        what = "the link leads to nothing" if is_link(path) else "it was gone when it was to be read"
        return _problem(path, Reason.VANISHED, what)
    if isinstance(error, PermissionError):
        return _problem(path, Reason.UNREADABLE, "no permission to read it")
    return _problem(path, Reason.UNREADABLE, error.strerror or str(error))


def _problem(path: Path, reason: Reason, detail: str) -> InputOutcome:
    return InputOutcome(str(path), reason, STAGE, detail=detail)
