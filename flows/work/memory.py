"""The coordinator's memory: what a step has freed is not kept for the next one."""
# Why: see docs/decisions.md, "A writer of a local lake has one DuckDB thread".

from __future__ import annotations

import ctypes

import pyarrow as pa


def give_back_memory() -> None:
    """Give what is free by now back to the system.

    Allocators keep freed memory for later, and glibc all that lies below a block still in use: after a step that
    held much, a process stays as large as it was. malloc_trim(3) releases that; other C libraries have no such
    function and need none. (DuckDB calls it too, from the idle threads of a session that has more than one.)
    """
    pa.default_memory_pool().release_unused()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
