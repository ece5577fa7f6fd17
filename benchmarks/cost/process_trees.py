"""What a command and all its children cost: CPU seconds, wall seconds and memory by process."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import psutil

POLL_SECONDS = 0.1


@dataclass(slots=True)
class Cost:
    """Of a finished command. `rss` holds, by process, (seconds since the start, bytes) samples."""

    wall_seconds: float = 0.0
    cpu: dict[int, float] = field(default_factory=dict)
    rss: dict[int, list[tuple[float, int]]] = field(default_factory=dict)
    root: int = 0

    @property
    def cpu_seconds(self) -> float:
        """User and system time of all processes together."""
        return sum(self.cpu.values())

    def peak_megabytes(self, *, root: bool) -> float:
        """The highest resident size of the command itself, or of any of its children."""
        peaks = [max(size for _, size in rss) for pid, rss in self.rss.items() if (pid == self.root) == root]
        return max(peaks, default=0) / 1e6


def measure(command: Sequence[str]) -> Cost:
    """Run the command to its end; processes that live shorter than POLL_SECONDS may be missed."""
    started = time.monotonic()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    cost = Cost(root=process.pid)
    while process.poll() is None:
        _sample(process, cost, time.monotonic() - started)
        time.sleep(POLL_SECONDS)
    cost.wall_seconds = time.monotonic() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with exit code {process.returncode}")
    return cost


def _sample(process: psutil.Popen, cost: Cost, now: float) -> None:
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for member in family:
        try:
            times, size = member.cpu_times(), member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
        cost.cpu[member.pid] = times.user + times.system
        cost.rss.setdefault(member.pid, []).append((now, size))
