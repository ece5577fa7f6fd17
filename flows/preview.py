"""What the pipeline makes of an input; nothing lands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from typing import Any, TypeVar

from core.captures import Capture, CaptureKind, make_capture_id
from core.outcomes import InputOutcome, Outcome, Reason, Row, StageResult
from core.settings import Settings
from core.versions import code_version
from flows.intake.arriving_lines import ArrivingLines
from flows.intake.options import file_options, find_outlet_keys
from flows.work.engine import describe_failure
from flows.work.halving import work_halving
from flows.work.options import clean_options, extract_options
from flows.work.self_test import blame, plain_article
from tasks.acquire.base.naming import find_host, find_outlet_key
from tasks.acquire.files.read import iterate_inputs
from tasks.article import read_articles

PREVIEW_TABLES = ("removed_lines", "sentences", "mentions", "figures", "dates", "quotations")
_BATCH_INPUTS = 16

T = TypeVar("T")


class Preview(dict[str, Any]):
    """What `copydesk preview --json` prints (see `preview_lines`); `detail` explains the reason in words."""

    detail: str | None = None


@dataclass(slots=True)
class _Item:
    """One input on its way through the preview."""

    name: Any
    capture: Capture | None
    outcome: InputOutcome | None
    rows: StageResult

    @property
    def ref(self) -> str:
        """The capture's reference, unique in a stream."""
        return self.capture.input_ref if self.capture else str(self.name)

    @property
    def article(self) -> Row | None:
        articles = self.rows.rows.get("articles")
        return articles[0] if articles else None


@dataclass(frozen=True, slots=True)
class _Batch:
    """Items that are read together."""

    items: Sequence[_Item]

    @property
    def count(self) -> int:
        return len(self.items)

    def split(self) -> tuple[_Batch, _Batch]:
        half = self.count // 2
        return _Batch(self.items[:half]), _Batch(self.items[half:])


def preview_file(settings: Settings, path: Path, *, outlet: str | None = None) -> Iterator[Preview]:
    """A preview of every input in a file or folder, in order; see `preview_lines` for the form."""
    inputs = iterate_inputs([path], file_options(settings, outlet))
    return _preview_all(settings, _cut(_make_item(item.input_ref, item) for item in inputs))


def preview_url(settings: Settings, url: str, *, outlet: str | None = None) -> Preview:
    """The preview of a page on the web, fetched as an ingest would."""
    # Loaded here: no other preview needs the web client.
    from flows.intake.fetching import fetch_page

    return next(_preview_all(settings, [[_make_item(url, fetch_page(settings, url, outlet))]]))


def preview_bytes(
    settings: Settings, payload: bytes, *, url: str | None = None, outlet: str | None = None
) -> Preview:
    """The preview of one page or text given as bytes. Give at least one byte more than the limit of a larger page."""
    if (limit := settings.limits.max_input_bytes) < len(payload):
        outcome = InputOutcome("-", Reason.TOO_LARGE, "acquire", detail=f"more than {limit:,} bytes")
        return next(_preview_all(settings, [[_make_item("-", outcome)]]))
    kind = CaptureKind.HTML if looks_like_html(payload) else CaptureKind.TEXT
    found = outlet or find_outlet_key(url, find_outlet_keys(settings)) or "preview"
    capture = _make_capture(payload, kind, url or "file:///dev/stdin", "-", found)
    return next(_preview_all(settings, [[_make_item("-", capture)]]))


def preview_lines(
    settings: Settings, lines: Iterable[bytes] | ArrivingLines, *, outlet: str | None = None
) -> Iterator[Preview]:
    """A filter: JSON lines `{id, html or text, url?, published_at?}` in, one preview per line out, in order.

    A preview is `{id, outcome, reason, article, removed_lines, sentences, mentions, figures, dates, quotations}` with
    the tables' column names; `article` is None if the line gave no article. A line without an id gets its number, from
    1. The outlet is `outlet` if given, else the one that the line names, else the one of the address's host. Lines
    that arrive one at a time are answered one at a time.
    """
    keys = find_outlet_keys(settings)
    limit = settings.limits.max_input_bytes
    numbers = count(1)
    groups = lines.groups(_BATCH_INPUTS) if isinstance(lines, ArrivingLines) else _cut(lines)
    return _preview_all(
        settings,
        ([_read_line(next(numbers), line, limit, outlet, keys) for line in group] for group in groups),
    )


