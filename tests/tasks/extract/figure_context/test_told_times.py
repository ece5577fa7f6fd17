"""The time that a figure is told for; the reports are of 14 January 2022, a Friday."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Row = dict[str, Any]


@pytest.fixture(scope="session")
def tell_time(
    article: Callable[..., Row], extract: Callable[..., dict[str, list[Row]]]
) -> Callable[[str, str], tuple[str | None, str | None, str | None]]:
    """From when, until when (as days) and the words, of the figure of a text that has these words."""

    def run(text: str, surface: str) -> tuple[str | None, str | None, str | None]:
        figure = next(row for row in extract(article(text))["figures"] if surface in row["surface"])
        starts, ends = (figure[name] and f"{figure[name]:%Y-%m-%d}" for name in ("told_from", "told_until"))
        return starts, ends, figure["told_time"]

    return run


@pytest.mark.parametrize(
    ("text", "surface", "told"),
    [
        ("In 2019, four people died on the bridge.", "four", ("2019-01-01", "2020-01-01", "2019")),
        ("Four people were killed in Belden in 2019.", "Four", ("2019-01-01", "2020-01-01", "2019")),
        (
            "Twelve people were hurt in last year's strike.",
            "Twelve",
            ("2021-01-01", "2022-01-01", "last year's"),
        ),
        ("The pass was closed on 17 days last winter.", "17", ("2020-12-01", "2021-03-01", "last winter")),
        ("Deaths rose from 12 in 2019 to 15 in 2020.", "12", ("2019-01-01", "2020-01-01", "2019")),
        ("Deaths rose from 12 in 2019 to 15 in 2020.", "15", ("2020-01-01", "2021-01-01", "2020")),
        ("Jobs fell from 30 to 25 in 2020.", "25", ("2020-01-01", "2021-01-01", "2020")),
        (
            "In 2019 a fire that killed four people burned the mill.",
            "four",
            ("2019-01-01", "2020-01-01", "2019"),
        ),
        ("By Friday morning 320 children were sick.", "320", (None, "2022-01-14", "By Friday morning")),
        ("Nine homes have burned since December.", "Nine", ("2021-12-01", "2022-01-14", "since December")),
        ("Seventeen people were hurt in that accident.", "Seventeen", (None, None, "that accident")),
        ("The last strike lasted five days.", "five", (None, None, "last strike")),
    ],
)
def test_a_clause_tells_the_time_of_its_figures(
    tell_time: Callable[..., Any], text: str, surface: str, told: tuple[str | None, str | None, str]
) -> None:
    assert tell_time(text, surface) == told


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("A ferry built in 2004 carried 312 passengers.", "312"),
        ("Officials said on Monday that 12 people had died.", "12"),
        ("The hoard has 3,421 coins, more than twice the hoard of 1988.", "3,421"),
        ("The water peaked at 4.2 metres, the highest since 1953.", "4.2"),
        ("The district, with 22 killings so far, had 51 last year.", "22"),
        ("The district had 51 killings.", "51"),
        ("Income slid to $212 million from $298 million, or 53 cents, a year ago.", "$212"),
        ("The rate fell from 93% five years ago and is below the 95% needed.", "95%"),
        ("The toll is 40, up 12% on 2019.", "12%"),
        ("Jobs fell from 30 to 25 in 2020.", "30"),
        ("The toll had climbed to 61 by noon on Monday, from 44 before that.", "44"),
        ("She paid for 412 libraries and, since 2019, 1.6 million eye operations.", "412"),
        ("Ada Orr, 58, will be sworn in on 1 February.", "58"),
    ],
)
def test_the_time_of_another_thing_is_not_the_figures(
    tell_time: Callable[..., Any], text: str, surface: str
) -> None:
    assert tell_time(text, surface) == (None, None, None)
