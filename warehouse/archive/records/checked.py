"""Records of a capture, read back from memory before they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.captures import Capture
from core.http.exchanges import Exchange
from warehouse.archive.records.payloads import UnreadableRecordError, check_member
from warehouse.archive.records.warc_records import (
    make_metadata,
    make_redirect,
    make_request,
    make_resource,
    make_response,
    make_revisit,
)


def make_checked_resource(capture: Capture, sha256: str) -> list[bytes]:
    """The records of what was loaded from a file; the first holds the payload.

    Raises UnreadableRecordError if that would not give the payload back.
    """
    records = [make_resource(capture, sha256), *make_metadata("resource", capture)]
    _check(records, sha256)
    return records


def make_checked_exchange(capture: Capture, exchange: Exchange, sha256: str) -> list[bytes]:
    """The records of a fetched page; the first holds the payload, without its coding if it cannot be read back else.

    Raises UnreadableRecordError if no record would give the payload back.
    """
    records = _make_exchange(capture, exchange)
    try:
        _check(records, sha256)
    except UnreadableRecordError:
        records = _make_exchange(capture, _decode(exchange, capture.payload))
        _check(records, sha256)
    return records


def make_checked_revisit(
    capture: Capture, exchange: Exchange | None, url: str, fetched_at: datetime
) -> list[bytes]:
    """The records of a payload that was archived before, at `url` and `fetched_at`, and was met again."""
    body = exchange.body if exchange else capture.payload
    records = [make_revisit(capture, exchange, hashlib.sha256(body).hexdigest(), url, fetched_at)]
    if exchange:
        records.append(make_request(capture, exchange))
    records += make_metadata("revisit", capture, exchange)
    _check(records, None)
    return records


def _make_exchange(capture: Capture, exchange: Exchange) -> list[bytes]:
    body_digest = hashlib.sha256(exchange.body).hexdigest()
    records = [make_response(capture, exchange, body_digest), make_request(capture, exchange)]
    records += make_metadata("response", capture, exchange)
    for number, (url, redirect) in enumerate(exchange.redirects, 1):
        records += make_redirect(capture, number, url, redirect)
    return records


def _decode(exchange: Exchange, payload: bytes) -> Exchange:
    """The exchange as if the server had sent the payload without a coding; the header that named the coding is kept."""
    headers = [
        ("X-Orig-Content-Encoding" if name.lower() == "content-encoding" else name, value)
        for name, value in exchange.response_headers
    ]
    return replace(exchange, response_headers=headers, body=payload)


def _check(records: Sequence[bytes], sha256: str | None) -> None:
    """Read each record back from memory. Raises UnreadableRecordError if one does not give back its content."""
    for number, record in enumerate(records):
        check_member(record, sha256 if number == 0 else None)
