"""Files and folders with a path longer than the system accepts, reached folder by folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from core.safety.plain_files import open_plain

_LONGEST = 4_000  # longest path at once, in bytes; PATH_MAX is 4,096 with the zero at its end
_WIDEST = 4  # bytes of a character, at most
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def open_file(path: Path) -> BinaryIO:
    """The file, opened for reading, however long its path is; SpecialFileError for a pipe or device."""
    if not is_long_path(path):
        return cast(BinaryIO, open(path, "rb", opener=open_plain))
    with _reach(path) as (folder, name):
        return cast(BinaryIO, open(name, "rb", opener=partial(open_plain, dir_fd=folder)))


def read_status(path: Path, *, follow: bool = True) -> os.stat_result:
    """The stat of the path, however long it is, or of a link itself if links are not followed."""
    if not is_long_path(path):
        return path.stat(follow_symlinks=follow)
    with _reach(path) as (folder, name):
        return os.stat(name, dir_fd=folder, follow_symlinks=follow)


def list_names(path: Path) -> list[str]:
    """The names in a folder, however long its path is."""
    if not is_long_path(path):
        return os.listdir(path)  # noqa: PTH208
    with _reach(path) as (folder, name):
        inner = os.open(name, _FOLDER, dir_fd=folder)
    try:
        return os.listdir(inner)  # noqa: PTH208
    finally:
        os.close(inner)


def is_link(path: Path) -> bool:
    """Whether the path is a link; False if the system cannot say."""
    try:
        return stat.S_ISLNK(read_status(path, follow=False).st_mode)
    except OSError:
        return False


def is_long_path(path: Path) -> bool:
    """Whether the path is too long for the system."""
    return len(text := str(path)) * _WIDEST > _LONGEST and len(os.fsencode(text)) > _LONGEST


@contextmanager
def _reach(path: Path) -> Iterator[tuple[int, str]]:
    """The open folder that holds the path, and its name there."""
    *folders, name = path.parts
    here = os.open(path.anchor or ".", _FOLDER)
    try:
        for step in _cut_way(folders[1:] if path.anchor else folders):
            there = os.open(step, _FOLDER, dir_fd=here)
            os.close(here)
            here = there
        yield here, name
    finally:
        os.close(here)


def _cut_way(folders: list[str]) -> Iterator[str]:
    """The folders of a path, joined into pieces that the system accepts."""
    piece: list[str] = []
    size = 0
    for folder in folders:
        length = len(os.fsencode(folder)) + 1
        if piece and size + length > _LONGEST:
            yield "/".join(piece)
            piece, size = [], 0
        piece.append(folder)
        size += length
    if piece:
        yield "/".join(piece)
