"""The records of a WARC file one after the other, past those that cannot be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple, TypeVar

from fastwarc.warc import ArchiveIterator, WarcRecord

from warehouse.archive.records.record_bounds import find_record, measure_record

T = TypeVar("T")


class Unread(NamedTuple):
    """A record that readers of WARC files refuse, and why."""

    problem: str


def iterate_records(
    file: BinaryIO, read: Callable[[WarcRecord], T], *, parse_http: bool
) -> Iterator[tuple[int, T | Unread]]:
    """The offset of each record with what `read` makes of it, or with the reason why it cannot be read.

    After such a record reading goes on at the next gzip member that begins a record or, in a file that is not
    packed, after a blank line. A file without any record gives nothing.
    """
    start: int | None = 0
    while start is not None:
        done: int | None = None
        begun: int | None = None
        problem = ""
        file.seek(start)
        try:
            for record in ArchiveIterator(file, parse_http=parse_http):
                begun = int(record.stream_pos)
                yield begun, read(record)
                done, begun = begun, None
        except (OSError, ValueError) as error:
            problem = str(error).rstrip(".") or type(error).__name__
        bad = begun if begun is not None else _find_bad(file, start, done, problem)
        if bad is not None:
            yield bad, Unread(problem or "no record can be read there")
        elif done is not None or problem:
            return
        start = find_record(file, _end_of(file, start if bad is None else bad))


def _find_bad(file: BinaryIO, start: int, done: int | None, problem: str) -> int | None:
    """The offset of the record at which reading stopped, after the one at `done`; None at the end of the file."""
    if done is None:
        return start if problem or start else None
    end = measure_record(file, done)
    if end is None:  # the last record that was read is damaged at its end
        return done if problem else None
    following = find_record(file, end)
    is_next = following is not None and following <= end + len(b"\r\n\r\n")
    if is_next or not problem:
        return following
    return end if end < file.seek(0, os.SEEK_END) else done


def _end_of(file: BinaryIO, bad: int) -> int:
    return measure_record(file, bad) or bad + 1
