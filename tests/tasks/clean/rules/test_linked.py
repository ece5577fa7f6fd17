"""Linked sentences of the article stay; what a promotion announces goes, linked or not."""

from __future__ import annotations

import pytest

from core.outcomes import Row
from tests.tasks.clean.clean_samples import PARAGRAPHS, clean_one, make_page, paragraphs

BODY = "\n\n".join(PARAGRAPHS)
HEADLINES = (
    "Ferry fares rise for the third time",
    "Lamp keeper of Sable retires",
    "Why do herons leave the estuary?",
)
LABELS = [
    "Related stories",
    "Top stories",
    "More from Harbour Post",
    "Listen on Tidewave",
    "Also in the news",
    "Unsere Podcasts",
    "Meistgelesen",
    "Sur le même sujet",
]


def clean(markup: str, *, under: bool = False) -> tuple[Row, dict[str, str]]:
    """The article and what was removed, with this markup between or under the paragraphs."""
    page = make_page(paragraphs() + markup if under else paragraphs(markup))
    article, removed, outcome = clean_one(page)
    assert article is not None, outcome
    return article, removed


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        (
            '<p><a href="/arch">The eastern arch carries 300 lorries a day, 40 more than it was built for.</a></p>',
            "The eastern arch carries 300 lorries a day, 40 more than it was built for.",
        ),
        ('<p><a href="/arch">Quill said the arch was sound.</a></p>', "Quill said the arch was sound."),
        (
            '<p><a href="/a">The arch is 90 years old</a>; <a href="/b">it was mended in 1971</a>.</p>',
            "The arch is 90 years old; it was mended in 1971.",
        ),
        (
            '<ul><li><a href="/a">The arch is 90 years old.</a></li><li><a href="/b">It was mended once, in 1971.</a></li></ul>',
            "It was mended once, in 1971.",
        ),
        (
            '<ol><li><a href="/a">The arch is 90 years old.</a></li><li><a href="/b">It has six stones.</a></li></ol>',
            "It has six stones.",
        ),
        ('<p><a href="/a">“The arch is as sound as the day it was built.”</a></p>', "“The arch is as sound as the day it was built.”"),
    ],
)  # fmt: skip
def test_a_linked_sentence_between_paragraphs_stays(markup: str, line: str) -> None:
    article, removed = clean(markup)
    assert line in article["body_text"]
    assert line not in removed


@pytest.mark.parametrize(
    "markup",
    [
        '<p><a href="/a">Ferry fares rise for the third time</a></p>',
        '<p><a href="/a">Why are the fares of the ferry rising again?</a></p>',
        '<p><a href="/a">The harbour waits for its bridge ...</a></p>',
        '<p><a href="/a">READ MORE: The ferry fares rise again.</a></p>',
        '<p>Related stories</p><ul><li><a href="/a">The ferry fares are to rise again.</a></li></ul>',
        '<ul><li><a href="/a">The ferry fares are to rise again.</a></li><li><a href="/b">Lamp keeper of Sable retires</a></li></ul>',
        '<p><a href="/a">All the pictures.</a></p>',
    ],
)  # fmt: skip
def test_a_linked_headline_or_call_to_read_on_goes(markup: str) -> None:
    assert clean(markup)[0]["body_text"] == BODY


def test_a_linked_sentence_under_the_last_paragraph_goes() -> None:
    article, removed = clean('<p><a href="/a">The ferry fares are to rise again.</a></p>', under=True)
    assert article["body_text"] == BODY
    assert removed["The ferry fares are to rise again."] == "link"


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("tag", ["p", "div", "li"])
def test_headlines_without_links_go_with_the_label_above_them(label: str, tag: str) -> None:
    rows = "".join(f"<{tag}>{line}</{tag}>" for line in HEADLINES)
    rows = f"<ul>{rows}</ul>" if tag == "li" else rows
    for under in (True, False):
        article, removed = clean(f"<p><strong>{label}</strong></p>{rows}", under=under)
        assert article["body_text"] == BODY
        assert {removed[line] for line in (label, *HEADLINES)} == {"related"}


def test_one_headline_under_a_label_goes_at_the_end_only() -> None:
    markup = f"<p>Related stories</p><p>{HEADLINES[0]}</p>"
    assert clean(markup, under=True)[0]["body_text"] == BODY
    assert HEADLINES[0] in clean(markup)[0]["body_text"]


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Story continues below", ("Two planks, four bolts", "One rope of ten metres")),
        ("What the plan holds", ("Two planks, four bolts", "One rope of ten metres")),
        ("Related stories", ("The arch is 90 years old.", "It was mended once, in 1971.")),
        ("Related: the bridge of Sable is shut", ("Two planks, four bolts", "One rope of ten metres")),
    ],
)
def test_lists_of_the_article_stay(label: str, lines: tuple[str, ...]) -> None:
    article, removed = clean(f"<p>{label}</p><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>")
    assert all(line in article["body_text"] for line in lines)
    assert not set(lines) & set(removed)


