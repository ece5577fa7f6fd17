"""What a worker does with one batch: read, clean, extract, sign, write one part. Idempotent."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from core.captures import Capture
from core.errors import PermanentError
from core.outcomes import InputOutcome, Outcome, Reason, Row, StageResult
from core.tables import TABLES
from core.versions import renew_stage
from flows.work.batches import BatchRef, capture_from_row
from flows.work.orders import WorkOrder
from flows.work.outcome_tables import outcome_table
from flows.work.self_test import plain_article
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures
from tasks.extract.stage import extract_articles
from tasks.group.signatures import sign_articles
from warehouse.archive.writer import PayloadReader, Pointer
from warehouse.landing.parts import drop_part, write_part


def process_batch(order: WorkOrder, ref: BatchRef) -> str:
    """Turn a batch of staged captures into a part with rows of every table; returns the part's folder."""
    folder = Path(order.parts) / ref.key
    if _stands(folder):
        return str(folder)
    rows = ref.read_rows()
    captures, result = _read_captures(order, rows)
    result.extend(_clean(captures, order.clean))
    result.rows["captures"] = [{name: row[name] for name in TABLES["captures"].column_names} for row in rows]
    for article in result.rows.get("articles", []):
        article["code_version"] = order.code_version
    return _finish(order, folder, result)


def extract_batch(order: WorkOrder, ref: BatchRef) -> str:
    """Make the extracted tables of staged articles anew, leaving their text as it is."""
    folder = Path(order.parts) / ref.key
    if _stands(folder):
        return str(folder)
    articles = ref.read_rows()
    for article in articles:
        article["code_version"] = renew_stage(article["code_version"], order.code_version, "extract")
    outcomes = [
        InputOutcome(row["article_id"], Reason.REPROCESSED, "extract", row["capture_id"], row["article_id"])
        for row in articles
    ]
    return _finish(order, folder, StageResult({"articles": articles}, outcomes))


def work_plain_article(order: WorkOrder) -> None:
    """Do all of a batch's work on an article that every installation can work, and leave nothing behind.

    Raises whatever keeps it from being worked.
    """
    result = clean_captures([plain_article()], order.clean)
    if not result.rows.get("articles"):
        raise PermanentError(f"a plain article is not taken: {result.outcomes[0].detail}")
    for article in result.rows["articles"]:
        article["code_version"] = order.code_version
    drop_part(Path(_finish(order, Path(order.parts) / f"self-test-{os.getpid()}", result)))


def _stands(part: Path) -> bool:
    """Whether the part is made already; it counts as young from now on, so that nobody clears it away."""
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
                payload = reader.read(pointer, sha256=row["body_sha256"])
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


def _clean(captures: Sequence[Capture], options: CleanOptions) -> StageResult:
    """Clean a batch; of several captures of one article only the newest stays, the others are duplicates.

    Their rows would share one article_id, so nobody could tell them apart afterwards. It is seldom,
    so the rest is simply cleaned again without them.
    """
    result = clean_captures(captures, options)
    duplicates = _find_duplicates(result, {capture.capture_id: capture for capture in captures})
    if not duplicates:
        return result
    dropped = {outcome.capture_id for outcome in duplicates}
    result = clean_captures([capture for capture in captures if capture.capture_id not in dropped], options)
    result.outcomes.extend(duplicates)
    return result


def _find_duplicates(result: StageResult, captures: Mapping[str, Capture]) -> list[InputOutcome]:
    newest: dict[str | None, InputOutcome] = {}
    accepted = [outcome for outcome in result.outcomes if outcome.outcome is Outcome.ACCEPTED]
    for outcome in accepted:
        rival = newest.get(outcome.article_id)
        if rival is None or _age(outcome, captures) > _age(rival, captures):
            newest[outcome.article_id] = outcome
    texts = {row["capture_id"]: row["text_sha256"] for row in result.rows.get("articles", [])}
    return [
        _as_duplicate(outcome, newest[outcome.article_id], texts)
        for outcome in accepted
        if newest[outcome.article_id] is not outcome
    ]


def _age(outcome: InputOutcome, captures: Mapping[str, Capture]) -> tuple[datetime, str]:
    capture = captures[str(outcome.capture_id)]
    return capture.fetched_at, capture.input_ref


def _as_duplicate(
    outcome: InputOutcome, winner: InputOutcome, texts: Mapping[str | None, str]
) -> InputOutcome:
    same = texts[outcome.capture_id] == texts[winner.capture_id]
    reason = Reason.SAME_ARTICLE_IN_RUN if same else Reason.OLDER_CAPTURE
    return replace(outcome, reason=reason, stage="process", detail=f"{winner.input_ref} stands for it")


def _finish(order: WorkOrder, folder: Path, result: StageResult) -> str:
    articles = result.rows.get("articles", [])
    for article in articles:
        article["run_id"] = order.run_id
    result.extend(extract_articles(articles, order.extract))
    result.rows["signatures"] = sign_articles(articles)
    tables = {name: TABLES[name].to_arrow(rows) for name, rows in result.rows.items() if rows}
    tables["outcomes"] = outcome_table(result.outcomes, order.run_id)
    return str(write_part(folder, tables))
