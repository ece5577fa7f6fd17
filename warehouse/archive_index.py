"""CDXJ indexes beside the WARC files, so that other tools (pywb, browsertrix) can replay what was fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from core.errors import PermanentError
from warehouse.archive_journal import journal_path

SUFFIX = ".cdxj"
_INDEXED = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource


def index_archive(folder: Path) -> list[Path]:
    """Write the index of every WARC file that has none or an old one; the indexes written, in name order.

    Files that are still being written are left for the next time.
    """
    written = []
    for path in sorted(folder.glob("*.warc.gz")):
        index = path.with_name(path.name.removesuffix(".warc.gz") + SUFFIX)
        is_current = index.exists() and index.stat().st_mtime_ns >= path.stat().st_mtime_ns
        if not is_current and not journal_path(path).exists():
            part = index.with_suffix(".part")
            part.write_text("".join(sorted(read_index_lines(path))), encoding="utf-8")
            part.rename(index)
            written.append(index)
    return written


def read_index_lines(path: Path) -> Iterator[str]:
    """A CDXJ line for each response, revisit and web resource of a WARC file, in file order."""
    pending: tuple[str, dict[str, str], int] | None = None
    try:
        for record in ArchiveIterator(str(path), parse_http=True):
            if pending:
                yield _finish_line(*pending, end=record.stream_pos)
            pending = _begin_line(record, path.name)
            record.consume()
    except (OSError, ValueError) as error:
        raise PermanentError(
            f"archive file {path} cannot be indexed: {error}; `copydesk archive verify`"
        ) from error
    if pending:
        yield _finish_line(*pending, end=path.stat().st_size)


def _begin_line(record: WarcRecord, filename: str) -> tuple[str, dict[str, str], int] | None:
    url = record.headers.get("WARC-Target-URI") or ""
    if not record.record_type & _INDEXED or not url.startswith(("http://", "https://")):
        return None
    stamp = re.sub(r"\D", "", record.headers.get("WARC-Date") or "")[:14].ljust(14, "0")
    is_revisit = record.record_type == WarcRecordType.revisit
    declared = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    status = record.http_headers.status_code if record.is_http and record.http_headers else 200
    fields = {
        "url": url,
        "mime": "warc/revisit" if is_revisit else (declared or "unk").partition(";")[0].strip(),
        "status": str(status or 200),
        "digest": record.headers.get("WARC-Payload-Digest") or "-",
        "offset": str(record.stream_pos),
        "filename": filename,
    }
    return f"{make_surt(url)} {stamp}", fields, record.stream_pos


def _finish_line(key: str, fields: dict[str, str], start: int, *, end: int) -> str:
    line = json.dumps(fields | {"length": str(end - start)}, ensure_ascii=True)
    return f"{key} {line}\n"


def make_surt(url: str) -> str:
    """The address as a sort key: host turned round, no scheme and no www, parameters sorted (pywb's SURT)."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").lower()
    turned = ",".join(reversed(host.split(".")))
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    path = (parts.path or "/").lower()
    path = path.rstrip("/") or "/"
    return f"{turned}{port}){path}" + (f"?{query.lower()}" if query else "")
