"""Day or month first: the outlet's country, then language and host, then what the day can be."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.outlets import Outlet
from tasks.clean.metadata.day_order import is_day_first
from tasks.clean.metadata.published import find_published, read_hint
from tasks.clean.page.page import Page, parse_page
from tasks.clean.words.moments import DayFirst, read_moment

AMERICAN = Outlet.model_construct(key="a", country="US", time_zone="UTC")
BRITISH = Outlet.model_construct(key="b", country="GB", time_zone="UTC")


def make_page(lang: str = "", url: str = "https://post.example/x", head: str = "") -> Page:
    attribute = f' lang="{lang}"' if lang else ""
    return parse_page(
        f"<html{attribute}><head>{head}</head><body><h1>Bridge shut</h1></body></html>".encode(), None, url
    )


@pytest.mark.parametrize(
    ("outlet", "page", "first"),
    [
        (AMERICAN, make_page("en-GB"), False),
        (BRITISH, make_page("en-US"), True),
        (None, make_page("en-US", "https://post.co.uk/x"), False),
        (None, make_page("en_AU"), True),
        (None, make_page("de"), True),
        (None, make_page("en", "https://post.co.uk/x"), True),
        (None, make_page("en", "https://post.tv/x"), "dashed"),
        (None, make_page("en"), "dashed"),
        (None, make_page(), None),
        (None, None, None),
    ],
)  # fmt: skip
def test_the_first_that_tells_decides(outlet: Outlet | None, page: Page | None, first: DayFirst) -> None:
    assert is_day_first(outlet, page) is first


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="3/4/2031 6:05 PM">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "3/4/2031 18:05"}</script>',
    ],
    ids=["meta", "json-ld"],
)
@pytest.mark.parametrize(("outlet", "day"), [(AMERICAN, date(2031, 3, 4)), (BRITISH, date(2031, 4, 3))])
def test_what_is_said_for_machines_follows_the_outlet_too(head: str, outlet: Outlet, day: date) -> None:
    found = find_published(make_page(head=head), outlet)
    assert found is not None and found.moment.local_date == day


def test_a_records_time_follows_the_outlet_too() -> None:
    found = read_hint({"published_at": "03/04/2031 18:05"}, "record", AMERICAN)
    assert found is not None and found.moment.at == datetime(2031, 3, 4, 18, 5, tzinfo=UTC)


META = '<meta property="article:published_time" content="3/4/2031 18:05">'


def test_the_reading_that_agrees_with_the_address_is_taken() -> None:
    found = find_published(make_page("en-GB", "https://post.example/2031/03/04/x", META))
    assert found is not None and (found.place, found.moment.local_date) == (
        "meta article:published_time",
        date(2031, 3, 4),
    )


def test_a_day_ahead_of_fetching_is_read_the_other_way() -> None:
    found = find_published(make_page("en-GB", head=META), fetched_at=datetime(2031, 3, 5, tzinfo=UTC))
    assert found is not None and found.moment.local_date == date(2031, 3, 4)


@pytest.mark.parametrize(
    ("printed", "lang", "day"),
    [
        ("04-03-2031", "en", date(2031, 3, 4)),
        ("04-03-2031 18:05", "en", date(2031, 3, 4)),
        ("04-03-2031", "en-US", date(2031, 4, 3)),
        ("04/03/2031", "en", date(2031, 4, 3)),
        ("04.03.2031", "en", date(2031, 3, 4)),
        ("04-23-2031", "en", date(2031, 4, 23)),
    ],
)
def test_dashes_put_the_day_first_where_no_region_says_otherwise(printed: str, lang: str, day: date) -> None:
    moment = read_moment(printed, day_first=is_day_first(None, make_page(lang)))
    assert moment is not None and moment.local_date == day


def test_but_the_address_decides() -> None:
    head = '<meta property="article:published_time" content="04-03-2031 18:05">'
    found = find_published(make_page("en", "https://post.example/2031/04/03/x", head))
    assert found is not None and found.moment.local_date == date(2031, 4, 3)


def test_an_outlets_country_decides_before_dashes_do() -> None:
    found = read_hint({"published_at": "04-03-2031"}, "record", AMERICAN)
    assert found is not None and found.moment.local_date == date(2031, 4, 3)
