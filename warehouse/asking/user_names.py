"""DuckDB's functions and views that a user's SQL can name: `user_names.txt`, read once."""
# Why: see docs/decisions.md, "A user's SQL is checked against a list of allowed names".

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_HEADING = re.compile(r"\[(allow|refuse) (call|table|view)\] (\S.*)")


class Judged(NamedTuple):
    """Names of one kind: allowed ones, and refused ones with the reason for each."""

    allowed: dict[str, str]
    refused: dict[str, str]


@cache
def judged_names(kind: str) -> Judged:
    """The names of a kind (`call`, `table` or `view`) in lower case."""
    return _read()[kind]


@cache
def _read() -> dict[str, Judged]:
    kinds: dict[str, Judged] = defaultdict(lambda: Judged({}, {}))
    place: dict[str, str] | None = None
    reason = ""
    for line in files("warehouse.asking").joinpath("user_names.txt").read_text("utf-8").splitlines():
        if found := _HEADING.fullmatch(line):
            place = kinds[found[2]][0 if found[1] == "allow" else 1]
            reason = found[3]
        elif line and not line.startswith("# "):
            assert place is not None, line
            place[line.lower()] = reason
    return dict(kinds)
