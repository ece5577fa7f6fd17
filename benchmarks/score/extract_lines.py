"""A line of a table of figures: what is measured, ours, the best of the peers, what we aim at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`ours`, `peer` and `aim` are in the unit that `what` names; `at_most`: smaller is better."""

    what: str
    ours: float
    aim: float | None = None
    peer: str = ""
    at_most: bool = False

    @property
    def is_reached(self) -> bool | None:
        if self.aim is None:
            return None
        return self.ours <= self.aim if self.at_most else self.ours >= self.aim


def format_table(lines: Iterable[Line]) -> str:
    """The lines as a Markdown table."""
    rows = ["| measured | ours | aim | reached | peers |", "|---|---|---|---|---|"]
    marks = {None: "", True: "yes", False: "no"}
    for line in lines:
        sign = "<=" if line.at_most else ">="
        aim = "" if line.aim is None else f"{sign} {line.aim:g}"
        rows.append(f"| {line.what} | {line.ours:,.4g} | {aim} | {marks[line.is_reached]} | {line.peer} |")
    return "\n".join(rows)
