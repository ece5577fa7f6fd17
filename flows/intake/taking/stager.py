"""Rows of captures staged for the workers, and outcomes that need none."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from core.outcomes import InputOutcome, Row
from flows.intake.taking.items import Taken
from flows.runs.run import Run
from flows.work.batches import STAGED_CAPTURES, StagedFile, batch_ranges, grow_batch, outcome_table
from flows.work.process import Staged
from warehouse.archive.writer import Pointer
from warehouse.landing.parts import write_part


class Stager:
    """Stages what a run takes. `fingerprint` is asked for once an input needs work, see WorkOrder."""

    def __init__(self, run: Run, fingerprint: Callable[[], str]) -> None:
        self._run = run
        self._fingerprint = fingerprint
        self._file: StagedFile | None = None
        self._outcome_parts = 0
        self.staged = Staged()

    def stage(self, rows: list[Row], taken_count: int) -> None:
        """Stage these captures in batches, after `taken_count` inputs of the run."""
        if not rows:
            return
        engine = self._run.settings.engine
        # By the number taken, not by the number left: a run that continues a killed one cuts the same batches.
        sizes = batch_ranges(
            [row["byte_count"] for row in rows],
            batch_size=grow_batch(engine.batch_size, taken_count),
            batch_bytes=engine.batch_bytes,
        )
        # A part that a killed load left counts for the same bytes only if outlet and hints are the same.
        keys = [f"{row['capture_id']} {row['outlet']} {row['hints']}" for row in rows]
        if self._file is None:
            self._file = StagedFile(self._run.folder, STAGED_CAPTURES, self._fingerprint())
        self.staged.refs.extend(self._file.stage(rows, keys, sizes))

    def write_outcomes(self, outcomes: Sequence[InputOutcome]) -> None:
        """Write a part with these outcomes."""
        if not outcomes:
            return
        name = f"outcomes-{self._run.run_id}-{self._outcome_parts:05d}"
        self._outcome_parts += 1
        table = outcome_table(outcomes, self._run.run_id)
        self.staged.parts.append(write_part(self._run.parts_folder / name, {"outcomes": table}))

    def finish(self) -> Staged:
        """What was staged since the last call."""
        staged, self.staged = self.staged, Staged()
        return staged

    def remove(self) -> None:
        """Remove what was staged: it has landed."""
        if self._file:
            self._file.remove()


def make_staged_row(item: Taken, pointer: Pointer | None, digest: str, run_id: str) -> Row:
    """The row of a capture for its worker, with the payload if the worker archives it."""
    capture = item.capture
    hints = json.dumps(dict(capture.hints), default=str, ensure_ascii=False, sort_keys=True)
    row = {
        "capture_id": capture.capture_id,
        "outlet": capture.outlet,
        "url": capture.url,
        "final_url": capture.final_url,
        "kind": capture.kind.value,
        "status_code": item.exchange.status_code if item.exchange else None,
        "content_type": capture.content_type,
        "charset": capture.charset,
        "byte_count": len(capture.payload),
        "body_sha256": digest,
        "fetched_at": capture.fetched_at,
        **(pointer._asdict() if pointer else dict.fromkeys(Pointer._fields)),
        "run_id": run_id,
        "hints": hints if capture.hints else None,
        "month": capture.fetched_at.date().replace(day=1),
        "input_ref": capture.input_ref,
    }
    return row if pointer else {**row, "payload": capture.payload}
