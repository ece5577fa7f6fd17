"""Whatever comes from outside, every record that is written can be read, and nothing of it is lost."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from core.captures import Capture, CaptureKind, make_capture_id
from core.http.exchanges import Exchange
from warehouse.archive.cdxj import index_archive
from warehouse.archive.records import checked
from warehouse.archive.records.header_fields import http_fields, one_address
from warehouse.archive.walk import walk_archive
from warehouse.archive.writer import ArchiveWriter, UnreadableRecordError, read_payload, recover

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = b"<html><title>Lock gate jams</title><p>The lock gate at Orsay jammed on Friday.</p></html>"
URL = "https://orsay-mail.example/lock"
LONG = "The lock gate jams again " * 1_700


def make_capture(payload: bytes = PAGE, url: str = URL, **fields: Any) -> Capture:
    capture_id = make_capture_id(url, hashlib.sha256(payload).hexdigest(), NOON)
    base = Capture(capture_id, url, "orsay-mail.example", url, CaptureKind.HTML, payload, NOON)
    return replace(base, **fields)


def make_exchange(*headers: tuple[str, str], **fields: Any) -> Exchange:
    sent = [("Content-Type", "text/html"), *headers]
    return replace(Exchange("GET", "/lock", [("Host", "x")], 200, "OK", sent, PAGE), **fields)


def read_all(folder: Path) -> Iterator[tuple[str, dict[str, str], bytes]]:
    """Every record by a reader with a limit on headers; another one checks every digest."""
    (path,) = folder.glob("*.warc.gz")
    with path.open("rb") as file:
        kinds = [
            (record.rec_type, record.raw_stream.read())[0]
            for record in ArchiveIterator(file, check_digests="raise")
        ]
    with path.open("rb") as file:
        found = [
            (r.headers["WARC-Type"], dict(r.headers), bytes(r.reader.read())) for r in FastIterator(file)
        ]
    assert [kind for kind, _, _ in found] == kinds
    return iter(found)


CAPTURES = {
    "a long title": make_capture(hints={"title": LONG}),
    "a title of characters that JSON spells out": make_capture(hints={"title": "港" * 6_000}),
    "many short hints": make_capture(hints={"authors": ["Ida Lund"] * 5_000}),
    "a long address": make_capture(url="https://orsay-mail.example/" + "l" * 50_000),
    "a long address it was led to": make_capture(final_url="https://orsay-mail.example/?" + "é" * 30_000),
    "an address with a new line": make_capture(
        url="https://orsay-mail.example/a\r\nWARC-Type: warcinfo\r\n\r\nx"
    ),
    "a long type": make_capture(content_type="text/html; " + "x" * 50_000),
    "a type with a new line": make_capture(content_type="text/html\r\n\r\nWARC/1.1\x85\u2028y"),
    "a long charset": make_capture(charset="u" * 50_000),
    "a long outlet": make_capture(outlet="o" * 50_000),
    "a long reference": make_capture(input_ref="/".join(["lock"] * 9_000)),
    "all of it at once": make_capture(
        url=URL + "?" + "q" * 50_000, content_type="t" * 40_000, charset="c" * 9_000, hints={"title": LONG}
    ),
}


@pytest.mark.parametrize("what", CAPTURES)
def test_fields_of_any_length_leave_the_record_and_those_behind_it_readable(
    what: str, tmp_path: Path
) -> None:
    capture, after = CAPTURES[what], make_capture(b"By Ida Lund", "file:///after.txt")
    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        pointers = [writer.append(capture), writer.append(after)]
        pointers.append(writer.append_exchange(replace(capture, capture_id="f" * 20), make_exchange()))
        writer.append_revisit(capture, make_exchange(), pointers[2], capture.url, NOON)
        writer.settle()
    for pointer, payload in zip(pointers, (PAGE, b"By Ida Lund", PAGE), strict=True):
        assert read_payload(tmp_path, pointer, sha256=hashlib.sha256(payload).hexdigest()) == payload
    kinds = [kind for kind, _, _ in read_all(tmp_path)]
    assert [kind for kind in kinds if kind != "metadata"] == [
        *("warcinfo", "resource", "resource", "response", "request", "revisit", "request")
    ]
    assert "metadata" in kinds
    assert list(walk_archive(tmp_path, tmp_path)) == []
    assert [found.unread for found in index_archive(tmp_path)] == [[]]


def test_what_the_headers_have_no_room_for_is_whole_in_a_metadata_record(tmp_path: Path) -> None:
    capture = make_capture(
        url=URL + "?" + "q" * 9_000, hints={"title": LONG, "section": "Ports"}, charset="c" * 900
    )
    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        writer.append(capture)
    _, (_, headers, _), (_, about, block) = read_all(tmp_path)
    assert about["WARC-Refers-To"] == headers["WARC-Record-ID"]
    said = json.loads(block)
    assert said["hints"] == dict(capture.hints)
    assert (said["target_uri"], said["charset"]) == (capture.url, capture.charset)
    assert json.loads(headers["WARC-JSON-Metadata"])["capture_id"] == capture.capture_id


@pytest.mark.parametrize("length", [0, 50, 7_000])
def test_what_fits_stays_in_the_header_and_takes_no_record_of_its_own(length: int, tmp_path: Path) -> None:
    capture = make_capture(hints={"title": "t" * length})
    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        writer.append(capture)
    _, (_, headers, _) = read_all(tmp_path)
    assert json.loads(headers["WARC-JSON-Metadata"])["hints"] == {"title": "t" * length}


def test_the_hint_of_a_redirected_page_is_kept_once(tmp_path: Path) -> None:
    hop = make_exchange(("Location", "/" + "l" * 60_000), status_code=301, body=b"")
    exchange = make_exchange(redirects=((URL, hop),))
    with ArchiveWriter(tmp_path, 10**9, "fetch") as writer:
        writer.append_exchange(make_capture(hints={"title": LONG}), exchange)
    blocks = [json.loads(block) for kind, _, block in read_all(tmp_path) if kind == "metadata"]
    assert [LONG in block["hints"].values() for block in blocks] == [True, False]
    assert ["Location", "/" + "l" * 60_000] in blocks[1]["response_headers"]


HEADERS = {
    "one long value": [("Content-Security-Policy", "default-src 'self' " * 3_000)],
    "many values": [("Set-Cookie", f"c{n}=" + "v" * 900) for n in range(90)],
    "a coding behind many values": [*(("X-A", "v" * 999) for _ in range(99)), ("Content-Encoding", "gzip")],
    "a coding named a thousand times": [("Content-Encoding", "gzip")] * 5_000,
    "a name that is none": [("X Bad\r\nName", "1"), ("", "2"), ("N" * 40_000, "3")],
    "values that are no ASCII": [("X-A", "HÃ©; caf\xe9"), ("Location", "/\xe2\x80\x93;x")],
}


@pytest.mark.parametrize("what", HEADERS)
def test_a_servers_headers_cannot_make_a_page_unreadable(what: str, tmp_path: Path) -> None:
    headers = HEADERS[what]
    is_packed = any(name == "Content-Encoding" for name, _ in headers)
    exchange = make_exchange(*headers, body=gzip.compress(PAGE) if is_packed else PAGE)
    with ArchiveWriter(tmp_path, 10**9, "fetch") as writer:
        pointer = writer.append_exchange(make_capture(), exchange)
        writer.settle()
    assert read_payload(tmp_path, pointer, sha256=hashlib.sha256(PAGE).hexdigest()) == PAGE
    assert list(walk_archive(tmp_path, tmp_path)) == []
    whole = [
        json.loads(block)["response_headers"] for kind, _, block in read_all(tmp_path) if kind == "metadata"
    ]
    assert whole in ([], [[["Content-Type", "text/html"], *map(list, headers)]])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=50)), max_size=9), st.integers(1, 9_000))
def test_http_headers_are_lines_of_their_own_within_the_limit(
    pairs: list[tuple[str, str]], times: int
) -> None:
    fields = http_fields([(name, value * times) for name, value in pairs])
    lines = [f"{name}: {value}" for name, value in fields]
    assert sum(len(line.encode("utf-8", "replace")) + 2 for line in lines) < 32_000
    assert not any(set("\r\n\x00") & set(line) for line in lines)


def test_long_addresses_stay_apart_and_short_ones_as_they_are() -> None:
    one, two = (one_address(f"{URL}/{'l' * 9_000}{n}") for n in (1, 2))
    assert one != two
    assert max(len(one), len(two)) <= 8_000
    assert one_address(URL + "?a=%20&b=ö") == URL + "?a=%20&b=ö"
    assert one_address(URL + "\n\t") == URL + "%0A%09"


def pack(data: bytes, wbits: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    return packer.compress(data) + packer.flush()


CODED = {
    "deflate without a header": ("deflate", pack(PAGE, -15)),
    "deflate": ("deflate", pack(PAGE, 15)),
    "gzip in two members": ("gzip", gzip.compress(PAGE[:40]) + gzip.compress(PAGE[40:])),
    "gzip and zeros": ("gzip", gzip.compress(PAGE) + bytes(512)),
    "gzip and noise": ("gzip", gzip.compress(PAGE) + b"<!-- cached -->"),
    "gzip twice": ("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
    "a coding nobody knows": ("x-none", PAGE),
}


@pytest.mark.parametrize("what", CODED)
def test_the_archive_decodes_what_the_fetcher_decoded(what: str, tmp_path: Path) -> None:
    coding, body = CODED[what]
    with ArchiveWriter(tmp_path, 10**9, "fetch") as writer:
        pointer = writer.append_exchange(
            make_capture(), make_exchange(("Content-Encoding", coding), body=body)
        )
    assert read_payload(tmp_path, pointer, sha256=hashlib.sha256(PAGE).hexdigest()) == PAGE
    assert [block for kind, _, block in read_all(tmp_path) if kind == "response"]


def test_a_body_that_does_not_give_the_page_back_is_archived_without_its_coding(tmp_path: Path) -> None:
    exchange = make_exchange(("Content-Encoding", "gzip"), body=gzip.compress(b"something else"))
    with ArchiveWriter(tmp_path, 10**9, "fetch") as writer:
        pointer = writer.append_exchange(make_capture(), exchange)
    assert read_payload(tmp_path, pointer, sha256=hashlib.sha256(PAGE).hexdigest()) == PAGE


def test_a_record_that_cannot_be_read_back_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damage(capture: Capture, sha256: str) -> bytes:
        return zlib.compress(
            b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 99\r\n\r\nshort\r\n\r\n", wbits=31
        )

    with ArchiveWriter(tmp_path, 10**9, "load") as writer:
        first = writer.append(make_capture(b"first", "file:///1"))
        monkeypatch.setattr(checked, "make_resource", damage)
        with pytest.raises(UnreadableRecordError, match="incomplete"):
            writer.append(make_capture())
        monkeypatch.undo()
        third = writer.append(make_capture(b"third", "file:///3"))
    assert third.warc_offset == first.warc_offset + first.warc_length
    assert len(list(read_all(tmp_path))) == 3


def test_after_a_kill_a_capture_with_long_hints_is_found_again(tmp_path: Path) -> None:
    captures = [make_capture(b"page %d" % n, f"{URL}/{n}", hints={"title": LONG}) for n in range(4)]
    writer = ArchiveWriter(tmp_path, 10**9, "load")
    pointers = [writer.append(capture) for capture in captures]
    writer.close()
    (path,) = tmp_path.glob("*.warc.gz")
    path.write_bytes(path.read_bytes()[: pointers[3].warc_offset + pointers[3].warc_length + 20])
    found = recover(tmp_path)
    assert found == {
        capture.capture_id: pointer for capture, pointer in zip(captures[:3], pointers, strict=False)
    }
    assert list(tmp_path.glob("*.broken")) == []
