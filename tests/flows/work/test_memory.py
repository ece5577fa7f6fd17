"""A long load's coordinator stays as large as a short one's: what is free goes back to the system."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

FREEING = """
import os
import psutil
from flows.work.memory import give_back_memory

held, freed = [], []
for _ in range(1_000):
    freed.append(os.urandom(100_000))
    held.append(os.urandom(600))
freed.clear()
before = psutil.Process().memory_info().rss
give_back_memory()
assert len(held) == 1_000
print(before - psutil.Process().memory_info().rss)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="no glibc here")
def test_what_was_freed_between_blocks_still_in_use_goes_back_to_the_system() -> None:
    """In a process of its own: that of many tests holds other memory."""
    done = subprocess.run([sys.executable, "-c", FREEING], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 50_000_000
