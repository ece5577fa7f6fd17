"""What counts as an edit of an article, and how much of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.catalog.open import Lake
from warehouse.landing.land import land_parts
from warehouse.landing.revisions import count_changed_words, is_edited

FIRST, LATER = datetime(2024, 5, 1, 12, tzinfo=UTC), datetime(2024, 5, 2, 12, tzinfo=UTC)
EDITS = {
    "a figure": ("12 people were killed at Dunmore.", "15 people were killed at Dunmore."),
    "a figure in a sentence of an update": ("Updated: 12 killed in 2026.", "Updated: 15 killed in 2026."),
    "the order of words": ("Smith accused Jones of theft.", "Jones accused Smith of theft."),
    "a sum": ("It costs 2.5 million euros.", "It costs 25 million euros."),
    "a day": ("They met on 3 May.", "They met on 4 May."),
    "a line that goes": ("One line.\n\nAnother line.", "One line."),
    "a capital letter": ("the White house", "the White House"),
    "a count within a sentence": ("She read 15 comments aloud.", "She read 51 comments aloud."),
}
NO_EDITS = {
    "a counter of readers in a line": (
        "In this edition, read 1,037 times.",
        "In this edition, read 1,074 times.",
    ),
    "a count of comments": ("A text.\n15 comments", "A text.\n(1.2k comments)"),
    "a count of comments that appears": ("A text.", "A text.\n\n3 Comments"),
    "the time of a change": (
        "Updated 3 March 2026, 10:15 GMT\nA text.",
        "Last updated: Wed 4 March 2026 at 9.05 a.m.\nA text.",
    ),
    "the time of a change in German": ("Stand: 3. März 2026, 10.15 Uhr", "Stand: 4. März 2026, 11.20 Uhr"),
    "quotation marks and dashes": ('"No" - he said.', "“No” – he said."),
    "white space": ("One  line.\n\n\nAnother.", "One line.\nAnother."),
}


@pytest.mark.parametrize("kind", EDITS)
def test_this_is_an_edit(kind: str) -> None:
    before, after = EDITS[kind]
    assert is_edited(before, after)
    assert sum(count_changed_words(before, after)) > 0


@pytest.mark.parametrize("kind", NO_EDITS)
def test_nobody_edited_this(kind: str) -> None:
    assert not is_edited(*NO_EDITS[kind])


def test_words_are_counted_in_their_order() -> None:
    assert count_changed_words("Smith accused Jones", "Jones accused Smith") == (2, 2)
    assert count_changed_words("12 were killed", "15 were killed") == (1, 1)
    assert count_changed_words("a b c", "a b c d e") == (2, 0)


@given(st.lists(st.sampled_from("ab1"), max_size=12), st.lists(st.sampled_from("ab1"), max_size=12))
def test_what_came_and_went_adds_up(before: list[str], after: list[str]) -> None:
    added, removed = count_changed_words(" ".join(before), " ".join(after))
    assert added - removed == len(after) - len(before)
    assert (added == removed == 0) == (before == after)


def test_texts_of_a_hundred_thousand_words_are_compared_in_a_moment() -> None:
    words = "spam " * 50_000
    assert count_changed_words(words + "a " * 50_000, words + "b " * 50_000) == (50_000, 50_000)
    assert is_edited(words, words + "read 1" + "0" * 100_000)


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({"title": "No boats moved"}, (2, 1)),
        ({"body": "Harbour master Ida Lund said 320 boats were moved."}, (1, 10)),
        ({"outlet": "dunmore-ledger"}, None),
    ],
    ids=["headline", "figure", "nothing"],
)
def test_a_landing_notes_what_was_edited(
    changes: Mapping[str, str],
    counts: tuple[int, int] | None,
    lake: Lake,
    part: PartFolder,
) -> None:
    land_parts(lake, make_run("run-1"), [part(make_rows("a", fetched_at=FIRST))])
    land_parts(lake, make_run("run-2"), [part(make_rows("a", fetched_at=LATER, **changes))])
    rows = lake.execute(
        "SELECT added_words_count, removed_words_count FROM article_revisions ORDER BY fetched_at"
    ).fetchall()
    assert rows == [(20, 0), *([counts] if counts else [])]


def test_the_words_of_a_new_text_are_counted_whatever_white_space_parts_them(
    lake: Lake, part: PartFolder
) -> None:
    bodies = {
        "one two": 2,
        "  one \n\n two\n": 2,
        "one\ttwo\n three": 3,
        "one\r\ntwo": 2,
        "one\ftwo": 2,
        "one\u00a0two three": 2,  # a space that does not break
        "": 0,
    }
    parts = [part(make_rows(str(number), title="A title", body=body)) for number, body in enumerate(bodies)]
    land_parts(lake, make_run("run-1"), parts)
    rows = lake.execute(
        "SELECT body_text, added_words_count - 2 FROM article_revisions JOIN articles USING (article_id)"
    )
    assert dict(rows.fetchall()) == bodies


@pytest.mark.parametrize(
    ("before", "after", "is_noted"),
    [
        (("Boats gone", "code 1"), ("Boats lost", "code 2"), True),
        ((None, "code 1"), ("Boats lost", "code 1"), True),
        (("Boats gone", "code 1"), (None, "code 1"), True),
        ((None, "code 1"), ("Boats lost", "code 2"), False),
    ],
    ids=["rewritten", "added", "removed", "read for the first time by newer code"],
)
def test_a_change_of_the_social_headline_alone_is_a_revision(
    before: tuple[str | None, str],
    after: tuple[str | None, str],
    is_noted: bool,
    lake: Lake,
    part: PartFolder,
) -> None:
    for number, (social_title, code) in enumerate((before, after)):
        rows = make_rows("a", fetched_at=(FIRST, LATER)[number])
        rows["articles"][0].update(social_title=social_title, code_version=code)
        land_parts(lake, make_run(f"run-{number}"), [part(rows)])
    assert lake.execute("SELECT social_title FROM articles").fetchall() == [(after[0],)]
    kept = lake.execute("SELECT social_title FROM article_revisions ORDER BY fetched_at").fetchall()
    assert kept == [(before[0],), *([(after[0],)] if is_noted else [])]


def test_a_counter_that_moved_changes_the_article_and_is_no_revision(lake: Lake, part: PartFolder) -> None:
    for number, fetched_at in enumerate((FIRST, LATER)):
        rows = make_rows(
            "a", body=f"Ida Lund said 300 boats moved.\n{number + 3} comments", fetched_at=fetched_at
        )
        land_parts(lake, make_run(f"run-{number}"), [part(rows)])
    assert lake.execute("SELECT body_text[-10:] FROM articles").fetchall() == [("4 comments",)]
    assert lake.execute("SELECT count(*) FROM article_revisions").fetchall() == [(1,)]
