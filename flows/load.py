"""Load files: archive them, work them, land them, group them, check the sums."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from core.captures import Capture
from core.errors import ContractError
from core.outcomes import InputOutcome, Reason, Row
from core.settings import Settings
from flows.batches import STAGED_CAPTURES, BatchRef, StagedFile, batch_ranges
from flows.options import file_options
from flows.outcome_tables import outcome_table
from flows.process import (
    Staged,
    make_order,
    process_and_land,
)
from flows.runs import Run, RunReport, open_run, report_run
from flows.steps import DirectSteps, NoProgress, Progress, Steps
from flows.stories import group_new_articles
from tasks.acquire.files import iterate_inputs
from warehouse.archive import ArchiveWriter, Pointer, recover
from warehouse.landing import write_part
from warehouse.queries import run_query

_CHUNK_INPUTS = 1_000
_CHUNK_BYTES = 64_000_000


def load_files(
    settings: Settings,
    paths: Sequence[Path],
    *,
    outlet: str | None = None,
    published: datetime | None = None,
    steps: Steps | None = None,
    progress: Progress | None = None,
) -> RunReport:
    """Load files and folders into the lake; every input gets one outcome.

    Inputs that the lake holds already, byte for byte, are `unchanged` and cost next to nothing.
    Killed and started again, it goes on where it was: what is archived is not archived again, what
    was worked is not worked again.

    Args:
        outlet: the outlet's key for inputs that do not say one.
        published: time of publication for articles whose own is not found.

    Raises:
        ConfigError: a path that does not exist.
        TransientError: the lake is held by another writer for too long.
    """
    steps, progress = steps or DirectSteps(), progress or NoProgress()
    parameters = {"paths": [str(path) for path in paths], "outlet": outlet, "published": published}
    inputs = iterate_inputs(paths, file_options(settings, outlet))
    with open_run(settings, "load", parameters) as run:
        order = make_order(run, "process_batch", published_default=published)
        with Acquisition(run, order.fingerprint()) as acquisition:
            staged = steps.run("acquire", acquisition.take_all, inputs, progress)
            steps.run("process", process_and_land, run, order, staged, progress)
            acquisition.settle()
        steps.run("group", group_new_articles, run, progress)
        steps.run("check", check_sums, run, acquisition.taken_count)
    return report_run(run)


class Acquisition:
    """Takes inputs into the archive and stages them for the workers."""

    def __init__(self, run: Run, fingerprint: str) -> None:
        folder = run.settings.lake / "archive"
        self._run = run
        # What a crashed run archived and did not land is found again and not archived twice.
        self._writer = ArchiveWriter(
            folder, run.settings.archive.roll_bytes, run.run_id[-8:], reuse=recover(folder)
        )
        self._staged = StagedFile(run.folder, STAGED_CAPTURES, fingerprint)
        self._seen: dict[str, str] = {}
        self.taken_count = 0

    def __enter__(self) -> Acquisition:
        self._writer.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._writer.__exit__(*error)

    def settle(self) -> None:
        """The captures are landed: the archive's journal is no longer needed."""
        self._writer.settle()

    def take_all(self, inputs: Iterable[Capture | InputOutcome], progress: Progress) -> Staged:
        """Archive and stage every input; what needs no work gets its outcome at once."""
        progress.start("acquire")
        staged = Staged()
        for chunk in _cut_chunks(inputs):
            captures = [item for item in chunk if isinstance(item, Capture)]
            outcomes = [item for item in chunk if isinstance(item, InputOutcome)]
            digests = [sha256(capture.payload).hexdigest() for capture in captures]
            known = self._find_known(captures, digests)
            fresh: list[Row] = []
            for capture, digest in zip(captures, digests, strict=True):
                decided = self._decide(capture, known)
                if decided:
                    outcomes.append(decided)
                else:
                    fresh.append(self._archive(capture, digest))
            if outcomes:
                staged.parts.append(self._write_outcomes(outcomes, len(staged.parts)))
            staged.refs.extend(self._stage(fresh))
            self.taken_count += len(chunk)
            progress.advance(len(chunk))
        self._writer.secure()
        return staged

    def _find_known(self, captures: Sequence[Capture], digests: Sequence[str]) -> dict[str, Row]:
        """What the lake says of these bytes at these addresses: capture_id of ours -> its last outcome."""
        answer = run_query(
            self._run.lake,
            "known_captures",
            capture_ids=[capture.capture_id for capture in captures],
            urls=[capture.url for capture in captures],
            digests=list(digests),
        )
        return {row["capture_id"]: row for row in answer.to_pylist()}

    def _decide(self, capture: Capture, known: dict[str, Row]) -> InputOutcome | None:
        first = self._seen.setdefault(capture.capture_id, capture.input_ref)
        if first != capture.input_ref:
            return InputOutcome(
                capture.input_ref,
                Reason.SAME_ARTICLE_IN_RUN,
                "acquire",
                capture.capture_id,
                detail=f"see {first}",
            )
        row = known.get(capture.capture_id)
        if row is None:
            return None
        # Rejected bytes stay rejected, with their reason; what was accepted once is unchanged.
        rejected = row["outcome"] == "rejected"
        return InputOutcome(
            capture.input_ref,
            Reason(row["reason"]) if rejected else Reason.SAME_BYTES,
            "acquire",
            row["known_capture_id"],
            row["article_id"],
            row["detail"] if rejected else None,
        )

    def _archive(self, capture: Capture, digest: str) -> Row:
        pointer = self._writer.append(capture, sha256=digest)
        return _staged_row(capture, pointer, digest, self._run.run_id)

    def _stage(self, rows: list[Row]) -> list[BatchRef]:
        if not rows:
            return []
        engine = self._run.settings.engine
        sizes = batch_ranges(
            [row["byte_count"] for row in rows], batch_size=engine.batch_size, batch_bytes=engine.batch_bytes
        )
        return self._staged.stage(rows, [row["capture_id"] for row in rows], sizes)

    def _write_outcomes(self, outcomes: Sequence[InputOutcome], number: int) -> Path:
        name = f"outcomes-{self._run.run_id}-{number:05d}"
        return write_part(
            self._run.parts_folder / name, {"outcomes": outcome_table(outcomes, self._run.run_id)}
        )


