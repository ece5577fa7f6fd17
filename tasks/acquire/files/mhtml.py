"""Pages that a browser saved as one file (`.mhtml`, `.mht`): a message whose first page is the article's."""

from __future__ import annotations

import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from tasks.acquire.base.naming import EARLIEST, LATEST, is_web_url

MHTML_SUFFIXES = (".mhtml", ".mht")
_MOST_PARTS = 10_000
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page in a saved file: its bytes, the charset and the address it is said to have, when it was saved."""

    payload: bytes
    charset: str | None
    url: str | None
    saved_at: datetime | None


def read_saved_page(data: bytes) -> SavedPage | None:
    """The page that was saved, or None if no part of the file is a page. Frames and pictures are left out.

    The page is the part at the file's own address, or the one that the file says it begins with, else its first page.
    """
    message = BytesParser(policy=email.policy.compat32).parsebytes(data)
    pages = [part for part in _walk(message) if part.get_content_type() in _PAGE_TYPES]
    if not pages:
        return None
    said = _address(message, "Snapshot-Content-Location") or _address(message, "Content-Location")
    page = _find_root(pages, said, message.get_param("start"))
    payload = page.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return None
    url = _address(page, "Content-Location") or said
    return SavedPage(payload, page.get_content_charset(), url, _read_date(message))


def _walk(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _find_root(pages: list[Message], address: str | None, start: object) -> Message:
    at_address = (page for page in pages if address and _address(page, "Content-Location") == address)
    at_start = (page for page in pages if isinstance(start, str) and page.get("Content-ID") == start)
    return next(at_address, None) or next(at_start, None) or pages[0]


def _address(part: Message, name: str) -> str | None:
    """A web address in a header, put together where the header was folded; None for any other."""
    said = "".join(str(part.get(name) or "").split())
    return said if is_web_url(said) else None


def _read_date(message: Message) -> datetime | None:
    try:
        said = parsedate_to_datetime(str(message.get("Date")))
        moment = said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if EARLIEST <= moment <= LATEST else None
