"""The forms in which an answer is written: csv, json, jsonl, markdown, xlsx, parquet."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from core.errors import ConfigError
from core.safety.visible import escape_markdown, guard_cell, show_text
from warehouse.export.json_text import as_json, write_json
from warehouse.export.spreadsheet import write_workbook

if TYPE_CHECKING:
    import pyarrow as pa

_WEB = re.compile(r"https?://[^\s<>|\\`]+\Z")


class AnswerRows(Protocol):
    """Rows with the names and DuckDB types of their columns, read once from the first to the last."""

    columns: tuple[str, ...]
    types: tuple[str, ...]

    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...

    def fetch(self, count: int) -> list[tuple[Any, ...]]:
        """At most `count` further rows."""
        ...

    def arrow_batches(self) -> pa.RecordBatchReader:
        """The rows as Arrow batches."""
        ...


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

        if not self._rows:
            return pa.table({name: pa.nulls(0) for name in self.columns}).to_reader()
        return pa.Table.from_pylist([dict(row) for row in self._rows]).to_reader()


def format_cell(value: Any) -> str:
    """A value as people read it: no trailing zeros, times without microseconds, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.15g}".replace(",", "") if abs(value) < 1e15 else f"{value:g}"
    if isinstance(value, list):
        return ", ".join(format_cell(item) for item in value)
    if hasattr(value, "isoformat"):
        text: str = (
            value.isoformat(sep=" ", timespec="seconds") if hasattr(value, "hour") else value.isoformat()
        )
        return text.removesuffix("+00:00") + ("Z" if text.endswith("+00:00") else "")
    return str(value)


def _write_csv(answer: AnswerRows, stream: TextIO) -> None:
    """For spreadsheets: no cell is a formula, none steers the reading."""
    _write_cells(answer, stream, lambda value: guard_cell(value, _as_csv))


def write_raw_csv(answer: AnswerRows, stream: TextIO) -> None:
    """For programs: every text as it is."""
    _write_cells(answer, stream, _as_csv)


def _write_cells(answer: AnswerRows, stream: TextIO, as_cell: Callable[[object], object]) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(as_cell, answer.columns))
    for row in answer:
        writer.writerow(map(as_cell, row))


def _as_csv(value: object) -> object:
    if isinstance(value, list | dict):
        return write_json(value)
    return as_json(value) if isinstance(value, bytes) or hasattr(value, "isoformat") else value


def _write_json(answer: AnswerRows, stream: TextIO) -> None:
    """One array of objects, written row by row."""
    start = "["
    for row in answer:
        stream.write(start + write_json(dict(zip(answer.columns, row, strict=True))))
        start = ",\n "
    stream.write("[]\n" if start == "[" else "]\n")


def _write_jsonl(answer: AnswerRows, stream: TextIO) -> None:
    """One object a line."""
    for row in answer:
        stream.write(write_json(dict(zip(answer.columns, row, strict=True))) + "\n")


def _write_markdown(answer: AnswerRows, stream: TextIO) -> None:
    stream.write("| " + " | ".join(map(escape_markdown, answer.columns)) + " |\n")
    stream.write("|" + " --- |" * len(answer.columns) + "\n")
    for row in answer:
        stream.write("| " + " | ".join(_markdown_cell(format_cell(value)) for value in row) + " |\n")


def _markdown_cell(text: str) -> str:
    """The text as it is printed; a web address as a link, since a backslash in it would lead elsewhere."""
    is_link = _WEB.match(text) and show_text(text) == text
    return f"<{text}>" if is_link else escape_markdown(text)


def _write_parquet(answer: AnswerRows, output: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    batches = answer.arrow_batches()
    try:
        with output.open("wb") as sink, pq.ParquetWriter(sink, batches.schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
    except pa.ArrowNotImplementedError:
        raise ConfigError(_tell_formless(batches.schema, answer)) from None


def _tell_formless(schema: pa.Schema, answer: AnswerRows) -> str:
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


def write_bytes(answer: AnswerRows | RowAnswer, form: str) -> bytes:
    """The answer in that form, as the content of a file."""
    if form in TEXT_FORMS:
        stream = StringIO(newline="")
        TEXT_FORMS[form](answer, stream)
        return stream.getvalue().encode()
    with TemporaryDirectory(prefix="copydesk-") as folder:
        path = Path(folder) / f"answer.{form}"
        FILE_FORMS[form](answer, path)
        return path.read_bytes()


FILE_FORMS: dict[str, Callable[[Any, Path], None]] = {"parquet": _write_parquet, "xlsx": write_workbook}
TEXT_FORMS: dict[str, Callable[[AnswerRows, TextIO], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    "jsonl": _write_jsonl,
    "markdown": _write_markdown,
}
