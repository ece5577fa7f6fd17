"""A page is refused only when no reading makes an article of it; a text that may lack its lead says so."""

from __future__ import annotations

import pytest

from core.outcomes import Reason
from tasks.clean.body.second_look import LACKS_LEAD
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, clean_one

BODY = "\n\n".join(PARAGRAPHS[:2])
LEGAL = (
    "Parcels are sent from the depot of the mainland within three working days, and the buyer bears the cost"
    " of any return unless the goods were broken when they came.",
    "Prices include all taxes. Weights and colours of the goods may differ a little from the pictures, which"
    " were taken in the light of a studio, and no claim follows from such a difference.",
    "Orders above ninety coins are sent without charge. Gift cards are sold at every counter and do not lose"
    " their worth, but nobody pays out in cash what is left on them.",
)  # fmt: skip
LAMPS = "<p>The lamps of the quay are lit at six, and the ferry leaves for Sable at seven sharp.</p>"
# Other prose of the page, so that no box holds half of it.
FOOT = f"<footer><p>{LEGAL[0]}</p></footer><div class='newsletter'><p>{LEGAL[1]}</p><p>{LEGAL[2]}</p></div>"
OTHER = (
    "The market at Sable has moved from the square to the hall behind the station, where stalls are cheaper and the"
    " roof keeps off the rain that spoiled so many of its mornings.",
    "Bakers and growers from nine villages have come since the spring, and by ten most of them have sold what they"
    " brought, so that early visitors choose and late ones take what is there.",
)


def page_of(article: str, beside: str = "") -> str:
    return (
        f'<html lang="en"><head><title>{TITLE} | Harbour Post</title></head><body><h1>{TITLE}</h1>{article}'
        f"<div class='c7'>{beside}</div></body></html>"
    )


def rows(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize("box", ["related", "sidebar", "widget", "related-content sidebar"])
def test_paragraphs_about_the_headline_are_read_whatever_their_box_is_called(box: str) -> None:
    page = page_of(f'<div class="{box}">{rows(*PARAGRAPHS[:2])}</div>', LAMPS + FOOT)
    article, _, outcome = clean_one(page)
    assert article is not None, outcome
    assert all(text in article["body_text"] for text in PARAGRAPHS[:2])


@pytest.mark.parametrize("box", ["comments", "author-bio", "cookie-banner"])
def test_boxes_that_hold_no_article_stay_closed(box: str) -> None:
    article, _, _ = clean_one(page_of(f'<div class="{box}">{rows(*PARAGRAPHS[:2])}</div>', LAMPS + FOOT))
    assert article is None or PARAGRAPHS[0] not in article["body_text"]


def test_teasers_of_other_articles_are_not_taken_for_the_article() -> None:
    teasers = "".join(
        f'<h3><a href="/n{n}">Headline {n} of the day</a></h3><p>{text}</p>'
        for n, text in enumerate(PARAGRAPHS[:2])
    )
    article, _, _ = clean_one(page_of(f'<div class="related">{teasers}</div>', LAMPS + FOOT))
    assert article is None or PARAGRAPHS[0] not in article["body_text"]


def test_paragraphs_about_something_else_are_not_read() -> None:
    _, _, outcome = clean_one(page_of(f'<div class="related">{rows(*OTHER)}</div>', LAMPS + FOOT))
    assert outcome.reason is Reason.TOO_SHORT


def test_a_paywall_is_still_one() -> None:
    page = page_of(f'<p>Already a subscriber?</p><div class="related">{rows(*PARAGRAPHS[:2])}</div>', FOOT)
    article, _, outcome = clean_one(page)
    assert article is None
    assert outcome.reason is Reason.PAYWALL


@pytest.mark.parametrize(("box", "is_flagged"), [("related", True), ("sidebar", True), ("comments", False)])
def test_a_text_about_something_else_than_its_headline_is_flagged_if_what_was_left_out_is_not(
    box: str, is_flagged: bool
) -> None:
    page = page_of(f'<div class="{box}">{rows(*PARAGRAPHS[:2])}</div><article>{rows(*LEGAL)}</article>')
    article, _, outcome = clean_one(page)
    assert article is not None
    assert (LACKS_LEAD in (outcome.detail or "")) is is_flagged


def test_a_text_about_its_headline_is_not_flagged() -> None:
    page = page_of(
        f'<div class="related">{rows(*PARAGRAPHS[:2])}</div><article>{rows(*PARAGRAPHS)}</article>'
    )
    _, _, outcome = clean_one(page)
    assert outcome.detail is None