def test_a_subhead_under_a_label_stays() -> None:
    rows = "".join(f"<h3>{line}</h3><p>{PARAGRAPHS[0].replace('Monday', day)}</p>" for line, day in zip(HEADLINES, ("Friday", "Sunday", "Tuesday"), strict=True))  # fmt: skip
    article, _ = clean(f"<p>Read more</p>{rows}")
    assert all(line in article["body_text"] for line in HEADLINES)


@pytest.mark.parametrize(
    "line",
    [
        "Listen to the latest episode of our podcast, The Low Tide",
        "Subscribe to The Low Tide wherever you get your podcasts",
        "Hören Sie die neue Folge überall, wo es Podcasts gibt",
    ],
)
def test_calls_to_a_podcast_go(line: str) -> None:
    article, removed = clean(f"<p>{line}</p>")
    assert article["body_text"] == BODY
    assert removed[line] == "related"


@pytest.mark.parametrize(
    "line",
    [
        "Listeners of the latest episode of the podcast heard the harbour master weep.",
        "The Low Tide returns in May, wherever you get your podcasts.",
    ],
)
def test_news_of_a_podcast_stays(line: str) -> None:
    assert line in clean(f"<p>{line}</p>")[0]["body_text"]


ASKED = "<h2>People also ask</h2><h3>How long is the arch?</h3><p>It is 40 metres long.</p><h3>Who built it?</h3><p>Rhona Teague did.</p>"


def test_questions_that_others_ask_go_with_their_answers() -> None:
    article, removed = clean(ASKED)
    assert article["body_text"] == BODY
    assert removed["It is 40 metres long."] == removed["Who built it?"] == "related"


def test_questions_of_the_article_stay_and_so_does_what_follows_the_last_answer() -> None:
    own = ASKED.replace("<h2>People also ask</h2>", "<h2>Five questions</h2>")
    assert "It is 40 metres long." in clean(own)[0]["body_text"]
    assert (
        "The boats came back at noon." in clean(f"{ASKED}<p>The boats came back at noon.</p>")[0]["body_text"]
    )


@pytest.mark.parametrize(
    ("markup", "gone"),
    [
        (
            '<p><a href="/news/ferry-fares-rise-for-third-time-2231.html">Ferry fares rise for the third time.</a></p>',
            ["Ferry fares rise for the third time."],
        ),
        (
            '<div><a href="/x"><h3>Ferry fares rise</h3><p>Passengers pay a tenth more from Tuesday, after a week of talks.</p></a></div>',
            ["Ferry fares rise", "Passengers pay a tenth more from Tuesday, after a week of talks."],
        ),
    ],
)  # fmt: skip
def test_a_sentence_that_leads_to_its_own_article_goes(markup: str, gone: list[str]) -> None:
    article, removed = clean(markup)
    assert article["body_text"] == BODY
    assert set(gone) <= set(removed)


def test_terms_and_descriptions_under_a_promotion_go() -> None:
    terms = "<dl><dt>Ferry fares rise for the third time</dt><dd>After a week of talks.</dd></dl>"
    article, removed = clean(f"<h3>Top stories</h3>{terms}", under=True)
    assert article["body_text"] == BODY
    assert "After a week of talks." in removed


SENTENCE = "The eastern arch carries 300 lorries a day, which is 40 more than it was built for in 1908."


def test_a_linked_sentence_beside_the_outer_paragraphs_stays() -> None:
    linked = f'<p><a href="/arch">{SENTENCE}</a></p>'
    for page in (make_page(linked + paragraphs()), make_page(paragraphs() + linked)):
        article, _, outcome = clean_one(page)
        assert article is not None, outcome
        assert SENTENCE in article["body_text"]


@pytest.mark.parametrize(
    "markup",
    [
        f'<div class="x"><p><a href="/arch">{SENTENCE}</a></p></div>',
        '<p><a href="/arch">The eastern arch carries 300 lorries a day</a></p>',
        f'<p><a href="/eastern-arch-carries-300-lorries-a-day-more-than-it-was-built-for">{SENTENCE}</a></p>',
        f'<p><a href="/a">{SENTENCE[:40]}</a> <a href="/b">{SENTENCE[40:]}</a></p>',
    ],
)
def test_a_teaser_beside_the_outer_paragraphs_goes(markup: str) -> None:
    assert clean(markup, under=True)[0]["body_text"] == BODY
