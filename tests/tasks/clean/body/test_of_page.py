"""Pages: what belongs to the article stays, what stands beside it goes, and the rule is told."""

from __future__ import annotations

import time

import pytest

from core.captures import CaptureKind
from core.outcomes import Reason
from tasks.clean.options import CleanOptions
from tests.tasks.clean.clean_samples import (
    PARAGRAPHS,
    TITLE,
    body_of,
    clean_one,
    make_page,
    paragraphs,
)


def test_a_plain_page_gives_its_paragraphs_parted_by_one_blank_line() -> None:
    article, _, outcome = clean_one(make_page(paragraphs()))
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert article["title"] == TITLE
    assert outcome.reason is Reason.NEW


@pytest.mark.parametrize(
    ("extra", "line", "rule"),
    [
        ("<p>Share this article</p>", "Share this article", "share"),
        ('<div class="share-bar"><p>Pass it on to a friend</p></div>', "Pass it on to a friend", "share"),
        ("<p>Advertisement</p>", "Advertisement", "advertisement"),
        ("<p>Sign up for our morning letter</p>", "Sign up for our morning letter", "newsletter"),
        (
            '<aside class="newsletter"><p>The day in one letter</p></aside>',
            "The day in one letter",
            "newsletter",
        ),
        ("<p>Read more: Ferry fares rise</p>", "Read more: Ferry fares rise", "related"),
        (
            '<div class="related-links"><p>Ferry fares rise again</p></div>',
            "Ferry fares rise again",
            "related",
        ),
        ('<p><a href="/ferry">Ferry fares rise again</a></p>', "Ferry fares rise again", "link"),
        ("<figure><figcaption>The bridge at dusk</figcaption></figure>", "The bridge at dusk", "caption"),
        ('<div><img src="b.jpg"><span>The bridge at dusk</span></div>', "The bridge at dusk", "caption"),
        ("<p>Photo: Ida Brook/Island Press</p>", "Photo: Ida Brook/Island Press", "credit"),
        ("<p>Image 2 of 5</p>", "Image 2 of 5", "counter"),
        ("<p>[gallery ids=1,2]</p>", "[gallery ids=1,2]", "markup"),
        ("<p>{{ad_slot_3}}</p>", "{{ad_slot_3}}", "markup"),
        (
            '<div style="display: none"><p>Only for members of the club</p></div>',
            "Only for members of the club",
            "hidden",
        ),
        (
            "<p>We use cookies to make this page better.</p>",
            "We use cookies to make this page better.",
            "cookie",
        ),
        ("<h1>More from the islands</h1>", "More from the islands", "title"),
    ],
)
def test_an_insert_between_paragraphs_goes_and_its_rule_is_told(extra: str, line: str, rule: str) -> None:
    article, removed, _ = clean_one(make_page(paragraphs(extra)))
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert removed[line] == rule


def test_a_body_that_stands_twice_is_kept_once() -> None:
    article, removed, _ = clean_one(make_page(paragraphs() + paragraphs()))
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert {removed[text] for text in PARAGRAPHS} == {"repeated"}


def test_one_paragraph_that_returns_is_a_refrain_and_stays() -> None:
    article, removed, _ = clean_one(make_page(paragraphs(f"<p>{PARAGRAPHS[0]}</p>")))
    assert article is not None
    assert article["body_text"].count(PARAGRAPHS[0]) == 2
    assert "repeated" not in removed.values()


