"""WARC/1.1 records (ISO 28500): how captures become records, and payloads come back out of them."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from core import __version__
from core.captures import Capture, CaptureKind
from core.exchanges import Exchange

# Measured on 177 news pages, 41 MB: level 1 1.8 ms a page to 24 % of its size, level 3 2.1 ms to 23 %,
# level 6 4.4 ms to 21 %, level 9 (warcio's own) 7.0 ms to 20 %.
COMPRESSION_LEVEL = 3
# Record ids are UUIDs of version 5 in this namespace, so that the same capture has the same record id.
RECORD_NAMESPACE = uuid.UUID("6f1c1c0e-5b0e-5d55-9d5e-0f2c4f5a7b11")
_MEDIA_TYPES = {
    CaptureKind.HTML: "text/html",
    CaptureKind.TEXT: "text/plain",
    CaptureKind.RECORD: "application/json",
}
# Bodies are kept without chunking, as HTTP/2 sends them, so a reader must not look for chunks.
_REWRITTEN_HEADERS = {"transfer-encoding": "X-Orig-Transfer-Encoding"}


def warc_digest(sha256: str) -> str:
    """A digest as WARC headers carry it: `sha256:` and base 32."""
    return "sha256:" + base64.b32encode(bytes.fromhex(sha256)).decode("ascii")


def warc_date(moment: datetime) -> str:
    """A WARC-Date: UTC, with microseconds where there are any (WARC/1.1)."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def record_id(*parts: str) -> str:
    """The WARC-Record-ID made from these parts, always the same for the same parts."""
    return f"<urn:uuid:{uuid.uuid5(RECORD_NAMESPACE, ' '.join(parts))}>"


def serialize(record: ArcWarcRecord) -> bytes:
    """The record as one gzip member, which is what a WARC file is a sequence of."""
    plain = BytesIO()
    WARCWriter(plain, gzip=False, warc_version="1.1").write_record(record)
    return zlib.compress(plain.getvalue(), COMPRESSION_LEVEL, wbits=31)


def make_warcinfo(filename: str, created_at: datetime) -> bytes:
    """The first record of a file: who wrote it and by which standard; no host and no user name."""
    fields = {
        "software": f"copydesk/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    body = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    headers = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", record_id("warcinfo", filename)),
        ("WARC-Filename", filename),
        ("WARC-Date", warc_date(created_at)),
    ]
    return serialize(_build("warcinfo", headers, body, "application/warc-fields"))


def make_resource(capture: Capture, sha256: str) -> bytes:
    """The `resource` record of a local file or record: its block is the payload, byte for byte."""
    digest = warc_digest(sha256)
    media_type = capture.content_type or _MEDIA_TYPES[capture.kind]
    if capture.charset and "charset=" not in media_type:
        media_type += f"; charset={capture.charset}"
    headers = [
        *_common_headers("resource", capture),
        ("WARC-Payload-Digest", digest),
        ("WARC-Block-Digest", digest),
    ]
    return serialize(_build("resource", headers, capture.payload, _one_line(media_type)))


def make_response(capture: Capture, exchange: Exchange, body_sha256: str) -> bytes:
    """The `response` record of a fetched page; `body_sha256` is of the body as it came."""
    headers = [
        *_common_headers("response", capture),
        *_address_header(exchange),
        ("WARC-Payload-Digest", warc_digest(body_sha256)),
    ]
    return serialize(_build("response", headers, exchange.body, None, _response_headers(exchange)))


def make_request(capture: Capture, exchange: Exchange) -> bytes:
    """The `request` record that belongs to a page's response."""
    headers = [
        ("WARC-Type", "request"),
        ("WARC-Record-ID", record_id("request", capture.capture_id)),
        ("WARC-Target-URI", _one_line(capture.final_url or capture.url)),
        ("WARC-Date", warc_date(capture.fetched_at)),
        ("WARC-Concurrent-To", record_id("response", capture.capture_id)),
        *_address_header(exchange),
    ]
    line = f"{exchange.method} {exchange.target} HTTP/1.1"
    http = StatusAndHeaders(line, _clean(exchange.request_headers), is_http_request=True)
    return serialize(_build("request", headers, b"", None, http))


def make_redirect(capture: Capture, number: int, url: str, exchange: Exchange) -> list[bytes]:
    """The records of the redirect `number` (from 1), from `url`, on the way to a fetched page."""
    hop = replace(
        capture, capture_id=f"{capture.capture_id}-{number}", url=url, final_url=None, payload=b"", hints={}
    )
    digest = hashlib.sha256(exchange.body).hexdigest()
    return [make_response(hop, exchange, digest), make_request(hop, exchange)]


def make_revisit(
    capture: Capture, exchange: Exchange | None, body_sha256: str, original_url: str, original_at: datetime
) -> bytes:
    """The `revisit` record of a capture whose payload is archived already, under `original_url`."""
    headers = [
        *_common_headers("revisit", capture),
        ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
        ("WARC-Refers-To-Target-URI", _one_line(original_url)),
        ("WARC-Refers-To-Date", warc_date(original_at)),
        ("WARC-Payload-Digest", warc_digest(body_sha256)),
    ]
    if exchange is None:
        return serialize(_build("revisit", headers, b"", "application/octet-stream"))
    return serialize(_build("revisit", headers, b"", None, _response_headers(exchange)))


def _common_headers(record_type: str, capture: Capture) -> list[tuple[str, str]]:
    return [
        ("WARC-Type", record_type),
        ("WARC-Record-ID", record_id(record_type, capture.capture_id)),
        ("WARC-Target-URI", _one_line(capture.final_url or capture.url)),
        ("WARC-Date", warc_date(capture.fetched_at)),
        ("WARC-JSON-Metadata", json.dumps(_provenance(capture), sort_keys=True, default=str)),
    ]


def _provenance(capture: Capture) -> Mapping[str, object]:
    """What the table `captures` could not be rebuilt from otherwise, were the catalog lost."""
    hints = {key: value for key, value in capture.hints.items() if key != "text"}
    return {
        "capture_id": capture.capture_id,
        "hints": hints,
        "input_ref": capture.input_ref,
        "kind": capture.kind.value,
        "outlet": capture.outlet,
        "url": capture.url,
    }


def _address_header(exchange: Exchange) -> list[tuple[str, str]]:
    return [("WARC-IP-Address", exchange.ip_address)] if exchange.ip_address else []


def _response_headers(exchange: Exchange) -> StatusAndHeaders:
    status = f"{exchange.status_code} {_one_line(exchange.reason_phrase)}".rstrip()
    return StatusAndHeaders(status, _clean(exchange.response_headers), protocol="HTTP/1.1")


def _clean(headers: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(_REWRITTEN_HEADERS.get(name.lower(), name), _one_line(value)) for name, value in headers]


def _one_line(value: str) -> str:
    return " ".join(value.split()) if any(c in value for c in "\r\n\x00") else value


def _build(
    record_type: str,
    headers: list[tuple[str, str]],
    body: bytes,
    content_type: str | None,
    http_headers: StatusAndHeaders | None = None,
) -> ArcWarcRecord:
    return WARCWriter(None, gzip=False, warc_version="1.1").create_warc_record(
        "",  # the address is in `headers`; given here, warcio would look for HTTP headers in the body
        record_type,
        payload=BytesIO(body),
        length=len(body),
        warc_content_type=content_type or "",
        warc_headers=StatusAndHeaders("", headers, protocol="WARC/1.1"),
        http_headers=http_headers,
    )
