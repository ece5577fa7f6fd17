"""A schedule is an interval, a cron line or never; what is none says which part of it is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from croniter import croniter
from hypothesis import given
from hypothesis import strategies as st

from core.config.schedules import Schedule, read_schedule

MOMENT = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "interval"),
    [("30m", timedelta(minutes=30)), (" 2 h ", timedelta(hours=2)), ("1D", timedelta(days=1))],
)
def test_an_interval_is_a_number_and_a_unit(text: str, interval: timedelta) -> None:
    assert read_schedule(text) == Schedule(interval=interval)


@pytest.mark.parametrize(
    "text",
    [
        "*/30 * * * *",
        "15 4 * * *",
        "0 6-22/2 * * MON-FRI",
        "0,30 22-6 1,15 jan-mar,Dec *",
        "5/15 * * * 7",
        "0 0 L * *",
        "0 0 * * fri#2",
        "0 0 * * L5",
        "0 0 29 2 *",
        "0 0 31 2 mon",
    ],
)
def test_a_cron_line_is_kept_as_written_and_comes(text: str) -> None:
    assert read_schedule(text, "Europe/Dublin") == Schedule(cron=text, time_zone="Europe/Dublin")
    assert croniter(text, MOMENT).get_next(datetime) > MOMENT


def test_never_is_no_schedule() -> None:
    assert read_schedule("never") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("every day", "not a schedule; write an interval (30m, 2h, 1d)"),
        ("", "not a schedule"),
        ("30", "not a schedule"),
        ("³0m", "not a schedule"),
        ("30s", "write 1m or more"),
        ("0m", "write 1m or more"),
        ("@daily", "not a schedule"),
        ("61 * * * *", "'61' is not a valid minute (0 to 59)"),
        ("0 24 * * *", "'24' is not a valid hour (0 to 23)"),
        ("0 0 0 * *", "'0' is not a valid day of the month (1 to 31)"),
        ("0 0 * 13 *", "'13' is not a valid month (1 to 12)"),
        ("0 0 * mai *", "'mai' is not a valid month"),
        ("0 0 * * 8", "'8' is not a valid day of the week (0 to 7)"),
        ("*/90 * * * *", "a step of 90 does not fit within the minute"),
        ("*/0 * * * *", "a step of 0"),
        ("1, * * * *", "'' is not a valid minute"),
        ("*-5 * * * *", "'*-5' is not a valid minute"),
        ("* * * * * *", "not a schedule"),
        ("0 0 31 feb,apr *", "never runs"),
    ],
)
def test_what_is_no_schedule_says_what_is_wrong_with_it(text: str, why: str) -> None:
    with pytest.raises(ValueError) as error:
        read_schedule(text)
    assert why in str(error.value)


def _field(low: int, high: int, names: str = "") -> st.SearchStrategy[str]:
    value = st.integers(low - 1, high + 1).map(str) | st.sampled_from([*names.split(), "*"])
    part = st.builds(
        "{}{}{}".format, value, st.just("") | value.map("-{}".format), st.sampled_from(["", "/2", "/70"])
    )
    return st.lists(part, min_size=1, max_size=2).map(",".join)


@given(
    st.tuples(
        _field(0, 59),
        _field(0, 23),
        _field(1, 31, "L"),
        _field(1, 12, "jan dec"),
        _field(0, 7, "sun FRI L2 mon#1"),
    ).map(" ".join)
)
def test_every_cron_line_that_is_taken_is_one_that_the_scheduler_takes(text: str) -> None:
    try:
        read_schedule(text)
    except ValueError:
        return
    assert croniter.is_valid(text)
    croniter(text, MOMENT).get_next(datetime)
