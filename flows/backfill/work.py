"""Work archived articles again, chunk by chunk; a backfill that was stopped continues where it was."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from core.errors import ConfigError, TransientError
from core.outcomes import Row
from core.settings import Settings
from core.tables import TABLES
from flows.backfill.plan import BackfillPlan, plan_backfill
from flows.backfill.report import BackfillReport, lock_of, make_report, read_backfill
from flows.backfill.request import BackfillRequest
from flows.questions import ask_stale_stories
from flows.runs.run import Run, close_crashed_runs, open_run
from flows.runs.steps import DirectSteps, NoProgress, Progress, RunSteps
from flows.stories import group_new_articles, regroup_articles
from flows.work.batches import STAGED_CAPTURES, StagedFile, batch_ranges
from flows.work.process import Staged, make_order, process_and_land
from warehouse.catalog.open import Lake, open_lake
from warehouse.catalog.sql_files import run_query
from warehouse.landing.backfills import mark_grouped, query_items, record_backfill


def begin_backfill(settings: Settings, request: BackfillRequest, *, plan: BackfillPlan | None = None) -> str:
    """The id of a new backfill, planned (unless given) and recorded, whose chunks `resume_backfill` works."""
    backfill, chunks = (plan or plan_backfill(settings, request)).to_rows()
    with open_lake(settings) as lake:
        record_backfill(lake, backfill, chunks)
    return str(backfill["backfill_id"])


def resume_backfill(
    settings: Settings, backfill_id: str, *, steps: RunSteps | None = None, progress: Progress | None = None
) -> BackfillReport:
    """Work the chunks that are not done yet.

    A crash loses at most the running chunk: it is worked again. Raises ConfigError for an unknown or
    finished backfill, TransientError when another process works at it.
    """
    steps, progress = steps or DirectSteps(), progress or NoProgress()
    with ExitStack() as held:
        with open_lake(settings) as lake:
            read_backfill(lake, backfill_id)  # one that is not known gets no lock
            held.enter_context(_held(settings, backfill_id))
            backfill, chunks = read_backfill(
                lake, backfill_id
            )  # as the process that held it before left them
            _refuse_ended(backfill)
            _set_state(lake, backfill, "running")
        try:
            state = _work_chunks(share_cores(settings, backfill), backfill, chunks, steps, progress)
        except BaseException as error:
            with open_lake(settings) as lake:
                if read_backfill(lake, backfill_id)[0]["state"] != "cancelled":
                    # Ctrl-C, and what Prefect raises for a run that is cancelled, are not Exceptions.
                    _set_state(lake, backfill, "failed" if isinstance(error, Exception) else "paused")
            raise
        with open_lake(settings) as lake:
            close_crashed_runs(lake, settings)  # no chunk was left if only the end of a run is missing
            if state == "completed":
                _set_state(lake, backfill, state)
            return make_report(lake, settings, backfill_id)


def set_backfill_state(settings: Settings, backfill_id: str, state: str) -> BackfillReport:
    """Pause or cancel: the running chunk is finished, then no further one begins."""
    with open_lake(settings) as lake:
        backfill, _ = read_backfill(lake, backfill_id)
        _refuse_ended(backfill)
        _set_state(lake, backfill, state)
        return make_report(lake, settings, backfill_id)


def _refuse_ended(backfill: Row) -> None:
    if backfill["state"] in ("completed", "cancelled"):
        raise ConfigError(
            f"backfill {backfill['backfill_id']} is {backfill['state']} already; start a new one"
        )


@contextmanager
def _held(settings: Settings, backfill_id: str) -> Iterator[None]:
    """Keep other processes from working on the backfill."""
    try:
        with FileLock(lock_of(settings, backfill_id)).acquire(timeout=0):
            yield
    except Timeout as error:
        raise TransientError(
            f"another process is working on backfill {backfill_id}; try again when it ends"
        ) from error


def share_cores(settings: Settings, backfill: Row) -> Settings:
    """The settings with as many workers as the backfill's share of the cores allows."""
    share = json.loads(backfill["parameters"])["core_share"]
    cores = os.cpu_count() or 1
    workers = min(settings.engine.workers or cores, max(1, int(cores * share)))
    return settings.model_copy(update={"engine": settings.engine.model_copy(update={"workers": workers})})


def _set_state(lake: Lake, backfill: Row, state: str) -> None:
    finished = datetime.now(UTC) if state in ("completed", "cancelled", "failed") else None
    record_backfill(lake, {**backfill, "state": state, "finished_at": finished})


