"""Metadata of what has no page: from its record or feed, and from the layout of its text."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from core.captures import Capture
from core.outlets import Outlet
from tasks.clean.body.of_text import TextLayout
from tasks.clean.metadata.day_order import is_day_first
from tasks.clean.metadata.read import Metadata, read_metadata
from tasks.clean.page.printed_times import Dateline, read_dateline
from tasks.clean.words.authors.clean import clean_authors
from tasks.clean.words.authors.persons import is_person
from tasks.clean.words.draft import Draft, join_body
from tasks.clean.words.moments import read_moment
from tasks.clean.words.printed_bylines import (
    is_name,
    is_name_with_outlet,
    read_byline,
    read_dated_byline,
    read_name_with_time,
)

_MOST_BYLINES = 3
_NAMING_RULES = frozenset({"byline", "date"})


def read_text_metadata(layout: TextLayout, capture: Capture, outlet: Outlet) -> Metadata:
    """What hints say, and the title and byline that the text prints where they say nothing."""
    metadata = read_metadata(None, capture, outlet, join_body(layout.draft))
    provenance = dict(metadata.provenance)
    if metadata.title is None and layout.title:
        metadata = replace(metadata, title=layout.title)
        provenance["title"] = "text"
    if not metadata.authors and layout.bylines:
        authors = tuple(clean_authors(_best_bylines(layout.bylines)))
        metadata = replace(metadata, authors=authors, byline="; ".join(layout.bylines))
        provenance["authors"] = provenance["byline"] = "text"
    return _add_printed_times(replace(metadata, provenance=provenance), _find_printed_times(layout, outlet))


def add_printed_authors(metadata: Metadata, draft: Draft) -> Metadata:
    """The metadata of a page without a credit, with the persons of the lines that the rules took from
    its text as bylines, or as times with a name beside them.

    A name alone counts beside a printed time only: labels ("Best Practices") look like names.
    """
    if metadata.authors:
        return metadata
    taken = [number for number, rule in sorted(draft.removed.items()) if rule in _NAMING_RULES]
    named = [text for number in taken if (text := _read_person(draft, number))]
    authors = tuple(name for name in clean_authors(named[:_MOST_BYLINES]) if is_person(name))
    if not authors:
        return metadata
    provenance = {**metadata.provenance, "authors": "text"}
    return replace(
        metadata, authors=authors, byline=metadata.byline or "; ".join(named), provenance=provenance
    )


def _read_person(draft: Draft, number: int) -> str | None:
    """What names a person in a line that was taken, or None."""
    text = draft.lines[number].text
    if draft.removed[number] == "date":
        return read_name_with_time(text) or read_dated_byline(text)
    if read_byline(text) is not None:
        return text
    beside = [draft.lines[at].text for at in (number - 1, number + 1) if 0 <= at < len(draft.lines)]
    if is_name_with_outlet(text):
        return text.split(",")[0]
    return text if is_name(text) and any(map(read_moment, beside)) else read_dated_byline(text)


def _find_printed_times(layout: TextLayout, outlet: Outlet) -> list[Dateline]:
    """The times that lines above the body print: those of publication first, those of changes last."""
    zone, day_first = ZoneInfo(outlet.time_zone), is_day_first(outlet)
    found = [line for text in layout.dates for line in read_dateline(text, zone, day_first=day_first)]
    return sorted(found, key=lambda line: (line.is_modified, not line.is_published))


def _add_printed_times(metadata: Metadata, lines: list[Dateline]) -> Metadata:
    """The metadata with the first of these times as that of publication, where the text's hints tell none,
    and the first that is one of a change."""
    provenance = dict(metadata.provenance)
    changed = next((line.moment for line in lines if line.is_modified), None)
    if changed and metadata.modified_at is None:
        metadata = replace(metadata, modified_at=changed.at)
        provenance["modified_at"] = "text"
    if lines and metadata.published_at is None:
        published = lines[0].moment
        metadata = replace(
            metadata,
            published_at=published.at,
            published_precision=published.precision,
            published_source="text",
            published_day=published.local_date,
        )
        provenance["published_at"] = "text"
    return replace(metadata, provenance=provenance)


def _best_bylines(bylines: list[str]) -> list[str]:
    """Bylines that give a full name, less the outlet after it; user names ("by jsmith") only alone."""
    names = [byline if read_byline(byline) else byline.split(",")[0] for byline in bylines]
    full = [name for name in names if any(" " in author for author in clean_authors([name]))]
    return full or names
