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
        (
            "More than 400 farms got no seed in the 2020 season.",
            "400",
            ("2020-01-01", "2021-01-01", "2020"),
        ),
        ("The bridge fell on 3 January and 12 people died.", "12", ("2022-01-03", "2022-01-04", "3 January")),
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
        ("It will lay off 230 people in its third round of cuts since 2024.", "230"),
        ("The district, with 22 killings so far, had 51 last year.", "22"),
        ("The district had 51 killings.", "51"),
        ("Income slid to $212 million from $298 million, or 53 cents, a year ago.", "$212"),
        ("The rate fell from 93% five years ago and is below the 95% needed.", "95%"),
        ("The toll is 40, up 12% on 2019.", "12%"),
        ("Jobs fell from 30 to 25 in 2020.", "30"),
        ("The toll had climbed to 61 by noon on Monday, from 44 before that.", "44"),
        ("She paid for 412 libraries and, since 2019, 1.6 million eye operations.", "412"),
        ("Ada Orr, 58, will be sworn in on 1 February.", "58"),
        ("The school won 19 places, against three in 2020.", "19"),
        ("The index is down 2.3% for the week but still up 5.6% in 2021.", "2.3%"),
        ("The river peaked at 9.8 metres, below the 2017 record of 10.2 metres.", "9.8"),
        ("It sold 300 scooters, 9% more than in 2020.", "9%"),
        ("Mr Orr, a father of five, was dismissed in 2020.", "five"),
        ("The mill opened in 1990 and employs 400 people.", "400"),
        ("They married in 1966 and the couple had two sons.", "two"),
        ("Osk, unbeaten in their previous 11 games, led inside four minutes.", "four"),
        ("A drill able to reach 200 metres is planned for 2039.", "200"),
    ],
)
def test_the_time_of_another_thing_is_not_the_figures(
    tell_time: Callable[..., Any], text: str, surface: str
) -> None:
    assert tell_time(text, surface) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "surface", "since", "as_of"),
    [
        ("Nine homes have burned since December.", "Nine", "2021-12-01", None),
        ("The fund had brought in $86,000 by 3 January.", "$86,000", None, "2022-01-03"),
        ("The toll is 40, down 9% from two years ago.", "40", None, None),
        ("He was shot three times and was released from the ward on 3 January.", "three", None, None),
        ("The bank left its rate at 4% and sees two cuts by the end of the year.", "4%", None, None),
    ],
)
def test_a_number_counts_from_a_day_or_is_true_for_one_only_where_its_own_clause_says_so(
    article: Callable[..., Row],
    extract: Callable[..., dict[str, list[Row]]],
    text: str,
    surface: str,
    since: str | None,
    as_of: str | None,
) -> None:
    figure = next(row for row in extract(article(text))["figures"] if surface in row["surface"])
    assert [figure[name] and f"{figure[name]:%Y-%m-%d}" for name in ("since", "as_of")] == [since, as_of]
