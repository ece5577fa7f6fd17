"""Other tools find a fetched page by its address and time, and read it where the index says."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from core.captures import Capture, CaptureKind, make_capture_id
from core.http.exchanges import Exchange
from tests.warehouse.surt_pairs import PAIRS
from warehouse.archive.cdxj import index_archive
from warehouse.archive.store import open_store
from warehouse.archive.surt import make_surt
from warehouse.archive.writer import ArchiveWriter

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
    ((index, _),) = index_archive(tmp_path)
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
    ((index, _),) = index_archive(tmp_path)
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


def test_uncompressed_files_are_indexed_too(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path / "packed", 10**9, "one") as writer:
        for name in "ab":
            writer.append_exchange(*fetched(name))
        writer.settle()
    (packed,) = (tmp_path / "packed").glob("*.warc.gz")
    plain = tmp_path / "loaded-1.warc"
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    ((index, _),) = index_archive(tmp_path)
    assert index.name == "loaded-1.warc.cdxj"
    for line in index.read_text().splitlines():
        found = json.loads(line.split(" ", 2)[2])
        start = int(found["offset"])
        data = plain.read_bytes()[start : start + int(found["length"])]
        assert (
            next(iter(ArchiveIterator(BytesIO(data)))).rec_headers.get_header("WARC-Target-URI")
            == found["url"]
        )


def test_an_archive_in_an_object_store_is_indexed_there_once(tmp_path: Path) -> None:
    place = f"memory://index-{tmp_path.name}"
    with ArchiveWriter(tmp_path, 10**9, "one", publish_to=place) as writer:
        writer.append_exchange(*fetched("a"))
        writer.secure()
        writer.settle()
    ((index, _),) = index_archive(place, tmp_path)
    store = open_store(place)
    key, _, rest = store.read_range(index.name, 0, 10_000).decode().split(" ", 2)
    assert key == "example,velmar-post)/news/a?a=1&b=2"
    found = json.loads(rest)
    data = store.read_range(found["filename"], int(found["offset"]), int(found["length"]))
    record = next(iter(ArchiveIterator(BytesIO(data), check_digests="raise")))
    assert record.content_stream().read() == fetched("a")[0].payload
    assert index_archive(place, tmp_path) == []


@pytest.mark.parametrize(("url", "key"), PAIRS)
def test_addresses_are_keyed_as_pywb_looks_them_up(url: str, key: str) -> None:
    assert make_surt(url) == key


@given(st.text(max_size=60))
def test_any_address_has_a_key_without_a_blank_in_it(rest: str) -> None:
    for url in (rest, f"https://{rest}", f"https://velmar-post.example/{rest}"):
        assert make_surt(url).isascii()
        assert not set(make_surt(url)) & set(" \t\r\n")
