"""Bodies in several boxes, behind a click, or twice on the page."""

from __future__ import annotations

import pytest
from lxml import html

from tasks.clean.words.box_names import read_marks
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, body_of, clean_one, make_page, paragraphs

REST = (
    "The stones come from the quarry at North Isle, where the last ones were cut ninety years ago, and the"
    " barge that carries them can sail only when the wind is down and the tide is in.",
    "Nobody on the council would say what happens if the winter comes early, though the harbour master has"
    " asked for a second crane and the fire brigade for a boat of its own.",
    "The ferry company will sail every twenty minutes from May on, and the fare stays at two crowns for"
    " those who live on the island, as it has been since the ferry was built.",
)


def _page(*boxes: str) -> bytes:
    return f"<html lang='en'><body><h1>{TITLE}</h1>{''.join(boxes)}</body></html>".encode()


def _tell(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_the_opening_paragraphs_in_a_box_of_their_own_belong_to_the_body() -> None:
    opening = f"<section><div class='article-body'>{_tell(PARAGRAPHS[:2])}</div></section>"
    rest = f"<section><div class='article-body'>{_tell(PARAGRAPHS[2:] + REST * 2)}</div></section>"
    found = body_of(_page(opening, rest))
    assert found[:3] == list(PARAGRAPHS[:3])


def test_but_not_those_of_a_teaser_box() -> None:
    teaser = f"<section><div class='related article-body'>{_tell(PARAGRAPHS[:2])}</div></section>"
    rest = f"<section><div class='article-body'>{_tell(PARAGRAPHS[2:] + REST * 2)}</div></section>"
    assert body_of(_page(teaser, rest))[0] == PARAGRAPHS[2]


def test_a_sentence_of_a_sidebar_between_the_articles_paragraphs_stays() -> None:
    side = f"<div class='sidebar'><p>{REST[0]}</p></div>"
    page = _page(f"<div class='text'>{_tell(PARAGRAPHS[:2])}{side}{_tell(PARAGRAPHS[2:] + REST[1:])}</div>")
    assert REST[0] in body_of(page)


@pytest.mark.parametrize("name", ["sidebar related", "sidebar newsletter"])
def test_but_not_of_one_that_is_called_something_else_as_well(name: str) -> None:
    side = f"<div class='{name}'><p>{REST[0]}</p></div>"
    page = _page(f"<div class='text'>{_tell(PARAGRAPHS[:2])}{side}{_tell(PARAGRAPHS[2:] + REST[1:])}</div>")
    assert REST[0] not in body_of(page)


def test_an_introduction_in_a_box_that_is_called_related_too_stays_if_it_is_about_the_headline() -> None:
    lead = f"So it was decided on Monday: {TITLE}, after a long night in the town hall of the island."
    other = "Somebody else wrote a book about cheese and sold nine hundred copies of it in a week at a fair."
    told = {}
    for text in (lead, other):
        head = f"<header class='related-header'><p>{text}</p></header>"
        _, removed, _ = clean_one(_page(head, f"<div class='text'>{_tell(PARAGRAPHS + REST)}</div>"))
        told[text] = removed.get(text)
    assert told == {lead: "standfirst", other: "related"}


def test_a_part_of_the_article_that_opens_with_a_click_stays() -> None:
    folded = f"<div class='accordion-panel hidden'><p>{REST[0]}</p></div>"
    assert REST[0] in body_of(make_page(paragraphs(folded)))


@pytest.mark.parametrize("name", ["overflow-hidden", "tw-overflow_hidden", "overflow-x-hidden rounded"])
def test_a_box_that_only_cuts_what_runs_over_its_edge_is_shown(name: str) -> None:
    cut = f"<div class='{name}'><p>{REST[0]}</p></div>"
    assert REST[0] in body_of(make_page(paragraphs(cut)))


def test_but_not_what_is_hidden_otherwise() -> None:
    hidden = f"<div class='hidden'><p>{REST[0]}</p></div>"
    _, removed, _ = clean_one(make_page(paragraphs(hidden)))
    assert removed[REST[0]] == "hidden"


def test_a_second_copy_of_the_text_in_one_piece_goes() -> None:
    whole = (*PARAGRAPHS, *REST)
    copy = " ".join(whole)
    page = make_page(_tell(whole) + f"<pre># {TITLE} {copy}</pre>")
    article, removed, _ = clean_one(page)
    assert article is not None
    assert article["body_text"] == "\n\n".join(whole)
    assert set(removed.values()) >= {"repeated"}


def test_but_not_a_long_piece_that_says_something_else() -> None:
    listing = (
        "<pre>" + " ".join(f"stone {number} lies at pier {number % 7}" for number in range(60)) + "</pre>"
    )
    assert any(line.startswith("stone 0 lies") for line in body_of(make_page(paragraphs(listing))))


def test_a_name_that_denies_a_box_marks_none() -> None:
    for name in ("no-sidebar", "sidebar-enabled--false", "without-share", "newsletter-off"):
        assert read_marks(html.fromstring(f"<div class='{name}'>x</div>")) == frozenset()
    assert read_marks(html.fromstring("<div class='sidebar-enabled'>x</div>")) == {"sidebar"}


def test_a_template_that_closes_the_page_under_its_header_costs_no_text() -> None:
    page = make_page(paragraphs()).replace(b"<body>", b"<body><header>Menu</header></body></html>", 1)
    article, _, _ = clean_one(page)
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)


