"""Other tools find a fetched page by its address and time, and read it where the index says."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from core.captures import Capture, CaptureKind, make_capture_id
from core.exchanges import Exchange
from warehouse.archive import ArchiveWriter
from warehouse.archive_index import index_archive, make_surt

NOON = datetime(2026, 3, 2, 12, 0, 7, tzinfo=UTC)


def fetched(name: str) -> tuple[Capture, Exchange]:
    payload = f"<html><p>Page {name} of the Velmar Post.</p></html>".encode()
    url = f"https://www.velmar-post.example/News/{name}?b=2&a=1"
    capture_id = make_capture_id(url, hashlib.sha256(payload).hexdigest(), NOON)
    capture = Capture(capture_id, url, "velmar-post", url, CaptureKind.HTML, payload, NOON)
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]
    return capture, Exchange("GET", "/", [("Host", "x")], 200, "OK", headers, gzip.compress(payload))


def test_a_page_is_replayed_from_the_index_by_another_reader(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, 10**9, "fetch") as writer:
        for name in "abc":
            writer.append_exchange(*fetched(name))
        writer.settle()
    (index,) = index_archive(tmp_path)
    lines = index.read_text().splitlines()
    assert lines == sorted(lines)
    key, stamp, rest = next(line for line in lines if "/news/b" in line).split(" ", 2)
    assert (key, stamp) == ("example,velmar-post)/news/b?a=1&b=2", "20260302120007")
    found = json.loads(rest)
    assert (found["status"], found["mime"]) == ("200", "text/html")
    data = (tmp_path / found["filename"]).read_bytes()
    start = int(found["offset"])
    end = start + int(found["length"])
    record = next(iter(ArchiveIterator(BytesIO(data[start:end]), check_digests="raise")))
    assert record.rec_headers.get_header("WARC-Target-URI") == found["url"]
    assert record.content_stream().read() == fetched("b")[0].payload


def test_revisits_are_in_the_index_as_such_and_local_files_are_not(tmp_path: Path) -> None:
    capture, exchange = fetched("a")
    local = Capture("1" * 20, "a.txt", "x", "file:///a.txt", CaptureKind.TEXT, b"By Ida Lund", NOON)
    with ArchiveWriter(tmp_path, 10**9, "fetch") as writer:
        pointer = writer.append_exchange(capture, exchange)
        writer.append(local)
        writer.append_revisit(capture, exchange, pointer, capture.url, NOON)
        writer.settle()
    (index,) = index_archive(tmp_path)
    assert [json.loads(line.split(" ", 2)[2])["mime"] for line in index.read_text().splitlines()] == [
        "text/html",
        "warc/revisit",
    ]


def test_only_what_is_new_and_finished_is_indexed(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, 10**9, "one") as writer:
        writer.append_exchange(*fetched("a"))
        assert index_archive(tmp_path) == []
        writer.settle()
    assert len(index_archive(tmp_path)) == 1
    assert index_archive(tmp_path) == []


@pytest.mark.parametrize(
    ("url", "surt"),
    [
        ("https://www.velmar-post.example/", "example,velmar-post)/"),
        ("http://velmar-post.example", "example,velmar-post)/"),
        ("http://a.b.example:8080/X/Y/?q=1", "example,b,a:8080)/x/y?q=1"),
    ],
)
def test_addresses_are_keyed_as_pywb_does(url: str, surt: str) -> None:
    assert make_surt(url) == surt
