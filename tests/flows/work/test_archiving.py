"""Workers archive what a long load reads: the rows are the same, and every record is found again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import pytest
from lakes import ask, read_tables

from core.captures import make_capture_id
from core.outcomes import Reason, Row
from core.settings import ArchiveSettings, EngineSettings, Settings
from flows.archive import verify
from flows.load import load_files
from flows.work.archiving import archive_rows
from flows.work.batches import STAGED_CAPTURES, BatchRef, StagedFile
from flows.work.orders import WorkOrder
from flows.work.self_test import plain_article
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions
from warehouse.archive.recovery import find_shards
from warehouse.archive.writer import Pointer, read_payload, recover

RUN = "20260302T101500-5eed0001"


@pytest.fixture
def order(tmp_path: Path) -> WorkOrder:
    archive, parts = str(tmp_path / "archive"), str(tmp_path / "parts")
    return WorkOrder(
        "process_batch", RUN, "code", archive, archive, 10**9, parts, CleanOptions(), ExtractOptions()
    )


def stage(folder: Path, payloads: Sequence[bytes | None]) -> list[BatchRef]:
    """Batches of two captures each, whose bytes wait to be archived."""
    rows = [make_row(number, payload) for number, payload in enumerate(payloads)]
    ranges = [range(first, min(first + 2, len(rows))) for first in range(0, len(rows), 2)]
    return StagedFile(folder, STAGED_CAPTURES, "work").stage(
        rows, [row["capture_id"] for row in rows], ranges
    )


def make_row(number: int, payload: bytes | None) -> Row:
    article = plain_article()
    url, digest = f"file:///desk/{number}.txt", sha256(payload or b"").hexdigest()
    row = dict.fromkeys(STAGED_CAPTURES.names)
    row |= {"capture_id": make_capture_id(url, digest, article.fetched_at), "outlet": "desk", "url": url}
    row |= {"kind": "text", "byte_count": len(payload or b""), "body_sha256": digest, "payload": payload}
    return row | {"fetched_at": article.fetched_at, "run_id": RUN, "input_ref": url}


def read_back(order: WorkOrder, row: Row) -> bytes:
    pointer = Pointer(row["warc_file"], row["warc_offset"], row["warc_length"])
    return read_payload(order.archive, pointer, sha256=row["body_sha256"])


def test_a_batch_reads_only_its_own_rows(tmp_path: Path) -> None:
    refs = stage(tmp_path, [b"fog", b"tide", b"wind", b"rain", b"hail"])
    assert [[row["payload"] for row in ref.read_rows()] for ref in refs] == [
        [b"fog", b"tide"],
        [b"wind", b"rain"],
        [b"hail"],
    ]
    assert [row["payload"] for half in refs[1].split() for row in half.read_rows()] == [b"wind", b"rain"]


def test_every_capture_of_a_batch_is_readable_by_its_pointer(tmp_path: Path, order: WorkOrder) -> None:
    ref = stage(tmp_path, [b"fog", b"tide"])[0]
    rows, outcomes = archive_rows(order, ref, ref.read_rows())
    assert outcomes == []
    assert [read_back(order, row) for row in rows] == [b"fog", b"tide"]
    assert len(recover(Path(order.archive))) == 2  # the journal stays until the run settles


def test_a_half_of_a_batch_archives_nothing_twice(tmp_path: Path, order: WorkOrder) -> None:
    ref = stage(tmp_path, [b"fog", b"tide"])[0]
    rows, _ = archive_rows(order, ref, ref.read_rows())
    halves = [archive_rows(order, half, half.read_rows())[0] for half in ref.split()]
    assert [row for half in halves for row in half] == rows
    assert len(list(Path(order.archive).glob("*.warc.gz"))) == 1


def test_a_worker_that_died_while_it_wrote_leaves_what_was_whole(tmp_path: Path, order: WorkOrder) -> None:
    ref = stage(tmp_path, [b"fog", b"tide"])[0]
    first, second = (row["warc_offset"] for row in archive_rows(order, ref, ref.read_rows())[0])
    file = next(Path(order.archive).glob("*.warc.gz"))
    file.write_bytes(file.read_bytes()[: second + 10])
    rows, _ = archive_rows(order, ref, ref.read_rows())
    assert [read_back(order, row) for row in rows] == [b"fog", b"tide"]
    assert rows[0]["warc_offset"] == first
    assert rows[0]["warc_file"] != rows[1]["warc_file"]


def test_an_input_that_cannot_be_archived_has_its_outcome_and_the_others_are_archived(
    tmp_path: Path, order: WorkOrder
) -> None:
    ref = stage(tmp_path, [None, b"tide"])[0]
    rows, outcomes = archive_rows(order, ref, ref.read_rows())
    assert [read_back(order, row) for row in rows] == [b"tide"]
    assert [(one.input_ref, one.reason, one.stage) for one in outcomes] == [
        ("file:///desk/0.txt", Reason.STAGE_ERROR, "acquire")
    ]


def test_the_files_of_one_run_are_not_those_of_another(tmp_path: Path, order: WorkOrder) -> None:
    ref = stage(tmp_path, [b"fog"])[0]
    archive_rows(order, ref, ref.read_rows())
    archive_rows(replace(order, run_id="20260302T101500-0ther002"), ref, ref.read_rows())
    assert [len(find_shards(Path(order.archive), run)) for run in (RUN, "0ther002", "nobody")] == [1, 1, 0]


@pytest.mark.timeout(300)
@pytest.mark.slow  # whole loads with workers
@pytest.mark.parametrize("engine", ["local", "dask"])
def test_a_load_whose_workers_archive_makes_the_same_tables(
    engine: str, tmp_path: Path, articles: Path, settings: Settings
) -> None:
    load_files(settings, [articles])
    other = Settings(
        lake=tmp_path / "other",
        engine=EngineSettings(name=engine, workers=2, batch_size=2),  # type: ignore[arg-type]
        archive=ArchiveSettings(workers_from=0),
    )
    report = load_files(other, [articles])
    assert report.counts == {"accepted": 3}
    assert read_tables(other) == read_tables(settings)
    files = {name for (name,) in ask(other, "SELECT DISTINCT warc_file FROM captures")}
    assert len(files) == 2
    assert all(f"-{report.run_id[-8:]}w" in name for name in files)
    assert verify(other) == []
    archive = other.archive_folder
    assert {file.name for file in archive.iterdir()} == files | {f"{name}.sha256" for name in files}
    assert load_files(other, [articles]).counts == {"unchanged": 3}


def test_a_load_that_was_killed_before_it_settled_leaves_no_journal_for_ever(
    articles: Path, settings: Settings
) -> None:
    with patch("flows.intake.taking.archiver.ArchiveWriter.settle"):
        load_files(settings, [articles])
    assert list(settings.archive_folder.glob("*.journal"))
    load_files(settings, [articles])
    assert list(settings.archive_folder.glob("*.journal")) == []
    assert len(list(settings.archive_folder.glob("*.sha256"))) == 1
