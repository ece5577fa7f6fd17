"""Dates of made-up news: each rule of the grammar and the resolver, its near misses, and what no text may break."""

from __future__ import annotations

import sys
import tomllib
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.tables import DATES
from tasks.extract.dates import find_dates

sys.path.insert(0, str(Path(__file__).parents[1]))
from documents import make_document, takes_linear_time

HERE = Path(__file__).parent
PUBLISHED = datetime(2021, 12, 30, 12, tzinfo=UTC)


def load_cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))["case"]


def moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def check(rows: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    assert [row["surface"] for row in rows] == [want["surface"] for want in wanted]
    for row, want in zip(rows, wanted, strict=True):
        anchor = want.get("anchor", "published")
        assert (row["starts_at"], row["ends_at"]) == (moment(want["from"]), moment(want["to"]))
        assert row["granularity"] == want.get("granularity", "day")
        assert row["anchor"] == anchor
        assert row["is_relative"] == (anchor != "explicit")


@pytest.mark.parametrize("case", load_cases("cases.toml"), ids=lambda case: case["rule"])
def test_a_text_gives_its_dates_and_no_others(case: dict[str, Any]) -> None:
    published = moment(case["published"]) if "published" in case else PUBLISHED
    document = make_document(case["text"], published, time_zone=case.get("time_zone", "UTC"))
    check(find_dates(document), case["rows"])


def test_without_a_time_of_publication_relative_dates_stay_open() -> None:
    rows = find_dates(make_document("They met Thursday, and on May 7, 2020."))
    assert [(row["surface"], row["starts_at"]) for row in rows] == [
        ("Thursday", None),
        ("May 7, 2020", datetime(2020, 5, 7, tzinfo=UTC)),
    ]


def test_a_bare_day_of_publication_is_that_day_in_every_zone() -> None:
    midnight = datetime(2021, 12, 30, tzinfo=UTC)
    document = make_document("They meet today.", midnight, time_zone="America/New_York", precision="day")
    (row,) = find_dates(document)
    assert row["starts_at"] == datetime(2021, 12, 30, 5, tzinfo=UTC)


def test_publication_to_the_minute_is_read_in_the_outlets_zone() -> None:
    late = datetime(2021, 12, 31, 2, tzinfo=UTC)
    (row,) = find_dates(make_document("They meet today.", late, time_zone="America/New_York"))
    assert row["starts_at"] == datetime(2021, 12, 30, 5, tzinfo=UTC)


def test_a_time_beyond_the_calendar_stays_open() -> None:
    rows = find_dates(make_document("It will melt in 90,000 years.", PUBLISHED))
    assert [(row["surface"], row["starts_at"]) for row in rows] == [("in 90,000 years", None)]


def test_rows_fit_the_table() -> None:
    rows = find_dates(make_document("Last week, on Monday at 3 p.m., in 2014.", PUBLISHED))
    assert DATES.to_arrow(rows).num_rows == len(rows) > 2


NEWS = st.lists(
    st.sampled_from([*(HERE / "words.txt").read_text(encoding="utf-8").split(), "\n\n"]), max_size=30
).map(" ".join)


@given(st.one_of(NEWS, st.text(max_size=120)))
@example("last half day")
@settings(max_examples=400, deadline=None)
def test_spans_hold_their_surface_and_never_overlap_and_no_date_ends_before_it_starts(text: str) -> None:
    rows = find_dates(make_document(text, PUBLISHED))
    assert all(text[row["start_char"] : row["end_char"]] == row["surface"] for row in rows)
    assert all(before["end_char"] <= after["start_char"] for before, after in pairwise(rows))
    assert all(row["starts_at"] < row["ends_at"] for row in rows if row["starts_at"] and row["ends_at"])


@given(st.dates(min_value=datetime(1600, 1, 1).date(), max_value=datetime(2190, 12, 31).date()))  # noqa: DTZ001
def test_any_written_date_comes_back(day: Any) -> None:
    for pattern in ("%B %-d, %Y", "%-d %B %Y", "%Y-%m-%d", "%-d %b %Y"):
        written = day.strftime(pattern)
        (row,) = find_dates(make_document(f"It happened on {written}, they said.", PUBLISHED))
        assert row["starts_at"].date() == day, written


HOSTILE = [
    "1-1-",
    "1/",
    "Monday ",
    "in the ",
    "the last ",
    "1 day after ",
    "Jan. 1, ",
    "from 1 to ",
    "the end of ",
    "first 2 weeks of ",
    "1:",
]


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_hostile_runs_take_linear_time(piece: str) -> None:
    assert takes_linear_time(find_dates, make_document("x", PUBLISHED), piece)
