"""The page headers of a Parquet file, read before any page is unpacked.

A page begins with a header in Thrift's compact protocol (parquet.thrift, PageHeader); the library unpacks what the
header says, whatever the file's footer said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import pyarrow.parquet as pq

_FIRST_READ = 512
_LARGEST_HEADER = 1 << 24  # as much as Arrow reads
MOST_PAGES = 200_000
_DEEPEST = 8
_LONGEST_LIST = 1_000  # no field that we read is a list
_HEADERS = (5, 7, 8)  # of a data page, a dictionary page, a data page of version 2
_DICTIONARY = 2  # a kind of page
_DELTA_BYTE_ARRAY = 7  # an encoding


class BrokenPagesError(ValueError):
    """The pages of a column cannot be found."""


class DataPage(NamedTuple):
    """A page by its header. Sizes are in bytes; `values` counts nulls too."""

    is_dictionary: bool
    packed: int
    unpacked: int
    values: int
    repeats: bool  # each value can begin with the one before it


def read_pages(file: BinaryIO, chunk: pq.ColumnChunkMetaData, most: int = MOST_PAGES) -> Iterator[DataPage]:
    """The pages of a column chunk, in order. Raises BrokenPagesError if a page header is missing, or for more than
    `most` pages."""
    start = chunk.data_page_offset
    if chunk.has_dictionary_page and chunk.dictionary_page_offset and chunk.dictionary_page_offset < start:
        start = chunk.dictionary_page_offset
    place, end = start, start + chunk.total_compressed_size
    for _ in range(most):
        if place >= end:
            return
        header, length = _read_header(file, place)
        page = _make_page(header)
        if min(page.packed, page.unpacked, page.values) < 0:
            raise BrokenPagesError(f"the page header at {place} is invalid")
        yield page
        place += length + page.packed
    raise BrokenPagesError(f"a column has more than {most:,} pages")


def _make_page(header: dict[int, Any]) -> DataPage:
    """The page of a header. A missing number is -1."""
    inner: dict[int, Any] = next((header[key] for key in _HEADERS if isinstance(header.get(key), dict)), {})
    packed, unpacked, values = (
        number if type(number) is int else -1 for number in (header.get(3), header.get(2), inner.get(1))
    )
    encoding = inner.get(4 if 8 in header else 2)
    return DataPage(
        is_dictionary=header.get(1) == _DICTIONARY,
        packed=packed,
        unpacked=unpacked,
        values=values if inner else 0,  # an index page holds no values
        repeats=encoding == _DELTA_BYTE_ARRAY,
    )


def _read_header(file: BinaryIO, place: int) -> tuple[dict[int, Any], int]:
    size = _FIRST_READ
    while True:
        file.seek(place)
        data = file.read(size)
        try:
            return _Compact(data).read_struct(0)
        except IndexError as error:
            if len(data) < size or size >= _LARGEST_HEADER:
                raise BrokenPagesError(f"no page header ends behind {place}") from error
            size *= 8


class _Compact:
    """A reader of Thrift's compact protocol. Raises IndexError if the bytes end before the struct."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    def read_struct(self, depth: int) -> tuple[dict[int, Any], int]:
        """The fields of a struct by number, and the bytes read so far; lists and texts are skipped."""
        if depth > _DEEPEST:
            raise BrokenPagesError("a page header is nested too deep")
        fields: dict[int, Any] = {}
        number = 0
        while (head := self._byte()) != 0:
            number = number + (head >> 4) if head >> 4 else self._zigzag()
            fields[number] = self._read(head & 15, depth)
        return fields, self._place

    def _read(self, kind: int, depth: int) -> Any:
        if kind in (1, 2):
            return kind == 1
        if kind == 3:
            return self._byte()
        if kind in (4, 5, 6):
            return self._zigzag()
        if kind == 7:
            return self._skip(8)
        if kind == 8:
            return self._skip(self._varint())
        if kind in (9, 10):
            return self._skip_list(depth)
        if kind == 12:
            return self.read_struct(depth + 1)[0]
        raise BrokenPagesError(f"a page header has a field of kind {kind}")

    def _skip_list(self, depth: int) -> None:
        head = self._byte()
        count = head >> 4 if head >> 4 < 15 else self._varint()
        if count > _LONGEST_LIST:
            raise BrokenPagesError(f"a page header has a list of {count:,}")
        for _ in range(count):
            self._byte() if head & 15 in (1, 2) else self._read(head & 15, depth + 1)

    def _skip(self, count: int) -> None:
        self._place += count
        if self._place > len(self._data):
            raise IndexError

    def _byte(self) -> int:
        value = self._data[self._place]
        self._place += 1
        return value

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
            if shift > 63:
                raise BrokenPagesError("a page header has a number past 64 bits")

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)
