"""The archive of a run: bytes are written, referred to where the user has them, or left to the workers."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from core.captures import Capture
from core.http.exchanges import Exchange
from core.outcomes import Row
from core.settings import Settings
from flows.intake.taking.items import Taken
from flows.runs.run import Run
from warehouse.archive.references import References
from warehouse.archive.writer import ArchiveWriter, Pointer, recover


def refers_to_records(settings: Settings, copies: bool) -> bool:
    """Whether records of the user's WARC files stay where they are.

    They do not if the user wants copies, or if other machines read them: the readers of a lake on a remote store, or
    the workers of a Dask cluster.
    """
    return not copies and settings.archive_url is None and settings.engine.scheduler is None


class Archiver:
    """Brings the inputs of a run into its archive. Use it in a `with` block."""

    def __init__(self, run: Run, *, copies_records: bool) -> None:
        settings, folder = run.settings, run.settings.archive_folder
        self._run_id = run.run_id
        self._workers_from = settings.archive.workers_from
        # What a crashed run archived and did not land is reused, and not archived twice.
        self._writer = ArchiveWriter(
            folder,
            settings.archive.roll_bytes,
            run.run_id[-8:],
            reuse=recover(folder),
            publish_to=settings.archive_url,
        )
        self._references = References(folder) if refers_to_records(settings, copies_records) else None
        # An engine in this process would only take the long way round.
        self._has_workers = settings.engine.name != "inline"
        self._has_shards = False

    def __enter__(self) -> Archiver:
        self._writer.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.__exit__(kind, error, trace)
        if self._references:
            self._references.close()

    def archive(self, item: Taken, digest: str, known: Row | None, taken_count: int) -> Pointer | None:
        """Where the bytes of an input are; None if its worker archives them. Known fetched bytes are not written twice."""
        if item.exchange is not None:
            if known and not Path(known["warc_file"]).is_absolute():
                return self.note_revisit(item.capture, item.exchange, known)
            return self._writer.append_exchange(item.capture, item.exchange, sha256=digest)
        if pointer := self._refer(item.capture, digest) or self.claim(item.capture.capture_id):
            return pointer
        if self._leaves_to_workers(taken_count):
            self._has_shards = True
            return None
        return self._writer.append(item.capture, sha256=digest)

    def note_revisit(self, capture: Capture, exchange: Exchange, known: Row) -> Pointer:
        """Note in the archive that known bytes came again; returns where they are."""
        pointer = Pointer(known["warc_file"], known["warc_offset"], known["warc_length"])
        return self._writer.append_revisit(
            capture, exchange, pointer, known["known_url"], known["known_fetched_at"]
        )

    def claim(self, capture_id: str) -> Pointer | None:
        """Where a killed run archived a capture that now lands with this one, or None."""
        return self._writer.claim(capture_id)

    def secure(self) -> None:
        """Bring everything archived onto the disk."""
        self._writer.secure()

    def settle(self) -> None:
        """Everything archived so far has landed: remove the journals."""
        self._writer.settle(self._run_id if self._has_shards else None)

    def _leaves_to_workers(self, taken_count: int) -> bool:
        """Whether workers archive from here on. Only bytes that the user has in a file: those of a page that was fetched
        exist nowhere else."""
        return self._has_workers and taken_count >= self._workers_from

    def _refer(self, capture: Capture, digest: str) -> Pointer | None:
        """Where a record of the user's WARC file is, or None if it has to be copied."""
        if self._references is None or capture.origin is None:
            return None
        return self._references.find(Path(capture.origin.path), capture.origin.offset, digest)
