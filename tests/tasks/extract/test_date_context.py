"""What happens at a date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

Row = dict[str, Any]


@pytest.fixture(scope="session")
def read_dates(article: Callable[..., Row], options: ExtractOptions) -> Callable[..., list[Row]]:
    """The rows of `dates` of a text."""

    def run(text: str, **changes: Any) -> list[Row]:
        return extract_articles([article(text, **changes)], options).rows.get("dates", [])

    return run


@pytest.mark.parametrize(
    ("text", "predicate", "told"),
    [
        (
            "The ministers will hold talks in Osk on January 10.",
            "hold",
            {"on:hold", "obj:talk", "subj:minister"},
        ),
        ("Thursday's call was requested by Brandt.", "call", {"at:call"}),
        ("The mill burned down on Monday.", "burn", {"on:burn", "subj:mill"}),
        (
            "They agreed on meetings of the harbour council on January 12.",
            None,
            {"near:council", "near:meeting"},
        ),
    ],
)
def test_a_date_is_told_by_what_happens_then(
    read_dates: Callable[..., list[Row]], text: str, predicate: str | None, told: set[str]
) -> None:
    (row,) = read_dates(text)
    assert predicate in (None, row["predicate"])
    assert told <= set(row["roles"])


def test_a_year_and_a_text_in_another_language_tell_nothing(read_dates: Callable[..., list[Row]]) -> None:
    assert [(row["predicate"], row["roles"]) for row in read_dates("Since 2014 the mill was closed.")] == [
        (None, [])
    ]
    german = read_dates("Die Mühle brannte am 10. Januar 2031 ab.", language="de")
    assert [(row["predicate"], row["roles"]) for row in german] == [(None, [])]
