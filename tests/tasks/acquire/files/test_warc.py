"""WARC files from elsewhere: pages out of them, whatever else is in them, and as far as they are whole."""

from __future__ import annotations

import gzip
import os
import tracemalloc
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from core.captures import Capture, CaptureKind
from core.outcomes import InputOutcome, Reason
from tasks.acquire.files.read import FileOptions, iterate_inputs

PAGE = b"<html><title>Ferry stopped</title><p>The ferry to Orsay did not sail on Friday.</p></html>"
HTML = ("Content-Type", "text/html; charset=windows-1252")


class Crawl:
    """Writes a WARC file as another program would."""

    def __init__(self, *, is_gzipped: bool = True, version: str = "1.0") -> None:
        self.data = BytesIO()
        self._writer = WARCWriter(self.data, gzip=is_gzipped, warc_version=version)

    def info(self) -> Crawl:
        self._writer.write_record(self._writer.create_warcinfo_record("x.warc.gz", {"software": "other"}))
        return self

    def page(self, n: int, body: bytes = PAGE, *headers: tuple[str, str], status: str = "200 OK") -> Crawl:
        http = StatusAndHeaders(status, list(headers or (HTML,)), protocol="HTTP/1.1")
        return self._write(f"https://www.orsay-mail.example/{n}", "response", body, http)

    def request(self, n: int) -> Crawl:
        http = StatusAndHeaders("GET / HTTP/1.1", [("Host", "x")], is_http_request=True)
        return self._write(f"https://www.orsay-mail.example/{n}", "request", b"", http)

    def resource(self, url: str, body: bytes, content_type: str) -> Crawl:
        return self._write(url, "resource", body, None, content_type)

    def _write(self, url, kind, body, http, content_type=""):
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_content_type=content_type,
            warc_headers_dict={"WARC-Date": "2026-03-01T08:30:00Z"},
        )
        self._writer.write_record(record)
        return self

    def save(self, path: Path) -> Path:
        path.write_bytes(self.data.getvalue())
        return path


@pytest.mark.parametrize(("is_gzipped", "version"), [(True, "1.0"), (True, "1.1"), (False, "1.0")])
def test_a_page_is_captured_under_its_address_with_its_time_and_charset(is_gzipped, version, folder, read):
    name = "a.warc.gz" if is_gzipped else "a.warc"
    path = Crawl(is_gzipped=is_gzipped, version=version).info().request(1).page(1).save(folder / name)
    (capture,) = read(path)
    assert capture.payload == PAGE
    assert capture.kind is CaptureKind.HTML
    assert capture.url == capture.web_url == "https://www.orsay-mail.example/1"
    assert capture.outlet == "orsay-mail.example"
    assert capture.fetched_at == datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    assert capture.content_type == "text/html"
    assert capture.charset == "windows-1252"
    assert capture.input_ref.startswith(f"{path}@")


def test_the_number_after_the_at_sign_is_where_the_record_begins(folder, read):
    path = Crawl().info().page(1).page(2).save(folder / "a.warc.gz")
    _, second = read(path)
    offset = int(second.input_ref.rpartition("@")[2])
    assert b"orsay-mail.example/2" in gzip.decompress(path.read_bytes()[offset:])
    (again,) = read(path, start_offset=offset)
    assert again == second


def test_a_file_that_is_one_gzip_member_still_names_each_page_apart(folder, read):
    crawl = Crawl(is_gzipped=False).info()
    for n in range(30):
        crawl.page(n)
    (folder / "a.warc.gz").write_bytes(gzip.compress(crawl.data.getvalue()))
    assert [item.url[-2:].strip("/") for item in read(folder)] == [str(n) for n in range(30)]


def test_what_is_no_page_is_counted_and_left(folder):
    crawl = Crawl().info().request(1).page(1)
    crawl.page(2, b"\x89PNG", ("Content-Type", "image/png"))
    crawl.page(3, b"", HTML, ("Location", "/1"), status="301 Moved")
    crawl.resource("dns:orsay-mail.example", b"192.0.2.1", "text/dns")
    crawl.save(folder / "a.warc.gz")
    tally: Counter[str] = Counter()
    (capture,) = iterate_inputs([folder], FileOptions(), tally)
    assert isinstance(capture, Capture)
    assert tally == {"skipped": 5}


