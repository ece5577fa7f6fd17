"""Rows of an answer as people read them in a message or a feed: a line of words, links, and a key that stays."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_HEADS = ("title", "thing", "question", "label", "name", "story_title", "quotation", "surface")
_LINKS = ("link", "url", "canonical_url")
_PAGES = {
    "question_id": "questions",
    "article_id": "articles",
    "story_id": "stories",
    "entity_id": "entities",
}
_LEFT_OUT = re.compile(r"(?:.*_id|.*start_char|.*end_char|month|text_sha256|place)\Z")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}(?:\.\d+)?(?:\+00:00)?\Z")
_TIME_NAMES = ("published_at", "last_published_at", "first_published_at", "fetched_at", "starts_at")
_SENTENCES = ("marked", "snippet")
# What the mark in the sentence shows already.
_RESTATED = ("surface", "sentence", "bound", "low", "high", "reading", "value")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row: its key, a headline, the rest in words, links, and the time it has, if any, as ISO 8601."""

    key: str
    head: str
    words: str
    links: tuple[str, ...]
    at: str | None


def tell_row(
    columns: Sequence[str], row: Sequence[object], key: Sequence[str], dashboard_url: str | None = None
) -> AnswerRow:
    """The row in words: who printed which sentence and when, if it has one, then what else it says.

    `key` names the columns that tell rows apart; where one is missing, all of them do.
    """
    values = dict(zip(columns, row, strict=True))
    chosen = key if key and all(name in values for name in key) else columns
    head = next((name for name in _HEADS if values.get(name)), None)
    sentence, used = _tell_sentence(values)
    told = [
        f"{name.replace('_', ' ')}: {_tell(value)}"
        for name, value in values.items()
        if name not in (head, *used, *_LINKS) and _is_said(value) and not _LEFT_OUT.match(name)
    ]
    rest = "; ".join(told)
    at = next((str(values[name]) for name in _TIME_NAMES if values.get(name)), None)
    return AnswerRow(
        _digest({name: values[name] for name in chosen}),
        _tell(values[head]) if head else "; ".join(told[:3]) or "a row",
        f"{sentence} ({rest})" if sentence and rest else sentence or rest,
        _find_links(values, dashboard_url),
        at,
    )


def _is_said(value: object) -> bool:
    return value is not None and value is not False and value not in ("", [])


def _tell_sentence(values: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """`outlet, time: the sentence with its mark`, and the columns that need not be told again; empty without a sentence."""
    name = next((name for name in _SENTENCES if values.get(name)), None)
    if name is None:
        return "", ()
    who = ", ".join(_tell(values[one]) for one in ("outlet", "published_at") if values.get(one))
    return f"{who}: {_tell(values[name])}" if who else _tell(values[name]), (
        name,
        "outlet",
        "published_at",
        *_RESTATED,
    )


def _find_links(values: Mapping[str, object], dashboard_url: str | None) -> tuple[str, ...]:
    links = [
        str(values[name])
        for name in _LINKS
        if str(values.get(name) or "").startswith(("http://", "https://"))
    ]
    if dashboard_url:
        named = [f"{_PAGES[name]}/{values[name]}" for name in _PAGES if values.get(name)]
        links += [f"{dashboard_url.rstrip('/')}/{path}" for path in named[:1]]
    return tuple(dict.fromkeys(links))


def _tell(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_tell, value))
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    text = " ".join(str(value).split())
    time = _TIME.match(text)
    if time:
        return time[1] if time[2] == "00:00" else f"{time[1]} {time[2]}"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _digest(values: Mapping[str, object]) -> str:
    told = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]
