"""Plain texts: title, byline, credit, body and the tail of comment forms."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.captures import CaptureKind
from core.outcomes import Reason
from core.outlets import Outlet
from tasks.clean.options import CleanOptions
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, body_of, clean_one, make_text

TEXT = CaptureKind.TEXT


def test_title_byline_credit_and_comment_form_are_told_from_the_body() -> None:
    text = make_text(
        TITLE,
        "by ibrook",
        "Ida Brook, Harbour News",
        "Tom Hale - Pool/Island Press Via Getty Images",
        *PARAGRAPHS,
        "Be the first to comment",
        "Leave a Reply",
        "Your email address will not be published.",
        "*",
    )
    article, removed, outcome = clean_one(text, TEXT)
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert article["title"] == TITLE
    assert article["authors"] == ["Ida Brook"]
    assert removed["by ibrook"] == removed["Ida Brook, Harbour News"] == "byline"
    assert removed["Tom Hale - Pool/Island Press Via Getty Images"] == "credit"
    assert removed["Leave a Reply"] == removed["*"] == "comment_form"
    assert outcome.reason is Reason.NEW


def test_a_text_without_blank_lines_that_opens_with_a_byline_has_no_title() -> None:
    article, removed, _ = clean_one("\n".join(["By Ida Brook", *PARAGRAPHS]), TEXT)
    assert article is not None
    assert article["title"] is None
    assert article["authors"] == ["Ida Brook"]
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert removed == {"By Ida Brook": "byline"}


def test_a_bare_name_on_the_last_line_is_the_byline() -> None:
    article, removed, _ = clean_one(make_text(TITLE, *PARAGRAPHS, "Ida C. Brook"), TEXT)
    assert article is not None
    assert article["authors"] == ["Ida C. Brook"]
    assert removed["Ida C. Brook"] == "byline"


@pytest.mark.parametrize(
    "line",
    [
        "“Leave a reply,” the sign on the quay said, and forty people did so before the tide came in.",
        "Leave a reply or I shall come round, she wrote to the harbour master in the spring of that year.",
        "By Monday the first arch will be gone.",
        "Why it matters: without the bridge, the market has no road.",
        "  • The eastern arch comes first, since it is the oldest of the three.",
        "Two days later, nothing had moved.",
    ],
)
def test_sentences_of_the_article_stay(line: str) -> None:
    text = make_text(TITLE, PARAGRAPHS[0], PARAGRAPHS[1], line, *PARAGRAPHS[2:])
    assert line.strip() in body_of(text, TEXT)


def test_comment_threads_under_the_text_go() -> None:
    text = make_text(
        TITLE,
        *PARAGRAPHS,
        "3 Comments",
        "Old Salt says:",
        "About time.",
        "Reply",
        "Gull, 2 days ago",
        "Reply",
    )
    assert body_of(text, TEXT) == list(PARAGRAPHS)


def test_the_article_is_found_in_the_text_of_a_whole_page() -> None:
    menu = ["Home", "News", "Sport", "Weather", "Boats", "Market", "Letters", "Archive", "Shop", "Help"]
    menu += ["Port Ellery", "North Isle", "South Isle", "Ferries", "Tides", "Log in", "Subscribe now"]
    foot = ["Contact", "Privacy", "Terms", "Jobs", "Advertise", "About us"]
    article, removed, _ = clean_one(make_text(*menu, TITLE, *PARAGRAPHS, *foot), TEXT)
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert article["title"] == TITLE
    assert removed["Ferries"] == removed["Jobs"] == "surroundings"


def test_a_record_says_title_authors_and_time() -> None:
    record = {
        "text": make_text(TITLE, *PARAGRAPHS),
        "title": TITLE,
        "authors": ["Ida Brook"],
        "published_at": "2026-03-03T10:15:00+01:00",
    }
    article, _, _ = clean_one(json.dumps(record), CaptureKind.RECORD)
    assert article is not None
    assert (article["title"], article["authors"]) == (TITLE, ["Ida Brook"])
    assert article["published_at"].isoformat() == "2026-03-03T09:15:00+00:00"
    assert (article["published_precision"], article["published_source"]) == ("minute", "record")
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ("[1, 2]", Reason.BAD_RECORD),
        ("{broken", Reason.BAD_RECORD),
        ('{"id": 1}', Reason.BAD_RECORD),
        ('{"text": 5}', Reason.BAD_RECORD),
        ("[" * 50_000, Reason.BAD_RECORD),
        (
            '{"text": "The bridge fell into the river on Monday, and nobody in the town was hurt."}',
            Reason.TOO_SHORT,
        ),
    ],
)
def test_a_record_that_cannot_be_read_has_its_reason(payload: str, reason: Reason) -> None:
    article, _, outcome = clean_one(payload, CaptureKind.RECORD)
    assert article is None
    assert outcome.reason is reason


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "By someone\n" * 20_000,
        "@" * 200_000 + " follow",
        "a.b@" * 50_000,
        "\n" * 500_000 + "x",
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    _, _, outcome = clean_one(text, TEXT)
    assert outcome.reason in set(Reason)


@pytest.mark.corpora
def test_the_five_seed_articles_come_out_exactly(corpora: Path, seeds: Path) -> None:
    for doc in json.loads((corpora / "seeds_gold.json").read_text(encoding="utf-8"))["docs"]:
        layout = doc["layout"]
        payload = (seeds / Path(doc["file"]).name).read_bytes()
        article, removed, _ = clean_one(payload, TEXT)
        assert article is not None
        gold = doc["text"][layout["body_start"] : layout["body_end"]]
        assert article["body_text"].split() == gold.split()
        assert article["title"] == layout["title"]
        assert article["authors"] == layout["authors"]
        for line in [*layout["boilerplate_lines"], *layout["photo_credit_lines"], *layout["byline_lines"]]:
            assert line in removed


def test_a_user_name_gives_way_to_the_full_name_under_it_and_the_day_is_read() -> None:
    lines = (TITLE, "by ibrook", "Ida Brook, Harbour Compass", "October 7, 2026", *PARAGRAPHS)
    article, removed, _ = clean_one(make_text(*lines), TEXT)
    assert article is not None
    assert article["authors"] == ["Ida Brook"]
    assert (article["published_at"], article["published_precision"], article["published_source"]) == (
        datetime(2026, 10, 7, tzinfo=UTC),
        "day",
        "text",
    )
    assert removed["October 7, 2026"] == "date"


def test_posted_on_a_day_by_a_person_gives_both() -> None:
    article, _, _ = clean_one(
        make_text(TITLE, "Posted on Thursday, 8 October 2026 by Ida Brook", *PARAGRAPHS), TEXT
    )
    assert article is not None
    assert article["authors"] == ["Ida Brook"]
    assert article["published_at"] == datetime(2026, 10, 8, tzinfo=UTC)


def test_a_time_of_publication_counts_before_that_of_a_change_and_stands_in_the_outlets_zone() -> None:
    lines = (TITLE, "Updated: 15 October 2026, 9.05am", "Published: 14 October 2026, 11.40am", *PARAGRAPHS)
    outlet = Outlet(key="harbour", time_zone="Europe/Dublin")
    article, _, _ = clean_one(make_text(*lines), TEXT, CleanOptions(outlets={"harbour": outlet}))
    assert article is not None
    assert article["published_at"] == datetime(2026, 10, 14, 10, 40, tzinfo=UTC)
    assert article["published_precision"] == "minute"


def test_a_day_that_the_first_sentence_tells_is_no_time_of_publication() -> None:
    article, _, _ = clean_one(make_text(TITLE, "On October 7, 2026, " + PARAGRAPHS[0], *PARAGRAPHS[1:]), TEXT)
    assert article is not None
    assert article["published_at"] is None


def test_a_caption_with_an_agencys_credit_in_brackets_goes() -> None:
    caption = "The old bridge after the last lorry crossed it. (OPI Photo/Ida Brook)"
    article, removed, _ = clean_one(make_text(TITLE, caption, *PARAGRAPHS), TEXT)
    assert article is not None
    assert removed[caption] == "credit"


def test_a_text_of_short_lines_that_no_page_surrounds_is_kept_whole() -> None:
    items = [f"Tide table of quay {n}" for n in range(1, 20)]
    article, removed, _ = clean_one(make_text(TITLE, *items, *PARAGRAPHS), TEXT)
    assert article is not None
    assert all(item in article["body_text"] for item in items)
    assert "surroundings" not in removed.values()


def test_the_menu_above_an_article_goes_with_all_that_stands_around_it() -> None:
    menu = ["Skip to content", *(f"Section {letter}" for letter in "ABCDEFGHIJKLMNOPQRST")]
    article, removed, _ = clean_one(make_text(*menu, TITLE, *PARAGRAPHS, "Imprint", "Contact"), TEXT)
    assert article is not None
    assert article["body_text"] == make_text(*PARAGRAPHS)
    assert removed["Section A"] == "surroundings"


@pytest.mark.parametrize("count", [6, 17])
def test_a_list_in_the_article_of_a_whole_page_stays(count: int) -> None:
    menu = ["Skip to content", *(f"Section {letter}" for letter in "ABCDEFGHIJKLMNOPQRST")]
    piers = [f"Pier {number}" for number in range(count)]
    above, below = ([f"{number}: {text}" for number in part for text in PARAGRAPHS] for part in ("12", "34"))
    article, _, _ = clean_one(make_text(*menu, TITLE, *above, *piers, *below), TEXT)
    assert article is not None
    assert article["body_text"] == make_text(*above, *piers, *below)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["Rhona Teague", "3 July 2025, 10:15"], ["Rhona Teague"]),
        (["Rhona Teague | 3 July 2025, 10:15"], ["Rhona Teague"]),
        (["Par Rhona Teague", "Publié le 3 juillet 2025 à 10h15"], ["Rhona Teague"]),
        (["بقلم: تيسا كويل", "3 يوليو 2025 10:15"], ["تيسا كويل"]),
        (["Рона Тиг", "3 июля 2025, 10:15"], ["Рона Тиг"]),
        (["記者 山田太郎", "2025年7月3日 10時15分"], ["山田太郎"]),
    ],
)
def test_a_name_above_a_time_is_the_byline_in_any_script(lines: list[str], authors: list[str]) -> None:
    article, removed, _ = clean_one(make_text(TITLE, "\n".join(lines), *PARAGRAPHS), CaptureKind.TEXT)
    assert article is not None
    assert article["authors"] == authors
    assert article["published_at"] == datetime(2025, 7, 3, 10, 15, tzinfo=UTC)
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert removed[lines[0]] == "byline"


def test_a_label_above_a_place_is_no_byline() -> None:
    article, _, _ = clean_one(make_text(TITLE + "\nSpecial Report", *PARAGRAPHS), CaptureKind.TEXT)
    assert article is not None
    assert article["authors"] == []


def test_markdown_is_read_without_its_signs() -> None:
    text = make_text(
        f"# {TITLE}",
        "*By Rhona Teague*",
        *PARAGRAPHS[:2],
        "## What next",
        *PARAGRAPHS[2:],
        "[Read more](https://x.example)",
    )
    article, removed, _ = clean_one(text, CaptureKind.TEXT)
    assert article is not None
    assert (article["title"], article["authors"]) == (TITLE, ["Rhona Teague"])
    assert article["body_text"] == make_text(*PARAGRAPHS[:2], "What next", *PARAGRAPHS[2:])
    assert removed["Read more"] == "related"


def test_a_text_that_is_no_markdown_keeps_its_signs() -> None:
    last = "The line [sic](aloud) with #3 and *stars* was read by all of them on that long evening."
    article, _, _ = clean_one(make_text(TITLE, *PARAGRAPHS, last), CaptureKind.TEXT)
    assert article is not None
    assert article["body_text"].endswith(last)


def test_entities_left_in_a_text_are_read() -> None:
    article, _, _ = clean_one(
        make_text(
            f"{TITLE} &amp; quay",
            *PARAGRAPHS,
            "&ldquo;We wait,&rdquo; said Mara Quill, &#8216;and that is&#8217; all that she would say.",
            "&nbsp;",
        ),
        CaptureKind.TEXT,
    )
    assert article is not None
    assert article["title"] == f"{TITLE} & quay"
    assert article["body_text"].endswith("“We wait,” said Mara Quill, ‘and that is’ all that she would say.")


def test_several_bylines_under_a_text_go_with_the_notices_above_them() -> None:
    article, removed, _ = clean_one(
        make_text(
            *PARAGRAPHS,
            "Tags: tide",
            "The last boat of the season leaves the quay on Friday at noon, as it has for forty years.",
            "By Ida Brook",
            "By Tom Hale",
        ),
        TEXT,
    )
    assert article is not None
    assert article["authors"] == ["Tom Hale", "Ida Brook"]
    assert article["body_text"].endswith("as it has for forty years.")
    assert removed["Tags: tide"] == "tags"
    assert removed["By Ida Brook"] == removed["By Tom Hale"] == "byline"
