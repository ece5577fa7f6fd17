"""Consent layers, republishing boxes and what stands under a comment form, in plain texts and pages."""

from __future__ import annotations

import pytest

from core.captures import CaptureKind
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, body_of, clean_one, make_text

TEXT = CaptureKind.TEXT
LAYER = (
    "Manage consent",
    "Out of these, the cookies that the harbour needs are kept, and the other cookies ask before they come aboard.",
    "The guest cookies stay for a night, the crew cookies for the season, and all cookies leave by the same door.",
)


def test_the_paragraphs_of_a_consent_layer_go_with_its_heading() -> None:
    text = make_text(TITLE, *PARAGRAPHS, *LAYER)
    assert body_of(text, TEXT) == list(PARAGRAPHS)
    _, removed, _ = clean_one(text, TEXT)
    assert {removed[line] for line in LAYER} == {"cookie"}


def test_an_article_on_cookies_keeps_its_sentences() -> None:
    story = "The baker sells ginger cookies on Mondays and oat cookies on all the other days of the week."
    assert story in body_of(make_text(TITLE, PARAGRAPHS[0], story, *PARAGRAPHS[1:]), TEXT)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Externer Inhalt nicht verfügbar", "cookie"),
        ("Deine Privatsphäre-Einstellungen verhindern das Laden dieser Karte.", "cookie"),
        ("Republish this article", "reporting"),
        ("Gestisci consenso", "cookie"),
    ],
)
def test_notices_go_with_their_rule(line: str, rule: str) -> None:
    _, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS, line), TEXT)
    assert removed[line] == rule


def test_what_stands_below_a_comment_form_is_comments() -> None:
    remark = "My boat is two metres wider than the middle arch and has been lying in the basin since August."
    article, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS, "1 comment", remark), TEXT)
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert (removed["1 comment"], removed[remark]) == ("comment_form", "comments")


def test_but_the_author_named_there_is_the_byline() -> None:
    article, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS, "Leave a Reply", "Ida C. Brook"), TEXT)
    assert article is not None
    assert article["authors"] == ["Ida C. Brook"]
    assert removed["Ida C. Brook"] == "byline"


def test_and_a_comment_link_above_the_text_takes_nothing_with_it() -> None:
    text = make_text(TITLE, "2 Comments", *PARAGRAPHS)
    assert body_of(text, TEXT) == list(PARAGRAPHS)