def test_a_page_with_an_error_status_is_rejected_with_it(folder, read):
    Crawl().page(1, PAGE, HTML, status="404 Not Found").save(folder / "a.warc.gz")
    (outcome,) = read(folder)
    assert outcome.reason is Reason.HTTP_STATUS
    assert "404" in outcome.detail


def test_resources_of_our_own_archives_come_back_as_what_they_were(folder, read):
    crawl = Crawl(version="1.1").info()
    crawl.resource("file:///texts/a.txt", b"By Ida Lund\n\nIt sailed.", "text/plain")
    crawl.resource("https://orsay-mail.example/1", b'{"text": "x"}', "application/json")
    crawl.resource("file:///b.html", PAGE, "text/html; charset=utf-8")
    crawl.save(folder / "a.warc.gz")
    assert [item.kind.value for item in read(folder)] == ["text", "record", "html"]


def test_an_empty_a_binary_and_a_too_large_page_cost_only_themselves(folder, read):
    crawl = Crawl().page(1, b"").page(2, b"%PDF-1.7").page(3, b"a" * 300_000).page(4)
    crawl.page(5, gzip.compress(bytes(20_000_000)), HTML, ("Content-Encoding", "gzip"))
    crawl.save(folder / "a.warc.gz")
    items = read(folder, max_input_bytes=200_000)
    reasons = [getattr(item, "reason", None) for item in items]
    assert reasons == [Reason.EMPTY, Reason.BINARY, Reason.TOO_LARGE, None, Reason.TOO_LARGE]


def test_pages_are_chosen_by_host_time_and_language(folder, read):
    crawl = Crawl().info().page(1, b'<html class="x" lang="de-AT"><p>Die F\xe4hre</html>').page(2)
    crawl.page(3, PAGE, HTML, ("Content-Language", "fr"))
    crawl.save(folder / "a.warc.gz")

    def numbers(**options):
        return [item.url[-1] for item in read(folder, **options) if isinstance(item, Capture)]

    assert numbers(languages=frozenset({"de"})) == ["1", "2"]
    assert numbers(languages=frozenset({"fr"})) == ["2", "3"]
    assert numbers(hosts=frozenset({"orsay-mail.example"})) == ["1", "2", "3"]
    assert numbers(hosts=frozenset({"mail.example"})) == []
    assert numbers(fetched_from=datetime(2026, 3, 2, tzinfo=UTC)) == []
    assert numbers(fetched_until=datetime(2026, 3, 1, 9, tzinfo=UTC)) == ["1", "2", "3"]


def test_a_record_that_is_a_bomb_is_not_unpacked_to_its_end(folder, read):
    size = 3_000_000_000
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x>\r\nWARC-Target-URI: http://x.example/\r\n"
        b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" % size
    )
    packed = gzip.compress(head + bytes(120_000_000), 1)  # as far as it will be read
    (folder / "a.warc.gz").write_bytes(Crawl().page(1).data.getvalue() + packed)
    first, bomb = read(folder, max_input_bytes=1_000_000)
    assert isinstance(first, Capture)
    assert bomb.reason is Reason.COMPRESSION_BOMB
    assert "1 inputs" in bomb.detail


