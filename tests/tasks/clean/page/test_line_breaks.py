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
