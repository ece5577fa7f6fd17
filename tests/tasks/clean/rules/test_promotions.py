"""Promotions without links go: calls to the reader, labelled headlines, lists under a heading. What an article says stays."""

from __future__ import annotations

import pytest

from tests.tasks.clean.clean_samples import PARAGRAPHS, clean_one, make_page, paragraphs

BODY = "\n\n".join(PARAGRAPHS)
HEADLINES = (
    "Ferry fares rise for the third time",
    "Lamp keeper of Sable retires",
    "Eel catch lowest since 1931",
)


def clean(markup: str, *, under: bool = False) -> tuple[str, dict[str, str]]:
    page = make_page(paragraphs() + markup if under else paragraphs(markup))
    article, removed, outcome = clean_one(page)
    assert article is not None, outcome
    return article["body_text"], removed


@pytest.mark.parametrize(
    "call",
    [
        "Subscribe now for £1 a week",
        "Download our free app",
        "Love boats? Get our weekly harbour newsletter",
        "For more news, follow us on X @harbourpost",
        "Turn on notifications to get breaking news",
        "Watch the full interview below",
        "Support local journalism: become a member today",
        "You have 2 free articles left this month",
        "The Harbour Post is now on WhatsApp: join here",
        "You can listen to the podcast on Spotify or Apple Podcasts",
        "Have a story? Email newsdesk@harbourpost.example",
    ],
)
def test_calls_to_the_reader_go_inside_of_an_article_and_under_it(call: str) -> None:
    assert clean(f"<p>{call}</p>")[0] == BODY
    assert clean(f"<p>{call}</p>", under=True)[0] == BODY


@pytest.mark.parametrize(
    "label", ["In pictures:", "Next:", "Gallery:", "Podcast:", "From the archive:", "MORE |"]
)
def test_headlines_behind_a_label_go(label: str) -> None:
    body, removed = clean(f"<p>{label} {HEADLINES[0]}</p>")
    assert body == BODY
    assert removed[f"{label} {HEADLINES[0]}"] == "related"


@pytest.mark.parametrize(
    "heading",
    [
        "Watch now",
        "Top headlines",
        "Our top picks",
        "More in Business",
        "The latest from Port Ellery",
        "Weekend reads",
        "More Ellery news",
    ],
)
def test_a_list_under_a_heading_of_promotions_goes_from_the_end(heading: str) -> None:
    listed = "".join(f"<p>{text}</p>" for text in HEADLINES)
    assert clean(f"<h3>{heading}</h3>{listed}", under=True)[0] == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Tell us what you know about the arch, the harbour master asked the fishermen.",
        "Get the ferry at eight and you will see it all.",
        "Follow the signs here or pay a fine, the council says.",
        "Opinion: the arch should have been mended long ago.",
        "Photos of the arch were shown to the members",
        "Take the old road from the quay and turn left below the mill:",
    ],
)
def test_what_the_article_says_stays(line: str) -> None:
    assert line in clean(f"<p>{line}</p>")[0]


@pytest.mark.parametrize("heading", ["What happens next", "More bridges", "The latest figures"])
def test_a_list_of_the_article_stays(heading: str) -> None:
    body = clean(
        f"<h3>{heading}</h3><ul><li>A second arch by the quay</li><li>A third one at the mill</li></ul>",
        under=True,
    )[0]
    assert "A third one at the mill" in body
