"""JSON-LD nodes of other articles, which the page only links to, say nothing about its own."""

from __future__ import annotations

import json

import pytest

from tasks.clean.page.article_nodes import article_nodes
from tasks.clean.page.page import parse_page
from tests.tasks.clean.clean_samples import TITLE, clean_one, make_page, paragraphs

URL = "https://harbourpost.example/news/bridge"
WHALE = {
    "@type": "NewsArticle",
    "headline": "Whale seen off Sable",
    "url": "https://harbourpost.example/news/whale",
    "datePublished": "2024-01-01",
    "author": {"@type": "Person", "name": "Jo Park"},
}


def find_headlines(node: dict[str, object], heading: str = TITLE, url: str | None = URL) -> list[object]:
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    page = parse_page(
        f"<html><head>{script}</head><body><h1>{heading}</h1></body></html>".encode(), None, url
    )
    return [found.get("headline") for found in article_nodes(page)]


def test_author_and_day_of_another_article_are_not_taken() -> None:
    head = f'<script type="application/ld+json">{json.dumps(WHALE)}</script><p>By Rhea Tan</p><time datetime="2026-03-03">3 March</time>'
    article, _, _ = clean_one(make_page(paragraphs(), head))
    assert article is not None
    assert (article["authors"], str(article["published_at"])[:10]) == (["Rhea Tan"], "2026-03-03")


@pytest.mark.parametrize("url", [URL, None])
def test_a_node_without_an_address_is_known_by_its_headline(url: str | None) -> None:
    assert find_headlines({**WHALE, "url": None}, url=url) == []


def test_a_node_of_another_address_without_a_headline_is_none_of_the_page() -> None:
    assert find_headlines({**WHALE, "headline": None}) == []


@pytest.mark.parametrize(
    ("node", "heading", "url"),
    [
        ({"url": URL}, TITLE, URL),
        ({"mainEntityOfPage": {"@id": f"{URL}/"}, "url": None}, TITLE, URL),
        ({"headline": "Old bridge: council agrees", "url": "https://harbourpost.example/amp/7"}, TITLE, URL),
        ({"headline": "沖合でクジラ"}, "沖合でクジラを目撃、漁師ら語る", URL),
        ({"headline": "Whale seen", "url": None}, "", URL),
        ({"headline": None, "url": "https://harbourpost.example/"}, TITLE, URL),
    ],
    ids=["same address", "main entity", "like headline", "part of a headline", "no heading", "front page"],
)
def test_a_node_of_this_article_stays(node: dict[str, object], heading: str, url: str) -> None:
    assert len(find_headlines({**WHALE, **node}, heading, url)) == 1