@pytest.mark.parametrize(
    ("extra", "line"),
    [
        ("<p>Share this article, she had begged her readers, and forty thousand of them did so.</p>", None),
        ("<p>He laughed.</p>", "He laughed."),
        ("<p>Two of 5 lamps burn.</p>", "Two of 5 lamps burn."),
        ("<p>[We] mend it, he wrote.</p>", "[We] mend it, he wrote."),
        ("<p>Photographs of the bridge hang in the hall.</p>", "Photographs of the bridge hang in the hall."),
        ("<p>Follow the river, the twitter of birds and the smell of tar.</p>", None),
        ("<p>Updated charts are sold at the quay.</p>", "Updated charts are sold at the quay."),
        ("<h2>What comes next</h2>", "What comes next"),
        (
            "<blockquote><p>No bridge, no town.</p></blockquote>",
            "No bridge, no town.",
        ),
        ("<ul><li>two lanes for carts</li></ul>", "two lanes for carts"),
        ('<p><a href="https://archive.example/plan">The plan of 1911</a></p>', "The plan of 1911"),
        (
            '<p>The <a href="/arch">eastern arch</a> is older than the town itself.</p>',
            "The eastern arch is older than the town itself.",
        ),
        (
            "<figure><table><tr><td>Stone</td><td>40 tons</td></tr></table></figure>",
            "Stone 40 tons",
        ),
    ],
)
def test_its_near_miss_stays(extra: str, line: str | None) -> None:
    expected = line or extra.removeprefix("<p>").removesuffix("</p>")
    assert expected in body_of(make_page(paragraphs(extra)))


@pytest.mark.parametrize(
    ("after", "line", "rule"),
    [
        ("<p>Tags: bridge, council</p>", "Tags: bridge, council", "tags"),
        (
            "<p>Reporting by Ida Brook; editing by Tom Hale</p>",
            "Reporting by Ida Brook; editing by Tom Hale",
            "reporting",
        ),
        ("<p>Leave a Reply</p>", "Leave a Reply", "comment_form"),
        (
            "<h3>Who wrote this</h3><p>Reporting by Ida Brook; editing by Tom Hale</p>",
            "Who wrote this",
            "heading",
        ),
        ("<p>Updated 10:15</p>", "Updated 10:15", "updated"),
        ("<p>Follow the reporter at @idabrook.</p>", "Follow the reporter at @idabrook.", "contact"),
        ("<h3>From our partners</h3><p>Share on Facebook</p>", "Share on Facebook", "share"),
    ],
)
def test_what_stands_under_the_last_paragraph_goes(after: str, line: str, rule: str) -> None:
    article, removed, _ = clean_one(make_page(paragraphs() + after))
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert removed[line] == rule


def test_the_byline_and_the_time_above_the_text_go() -> None:
    body = "<p>By Ida Brook</p><p>March 3, 2026, 10:15 a.m.</p>" + paragraphs()
    article, removed, _ = clean_one(make_page(body))
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert removed["By Ida Brook"] == "byline"
    assert removed["March 3, 2026, 10:15 a.m."] == "date"


def test_the_headline_repeated_above_the_text_goes() -> None:
    article, removed, _ = clean_one(make_page(f"<h2>Bridge: {TITLE}</h2>" + paragraphs()))
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert removed[f"Bridge: {TITLE}"] == "title"


def test_an_author_note_that_begins_with_the_byline_goes_and_one_about_another_stays() -> None:
    page = make_page(
        paragraphs() + "<p>Ida Brook writes about the sea for this paper.</p>",
        head='<meta name="author" content="Ida Brook">',
    )
    article, removed, _ = clean_one(page)
    assert article is not None
    assert removed["Ida Brook writes about the sea for this paper."] == "bio"
    other = body_of(make_page(paragraphs() + "<p>Mara Quill writes about the sea for this paper.</p>"))
    assert other[-1] == "Mara Quill writes about the sea for this paper."


def test_a_body_split_over_two_boxes_is_joined() -> None:
    half = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:2])
    rest = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])
    page = make_page(half, after=f'<div class="ad-slot">Advert</div><div class="article-body">{rest}</div>')
    assert body_of(page) == list(PARAGRAPHS)


def test_teasers_of_other_articles_under_the_body_go() -> None:
    teasers = "".join(
        f'<div><h3><a href="/n{n}">Other news number {n}</a></h3><p>A short teaser of another story, with more than'
        f" twelve words in it, told on page {n}.</p></div>"
        for n in range(5)
    )
    assert body_of(make_page(paragraphs(), after=teasers)) == list(PARAGRAPHS)


