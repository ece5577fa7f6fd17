"""The memory of this process: how much more the machine can give, and a limit that the kernel keeps.

DuckDB's `memory_limit` does not count what one call of a function allocates (`repeat('x', 2e9)`), and Linux ends the
process, or another one, when the machine has no memory left. A limit of the address space makes it an error instead.
"""
# Why: see docs/decisions.md, "Limits of a user's SQL".

from __future__ import annotations

import resource
from contextlib import suppress
from pathlib import Path

import psutil

_CGROUP = Path("/sys/fs/cgroup")


def limit_process(total: int) -> None:
    """The process has at most `total` bytes of address space from now on, and leaves no core file.

    What asks for more gets MemoryError in Python and an out-of-memory error in DuckDB.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        total = min(total, hard)
    resource.setrlimit(resource.RLIMIT_AS, (total, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_growth(more: int) -> None:
    """The process can take `more` bytes beyond the address space that it has now."""
    limit_process(psutil.Process().memory_info().vms + more)


def find_free_memory(cgroup: Path = _CGROUP) -> int:
    """Bytes that the machine can still give, or the container (cgroup v2) if that has less."""
    free: int = psutil.virtual_memory().available
    with suppress(OSError, ValueError):  # no container, or one without a limit ("max")
        limit = int((cgroup / "memory.max").read_text())
        free = min(free, max(limit - int((cgroup / "memory.current").read_text()), 0))
    return free
