"""Lines that an outlet repeats are learned over days, at the edges only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.captures import CaptureKind
from core.tables import TABLES
from tasks.clean.options import CleanOptions
from tasks.clean.rules.learned import choose_learned_lines, hash_line, merge_statistics, observe_lines
from tasks.clean.stage import clean_captures
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, capture_of, clean_one, make_page

DAY = date(2026, 3, 1)
FOOTERS = {
    "en": "You have read the last page of the Harbour Post, printed on the quay since the great storm of old.",
    "de": "Sie lasen die letzte Seite der Hafenpost, die seit dem großen Sturm am Kai gedruckt wird und bleibt.",
    "pl": "To była ostatnia strona Poczty Portowej, drukowanej na nabrzeżu od czasu wielkiej burzy sprzed lat.",
}


def _article(number: int, footer: str, refrain: str = "") -> str:
    body = "".join(
        f"<p>Story {number}, part {part}: the ferry of line {number} sailed with {part} carts and came back late,"
        f" since the wind at mark {number * 7 + part} had turned against the tide once more.</p>"
        for part in range(9)
    )
    middle = f"<p>{refrain}</p>" if refrain else ""
    return body.replace("</p>", "</p>" + middle, 4).replace(middle, "", 3) + f"<p>{footer}</p>"


@pytest.mark.parametrize("language", sorted(FOOTERS))
def test_an_unseen_footer_is_learned_and_taken_out_of_the_next_article(language: str) -> None:
    footer, refrain = FOOTERS[language], "And still the bell rang over the water."
    statistics = []
    for number in range(8):
        page = make_page(_article(number, footer, refrain))
        capture = capture_of(page, capture_id=f"c{number}")
        draft = clean_captures([capture], CleanOptions(counts_lines=True)).rows["line_statistics"]
        day = DAY + timedelta(days=number)
        statistics.append([{**row, "first_seen_date": day, "last_seen_date": day} for row in draft])
    learned = choose_learned_lines(merge_statistics(*statistics), {"harbour": 8})
    assert hash_line(footer) in learned["harbour"]
    assert hash_line(refrain) not in learned["harbour"]
    result = clean_captures(
        [capture_of(make_page(_article(99, footer, refrain)))], CleanOptions(learned_lines=learned)
    )
    removed = {row["text"]: row["rule"] for row in result.rows["removed_lines"]}
    assert removed[footer] == "learned"
    assert refrain in result.rows["articles"][0]["body_text"]


@pytest.mark.parametrize("line", ["Published: March 9, 2026", "By Mara Quill"])
def test_who_wrote_an_article_and_when_is_read_however_often_it_repeats(line: str) -> None:
    text = "\n\n".join([TITLE, line, *PARAGRAPHS, FOOTERS["en"]])
    learned = {"harbour": frozenset(map(hash_line, (line, FOOTERS["en"])))}
    article, removed, _ = clean_one(text, CaptureKind.TEXT, CleanOptions(learned_lines=learned))
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert removed[FOOTERS["en"]] == "learned"
    assert removed[line] in ("updated", "byline")
    assert article["published_at"] or article["authors"] == ["Mara Quill"]


def test_a_bare_name_as_the_last_line_is_the_author_however_often_it_repeats() -> None:
    text = "\n\n".join([TITLE, *PARAGRAPHS, "Mara Quill", FOOTERS["en"]])
    learned = {"harbour": frozenset(map(hash_line, ("Mara Quill", FOOTERS["en"])))}
    article, _, _ = clean_one(text, CaptureKind.TEXT, CleanOptions(learned_lines=learned))
    assert article is not None
    assert article["authors"] == ["Mara Quill"]


def test_a_footer_that_prints_a_day_is_learned() -> None:
    footer = "Set by hand on the quay, 9 March 2026"
    options = CleanOptions(learned_lines={"harbour": frozenset({hash_line(footer)})})
    _, removed, _ = clean_one("\n\n".join([TITLE, *PARAGRAPHS, footer]), CaptureKind.TEXT, options)
    assert removed[footer] == "learned"


def _rows(text: str, count: int, edge: int, days: int = 30, linked: float = 0.0) -> list[dict[str, object]]:
    return [
        {
            "outlet": "harbour",
            "line_sha256": hash_line(text),
            "text": text,
            "article_count": count,
            "edge_count": edge,
            "linked_ratio": linked,
            "first_seen_date": DAY,
            "last_seen_date": DAY + timedelta(days=days - 1),
        }
    ]


@pytest.mark.parametrize(
    ("text", "count", "edge", "days", "linked", "is_learned"),
    [
        ("Printed on the quay", 20, 20, 30, 0.0, True),
        ("Printed on the quay", 4, 4, 30, 0.0, False),  # too few articles
        ("Printed on the quay", 20, 20, 1, 0.0, False),  # one day's series
        ("And still the bell rang", 20, 5, 30, 0.0, False),  # a refrain inside bodies
        ("See the tide table", 20, 10, 30, 0.9, True),  # link text may stand further in
        ("“No bridge, no town.”", 20, 20, 30, 0.0, False),  # quoted words
        ("word " * 80, 20, 20, 30, 0.0, False),  # a text of its own
    ],
)
def test_the_guard(text: str, count: int, edge: int, days: int, linked: float, is_learned: bool) -> None:
    chosen = choose_learned_lines(_rows(text, count, edge, days, linked), {"harbour": 100})
    assert (hash_line(text) in chosen.get("harbour", frozenset())) is is_learned


def test_a_line_rare_among_many_articles_is_not_learned() -> None:
    assert choose_learned_lines(_rows("Printed on the quay", 20, 20), {"harbour": 10_000}) == {}


def test_hashes_overlook_case_digits_and_spaces() -> None:
    assert hash_line("Issue 12 of  2026") == hash_line("ISSUE 34 of 2025")
    assert hash_line("Issue 12") != hash_line("Issue 123")


def test_statistics_add_up_in_any_order_and_fit_their_table() -> None:
    draft = Draft(lines=[Line("Printed on the quay"), Line("A short line")], body=[0, 1])
    one, two = observe_lines("harbour", draft, DAY), observe_lines("harbour", draft, DAY + timedelta(days=2))
    merged = merge_statistics(one, two)
    assert merged == merge_statistics(two, one)
    assert [row["article_count"] for row in merged] == [2, 2]
    assert {row["last_seen_date"] for row in merged} == {DAY + timedelta(days=2)}
    assert TABLES["line_statistics"].to_arrow(merged).num_rows == 2
