"""CDXJ indexes beside the WARC files, so that other tools (pywb, browsertrix) can replay what was fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import NamedTuple

from fastwarc.warc import WarcRecord, WarcRecordType

from warehouse.archive.iteration import Unread, iterate_records
from warehouse.archive.journal import Pointer, journal_path
from warehouse.archive.reader import ArchiveProblem
from warehouse.archive.store import WARC_SUFFIXES, ArchiveStore, LocalStore, open_store
from warehouse.archive.surt import make_surt

INDEX_SUFFIX = ".cdxj"
_INDEXED = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource


class Indexed(NamedTuple):
    """An index that was written (in a store, its name), and the unreadable records that it leaves out."""

    file: PurePath
    unread: list[ArchiveProblem]


def index_archive(place: Path | str, writing: Path | None = None) -> list[Indexed]:
    """Write an index beside every WARC file of a folder or store that has no current one; returns what was written,
    in the order of names.

    Files that are still being written, which have a journal in the folder `writing`, are skipped until the next time.
    """
    store, written = open_store(place), []
    try:
        names = store.list_names()
        for name in names:
            if not name.endswith(WARC_SUFFIXES) or _is_current(store, name, names):
                continue
            if not journal_path((writing or Path(place)) / name).exists():
                written.append(write_index(store, name))
    finally:
        store.close()
    return written


def name_index(name: str) -> str:
    """The index's name: that of the file with .cdxj instead of .warc.gz, or after .warc."""
    return name.removesuffix(".warc.gz") + INDEX_SUFFIX


def _is_current(store: ArchiveStore, name: str, names: Sequence[str]) -> bool:
    """Whether the index is as new as the file; in a store, files do not change."""
    index = name_index(name)
    if index not in names:
        return False
    if not isinstance(store, LocalStore):
        return True
    return (store.folder / index).stat().st_mtime_ns >= (store.folder / name).stat().st_mtime_ns


def write_index(store: ArchiveStore, name: str) -> Indexed:
    """Write a WARC file's index beside it."""
    lines, unread = [], []
    for line in read_index_lines(store, name):
        if isinstance(line, ArchiveProblem):
            unread.append(line)
        else:
            lines.append(line)
    lines.sort()
    if isinstance(store, LocalStore):
        return Indexed(_write_lines(store.folder / name_index(name), lines), unread)
    with TemporaryDirectory(prefix="copydesk-index-") as folder:
        store.publish(_write_lines(Path(folder) / name_index(name), lines))
    return Indexed(PurePath(name_index(name)), unread)


def _write_lines(index: Path, lines: Sequence[str]) -> Path:
    part = index.with_suffix(".part")
    part.write_text("".join(lines), encoding="utf-8")
    return part.replace(index)


def read_index_lines(store: ArchiveStore, name: str) -> Iterator[str | ArchiveProblem]:
    """A CDXJ line for each response, revisit and web resource of a WARC file, in file order; for a record that
    cannot be read, the problem."""
    pending: tuple[str, dict[str, str], int] | None = None
    with store.open_file(name) as file:
        for offset, found in iterate_records(file, lambda record: _begin_line(record, name), parse_http=True):
            if pending:
                yield _finish_line(*pending, end=offset)
            pending = None if isinstance(found, Unread) else found
            if isinstance(found, Unread):
                told = f"the index leaves out this record ({found.problem}); run `copydesk archive verify`"
                yield ArchiveProblem(Pointer(name, offset, 0), f"archive file {name} at {offset}: {told}")
    if pending:
        yield _finish_line(*pending, end=store.size_of(name) or 0)


def _begin_line(record: WarcRecord, filename: str) -> tuple[str, dict[str, str], int] | None:
    line = _make_fields(record, filename)
    record.consume()
    return line


def _make_fields(record: WarcRecord, filename: str) -> tuple[str, dict[str, str], int] | None:
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
