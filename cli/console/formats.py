"""The forms in which an answer is given: table, vertical, csv, excel, json, jsonl, markdown, xlsx, parquet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from cli.console.display import print_json, print_mappings, print_rows, print_vertical
from cli.console.layout import put_ids_last
from cli.console.options import chosen_form
from cli.console.output_file import replacing
from cli.console.terminal import say
from core.errors import ConfigError
from warehouse.export.forms import FILE_FORMS, TEXT_FORMS, AnswerRows, RowAnswer, write_raw_csv

if TYPE_CHECKING:
    from warehouse.asking.user_sql import UserSql

# A terminal shows only the first of a million rows; files and pipes get all.
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


def choose_format(form: str | None, output: Path | None, *, raw: bool = False) -> str:
    """The requested format, else that of the file's name; ConfigError if the two contradict."""
    if form is None and output is not None:
        form = BY_SUFFIX.get(output.suffix.lower())
        if form is None:
            known = ", ".join(suffix for suffix in BY_SUFFIX if suffix)
            raise ConfigError(
                f"cannot tell the format from the name {output.name}; call it {known}, or name one with --format"
            )
    if form in FILE_FORMS and output is None:
        raise ConfigError(f"--format {form} needs --output FILE.{form}")
    if raw and form != "csv":
        raise ConfigError("--raw is for CSV; add --format csv, or leave it out: JSON and Parquet are exact")
    return form or "table"


def write_answer(answer: AnswerRows, form: str, output: Path | None = None, *, raw: bool = False) -> None:
    """Write the answer in the form, to the file or to standard output; CSV with `raw` for programs and not for people.

    A file is there when all of it is written, and not before. ConfigError where it cannot be written, or needs more
    memory than the command can take.
    """
    try:
        _write_answer(answer, form, output, raw=raw)
    except MemoryError:
        raise ConfigError(
            "the answer needs more memory than the command can take; ask for fewer rows, or for shorter texts"
        ) from None


def write_answers(
    session: UserSql, sql: str, form: str, output: Path | None = None, *, raw: bool = False
) -> None:
    """Write the answer to each statement, one below the other; ConfigError for several if the form holds one."""
    statements = session.split(sql)
    if len(statements) > 1 and (output is not None or raw or form not in _FOR_PEOPLE):
        raise ConfigError(
            f"the SQL has {len(statements)} statements, and {'a file' if output else form} holds one answer;"
            " give one statement, or join the answers by UNION ALL"
        )
    for number, statement in enumerate(statements):
        if number:
            say("")
        write_answer(session.run(statement), form, raw=raw, output=output)


def _write_answer(answer: AnswerRows, form: str, output: Path | None, *, raw: bool) -> None:
    write = write_raw_csv if raw else FORMATS[form]
    if output is None:
        write(answer, sys.stdout)
        return
    with replacing(output) as path:
        if form in FILE_FORMS:
            FILE_FORMS[form](answer, path)
        else:
            with path.open("w", encoding="utf-8", newline="") as stream:
                write(answer, stream)
    say(f"wrote {output}", err=True)


def print_rows_as(
    form: str | None,
    output: Path | None,
    rows: Sequence[Mapping[str, Any]],
    *,
    empty: str,
    columns: Sequence[str] = (),
    whole: bool = False,
) -> None:
    """Print rows, or write them to a file, in the requested format; an empty table prints a line that says so.

    `columns` are those of an empty table in a file; `whole` is for tables whose long texts are never cut.
    """
    form = choose_format(form, output)
    if output is None and form in ("table", "json"):
        print_json(rows) if form == "json" else print_mappings(_for_reading(rows), empty=empty, whole=whole)
        return
    write_answer(RowAnswer(rows, columns), form, output)


def _for_reading(rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The rows with their ids last where people read them; a pipe gets the columns as they are."""
    if not rows or not sys.stdout.isatty():
        return rows
    columns = list(rows[0])
    order = [columns[place] for place in put_ids_last(columns)]
    return [{name: row[name] for name in order} for row in rows]


def print_part_as(
    forms: Mapping[str, Any],
    output: Path | None,
    parts: Mapping[str, Sequence[Mapping[str, Any]]],
    part: str | None,
) -> bool:
    """Print one of several tables if a part or a form of rows is requested; returns whether it was.

    Raises a usage error for a form of rows without the part: a file holds one table.
    """
    form = choose_format(chosen_form(forms), output)
    if part is None:
        if form in ("json", "table") and output is None:
            return False
        raise click.UsageError(f"this form holds one table: add --part, one of {', '.join(parts)}")
    print_rows_as(form, output, parts[part], empty="nothing")
    return True


def _write_table(answer: AnswerRows, stream: TextIO) -> None:
    if not stream.isatty():
        print_rows(answer.columns, answer, stream=stream)
        return
    rows = answer.fetch(TERMINAL_ROWS + 1)
    order = put_ids_last(answer.columns)
    shown = [[row[place] for place in order] for row in rows[:TERMINAL_ROWS]]
    print_rows([answer.columns[place] for place in order], shown, stream=stream)
    if len(rows) > TERMINAL_ROWS:
        say(f"the first {TERMINAL_ROWS} rows; --format csv or --output gives all", err=True)


def _write_vertical(answer: AnswerRows, stream: TextIO) -> None:
    """Each row as a block, with everything that it holds."""
    print_vertical(answer.columns, answer, stream=stream)


def _write_excel(answer: AnswerRows, stream: TextIO) -> None:
    """CSV that begins with a byte order mark, by which Excel knows that it is UTF-8."""
    stream.write("\ufeff")
    TEXT_FORMS["csv"](answer, stream)


_FOR_PEOPLE = ("table", "vertical", "markdown")
FORMATS: dict[str, Callable[[Any, TextIO], None]] = {
    "table": _write_table,
    "vertical": _write_vertical,
    **TEXT_FORMS,
    "excel": _write_excel,
    **dict.fromkeys(FILE_FORMS, _write_table),  # see write_answer
}
