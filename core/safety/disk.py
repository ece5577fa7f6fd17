"""Bytes and names brought onto the disk, where a power cut leaves them."""

from __future__ import annotations

import os
from pathlib import Path


def sync_path(path: Path) -> None:
    """Bring a file's bytes, or the names in a folder, onto the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
