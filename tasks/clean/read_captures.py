"""Read the three kinds of captures: pages, plain texts and records."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.captures import Capture
from core.outcomes import Reason
from core.outlets import Outlet
from tasks.acquire.base.fields import find_fields, meanings_of
from tasks.acquire.base.printed_values import is_nothing
from tasks.acquire.base.unnamed import guess_text, tell_columns
from tasks.clean.body.of_page import read_page_body
from tasks.clean.body.of_text import read_layout, read_text_lines
from tasks.clean.body.second_look import LACKS_LEAD, lacks_lead
from tasks.clean.body.stated import STATED, take_stated_text
from tasks.clean.metadata.published import read_default
from tasks.clean.metadata.published_places import GUESS
from tasks.clean.metadata.read import Metadata, read_metadata
from tasks.clean.metadata.text_metadata import add_printed_authors, read_text_metadata
from tasks.clean.options import CleanOptions
from tasks.clean.page.encoding.decode import Decoded, decode_field, decode_text
from tasks.clean.page.language import detect_language
from tasks.clean.page.page import Page, build_page, parse_page, squeeze
from tasks.clean.refuse.stubs import find_stub, is_consent_notice
from tasks.clean.refuse.truncation import is_truncated
from tasks.clean.words.draft import Draft, join_body
from tasks.clean.words.lines import MOST_LINES, count_words, fold


@dataclass(frozen=True, slots=True)
class CleanedArticle:
    """An article read: its metadata, its body, the draft that tells what was removed, and a note for
    the outcome's detail (what had to be repaired)."""

    metadata: Metadata
    body_text: str
    word_count: int
    draft: Draft
    is_truncated: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a capture is not an article, with a detail for people."""

    reason: Reason
    detail: str


def clean_page(capture: Capture, options: CleanOptions) -> CleanedArticle | Refusal:
    """The article of an HTML page."""
    return _clean_parsed(parse_page(capture.payload, capture.charset, capture.web_url), capture, options)


def clean_text(capture: Capture, options: CleanOptions) -> CleanedArticle | Refusal:
    """The article of a plain text."""
    return _clean_decoded(decode_text(capture.payload, capture.charset, capture.web_url), capture, options)


def clean_record(capture: Capture, options: CleanOptions) -> CleanedArticle | Refusal:
    """The article of a JSON record, whatever its maker called the fields: from its `html` where it has one,
    else, or where that shows no body, from its `text`."""
    decoded = decode_text(capture.payload, capture.charset)
    try:
        record = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        return Refusal(Reason.BAD_RECORD, f"not JSON: {error}"[:200])
    if not isinstance(record, dict):
        return Refusal(Reason.BAD_RECORD, f"a JSON {type(record).__name__}, not an object")
    fields = find_fields(record)
    told = replace(capture, hints={**capture.hints, **{key: fields[key] for key in _HINTS if key in fields}})
    text, html = fields.get("text"), fields.get("html")
    if not html and text and _is_markup(text):
        text, html = None, text
    if not html and not text:
        if empty := _find_empty(record):
            return Refusal(Reason.EMPTY, f"its field {empty} is empty{_tell_way_on({}, fields)}")
        return Refusal(
            Reason.BAD_RECORD, f"the record has neither text nor html{_tell_way_on(record, fields)}"
        )
    if html:
        page = build_page(decode_field(html, decoded), told.web_url or _address(fields))
        article = _clean_parsed(page, told, options)
        if not text or isinstance(article, CleanedArticle) or article.reason is not Reason.NO_BODY:
            return article
    return _clean_decoded(decode_field(str(text), decoded), told, options)


_HINTS = ("title", "authors", "published_at", "modified_at", "language", "section", "url")
_MOST_NAMES = 12
_LEAST_TEXT = 80  # words; summaries have fewer
_BLOCK_END = re.compile(r"</(?:p|div|article|section|body|h[1-6]|ul|ol|blockquote|figure)\s*>", re.IGNORECASE)


def _is_markup(text: str) -> bool:
    """Whether a field that is called a text holds a page, as WordPress's `content` and the Guardian's `body` do:
    it begins with a tag and ends a block."""
    return text.startswith("<") and _BLOCK_END.search(text) is not None


def _find_empty(record: Mapping[str, Any]) -> str | None:
    """The first field for a text or a page that exists and is empty."""
    for name, value in record.items():
        meanings = {field for field, _ in meanings_of(str(name))}
        if meanings & {"text", "html"} and (
            value is None or not str(value).strip() or is_nothing(str(value))
        ):
            return str(name)
    return None


def _tell_way_on(record: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    """What the record has instead, and which option makes an article of it."""
    # Beside an address, a few sentences are a summary of the page.
    if column := guess_text(record, _LEAST_TEXT) if _address(fields) else guess_text(record):
        return tell_columns(column)
    if _address(fields):
        return "; `copydesk load --urls` fetches the page whose address it gives"
    names = [str(name)[:40] for name in record][:_MOST_NAMES]
    return f", only {', '.join(names)}{tell_columns(None)}" if names else ""


def _address(fields: Mapping[str, Any]) -> str | None:
    url = fields.get("url")
    return url if isinstance(url, str) and url.startswith(("http://", "https://")) else None


def _clean_parsed(page: Page, capture: Capture, options: CleanOptions) -> CleanedArticle | Refusal:
    outlet = options.outlet(capture.outlet)
    metadata = read_metadata(page, capture, outlet)
    shown = read_page_body(page, _start_draft(metadata, outlet, options), outlet.cleaning)
    draft = take_stated_text(shown, page, capture.hints)
    doubt = (LACKS_LEAD if lacks_lead(draft) else "") if draft is shown else STATED
    note = "; ".join(filter(None, (page.encoding_note, doubt))) or None
    metadata = replace(metadata, language=detect_language(join_body(draft), metadata.language))
    metadata = add_printed_authors(metadata, draft)
    return _judge(draft, _complete(metadata, capture), note, options, page)


def _clean_decoded(decoded: Decoded, capture: Capture, options: CleanOptions) -> CleanedArticle | Refusal:
    outlet = options.outlet(capture.outlet)
    draft = _start_draft(None, outlet, options)
    draft.lines = read_text_lines(decoded.text)
    draft.body = list(range(len(draft.lines)))
    title = capture.hints.get("title")
    draft.title = (squeeze(title) or None) if isinstance(title, str) else None
    layout = read_layout(draft)
    metadata = read_text_metadata(layout, capture, outlet)
    return _judge(layout.draft, _complete(metadata, capture), decoded.note, options)


def _start_draft(metadata: Metadata | None, outlet: Outlet, options: CleanOptions) -> Draft:
    return Draft(
        title=metadata.title if metadata else None,
        authors=tuple(metadata.authors) if metadata else (),
        language=metadata.language if metadata else None,
        extra_phrases=frozenset(map(fold, outlet.cleaning.phrases)),
        disabled=frozenset(outlet.cleaning.disabled_rules),
        learned=options.learned_lines.get(outlet.key, frozenset()),
    )


def _judge(
    draft: Draft, metadata: Metadata, note: str | None, options: CleanOptions, page: Page | None = None
) -> CleanedArticle | Refusal:
    """The article, or the reason why the capture is not an article."""
    words = count_words(draft.lines[number] for number in draft.kept)
    if len(draft.lines) >= MOST_LINES:
        note = "; ".join(filter(None, (note, f"cut after {MOST_LINES} lines")))
    refusal = _refuse(draft, metadata.title, words, page, options)
    if refusal:
        return Refusal(refusal.reason, "; ".join(filter(None, (refusal.detail, note))))
    return CleanedArticle(metadata, join_body(draft), words, draft, is_truncated(draft, words, page), note)


def _refuse(
    draft: Draft, title: str | None, words: int, page: Page | None, options: CleanOptions
) -> Refusal | None:
    """The reason why the draft is not an article, or None."""
    if is_consent_notice(draft, title, words, page):
        return Refusal(Reason.CONSENT_PAGE, f"nothing but a consent notice of {words} words")
    stub = find_stub(draft, title, words, page, options.min_words)
    if stub:
        return Refusal(stub, f"only {words} words besides the notice")
    if not words:
        return Refusal(Reason.NO_BODY, "no line is body text")
    if words < options.min_words:
        return Refusal(
            Reason.TOO_SHORT,
            f"only {words} words; an article needs at least {options.min_words} (limits.min_words)",
        )
    if words > options.max_words:
        return Refusal(
            Reason.TOO_LARGE,
            f"{words:,} words; an article has at most {options.max_words:,} (limits.max_words)",
        )
    return None


def _complete(metadata: Metadata, capture: Capture) -> Metadata:
    """The metadata with the time of `--published` if nothing else gives a time, or only a guess."""
    default = read_default(capture.hints)
    if default is None or (metadata.published_at is not None and metadata.published_source != GUESS):
        return metadata
    return replace(
        metadata,
        published_at=default,
        published_precision="day",
        published_source=None,
        published_day=default.date(),
    )
