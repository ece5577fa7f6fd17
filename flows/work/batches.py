"""What crosses between coordinator and workers: references to staged inputs, and outcomes as rows."""
# Why: see docs/decisions.md, "Landing uses INSERT, in larger batches".

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from core.captures import KEY_LENGTH, Capture, CaptureKind, digest_text
from core.outcomes import InputOutcome, Row
from core.tables import CAPTURES, TABLES, TEXT

_LARGEST_GROWTH = 4
_TAKEN_FOR_EACH = 256
STAGED_CAPTURES = CAPTURES.schema.append(pa.field("input_ref", TEXT, nullable=False))
# Captures that a worker has yet to archive: their bytes, and no pointer.
STAGED_BYTES = pa.schema([field.with_nullable(True) for field in STAGED_CAPTURES]).append(
    pa.field("payload", pa.binary())
)
_PACKING = {"payload": "lz4"}  # read once, soon: a tenth of the time that the archive's own compression takes


@dataclass(frozen=True, slots=True)
class BatchRef:
    """Rows `first` to `first + count` of a staged Parquet file: captures to clean, or articles.

    `key` names the batch's part. It is a hash of the batch's content and of the order, so that the same work has the
    same key in every run, and an existing part is not made again. `group` is the landing it belongs to. `weight` says how
    many inputs each row is worth, for the time limit: a window of articles cannot be halved, so it is one row.
    """

    key: str
    file: str
    first: int
    count: int
    group: int = 0
    weight: int = 1

    def split(self) -> tuple[BatchRef, BatchRef]:
        """Two halves of a batch with more than one input."""
        half = self.count // 2
        return (
            replace(self, key=f"{self.key}a", count=half),
            replace(self, key=f"{self.key}b", first=self.first + half, count=self.count - half),
        )

    @property
    def root(self) -> str:
        """The key of the batch that this one is, or is a part of after halving."""
        return self.key[:KEY_LENGTH]

    def read_rows(self) -> list[Row]:
        """The staged rows, as dicts."""
        with pq.ParquetFile(self.file) as file:
            groups, first = _find_groups(file.metadata, self.first, self.count)
            rows: list[Row] = file.read_row_groups(groups).slice(self.first - first, self.count).to_pylist()
        return rows


class StagedFile:
    """Rows on their way to the workers: Parquet files of some thousand rows in a run's folder.

    `stage` returns references to the batches. The rows of one call are in one file and keep their order.
    """

    def __init__(self, folder: Path, schema: pa.Schema, work: str) -> None:
        self._folder = folder
        self._schema = schema
        self._work = work
        self._file_count = 0

    def stage(self, rows: list[Row], keys: list[str], sizes: Iterable[range]) -> list[BatchRef]:
        """Write `rows`; `keys` are their ids, `sizes` the index ranges of the batches."""
        file = self._folder / f"staged-{self._file_count:05d}.parquet"
        self._file_count += 1
        unfinished = file.with_suffix(
            ".unfinished"
        )  # a killed run must not leave half a file to the next one
        ranges = list(sizes)
        self._write(unfinished, rows, ranges)
        unfinished.rename(file)
        return [
            BatchRef(digest_text(self._work, *keys[part.start : part.stop]), str(file), part.start, len(part))
            for part in ranges
        ]

    def _write(self, file: Path, rows: list[Row], ranges: list[range]) -> None:
        """A row group for each batch where bytes are staged, so that a worker reads no other's; else one for all."""
        has_bytes = self._schema is STAGED_CAPTURES and any("payload" in row for row in rows)
        schema = STAGED_BYTES if has_bytes else self._schema
        names = [name for name in schema.names if name != "payload"]
        packing = {**dict.fromkeys(names, "zstd"), **_PACKING} if has_bytes else "zstd"
        with pq.ParquetWriter(
            file, schema, compression=packing, use_dictionary=names, write_statistics=names
        ) as writer:
            for part in ranges if has_bytes else [range(len(rows))]:
                writer.write_table(pa.Table.from_pylist(rows[part.start : part.stop], schema=schema))

    def remove(self) -> None:
        """Remove what was staged: it has landed."""
        for file in self._folder.glob("staged-*.parquet"):
            file.unlink()


def _find_groups(metadata: pq.FileMetaData, first: int, count: int) -> tuple[list[int], int]:
    """The row groups that hold these rows, and the number of the first row in them."""
    groups: list[int] = []
    start = begin = 0
    for number in range(metadata.num_row_groups):
        end = start + metadata.row_group(number).num_rows
        if start < first + count and end > first:
            begin = begin if groups else start
            groups.append(number)
        start = end
    return groups, begin


def grow_batch(batch_size: int, taken: int) -> int:
    """The size of a batch once a run has taken `taken` inputs: up to four times `batch_size`.

    Landing opens a file for each batch and table, which is half the cost of landing with batches of 32. The last batch
    of a run stays a small part of the run, so that no worker waits long for another.
    """
    return max(batch_size, min(_LARGEST_GROWTH * batch_size, taken // _TAKEN_FOR_EACH))


def batch_ranges(byte_counts: list[int], *, batch_size: int, batch_bytes: int) -> Iterator[range]:
    """Cut consecutive inputs into batches of at most `batch_size` inputs and `batch_bytes` bytes."""
    start, total = 0, 0
    for index, size in enumerate(byte_counts):
        if index > start and (index - start >= batch_size or total + size > batch_bytes):
            yield range(start, index)
            start, total = index, 0
        total += size
    if start < len(byte_counts):
        yield range(start, len(byte_counts))


def capture_from_row(row: Mapping[str, object], payload: bytes) -> Capture:
    """The capture in memory, from a staged row and its archived bytes."""
    return Capture(
        capture_id=str(row["capture_id"]),
        input_ref=str(row["input_ref"]),
        outlet=str(row["outlet"]),
        url=str(row["url"]),
        final_url=row["final_url"],  # type: ignore[arg-type]
        kind=CaptureKind(str(row["kind"])),
        content_type=row["content_type"],  # type: ignore[arg-type]
        charset=row["charset"],  # type: ignore[arg-type]
        payload=payload,
        fetched_at=row["fetched_at"],  # type: ignore[arg-type]
        hints=json.loads(str(row["hints"])) if row["hints"] else {},
    )


def outcome_table(outcomes: Sequence[InputOutcome], run_id: str) -> pa.Table:
    """The outcomes of a run's inputs as rows of table `outcomes`."""
    return TABLES["outcomes"].to_arrow([outcome.to_row(run_id) for outcome in outcomes])
