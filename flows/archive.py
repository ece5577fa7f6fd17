"""Upkeep of the archive: read every record back, repair records, write indexes for other tools."""

from __future__ import annotations

from collections.abc import Iterator

from core.settings import Settings
from flows.runs.steps import NoProgress, Progress
from warehouse.archive.cdxj import Indexed, index_archive
from warehouse.archive.repair import repair_archive
from warehouse.archive.walk import count_files, walk_archive
from warehouse.archive.writer import ArchiveProblem, Pointer, verify_archive
from warehouse.catalog.open import open_lake
from warehouse.catalog.sql_files import run_query


def verify(settings: Settings, progress: Progress | None = None) -> list[ArchiveProblem]:
    """A problem for every capture whose bytes in the archive differ from what was taken, and for every WARC file of
    the archive that is missing, cut off or altered.

    The user's own files, which were loaded without copying, are checked at the records that captures refer to.
    """
    progress = progress or NoProgress()
    with open_lake(settings, read_only=True) as lake:
        rows = run_query(lake, "capture_pointers")
    place = settings.archive_url or settings.archive_folder
    progress.start("verify", rows.num_rows + count_files(place))

    def pointers() -> Iterator[tuple[Pointer, str]]:
        for batch in rows.to_batches(max_chunksize=1_000):
            for row in batch.to_pylist():
                progress.advance(1)
                pointer = Pointer(row["warc_file"], row["warc_offset"], row["warc_length"])
                yield pointer, row["body_sha256"]

    lost = list(verify_archive(place, pointers()))
    told = {problem.pointer.warc_file for problem in lost if problem.pointer.warc_length == 0}
    walked = walk_archive(place, settings.archive_folder, progress.advance)
    return lost + [problem for problem in walked if problem.pointer.warc_file not in told]


def repair(settings: Settings, progress: Progress | None = None) -> list[ArchiveProblem]:
    """Repair records whose headers are too long for readers; returns what was done, record by record."""
    progress = progress or NoProgress()
    place = settings.archive_url or settings.archive_folder
    progress.start("repair", count_files(place))
    return list(repair_archive(place, settings.archive_folder, progress.advance))


def index(settings: Settings) -> list[Indexed]:
    """Write CDXJ indexes beside the WARC files that lack a current one, also on S3; returns what was written."""
    return index_archive(settings.archive_url or settings.archive_folder, settings.archive_folder)
