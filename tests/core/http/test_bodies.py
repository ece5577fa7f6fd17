"""Bodies decoded as their headers say, or left as they are where the headers are wrong; always bounded."""

from __future__ import annotations

import gzip
import zlib
from io import BytesIO

import pytest
import zstandard
from fastwarc.stream_io import BrotliWriter
from hypothesis import given
from hypothesis import strategies as st

from core.http.bodies import (
    BodyTooLargeError,
    decode_beginning,
    decode_body,
    find_charset,
    join_chunks,
    parse_response,
)

TEXT = b"<p>The ferry did not sail.</p>" * 100


def brotli(data: bytes) -> bytes:
    out = BytesIO()
    writer = BrotliWriter(out)
    writer.write(data)
    writer.close()
    return out.getvalue()


CODED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "GZIP": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "deflate ": zlib.compress(TEXT, wbits=-15),
    "br": brotli(TEXT),
    "zstd": zstandard.compress(TEXT),
    "br, gzip": gzip.compress(brotli(TEXT)),
    "identity": TEXT,
    "unheard-of": TEXT,
}


@pytest.mark.parametrize("coding", CODED)
def test_each_coding_is_taken_off(coding):
    assert decode_body(CODED[coding], coding, 10_000) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_without_the_coding_it_is_said_to_have_stays_as_it_is(coding):
    assert decode_body(TEXT, coding, 10_000) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_grows_past_the_limit_is_not_decoded_to_its_end(coding):
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli, "zstd": zstandard.compress}[coding]
    with pytest.raises(BodyTooLargeError):
        decode_body(pack(bytes(10_000_000)), coding, 100_000)


def test_a_body_of_just_the_limit_is_taken():
    assert decode_body(gzip.compress(TEXT), "gzip", len(TEXT)) == TEXT
    with pytest.raises(BodyTooLargeError):
        decode_body(gzip.compress(TEXT), "gzip", len(TEXT) - 1)


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=5))
def test_chunks_are_joined(pieces):
    body = b"".join(b"%x;ext=1\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    assert join_chunks(body) == b"".join(pieces)


@pytest.mark.parametrize("body", [TEXT, b"", b"\r\n", b"zz\r\nfoo"])
def test_a_body_that_is_not_chunked_stays_as_it_is(body):
    assert join_chunks(body) == body


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_a_response_is_parted_into_status_headers_and_body(end):
    head = [b"HTTP/1.1 200 OK", b'Content-Type: Text/HTML; charset="utf-8"', b"X: 1", b"X: 2"]
    message = parse_response(end.join(head) + end + end + b"<p>\n\n<p>", 1000)
    assert message is not None
    assert message.status_code == 200
    assert message.content_type == "text/html"
    assert message.charset == "utf-8"
    assert message.headers["x"] == "1"
    assert message.body == b"<p>\n\n<p>"


@pytest.mark.parametrize("block", [b"", b"<html>", b"HTTP/1.1 OK\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"])
def test_what_is_no_response_is_none(block):
    assert parse_response(block, 1000) is None


@pytest.mark.parametrize(
    ("declared", "charset"),
    [
        ("text/html; charset=UTF-8", "UTF-8"),
        ("text/html;CHARSET='x-sjis'", "x-sjis"),
        ("text/html", None),
        (None, None),
    ],
)
def test_the_charset_is_found_in_a_content_type(declared, charset):
    assert find_charset(declared) == charset


@given(st.binary(max_size=300))
def test_any_block_is_read_without_an_error(block):
    parse_response(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + block, 1000
    )


@pytest.mark.parametrize("tail", [b"", b"\x00" * 512, b"garbage", gzip.compress(TEXT)[:3] + b"broken"])
def test_all_members_of_a_gzip_body_are_read_and_what_follows_them_is_left(tail):
    body = gzip.compress(TEXT) + gzip.compress(b"") + gzip.compress(b"The end.") + tail
    assert decode_body(body, "gzip", 10_000) == TEXT + b"The end."


def test_members_count_together_against_the_limit():
    with pytest.raises(BodyTooLargeError):
        decode_body(gzip.compress(TEXT) * 3, "gzip", 2 * len(TEXT))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_of_a_long_or_broken_off_body_the_beginning_is_decoded(coding):
    assert decode_beginning(CODED[coding], coding, 100) == TEXT[:100]
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli, "zstd": zstandard.compress}
    noise = bytes(zlib.crc32(b"%d" % n) & 255 for n in range(300_000))
    cut = packed[coding](noise)[:-1000]
    assert decode_beginning(cut, coding, 400_000)[:100_000] == noise[:100_000]