def test_what_opens_with_a_click_between_the_paragraphs_stays_without_a_name_for_the_body() -> None:
    folded = f"<div class='collapse hidden'><p>{REST[0]}</p></div>"
    found = body_of(_page(f"<div>{_tell(PARAGRAPHS[:2])}{folded}{_tell(PARAGRAPHS[2:] + REST[1:])}</div>"))
    assert REST[0] in found


def test_one_long_paragraph_is_not_the_whole_article() -> None:
    long = " ".join((*PARAGRAPHS, *REST))
    before, after = (
        "<h2>What is known so far</h2>",
        "<ul><li>The ferry sails at noon</li><li>The fare stays</li></ul>",
    )
    found = body_of(_page(f"<main><div>{before}<p>{long}</p>{after}</div></main>"))
    assert found == ["What is known so far", long, "The ferry sails at noon", "The fare stays"]


def test_the_paragraphs_above_a_long_list_belong_to_the_article() -> None:
    items = "".join(f"<li>{text} {text}</li>" for text in (*PARAGRAPHS, *REST))
    found = body_of(_page(f"<div><p>{REST[0]}</p><p>{REST[1]}</p><ul>{items}</ul></div>"))
    assert found[:2] == [REST[0], REST[1]]


def test_a_quotation_under_the_last_long_paragraph_does_not_end_the_article() -> None:
    quote = "<blockquote><p class='big'>What works in the harbour does not work at sea, he likes to say.</p></blockquote>"
    lines = "".join(f"<p class='article-paragraph'>{text}</p>" for text in (*PARAGRAPHS, *REST))
    last = "<p class='article-paragraph'>Good luck to all of them.</p>"
    found = body_of(_page(f"<div>{lines}{quote}{last}</div>"))
    assert found[-2:] == [
        "What works in the harbour does not work at sea, he likes to say.",
        "Good luck to all of them.",
    ]


@pytest.mark.parametrize("name", ["sidebar", "related-box"])
def test_a_lead_in_a_side_box_under_the_headline_stays_if_it_tells_what_the_headline_does(name: str) -> None:
    lead = f"So it was decided on Monday: {TITLE}, after a long night in the town hall of the island."
    other = "Somebody else wrote a book about cheese and sold nine hundred copies of it in a week at a fair."
    told = {}
    for text in (lead, other):
        page = _page(
            f"<div class='{name}'><p>{text}</p></div>", f"<div class='text'>{_tell(PARAGRAPHS + REST)}</div>"
        )
        told[text] = text in body_of(page)
    assert told == {lead: True, other: False}
