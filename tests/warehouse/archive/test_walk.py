"""Verifying finds what no capture points at: requests, revisits, whole files, and foreign records."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from core.captures import Capture, CaptureKind, make_capture_id
from core.http.exchanges import Exchange
from warehouse.archive.walk import count_files, walk_archive
from warehouse.archive.writer import ArchiveWriter, Pointer, verify_archive

NOON = datetime(2026, 3, 2, 12, 0, 7, tzinfo=UTC)
FOREIGN = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://other.example/\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nWARC-Date: 2026-03-02T12:00:00Z\r\n"
    b"WARC-Block-Digest: sha1:%s\r\nWARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
)
BLOCK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ferry sailed.</p>"


def fetched(name: str) -> tuple[Capture, Exchange]:
    payload = f"<html><p>Page {name} of the Velmar Post.</p></html>".encode()
    url = f"https://www.velmar-post.example/{name}"
    capture_id = make_capture_id(url, hashlib.sha256(payload).hexdigest(), NOON)
    capture = Capture(capture_id, url, "velmar-post", url, CaptureKind.HTML, payload, NOON)
    return capture, Exchange("GET", f"/{name}", [("Host", "x")], 200, "OK", [], payload)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with two finished files: pages a and b, and a revisit of a alone."""
    with ArchiveWriter(tmp_path, 10**9, "pages") as writer:
        pointers = [writer.append_exchange(*fetched(name)) for name in "ab"]
        writer.settle()
    with ArchiveWriter(tmp_path, 10**9, "revisits") as writer:
        capture, exchange = fetched("a")
        writer.append_revisit(capture, exchange, pointers[0], capture.url, NOON)
        writer.settle()
    return tmp_path


def find(archive: Path, prefix: str) -> Path:
    (path,) = archive.glob(f"*-{prefix}-*.warc.gz")
    return path


def walk(archive: Path) -> list[tuple[str, int, str]]:
    return [(p.pointer.warc_file, p.pointer.warc_offset, p.problem) for p in walk_archive(archive, archive)]


def offset_of(path: Path, kind: WarcRecordType) -> int:
    return int(next(iter(ArchiveIterator(str(path), record_types=kind))).stream_pos)


def test_an_archive_as_it_was_has_no_problem_and_its_seals_are_those_of_sha256sum(archive: Path) -> None:
    assert walk(archive) == []
    assert count_files(archive) == 2
    seals = sorted(path.name for path in archive.glob("*.sha256"))
    assert len(seals) == 2
    subprocess.run(["sha256sum", "--check", "--strict", *seals], cwd=archive, check=True, capture_output=True)


def test_a_changed_byte_of_a_request_is_found_where_it_lies(archive: Path) -> None:
    path = find(archive, "pages")
    offset = offset_of(path, WarcRecordType.request)
    data = bytearray(path.read_bytes())
    data[offset + 40] ^= 1
    path.write_bytes(data)
    found = walk(archive)
    assert len(found) == 1, found
    ((name, place, problem),) = found
    assert (name, place) == (path.name, offset)
    assert "cut off or altered" in problem


def test_a_changed_text_in_a_member_that_was_packed_again_is_found_by_its_digest(archive: Path) -> None:
    path = find(archive, "pages")
    (archive / f"{path.name}.sha256").unlink()
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"Page b", b"Page c")))
    ((_, _, problem),) = walk(archive)
    assert "the record's block does not match its sha1" in problem


def test_a_file_of_revisits_that_is_cut_off_is_found(archive: Path) -> None:
    path = find(archive, "revisits")
    data = path.read_bytes()
    path.write_bytes(data[:-30])
    assert [(name, "cut off" in problem) for name, _, problem in walk(archive)] == [(path.name, True)]


def test_a_file_that_lost_whole_records_is_found_by_its_seal(archive: Path) -> None:
    path = find(archive, "revisits")
    path.write_bytes(path.read_bytes()[: offset_of(path, WarcRecordType.request)])
    ((name, _, problem),) = walk(archive)
    assert name == path.name
    assert "its seal says" in problem


def test_a_file_of_revisits_that_is_gone_is_found_by_its_seal(archive: Path) -> None:
    path = find(archive, "revisits")
    path.unlink()
    ((name, _, problem),) = walk(archive)
    assert name == path.name
    assert "missing" in problem
    assert count_files(archive) == 2


def test_a_file_that_is_gone_is_told_once_with_the_number_of_its_captures(tmp_path: Path) -> None:
    pointers = [(Pointer("gone.warc.gz", at, 10), "0" * 64) for at in (0, 10, 20)]
    ((_, problem),) = verify_archive(tmp_path, pointers)
    assert "gone.warc.gz is not in" in problem
    assert "it holds 3 captures" in problem


def test_a_file_that_is_being_written_is_left_for_the_next_time(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, 10**9, "pages") as writer:
        writer.append_exchange(*fetched("a"))
        with find(tmp_path, "pages").open("ab") as file:
            file.write(b"half a rec")
        assert walk(tmp_path) == []


@pytest.mark.parametrize("packed", [False, True])
def test_foreign_records_are_checked_by_the_digest_of_their_block(packed: bool, tmp_path: Path) -> None:
    digest = hashlib.sha1(BLOCK, usedforsecurity=False).hexdigest().encode()
    good = FOREIGN % (digest, len(BLOCK), BLOCK)
    bad = good.replace(b"sailed", b"sank  ")
    pack = gzip.compress if packed else bytes
    path = tmp_path / ("loaded-1.warc.gz" if packed else "loaded-1.warc")
    path.write_bytes(pack(good))
    assert walk(tmp_path) == []
    path.write_bytes(pack(good) + pack(bad))
    ((_, offset, problem),) = walk(tmp_path)
    assert offset == len(pack(good))
    assert "the record's block does not match its sha1" in problem


def test_an_uncompressed_record_that_is_cut_off_is_found(tmp_path: Path) -> None:
    (tmp_path / "loaded-1.warc").write_bytes((FOREIGN % (b"0" * 40, len(BLOCK), BLOCK))[:-20])
    ((_, _, problem),) = walk(tmp_path)
    assert f"of its {len(BLOCK)} bytes" in problem


def test_a_folder_that_is_not_there_has_nothing_to_check(tmp_path: Path) -> None:
    assert walk(tmp_path / "none") == []


def test_an_object_store_is_walked_as_a_folder_is(tmp_path: Path) -> None:
    place = f"memory://walk-{tmp_path.name}"
    with ArchiveWriter(tmp_path / "local", 10**9, "pages", publish_to=place) as writer:
        writer.append_exchange(*fetched("a"))
        writer.secure()
        writer.settle()
    assert list((tmp_path / "local").iterdir()) == []
    assert list(walk_archive(place, tmp_path / "local")) == []
    assert count_files(place) == 1
    import fsspec

    files = fsspec.filesystem("memory")
    (name,) = (path for path in files.ls(place, detail=False) if path.endswith(".warc.gz"))
    files.rm(name)
    (problem,) = walk_archive(place, tmp_path / "local")
    assert "missing" in problem.problem
