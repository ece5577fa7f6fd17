"""What goes into the archive comes out of it, byte for byte, and other people's tools can read it."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import zstandard
from fastwarc.stream_io import BrotliWriter
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from core.captures import Capture, CaptureKind, make_capture_id
from core.errors import PermanentError, TransientError
from warehouse.archive.writer import (
    ArchiveWriter,
    Exchange,
    PayloadReader,
    Pointer,
    read_payload,
    verify_archive,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = "<html><title>Harbour bridge reopens</title><p>The bridge at Velmar reopened on Monday.</p>" * 20


def make_capture(payload: bytes = PAGE.encode(), url: str = "https://velmar-post.example/bridge") -> Capture:
    digest = hashlib.sha256(payload).hexdigest()
    capture_id = make_capture_id(url, digest, NOON)
    return Capture(capture_id, url, "velmar-post.example", url, CaptureKind.HTML, payload, NOON)


def make_exchange(body: bytes, *headers: tuple[str, str]) -> Exchange:
    return Exchange(
        method="GET",
        target="/bridge",
        request_headers=[("Host", "velmar-post.example"), ("User-Agent", "copydesk")],
        status_code=200,
        reason_phrase="OK",
        response_headers=[("Content-Type", "text/html; charset=utf-8"), *headers],
        body=body,
        ip_address="192.0.2.7",
    )


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def warc_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.warc.gz"))


def read_records(folder: Path) -> Iterator[tuple[str, dict[str, str], bytes]]:
    """Type, headers and content of every record, by a reader that is not ours and checks the digests."""
    for path in warc_files(folder):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                yield record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payloads=st.lists(st.binary(max_size=3000), min_size=1, max_size=6))
def test_any_bytes_come_back_exactly_by_pointer(
    payloads: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    captures = [make_capture(payload, f"file:///a/{n}") for n, payload in enumerate(payloads)]
    with ArchiveWriter(folder, 2_000, "load") as writer:
        pointers = [writer.append(capture) for capture in captures]
    with PayloadReader(folder) as reader:
        read = [reader.read(p, sha256(c.payload)) for p, c in zip(pointers, captures, strict=True)]
    assert read == payloads


def test_a_payload_can_be_read_while_the_file_is_still_being_written(tmp_path: Path) -> None:
    capture = make_capture()
    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        pointer = writer.append(capture)
        assert read_payload(tmp_path, pointer, sha256=sha256(capture.payload)) == capture.payload
        second = make_capture(b"<p>more</p>", "file:///second")
        with PayloadReader(tmp_path) as reader:
            reader.read(pointer, sha256(capture.payload))
            later = writer.append(second)
            assert reader.read(later, sha256(second.payload)) == second.payload


def test_a_local_file_is_a_resource_record_with_sha256_digests_and_its_own_address(tmp_path: Path) -> None:
    capture = make_capture(b"Byline: Ann Orwell\n", "file:///texts/a%20b.txt")
    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        writer.append(capture)
    (_, info, _), (kind, headers, content) = read_records(tmp_path)
    assert info["WARC-Type"] == "warcinfo"
    assert kind == "resource"
    assert headers["WARC-Target-URI"] == "file:///texts/a%20b.txt"
    assert headers["WARC-Date"] == "2026-03-01T12:00:00Z"
    assert headers["WARC-Payload-Digest"].startswith("sha256:")
    assert headers["WARC-Payload-Digest"] == headers["WARC-Block-Digest"]
    assert content == capture.payload


def test_the_same_capture_is_the_same_record_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with ArchiveWriter(tmp_path / name, 10**9, "load", clock=lambda: NOON) as writer:
            writer.append(make_capture())
    (one,), (two,) = warc_files(tmp_path / "one"), warc_files(tmp_path / "two")
    assert one.name == two.name == "copydesk-20260301T120000Z-load-00001.warc.gz"
    assert one.read_bytes() == two.read_bytes()


def test_the_first_record_names_software_and_format_and_no_machine(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        writer.append(make_capture())
    _, headers, content = next(read_records(tmp_path))
    assert headers["WARC-Filename"] == warc_files(tmp_path)[0].name
    assert re.search(rb"^software: copydesk/\d", content)
    assert b"hostname" not in content
    assert b"operator" not in content


def test_records_hold_what_the_captures_table_could_be_rebuilt_from(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        writer.append(make_capture())
    *_, (_, headers, _) = read_records(tmp_path)
    said = json.loads(headers["WARC-JSON-Metadata"])
    assert said["outlet"] == "velmar-post.example"
    assert said["capture_id"] == make_capture().capture_id
    assert said["kind"] == "html"


def test_every_record_is_a_gzip_member_of_its_own(tmp_path: Path) -> None:
    capture = make_capture()
    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        pointer = writer.append(capture)
        writer.append(make_capture(b"x", "file:///x"))
    data = warc_files(tmp_path)[0].read_bytes()
    member = zlib.decompressobj(31)
    plain = member.decompress(data[pointer.warc_offset :])
    assert plain.startswith(b"WARC/1.1\r\nWARC-Type: resource")
    assert member.eof
    assert len(data) - pointer.warc_offset - len(member.unused_data) == pointer.warc_length


def test_files_roll_at_their_size_and_number_themselves(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, 1_500, "Run 7/a", clock=lambda: NOON) as writer:
        pointers = [writer.append(make_capture(str(n).encode() * 99, f"file:///{n}")) for n in range(9)]
    names = [path.name for path in warc_files(tmp_path)]
    assert len(names) > 2
    assert names[:2] == [f"copydesk-20260301T120000Z-Run-7-a-0000{n}.warc.gz" for n in (1, 2)]
    assert sorted({pointer.warc_file for pointer in pointers}) == names


def test_two_writers_in_the_same_second_never_share_a_file(tmp_path: Path) -> None:
    with (
        ArchiveWriter(tmp_path, 10**9, "load", clock=lambda: NOON) as one,
        ArchiveWriter(tmp_path, 10**9, "load", clock=lambda: NOON) as two,
    ):
        assert one.append(make_capture()).warc_file != two.append(make_capture()).warc_file


def compress_brotli(data: bytes) -> bytes:
    out = BytesIO()
    writer = BrotliWriter(out)
    writer.write(data)
    writer.close()
    return out.getvalue()


CODINGS = {
    "gzip": (gzip.compress, ("Content-Encoding", "gzip")),
    "x-gzip": (gzip.compress, ("Content-Encoding", "x-gzip")),
    "deflate": (zlib.compress, ("Content-Encoding", "deflate")),
    "br": (compress_brotli, ("Content-Encoding", "br")),
    "zstd": (zstandard.compress, ("Content-Encoding", "zstd")),
    "plain": (bytes, ("Content-Language", "en")),
    "plain said to be gzip": (bytes, ("Content-Encoding", "gzip")),
    "no longer chunked": (bytes, ("Transfer-Encoding", "chunked")),
}


@pytest.mark.parametrize("coding", CODINGS)
def test_a_fetched_page_is_kept_as_it_came_and_read_back_decoded(coding: str, tmp_path: Path) -> None:
    compress, header = CODINGS[coding]
    capture = make_capture()
    exchange = make_exchange(compress(capture.payload), header)
    with ArchiveWriter(tmp_path, 10**9, "fetch") as writer:
        pointer = writer.append_exchange(capture, exchange)
    assert read_payload(tmp_path, pointer, sha256=sha256(capture.payload)) == capture.payload
    (_, _, _), (kind, headers, _), (request, request_headers, _) = read_records(tmp_path)
    assert (kind, request) == ("response", "request")
    assert headers["WARC-IP-Address"] == "192.0.2.7"
    assert request_headers["WARC-Concurrent-To"] == headers["WARC-Record-ID"]


def test_another_tool_replays_the_page_with_its_status_headers_and_body(tmp_path: Path) -> None:
    capture = make_capture()
    body = gzip.compress(capture.payload)
    exchange = make_exchange(body, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    with ArchiveWriter(tmp_path, 10**9, "fetch") as writer:
        writer.append_exchange(capture, exchange)
    path = str(warc_files(tmp_path)[0])
    responses = WarcRecordType.response
    (response,) = FastIterator(path, responses, auto_decode="all", verify_digests=True)
    assert response.http_headers.status_code == 200
    assert response.http_headers["Content-Encoding"] == "gzip"
    assert response.reader.read() == capture.payload


def test_redirects_on_the_way_are_kept_under_the_addresses_that_were_asked(tmp_path: Path) -> None:
    capture = replace(
        make_capture(url="https://velmar-post.example/old"), final_url="https://velmar-post.example/new"
    )
    moved = replace(
        make_exchange(b"Moved"),
        status_code=301,
        reason_phrase="Moved",
        response_headers=[("Location", "/new")],
    )
    exchange = replace(make_exchange(capture.payload), redirects=((capture.url, moved),))
    with ArchiveWriter(tmp_path, 10**9, "fetch") as writer:
        pointer = writer.append_exchange(capture, exchange)
        next_pointer = writer.append(make_capture(b"next", "file:///next"))
    assert read_payload(tmp_path, pointer, sha256=sha256(capture.payload)) == capture.payload
    assert read_payload(tmp_path, next_pointer, sha256=sha256(b"next")) == b"next"
    found = [(kind, headers["WARC-Target-URI"]) for kind, headers, _ in list(read_records(tmp_path))[1:5]]
    assert found == [
        ("response", capture.final_url),
        ("request", capture.final_url),
        ("response", capture.url),
        ("request", capture.url),
    ]


def test_a_payload_met_again_is_a_revisit_record_that_points_at_the_first(tmp_path: Path) -> None:
    capture = make_capture()
    again = make_capture(url="https://velmar-post.example/bridge?from=front")
    exchange = make_exchange(capture.payload)
    with ArchiveWriter(tmp_path, 10**9, "fetch") as writer:
        first = writer.append_exchange(capture, exchange)
        assert writer.append_revisit(again, exchange, first, capture.url, NOON - timedelta(days=1)) == first
        assert writer.append(make_capture(b"after", "file:///after")).warc_offset > first.warc_offset
    by_kind = {kind: (headers, content) for kind, headers, content in read_records(tmp_path)}
    headers, content = by_kind["revisit"]
    assert headers["WARC-Refers-To-Target-URI"] == capture.url
    assert headers["WARC-Refers-To-Date"] == "2026-02-28T12:00:00Z"
    assert headers["WARC-Profile"].endswith("/identical-payload-digest")
    assert headers["WARC-Payload-Digest"] == by_kind["response"][0]["WARC-Payload-Digest"]
    assert content == b""


def test_a_hostile_header_cannot_add_lines_to_a_record(tmp_path: Path) -> None:
    capture = make_capture()
    exchange = make_exchange(capture.payload, ("X-Evil", "a\r\nWARC-Type: warcinfo\r\n\r\nnew"))
    with ArchiveWriter(tmp_path, 10**9, "fetch") as writer:
        pointer = writer.append_exchange(capture, exchange)
    assert read_payload(tmp_path, pointer, sha256=sha256(capture.payload)) == capture.payload
    assert [kind for kind, _, _ in read_records(tmp_path)] == ["warcinfo", "response", "request", "metadata"]


def test_a_changed_byte_is_found_and_file_and_offset_are_named(tmp_path: Path) -> None:
    captures = [
        make_capture(f"<p>Page {n} of the Velmar Post".encode() * 40, f"file:///{n}") for n in range(3)
    ]
    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        pointers = [(writer.append(c), sha256(c.payload)) for c in captures]
    path = warc_files(tmp_path)[0]
    damaged = bytearray(path.read_bytes())
    damaged[pointers[1][0].warc_offset + pointers[1][0].warc_length // 2] ^= 0xFF
    path.write_bytes(damaged)
    (problem,) = verify_archive(tmp_path, pointers)
    assert problem.pointer == pointers[1][0]
    assert path.name in problem.problem
    assert str(pointers[1][0].warc_offset) in problem.problem


@pytest.mark.parametrize(
    ("pointer", "why"),
    [
        (Pointer("gone.warc.gz", 0, 10), "is not in"),
        (Pointer("there.warc.gz", 10**6, 10), "ends within"),
        (Pointer("there.warc.gz", 3, 40), "no whole record"),
    ],
)
def test_a_pointer_to_nothing_is_a_permanent_error_that_says_why(
    pointer: Pointer, why: str, tmp_path: Path
) -> None:
    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        writer.append(make_capture())
    warc_files(tmp_path)[0].rename(tmp_path / "there.warc.gz")
    with pytest.raises(PermanentError, match=why):
        read_payload(tmp_path, pointer, sha256="0" * 64)


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    writer = ArchiveWriter(tmp_path / "archive", 10**9, "load")
    (tmp_path / "archive").rmdir()
    with pytest.raises(TransientError, match="cannot write"):
        writer.append(make_capture())


def test_an_object_store_takes_whole_files_and_gives_ranges(tmp_path: Path) -> None:
    remote = f"memory://archive-{tmp_path.name}"
    capture = make_capture()
    with ArchiveWriter(tmp_path, 10**9, "load", publish_to=remote) as writer:
        pointer = writer.append(capture)
        writer.secure()
        assert read_payload(remote, pointer, sha256=sha256(capture.payload)) == capture.payload
        writer.settle()
    assert list(tmp_path.iterdir()) == []
