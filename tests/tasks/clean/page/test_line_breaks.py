"""Rows between single line breaks: those that say something of their own are judged alone."""

from __future__ import annotations

from tests.tasks.clean.clean_samples import PARAGRAPHS, clean_one, make_page, paragraphs

BODY = "\n\n".join(PARAGRAPHS)


def test_byline_and_time_above_the_text_are_read_and_go() -> None:
    article, removed, _ = clean_one(
        make_page(
            f"<p>Von Rhona Teague<br>03.07.2025, 14:26 Uhr<br>{PARAGRAPHS[0]}</p>{paragraphs()[len(PARAGRAPHS[0]) + 7 :]}"
        )
    )
    assert article is not None
    assert article["authors"] == ["Rhona Teague"]
    assert article["body_text"] == BODY
    assert removed["Von Rhona Teague"] == "byline"
    assert removed["03.07.2025, 14:26 Uhr"] == "date"


def test_a_notice_under_the_last_row_goes_and_the_row_stays() -> None:
    article, removed, _ = clean_one(
        make_page(f"{paragraphs()}<p>The bridge was built in 1911.<br>Sign up for our newsletter</p>")
    )
    assert article is not None
    assert article["body_text"] == f"{BODY}\n\nThe bridge was built in 1911."
    assert removed["Sign up for our newsletter"] == "newsletter"


def test_rows_of_a_poem_stay_together() -> None:
    article, _, _ = clean_one(
        make_page(paragraphs("<p>The tide came in,<br>the tide went out,<br>and nobody was there.</p>"))
    )
    assert article is not None
    assert "The tide came in,\nthe tide went out,\nand nobody was there." in article["body_text"]


def test_links_under_a_notice_go_with_it() -> None:
    links = '<a href="/1">Pier to reopen</a><br><a href="/2">Man, 44, held over theft</a>'
    article, removed, _ = clean_one(
        make_page(
            f"{paragraphs()}<p>The bridge was built in 1911.<br><br><b>YOU MIGHT ALSO LIKE</b><br>{links}</p>"
        )
    )
    assert article is not None
    assert article["body_text"] == f"{BODY}\n\nThe bridge was built in 1911."
    assert removed["YOU MIGHT ALSO LIKE"] == "related"
    assert {"Pier to reopen", "Man, 44, held over theft"} <= removed.keys()


def test_a_desk_instead_of_a_name_and_an_offer_are_no_text() -> None:
    article, removed, _ = clean_one(
        make_page(
            f"<div>Staff and agencies</div>{paragraphs()}<p>Cancel any time. After 12 weeks £9.99 a month.</p>"
        )
    )
    assert article is not None
    assert article["body_text"] == BODY
    assert removed["Staff and agencies"] == "reporting"
