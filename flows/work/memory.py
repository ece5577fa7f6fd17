"""Memory of the coordinator and the workers: what was freed goes back to the system after each step and batch."""
# Why: see docs/decisions.md, "A writer of a local lake has one DuckDB thread".

from __future__ import annotations

import ctypes

import pyarrow as pa


def give_back_memory() -> None:
    """Give freed memory back to the system.

    Allocators keep freed memory for later, and glibc keeps everything below a block that is still in use, so a process
    stays as large as its largest step. malloc_trim(3) releases that memory; other C libraries do not need it. (DuckDB
    calls it too, from the idle threads of a session that has more than one.)
    """
    pa.default_memory_pool().release_unused()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
