"""Inputs archived and staged for the workers; an input that needs no work gets its outcome at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from core.captures import Capture
from core.errors import CopydeskError
from core.http.exchanges import Exchange
from core.outcomes import InputOutcome, Reason, Row
from core.settings import Settings
from flows.intake.leftovers import Leftovers
from flows.intake.overrides import Overrides
from flows.runs.run import Run
from flows.runs.steps import Progress
from flows.work.batches import STAGED_CAPTURES, BatchRef, StagedFile, batch_ranges, grow_batch, outcome_table
from flows.work.process import Staged
from warehouse.archive.references import References
from warehouse.archive.writer import ArchiveWriter, Pointer, UnreadableRecordError, recover
from warehouse.catalog.sql_files import run_query
from warehouse.landing.parts import write_part

_CHUNK_INPUTS = 1_000
_LATER_CHUNK_INPUTS = 4_000  # the lake is asked once for each chunk what it knows of it
_CHUNK_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """A capture on its way into the archive; fetched pages have an `exchange`."""

    capture: Capture
    exchange: Exchange | None = None

    def renamed(self, input_ref: str) -> Taken:
        """The capture under another reference."""
        return Taken(replace(self.capture, input_ref=input_ref), self.exchange)


IntakeItem = Taken | InputOutcome


def refers_to_records(settings: Settings, copies: bool) -> bool:
    """Whether records of the user's WARC files stay where they are.

    They do not if the user wants copies, or if other machines read them: the readers of a lake on a remote store, or
    the workers of a Dask cluster.
    """
    return not copies and settings.archive_url is None and settings.engine.scheduler is None


class Acquisition:
    """Archives and stages the inputs of a run. Use it in a `with` block, and `settle` once the inputs have landed.

    With `copies_records` the records of the user's WARC files are copied instead of being referenced, see
    refers_to_records. `overrides` hold for all inputs: an input that landed with other values is worked again.
    `fingerprint` is asked for once an input needs work, see WorkOrder.
    """

    def __init__(
        self,
        run: Run,
        fingerprint: Callable[[], str],
        *,
        copies_records: bool = False,
        overrides: Overrides | None = None,
    ) -> None:
        settings, folder = run.settings, run.settings.archive_folder
        self._run = run
        # What a crashed run archived and did not land is reused, and not archived twice.
        self._writer = ArchiveWriter(
            folder,
            settings.archive.roll_bytes,
            run.run_id[-8:],
            reuse=recover(folder),
            publish_to=settings.archive_url,
        )
        self._references = References(folder) if refers_to_records(settings, copies_records) else None
        self._overrides = overrides or Overrides()
        self._fingerprint = fingerprint
        # An engine in this process would only take the long way round.
        self._has_workers = settings.engine.name != "inline"
        self._has_shards = False
        self._file: StagedFile | None = None
        # Numbers, not strings: a run can hold a million of them.
        self._seen: set[int] = set()
        self._staged = Staged()
        self._leftovers: Leftovers | None = None
        self._outcome_parts = 0
        self.taken_count = 0

    def __enter__(self) -> Acquisition:
        self._writer.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.__exit__(kind, error, trace)
        if self._references:
            self._references.close()

    def take_all(self, inputs: Iterable[Capture | InputOutcome], progress: Progress) -> None:
        """Take every input of a lazy source, in chunks."""
        progress.start("acquire")
        items = (Taken(item) if isinstance(item, Capture) else item for item in inputs)
        for chunk in _cut_chunks(items):
            self.take(chunk)
            progress.advance(len(chunk))

    def take(self, items: Sequence[IntakeItem]) -> None:
        """Archive and stage these inputs."""
        taken = [item for item in items if isinstance(item, Taken)]
        outcomes = [item for item in items if isinstance(item, InputOutcome)]
        digests = [item.capture.digest_body() for item in taken]
        known = self._find_known(taken, digests)
        landed = self._overrides.find_landed(
            self._run.lake, [row["known_capture_id"] for row in known.values()]
        )
        fresh: list[Row] = []
        for item, digest in zip(taken, digests, strict=True):
            found = known.get(item.capture.capture_id)
            other = landed.get(found["known_capture_id"]) if found else None
            result = self._take_one(item, digest, found, other)
            if isinstance(result, InputOutcome):
                outcomes.append(result)
            else:
                fresh.append(result)
        self.taken_count += len(items)
        self._write_outcomes(outcomes)
        self._staged.refs.extend(self._stage(fresh))

    def _take_one(
        self, item: Taken, digest: str, known: Row | None, landed: Row | None
    ) -> InputOutcome | Row:
        """The staged row of an input, or the outcome of one that needs no work or cannot be archived."""
        try:
            if decided := self._decide(item, known, landed is not None):
                return decided
            return self._restate(item, landed) if landed is not None else self._archive(item, digest, known)
        except UnreadableRecordError as error:
            detail = str(error)
        except (CopydeskError, OSError):
            raise
        except Exception as error:  # of this input alone: errors that concern all inputs are caught above
            detail = f"it cannot be archived: {type(error).__name__}: {error}"
        return InputOutcome(item.capture.input_ref, Reason.STAGE_ERROR, "acquire", detail=detail)

    def adopt(self, leftovers: Leftovers) -> None:
        """Take what killed runs archived and staged and did not land; `settle` removes it from their folders."""
        fresh = [row for row in leftovers.captures if self._is_first(row["capture_id"])]
        for row in fresh:
            self._writer.claim(row["capture_id"])
        self.taken_count += len(fresh) + leftovers.outcome_count
        self._staged.refs.extend(self._stage(fresh))
        self._staged.parts.extend(leftovers.parts)
        self._leftovers = leftovers

    @property
    def has_staged(self) -> bool:
        """Whether anything was taken since the last call of `finish`."""
        return bool(self._staged.refs or self._staged.parts)

    def finish(self) -> Staged:
        """Bring everything archived onto the disk; returns what there is to work, once."""
        self._writer.secure()
        staged, self._staged = self._staged, Staged()
        return staged

    def settle(self) -> None:
        """All inputs taken so far have landed: remove the archive's journals, what was staged, and what killed runs left."""
        self._writer.settle(self._run.run_id if self._has_shards else None)
        if self._leftovers:
            self._leftovers.remove()
            self._leftovers = None
        if self._file:
            self._file.remove()

    def _find_known(self, taken: Sequence[Taken], digests: Sequence[str]) -> dict[str, Row]:
        """What the lake knows of these bytes at these addresses: the last outcome, by our capture_id."""
        if not taken:
            return {}
        answer = run_query(
            self._run.lake,
            "known_captures",
            capture_ids=[item.capture.capture_id for item in taken],
            urls=[item.capture.url for item in taken],
            digests=list(digests),
            fetched_at=[item.capture.fetched_at.isoformat() for item in taken],
        )
        return {row["capture_id"]: row for row in answer.to_pylist()}

    def _restate(self, item: Taken, landed: Row) -> Row:
        """The staged row of bytes that landed before, with this run's overrides; nothing is archived again."""
        staged = self._overrides.restate(landed)
        return {**staged, "run_id": self._run.run_id, "input_ref": item.capture.input_ref}

    def _decide(self, item: Taken, known: Row | None, is_restated: bool) -> InputOutcome | None:
        """The outcome of an input that needs no work, or None."""
        capture = item.capture
        if not self._is_first(capture.capture_id):
            detail = "the same bytes came from the same address before, in this run"
            return InputOutcome(
                capture.input_ref, Reason.SAME_ARTICLE_IN_RUN, "acquire", capture.capture_id, detail=detail
            )
        if known is None or is_restated:
            return None
        if known["is_superseded"]:  # an edit taken back: the article has another text now
            return None
        if item.exchange is not None:
            self._note_revisit(item, item.exchange, known)
        self._writer.claim(capture.capture_id)  # landed by a load that was killed before it settled
        # Rejected bytes stay rejected, with their reason; what was accepted once is unchanged.
        rejected = known["outcome"] == "rejected"
        return InputOutcome(
            capture.input_ref,
            Reason(known["reason"]) if rejected else Reason.SAME_BYTES,
            "acquire",
            known["known_capture_id"],
            known["article_id"],
            known["detail"] if rejected else None,
        )

    def _is_first(self, capture_id: str) -> bool:
        number = int(capture_id[:16], 16)
        is_first = number not in self._seen
        self._seen.add(number)
        return is_first

    def _note_revisit(self, item: Taken, exchange: Exchange, known: Row) -> Pointer:
        """Note in the archive that known bytes came again; returns where they are."""
        pointer = Pointer(known["warc_file"], known["warc_offset"], known["warc_length"])
        return self._writer.append_revisit(
            item.capture, exchange, pointer, known["known_url"], known["known_fetched_at"]
        )

    def _archive(self, item: Taken, digest: str, known: Row | None) -> Row:
        """Archive an input and return its staged row; fetched bytes that are known are not archived twice."""
        capture = item.capture
        pointer: Pointer | None
        if item.exchange is not None and known and not Path(known["warc_file"]).is_absolute():
            pointer = self._note_revisit(item, item.exchange, known)
        elif item.exchange is not None:
            pointer = self._writer.append_exchange(capture, item.exchange, sha256=digest)
        else:
            pointer = self._refer(capture, digest) or self._writer.claim(capture.capture_id)
            if pointer is None and self._leaves_to_workers():
                self._has_shards = True
                return {**_staged_row(item, None, digest, self._run.run_id), "payload": capture.payload}
            pointer = pointer or self._writer.append(capture, sha256=digest)
        return _staged_row(item, pointer, digest, self._run.run_id)

    def _leaves_to_workers(self) -> bool:
        """Whether workers archive from here on. Only bytes that the user has in a file: those of a page that was fetched
        exist nowhere else."""
        return self._has_workers and self.taken_count >= self._run.settings.archive.workers_from

    def _refer(self, capture: Capture, digest: str) -> Pointer | None:
        """Where a record of the user's WARC file is, or None if it has to be copied."""
        if self._references is None or capture.origin is None:
            return None
        return self._references.find(Path(capture.origin.path), capture.origin.offset, digest)

    def _stage(self, rows: list[Row]) -> list[BatchRef]:
        if not rows:
            return []
        engine = self._run.settings.engine
        # By the number taken, not by the number left: a run that continues a killed one cuts the same batches.
        sizes = batch_ranges(
            [row["byte_count"] for row in rows],
            batch_size=grow_batch(engine.batch_size, self.taken_count),
            batch_bytes=engine.batch_bytes,
        )
        # A part that a killed load left counts for the same bytes only if outlet and hints are the same.
        keys = [f"{row['capture_id']} {row['outlet']} {row['hints']}" for row in rows]
        if self._file is None:
            self._file = StagedFile(self._run.folder, STAGED_CAPTURES, self._fingerprint())
        return self._file.stage(rows, keys, sizes)

    def _write_outcomes(self, outcomes: Sequence[InputOutcome]) -> None:
        if outcomes:
            name = f"outcomes-{self._run.run_id}-{self._outcome_parts:05d}"
            self._outcome_parts += 1
            table = outcome_table(outcomes, self._run.run_id)
            self._staged.parts.append(write_part(self._run.parts_folder / name, {"outcomes": table}))


def _cut_chunks(items: Iterable[IntakeItem]) -> Iterator[list[IntakeItem]]:
    chunk: list[IntakeItem] = []
    size, most = 0, _CHUNK_INPUTS
    for item in items:
        chunk.append(item)
        size += len(item.capture.payload) if isinstance(item, Taken) else 0
        if len(chunk) >= most or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size, most = [], 0, _LATER_CHUNK_INPUTS
    if chunk:
        yield chunk


def _staged_row(item: Taken, pointer: Pointer | None, digest: str, run_id: str) -> Row:
    capture = item.capture
    hints = json.dumps(dict(capture.hints), default=str, ensure_ascii=False, sort_keys=True)
    return {
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
