"""What changed between an article's captures: read from the archive once, then from what was kept."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.captures import Capture, CaptureKind, make_capture_id
from core.errors import CopydeskError
from core.settings import Limits, Settings
from flows.history import Change, read_changes
from warehouse.archive.kept_texts import KeptTexts
from warehouse.archive.writer import ArchiveWriter

MORNING = datetime(2031, 5, 5, 8, tzinfo=UTC)
TEXT = (
    "Gas line explodes in Halden\n\nFour people were killed when a gas line exploded in Halden on Monday, police said."
    " The gas line ran under the old market hall, and firefighters came from three towns.\n\n"
    "The market hall had been inspected in April, and nobody had smelled gas in the weeks before."
)


@pytest.fixture
def edited(tmp_path: Path) -> tuple[Settings, list[dict[str, Any]]]:
    """Two captures of one article, the later one with another number, in an archive."""
    settings = Settings(lake=tmp_path / "lake")
    settings.lake.mkdir()
    with ArchiveWriter(settings.archive_folder, 10**9, "load") as writer:
        rows = [
            _archive(writer, TEXT, MORNING),
            _archive(writer, TEXT.replace("Four", "Six"), MORNING + timedelta(hours=1)),
        ]
    return settings, rows


def _archive(writer: ArchiveWriter, text: str, at: datetime) -> dict[str, Any]:
    payload = text.encode()
    digest = hashlib.sha256(payload).hexdigest()
    capture_id = make_capture_id("https://ash.example/gas", digest, at)
    capture = Capture(capture_id, "gas", "ash", "https://ash.example/gas", CaptureKind.TEXT, payload, at)
    pointer = writer.append(capture)
    return {
        "capture_id": capture_id,
        "outlet": "ash",
        "url": capture.url,
        "final_url": None,
        "kind": "text",
        "content_type": None,
        "charset": None,
        "fetched_at": at,
        "hints": None,
        "body_sha256": digest,
        "warc_file": pointer.warc_file,
        "warc_offset": pointer.warc_offset,
        "warc_length": pointer.warc_length,
    }


def _words(changes: list[Change]) -> list[str]:
    return [line[:12] for change in changes for line in change.lines if not line.startswith("@@")]


def test_an_edit_is_read_without_the_archive_once_it_was_read(
    edited: tuple[Settings, list[dict[str, Any]]],
) -> None:
    settings, rows = edited
    first = read_changes(settings, rows)
    assert _words(first) == ["-Four people", "+Six people "]
    shutil.rmtree(settings.archive_folder)
    assert read_changes(settings, rows) == first


def test_other_limits_and_another_capture_are_read_from_the_archive(
    edited: tuple[Settings, list[dict[str, Any]]],
) -> None:
    settings, rows = edited
    read_changes(settings, rows)
    strict = settings.model_copy(update={"limits": Limits(min_words=500)})
    assert read_changes(strict, rows) == []  # neither text is an article then
    shutil.rmtree(settings.archive_folder)
    with pytest.raises(CopydeskError):
        read_changes(settings, [rows[0], {**rows[1], "capture_id": "another"}])


def test_texts_that_cannot_be_kept_are_read_again(edited: tuple[Settings, list[dict[str, Any]]]) -> None:
    settings, rows = edited
    (settings.lake / "texts.sqlite").mkdir()
    assert len(read_changes(settings, rows)) == len(read_changes(settings, rows)) == 1


def test_what_older_code_made_is_not_found_and_goes_when_a_text_is_kept(tmp_path: Path) -> None:
    old, new = KeptTexts(tmp_path, "old"), KeptTexts(tmp_path, "new")
    assert old.find(["a"]) == {}
    assert old.keep({"a": ["One", "Two"]})
    assert new.find(["a"]) == {} and old.find(["a", "b"]) == {"a": ["One", "Two"]}
    assert new.keep({"b": ["Three"]})
    assert old.find(["a"]) == {} and new.find(["a", "b"]) == {"b": ["Three"]}


def test_a_damaged_file_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "texts.sqlite").write_bytes(b"no database" * 100)
    kept = KeptTexts(tmp_path, "new")
    assert kept.find(["a"]) == {}
    assert not kept.keep({"a": ["One"]})
