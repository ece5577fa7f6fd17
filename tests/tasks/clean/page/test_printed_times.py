"""One printed line may hold two times, each with its own label."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.captures import CaptureKind
from tasks.clean.page.printed_times import read_dateline, says_modified, split_times
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, clean_one, make_page, make_text, paragraphs

PUBLISHED, MODIFIED = datetime(2025, 3, 4, 18, 5, tzinfo=UTC), datetime(2025, 3, 5, 7, 30, tzinfo=UTC)

LINES = [
    "<p>Mis à jour le 5 mars 2025 à 07h30, publié le 4 mars 2025 à 18h05</p>",
    "<p>Publié le 4 mars 2025 à 18h05, mis à jour le 5 mars 2025 à 07h30</p>",
    "<p>Pubblicato il 4 marzo 2025 alle ore 18.05</p><p>Ultimo aggiornamento: 5 marzo 2025, 7.30</p>",
    "<p>4 mrt 2025 18:05</p><p>Laatste update: 5 mrt 2025 07:30</p>",
    "<p>04.03.2025, 18:05 Uhr | Aktualisiert: 05.03.2025, 07:30 Uhr</p>",
    "<p>March 4, 2025 6:05 PM | Updated March 5, 2025 7:30 AM</p>",
    "<p>4 mar 2025, 18h05 • Atualizado: 5 mar 2025, 07h30</p>",
    "<p>PUBLISHED: March 4, 2025 at 6:05 p.m. UTC | UPDATED: March 5, 2025 at 7:30 a.m. UTC</p>",
    "<p>发布时间：2025-03-04 18:05 更新时间：2025-03-05 07:30</p>",
    "<p>Updated</p><p>5 March 2025 07:30</p><p>4 March 2025 18:05</p>",
    '<time datetime="2025-03-05T07:30:00Z">5 March</time><p>Updated 5 March 2025 07:30</p><p>Published 4 March 2025 18:05</p>',
]  # fmt: skip


@pytest.mark.parametrize("head", LINES)
def test_both_times_are_read_each_for_what_it_is(head: str) -> None:
    article, _, _ = clean_one(make_page(paragraphs(), head))
    assert article is not None
    assert (article["published_at"], article["modified_at"]) == (PUBLISHED, MODIFIED)


def test_a_label_without_a_time_keeps_its_hands_off_the_one_before() -> None:
    lines = read_dateline("04/03/2025 18h05 Atualizado há 2 horas", UTC, day_first=True)
    assert [(line.moment.at, line.is_modified) for line in lines] == [(PUBLISHED, False)]


def test_a_time_tag_in_another_zone_still_tells_the_minute_of_the_printed_day() -> None:
    head = '<p>Published March 4, 2025</p><time datetime="2025-03-05T02:05:00Z">9:05 p.m.</time>'
    article, _, _ = clean_one(make_page(paragraphs(), head))
    assert article is not None and article["published_at"] == datetime(2025, 3, 5, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["The understanding of 4 March 2025", "Outstanding, 4 March 2025", "Unmodified"]
)
def test_a_label_inside_a_longer_word_is_none(text: str) -> None:
    assert not says_modified(text)
    assert split_times(text) == [text]


@pytest.mark.parametrize(
    ("lines", "published", "modified"),
    [
        (("March 4, 2025 6:05 PM", "Updated March 5, 2025 7:30 AM"), PUBLISHED, MODIFIED),
        (("Updated: March 5, 2025 7:30 AM | Published: March 4, 2025 6:05 PM",), PUBLISHED, MODIFIED),
        (("3/4/2025 6:05 PM",), PUBLISHED, None),
        (("Updated March 5, 2025 7:30 AM",), MODIFIED, MODIFIED),
    ],
)
def test_plain_texts_are_read_so_too(
    lines: tuple[str, ...], published: datetime, modified: datetime | None
) -> None:
    article, removed, _ = clean_one(make_text(TITLE, *lines, *PARAGRAPHS), CaptureKind.TEXT)
    assert article is not None
    assert (article["published_at"], article["modified_at"]) == (published, modified)
    assert set(lines) <= set(removed)
