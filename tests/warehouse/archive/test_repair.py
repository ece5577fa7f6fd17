"""Archives that hold records no reader takes: read past, and mended so that every record stays where it is."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as OtherIterator

from core.captures import Capture, CaptureKind, make_capture_id
from warehouse.archive.cdxj import index_archive
from warehouse.archive.journal import Entry, Journal
from warehouse.archive.mending import pack_to
from warehouse.archive.repair import repair_archive
from warehouse.archive.seal import find_seal, seal_file
from warehouse.archive.walk import walk_archive
from warehouse.archive.writer import ArchiveWriter, Pointer, read_payload, recover

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAME = "copydesk-20260301T120000Z-old-00001.warc.gz"
TITLE = "Lock gate jams again " * 2_000
PAGES = {
    n: b"<html><title>Lock %d</title><p>The lock at Orsay jammed %d times.</p></html>" % (n, n)
    for n in range(4)
}


def member(n: int, hint: str = "", http: str = "", **more: str) -> bytes:
    """A response as older versions wrote it: all hints in a header."""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{http}\r\n".encode() + PAGES[n]
    digest = hashlib.sha256(block).hexdigest()
    said = json.dumps({"capture_id": f"{n}" * 20, "kind": "html", "hints": {"title": hint}})
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{n}>\r\n"
        f"WARC-Target-URI: https://orsay-mail.example/{n}{more.get('path', '')}\r\nWARC-Date: 2026-03-01T12:00:00Z\r\n"
        f"WARC-JSON-Metadata: {said}\r\nWARC-Block-Digest: sha256:{more.get('digest', digest)}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return zlib.compress(head.encode() + block + b"\r\n\r\n", 3, wbits=31)


def write(folder: Path, *members: bytes, name: str = NAME) -> list[Pointer]:
    (folder / name).write_bytes(b"".join(members))
    seal_file(folder / name)
    ends = [sum(map(len, members[: n + 1])) for n in range(len(members))]
    return [Pointer(name, end - len(data), len(data)) for end, data in zip(ends, members, strict=True)]


def problems(folder: Path) -> list[tuple[int, str]]:
    return [(found.pointer.warc_offset, found.problem) for found in walk_archive(folder, folder)]


BAD = {
    "a long hint": member(1, TITLE),
    "a hint that packs badly": member(1, random.Random(7).randbytes(30_000).hex()),
    "long HTTP headers": member(1, http="".join(f"Set-Cookie: c{n}={'v' * 900}\r\n" for n in range(60))),
    "a long address": member(1, path="?" + "q" * 40_000),
    "both": member(1, TITLE, "X-A: " + "v" * 70_000 + "\r\n", path="?" + "q" * 40_000),
}


@pytest.mark.parametrize("what", BAD)
def test_a_record_with_long_headers_is_told_and_mended_and_no_record_moves(what: str, tmp_path: Path) -> None:
    pointers = write(tmp_path, member(0), BAD[what], member(2), member(3))
    ((offset, told),) = problems(tmp_path)
    assert offset == pointers[1].warc_offset
    assert "archive verify --repair" in told
    ((index, (unread,)),) = index_archive(tmp_path)
    assert unread.pointer.warc_offset == offset
    assert len(Path(index).read_text().splitlines()) == 3
    old = (tmp_path / NAME).read_bytes()

    (mended,) = repair_archive(tmp_path, tmp_path)
    assert mended.pointer == pointers[1]
    assert problems(tmp_path) == []
    assert len(Path(index).read_text().splitlines()) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [NAME, index.name, find_seal(Path(NAME)).name]
    )
    for n, pointer in enumerate(pointers):
        assert read_payload(tmp_path, pointer, sha256=hashlib.sha256(PAGES[n]).hexdigest()) == PAGES[n]
    new = (tmp_path / NAME).read_bytes()
    end = offset + len(BAD[what])
    assert (new[:offset], new[end : len(old)]) == (old[:offset], old[end:])
    assert list(repair_archive(tmp_path, tmp_path)) == []
    assert (tmp_path / NAME).read_bytes() == new


def test_other_readers_read_a_mended_file_and_find_the_long_headers_whole(tmp_path: Path) -> None:
    write(tmp_path, member(0), BAD["both"], member(2))
    assert len(list(repair_archive(tmp_path, tmp_path))) == 1
    with (tmp_path / NAME).open("rb") as file:
        found = [(r.rec_type, r.raw_stream.read()) for r in OtherIterator(file, check_digests="raise")]
    assert [kind for kind, _ in found] == ["response", "response", "response", "metadata"]
    said = json.loads(found[3][1])
    assert json.loads(dict(said["headers"])["WARC-JSON-Metadata"])["hints"]["title"] == TITLE
    assert "v" * 70_000 in said["http_head"]
    assert gzip.decompress((tmp_path / NAME).read_bytes()).count(b"WARC/1.1\r\n") == 4
    with (tmp_path / NAME).open("rb") as file:
        assert len(list(ArchiveIterator(file))) == 4


def test_the_first_and_the_last_record_are_mended_too(tmp_path: Path) -> None:
    write(tmp_path, member(0, TITLE), member(1, TITLE), member(2), member(3, TITLE))
    assert len(problems(tmp_path)) == 3
    assert len(list(repair_archive(tmp_path, tmp_path))) == 3
    assert problems(tmp_path) == []


def test_a_record_of_long_headers_is_read_by_its_pointer_before_it_is_mended(tmp_path: Path) -> None:
    pointers = write(tmp_path, member(0), BAD["a long hint"])
    assert read_payload(tmp_path, pointers[1], sha256=hashlib.sha256(PAGES[1]).hexdigest()) == PAGES[1]


def test_after_a_kill_an_older_file_with_long_headers_is_not_set_aside(tmp_path: Path) -> None:
    pointers = write(tmp_path, member(0), BAD["a long hint"], member(2))
    journal = Journal(tmp_path / NAME)
    for n, pointer in enumerate(pointers):
        _, offset, length = pointer
        journal.note(Entry(f"{n}", offset, length, offset + length, hashlib.sha256(PAGES[n]).hexdigest()))
    journal.close()
    assert recover(tmp_path) == {f"{n}": pointer for n, pointer in enumerate(pointers)}


@pytest.mark.parametrize(
    "what", ["a wrong digest", "damage", "another program's file", "a file being written"]
)
def test_what_is_not_ours_to_mend_is_left_byte_for_byte(what: str, tmp_path: Path) -> None:
    bad = member(1, TITLE, digest="0" * 64) if what == "a wrong digest" else BAD["a long hint"]
    if what == "damage":
        bad = bad[:200] + bytes([bad[200] ^ 255]) + bad[201:]
    name = "crawl-1.warc.gz" if what == "another program's file" else NAME
    write(tmp_path, member(0), bad, member(2), name=name)
    if what == "a file being written":
        journal = Journal(tmp_path / name)
    before = (tmp_path / name).read_bytes()
    found = problems(tmp_path)
    assert not any("--repair" in told for _, told in found)
    assert len(found) == (0 if what == "a file being written" else 1)
    assert list(repair_archive(tmp_path, tmp_path)) == []
    assert (tmp_path / name).read_bytes() == before
    if what == "a file being written":
        journal.close()


def test_two_damaged_records_are_both_told_and_what_lies_behind_them_is_checked(tmp_path: Path) -> None:
    damaged = member(1)
    damaged = damaged[:150] + bytes([damaged[150] ^ 255]) + damaged[151:]
    pointers = write(tmp_path, member(0), damaged, member(2), damaged, member(3, digest="0" * 64))
    find_seal(tmp_path / NAME).unlink()
    assert [offset for offset, _ in problems(tmp_path)] == [pointers[n].warc_offset for n in (1, 3, 4)]


@pytest.mark.parametrize("is_packed", [True, False])
def test_reading_goes_on_behind_long_headers_in_files_of_other_programs(
    is_packed: bool, tmp_path: Path
) -> None:
    records = [member(0), member(1, TITLE), member(2, digest="0" * 64)]
    data = b"".join(records if is_packed else map(gzip.decompress, records))
    (tmp_path / ("crawl-1.warc.gz" if is_packed else "crawl-1.warc")).write_bytes(data)
    told = [problem for _, problem in problems(tmp_path)]
    assert len(told) == 2
    assert "header" in told[0]
    assert "does not match its sha256" in told[1]


def test_an_object_store_is_mended_as_a_folder_is(tmp_path: Path) -> None:
    place = f"memory://repair-{tmp_path.name}"
    url = "https://orsay-mail.example/1"
    capture_id = make_capture_id(url, hashlib.sha256(PAGES[1]).hexdigest(), NOON)
    capture = Capture(capture_id, url, "orsay", url, CaptureKind.HTML, PAGES[1], NOON)
    with ArchiveWriter(tmp_path / "local", 10**9, "pages", publish_to=place) as writer:
        writer.append(capture)
        writer.secure()
        writer.settle()
    import fsspec

    files = fsspec.filesystem("memory")
    (path,) = (path for path in files.ls(place, detail=False) if path.endswith(".warc.gz"))
    files.pipe_file(path, files.cat_file(path) + BAD["a long hint"] + member(2))
    files.pipe_file(f"{path}.sha256", f"{hashlib.sha256(files.cat_file(path)).hexdigest()}  x\n".encode())
    assert len(list(walk_archive(place, tmp_path / "local"))) == 1
    assert len(list(repair_archive(place, tmp_path / "local"))) == 1
    assert list(walk_archive(place, tmp_path / "local")) == []
    assert list((tmp_path / "local").iterdir()) == []


@pytest.mark.parametrize("more", [*range(12), 70_001])
def test_a_member_is_packed_to_any_length_that_has_room(more: int) -> None:
    plain = b"WARC/1.1\r\n" + bytes(range(256)) * 9
    shortest = next(n for n in range(4_000) if pack_to(plain, n))
    packed = pack_to(plain, shortest + more)
    assert packed is not None
    assert len(packed) == shortest + more
    assert gzip.decompress(packed) == plain
    assert pack_to(plain, shortest - 1) is None