def check_sums(run: Run, taken_count: int) -> None:
    """Every input taken has exactly one recorded outcome, or the run fails with ContractError."""
    sums = run_query(run.lake, "count_outcomes", run_id=run.run_id).to_pylist()[0]
    if not taken_count == sums["outcome_count"] == sums["input_count"]:
        raise ContractError(
            f"run {run.run_id} took {taken_count} inputs, recorded {sums['outcome_count']} outcomes and counts "
            f"{sums['input_count']}; `copydesk check` shows more"
        )


def _cut_chunks(inputs: Iterable[Capture | InputOutcome]) -> Iterator[list[Capture | InputOutcome]]:
    chunk: list[Capture | InputOutcome] = []
    size = 0
    for item in inputs:
        chunk.append(item)
        size += len(item.payload) if isinstance(item, Capture) else 0
        if len(chunk) >= _CHUNK_INPUTS or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _staged_row(capture: Capture, pointer: Pointer, digest: str, run_id: str) -> Row:
    return {
        "capture_id": capture.capture_id,
        "outlet": capture.outlet,
        "url": capture.url,
        "final_url": capture.final_url,
        "kind": capture.kind.value,
        "status_code": None,
        "content_type": capture.content_type,
        "charset": capture.charset,
        "byte_count": len(capture.payload),
        "body_sha256": digest,
        "fetched_at": capture.fetched_at,
        "warc_file": pointer.warc_file,
        "warc_offset": pointer.warc_offset,
        "warc_length": pointer.warc_length,
        "run_id": run_id,
        "hints": json.dumps(dict(capture.hints), default=str, ensure_ascii=False, sort_keys=True)
        if capture.hints
        else None,
        "month": capture.fetched_at.date().replace(day=1),
        "input_ref": capture.input_ref,
    }
