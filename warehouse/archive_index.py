"""CDXJ indexes beside the WARC files, so that other tools (pywb, browsertrix) can replay what was fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from core.errors import PermanentError
from warehouse.archive_journal import journal_path
from warehouse.archive_store import WARC_SUFFIXES, ArchiveStore, LocalStore, open_store
from warehouse.surt import make_surt

SUFFIX = ".cdxj"
_INDEXED = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource


def index_archive(place: Path | str, writing: Path | None = None) -> list[PurePath]:
    """Write the index of every WARC file in a folder or store that has none or an old one, beside it; the indexes
    written, in name order, those in a store by their names.

    Files that are still being written, which have a journal in the folder `writing`, are left for the next time.
    """
    store, written = open_store(place), []
    try:
        names = store.list_names()
        for name in names:
            if not name.endswith(WARC_SUFFIXES) or _is_current(store, name, names):
                continue
            if not journal_path((writing or Path(place)) / name).exists():
                written.append(_write_index(store, name))
    finally:
        store.close()
    return written


def name_index(name: str) -> str:
    """The index's name: that of the file with .cdxj in the place of .warc.gz, or behind .warc."""
    return name.removesuffix(".warc.gz") + SUFFIX


def _is_current(store: ArchiveStore, name: str, names: Sequence[str]) -> bool:
    """Whether there is an index that is no older; in a store, files do not change."""
    index = name_index(name)
    if index not in names:
        return False
    if not isinstance(store, LocalStore):
        return True
    return (store.folder / index).stat().st_mtime_ns >= (store.folder / name).stat().st_mtime_ns


def _write_index(store: ArchiveStore, name: str) -> PurePath:
    lines = sorted(read_index_lines(store, name))
    if isinstance(store, LocalStore):
        return _write_lines(store.folder / name_index(name), lines)
    with TemporaryDirectory(prefix="copydesk-index-") as folder:
        store.publish(_write_lines(Path(folder) / name_index(name), lines))
    return PurePath(name_index(name))


def _write_lines(index: Path, lines: Sequence[str]) -> Path:
    part = index.with_suffix(".part")
    part.write_text("".join(lines), encoding="utf-8")
    return part.replace(index)


def read_index_lines(store: ArchiveStore, name: str) -> Iterator[str]:
    """A CDXJ line for each response, revisit and web resource of a WARC file, in file order."""
    pending: tuple[str, dict[str, str], int] | None = None
    try:
        with store.open_file(name) as file:
            for record in ArchiveIterator(file, parse_http=True):
                if pending:
                    yield _finish_line(*pending, end=record.stream_pos)
                pending = _begin_line(record, name)
                record.consume()
    except (OSError, ValueError) as error:
        raise PermanentError(
            f"archive file {name} cannot be indexed: {error}; `copydesk archive verify`"
        ) from error
    if pending:
        yield _finish_line(*pending, end=store.size_of(name) or 0)


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
