"""WARC/1.1 records (ISO 28500): how captures become records."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
import zlib
from dataclasses import replace
from datetime import UTC, datetime

from core import __version__
from core.captures import Capture, CaptureKind
from core.http.exchanges import Exchange
from warehouse.archive.records.header_fields import (
    MAX_FIELD_BYTES,
    Headers,
    http_fields,
    one_address,
    short_line,
)

# Measured on 177 news pages, 41 MB: level 1 1.8 ms a page to 24 % of its size, level 3 2.1 ms to 23 %,
# level 6 4.4 ms to 21 %, level 9 7.0 ms to 20 %.
COMPRESSION_LEVEL = 3
# Record ids are UUIDs of version 5 in this namespace, so that the same capture has the same record id.
RECORD_NAMESPACE = uuid.UUID("6f1c1c0e-5b0e-5d55-9d5e-0f2c4f5a7b11")
_MEDIA_TYPES = {
    CaptureKind.HTML: "text/html",
    CaptureKind.TEXT: "text/plain",
    CaptureKind.RECORD: "application/json",
}
_RESPONSE_TYPE = "application/http; msgtype=response"
_REQUEST_TYPE = "application/http; msgtype=request"
# Bodies are kept without chunking, as HTTP/2 sends them, so a reader must not look for chunks.
_REWRITTEN_HEADERS = {"transfer-encoding": "X-Orig-Transfer-Encoding"}


def warc_digest(sha256: str) -> str:
    """A digest as WARC headers carry it: `sha256:` and base 32."""
    return "sha256:" + base64.b32encode(bytes.fromhex(sha256)).decode("ascii")


def warc_date(moment: datetime) -> str:
    """A WARC-Date: UTC, with microseconds unless they are zero (WARC/1.1)."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def record_id(*parts: str) -> str:
    """The WARC-Record-ID made from these parts, always the same for the same parts."""
    return f"<urn:uuid:{uuid.uuid5(RECORD_NAMESPACE, ' '.join(parts))}>"


def serialize(headers: Headers, content_type: str, block: bytes) -> bytes:
    """The record as one gzip member; a WARC file is a sequence of such members."""
    return zlib.compress(join_record(headers, content_type, block), COMPRESSION_LEVEL, wbits=31)


def join_record(headers: Headers, content_type: str, block: bytes) -> bytes:
    """The record's bytes; length and, if the headers lack it, the block's digest are added to the headers."""
    fields = list(headers)
    if not any(name == "WARC-Block-Digest" for name, _ in fields):
        digest = hashlib.sha1(block, usedforsecurity=False).digest()
        fields.append(("WARC-Block-Digest", "sha1:" + base64.b32encode(digest).decode("ascii")))
    fields += [("Content-Type", content_type), ("Content-Length", str(len(block)))]
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return b"".join([b"WARC/1.1\r\n", lines.encode("utf-8", "replace"), b"\r\n", block, b"\r\n\r\n"])


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
    return serialize(headers, "application/warc-fields", body)


def make_resource(capture: Capture, sha256: str) -> bytes:
    """The `resource` record of a local file or record: its block is the payload, byte for byte."""
    digest = warc_digest(sha256)
    headers = [
        *_common_headers("resource", capture),
        ("WARC-Payload-Digest", digest),
        ("WARC-Block-Digest", digest),
    ]
    return serialize(headers, _media_type(capture), capture.payload)


def make_response(capture: Capture, exchange: Exchange, body_sha256: str) -> bytes:
    """The `response` record of a fetched page; `body_sha256` is the digest of the body as received."""
    headers = [
        *_common_headers("response", capture),
        *_address_header(exchange),
        ("WARC-Payload-Digest", warc_digest(body_sha256)),
    ]
    return serialize(headers, _RESPONSE_TYPE, _response_head(exchange) + exchange.body)


def make_request(capture: Capture, exchange: Exchange) -> bytes:
    """The `request` record that belongs to a page's response."""
    headers = [
        ("WARC-Type", "request"),
        ("WARC-Record-ID", record_id("request", capture.capture_id)),
        ("WARC-Target-URI", one_address(capture.final_url or capture.url)),
        ("WARC-Date", warc_date(capture.fetched_at)),
        ("WARC-Concurrent-To", record_id("response", capture.capture_id)),
        *_address_header(exchange),
    ]
    line = f"{exchange.method} {one_address(exchange.target)} HTTP/1.1"
    return serialize(headers, _REQUEST_TYPE, _http_head(line, exchange.request_headers))


def make_redirect(capture: Capture, number: int, url: str, exchange: Exchange) -> list[bytes]:
    """The records of the redirect `number` (from 1), from `url`, on the way to a fetched page."""
    hop = replace(
        capture, capture_id=f"{capture.capture_id}-{number}", url=url, final_url=None, payload=b"", hints={}
    )
    digest = hashlib.sha256(exchange.body).hexdigest()
    records = [make_response(hop, exchange, digest), make_request(hop, exchange)]
    return records + make_metadata("response", hop, exchange)


