"""A page that shows a part of its article only, or nothing, is read from the text that it states for machines."""

from __future__ import annotations

import json

import pytest

from core.outcomes import Reason
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, capture_of, clean_one, make_page, paragraphs

WHOLE = "\n\n".join(PARAGRAPHS)


def _head(text: object) -> str:
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": text}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def _built_by_scripts(text: object) -> str:
    return (
        f"<html><head><title>{TITLE}</title>{_head(text)}</head><body><div id='root'></div>"
        "<noscript>You need to enable JavaScript to run this app.</noscript></body></html>"
    )


@pytest.mark.parametrize(
    "stated",
    [
        WHOLE,
        "\n".join(PARAGRAPHS),
        "\r\n".join(PARAGRAPHS),
        "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
        TITLE + "\n\n" + WHOLE + "\n\nLeave a Reply",
        WHOLE.replace("“", "&ldquo;"),
    ],
)
def test_a_page_built_by_scripts_is_read_from_its_json_ld(stated: str) -> None:
    article, _, outcome = clean_one(_built_by_scripts(stated))
    assert article is not None, outcome
    assert article["body_text"] == WHOLE
    assert outcome.detail == "text as stated for machines"


def test_what_shows_of_a_page_behind_a_paywall_is_told_and_the_whole_text_is_read() -> None:
    shown = f"<p>{PARAGRAPHS[0]}</p><p>Subscribe to continue reading.</p>"
    article, removed, _ = clean_one(make_page(shown, head=_head(WHOLE)))
    assert article is not None
    assert article["body_text"] == WHOLE
    assert removed["Subscribe to continue reading."] == "paywall"


@pytest.mark.parametrize(
    "stated", [PARAGRAPHS[0], WHOLE + "\n\n" + "More of it.", 7, [WHOLE], None, "\ud800"]
)
def test_the_shown_text_is_read_where_it_is_not_much_shorter(stated: object) -> None:
    article, _, outcome = clean_one(make_page(paragraphs(), head=_head(stated)))
    assert article is not None
    assert article["body_text"] == WHOLE
    assert outcome.detail is None


def test_a_summary_does_not_make_a_page_without_a_body_an_article() -> None:
    article, _, outcome = clean_one(_built_by_scripts("The council mends the old bridge before winter."))
    assert article is None
    assert outcome.reason is Reason.JAVASCRIPT_REQUIRED


def test_the_whole_text_of_a_feed_is_read_too() -> None:
    page = make_page("<p>The council has met again this Monday.</p>")
    rows = clean_captures([capture_of(page, hints={"text": WHOLE})], CleanOptions()).rows
    assert rows["articles"][0]["body_text"] == WHOLE
