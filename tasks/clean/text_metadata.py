"""Metadata of what has no page: from the layout of its text, from its record and from hints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from core.captures import Capture
from core.outlets import Outlet
from tasks.clean.authors import clean_authors
from tasks.clean.language import detect_language
from tasks.clean.metadata import Metadata
from tasks.clean.rows import join_body
from tasks.clean.text import TextLayout
from tasks.clean.urls import canonicalise

_LANGUAGE_SAMPLE = 4000  # characters; more do not change the answer


def read_text_metadata(
    layout: TextLayout, capture: Capture, outlet: Outlet, *, from_record: bool
) -> Metadata:
    """What is known of a text: dates and the like come from its record or its feed's hints."""
    hints = capture.hints
    outlets = [name for name in (outlet.name, outlet.key) if name]
    said = _as_list(hints.get("authors"))
    address = capture.web_url or _as_text(hints.get("url"))
    published, precision = read_moment(hints.get("published_at"))
    source = "record" if from_record else "feed"
    return Metadata(
        title=layout.title,
        authors=tuple(clean_authors(said or layout.bylines, outlets)),
        byline="; ".join(said or layout.bylines) or None,
        section=_as_text(hints.get("section")),
        language=_as_text(hints.get("language"))
        or detect_language(join_body(layout.draft)[:_LANGUAGE_SAMPLE])
        or outlet.language,
        published_at=published,
        published_precision=precision,
        published_source=source if published else None,
        modified_at=read_moment(hints.get("modified_at"))[0],
        canonical_url=canonicalise(address, outlet.home_url) if address else None,
        image_url=None,
        provenance=_tell_provenance(hints, source),
    )


def read_moment(said: object) -> tuple[datetime | None, str]:
    """The moment (aware, UTC) of an ISO 8601 text or a datetime, and its precision; UTC where no zone is said."""
    if isinstance(said, str):
        try:
            moment = datetime.fromisoformat(said.strip())
        except ValueError:
            return None, "unknown"
        precision = "day" if len(said.strip()) <= len("2021-12-30") else "minute"
    elif isinstance(said, datetime):
        moment, precision = said, "minute"
    else:
        return None, "unknown"
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC), precision


def _tell_provenance(hints: Mapping[str, Any], source: str) -> dict[str, str]:
    told = {
        key: source for key in ("title", "authors", "published_at", "section", "language") if hints.get(key)
    }
    return {"title": "text", "authors": "text", **told}


def _as_list(said: object) -> list[str]:
    if isinstance(said, str):
        return [said] if said.strip() else []
    return (
        [item for item in said if isinstance(item, str) and item.strip()]
        if isinstance(said, list | tuple)
        else []
    )


def _as_text(said: object) -> str | None:
    return said.strip() or None if isinstance(said, str) else None
