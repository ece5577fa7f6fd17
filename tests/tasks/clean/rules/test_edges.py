"""What plain texts keep from around an article goes, and is not taken for its headline or its author."""

from __future__ import annotations

import pytest

from core.captures import CaptureKind
from tasks.clean.rules.edges import read_breadcrumbs
from tasks.clean.words.authors.clean import clean_authors
from tasks.clean.words.lines import Line
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, clean_one, make_page, make_text, paragraphs

TEXT = CaptureKind.TEXT
BODY = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    ["Home » News » Harbour", "Home / World / Harbour", "You are here: Home > News", "Startseite › Politik"],
)
def test_breadcrumbs_above_the_headline_are_navigation(line: str) -> None:
    article, removed, _ = clean_one(make_text(line, TITLE, *PARAGRAPHS), TEXT)
    assert article is not None
    assert (article["title"], article["body_text"]) == (TITLE, BODY)
    assert (removed[line], removed[TITLE]) == ("nav", "title")


def test_breadcrumbs_that_end_with_the_headline_give_it() -> None:
    article, removed, _ = clean_one(make_text(f"Home > News > {TITLE}", *PARAGRAPHS), TEXT)
    assert article is not None
    assert article["title"] == TITLE
    assert removed[f"Home > News > {TITLE}"] == "nav"


@pytest.mark.parametrize(
    "line",
    [
        "Home and dry: the ferry returns",
        "Harbour » the old bridge",
        "Home-made boats win the race",
        "News | Home",
    ],
)
def test_a_headline_is_not_read_as_breadcrumbs(line: str) -> None:
    assert read_breadcrumbs(Line(line)) == []


def test_share_words_the_section_and_a_bare_address_at_the_edges_go() -> None:
    address = "https://harbourpost.example/news/bridge"
    article, removed, _ = clean_one(
        make_text(TITLE, "Share", "Tweet", "in News", address, *PARAGRAPHS, "Share", "Facebook", "Pin"), TEXT
    )
    assert article is not None
    assert (article["title"], article["body_text"]) == (TITLE, BODY)
    assert removed["Share"] == removed["Tweet"] == removed["Facebook"] == removed["Pin"] == "share"
    assert (removed["in News"], removed[address]) == ("menu", "link")


def test_the_same_words_between_paragraphs_stay() -> None:
    inner = ("Share", "in News", "https://harbourpost.example/news/bridge")
    article, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS[:3], *inner, PARAGRAPHS[3]), TEXT)
    assert article is not None
    assert set(inner).isdisjoint(removed)


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ("By RHEA TAN Associated Press", ["RHEA TAN"]),
        ("By Rhea Tan The Associated Press", ["Rhea Tan"]),
        ("By Rhea Tan and Jo Park Associated Press", ["Rhea Tan", "Jo Park"]),
        ("By Rhea Tan AFP", ["Rhea Tan"]),
        ("By Jean Tass", ["Jean Tass"]),
        ("By Anna Maria Sid", ["Anna Maria Sid"]),
    ],
)
def test_an_agency_behind_a_name_is_no_part_of_it(printed: str, authors: list[str]) -> None:
    assert clean_authors([printed]) == authors
    article, removed, _ = clean_one(make_text(TITLE, printed, *PARAGRAPHS), TEXT)
    assert article is not None
    assert article["authors"] == authors
    assert removed[printed] == "byline"


def test_an_agency_on_a_line_of_its_own_under_the_headline_is_a_byline() -> None:
    article, removed, _ = clean_one(make_text(TITLE, "By Rhea Tan", "Associated Press", *PARAGRAPHS), TEXT)
    assert article is not None
    assert (article["authors"], article["body_text"]) == (["Rhea Tan"], BODY)
    assert removed["Associated Press"] == "byline"
    article, removed, _ = clean_one(make_page(f"<p>Associated Press</p>{paragraphs()}"))
    assert article is not None
    assert removed["Associated Press"] == "byline"


def test_a_short_caption_with_its_credit_behind_a_bar_goes() -> None:
    caption = "The northern basin on Monday. | Photo: Leo Karst/Harbour Post"
    article, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS[:2], caption, *PARAGRAPHS[2:]), TEXT)
    assert article is not None
    assert article["body_text"] == BODY
    assert removed[caption] == "credit"


@pytest.mark.parametrize(
    "line", ["She had one wish for the photo: no boats", "On the wall hung | a picture of the harbour."]
)
def test_a_line_that_speaks_of_a_photo_stays(line: str) -> None:
    article, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS[:2], line, *PARAGRAPHS[2:]), TEXT)
    assert article is not None
    assert line not in removed


HEADLINES = (
    "The ferry returns to the islands after a winter of repairs",
    "Council votes on new walls",
    "Three boats lost off Sable Point",
)


def test_headlines_announced_at_the_end_are_other_articles() -> None:
    article, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS, "Related posts", *HEADLINES), TEXT)
    assert article is not None
    assert article["body_text"] == BODY
    assert {removed[line] for line in HEADLINES} == {"related"}


@pytest.mark.parametrize(
    "lines",
    [
        HEADLINES,
        ("Related posts", HEADLINES[0], "The bridge was built in 1911, and mended twice since."),
        (f"Read also: {HEADLINES[0]} of bad weather", *HEADLINES[1:]),
    ],
)
def test_lines_that_no_label_announces_or_a_sentence_follows_stay(lines: tuple[str, ...]) -> None:
    article, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS, *lines), TEXT)
    assert article is not None
    assert lines[-1] not in removed


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Home » News » Harbour", "nav"),
        ("in News", "menu"),
        ("https://harbourpost.example/news/bridge", "link"),
    ],
)
def test_the_same_goes_from_the_head_of_a_page(line: str, rule: str) -> None:
    article, removed, _ = clean_one(make_page(f"<p>{line}</p>{paragraphs()}"))
    assert article is not None
    assert article["body_text"] == BODY
    assert removed[line] == rule
