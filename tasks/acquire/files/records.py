"""Many articles in one file as records: JSON lines, JSON, CSV, Parquet; one capture each."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import Any, BinaryIO

import pyarrow as pa
from pydantic_core import from_json

from core.outcomes import InputOutcome, Reason
from tasks.acquire.base.fields import has_field, meanings_of
from tasks.acquire.base.unnamed import guess_text, tell_columns
from tasks.acquire.files.csv_header import tell_missing
from tasks.acquire.files.csv_rows import CsvLines, CsvRows
from tasks.acquire.files.json_objects import Numbered, is_over_lines, iterate_objects
from tasks.acquire.files.parquet import iterate_parquet
from tasks.acquire.files.record_file import Item, RecordFile
from tasks.acquire.files.streams import (
    BoundedLines,
    LineTooLongError,
    iterate_numbered,
    read_bounded,
)

_UTF8_BOM = b"\xef\xbb\xbf"
_BLANKS = b" \t\r\n\x0b\x0c\x1e"  # a record separator begins each line of RFC 7464
_SAMPLED = 20  # rows that show which column looks like the text


def iterate_json_lines(file: RecordFile) -> Iterator[Item]:
    """A capture per line that holds a JSON object, its payload the line's own bytes.

    Objects over several lines, in one list or in an object that wraps them are taken as well.
    """
    items = 0
    refs = _LineRefs(file)
    with file.open() as stream:
        for number, line in _read_lines(stream, file.options.max_input_bytes):
            ref = refs.name(number)
            if isinstance(line, LineTooLongError):
                yield file.too_large(ref)
            elif bare := line.removeprefix(_UTF8_BOM if number == 1 else b"").strip(_BLANKS):
                value = _read_line(bare)
                if (
                    isinstance(value, str)
                    and len(apart := list(iterate_objects([(number, bare)], sys.maxsize))) > 1
                ):
                    for place, piece in enumerate(apart):
                        name = refs.name(number) if place else ref
                        assert isinstance(piece[1], bytes)
                        yield _capture_object(file, name, parse_json(piece[1]), piece[1])
                    continue
                wrapped = None if isinstance(value, list) else _find_items(value)
                for item in wrapped or ():
                    items += 1
                    yield _capture_object(file, file.ref("item", items), item)
                if not wrapped:
                    yield _capture_object(file, ref, value, None if bare[:1] == b'"' else bare)
    if problem := file.miss_fields():
        yield problem


def _read_line(line: bytes) -> Any:
    """The value of a line; an object that was written as a text once more is that object."""
    value = parse_json(line)
    inner = parse_json(value.encode()) if line[:1] == b'"' and isinstance(value, str) else None
    return inner if isinstance(inner, dict) else value


class _LineRefs:
    """The references of a file's lines. Objects that begin in one line are distinguished by a count."""

    def __init__(self, file: RecordFile) -> None:
        self._file, self._last, self._repeats = file, 0, 0

    def name(self, number: int) -> str:
        """`path#line-N`, or `path#line-N+1` for the second object in the line."""
        self._repeats = self._repeats + 1 if number == self._last else 0
        self._last = number
        return self._file.ref("line", number) + (f"+{self._repeats}" if self._repeats else "")


def _read_lines(stream: BinaryIO, max_bytes: int) -> Iterator[Numbered]:
    """The lines of a file with their numbers; its objects, if its first line shows that they are over several lines."""
    lines = iterate_numbered(BoundedLines(stream, max_bytes))
    before: list[Numbered] = []
    for number, line in lines:
        before.append((number, line))
        if isinstance(line, LineTooLongError) or line.removeprefix(_UTF8_BOM).strip():
            break
    every = chain(before, lines)
    first = before[-1][1] if before else b""
    if isinstance(first, LineTooLongError) or not is_over_lines(first.removeprefix(_UTF8_BOM)):
        return every
    return iterate_objects((_unmark(number, line) for number, line in every), max_bytes)


def _unmark(number: int, line: bytes | LineTooLongError) -> Numbered:
    """The line without a byte order mark."""
    return number, line.removeprefix(_UTF8_BOM) if number == 1 and isinstance(line, bytes) else line


def iterate_json(file: RecordFile) -> Iterator[Item]:
    """A capture for the object in the file, or one for each item of its array or of the array of articles that it wraps
    (GDELT, NewsAPI, JSON Feed). JSON lines are recognized."""
    with file.open() as stream:
        data = read_bounded(stream, file.options.max_input_bytes).removeprefix(_UTF8_BOM)
    ref = str(file.path)
    if len(data) > file.options.max_input_bytes:
        yield file.too_large(ref)
        return
    if not data.strip():
        return
    value = parse_json(data)
    if isinstance(value, str) and data.lstrip().startswith(b"{") and b"}\n{" in data.replace(b"\r", b""):
        yield from iterate_json_lines(file)
    elif (items := _find_items(value)) is not None:
        for number, item in enumerate(items, 1):
            yield _capture_object(file, file.ref("item", number), item)
        if problem := file.miss_fields():
            yield problem
    else:
        yield _capture_object(file, ref, value, data.strip())


