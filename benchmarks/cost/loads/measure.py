"""What a command costs: CPU seconds and memory of its processes, sampled while it runs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

POLL_SECONDS = 0.1
COPYDESK = str(Path(sys.executable).with_name("copydesk"))


@dataclass(slots=True)
class Cost:
    """Of a command. `rss` holds, by process, (seconds since the start, bytes) samples; `alive` are the last sample's."""

    wall_seconds: float = 0.0
    cpu: dict[int, float] = field(default_factory=dict)
    rss: dict[int, list[tuple[float, int]]] = field(default_factory=dict)
    root: int = 0
    alive: set[int] = field(default_factory=set)

    @property
    def cpu_seconds(self) -> float:
        """User and system time of all processes together."""
        return sum(self.cpu.values())

    def peak_megabytes(self, *, root: bool) -> float:
        """The highest resident size of the command itself, or of any of its children."""
        peaks = [max(size for _, size in rss) for pid, rss in self.rss.items() if (pid == self.root) == root]
        return max(peaks, default=0) / 1e6


def measure(
    command: Sequence[str],
    *,
    poll_seconds: float = POLL_SECONDS,
    watch: Callable[[Cost], None] = lambda cost: None,
) -> Cost:
    """Run the command to its end; processes that live shorter than `poll_seconds` can be missed.

    `watch` is called after each sample with the cost until then.
    """
    started = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=output)
        cost = Cost(root=process.pid)
        try:
            while process.poll() is None:
                cost.wall_seconds = time.monotonic() - started
                _sample(process, cost, cost.wall_seconds)
                watch(cost)
                time.sleep(poll_seconds)
        finally:
            if process.poll() is None:  # interrupted
                process.terminate()
        cost.wall_seconds = time.monotonic() - started
        if process.returncode:
            output.seek(0)
            last = output.read()[-2_000:].decode(errors="replace")
            raise SystemExit(f"{' '.join(command)} ended with exit code {process.returncode}:\n{last}")
    return cost


def _sample(process: psutil.Popen, cost: Cost, now: float) -> None:
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    cost.alive = {member.pid for member in family}
    for member in family:
        try:
            times, size = member.cpu_times(), member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
        cost.cpu[member.pid] = times.user + times.system
        cost.rss.setdefault(member.pid, []).append((now, size))
