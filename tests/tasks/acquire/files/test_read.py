"""Pages and texts in files: each good one is a capture, each bad one an outcome that says what is wrong."""

from __future__ import annotations

import gzip
import os
import random
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
import zstandard

from core.captures import Capture, CaptureKind
from core.outcomes import InputOutcome, Outcome, Reason
from tasks.acquire.base.naming import modified_at
from tasks.acquire.files.read import FileOptions, iterate_inputs
from tasks.acquire.files.records import READERS

PAGE = b"<html><title>Ferry stopped</title><p>The ferry to Orsay did not sail on Friday.</p></html>"


def only_capture(items: list) -> Capture:
    (item,) = items
    assert isinstance(item, Capture), item
    return item


def only_outcome(items: list) -> InputOutcome:
    (item,) = items
    assert isinstance(item, InputOutcome), item
    return item


def test_a_page_is_captured_with_its_bytes_its_file_address_and_its_time_of_modification(folder, read):
    path = folder / "ferry.html"
    path.write_bytes(PAGE)
    os.utime(path, ns=(0, 1_772_366_400_123_456_789))
    capture = only_capture(read(path))
    assert capture.payload == PAGE
    assert capture.kind is CaptureKind.HTML
    assert capture.url == path.as_uri()
    assert capture.web_url is None
    assert capture.input_ref == str(path)
    assert capture.fetched_at == datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def test_the_same_file_is_the_same_capture_each_time_and_another_once_it_changed(folder, read):
    path = folder / "ferry.html"
    path.write_bytes(PAGE)
    first, again = (only_capture(read(path)).capture_id for _ in range(2))
    path.write_bytes(PAGE + b" ")
    assert first == again
    assert only_capture(read(path)).capture_id != first


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", CaptureKind.HTML),
        ("a.HTM", CaptureKind.HTML),
        ("a.xhtml", CaptureKind.HTML),
        ("a.txt", CaptureKind.TEXT),
        ("a.md", CaptureKind.TEXT),
    ],
)
def test_the_suffix_tells_the_kind(name, kind, folder, read):
    (folder / name).write_bytes(PAGE)
    assert only_capture(read(folder)).kind is kind


@pytest.mark.parametrize(("suffix", "compress"), [(".gz", gzip.compress), (".zst", zstandard.compress)])
def test_compressed_pages_are_read_as_what_is_in_them(suffix, compress, folder, read):
    (folder / f"a.html{suffix}").write_bytes(compress(PAGE) + compress(PAGE))
    assert only_capture(read(folder)).payload == PAGE * 2


def test_the_outlet_is_the_users_word_or_the_folders_name(folder, read):
    path = folder / "a.txt"
    path.write_bytes(PAGE)
    assert only_capture(read(path)).outlet == "morning-star"
    assert only_capture(read(path, outlet="evening-star")).outlet == "evening-star"


def test_a_folder_without_a_latin_name_still_gives_an_outlet_key(tmp_path, read):
    (tmp_path / "утро").mkdir()
    (tmp_path / "утро" / "a.txt").write_bytes(PAGE)
    assert only_capture(read(tmp_path / "утро")).outlet == "unknown"


BAD_BYTES = {
    "empty": (b"", Reason.EMPTY, "no bytes"),
    "blank": (b" \n\r\n\x00\x00 \t", Reason.EMPTY, "blanks"),
    "only a byte order mark": (b"\xef\xbb\xbf", Reason.EMPTY, "blanks"),
    "random": (random.Random(1).randbytes(5000), Reason.BINARY, "binary data"),
    "pdf": (b"%PDF-1.7\nstream", Reason.BINARY, "a PDF document"),
    "png": (b"\x89PNG\r\n\x1a\n", Reason.BINARY, "a PNG image"),
    "gzip in disguise": (gzip.compress(PAGE), Reason.BINARY, "gzip data without .gz"),
    "too large": (b"<p>" + b"a" * 50_000, Reason.TOO_LARGE, "more than 50,000 bytes"),
}


@pytest.mark.parametrize("what", BAD_BYTES)
def test_a_file_that_is_no_text_is_rejected_with_the_reason(what, folder, read):
    data, reason, detail = BAD_BYTES[what]
    (folder / "a.html").write_bytes(data)
    outcome = only_outcome(read(folder, max_input_bytes=50_000))
    assert outcome.reason is reason
    assert detail in (outcome.detail or "")
    assert outcome.outcome is Outcome.REJECTED
    assert outcome.stage == "acquire"


@pytest.mark.parametrize(
    "data",
    [
        PAGE.decode().encode("utf-16"),
        PAGE.decode().encode("utf-32"),
        PAGE.decode().encode("utf-16-le"),
        "Der Fährverkehr ruht – “bis auf Weiteres”.".encode("cp1252"),
        "Паром не вышел".encode("koi8-r"),
        "渡し船は出なかった".encode("shift-jis"),
        "渡し船は出なかった".encode("iso-2022-jp"),
        PAGE[:40] + b"\x00" + PAGE[40:],
    ],
)
def test_texts_in_any_encoding_and_null_bytes_are_left_to_the_cleaning(data, folder, read):
    (folder / "a.txt").write_bytes(data)
    assert only_capture(read(folder)).payload == data


