"""One page read without a lake."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import copydesk

TEXT = (
    "Ferry waits for the tide\n\nThe ferry waited 40 minutes for the tide. “We were never in danger,” said its captain, Ilse Tarrant, on"
    " Monday. It carried 120 passengers and left the quay after dark with all of them on board.\n"
)
HTML = (
    "<!doctype html><html><head><meta charset='iso-8859-1'><title>Fähre wartet</title></head><body><article><h1>Fähre wartet</h1>"
    f"<p>{TEXT.partition(chr(10))[2].strip()}</p></article></body></html>"
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without settings and without a lake."""
    monkeypatch.chdir(tmp_path)


def test_a_text_gives_the_rows_of_its_tables(tmp_path: Path) -> None:
    page = copydesk.read_page(TEXT, url="https://harbour-post.example/ferry")
    assert (page.outcome, page.reason) == ("accepted", "new")
    assert page.article is not None and page.article["title"] == "Ferry waits for the tide"
    assert page.article["outlet"] == "harbour-post.example"
    assert [(row["value"], row["unit"]) for row in page.figures] == [(40, "min"), (120, None)]
    assert page.quotations.rows()[0]["speaker"] == "Ilse Tarrant"
    assert list(tmp_path.iterdir()) == [], "nothing is written"


def test_a_str_of_html_is_taken_as_it_is_whatever_charset_it_names() -> None:
    page = copydesk.read_page(HTML, published=datetime(2026, 3, 4, tzinfo=UTC), outlet="harbour-post")
    assert page.article is not None and page.article["title"] == "Fähre wartet"
    assert page.article["published_at"] == datetime(2026, 3, 4, tzinfo=UTC)


def test_bytes_are_decoded_as_the_page_says() -> None:
    page = copydesk.read_page(HTML.encode("cp1252"))
    assert page.article is not None and page.article["title"] == "Fähre wartet"


def test_what_is_no_article_says_why() -> None:
    page = copydesk.read_page("Only three words.")
    assert page.article is None and page.outcome == "rejected"
    assert len(page.figures) == 0 and page.figures.columns[0] == "article_id"
    assert page.outcome in repr(page)


def test_bytes_take_no_time_of_publication() -> None:
    with pytest.raises(copydesk.ConfigError, match="str"):
        copydesk.read_page(b"Text", published=datetime(2026, 3, 4, tzinfo=UTC))
