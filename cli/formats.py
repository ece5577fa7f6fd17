"""The forms in which an answer is given: table, csv, json, markdown, parquet."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from cli.display import encode_json, format_cell, print_rows
from core.errors import ConfigError

if TYPE_CHECKING:
    from warehouse.user_sql import Answer

# A terminal is no place for a million rows; files and pipes get all.
TABLE_ROWS = 1_000


def write_answer(answer: Answer, form: str, output: Path | None = None) -> None:
    """Write the answer in the form, to the file or to standard output; ConfigError if it cannot be written."""
    if form == "parquet":
        assert output
        _write_parquet(answer, output)
        return
    if output is None:
        FORMATS[form](answer, sys.stdout)
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as stream:
            FORMATS[form](answer, stream)
    except OSError as error:
        raise ConfigError(f"{output} cannot be written: {error.strerror}") from error


def _write_table(answer: Answer, stream: TextIO) -> None:
    rows = answer.fetch(TABLE_ROWS + 1)
    print_rows(answer.columns, rows[:TABLE_ROWS], stream=stream)
    if len(rows) > TABLE_ROWS:
        click.echo(f"the first {TABLE_ROWS} rows; --format csv or --output gives all", err=True)


def _write_csv(answer: Answer, stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer:
        writer.writerow([_as_csv(value) for value in row])


def _as_csv(value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=encode_json)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _write_json(answer: Answer, stream: TextIO) -> None:
    """One array of objects, written row by row."""
    start = "["
    for row in answer:
        text = json.dumps(
            dict(zip(answer.columns, row, strict=True)), ensure_ascii=False, default=encode_json
        )
        stream.write(f"{start}{text}")
        start = ",\n "
    stream.write("[]\n" if start == "[" else "]\n")


def _write_markdown(answer: Answer, stream: TextIO) -> None:
    stream.write("| " + " | ".join(answer.columns) + " |\n")
    stream.write("|" + " --- |" * len(answer.columns) + "\n")
    for row in answer:
        cells = (format_cell(value).replace("|", "\\|").replace("\n", " ") for value in row)
        stream.write("| " + " | ".join(cells) + " |\n")


def _write_parquet(answer: Answer, output: Path) -> None:
    import pyarrow.parquet as pq

    batches = answer.arrow_batches()
    try:
        with pq.ParquetWriter(output, batches.schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
    except OSError as error:
        raise ConfigError(f"{output} cannot be written: {error}") from error


FORMATS: dict[str, Callable[[Answer, TextIO], None]] = {
    "table": _write_table,
    "csv": _write_csv,
    "json": _write_json,
    "markdown": _write_markdown,
    "parquet": _write_table,  # see write_answer
}
