"""List the files of paths, folders and globs, in sorted order, one directory at a time."""

from __future__ import annotations

import errno
import itertools
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from core.errors import ConfigError
from core.outcomes import InputOutcome, Reason
from core.safety.plain_files import NO_FILE, SpecialFileError
from tasks.acquire.base.options import STAGE
from tasks.acquire.files.long_paths import is_link, is_long_path, list_names, read_status

_MAGIC = ("*", "?", "[")
_FOLLOW = "`copydesk load --follow-links` follows it"
_Folder = tuple[int, int]  # device and inode


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a walk begins: a path that the user named, or one that a pattern found below a folder."""

    path: Path
    root: str  # the real path that links must not leave: of the named path, or of the pattern's folder
    is_named: bool


class _Found(NamedTuple):
    """A folder on the way, the names in it, and whether a link led to it or to a folder above it."""

    folder: _Folder
    is_linked: bool
    names: list[str]


def list_files(paths: Sequence[Path], *, follows_links: bool = False) -> Iterator[Path | InputOutcome]:
    """Every file under the paths, once, named as its path was given, or the outcome of a file that cannot be read.

    Folders are walked in sorted order, without hidden entries. A directory link that leads back into
    its own way, or to a folder that another link has led to, is SYMLINK_LOOP, a link to nothing VANISHED, a folder
    that cannot be read UNREADABLE, a pipe or device SPECIAL_FILE. A link that leads out of all the paths is
    LINK_OUTSIDE, unless it is one of the paths itself or `follows_links`.
    Raises ConfigError at once for a missing path and for a glob without matches.
    """
    starts = [start for path in paths for start in _expand(path)]
    roots = None if follows_links else frozenset(start.root for start in starts)
    return _walk_starts(starts, roots)


def _expand(path: Path) -> list[_Start]:
    if os.path.lexists(path):
        return [_Start(path, os.path.realpath(path), is_named=True)]
    if any(mark in str(path) for mark in _MAGIC):
        anchor = Path(path.anchor or ".")
        try:
            found = sorted(anchor.glob(str(path.relative_to(path.anchor) if path.anchor else path)))
        except (RecursionError, OSError) as error:
            raise ConfigError(
                f"{path} leads too deep ({type(error).__name__}); give the folder itself"
            ) from error
        if found:
            root = os.path.realpath(_find_folder(path))
            return [_Start(match, root, is_named=False) for match in found]
        raise ConfigError(f"nothing matches {path}; check the pattern, or quote it for the shell")
    raise ConfigError(f"{path} is not there; give a file, a folder or a glob that exists")


def _find_folder(pattern: Path) -> Path:
    """The folder in a pattern before its first wildcard."""
    plain = itertools.takewhile(lambda part: not any(mark in part for mark in _MAGIC), pattern.parts)
    return Path(*plain)


def _walk_starts(starts: Sequence[_Start], roots: frozenset[str] | None) -> Iterator[Path | InputOutcome]:
    seen: set[str] = set()
    is_nested = _overlap([os.path.abspath(start.path) for start in starts])  # noqa: PTH100  (Path.absolute keeps "..")
    for start in starts:
        for item in _Walk(start, roots).items():
            name = item if isinstance(item, Path) else Path(item.input_ref)
            if is_nested:  # only then can a file occur twice; otherwise nothing is remembered
                key = os.path.abspath(name)  # noqa: PTH100
                if key in seen:
                    continue
                seen.add(key)
            yield item


def _overlap(roots: Sequence[str]) -> bool:
    ordered = sorted(root.rstrip("/") + "/" for root in roots)
    return any(later.startswith(earlier) for earlier, later in itertools.pairwise(ordered))


class _Walk:
    """A walk through what is under one start, in sorted order. The way down is a list, so that no depth is too deep."""

    def __init__(self, start: _Start, roots: frozenset[str] | None) -> None:
        self._start, self._roots = start, roots
        self._ancestors: set[_Folder] = set()
        # Folders that links led to, each once: n folders that link to each other have n! ways through them.
        self._linked: set[_Folder] = set()

    def items(self) -> Iterator[Path | InputOutcome]:
        """Each file, and an outcome for everything else."""
        way: list[tuple[_Found | None, Iterator[Path]]] = [(None, iter([self._start.path]))]
        while way:
            holder, paths = way[-1]
            path = next(paths, None)
            if path is None:
                way.pop()
                if holder is not None:
                    self._ancestors.discard(holder.folder)
                continue
            found = self._look_at(path, holder is not None and holder.is_linked)
            if isinstance(found, Path | InputOutcome):
                yield found
                continue
            self._ancestors.add(found.folder)
            way.append((found, map(path.joinpath, found.names)))

    def _look_at(self, path: Path, is_linked: bool) -> Path | InputOutcome | _Found:
        """The path if it is a file, the folder if it is one, else its outcome."""
        try:
            status = read_status(path, follow=False)
            if is_link := stat.S_ISLNK(status.st_mode):
                status = read_status(path)  # a loop and a dangling link raise their OSError
            is_folder = stat.S_ISDIR(status.st_mode)
            if not is_folder and not stat.S_ISREG(status.st_mode):
                return _problem(path, Reason.SPECIAL_FILE, NO_FILE)
            folder = (status.st_dev, status.st_ino)
            if is_folder and folder in self._ancestors:
                real = os.path.realpath(path)
                return _problem(path, Reason.SYMLINK_LOOP, f"the link leads back to {real}, which holds it")
            if refused := self._leaves(path, is_link):
                return _problem(path, Reason.LINK_OUTSIDE, refused)
            return self._enter(path, folder, is_linked or is_link) if is_folder else path
        except OSError as error:
            return describe_os_error(path, error)

    def _leaves(self, path: Path, is_link: bool) -> str | None:
        """Where a link leads if it leaves the loaded folders without permission, in words; else None."""
        is_start = path is self._start.path
        may_leave = self._roots is None or (is_start and self._start.is_named)
        if may_leave or not (is_link or is_start):  # a pattern's match can have a link on its way
            return None
        if is_long_path(path):
            return f"its path is too long to tell where the link leads; {_FOLLOW}"
        real = os.path.realpath(path)
        if any(real == root or real.startswith(root.rstrip("/") + "/") for root in self._roots or ()):
            return None
        return f"the link leads to {real}, outside of what is loaded; {_FOLLOW}"

    def _enter(self, path: Path, folder: _Folder, is_linked: bool) -> InputOutcome | _Found:
        """The folder with its names, or SYMLINK_LOOP if a link led to it before."""
        if is_linked and folder in self._linked:
            real = os.path.realpath(path)
            return _problem(
                path, Reason.SYMLINK_LOOP, f"another link has led to {real}, which is read already"
            )
        if is_linked:
            self._linked.add(folder)
        return _Found(folder, is_linked, sorted(name for name in list_names(path) if name[0] != "."))


def describe_os_error(path: Path, error: OSError) -> InputOutcome:
    """The outcome of a file that the system could not open."""
    if isinstance(error, SpecialFileError):
        return _problem(path, Reason.SPECIAL_FILE, NO_FILE)
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
