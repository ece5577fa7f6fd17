"""What would be made of an input, landing nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from flows.intake.options import clean_options, extract_options, file_options, find_outlet_keys
from flows.work.engine import describe_failure
from flows.work.self_test import blame, plain_article
from tasks.acquire.base.naming import find_outlet_key, host_of
from tasks.acquire.files.read import iterate_inputs
from tasks.clean.stage import clean_captures
from tasks.extract.stage import extract_articles

PREVIEW_TABLES = ("removed_lines", "sentences", "mentions", "figures", "dates", "quotations")
_BATCH_INPUTS = 16

T = TypeVar("T")


class Preview(dict[str, Any]):
    """What `copydesk preview --json` prints, see `preview_lines`; `detail` says in words what the reason leaves open."""

    detail: str | None = None


@dataclass(slots=True)
class _Item:
    """One input on its way through the preview."""

    name: Any
    capture: Capture | None
    outcome: InputOutcome | None
    rows: StageResult

    @property
    def article(self) -> Row | None:
        articles = self.rows.rows.get("articles")
        return articles[0] if articles else None


def preview_file(settings: Settings, path: Path, *, outlet: str | None = None) -> Iterator[Preview]:
    """Previews of everything a file or folder holds, in order; see `preview_lines` for their form."""
    inputs = iterate_inputs([path], file_options(settings, outlet))
    return _preview_all(settings, _cut(_make_item(item.input_ref, item) for item in inputs))


def preview_url(settings: Settings, url: str, *, outlet: str | None = None) -> Preview:
    """The preview of a page on the web, fetched as an ingest would."""
    # Here, because the web client is loaded for nothing else.
    from flows.preview_url import fetch_page

    return next(_preview_all(settings, [[_make_item(url, fetch_page(settings, url, outlet))]]))


def preview_bytes(
    settings: Settings, payload: bytes, *, url: str | None = None, outlet: str | None = None
) -> Preview:
    """The preview of one page or text given as bytes; one byte past the limit is enough to say TOO_LARGE."""
    if (limit := settings.limits.max_input_bytes) < len(payload):
        outcome = InputOutcome("-", Reason.TOO_LARGE, "acquire", detail=f"more than {limit:,} bytes")
        return next(_preview_all(settings, [[_make_item("-", outcome)]]))
    kind = CaptureKind.HTML if _looks_like_html(payload) else CaptureKind.TEXT
    found = outlet or find_outlet_key(url, find_outlet_keys(settings)) or "preview"
    capture = _make_capture(payload, kind, url or "file:///dev/stdin", "-", found)
    return next(_preview_all(settings, [[_make_item("-", capture)]]))


def preview_lines(
    settings: Settings, lines: Iterable[bytes] | ArrivingLines, *, outlet: str | None = None
) -> Iterator[Preview]:
    """A filter: JSON lines `{id, html or text, url?, published_at?}` in, one preview out each, in order.

    A preview is `{id, outcome, reason, article, removed_lines, sentences, mentions, figures, dates,
    quotations}` with the tables' column names; `article` is None when none was made. A line without
    an id gets its number, from 1. All are of the outlet given, else of that which the line names or whose
    host its address has. Lines that arrive one at a time are answered one at a time.
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
    outlet = str(given or record.get("outlet") or find_outlet_key(url, keys) or host_of(url) or "preview")
    return _make_item(record.get("id", number), _make_capture(line, CaptureKind.RECORD, url, ref, outlet))


def _make_item(name: Any, source: Capture | InputOutcome) -> _Item:
    if isinstance(source, Capture):
        return _Item(name, source, None, StageResult())
    return _Item(name, None, source, StageResult())


def _make_capture(payload: bytes, kind: CaptureKind, url: str, ref: str, outlet: str) -> Capture:
    now = datetime.now(UTC)
    capture_id = make_capture_id(url, sha256(payload).hexdigest(), now)
    return Capture(capture_id, ref, outlet, url, kind, payload, now)


def _looks_like_html(payload: bytes) -> bool:
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
        for item in batch:
            _run_halving(settings, [item], _clean)
        for part in _cut_unique([item for item in batch if item.article]):
            _run_halving(settings, part, _extract)
        yield from map(_make_preview, batch)


def _run_halving(
    settings: Settings, items: Sequence[_Item], stage: Callable[[Settings, Sequence[_Item]], None]
) -> None:
    """Run a stage; when it raises, halve down to the input that is to blame and quarantine that one."""
    try:
        stage(settings, items)
    except Exception as error:
        if len(items) > 1:
            _run_halving(settings, items[: len(items) // 2], stage)
            _run_halving(settings, items[len(items) // 2 :], stage)
            return
        is_doubtful = isinstance(error, OSError | ImportError)
        found = blame(error, partial(_work_plain_article, settings)) if is_doubtful else error
        reason, detail = describe_failure(found)
        ref = items[0].capture.input_ref if items[0].capture else str(items[0].name)
        items[0].outcome = InputOutcome(ref, reason, "preview", detail=detail)
        items[0].rows = StageResult()


def _work_plain_article(settings: Settings) -> None:
    item = _make_item("-", plain_article())
    _clean(settings, [item])
    _extract(settings, [item])


def _clean(settings: Settings, items: Sequence[_Item]) -> None:
    for item in items:
        if item.capture is not None:
            item.rows = clean_captures([item.capture], clean_options(settings))
            item.outcome = item.rows.outcomes[0]
            if item.outcome.outcome is not Outcome.ACCEPTED:
                item.rows = StageResult()
        if item.article:
            item.article.update(run_id="preview", code_version=code_version())


def _extract(settings: Settings, items: Sequence[_Item]) -> None:
    by_id = {item.article["article_id"]: item for item in items if item.article}
    result = extract_articles(
        [item.article for item in by_id.values() if item.article], extract_options(settings)
    )
    for table in PREVIEW_TABLES:
        for row in result.rows.get(table, []):
            by_id[row["article_id"]].rows.add(table, row)


def _cut_unique(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Parts in which no article stands twice: a stream may hold two captures of one article."""
    part: dict[str, _Item] = {}
    for item in items:
        assert item.article
        if item.article["article_id"] in part:
            yield list(part.values())
            part = {}
        part[item.article["article_id"]] = item
    if part:
        yield list(part.values())


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
