"""Records of WARC files from elsewhere are read where they lie, by file, offset and length."""

from __future__ import annotations

import gzip
import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from core.captures import Capture
from tasks.acquire.files.read import FileOptions, iterate_inputs
from warehouse.archive.references import References, reference_record
from warehouse.archive.writer import Pointer, read_payload

PAGE = b"<html><p>The ferry to Orsay did not sail on Friday.</p></html>" * 30
CODINGS = {
    "plain": (PAGE, []),
    "gzip": (gzip.compress(PAGE), [("Content-Encoding", "gzip")]),
    "x-gzip": (gzip.compress(PAGE), [("Content-Encoding", "x-gzip")]),
    "mislabelled": (PAGE, [("Content-Encoding", "gzip")]),
    "once chunked": (PAGE, [("Transfer-Encoding", "chunked")]),
    "chunked": (b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE), [("Transfer-Encoding", "chunked")]),
}


def write_crawl(path: Path, *, is_gzipped: bool) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=is_gzipped)
    writer.write_record(writer.create_warcinfo_record("x", {"software": "other"}))
    for body, headers in CODINGS.values():
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1")
        url = "https://orsay-mail.example/ferry"
        record = writer.create_warc_record(
            url, "response", payload=BytesIO(body), length=len(body), http_headers=http
        )
        writer.write_record(record)
    path.write_bytes(out.getvalue())
    return out.getvalue()


@pytest.mark.parametrize("is_gzipped", [True, False])
def test_every_page_of_a_foreign_file_is_read_back_by_reference(is_gzipped: bool, tmp_path: Path) -> None:
    path = tmp_path / ("crawl.warc.gz" if is_gzipped else "crawl.warc")
    write_crawl(path, is_gzipped=is_gzipped)
    items = list(iterate_inputs([path], FileOptions()))
    assert len(items) == len(CODINGS)
    for item in items:
        assert isinstance(item, Capture)
        pointer = reference_record(path, int(item.input_ref.rpartition("@")[2]))
        assert isinstance(pointer, Pointer)
        assert pointer.warc_file == str(path)
        digest = hashlib.sha256(item.payload).hexdigest()
        assert read_payload(tmp_path / "archive", pointer, sha256=digest) == PAGE


def test_what_cannot_be_read_by_itself_is_no_reference(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    data = write_crawl(path, is_gzipped=True)
    assert reference_record(path, 5) is None
    assert reference_record(path, len(data)) is None
    path.write_bytes(data[:-40])
    starts = [n for n in range(len(data)) if data.startswith(b"\x1f\x8b\x08", n)]
    assert reference_record(path, starts[-1]) is None
    path.write_bytes(gzip.compress(b"no record"))
    assert reference_record(path, 0) is None
    path.write_bytes(gzip.compress(write_crawl(path, is_gzipped=False)))
    assert reference_record(path, 0) is None  # all records in one member


def test_a_reference_is_one_only_if_it_gives_back_the_payload(tmp_path: Path) -> None:
    path = tmp_path / "archive" / "crawl.warc.gz"
    path.parent.mkdir()
    write_crawl(path, is_gzipped=True)
    starts = [n for n in range(path.stat().st_size) if path.read_bytes().startswith(b"\x1f\x8b\x08", n)]
    digest = hashlib.sha256(PAGE).hexdigest()
    elsewhere, here = References(tmp_path / "other"), References(tmp_path / "archive")
    found = elsewhere.find(path, starts[1], digest)
    assert found is not None
    assert found.warc_file == str(path)
    assert here.find(path, starts[1], digest) == found._replace(warc_file="crawl.warc.gz")
    assert elsewhere.find(path, starts[1], hashlib.sha256(b"another").hexdigest()) is None
    elsewhere.close()
    here.close()
