"""Answers on the terminal: tables by rich, JSON, and the outcome table of a run."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TextIO

from cli.console.layout import NARROWEST, fit_widths
from cli.console.terminal import say, say_text
from core.safety.visible import show_line, show_text
from warehouse.export.forms import format_cell
from warehouse.export.json_text import write_json

if TYPE_CHECKING:
    from flows.runs.run import RunReport


# Cells longer than this are cut in tables; the other formats give them whole. On a terminal they wrap.
_CELL_CHARS = 70
_WRAPPED_CHARS = 300
# Hosts that the table of an ingest names; `copydesk status` and the table `fetches` have all.
_MOST_HOSTS = 12
_COUNTS = (
    "request_count",
    "ok_count",
    "not_modified_count",
    "redirect_count",
    "failed_count",
    "byte_count",
)


def print_rows(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str | None = None,
    stream: TextIO | None = None,
    whole: bool = False,
) -> None:
    """Print a table, numbers to the right.

    On a terminal long texts wrap; if it is too narrow for that, each row is a block of lines. Elsewhere long cells are
    cut unless they are wanted `whole`.
    """
    stream = stream or sys.stdout
    rows, columns = list(rows), [show_line(name) for name in columns]
    longest = None if whole else _WRAPPED_CHARS if stream.isatty() else _CELL_CHARS
    cells = [[_fit(format_cell(value), longest) for value in row] for row in rows]
    if title:
        say_text(title, file=stream)
    numeric = [
        any(isinstance(row[index], int | float | Decimal) for row in rows) for index in range(len(columns))
    ]
    if not stream.isatty():
        _print_lines(columns, cells, numeric, stream)
        return
    widths = [max(map(_width, column)) for column in zip(columns, *cells, strict=True)]
    fitted = fit_widths(widths, get_terminal_size().columns)
    if fitted is None:
        _print_blocks(columns, cells, stream)
    else:
        _print_grid(columns, cells, numeric, fitted, stream)


def print_vertical(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, stream: TextIO | None = None
) -> None:
    """Print each row as a block of lines with everything that it holds."""
    cells = ([_fit(format_cell(value), None) for value in row] for row in rows)
    _print_blocks([show_line(name) for name in columns], cells, stream or sys.stdout)


def _print_grid(
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    widths: Sequence[int],
    stream: TextIO,
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, is_numeric, width in zip(columns, numeric, widths, strict=True):
        table.add_column(name, justify="right" if is_numeric else "left", width=width, overflow="fold")
    for row in cells:
        table.add_row(*row)
    Console(file=stream, markup=False, emoji=False, highlight=False).print(table)


def _print_lines(
    columns: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool], stream: TextIO
) -> None:
    """The same grid for a pipe or a file, where every column gets what it needs: rich takes minutes for
    a hundred thousand rows."""
    widths = [max(map(_width, column)) for column in zip(columns, *cells, strict=True)]
    stream.write(_join_line(columns, widths, numeric))
    stream.write("─" * (sum(widths) + 3 * (len(widths) - 1)) + "\n")
    for row in cells:
        stream.write(_join_line(row, widths, numeric))


def _join_line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = []
    for cell, width, to_the_right in zip(cells, widths, numeric, strict=True):
        space = " " * (width - _width(cell))
        padded.append(space + cell if to_the_right else cell + space)
    return "   ".join(padded).rstrip() + "\n"


def _width(text: str) -> int:
    """Columns that the text takes on a screen: two for a Chinese letter."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _print_blocks(columns: Sequence[str], cells: Iterable[Sequence[str]], stream: TextIO) -> None:
    width = max(map(len, columns))
    room = max(get_terminal_size().columns - width - 2, NARROWEST) if stream.isatty() else None
    for number, row in enumerate(cells, 1):
        say_text(f"-- row {number}", file=stream)
        for name, value in zip(columns, row, strict=True):
            if value:
                lines = wrap(value, room, break_long_words=False, break_on_hyphens=False) if room else [value]
                say_text(f"{name:>{width}}  " + f"\n{' ' * (width + 2)}".join(lines), file=stream)


def _fit(text: str, longest: int | None) -> str:
    line = " ".join(show_text(text).split())
    return line if longest is None or len(line) <= longest else line[: longest - 1] + "…"


def print_mappings(
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str | None = None,
    empty: str = "nothing",
    whole: bool = False,
) -> None:
    """Print dicts with the same keys as a table, as print_rows does; print `empty` if there are no dicts."""
    if not rows:
        say_text(f"{title + ': ' if title else ''}{empty}")
        return
    columns = list(rows[0])
    print_rows(columns, [[row[name] for name in columns] for row in rows], title=title, whole=whole)


def print_json(value: Any) -> None:
    """JSON, one line per call; see write_json."""
    say_text(write_json(value))


def print_report(report: RunReport, as_json: bool = False, more: Mapping[str, Any] | None = None) -> None:
    """The outcome table of a run, with what to do about quarantined inputs; the JSON has `more` in it."""
    if as_json:
        reasons = [{"outcome": o, "reason": r, "inputs": n} for (o, r), n in sorted(report.reasons.items())]
        print_json(
            {
                "run_id": report.run_id,
                "flow": report.flow,
                "state": report.state,
                "seconds": round(report.seconds, 2),
                "outcomes": dict(sorted(report.counts.items())),
                "reasons": reasons,
                **({"fetches": list(report.fetches)} if report.fetches else {}),
                **({"hints": list(report.hints)} if report.hints else {}),
                **(more or {}),
            }
        )
        return
    total = sum(report.counts.values())
    rows = [(outcome, reason, count) for (outcome, reason), count in sorted(report.reasons.items())]
    print_rows(
        ("outcome", "reason", "inputs"),
        [*rows, ("all", "", total)],
        title=f"Run {report.run_id} {report.state} in {report.seconds:.1f} s",
    )
    if report.fetches:
        _print_fetches(report.fetches)
    if report.counts.get("quarantined"):
        say("Quarantined inputs are tried again by the next load; `copydesk status` says why.")
    for hint in report.hints:
        say_text(hint)


def _print_fetches(fetches: Sequence[Mapping[str, Any]]) -> None:
    """Print the requests to each host, those with most requests first, and their sum."""
    columns = (
        "outlet",
        "host",
        "requests",
        "200",
        "304",
        "redirected",
        "failed",
        "bytes",
        "failed by reason",
    )
    busiest = sorted(fetches, key=lambda row: (-row["request_count"], row["outlet"], row["host"]))
    rows = [
        (row["outlet"], row["host"], *(row[name] for name in _COUNTS), _tell_failures(row["failures"]))
        for row in busiest[:_MOST_HOSTS]
    ]
    total = ("all", f"{len(fetches)} hosts", *(sum(row[name] for row in fetches) for name in _COUNTS), "")
    print_rows(columns, [*rows, total], title="Requests")


def _tell_failures(failures: str | None) -> str:
    return ", ".join(f"{reason}: {count}" for reason, count in json.loads(failures or "{}").items())
