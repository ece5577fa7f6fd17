"""Many articles in one file as records: JSON lines, JSON, CSV, Parquet; one capture each."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from core.outcomes import InputOutcome, Reason
from tasks.acquire.base.fields import find_fields
from tasks.acquire.files.csv_header import choose_delimiter, said_delimiter, tell_missing
from tasks.acquire.files.parquet import iterate_parquet
from tasks.acquire.files.record_file import Item, RecordFile
from tasks.acquire.files.streams import (
    BoundedLines,
    LineTooLongError,
    iterate_numbered,
    read_bounded,
)

_UTF8_BOM = b"\xef\xbb\xbf"


def iterate_json_lines(file: RecordFile) -> Iterator[Item]:
    """A capture per line that holds a JSON object, its payload the line's own bytes."""
    with file.open() as stream:
        for number, line in iterate_numbered(BoundedLines(stream, file.options.max_input_bytes)):
            ref = file.ref("line", number)
            if isinstance(line, LineTooLongError):
                yield file.too_large(ref)
            elif bare := line.removeprefix(_UTF8_BOM if number == 1 else b"").strip():
                yield _read_object(file, ref, bare)
    if problem := file.miss_fields():
        yield problem


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
    value = _parse(data)
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
        lines = _CsvLines(BoundedLines(stream, file.options.max_input_bytes), file.options.max_input_bytes)
        delimiter = lines.find_delimiter(file)
        rows = csv.reader(lines, delimiter=delimiter)
        header: list[str] | None = None
        while True:
            start = lines.begin_row()
            try:
                row = next(rows)
            except StopIteration:
                return
            except LineTooLongError as error:
                yield file.too_large(file.ref("line", error.number))
                rows = csv.reader(lines, delimiter=delimiter)
                continue
            except csv.Error as error:
                yield file.reject(file.ref("line", start), Reason.BAD_RECORD, f"no CSV row: {error}")
                continue
            if not any(cell.strip() for cell in row):
                continue
            if header is None:
                header = [_repair(name).strip() for name in row]
                if problem := file.miss_columns(header) or _miss_article(file, header):
                    yield problem
                    return
            else:
                item = _read_row(file, file.ref("line", start), header, row)
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


def _read_object(file: RecordFile, ref: str, line: bytes) -> Item:
    return _capture_object(file, ref, _parse(line), line)


def _parse(data: bytes) -> Any:
    """The JSON value, or its problem as a text (a text cannot be a record, so no record is lost)."""
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


_WRAPPERS = ("articles", "items", "results")


def _find_items(value: Any) -> list[Any] | None:
    """The records in one JSON value, or None if it is a single record."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or find_fields(value).keys() & {"text", "html"}:
        return None
    lists = [value[key] for key in _WRAPPERS if isinstance(value.get(key), list)]
    return next((found for found in lists if found and all(isinstance(item, dict) for item in found)), None)


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


def _miss_article(file: RecordFile, header: Sequence[str]) -> InputOutcome | None:
    missing = tell_missing(header, file.options.columns)
    return file.reject(str(file.path), Reason.BAD_RECORD, missing) if missing else None


class _CsvLines:
    """Text lines for the csv module, decoded from UTF-8; other bytes become surrogates."""

    def __init__(self, lines: BoundedLines, max_row_bytes: int) -> None:
        self._lines = lines
        self._max_row_bytes = max_row_bytes
        self._row_start = 0
        self._header: str | LineTooLongError | None = None  # read but not yet returned

    @property
    def number(self) -> int:
        """The number of lines returned so far."""
        return self._lines.number - isinstance(self._header, str)

    @property
    def taken(self) -> int:
        """Bytes read so far."""
        return self._lines.taken

    def begin_row(self) -> int:
        """The number of the line where the next row begins. Its bytes are counted from there."""
        self._row_start = self._lines.taken
        return self.number + 1

    def find_delimiter(self, file: RecordFile) -> str:
        """The delimiter, by the first line that is not empty."""
        usual = "\t" if ".tsv" in file.path.suffixes else ","
        try:
            line = next((line for line in self if line.strip()), "")
        except LineTooLongError as error:
            self._header = error
            return usual
        if said := said_delimiter(line):
            return said
        self._header = line or None
        return choose_delimiter(line, file.options.columns, usual=usual)

    def __iter__(self) -> _CsvLines:
        return self

    def __next__(self) -> str:
        held, self._header = self._header, None
        if isinstance(held, str):
            return held
        if held is not None:
            raise held
        data = next(self._lines)
        if self._lines.taken - self._row_start > self._max_row_bytes + len(_UTF8_BOM) + 2:
            raise LineTooLongError(self._lines.number)
        if self._lines.number == 1:
            data = data.removeprefix(_UTF8_BOM)
        return data.decode("utf-8", "surrogateescape")


def _repair(value: str) -> str:
    """A field that is not UTF-8, read as cp1252, which spreadsheets write (WHATWG's default, too)."""
    if value.isascii() or not any("\udc80" <= c <= "\udcff" for c in value):
        return value
    return value.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
