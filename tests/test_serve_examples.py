"""`make serve-examples`: a port that is taken is one clear line, Ctrl-C a quiet end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

SERVE = Path(__file__).resolve().parent.parent / "examples" / "serve.py"
SOME_PORTS = (
    "import sys; "
    "sys.path.insert(0, sys.argv[1]); import serve; "
    "serve.open_servers.__defaults__ = (int(sys.argv[2]),); sys.exit(serve.main())"
)


def start(first_port: int) -> subprocess.Popen[str]:
    """The examples served from a port on, by a process of its own."""
    words = [sys.executable, "-c", SOME_PORTS, str(SERVE.parent), str(first_port)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def find_free_ports(count: int) -> int:
    """The first of some ports that follow each other and are free now; each of pytest's workers tries others."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for first in range(21_000 + 100 * worker, 60_000, 1_000):
        held = [socket.socket() for _ in range(count)]
        try:
            for port, one in enumerate(held, first):
                one.bind(("127.0.0.1", port))
        except OSError:
            continue
        else:
            return first
        finally:
            for one in held:
                one.close()
    raise AssertionError("no free ports")


def test_a_port_that_is_taken_is_one_line_that_says_what_to_do() -> None:
    first = find_free_ports(4)
    with socket.socket() as other:
        other.bind(("127.0.0.1", first + 1))
        other.listen()
        with start(first) as served:
            out, error = served.communicate(timeout=240)
    assert served.returncode == 2
    assert out == ""
    assert len(error.splitlines()) == 1
    assert (
        f"port {first + 1} of 127.0.0.1 is not available (Address already in use): end what listens there"
        in error
    )


@pytest.mark.parametrize("seen_lines", [1, 4])
def test_an_interrupt_ends_it_quietly(seen_lines: int) -> None:
    with start(find_free_ports(4)) as served:
        assert served.stdout is not None
        told = [served.stdout.readline() for _ in range(seen_lines)]
        served.send_signal(signal.SIGINT)
        _, error = served.communicate(timeout=240)
    assert (served.returncode, error) == (0, "")
    assert told[0].startswith("http://127.0.0.1:")
