"""A page is refused only when no reading makes an article of it; what is about the headline is the article."""

from __future__ import annotations

import pytest

from core.outcomes import Reason
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


def page_of(article: str, beside: str = "", title: str = TITLE) -> str:
    return (
        f'<html lang="en"><head><title>{title} | Harbour Post</title></head><body><h1>{title}</h1>{article}'
        f"<div class='c7'>{beside}</div></body></html>"
    )


def rows(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize("box", ["related", "sidebar", "widget", "related-content sidebar"])
def test_paragraphs_about_the_headline_are_the_article_whatever_their_box_is_called(box: str) -> None:
    article, _, outcome = clean_one(
        page_of(f'<div class="{box}">{rows(*PARAGRAPHS[:2])}</div>', rows(*LEGAL))
    )
    assert article is not None, outcome
    assert article["body_text"] == BODY


def test_a_caption_long_reading_does_not_hide_the_article() -> None:
    beside = "<p>The lamps of the quay are lit at six, and the ferry leaves for Sable at seven sharp.</p>"
    article, _, outcome = clean_one(page_of(f'<div class="related">{rows(*PARAGRAPHS[:2])}</div>', beside))
    assert article is not None, outcome
    assert all(text in article["body_text"] for text in PARAGRAPHS[:2])


@pytest.mark.parametrize("box", ["comments", "newsletter-signup", "cookie-banner"])
def test_boxes_that_hold_no_article_stay_closed(box: str) -> None:
    article, _, _ = clean_one(page_of(f'<div class="{box}">{rows(*PARAGRAPHS[:2])}</div>', rows(*LEGAL)))
    assert article is None or PARAGRAPHS[0] not in article["body_text"]


def test_teasers_of_other_articles_are_not_taken_for_the_article() -> None:
    teasers = "".join(
        f'<h3><a href="/n{n}">Headline {n} of the day</a></h3><p>{text}</p>'
        for n, text in enumerate(PARAGRAPHS)
    )
    article, _, _ = clean_one(page_of(f'<div class="related">{teasers}</div>', rows(*LEGAL)))
    assert article is None or PARAGRAPHS[0] not in article["body_text"]


def test_a_box_about_something_else_stays_out() -> None:
    page = page_of(rows(*PARAGRAPHS[:2]), f'<div class="related">{rows(*LEGAL)}</div>')
    article, _, _ = clean_one(page)
    assert article is not None
    assert article["body_text"] == BODY


def test_a_paywall_is_still_one() -> None:
    page = page_of(f'<p>Already a subscriber?</p><div class="related">{rows(*PARAGRAPHS[:2])}</div>')
    rest = f"<footer>{rows(LEGAL[0])}</footer><aside>{rows(*LEGAL[1:])}</aside>"
    page = page.replace("</body>", f"{rest}</body>")
    article, _, outcome = clean_one(page)
    assert article is None
    assert outcome.reason is Reason.PAYWALL


@pytest.mark.parametrize("box", ["sidebar", "related", "poll"])
def test_a_lead_in_a_box_of_its_own_is_part_of_the_article(box: str) -> None:
    pilots = (PARAGRAPHS[2].replace("Fishermen", name) for name in ("Pilots", "Rowers", "Divers"))
    rest = f"<article>{rows(*PARAGRAPHS[2:], *pilots)}</article>"
    page = page_of(f'<div class="{box}">{rows(*PARAGRAPHS[:2])}</div>{rest}')
    article, _, outcome = clean_one(page)
    assert article is not None, outcome
    assert article["body_text"].startswith("\n\n".join(PARAGRAPHS))


def test_a_box_above_the_headline_is_no_lead() -> None:
    pilots = (PARAGRAPHS[2].replace("Fishermen", name) for name in ("Pilots", "Rowers", "Divers"))
    rest = f"<article>{rows(*PARAGRAPHS[2:], *pilots)}</article>"
    box = f'<div class="related">{rows(*PARAGRAPHS[:2])}</div>'
    article, _, _ = clean_one(page_of(rest).replace("<h1>", f"{box}<h1>"))
    assert article is not None
    assert PARAGRAPHS[0] not in article["body_text"]