def _work_chunks(
    settings: Settings, backfill: Row, chunks: Sequence[Row], steps: RunSteps, progress: Progress
) -> str:
    """`completed`, or the state that stopped it before the next chunk."""
    pending = [chunk for chunk in chunks if chunk["state"] != "done"]
    progress.start("backfill", sum(len(chunk["item_ids"]) for chunk in pending))
    for chunk in pending:
        name = f"chunk {chunk['chunk_number']}"
        state = steps.run(name, _work_chunk, settings, backfill, chunk, progress)
        if state != "running" and chunk is not pending[-1]:
            return state
    return "completed"


def _work_chunk(settings: Settings, backfill: Row, chunk: Row, progress: Progress) -> str:
    """Work a chunk; returns the state of the backfill, which can have been paused or cancelled meanwhile."""
    parameters = {"backfill_id": backfill["backfill_id"], "chunk": chunk["chunk_number"]}
    started_at = datetime.now(UTC)
    with open_run(settings, "backfill", parameters) as run:
        begun = {
            **chunk,
            "state": "running",
            "run_id": run.run_id,
            "started_at": started_at,
            "rows_before": _count_rows(run, chunk),
            "snapshot_before": run.lake.snapshot_id,
            "error": None,
        }
        record_backfill(run.lake, chunks=[begun])
        try:
            STAGE_WORK[backfill["stage"]](run, chunk["item_ids"], progress)
        except Exception as error:
            record_backfill(run.lake, chunks=[{**begun, "state": "failed", "error": str(error)}])
            raise
        finished_at = datetime.now(UTC)
        done = {
            **begun,
            "state": "done",
            "finished_at": finished_at,
            "seconds": (finished_at - started_at).total_seconds(),
            "rows_after": _count_rows(run, chunk),
            "snapshot_after": run.lake.snapshot_id,
        }
        record_backfill(run.lake, chunks=[done])
        return str(read_backfill(run.lake, backfill["backfill_id"])[0]["state"])


def _count_rows(run: Run, chunk: Row) -> str:
    return json.dumps(query_items(run.lake, "backfill_row_counts", chunk["item_ids"]).to_pylist())


def _clean_again(run: Run, capture_ids: list[str], progress: Progress) -> None:
    captures = run_query(run.lake, "captures_by_id", ids=capture_ids).to_pylist()
    # In a backfill an input is a capture, known by its id.
    rows = [{**row, "input_ref": row["capture_id"]} for row in captures]
    order = make_order(run, "process_batch")
    staged = StagedFile(run.folder, STAGED_CAPTURES, f"{order.fingerprint()} {run.run_id}")
    refs = staged.stage(rows, capture_ids, _ranges(run, [row["byte_count"] for row in rows]))
    process_and_land(run, lambda: order, Staged(refs), _OnlyAdvance(progress), replace=True)
    group_new_articles(run, NoProgress())


def _extract_again(run: Run, article_ids: list[str], progress: Progress) -> None:
    rows = query_items(run.lake, "articles_by_id", article_ids).to_pylist()
    order = make_order(run, "extract_batch")
    staged = StagedFile(run.folder, TABLES["articles"].schema, f"{order.fingerprint()} {run.run_id}")
    refs = staged.stage(rows, article_ids, _ranges(run, [len(row["body_text"]) for row in rows]))
    process_and_land(
        run, lambda: order, Staged(refs), _OnlyAdvance(progress), replace=True, keep=("removed_lines",)
    )
    ask_stale_stories(run)


def _group_again(run: Run, article_ids: list[str], progress: Progress) -> None:
    regroup_articles(run, article_ids)
    mark_grouped(run.lake, article_ids)
    progress.advance(len(article_ids))


# How the items of a chunk are worked again, by stage.
STAGE_WORK: dict[str, Callable[[Run, list[str], Progress], None]] = {
    "clean": _clean_again,
    "extract": _extract_again,
    "stories": _group_again,
}


def _ranges(run: Run, sizes: list[int]) -> list[range]:
    engine = run.settings.engine
    return list(batch_ranges(sizes, batch_size=engine.batch_size, batch_bytes=engine.batch_bytes))


class _OnlyAdvance:
    """Reports the progress of a chunk to the one bar of the backfill."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def start(self, step: str, total: int | None = None) -> None:
        """The bar of the backfill has started already."""

    def expect(self, part: str, count: int) -> None:
        """Chunks have no parts."""

    def advance(self, count: int, part: str | None = None) -> None:
        """`count` more inputs are done."""
        self._progress.advance(count)