def iterate_csv(file: RecordFile) -> Iterator[Item]:
    """A capture per row, with fields named by the header; `path#line-N` is the line where the row begins.

    The header decides the delimiter. A header without a usable column gives one outcome for the file.
    """
    csv.field_size_limit(max(csv.field_size_limit(), file.options.max_input_bytes))
    with file.open() as stream:
        lines = CsvLines(BoundedLines(stream, file.options.max_input_bytes), file.options.max_input_bytes)
        usual = "\t" if ".tsv" in file.path.suffixes else ","
        rows = CsvRows(lines, lines.find_delimiter(usual, file.options.columns))
        header: list[str] | None = None
        for row in rows:
            if isinstance(row, LineTooLongError):
                yield file.too_large(file.ref("line", row.number))
            elif isinstance(row, csv.Error):
                yield file.reject(file.ref("line", rows.start), Reason.BAD_RECORD, f"no CSV row: {row}")
            elif header is None and any(cell.strip() for cell in row):
                header = [_repair(name).strip() for name in row]
                if problem := file.miss_columns(header) or _miss_article(file, header, rows):
                    yield problem
                    return
            elif header is not None and any(cell.strip() for cell in row):
                item = _read_row(file, file.ref("line", rows.start), header, row)
                file.count_made(item, lines.taken)
                yield item


READERS: dict[str, Callable[[RecordFile], Iterator[Item]]] = {
    ".jsonl": iterate_json_lines,
    ".ndjson": iterate_json_lines,
    ".json": iterate_json,
    ".csv": iterate_csv,
    ".tsv": iterate_csv,
    ".parquet": iterate_parquet,
    ".pq": iterate_parquet,
}
READER_ERRORS = (pa.ArrowException,)


def parse_json(data: bytes) -> Any:
    """The JSON value, or its problem as a text (a text cannot be a record, so no record is lost)."""
    with suppress(ValueError):
        return from_json(data)  # takes two thirds of the time; what it refuses, json reads or explains
    try:
        return json.loads(data)
    except UnicodeDecodeError as error:
        return f"the bytes at {error.start} are no UTF-8"
    except json.JSONDecodeError as error:
        return f"no JSON: {error.msg} at character {error.pos}"
    except RecursionError:
        return "no JSON that can be read: nested too deeply"
    except ValueError as error:
        return f"no JSON that can be read: {error}"


_WRAPPERS = ("articles", "items", "results", "docs", "hits", "data", "documents", "records")
_LEAST_COLUMNS = 2
_WRAPPED = 3  # objects one inside another: {"response": {"docs": [...]}}


def _find_items(value: Any, depth: int = 0) -> list[Any] | None:
    """The records in one JSON value, or None if it is a single record."""
    if isinstance(value, list) and not depth:
        return value
    if not isinstance(value, dict) or depth > _WRAPPED or has_field(value, "text", "html"):
        return None
    if (table := _read_table(value)) is not None:
        return table
    lists: list[list[Any]] = [value[key] for key in _WRAPPERS if isinstance(value.get(key), list)]
    found = next((items for items in lists if items and all(isinstance(item, dict) for item in items)), None)
    if found is not None:
        return found
    inside = (_find_items(inner, depth + 1) for inner in value.values() if isinstance(inner, dict))
    return next((items for items in inside if items is not None), None)


def _read_table(value: dict[str, Any]) -> list[Any] | None:
    """The records of an object that holds them by key, or by column and then by key, as pandas writes a table."""
    inner: list[Any] = list(value.values())
    if len(inner) < _LEAST_COLUMNS or not all(isinstance(one, dict) and one for one in inner):
        return None
    if all(has_field(one, "text", "html") for one in inner):
        return list(inner)
    keys = inner[0].keys()
    meanings = {field for name in value for field, _ in meanings_of(name)}
    if not meanings & {"text", "html"} or any(one.keys() != keys for one in inner):
        return None
    return [{name: column[key] for name, column in value.items()} for key in keys]


def _capture_object(file: RecordFile, ref: str, value: Any, payload: bytes | None = None) -> Item:
    if isinstance(value, dict):
        return file.take(ref, value, payload)
    detail = value if isinstance(value, str) else f"a JSON {type(value).__name__}, not an object"
    return file.reject(ref, Reason.BAD_RECORD, detail)


def _read_row(file: RecordFile, ref: str, header: list[str], row: list[str]) -> Item:
    if len(row) > len(header):
        detail = f"{len(row)} fields, but the header has {len(header)}"
        return file.reject(ref, Reason.BAD_RECORD, detail)
    values = {name: _repair(value) for name, value in zip(header, row, strict=False) if value}
    return file.take(ref, values)


def _miss_article(file: RecordFile, header: Sequence[str], rows: CsvRows) -> InputOutcome | None:
    """The outcome of a table without a column that we know; its first rows show which one looks like the text."""
    missing = tell_missing(header, file.options.columns)
    if missing is None:
        return None
    samples = [row for row in islice(rows, _SAMPLED) if isinstance(row, list)]
    texts = {name: " ".join(row[at] for row in samples if at < len(row)) for at, name in enumerate(header)}
    return file.reject(str(file.path), Reason.BAD_RECORD, missing + tell_columns(guess_text(texts)))


def _repair(value: str) -> str:
    """A field that is not UTF-8, read as cp1252, which spreadsheets write (WHATWG's default, too)."""
    if value.isascii() or not any("\udc80" <= c <= "\udcff" for c in value):
        return value
    return value.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
