"""What a worker does first with inputs that the coordinator has not archived: their bytes go into a WARC file of the batch.

The file is on the disk before anything reads the bytes, and so before a part can point into it. Its journal stays until
the run settles (ArchiveWriter.settle), so that the next load finds the records if this one is killed.
"""
# Why: see docs/decisions.md, "Workers archive what a long load reads".

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from core.errors import CopydeskError
from core.outcomes import InputOutcome, Reason, Row
from flows.work.batches import BatchRef, capture_from_row
from flows.work.orders import WorkOrder
from warehouse.archive.writer import ArchiveWriter, UnreadableRecordError, recover, shard_prefix


def archive_rows(
    order: WorkOrder, ref: BatchRef, rows: Sequence[Row]
) -> tuple[list[Row], list[InputOutcome]]:
    """Archive the staged captures that have no pointer yet.

    Returns the rows, each with a pointer, and the outcomes of captures that cannot be archived. What an earlier try at
    the batch, or at the one that it is a half of, has archived is not archived again.
    """
    if all(row["warc_file"] for row in rows):
        return list(rows), []
    kept: list[Row] = []
    outcomes: list[InputOutcome] = []
    with _open_shard(order, ref) as writer:
        for row in rows:
            found = row if row["warc_file"] else _archive(writer, row)
            (outcomes if isinstance(found, InputOutcome) else kept).append(found)  # type: ignore[arg-type]
        writer.secure()
    return kept, outcomes


@contextmanager
def _open_shard(order: WorkOrder, ref: BatchRef) -> Iterator[ArchiveWriter]:
    folder, prefix = Path(order.archive_folder), shard_prefix(order.run_id, ref.root)
    found = recover(folder, prefix)
    remote = None if order.archive == order.archive_folder else order.archive
    with ArchiveWriter(folder, order.roll_bytes, prefix, reuse=found, publish_to=remote) as writer:
        yield writer


def _archive(writer: ArchiveWriter, row: Row) -> Row | InputOutcome:
    try:
        pointer = writer.append(capture_from_row(row, row["payload"]), sha256=row["body_sha256"])
    except UnreadableRecordError as error:
        detail = str(error)
    except (CopydeskError, OSError):
        raise
    except Exception as error:  # of this input alone: errors that concern all inputs are caught above
        detail = f"it cannot be archived: {type(error).__name__}: {error}"
    else:
        return {**row, **pointer._asdict()}
    return InputOutcome(row["input_ref"], Reason.STAGE_ERROR, "acquire", detail=detail)
