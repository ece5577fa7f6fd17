"""Seals of finished WARC files: beside each, its SHA-256 as `sha256sum -c` reads it.

A seal without its file shows that the file is missing. No table shows it if the file held only
revisits.
"""
# Why: see docs/decisions.md, "Finished WARC files are sealed".

from __future__ import annotations

import hashlib
from pathlib import Path

from warehouse.archive.store import ArchiveStore

SEAL_SUFFIX = ".sha256"
_LONGEST = 1_000
_HEX_DIGITS = 64


def seal_file(path: Path) -> Path:
    """Write the seal of a finished file; returns the seal's path."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    seal = find_seal(path)
    part = seal.with_name(seal.name + ".part")
    part.write_text(f"{digest}  {path.name}\n", encoding="utf-8")
    return part.replace(seal)


def find_seal(path: Path) -> Path:
    """The path of a file's seal."""
    return path.with_name(path.name + SEAL_SUFFIX)


def read_seal(store: ArchiveStore, name: str) -> str | None:
    """The SHA-256 in the file's seal, or None if it holds none."""
    said = store.read_range(name + SEAL_SUFFIX, 0, _LONGEST).decode("utf-8", "replace").split()
    return said[0] if said and len(said[0]) == _HEX_DIGITS else None
