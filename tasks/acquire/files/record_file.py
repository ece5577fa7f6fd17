"""A file of records while it is read, and the captures and outcomes of its records."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from core.captures import Capture, CaptureKind
from core.outcomes import InputOutcome, Reason
from tasks.acquire.base.fields import UnreadColumns, find_fields, rename_columns, unwrap
from tasks.acquire.base.naming import (
    file_url,
    is_web_url,
    make_capture,
    modified_at,
    pick_outlet,
    small_hints,
)
from tasks.acquire.base.options import STAGE, FileOptions
from tasks.acquire.base.unexpected import attempt, describe_unexpected
from tasks.acquire.files.long_paths import read_status
from tasks.acquire.files.streams import CompressionBombError, open_text_stream

_LEAST_BYTES = 256  # counted for the smallest record: each makes a row of outcomes
Item = Capture | InputOutcome


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file of records while it is read."""

    path: Path
    options: FileOptions
    fetched_at: datetime
    unseen: set[str] = field(default_factory=set)
    made: Counter[str] = field(default_factory=Counter)
    unread: UnreadColumns = field(default_factory=UnreadColumns)

    def miss_columns(self, names: Collection[str]) -> InputOutcome | None:
        """The outcome of a file if the user named a column that is not among `names`; else None."""
        missing = sorted(set(self.options.columns.values()) - set(names))
        if not missing:
            return None
        has = f"it has {', '.join(map(repr, names))}" if names else "it has none"
        return self.reject(str(self.path), Reason.BAD_RECORD, f"no column is called {missing[0]!r}; {has}")

    def miss_fields(self) -> InputOutcome | None:
        """One more outcome for a file if no record had a column that the user named."""
        if not self.unseen:
            return None
        detail = f"no record in it has a field called {min(self.unseen)!r}, which --columns names"
        return self.reject(str(self.path), Reason.BAD_RECORD, detail)

    def ref(self, part: str, number: int) -> str:
        """The input_ref of a record: `path#line-N`, `path#item-N` or `path#row-N`, N from 1."""
        return f"{self.path}#{part}-{number}"

    def reject(self, input_ref: str, reason: Reason, detail: str) -> InputOutcome:
        """The outcome of a record that cannot be taken."""
        return InputOutcome(input_ref, reason, STAGE, detail=detail)

    def capture(self, input_ref: str, record: Mapping[str, Any], payload: bytes | None = None) -> Item:
        """The record as a capture; `payload` is its own bytes, kept unless columns are renamed."""
        inner = unwrap(record)
        record, payload = inner, payload if inner is record else None
        if self.options.columns:
            self.unseen.difference_update(record)
            record, payload = rename_columns(record, self.options.columns), None
        if payload is None:
            payload = json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=_to_json).encode(
                "utf-8", "surrogatepass"
            )
        if len(payload) > self.options.max_input_bytes:
            return self.too_large(input_ref)
        fields = find_fields(record, self.unread)
        said = fields.get("url")
        url = said if said is not None and is_web_url(said) else None
        return make_capture(
            input_ref=input_ref,
            outlet=pick_outlet(self.path, self.options, fields.get("outlet"), url),
            url=url or file_url(self.path) + input_ref.removeprefix(str(self.path)),
            kind=CaptureKind.RECORD,
            payload=payload,
            fetched_at=self.fetched_at,
            hints=small_hints(fields),
        )

    def take(self, input_ref: str, record: Mapping[str, Any], payload: bytes | None = None) -> Item:
        """Like `capture`; an unexpected error costs only this record."""
        item = attempt(lambda: self.capture(input_ref, record, payload))
        return describe_unexpected(input_ref, item) if isinstance(item, Exception) else item

    def count_made(self, item: Item, read_bytes: int) -> None:
        """Count the bytes made from the file. Raises CompressionBombError if they are out of proportion to the bytes read. A
        record counts at least _LEAST_BYTES."""
        size = len(item.payload) if isinstance(item, Capture) else 0
        self.made["bytes"] += max(size, _LEAST_BYTES)
        ratio = self.options.max_expansion_ratio
        if self.made["bytes"] > max(self.options.max_input_bytes, ratio * max(read_bytes, 1)):
            raise CompressionBombError(f"its records grow to more than {ratio:.0f} times its size")

    def too_large(self, input_ref: str) -> InputOutcome:
        """The outcome of a record that exceeds the limit."""
        limit = self.options.max_input_bytes
        return self.reject(input_ref, Reason.TOO_LARGE, f"a record of more than {limit:,} bytes")

    def open(self) -> BinaryIO:
        """The bytes of the file, decompressed, with UTF-16 as UTF-8."""
        return open_text_stream(self.path, self.options.max_expansion_ratio, self.options.max_input_bytes)


def open_records(path: Path, options: FileOptions, unread: UnreadColumns) -> RecordFile:
    """The file with its modification time; columns that are not read are counted in `unread`.

    Raises OSError if the file cannot be read.
    """
    named = set(options.columns.values())
    return RecordFile(path, options, modified_at(read_status(path)), named, unread=unread)


def _to_json(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
