"""Parquet files: a capture per row, in batches by bytes; nothing is unpacked past the limits.

A few bytes can stand for very much: a page that is packed, a value in a dictionary that each row has, a list of
a thousand million zeros. Page headers are judged first, values of dictionaries stay in these, and what a row weighs is
known before it is made of Python's objects.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from core.outcomes import InputOutcome, Reason
from tasks.acquire.base.unexpected import attempt, contain, describe_unexpected
from tasks.acquire.files.arrow_values import soften, weigh
from tasks.acquire.files.long_paths import open_file
from tasks.acquire.files.parquet_pages import BrokenPagesError, DataPage, read_pages
from tasks.acquire.files.record_file import Item, RecordFile
from tasks.acquire.files.streams import CompressionBombError

_ROWS = 64  # at a time, at most
_BATCH_BYTES = 1 << 25
_BUFFER = 1 << 20
_ELEMENT_BYTES = 8  # size of an unpacked element of a list
_PAGES_AT_ONCE = 20  # times the limit of an input, for the largest pages of all columns together
_MOST_CHARS = 400
_TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)


class _TooMuchAtOnceError(Exception):
    """A group of rows would take too much memory, however few rows of it are read at a time."""


def iterate_parquet(file: RecordFile) -> Iterator[Item]:
    """A capture per row; a file that is no whole Parquet file raises pyarrow.ArrowException or OSError.

    A group of rows that cannot be read is one outcome under its first row, and those behind it are read on. Raises
    CompressionBombError once what comes out is out of all proportion to the file.
    """
    with ExitStack() as opened:
        source = opened.enter_context(open_file(file.path))
        table = opened.enter_context(_open_table(source))
        if problem := file.miss_columns(table.schema_arrow.names):
            yield problem
            return
        yield from _ParquetReader(file, source, table.metadata, table.schema, table.schema_arrow).read()


def _open_table(source: BinaryIO) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(source)
    except UnicodeDecodeError as error:
        raise pa.ArrowInvalid(f"the names of its columns are no UTF-8: {error}") from error


def _leaf_types(schema: pa.Schema) -> list[pa.DataType]:
    """The types of the schema's leaves, in the file's order of columns."""

    def walk(kind: pa.DataType) -> Iterator[pa.DataType]:
        if isinstance(kind, pa.BaseExtensionType):
            kind = kind.storage_type
        if kind.num_fields == 0:
            yield kind
        for index in range(kind.num_fields):
            yield from walk(kind.field(index).type)

    return [leaf for field in schema for leaf in walk(field.type)]


@dataclass(slots=True)
class _ParquetReader:
    file: RecordFile
    source: BinaryIO
    metadata: pq.FileMetaData
    columns: pq.ParquetSchema
    schema: pa.Schema
    size: int = 0  # of the file
    unpacked: int = 0  # bytes of all pages so far
    elements: int = 0  # of all lists so far

    def read(self) -> Iterator[Item]:
        """All rows, group after group."""
        self.size = self.source.seek(0, os.SEEK_END)
        first = 0  # rows in the groups before
        for group in range(self.metadata.num_row_groups):
            count = self.metadata.row_group(group).num_rows
            if count > 0:
                yield from self._read_group(group, first, count)
            first += max(count, 0)

    def _read_group(self, group: int, first: int, count: int) -> Iterator[Item]:
        def describe(error: Exception, read: int) -> InputOutcome:
            return self._describe(error, first + read + 1, first + max(count, read + 1))

        yield from contain(self._iterate_group(group, first), describe, (CompressionBombError,))

    def _iterate_group(self, group: int, first: int) -> Iterator[Item]:
        number = first
        for batch in self._open_group(group):
            for item in self._read_batch(batch, number):
                self.file.count_made(item, self.size)
                yield item
            number += batch.num_rows

    def _describe(self, error: Exception, first: int, last: int) -> InputOutcome:
        ref = self.file.ref("row", first)
        detail = f"rows {first:,} to {last:,} cannot be read"
        if isinstance(error, _TooMuchAtOnceError):
            return self.file.reject(ref, Reason.TOO_LARGE, f"{detail}: {error}")
        if isinstance(error, pa.ArrowException | OSError | BrokenPagesError | UnicodeDecodeError):
            return self.file.reject(ref, Reason.BROKEN_ARCHIVE, f"{detail}: {error}"[:_MOST_CHARS])
        return describe_unexpected(ref, error, f"; {detail}")

    def _open_group(self, group: int) -> Iterator[pa.RecordBatch]:
        """The group's rows, as many at a time as fit in memory; texts stay in their dictionaries."""
        metadata = self.metadata.row_group(group)
        chunks = [metadata.column(place) for place in range(metadata.num_columns)]
        pages = [list(read_pages(self.source, chunk)) for chunk in chunks]
        for place, found in enumerate(pages):
            self._judge_column(place, found, metadata.num_rows)
        table = pq.ParquetFile(
            self.source,
            metadata=self.metadata,
            buffer_size=_BUFFER,
            read_dictionary=self._find_dictionaries(chunks, pages),
        )
        rows = self._count_rows_at_once(metadata, chunks, pages)
        return table.iter_batches(batch_size=rows, row_groups=[group])  # type: ignore[no-any-return]

    def _judge_column(self, place: int, pages: Sequence[DataPage], row_count: int) -> None:
        """Count a column's pages and the elements of its lists; a few bytes can hold any number of elements."""
        options = self.file.options
        self.unpacked += sum(page.unpacked for page in pages)
        if self.columns.column(place).max_repetition_level:
            values = sum(page.values for page in pages if not page.is_dictionary)
            self.elements += max(values - row_count, 0)
        grown = max(self.unpacked, self.elements * _ELEMENT_BYTES)
        if grown > max(options.max_input_bytes, options.max_expansion_ratio * self.size):
            raise CompressionBombError(
                f"it grows to more than {options.max_expansion_ratio:.0f} times its size"
            )

    def _find_dictionaries(
        self, chunks: Sequence[pq.ColumnChunkMetaData], pages: Sequence[Sequence[DataPage]]
    ) -> list[str]:
        """Columns of texts with a dictionary, whose values must not be copied for each row."""
        leaves = _leaf_types(self.schema)
        if len(leaves) != len(chunks):
            return []
        known = {self.columns.column(place).path for place in range(len(self.columns))}
        if unknown := [chunk.path_in_schema for chunk in chunks if chunk.path_in_schema not in known]:
            raise BrokenPagesError(f"the schema has no column {unknown[0]!r}")
        return [
            chunk.path_in_schema
            for chunk, found, leaf in zip(chunks, pages, leaves, strict=True)
            if any(page.is_dictionary for page in found) and any(test(leaf) for test in _TEXTS)
        ]

    def _count_rows_at_once(
        self,
        metadata: pq.RowGroupMetaData,
        chunks: Sequence[pq.ColumnChunkMetaData],
        pages: Sequence[Sequence[DataPage]],
    ) -> int:
        """The number of rows to read at once: few if a row can be large, because each value can repeat the one before it, a
        null takes as much as a value, or dictionary values must be copied."""
        largest = [max((page.unpacked for page in found), default=0) for found in pages]
        kept = set(self._find_dictionaries(chunks, pages))
        row = sum(
            self._weigh_most(*each, kept) for each in zip(range(len(chunks)), chunks, pages, strict=True)
        )
        most = _PAGES_AT_ONCE * self.file.options.max_input_bytes
        if max(sum(largest), row) > most:
            raise _TooMuchAtOnceError(f"they take more than {most:,} bytes at once; write smaller pages")
        average = metadata.total_byte_size // max(metadata.num_rows, 1)
        return int(max(1, min(_ROWS, _BATCH_BYTES // max(row, average, 1))))

    def _weigh_most(
        self, place: int, chunk: pq.ColumnChunkMetaData, pages: Sequence[DataPage], kept: Collection[str]
    ) -> int:
        """The largest size of a value of the column, if its pages do not bound it."""
        if chunk.physical_type == "FIXED_LEN_BYTE_ARRAY":
            return max(int(self.columns.column(place).length), 0)
        is_multiplied = any(page.is_dictionary or page.repeats for page in pages)
        if chunk.physical_type == "BYTE_ARRAY" and is_multiplied and chunk.path_in_schema not in kept:
            return max((page.unpacked for page in pages), default=0)
        return 0

    def _read_batch(self, batch: pa.RecordBatch, number: int) -> Iterator[Item]:
        names = batch.schema.names
        columns = [soften(column) for column in batch.columns]
        if names and sum(map(weigh, columns)) <= self.file.options.max_input_bytes:
            values = attempt(lambda: [column.to_pylist() for column in columns])
            if not isinstance(values, Exception):
                for place, row in enumerate(zip(*values, strict=True), number + 1):
                    yield self._take(place, dict(zip(names, row, strict=True)))
                return
        for index in range(batch.num_rows):  # a value in it is too large or unreadable
            cells = [column.slice(index, 1) for column in columns]
            yield self._read_row(number + index + 1, names, cells)

    def _read_row(self, number: int, names: Sequence[str], cells: Sequence[pa.Array]) -> Item:
        ref = self.file.ref("row", number)
        if sum(map(weigh, cells)) > self.file.options.max_input_bytes:
            return self.file.too_large(ref)
        record: dict[str, Any] = {}
        for name, cell in zip(names, cells, strict=True):
            value = attempt(cell.to_pylist)
            if isinstance(value, Exception):
                detail = f"column {name!r} cannot be read: {type(value).__name__}: {value}"
                return self.file.reject(ref, Reason.BAD_RECORD, detail[:_MOST_CHARS])
            record[name] = value[0]
        return self._take(number, record)

    def _take(self, number: int, record: dict[str, Any]) -> Item:
        kept = {key: value for key, value in record.items() if value is not None}
        return self.file.take(self.file.ref("row", number), kept)