def test_a_gzip_bomb_is_not_read_to_its_end(folder, read):
    (folder / "a.html.gz").write_bytes(gzip.compress(bytes(30_000_000)))
    tracemalloc.start()
    outcome = only_outcome(read(folder, max_input_bytes=1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome.reason is Reason.COMPRESSION_BOMB
    assert "more than 200 times" in (outcome.detail or "")
    assert peak < 10_000_000


def test_a_zstd_bomb_is_not_read_to_its_end(folder, read):
    (folder / "a.html.zst").write_bytes(zstandard.compress(bytes(30_000_000)))
    tracemalloc.start()
    outcome = only_outcome(read(folder, max_input_bytes=1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome.reason is Reason.COMPRESSION_BOMB
    assert peak < 80_000_000


@pytest.mark.parametrize(("suffix", "compress"), [(".gz", gzip.compress), (".zst", zstandard.compress)])
def test_a_large_page_that_is_no_bomb_is_too_large(suffix, compress, folder, read):
    (folder / f"a.html{suffix}").write_bytes(compress(random.Random(1).randbytes(60_000).hex().encode()))
    assert only_outcome(read(folder, max_input_bytes=50_000)).reason is Reason.TOO_LARGE


@pytest.mark.parametrize(("suffix", "compress"), [(".gz", gzip.compress), (".zst", zstandard.compress)])
@pytest.mark.parametrize("kept", [0.5, 0.99])
def test_a_truncated_compressed_page_is_a_broken_archive(suffix, compress, kept, folder, read):
    data = compress(random.Random(1).randbytes(3000).hex().encode())
    (folder / f"a.html{suffix}").write_bytes(data[: int(len(data) * kept)])
    outcome = only_outcome(read(folder))
    assert outcome.reason is Reason.BROKEN_ARCHIVE
    assert outcome.outcome is Outcome.QUARANTINED


def test_garbage_named_gz_is_a_broken_archive(folder, read):
    (folder / "a.html.gz").write_bytes(PAGE)
    assert only_outcome(read(folder)).reason is Reason.BROKEN_ARCHIVE


def test_each_file_of_a_kind_that_is_not_read_is_named(folder, read):
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "README").write_bytes(PAGE)
    readme, photo = read(folder)
    assert readme.reason is photo.reason is Reason.UNSUPPORTED_TYPE
    assert "'.jpg'" in photo.detail or ".jpg is not read" in photo.detail
    assert "without suffix" in readme.detail


def test_a_file_that_vanishes_between_listing_and_reading_costs_only_itself(folder):
    for name in "abc":
        (folder / f"{name}.html").write_bytes(PAGE)
    items = iterate_inputs([folder], FileOptions())
    first = next(items)
    (folder / "b.html").unlink()
    gone, last = items
    assert isinstance(first, Capture)
    assert isinstance(gone, InputOutcome)
    assert gone.reason is Reason.VANISHED
    assert gone.input_ref.endswith("b.html")
    assert isinstance(last, Capture)


@pytest.mark.parametrize("name", ["b.html", "b.jsonl", "b.csv", "b.json", "b.parquet", "b.warc.gz"])
def test_a_file_that_may_not_be_read_costs_only_itself(name, folder, read, monkeypatch):
    (folder / name).write_bytes(PAGE)
    (folder / "z.html").write_bytes(PAGE)
    deny(monkeypatch, folder / name)
    closed, other = read(folder)
    assert closed.reason is Reason.UNREADABLE
    assert "no permission" in closed.detail
    assert isinstance(other, Capture)


def deny(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Make the file unreadable even for root, who may read everything."""
    real_stat = Path.stat

    def stat(self: Path, **options: bool) -> os.stat_result:
        if self == path and is_reading():
            raise PermissionError(13, "Permission denied", str(self))
        return real_stat(self, **options)

    def is_reading() -> bool:
        import inspect

        return any("listing.py" in frame.filename for frame in inspect.stack()) is False

    monkeypatch.setattr(Path, "stat", stat)


def test_memory_stays_flat_over_many_files(tmp_path):
    for n in range(1000):
        (tmp_path / f"{n}.html").write_bytes(PAGE * 100)
    tracemalloc.start()
    count = sum(isinstance(item, Capture) for item in iterate_inputs([tmp_path], FileOptions()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1000
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("seconds", "year"),
    [(10**12, 2200), (-(10**12), 1900), (-(10**11), 1900), (4 * 10**9, 2096), (-(10**9), 1938)],
)
def test_a_file_whose_clock_was_wrong_has_a_time_that_can_be_reckoned_with(seconds, year):
    assert modified_at(Mock(st_mtime_ns=seconds * 10**9)).year == year


def test_an_error_that_nobody_expected_costs_its_page_alone(folder, read, monkeypatch):
    def judge_or_fail(ref, payload, limit):
        if payload.startswith(b"bad"):
            raise ArithmeticError("nobody thought of it")

    monkeypatch.setattr("tasks.acquire.files.single_files.judge_payload", judge_or_fail)
    for name, text in (("a", "good"), ("b", "bad"), ("c", "good")):
        (folder / f"{name}.txt").write_text(text)
    items = read(folder)
    assert [getattr(item, "reason", None) for item in items] == [None, Reason.STAGE_ERROR, None]
    assert items[1].input_ref == str(folder / "b.txt")


def test_a_file_whose_reading_fails_midway_costs_what_is_behind_and_no_file_beside_it(
    folder, read, monkeypatch
):
    def iterate(file):
        yield file.take(file.ref("line", 1), {"text": "It sailed."})
        raise ArithmeticError("nobody thought of it")

    monkeypatch.setitem(READERS, ".jsonl", iterate)
    (folder / "a.jsonl").write_text("{}")
    (folder / "b.txt").write_text("It sank.")
    first, stopped, last = read(folder)
    assert (first.input_ref, last.payload) == (f"{folder}/a.jsonl#line-1", b"It sank.")
    assert stopped.reason is Reason.STAGE_ERROR
    assert stopped.detail.endswith("; 1 inputs before it were read")
