"""What a worker does with one batch: read the bytes, read the articles, write one part. Idempotent."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from core.captures import Capture
from core.errors import PermanentError
from core.outcomes import InputOutcome, Reason, Row, StageResult
from core.tables import TABLES
from core.versions import renew_stage
from flows.work.archiving import archive_rows
from flows.work.batches import BatchRef, capture_from_row, outcome_table
from flows.work.memory import give_back_memory
from flows.work.orders import WorkOrder
from flows.work.self_test import plain_article
from tasks.article import analyse_articles, read_articles
from warehouse.archive.writer import PayloadReader, Pointer
from warehouse.landing.parts import drop_part, write_part


def process_batch(order: WorkOrder, ref: BatchRef) -> str:
    """Turn a batch of staged captures into a part with rows of every table; returns the part's folder."""
    folder = Path(order.parts) / ref.key
    if _is_made(folder):
        return str(folder)
    rows, unreadable = archive_rows(order, ref, ref.read_rows())
    captures, result = _read_captures(order, rows)
    result.outcomes.extend(unreadable)
    result.extend(read_articles(captures, order.clean, order.extract))
    result.rows["captures"] = [{name: row[name] for name in TABLES["captures"].column_names} for row in rows]
    for article in result.rows.get("articles", []):
        article["code_version"] = order.code_version
    return write_result(order, folder, result)


def extract_batch(order: WorkOrder, ref: BatchRef) -> str:
    """Make the extracted tables of staged articles anew, leaving their text as it is."""
    folder = Path(order.parts) / ref.key
    if _is_made(folder):
        return str(folder)
    articles = ref.read_rows()
    for article in articles:
        article["code_version"] = renew_stage(article["code_version"], order.code_version, "extract")
    outcomes = [
        InputOutcome(row["article_id"], Reason.REPROCESSED, "extract", row["capture_id"], row["article_id"])
        for row in articles
    ]
    result = StageResult({"articles": articles}, outcomes)
    result.extend(analyse_articles(articles, order.extract))
    return write_result(order, folder, result)


WORK: dict[str, Callable[[WorkOrder, BatchRef], str]] = {
    "process_batch": process_batch,
    "extract_batch": extract_batch,
}
"""The work that an order can name."""


def work_plain_article(order: WorkOrder) -> None:
    """Do all of a batch's work on an article that every installation can work, and leave nothing behind.

    Raises the error that keeps the article from being worked.
    """
    result = read_articles([plain_article()], order.clean, order.extract)
    if not result.rows.get("articles"):
        raise PermanentError(f"a plain article is refused: {result.outcomes[0].detail}")
    for article in result.rows["articles"]:
        article["code_version"] = order.code_version
    drop_part(Path(write_result(order, Path(order.parts) / f"self-test-{os.getpid()}", result)))


def _is_made(part: Path) -> bool:
    """Whether the part exists already. Its time is renewed, so that maintenance does not remove it."""
    if not part.is_dir():
        return False
    part.touch()
    return True


def _read_captures(order: WorkOrder, rows: Sequence[Row]) -> tuple[list[Capture], StageResult]:
    captures, result = [], StageResult()
    with PayloadReader(order.archive) as reader:
        for row in rows:
            pointer = Pointer(row["warc_file"], row["warc_offset"], row["warc_length"])
            try:
                payload = row.get("payload") or reader.read(pointer, sha256=row["body_sha256"])
            except PermanentError as error:
                result.outcomes.append(
                    InputOutcome(
                        row["input_ref"],
                        Reason.BROKEN_ARCHIVE,
                        "process",
                        row["capture_id"],
                        detail=str(error),
                    )
                )
            else:
                captures.append(capture_from_row(row, payload))
    return captures, result


def write_result(order: WorkOrder, folder: Path, result: StageResult) -> str:
    """Write the rows of a batch as a part; returns its folder. The result has no rows afterwards."""
    for article in result.rows.get("articles", []):
        article["run_id"] = order.run_id
    give_back_memory()  # what the stages needed beside their rows
    tables = dict(_take_tables(result))
    tables["outcomes"] = outcome_table(result.outcomes, order.run_id)
    return str(write_part(folder, tables))


def _take_tables(result: StageResult) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each table as a table. They are taken out of the result, so that no row is there twice for long."""
    for name in list(result.rows):
        if rows := result.rows.pop(name):
            yield name, TABLES[name].to_arrow(rows)
