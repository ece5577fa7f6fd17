"""The commands that README prints with `$`, and what it says they print."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
README = REPOSITORY / "README.md"
# What is another each time: ids and names made of the time or the code, lengths of time, the machine's folders.
_CHANGING = (
    (re.compile(r"\d{8}T\d{6}-[0-9a-f]+"), "ID"),
    (re.compile(r"(clean|extract|stories)\.[0-9a-f]{8}"), r"\1.CODE"),
    (re.compile(r"(?<=in )\d+(\.\d+)? s\b|(?<=about )\d+ s\b"), "TIME"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ"), "MOMENT"),
    (re.compile(r"file:///\S+/examples/"), "file:///.../examples/"),
    (re.compile(r"\([\d,]+ kB\)"), "SIZE"),
    (re.compile(r"[─ ]+"), " "),
)
_BETWEEN = re.compile(
    r"\?$|^Ask on:|^The report of|^The same pages|^$"
)  # what `make run` prints between its commands


@dataclass(frozen=True)
class Shown:
    """A command of README and the lines that it is said to print."""

    command: str
    lines: tuple[str, ...]


def read_shown(text: str) -> Iterator[Shown]:
    """Every command that begins with `$` in a fenced block, with its lines."""
    for block in re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        pieces = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
        for piece in pieces:
            lines = piece.splitlines()
            count = next(n for n in range(1, len(lines) + 1) if _is_whole("\n".join(lines[:n])))
            yield Shown("\n".join(lines[:count]), tuple(lines[count:]))


def _is_whole(command: str) -> bool:
    try:
        shlex.split(command)
    except ValueError:
        return False
    return True


def run_shown(shown: Shown, folder: Path, environment: Mapping[str, str]) -> list[str]:
    """The lines that the command prints in a folder that holds `examples`."""
    words = shlex.split(shown.command)
    program = str(Path(sys.executable).with_name(words[0]))
    done = subprocess.run(
        [program, *words[1:]],
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def mask(lines: list[str] | tuple[str, ...]) -> list[str]:
    """The lines without what is another each time, and without what stands between commands."""
    masked = []
    for line in lines:
        for pattern, put in _CHANGING:
            line = pattern.sub(put, line)
        if not _BETWEEN.search(line.strip()):
            masked.append(line.strip())
    return masked
