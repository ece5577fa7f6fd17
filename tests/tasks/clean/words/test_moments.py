"""Printed times are read to the minute, in their zone."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.words.calendar_names import cldr_months
from tasks.clean.words.moments import read_moment

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2031-03-04T10:15:00Z", datetime(2031, 3, 4, 10, 15, tzinfo=UTC)),
        ("2031-03-04T10:15:30.123456+02:00", datetime(2031, 3, 4, 8, 15, 30, tzinfo=UTC)),
        ("2031-03-04T10:15-0500", datetime(2031, 3, 4, 15, 15, tzinfo=UTC)),
        ("2031-03-04 10:15:00 UTC", datetime(2031, 3, 4, 10, 15, tzinfo=UTC)),
        ("2031-03-04 10:15 EST", datetime(2031, 3, 4, 15, 15, tzinfo=UTC)),
        ("Tue, 04 Mar 2031 10:15:00 GMT", datetime(2031, 3, 4, 10, 15, tzinfo=UTC)),
        ("Tue, 04 Mar 2031 10:15:00 -0800", datetime(2031, 3, 4, 18, 15, tzinfo=UTC)),
        ("March 4, 2031 at 10:15 am ET", datetime(2031, 3, 4, 15, 15, tzinfo=UTC)),
        ("Mar. 4, 2031, 3:05 p.m. PST", datetime(2031, 3, 4, 23, 5, tzinfo=UTC)),
        ("10:15 BST, 4 July 2031", datetime(2031, 7, 4, 9, 15, tzinfo=UTC)),
        ("1930385700", datetime(2031, 3, 4, 10, 15, tzinfo=UTC)),
        ("1930385700000", datetime(2031, 3, 4, 10, 15, tzinfo=UTC)),
        ("20310304T101500Z", datetime(2031, 3, 4, 10, 15, tzinfo=UTC)),
        ("Tue Mar 04 10:15:00 UTC 2031", datetime(2031, 3, 4, 10, 15, tzinfo=UTC)),
        ("Tue Mar 04 2031 10:15:00 GMT+0100 (CET)", datetime(2031, 3, 4, 9, 15, tzinfo=UTC)),
        ("2031-03-04T10:15:00 01:00", datetime(2031, 3, 4, 9, 15, tzinfo=UTC)),
        ("4 марта 2031, 10:15 МСК", datetime(2031, 3, 4, 7, 15, tzinfo=UTC)),
        ("4 March 2031, 10:15 IST", datetime(2031, 3, 4, 4, 45, tzinfo=UTC)),
        ("July 4, 2031 10:15 am ET", datetime(2031, 7, 4, 14, 15, tzinfo=UTC)),
        ("July 4, 2031 10:15 am PT", datetime(2031, 7, 4, 17, 15, tzinfo=UTC)),
        ("Tue, 04 Mar 2031 10:15:00 EAT", datetime(2031, 3, 4, 7, 15, tzinfo=UTC)),
        ("Tue, 04 Mar 2031 10:15:00 +2", datetime(2031, 3, 4, 8, 15, tzinfo=UTC)),
        ("Tue, 04 Mar 2031 10:15:00 \u22120500", datetime(2031, 3, 4, 15, 15, tzinfo=UTC)),
        ("Tue, 04 Mar 2031 10:15:00 &#43;0200", datetime(2031, 3, 4, 8, 15, tzinfo=UTC)),
        ("Tuesday, 04-Mar-31 10:15:00 GMT", datetime(2031, 3, 4, 10, 15, tzinfo=UTC)),
        ("04/Mar/2031:10:15:00 +0200", datetime(2031, 3, 4, 8, 15, tzinfo=UTC)),
        ("2031-063T10:15:00Z", datetime(2031, 3, 4, 10, 15, tzinfo=UTC)),
        ("2031-W10-2T10:15:00Z", datetime(2031, 3, 4, 10, 15, tzinfo=UTC)),
        ("4 March 2031 10:15 UTC+2", datetime(2031, 3, 4, 8, 15, tzinfo=UTC)),
    ],
)
def test_a_time_with_its_zone(text: str, moment: datetime) -> None:
    found = read_moment(text)
    assert found is not None
    assert (found.at, found.precision, found.has_zone) == (moment, "minute", True)


@pytest.mark.parametrize(
    "text",
    [
        "4. März 2031, 10:15 Uhr",
        "04-Mar-31 10:15 AM",
        "Tue Mar 04 10:15:00 2031",
        "04.03.2031 10:15",
        "4 mars 2031 10:15",
        "4 de marzo de 2031 10:15",
        "4 марта 2031, 10:15",
        "2031年3月4日 10:15",
        "2031-03-04 10:15",
        "20310304101500",
        "2031/3/4 10:15",
        "4 mrt 2031 10:15",
        "4 de marzo de 2031, 10:15 a. m.",
        "10:15 am Dienstag, 4. März 2031",
        "4 marca 2031 10:15",
        "Publié le 4 mars 2031 à 10h15",
        "4 de março de 2031, 10h15",
        "4 مارس 2031 10:15",
        "٤ مارس ٢٠٣١ ١٠:١٥",
        "2031年3月4日 10時15分",
        "2031年3月4日 上午10时15分",
        "2031년 3월 4일 오전 10시 15분",
        "4 martie 2031, 10:15",
        "4 Μαρτίου 2031, 10:15",
        "4 Mart 2031 10:15",
        "Veröffentlicht am 4. März 2031 um 10:15 Uhr",
    ],
)
def test_a_time_without_zone_is_meant_in_the_outlets(text: str) -> None:
    found = read_moment(text, BERLIN)
    assert found is not None
    assert (found.at, found.has_zone) == (datetime(2031, 3, 4, 9, 15, tzinfo=UTC), False)


@pytest.mark.parametrize(
    "text",
    [
        "2031-03-04",
        "March 4, 2031",
        "4 March 2031",
        "4th of March 2031",
        "2031/03/04",
        "04.03.2031",
        "2031年3月4日",
        "Mar 4 2031",
        "2031-03-04T00:00:00Z",
        "2031-03-04T25:07",
        "2031-03-04T10:75:00Z",
    ],
)
def test_a_day_alone_is_midnight_utc_of_that_day(text: str) -> None:
    found = read_moment(text, BERLIN)
    assert found is not None
    assert (found.at, found.precision) == (datetime(2031, 3, 4, tzinfo=UTC), "day")


def test_a_month_alone_is_its_first_day() -> None:
    found = read_moment("2031-03")
    assert found is not None
    assert (found.at, found.precision) == (datetime(2031, 3, 1, tzinfo=UTC), "month")


def test_the_printed_day_is_kept_where_utc_is_another() -> None:
    found = read_moment("2031-03-04T22:30:00-08:00")
    assert found is not None
    assert (found.at, found.local_date) == (datetime(2031, 3, 5, 6, 30, tzinfo=UTC), date(2031, 3, 4))


def test_numbers_that_could_be_either_are_read_by_the_outlets_custom() -> None:
    european, american = read_moment("03/04/2031"), read_moment("03/04/2031", day_first=False)
    assert european is not None and american is not None
    assert (european.local_date, american.local_date) == (date(2031, 4, 3), date(2031, 3, 4))


def test_numbers_that_can_only_be_one_are_read_so() -> None:
    for text in ("13/04/2031", "04/13/2031"):
        found = read_moment(text)
        assert found is not None and found.local_date == date(2031, 4, 13)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "10:15",
        "3 min read",
        "2031",
        "2031-13-45",
        "31 February 2031",
        "0000-00-00",
        "12.50 Euro",
        "Chapter 4, 2031 pages",
        "99999999999",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_moment(text) is None


@settings(deadline=None)
@given(st.text(max_size=150))
def test_no_text_is_an_error(text: str) -> None:
    read_moment(text)


@settings(deadline=None)
@given(st.text(alphabet="0123456789-/:.TZ+ apmGMTUhr,年月日", max_size=60))
def test_no_heap_of_numbers_is_an_error(text: str) -> None:
    read_moment(text, BERLIN)


def test_a_hostile_text_takes_no_long_time() -> None:
    started = time.process_time()
    for text in ("1" * 500_000, "1/" * 300_000, "a 1 " * 200_000, "2031-" * 200_000):
        read_moment(text)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "text", ["2031年3月4日 下午2时5分", "2031年3月4日 午後2:05", "2031년 3월 4일 오후 2시 05분"]
)
def test_the_half_of_the_day_may_stand_before_the_hour(text: str) -> None:
    found = read_moment(text)
    assert found is not None
    assert found.at == datetime(2031, 3, 4, 14, 5, tzinfo=UTC)


def test_an_abbreviation_of_the_outlets_own_zone_means_that_zone() -> None:
    found = read_moment("4 July 2031, 10:15 IST", ZoneInfo("Europe/Dublin"))
    assert found is not None
    assert (found.at, found.has_zone) == (datetime(2031, 7, 4, 9, 15, tzinfo=UTC), True)


def test_a_clock_past_noon_has_no_halves() -> None:
    found = read_moment("14:15 am Dienstag, 4. März 2031")
    assert found is not None and found.at == datetime(2031, 3, 4, 14, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day_first", "day"),
    [
        ("03/04/2031 6:05 PM", None, date(2031, 3, 4)),
        ("03/04/2031 18:05 ET", None, date(2031, 3, 4)),
        ("03/04/2031 18:05", None, date(2031, 4, 3)),
        ("03/04/2031 6:05 PM", True, date(2031, 4, 3)),
    ],
)
def test_where_nobody_says_the_clock_tells_whether_the_day_is_first(
    text: str, day_first: bool | None, day: date
) -> None:
    found = read_moment(text, day_first=day_first)
    assert found is not None and found.local_date == day
    assert found.turned is not None and {found.local_date, found.turned.local_date} == {
        date(2031, 3, 4),
        date(2031, 4, 3),
    }


@pytest.mark.parametrize(
    "text",
    [
        "2031/3/4 10:15:41",
        "2031.03.04 10:15",
        "Di, 04.03.2031 - 10:15",
        "TUE,04 MAR 2031 10:15:01",
        "Tue, 04 Mar 2031 10:15",
        "04-Mar-2031 10:15",
        "2031. március 4. 10:15",
        "4 मार्च 2031 10:15",
        "4 bře 2031 10:15",
        "4 Mart 2031 Salı 10:15",
        "4 March 2031 10:15 by Petra Quill",
        "4 MARCH 2031 10:15 BY PETRA QUILL",
        "4 March 2031 10:15 UHR",
        "2031-03-04 10:15 AM",
    ],
)
def test_slashes_dots_other_languages_and_missing_zones_keep_the_minute(text: str) -> None:
    found = read_moment(text, BERLIN)
    assert found is not None
    assert (found.at.replace(second=0), found.precision) == (
        datetime(2031, 3, 4, 9, 15, tzinfo=UTC),
        "minute",
    )
    assert not found.has_zone


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2031-07-04 10:15 CEST", 8),
        ("Fri, 04 Jul 2031 10:15:00 CEST", 8),
        ("ven., 04 juil. 2031 10:15:00 +0200", 8),
        ("Fr, 04 Juli 2031 10:15:00 +0200", 8),
        ("2031-07-04 10:15 Europe/Berlin", 8),
        ("2031-07-04T10:15:00[Europe/Berlin]", 8),
        ("4 July 2031 10:15 (America/New_York)", 14),
        ("4 July 2031 10:15 Central European Summer Time", 8),
        ("4 July 2031 10:15 Eastern Time", 14),
        ("4 July 2031 10:15 Eastern Standard Time", 15),
        ("2031-07-04 10:15 Japan Standard Time", 1),
        ("2031/7/4 10:15:00 +0900", 1),
        ("Fri, 4 Jul 31 10:15:00 GMT", 10),
    ],
)
def test_a_zones_name_behind_a_time_is_that_zone(text: str, hour: int) -> None:
    found = read_moment(text, BERLIN)
    assert found is not None
    assert (found.at, found.has_zone) == (datetime(2031, 7, 4, hour, 15, tzinfo=UTC), True)


@pytest.mark.parametrize(
    "text",
    [
        "2031-07-04 23:15 XQT",
        "2031-07-04T23:15:00 XQT",
        "Fri, 04 Jul 2031 23:15:00 XQT",
        "4 July 2031, 23:15 (XQT)",
        "2031-07-04 23:15 Nowhere/Harrow_Vale",
        "4 July 2031 23:15 Harrow Vale Time",
        "Fri Jul 04 23:15:00 XQT 2031",
    ],
)
def test_an_unknown_zone_leaves_the_printed_day(text: str) -> None:
    found = read_moment(text, BERLIN)
    assert found is not None
    assert (found.at, found.precision) == (datetime(2031, 7, 4, tzinfo=UTC), "day")


@pytest.mark.parametrize(
    "text", ["2021-12-010", "2021-12-010 10:15", "2021-12-011T10:15:00Z", "4 Foober 2031 10:15"]
)
def test_a_day_of_three_digits_or_an_unknown_month_is_not_read(text: str) -> None:
    assert read_moment(text) is None


def test_a_name_of_two_months_in_two_languages_is_not_taken_from_the_calendars() -> None:
    assert "listopad" not in cldr_months()  # October in Croatian, November in Polish
    assert cldr_months()["května"] == 5


@pytest.mark.parametrize("text", ["2031-03-04", "13/04/2031", "4 March 2031", "04/04/2031"])
def test_a_day_that_can_be_read_one_way_only_has_no_other(text: str) -> None:
    found = read_moment(text)
    assert found is not None and found.turned is None


@pytest.mark.parametrize(
    "text",
    ["Mon, 01 Jan 0001 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "2031-366T10:15:00Z", "2031-W54-1"],
)
def test_what_programs_print_for_no_time_is_no_time(text: str) -> None:
    assert read_moment(text) is None
