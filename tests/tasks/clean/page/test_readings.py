"""Bodies in several boxes, behind a click, or twice on the page."""

from __future__ import annotations

from lxml import html

from tasks.clean.words.marks import read_marks
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


def test_a_part_of_the_article_that_opens_with_a_click_stays() -> None:
    folded = f"<div class='accordion-panel hidden'><p>{REST[0]}</p></div>"
    assert REST[0] in body_of(make_page(paragraphs(folded)))


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