@pytest.mark.parametrize("kept", [5, 13, 37, 62, 80, 99])
def test_a_truncated_file_gives_the_pages_before_the_cut_and_one_outcome(kept, folder, read):
    crawl = Crawl().info()
    for n in range(20):
        crawl.page(n)
    data = crawl.data.getvalue()
    (folder / "a.warc.gz").write_bytes(data[: len(data) * kept // 100])
    *pages, cut = read(folder)
    assert [page.payload for page in pages] == [PAGE] * len(pages)
    assert cut.reason is Reason.BROKEN_ARCHIVE
    assert cut.input_ref == str(folder / "a.warc.gz")
    assert f"{len(pages)} inputs before it were read" in cut.detail
    assert abs(len(pages) - 20 * kept / 100) <= 2


def test_damage_in_the_middle_gives_the_pages_before_it(folder, read):
    crawl = Crawl().info()
    for n in range(20):
        crawl.page(n)
    data = bytearray(crawl.data.getvalue())
    data[len(data) // 2 : len(data) // 2 + 50] = b"\xff" * 50
    (folder / "a.warc.gz").write_bytes(data)
    *pages, cut = read(folder)
    assert 5 < len(pages) < 15
    assert cut.reason is Reason.BROKEN_ARCHIVE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"<html>no archive</html>", Reason.BROKEN_ARCHIVE),
        (gzip.compress(b"nor this", mtime=0), Reason.BROKEN_ARCHIVE),
        (Crawl().info().data.getvalue(), Reason.EMPTY),
    ],
)
def test_a_file_without_pages_is_one_outcome(data, reason, folder, read):
    (folder / "a.warc.gz").write_bytes(data)
    (outcome,) = read(folder)
    assert isinstance(outcome, InputOutcome)
    assert outcome.reason is reason


def test_memory_stays_flat_over_many_records(folder):
    crawl = Crawl().info()
    for n in range(1000):
        crawl.page(n, PAGE * 100)
    path = crawl.save(folder / "a.warc.gz")
    del crawl
    tracemalloc.start()
    count = sum(1 for _ in iterate_inputs([path], FileOptions()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1000
    assert peak < 1_000_000


DATES = {
    "0001-01-01T00:00:00+14:00": None,
    "9999-12-31T23:59:59-12:00": None,
    "9999-12-31T23:59:59Z": None,
    "2026-02-30T00:00:00Z": None,
    "yesterday": None,
    "": None,
    "٢٠٢٦-٠٣-٠١": None,
    "2026-03-01T08:30:00+99:00": None,
    "2026-03-01T08:30:00.123456789Z": datetime(2026, 3, 1, 8, 30, 0, 123456, tzinfo=UTC),
    "2026-03-01T23:30:00-12:00": datetime(2026, 3, 2, 11, 30, tzinfo=UTC),
    "20260301T083000Z": datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
    "2026-03-01": datetime(2026, 3, 1, tzinfo=UTC),
}


@pytest.mark.parametrize("said", DATES)
def test_a_date_that_is_none_is_that_of_the_file_and_the_records_around_it_are_read(said, folder, read):
    crawl = Crawl(is_gzipped=False).page(1).page(2).page(3).data.getvalue()
    before, _, rest = crawl.partition(b"WARC-Date: 2026-03-01T08:30:00Z\r\n")
    start, _, behind = rest.partition(b"WARC-Date: 2026-03-01T08:30:00Z\r\n")
    line = b"WARC-Date: 2026-03-01T08:30:00Z\r\n"
    (folder / "a.warc").write_bytes(before + line + start + f"WARC-Date: {said}\r\n".encode() + behind)
    os.utime(folder / "a.warc", (0, 1_600_000_000))
    pages = read(folder)
    assert [page.url[-1] for page in pages] == ["1", "2", "3"]
    of_file = datetime.fromtimestamp(1_600_000_000, UTC)
    assert pages[1].fetched_at == (DATES[said] or of_file)


def test_an_error_that_nobody_expected_costs_its_record_and_those_behind_it_are_read(
    folder, read, monkeypatch
):
    def pick_or_fail(path, options, said, url):
        if url.endswith("2"):
            raise ArithmeticError("nobody thought of it")
        return "orsay"

    monkeypatch.setattr("tasks.acquire.files.warc.pick_outlet", pick_or_fail)
    items = read(Crawl().page(1).page(2).page(3).save(folder / "a.warc.gz"))
    assert [getattr(item, "reason", None) for item in items] == [None, Reason.STAGE_ERROR, None]
