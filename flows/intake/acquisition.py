"""Inputs archived and staged for the workers; an input that needs no work gets its outcome at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import TracebackType

from core.captures import Capture
from core.errors import CopydeskError
from core.outcomes import InputOutcome, Reason, Row
from flows.intake.leftovers import Leftovers
from flows.intake.overrides import Overrides
from flows.intake.taking.archiver import Archiver
from flows.intake.taking.items import IntakeItem, Taken, cut_chunks
from flows.intake.taking.known import SeenCaptures, find_known, make_repeated, make_unchanged
from flows.intake.taking.stager import Stager, make_staged_row
from flows.runs.run import Run
from flows.runs.steps import Progress
from flows.work.process import Staged
from warehouse.archive.writer import UnreadableRecordError


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
        self._run = run
        self._archiver = Archiver(run, copies_records=copies_records)
        self._stager = Stager(run, fingerprint)
        self._overrides = overrides or Overrides()
        self._seen = SeenCaptures()
        self._leftovers: Leftovers | None = None
        self.taken_count = 0

    def __enter__(self) -> Acquisition:
        self._archiver.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archiver.__exit__(kind, error, trace)

    def take_all(self, inputs: Iterable[Capture | InputOutcome], progress: Progress) -> None:
        """Take every input of a lazy source, in chunks."""
        progress.start("acquire")
        items = (Taken(item) if isinstance(item, Capture) else item for item in inputs)
        for chunk in cut_chunks(items):
            self.take(chunk)
            progress.advance(len(chunk))

    def take(self, items: Sequence[IntakeItem]) -> None:
        """Archive and stage these inputs."""
        taken = [item for item in items if isinstance(item, Taken)]
        outcomes = [item for item in items if isinstance(item, InputOutcome)]
        fresh: list[Row] = []
        for result in self._take_each(taken):
            if isinstance(result, InputOutcome):
                outcomes.append(result)
            else:
                fresh.append(result)
        self.taken_count += len(items)
        self._stager.write_outcomes(outcomes)
        self._stager.stage(fresh, self.taken_count)

    def _take_each(self, taken: Sequence[Taken]) -> Iterable[InputOutcome | Row]:
        digests = [item.capture.digest_body() for item in taken]
        known = find_known(self._run.lake, taken, digests)
        landed = self._overrides.find_landed(
            self._run.lake, [row["known_capture_id"] for row in known.values()]
        )
        for item, digest in zip(taken, digests, strict=True):
            found = known.get(item.capture.capture_id)
            other = landed.get(found["known_capture_id"]) if found else None
            yield self._take_one(item, digest, found, other)

    def _take_one(
        self, item: Taken, digest: str, known: Row | None, landed: Row | None
    ) -> InputOutcome | Row:
        """The staged row of an input, or the outcome of one that needs no work or cannot be archived."""
        try:
            if decided := self._decide(item, known, landed is not None):
                return decided
            if landed is not None:
                return self._restate(item, landed)
            pointer = self._archiver.archive(item, digest, known, self.taken_count)
            return make_staged_row(item, pointer, digest, self._run.run_id)
        except UnreadableRecordError as error:
            detail = str(error)
        except (CopydeskError, OSError):
            raise
        except Exception as error:  # of this input alone: errors that concern all inputs are caught above
            detail = f"it cannot be archived: {type(error).__name__}: {error}"
        return InputOutcome(item.capture.input_ref, Reason.STAGE_ERROR, "acquire", detail=detail)

    def _decide(self, item: Taken, known: Row | None, is_restated: bool) -> InputOutcome | None:
        """The outcome of an input that needs no work, or None."""
        capture = item.capture
        if not self._seen.is_first(capture.capture_id):
            return make_repeated(capture)
        if known is None or is_restated:
            return None
        if known["is_superseded"]:  # an edit taken back: the article has another text now
            return None
        if item.exchange is not None:
            self._archiver.note_revisit(capture, item.exchange, known)
        self._archiver.claim(capture.capture_id)  # landed by a load that was killed before it settled
        return make_unchanged(capture, known)

    def _restate(self, item: Taken, landed: Row) -> Row:
        """The staged row of bytes that landed before, with this run's overrides; nothing is archived again."""
        staged = self._overrides.restate(landed)
        return {**staged, "run_id": self._run.run_id, "input_ref": item.capture.input_ref}

    def adopt(self, leftovers: Leftovers) -> None:
        """Take what killed runs archived and staged and did not land; `settle` removes it from their folders."""
        fresh = [row for row in leftovers.captures if self._seen.is_first(row["capture_id"])]
        for row in fresh:
            self._archiver.claim(row["capture_id"])
        self.taken_count += len(fresh) + leftovers.outcome_count
        self._stager.stage(fresh, self.taken_count)
        self._stager.staged.parts.extend(leftovers.parts)
        self._leftovers = leftovers

    @property
    def has_staged(self) -> bool:
        """Whether anything was taken since the last call of `finish`."""
        return bool(self._stager.staged.refs or self._stager.staged.parts)

    def finish(self) -> Staged:
        """Bring everything archived onto the disk; returns what there is to work, once."""
        self._archiver.secure()
        return self._stager.finish()

    def settle(self) -> None:
        """All inputs taken so far have landed: remove the archive's journals, what was staged, and what killed runs left."""
        self._archiver.settle()
        if self._leftovers:
            self._leftovers.remove()
            self._leftovers = None
        self._stager.remove()
