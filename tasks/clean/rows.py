"""From what was read to the rows of `articles` and `removed_lines`."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from core.captures import Capture, make_article_id
from core.outcomes import Row
from tasks.clean.page.urls import address_key
from tasks.clean.words.agencies import find_agency
from tasks.clean.words.draft import Draft

if TYPE_CHECKING:
    from tasks.clean.metadata.read import Metadata
    from tasks.clean.read_captures import CleanedArticle


def build_article_row(capture: Capture, article: CleanedArticle) -> Row:
    """The row of `articles` less run_id and code_version, which the flow fills."""
    metadata, body_text = article.metadata, article.body_text
    return {
        "article_id": _identify(metadata, body_text),
        "capture_id": capture.capture_id,
        "outlet": capture.outlet,
        "url": capture.url,
        "canonical_url": metadata.canonical_url,
        "title": metadata.title,
        "social_title": metadata.social_title,
        "authors": list(metadata.authors),
        "byline": metadata.byline,
        "agency": find_agency(body_text, metadata.authors, _find_credits(metadata, article.draft)),
        "section": metadata.section,
        "language": metadata.language,
        "published_at": metadata.published_at,
        "published_date": _day_of(metadata),
        "published_precision": metadata.published_precision,
        "published_source": metadata.published_source,
        "modified_at": metadata.modified_at,
        "body_text": body_text,
        "word_count": article.word_count,
        "image_url": metadata.image_url,
        "is_truncated": article.is_truncated,
        "text_sha256": _digest(metadata.title, body_text),
        "month": month_of(metadata.published_at or capture.fetched_at),
    }


# Rules that remove lines which credit who wrote the text, not who took its pictures.
_CREDITING = frozenset({"byline", "reporting"})


def _find_credits(metadata: Metadata, draft: Draft) -> list[str]:
    removed = [
        draft.lines[number].text for number, rule in sorted(draft.removed.items()) if rule in _CREDITING
    ]
    return [*([metadata.byline] if metadata.byline else []), *removed]


def _identify(metadata: Metadata, body_text: str) -> str:
    address = address_key(metadata.canonical_url) if metadata.canonical_url else None
    return make_article_id(address, f"{metadata.title or ''}\n{body_text}")


def build_removed_rows(article: Row, draft: Draft) -> list[Row]:
    """Rows of `removed_lines`: numbers count the page's lines from 1, sections follow from where the body begins and ends."""
    kept = draft.kept
    first, last = (kept[0], kept[-1]) if kept else (0, -1)
    return [
        {
            "article_id": article["article_id"],
            "line_number": number + 1,
            "text": draft.lines[number].text,
            "rule": draft.removed[number],
            "section": "head" if number < first else "tail" if number > last else "body",
            "month": article["month"],
        }
        for number in sorted(draft.removed)
    ]


def _day_of(metadata: Metadata) -> date | None:
    """The day of publication as its readers had it; None where at most the month is known."""
    if metadata.published_at is None or metadata.published_precision not in ("minute", "day"):
        return None
    return metadata.published_day or metadata.published_at.astimezone(UTC).date()


def month_of(moment: datetime) -> date:
    """First day of the month of an aware moment, in UTC."""
    return moment.astimezone(UTC).date().replace(day=1)


def _digest(title: str | None, body_text: str) -> str:
    return hashlib.sha256(f"{title or ''}\x00{body_text}".encode("utf-8", "surrogatepass")).hexdigest()
