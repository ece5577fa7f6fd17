"""The forms in which an answer is given: table, csv, json, jsonl, markdown, xlsx, parquet."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from cli.console.display import format_cell, print_json, print_mappings, print_rows
from cli.console.json_text import as_json, write_json
from cli.console.output_file import replacing
from cli.console.spreadsheet import write_workbook
from cli.console.terminal import say
from core.errors import ConfigError
from core.safety.visible import escape_markdown, guard_cell

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.asking.user_sql import QueryAnswer

# A terminal is no place for a million rows; files and pipes get all.
TERMINAL_ROWS = 1_000
BY_SUFFIX = {
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "markdown",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
    ".txt": "table",
    "": "table",
}


class RowAnswer:
    """Rows that are at hand already, as an answer that can be written in every format."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> None:
        self.columns = tuple(rows[0] if rows else columns)
        self.types = ("VARCHAR",) * len(self.columns)
        self._rows = rows
        self._waiting = iter(self)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return (tuple(row[name] for name in self.columns) for row in self._rows)

    def fetch(self, count: int) -> list[tuple[Any, ...]]:
        """At most `count` further rows."""
        return list(islice(self._waiting, count))

    def arrow_batches(self) -> pa.RecordBatchReader:
        """The rows as Arrow batches."""
        import pyarrow as pa

        return pa.Table.from_pylist([dict(row) for row in self._rows]).to_reader()


def choose_format(form: str | None, output: Path | None, *, raw: bool = False) -> str:
    """The requested format, else that of the file's name; ConfigError if the two contradict."""
    if form is None and output is not None:
        form = BY_SUFFIX.get(output.suffix.lower())
        if form is None:
            known = ", ".join(suffix for suffix in BY_SUFFIX if suffix)
            raise ConfigError(
                f"no form is known by the name {output.name}; call it {known}, or say which with --format"
            )
    if form in _FILES and output is None:
        raise ConfigError(f"--format {form} needs --output FILE.{form}")
    if raw and form != "csv":
        raise ConfigError("--raw is for CSV; add --format csv, or leave it out: JSON and Parquet are exact")
    return form or "table"


def write_answer(
    answer: QueryAnswer | RowAnswer, form: str, output: Path | None = None, *, raw: bool = False
) -> None:
    """Write the answer in the form, to the file or to standard output; CSV with `raw` for programs and not for people.

    A file is there when all of it is written, and not before. ConfigError where it cannot be written.
    """
    write = _write_raw_csv if raw else FORMATS[form]
    if output is None:
        write(answer, sys.stdout)
        return
    with replacing(output) as path:
        if form in _FILES:
            _FILES[form](answer, path)
            return
        with path.open("w", encoding="utf-8", newline="") as stream:
            write(answer, stream)


def print_rows_as(
    form: str | None, output: Path | None, rows: Sequence[Mapping[str, Any]], *, empty: str
) -> None:
    """Print rows, or write them to a file, in the form asked for; a table without rows says so."""
    form = choose_format(form, output)
    if output is None and form in ("table", "json"):
        print_json(rows) if form == "json" else print_mappings(rows, empty=empty)
        return
    write_answer(RowAnswer(rows), form, output)


def _write_table(answer: QueryAnswer | RowAnswer, stream: TextIO) -> None:
    if not stream.isatty():
        print_rows(answer.columns, answer, stream=stream)
        return
    rows = answer.fetch(TERMINAL_ROWS + 1)
    print_rows(answer.columns, rows[:TERMINAL_ROWS], stream=stream)
    if len(rows) > TERMINAL_ROWS:
        say(f"the first {TERMINAL_ROWS} rows; --format csv or --output gives all", err=True)


def _write_csv(answer: QueryAnswer | RowAnswer, stream: TextIO) -> None:
    """For spreadsheets: no cell is a formula, none steers the reading."""
    _write_cells(answer, stream, lambda value: guard_cell(value, _as_csv))


def _write_raw_csv(answer: QueryAnswer | RowAnswer, stream: TextIO) -> None:
    """For programs: every text as it is."""
    _write_cells(answer, stream, _as_csv)


def _write_cells(
    answer: QueryAnswer | RowAnswer, stream: TextIO, as_cell: Callable[[object], object]
) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(as_cell, answer.columns))
    for row in answer:
        writer.writerow(map(as_cell, row))


def _as_csv(value: object) -> object:
    if isinstance(value, list | dict):
        return write_json(value)
    return as_json(value) if isinstance(value, bytes) or hasattr(value, "isoformat") else value


def _write_json(answer: QueryAnswer | RowAnswer, stream: TextIO) -> None:
    """One array of objects, written row by row."""
    start = "["
    for row in answer:
        stream.write(start + write_json(dict(zip(answer.columns, row, strict=True))))
        start = ",\n "
    stream.write("[]\n" if start == "[" else "]\n")


def _write_jsonl(answer: QueryAnswer | RowAnswer, stream: TextIO) -> None:
    """One object a line."""
    for row in answer:
        stream.write(write_json(dict(zip(answer.columns, row, strict=True))) + "\n")


def _write_markdown(answer: QueryAnswer | RowAnswer, stream: TextIO) -> None:
    stream.write("| " + " | ".join(map(escape_markdown, answer.columns)) + " |\n")
    stream.write("|" + " --- |" * len(answer.columns) + "\n")
    for row in answer:
        cells = (escape_markdown(format_cell(value)) for value in row)
        stream.write("| " + " | ".join(cells) + " |\n")


def _write_parquet(answer: QueryAnswer | RowAnswer, output: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    batches = answer.arrow_batches()
    try:
        with output.open("wb") as sink, pq.ParquetWriter(sink, batches.schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
    except pa.ArrowNotImplementedError:
        raise ConfigError(_tell_formless(batches.schema, answer)) from None


def _tell_formless(schema: pa.Schema, answer: QueryAnswer | RowAnswer) -> str:
    """Which column Parquet has no form for, and what to do."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for field, type_ in zip(schema, answer.types, strict=True):
        try:
            pq.ParquetWriter(pa.BufferOutputStream(), pa.schema([field])).close()
        except pa.ArrowNotImplementedError:
            name = field.name.replace('"', '""')
            return f'Parquet has no form for column {field.name} of type {type_}; select "{name}"::VARCHAR'
    return "Parquet has no form for this answer; --format json has"


_FILES: dict[str, Callable[[Any, Path], None]] = {"parquet": _write_parquet, "xlsx": write_workbook}
FORMATS: dict[str, Callable[[Any, TextIO], None]] = {
    "table": _write_table,
    "csv": _write_csv,
    "json": _write_json,
    "jsonl": _write_jsonl,
    "markdown": _write_markdown,
    **dict.fromkeys(_FILES, _write_table),  # see write_answer
}
