"""Front pages, sections and archives lead to articles and are none; articles with linked subheads are."""

from __future__ import annotations

import pytest

from core.outcomes import Reason
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, clean_one, make_page

SITE = '<meta property="og:type" content="website"><script type="application/ld+json">{"@type": "WebSite"}</script>'
COLLECTION = '<script type="application/ld+json">{"@type": "CollectionPage"}</script>'
ARTICLE = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}"}}</script>'
ABOUT = "<p>The Harbour Post tells every day what goes on at the quay of Port Ellery, in its council, on its ferries and in its old town, and has done so for eighty years.</p>"


def make_teasers(count: int, box: str = "div", between: str = "", text: str = PARAGRAPHS[0]) -> str:
    return "".join(
        f'<{box}><h2><a href="/n{n}">Headline number {n} of the day</a></h2>{between}<p>On day {n}: {text}</p></{box}>'
        for n in range(count)
    )


def make_list(body: str, title: str = "Harbour Post", head: str = "") -> str:
    return f"<html lang='en'><head><title>{title}</title>{head}</head><body><main>{body}</main></body></html>"


@pytest.mark.parametrize(
    "page",
    [
        make_list(make_teasers(20), head=SITE),
        make_list(ABOUT + make_teasers(20), head=SITE),
        make_list("<h1>Category: Harbour</h1>" + make_teasers(10, "article", "<div class='meta'>3 March 2026 by Jo Park</div>")),
        make_list("<h1>Category: Harbour</h1>" + ABOUT + make_teasers(10, "article"), head=COLLECTION),
        make_list("<h1>Harbour</h1>" + "".join(f'<h3><a href="/n{n}">Headline number {n} of the day</a></h3><a href="/n{n}">Read more</a>' for n in range(20))),
    ],
    ids=["front page", "front page with a note", "archive", "archive with a note", "headlines and read more"],
)  # fmt: skip
def test_pages_of_teasers_are_lists_of_links(page: str) -> None:
    article, _, outcome = clean_one(page)
    assert article is None
    assert outcome.reason is Reason.LINK_LIST


@pytest.mark.parametrize(
    "page",
    [
        make_list(f"<h1>{TITLE}</h1>" + ABOUT + make_teasers(20), TITLE),
        make_list(f"<h1>{TITLE}</h1>" + ABOUT + make_teasers(20), TITLE, ARTICLE + COLLECTION),
        make_list(f"<h1>{TITLE}</h1>" + make_teasers(8, between="".join(f"<p>{text}</p>" for text in PARAGRAPHS)), TITLE),
        make_list(ABOUT + make_teasers(8).replace("<a ", "<b ").replace("</a>", "</b>")),
        make_page("".join(f"<p>{text}</p>" for text in PARAGRAPHS), after=f"<aside>{make_teasers(9)}</aside>"),
    ],
    ids=["a short article above", "says article", "long texts", "plain subheads", "teasers beside an article"],
)  # fmt: skip
def test_articles_with_linked_subheads_or_teasers_beside_them_stay(page: str | bytes) -> None:
    article, _, outcome = clean_one(page)
    assert article is not None, outcome
    assert outcome.reason is Reason.NEW
