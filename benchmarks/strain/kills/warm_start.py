"""Commands without their time of importing: forked from a process that has imported everything, and has no threads.

A round of kills is then hardly more than the work that is struck. `python -m benchmarks.strain.kills.warm_start` is that process: a
line of JSON (words, log, environment, folder) makes a child in a session of its own, whose id is printed.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

_MODULES = [
    "cli.work.load",
    "cli.work.backfill",
    "cli.keep.maintain",
    "flows.load",
    "flows.maintain",
    "flows.work.worker",
    "flows.work.warm",
]


class Started:
    """A command at work, as `subprocess.Popen` has it; `returncode` is -9 if it left none."""

    def __init__(self, pid: int, log: Path) -> None:
        self.pid, self._log = pid, log
        self.returncode: int | None = None
        self._process: psutil.Process | None = None
        with suppress(psutil.NoSuchProcess):
            self._process = psutil.Process(pid)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code. Raises subprocess.TimeoutExpired."""
        try:
            if self._process:
                self._process.wait(timeout)
        except psutil.TimeoutExpired:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0) from None
        ended = _exit_file(self._log, self.pid)
        self.returncode = int(ended.read_text()) if ended.is_file() else -signal.SIGKILL
        return self.returncode

    def kill(self) -> None:
        """Kill -9."""
        with suppress(psutil.NoSuchProcess):
            if self._process:
                self._process.kill()


class WarmStart:
    """The process that has imported everything; `start` forks a command from it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "benchmarks.strain.kills.warm_start"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def start(self, words: Sequence[str], log: Path, environment: Mapping[str, str], folder: Path) -> Started:
        """`copydesk` with these words."""
        assert self._process.stdin and self._process.stdout
        order = {"words": words, "log": str(log), "environment": dict(environment), "folder": str(folder)}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Started(int(self._process.stdout.readline()), log)

    def close(self) -> None:
        """End it; its children are left alone."""
        self._process.kill()
        self._process.wait()


def _exit_file(log: Path, pid: int) -> Path:
    return log.with_suffix(f".exit-{pid}")


def _main() -> None:
    from importlib import import_module

    for module in _MODULES:
        import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombie is left
    for line in sys.stdin:
        order = json.loads(line)
        if pid := os.fork():
            print(pid, flush=True)
        else:
            _become(order)


def _become(order: Mapping[str, Any]) -> None:
    """Run the command, and end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.chdir(order["folder"])
    os.environ.update(order["environment"])
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.argv = ["copydesk", *order["words"]]
    from cli.main import main

    code: object = 1
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        _exit_file(Path(order["log"]), os.getpid()).write_text(str(code))
        os._exit(0)


if __name__ == "__main__":
    _main()