def test_a_page_without_names_for_its_boxes_is_read_by_structure() -> None:
    page = f"<html><body><h1>{TITLE}</h1><div>{paragraphs()}</div></body></html>"
    assert body_of(page) == list(PARAGRAPHS)


def test_line_breaks_part_paragraphs_where_they_come_in_pairs() -> None:
    page = f"<html><body><h1>{TITLE}</h1><div>{'<br><br>'.join(PARAGRAPHS)}</div></body></html>"
    assert body_of(page) == list(PARAGRAPHS)


def test_a_standfirst_of_an_english_page_is_told_and_left_out() -> None:
    line = "Carts will have to go round by the ferry road, and fishermen asked for more."
    article, removed, _ = clean_one(make_page(paragraphs(), head=f'<p class="standfirst">{line}</p>'))
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert removed[line] == "standfirst"


def test_a_rule_that_the_outlet_switched_off_takes_nothing() -> None:
    from core.outlets import CleaningOverrides, Outlet

    outlet = Outlet(key="harbour", cleaning=CleaningOverrides(disabled_rules=("share",)))
    options = CleanOptions(outlets={"harbour": outlet})
    article, removed, _ = clean_one(make_page(paragraphs("<p>Share this article</p>")), options=options)
    assert article is not None
    assert "Share this article" in article["body_text"]
    assert "share" not in removed.values()


@pytest.mark.parametrize(
    "payload",
    [
        b"<html><body>" + b"<div>" * 50_000 + b"<p>deep</p>",
        b"<p>" + b"<b>" * 5_000 + b"word " * 300,
        b"<table>" + b"<tr><td>a</td><td>b</td></tr>" * 5_000,
        b"<p>" + b"a word here<br>" * 10_000,
        b'<div class="' + b"a-b " * 100_000 + b'">x</div>',
        b'<div style="' + b"display " * 50_000 + b'">x</div>',
        b"<frameset><frame src=x></frameset>",
        b"<svg><p>hello</p></svg>",
        b"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><p>&b;</p>",
        b"<" * 20_000,
        b"\x00\x01\x02" * 100,
        b"   ",
    ],
)
def test_garbage_has_an_outcome_and_costs_little(payload: bytes) -> None:
    started = time.process_time()
    _, _, outcome = clean_one(payload)
    assert outcome.reason in set(Reason)
    assert time.process_time() - started < 15


@pytest.mark.parametrize(
    ("nested", "is_asked"), [("<article>" * 40, True), ("<article>" * 600, False), ("<table>" * 30, False)]
)
def test_a_second_reading_is_not_asked_for_where_elements_are_nested_too_deep(
    monkeypatch: pytest.MonkeyPatch, nested: str, is_asked: bool
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("trafilatura.bare_extraction", lambda tree, **_: asked.append(tree))
    clean_one(
        f"<html><body>{nested}<p>{'The bridge stays shut until spring. ' * 30}</p></body></html>".encode()
    )
    assert bool(asked) is is_asked


def test_a_record_with_html_is_read_as_a_page() -> None:
    import json

    record = json.dumps(
        {"id": 7, "html": make_page(paragraphs()).decode(), "url": "https://harbourpost.example/a"}
    )
    article, _, _ = clean_one(record, CaptureKind.RECORD)
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("<p>Rhona Teague</p><p>3 July 2025, 10:15</p>", ["Rhona Teague"]),
        ("<p>Best Practices</p>", []),
        ("<p>Best Practices</p><p>Read in your own time</p>", []),
    ],
)
def test_a_name_alone_is_an_author_only_beside_a_printed_time(head: str, authors: list[str]) -> None:
    article, _, _ = clean_one(make_page(head + paragraphs()))
    assert article is not None
    assert article["authors"] == authors