def _read_line(number: int, line: bytes, limit: int, given: str | None, keys: Mapping[str, str]) -> _Item:
    ref = f"line {number}"
    if len(line) > limit:
        return _make_item(number, InputOutcome(ref, Reason.TOO_LARGE, "acquire", detail=f"{len(line)} bytes"))
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _make_item(
            number, InputOutcome(ref, Reason.BAD_RECORD, "acquire", detail=f"not JSON: {error}")
        )
    if not isinstance(record, dict):
        return _make_item(number, InputOutcome(ref, Reason.BAD_RECORD, "acquire", detail="not a JSON object"))
    url = record.get("url")
    url = url if isinstance(url, str) and url else f"record:{number}"
    outlet = str(given or record.get("outlet") or find_outlet_key(url, keys) or find_host(url) or "preview")
    return _make_item(record.get("id", number), _make_capture(line, CaptureKind.RECORD, url, ref, outlet))


def _make_item(name: Any, source: Capture | InputOutcome) -> _Item:
    if isinstance(source, Capture):
        return _Item(name, source, None, StageResult())
    return _Item(name, None, source, StageResult())


def _make_capture(payload: bytes, kind: CaptureKind, url: str, ref: str, outlet: str) -> Capture:
    now = datetime.now(UTC)
    capture_id = make_capture_id(url, sha256(payload).hexdigest(), now)
    return Capture(capture_id, ref, outlet, url, kind, payload, now)


def looks_like_html(payload: bytes) -> bool:
    """Whether the first bytes hold a tag of a page."""
    start = payload[:4000].lower()
    return any(
        mark in start for mark in (b"<html", b"<!doctype html", b"<head", b"<body", b"<article", b"<p>")
    )


def _cut(things: Iterable[T]) -> Iterator[list[T]]:
    """The things in batches."""
    waiting = iter(things)
    while batch := list(islice(waiting, _BATCH_INPUTS)):
        yield batch


def _preview_all(settings: Settings, batches: Iterable[Sequence[_Item]]) -> Iterator[Preview]:
    for batch in batches:
        _read([item for item in batch if item.capture], settings)
        yield from map(_make_preview, batch)


def _read(items: Sequence[_Item], settings: Settings) -> None:
    """Give every item its outcome and rows. A single input that cannot be read is quarantined."""
    if not items:
        return
    older: list[_Item] = []
    for part, result in work_halving(partial(_read_batch, settings), _Batch(items)):
        if isinstance(result, Exception):
            part.items[0].outcome = _quarantine(settings, part.items[0], result)
        else:
            older += result
    _read(older, settings)


def _read_batch(settings: Settings, batch: _Batch) -> list[_Item]:
    """Read the captures of a batch. Returns the items that gave way to a newer capture of their article: a stream can
    hold several, and each has its own preview."""
    captures = [item.capture for item in batch.items if item.capture]
    result = read_articles(captures, clean_options(settings), extract_options(settings))
    by_ref = {item.ref: item for item in batch.items}
    older, by_article = [], dict[str, _Item]()
    for outcome in result.outcomes:
        item = by_ref[outcome.input_ref]
        item.outcome = outcome
        if outcome.outcome is Outcome.DUPLICATE:
            older.append(item)
        elif outcome.article_id:
            by_article[outcome.article_id] = item
    for table in ("articles", *PREVIEW_TABLES):
        for row in result.rows.get(table, []):
            by_article[row["article_id"]].rows.add(table, row)
    for item in by_article.values():
        if item.article:
            item.article.update(run_id="preview", code_version=code_version())
    return older


def _quarantine(settings: Settings, item: _Item, error: Exception) -> InputOutcome:
    is_doubtful = isinstance(error, OSError | ImportError)
    found = blame(error, partial(_read_plain_article, settings)) if is_doubtful else error
    reason, detail = describe_failure(found)
    return InputOutcome(item.ref, reason, "preview", detail=detail)


def _read_plain_article(settings: Settings) -> None:
    read_articles([plain_article()], clean_options(settings), extract_options(settings))


def _make_preview(item: _Item) -> Preview:
    assert item.outcome
    made = Preview(
        id=item.name,
        outcome=item.outcome.outcome.value,
        reason=item.outcome.reason.value,
        article=item.article,
        **{table: item.rows.rows.get(table, []) for table in PREVIEW_TABLES},
    )
    made.detail = item.outcome.detail
    return made
