"""The day of publication is that of the outlet's readers, the time is that of UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.captures import CaptureKind
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures
from tests.tasks.clean.clean_samples import (
    PARAGRAPHS,
    TITLE,
    capture_of,
    clean_one,
    make_page,
    make_text,
    paragraphs,
)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-03-03T22:30:00-05:00", date(2026, 3, 3)),
        ("2026-03-03T22:30:00Z", date(2026, 3, 3)),
        ("2026-03-03", date(2026, 3, 3)),
        ("2026-03", None),
    ],
)
def test_the_day_is_that_of_the_zone_which_the_page_prints(said: str, day: date | None) -> None:
    head = f'<meta property="article:published_time" content="{said}">'
    article, _, _ = clean_one(make_page(paragraphs(), head=head))
    assert article is not None
    assert article["published_at"] is not None
    assert article["published_date"] == day


def test_an_evening_in_the_west_is_the_next_day_in_utc_and_not_for_its_readers() -> None:
    head = '<meta property="article:published_time" content="2026-03-03T22:30:00-05:00">'
    article, _, _ = clean_one(make_page(paragraphs(), head=head))
    assert article is not None
    assert article["published_at"] == datetime(2026, 3, 4, 3, 30, tzinfo=UTC)
    assert article["published_date"] == date(2026, 3, 3)


def test_the_day_of_the_users_default_is_that_of_its_own_zone() -> None:
    capture = capture_of(
        make_text(TITLE, *PARAGRAPHS),
        CaptureKind.TEXT,
        hints={"published_default": "2026-03-03T23:00:00-05:00"},
    )
    article = clean_captures([capture], CleanOptions()).rows["articles"][0]
    assert article["published_at"] == datetime(2026, 3, 4, 4, tzinfo=UTC)
    assert article["published_date"] == date(2026, 3, 3)


def test_the_users_default_counts_before_a_guess() -> None:
    lines = "".join(f"<p>The bridge carries line {line} over the harbour.</p>" for line in range(40))
    page = make_page(f"{paragraphs()}{lines}<div>Harbour Post, 4 March 2026, Port Ellery</div>")
    guessed, _, _ = clean_one(page)
    assert guessed is not None and guessed["published_source"] == "guess"
    capture = capture_of(page, hints={"published_default": "2026-02-01T00:00:00+00:00"})
    article = clean_captures([capture], CleanOptions()).rows["articles"][0]
    assert (article["published_date"], article["published_source"]) == (date(2026, 2, 1), None)


def test_without_a_time_there_is_no_day() -> None:
    article, _, _ = clean_one(make_text(TITLE, *PARAGRAPHS), CaptureKind.TEXT)
    assert article is not None
    assert article["published_at"] is article["published_date"] is None


def test_one_article_under_http_and_https_is_one_article() -> None:
    addresses = ("http://harbourpost.example/news/bridge", "https://harbourpost.example/news/bridge/")
    captures = [capture_of(make_page(paragraphs()), url=address) for address in addresses]
    rows = clean_captures(captures, CleanOptions()).rows["articles"]
    assert rows[0]["article_id"] == rows[1]["article_id"]
    assert tuple(row["canonical_url"] for row in rows) == addresses
