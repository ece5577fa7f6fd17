"""Pages that a browser saved as one file: the page itself, its charset, address and time."""

from __future__ import annotations

import quopri
from base64 import encodebytes
from datetime import UTC, datetime

import pytest

from core.captures import Capture
from core.outcomes import Reason

URL = "https://www.orsay-mail.example/ferry"
HEAD = (
    "From: <Saved by Blink>\nSnapshot-Content-Location: {url}\nSubject: Ferry\nDate: Mon, 4 May 2026 15:07:41 +0200\n"
    'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="--b"\n\n'
)
PAGE = "<html><body><p>Die Fähre fuhr nicht = gar nicht.</p></body></html>"


def make_part(page: str = PAGE, *, url: str = URL, charset: str = "utf-8", coding: str = "quoted-printable", kind: str = "text/html") -> bytes:  # fmt: skip
    data = page.encode(charset)
    coded = {"quoted-printable": quopri.encodestring, "base64": encodebytes, "8bit": bytes}[coding](data)
    head = f"----b\nContent-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {coding}\nContent-Location: {url}\n\n"
    return head.encode() + coded + b"\n"


def make_file(*parts: bytes, url: str = URL) -> bytes:
    return HEAD.format(url=url).encode() + b"".join(parts) + b"----b--\n"


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "A.MHTML"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
def test_a_saved_page_is_its_page_with_charset_address_and_time(coding, charset, name, folder, read):
    (folder / name).write_bytes(make_file(make_part(charset=charset, coding=coding)))
    (capture,) = read(folder)
    assert capture.payload.decode(charset).strip() == PAGE
    assert (capture.charset, capture.url, capture.outlet) == (charset, URL, "orsay-mail.example")
    assert capture.fetched_at == datetime(2026, 5, 4, 13, 7, 41, tzinfo=UTC)
    assert capture.input_ref == str(folder / name)


def test_windows_line_ends_and_a_folded_address_are_read(folder, read):
    data = make_file(make_part(), url=URL[:20] + "\n " + URL[20:]).replace(b"\n", b"\r\n")
    (folder / "a.mhtml").write_bytes(data)
    assert read(folder)[0].url == URL


def test_a_frame_before_the_page_is_not_the_page(folder, read):
    frame = make_part("<p>Buy a boat</p>", url="https://ads.example/frame")
    picture = make_part("GIF", url="https://www.orsay-mail.example/a.gif", kind="image/gif")
    (folder / "a.mhtml").write_bytes(make_file(picture, frame, make_part()))
    assert "Fähre" in read(folder)[0].payload.decode()


def test_without_an_address_the_first_page_is_taken_under_the_name_of_the_file(folder, read):
    first = make_part(url="file:///C:/saved.html")
    (folder / "a.mht").write_bytes(make_file(first, make_part("<p>frame</p>", url="cid:frame"), url="cid:x"))
    (capture,) = read(folder)
    assert "Fähre" in capture.payload.decode()
    assert (capture.url, capture.outlet) == ((folder / "a.mht").as_uri(), "morning-star")


def test_a_page_under_the_name_of_a_saved_file_is_a_page(folder, read):
    (folder / "a.mht").write_text(PAGE)
    (capture,) = read(folder)
    assert isinstance(capture, Capture)
    assert capture.payload.decode() == PAGE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make_file(make_part("GIF", kind="image/gif")), Reason.UNSUPPORTED_TYPE),
        (make_file(), Reason.UNSUPPORTED_TYPE),
        (b"Some words and nothing else", Reason.UNSUPPORTED_TYPE),
        (make_file(make_part("")), Reason.EMPTY),
        (b"", Reason.EMPTY),
    ],
)
def test_a_saved_file_without_a_page_is_told(data, reason, folder, read):
    (folder / "a.mhtml").write_bytes(data)
    (problem,) = read(folder)
    assert problem.reason is reason
