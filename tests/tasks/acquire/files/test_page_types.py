"""A page in a WARC file is taken whatever type it is said to have; what could have been one has an outcome."""

from __future__ import annotations

import gzip
import json
from collections import Counter

import pytest

from core.captures import Capture, CaptureKind
from core.outcomes import Reason
from tasks.acquire.files.page_types import judge_type
from tasks.acquire.files.read import FileOptions, iterate_inputs
from tests.tasks.acquire.files.test_warc import PAGE, Crawl

HTML, UNKNOWN, OTHER = CaptureKind.HTML, Reason.UNSUPPORTED_TYPE, None
BODIES = {
    "doctype": b"<!DOCTYPE html>\n<html lang=en>",
    "html": b"<HTML><title>x</title>",
    "mark": b"\xef\xbb\xbf\r\n <!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>",
    "xhtml": b"<?xml version='1.0' encoding='UTF-8'?>\n<!-- Orsay -->\n<!DOCTYPE html>",
    "utf-16": "<!DOCTYPE html><html>".encode("utf-16"),
    "part": b"<article class='a'><h1>Lock</h1>",
    "text": b"The lock gate at Orsay jammed on Friday.",
    "about html": b'{"a": "<html>"}',
    "script": b"document.write('<html>')",
    "header": b"<headline>Lock</headline>",
    "feed": b"<?xml version='1.0'?><rss version='2.0'>",
    "svg": b"<?xml version='1.0'?><!DOCTYPE svg><svg>",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00",
    "noise": bytes(range(256)),
    "empty": b"",
}
PAGES, TEXTS = (
    ("doctype", "html", "mark", "xhtml", "utf-16"),
    ("text", "about html", "script", "header", "feed", "svg"),
)
VAGUE = (
    None,
    "text/plain",
    "application/octet-stream",
    "html",
    "text/html charset=utf-8",
    "*/*",
    "text/x-html",
)


@pytest.mark.parametrize("declared", ["text/html", *VAGUE, "image/png", "application/json", "text/css"])
@pytest.mark.parametrize("body", PAGES)
def test_what_begins_as_a_page_is_one_under_any_type(declared, body):
    assert judge_type(declared, BODIES[body]) is HTML


@pytest.mark.parametrize("declared", VAGUE)
def test_under_a_type_that_says_little_the_first_bytes_decide(declared):
    assert judge_type(declared, BODIES["part"]) is HTML
    assert [judge_type(declared, BODIES[body]) for body in (*TEXTS, "empty")] == [UNKNOWN] * 7
    assert [judge_type(declared, BODIES[body]) for body in ("png", "noise")] == [OTHER] * 2


@pytest.mark.parametrize(
    "declared", ["image/png", "application/json", "text/css", "application/rss+xml", "font/woff2"]
)
def test_what_has_another_type_and_does_not_begin_as_a_page_is_none(declared):
    for body in (*TEXTS, "part", "png", "noise", "empty"):
        assert judge_type(declared, BODIES[body]) is OTHER


@pytest.mark.parametrize("body", BODIES)
def test_what_is_said_to_be_a_page_is_taken_for_one(body):
    assert judge_type("text/html", BODIES[body]) is HTML


def test_a_long_beginning_is_looked_at_in_no_time():
    for start in (b"<!--" * 2_000, b"<?xml " * 1_300, b" \n" * 4_000, b"<p " * 2_700, b"<!-- -->" * 1_000):
        assert judge_type(None, start) is UNKNOWN


def test_pages_of_missing_and_wrong_types_are_captured_and_the_rest_told_or_counted(folder):
    crawl = Crawl().info()
    crawl.page(1, PAGE, ("Server", "x"))
    crawl.page(2, PAGE, ("Content-Type", "text/plain; charset=utf-8"))
    crawl.page(
        3, gzip.compress(PAGE), ("Content-Type", "application/octet-stream"), ("Content-Encoding", "gzip")
    )
    crawl.page(4, PAGE, ("Content-Type", "image/png"))
    crawl.page(5, b"A note.", ("Content-Type", "text/plain"))
    crawl.page(6, b"", ("Server", "x"))
    crawl.page(7, PAGE, ("Server", "x"), status="503 Unavailable")
    crawl.page(8, b"\x89PNG\r\n", ("Server", "x"))
    crawl.page(9, b"", ("Server", "x"), status="204 No Content")
    crawl.page(10, b"\x89PNG\r\n", ("Content-Type", "image/png"))
    crawl.page(11, b"", ("Location", "/1"), status="302 Found")
    crawl.save(folder / "a.warc.gz")
    tally: Counter[str] = Counter()
    items = list(iterate_inputs([folder], FileOptions(), tally))
    assert [item.payload for item in items if isinstance(item, Capture)] == [PAGE] * 4
    reasons = [item.reason for item in items if not isinstance(item, Capture)]
    assert reasons == [Reason.UNSUPPORTED_TYPE, Reason.EMPTY, Reason.HTTP_STATUS]
    assert "text/plain, and no HTML" in items[4].detail
    assert tally == {"skipped": 5}


def test_a_picture_past_the_limit_is_no_page_that_is_too_large(folder, read):
    crawl = Crawl().page(1, b"\x89PNG" + bytes(300_000), ("Content-Type", "image/png")).page(2)
    crawl.page(3, PAGE + b" " * 300_000, ("Content-Type", "text/plain"))
    crawl.save(folder / "a.warc.gz")
    page, large = read(folder, max_input_bytes=200_000)
    assert page.payload == PAGE
    assert large.reason is Reason.TOO_LARGE


def write_records(path, *records):
    """Records as they are, headers and block; none of them is what a program should write."""
    path.write_bytes(
        b"".join(
            head + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n" for head, block in records
        )
    )
    return path


def head(kind, url, *more):
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2026-03-01T08:30:00Z",
        *more,
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def test_responses_without_http_headers_and_resources_without_a_type_are_looked_at(folder, read):
    address = "https://orsay-mail.example/"
    path = write_records(
        folder / "a.warc",
        (head("response", address + "1"), PAGE),
        (head("response", address + "2"), b"Not a page."),
        (
            head("response", "dns:orsay-mail.example", "Content-Type: text/dns"),
            b"20260301\norsay-mail.example. A 192.0.2.1",
        ),
        (head("resource", address + "3"), PAGE),
        (head("resource", address + "4", "Content-Type: application/octet-stream"), b"Not a page."),
        (head("resource", address + "5", "Content-Type: text/plain"), PAGE),
        (head("resource", "urn:view:" + address, "Content-Type: image/png"), b"\x89PNG"),
    )
    items = read(path)
    assert [getattr(item, "payload", None) for item in items] == [PAGE, None, PAGE, None, PAGE]
    assert [item.reason for item in items if not isinstance(item, Capture)] == [Reason.UNSUPPORTED_TYPE] * 2


@pytest.mark.parametrize(
    ("said", "kind"), [("text", "text"), ("html", "html"), ("x", "html"), (None, "html")]
)
def test_a_resource_of_our_own_archives_comes_back_as_what_it_was(said, kind, folder, read):
    told = [f"WARC-JSON-Metadata: {json.dumps({'kind': said})}"] if said else []
    path = write_records(
        folder / "a.warc", (head("resource", "file:///a.txt", "Content-Type: text/plain", *told), PAGE)
    )
    (capture,) = read(path)
    assert capture.kind.value == kind