def make_revisit(
    capture: Capture, exchange: Exchange | None, body_sha256: str, original_url: str, original_at: datetime
) -> bytes:
    """The `revisit` record of a capture whose payload is archived already, under `original_url`."""
    headers = [
        *_common_headers("revisit", capture),
        ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
        ("WARC-Refers-To-Target-URI", one_address(original_url)),
        ("WARC-Refers-To-Date", warc_date(original_at)),
        ("WARC-Payload-Digest", warc_digest(body_sha256)),
    ]
    if exchange is None:
        return serialize(headers, "application/octet-stream", b"")
    return serialize(headers, _RESPONSE_TYPE, _response_head(exchange))


def make_metadata(record_type: str, capture: Capture, exchange: Exchange | None = None) -> list[bytes]:
    """The `metadata` record of what did not fit into the headers of a capture's records; empty if all did."""
    whole: dict[str, object] = dict(_provenance(capture))
    whole["target_uri"] = url = capture.final_url or capture.url
    is_whole = len(_write_provenance(capture)) <= MAX_FIELD_BYTES and one_address(url) == url
    if exchange is None:
        whole |= {"content_type": capture.content_type, "charset": capture.charset}
        is_whole = is_whole and _media_type(capture) == _said_type(capture)
    else:
        sent = {"request": exchange.request_headers, "response": exchange.response_headers}
        is_whole = is_whole and one_address(exchange.target) == exchange.target
        is_whole = is_whole and all(http_fields(fields) == list(fields) for fields in sent.values())
        whole |= {"request_target": exchange.target}
        whole |= {f"{what}_headers": [list(field) for field in fields] for what, fields in sent.items()}
    if is_whole:
        return []
    target = record_id(record_type, capture.capture_id)
    return [describe_record(target, one_address(url), warc_date(capture.fetched_at), whole)]


def describe_record(target: str, address: str, date: str, whole: dict[str, object]) -> bytes:
    """A `metadata` record with what does not fit into another record's headers, as JSON."""
    headers = [
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", record_id("metadata", target)),
        ("WARC-Target-URI", address),
        ("WARC-Date", date),
        ("WARC-Refers-To", target),
    ]
    block = json.dumps(whole, sort_keys=True, default=str).encode("ascii")
    return serialize(headers, "application/json", block)


def _common_headers(record_type: str, capture: Capture) -> list[tuple[str, str]]:
    said = _write_provenance(capture)
    if len(said) > MAX_FIELD_BYTES:
        said = json.dumps({"capture_id": capture.capture_id, "kind": capture.kind.value}, sort_keys=True)
    return [
        ("WARC-Type", record_type),
        ("WARC-Record-ID", record_id(record_type, capture.capture_id)),
        ("WARC-Target-URI", one_address(capture.final_url or capture.url)),
        ("WARC-Date", warc_date(capture.fetched_at)),
        ("WARC-JSON-Metadata", said),
    ]


def _write_provenance(capture: Capture) -> str:
    return json.dumps(_provenance(capture), sort_keys=True, default=str)


def _provenance(capture: Capture) -> dict[str, object]:
    """Fields from which the table `captures` can be rebuilt if the catalog is lost."""
    hints = {key: value for key, value in capture.hints.items() if key != "text"}
    return {
        "capture_id": capture.capture_id,
        "hints": hints,
        "input_ref": capture.input_ref,
        "kind": capture.kind.value,
        "outlet": capture.outlet,
        "url": capture.url,
    }


def _media_type(capture: Capture) -> str:
    return short_line(_said_type(capture)) or _MEDIA_TYPES[capture.kind]


def _said_type(capture: Capture) -> str:
    media_type = capture.content_type or _MEDIA_TYPES[capture.kind]
    if capture.charset and "charset=" not in media_type:
        media_type += f"; charset={capture.charset}"
    return media_type


def _address_header(exchange: Exchange) -> list[tuple[str, str]]:
    return [("WARC-IP-Address", short_line(exchange.ip_address))] if exchange.ip_address else []


def _response_head(exchange: Exchange) -> bytes:
    status = f"HTTP/1.1 {exchange.status_code} {short_line(exchange.reason_phrase)}".rstrip()
    fields = [
        (_REWRITTEN_HEADERS.get(name.lower(), name), value) for name, value in exchange.response_headers
    ]
    return _http_head(status, fields)


def _http_head(first_line: str, headers: Headers) -> bytes:
    """First line and headers as bytes: values as they came, each a byte a character."""
    lines = [first_line, *(f"{name}: {value}" for name, value in http_fields(headers)), "", ""]
    head = "\r\n".join(lines)
    try:
        return head.encode("latin-1")
    except UnicodeEncodeError:
        return head.encode("utf-8", "replace")
