"""When an article was published: to the minute where the page says so, with where it says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from core.outlets import Outlet
from tasks.clean.metadata.day_order import is_day_first
from tasks.clean.metadata.published_places import (
    CHANGED,
    LABELLED,
    Published,
    ask_htmldate,
    guess_day,
    read_dated_elements,
    read_datelines,
    read_json_ld_times,
    read_labelled_times,
    read_meta_times,
    read_time_tags,
    read_url_day,
    read_url_month,
)
from tasks.clean.page.article_nodes import article_nodes, page_nodes, squeeze_value
from tasks.clean.page.headline import Surroundings
from tasks.clean.page.page import Page
from tasks.clean.page.printed_times import find_datelines
from tasks.clean.words.moments import DayFirst, Moment, read_moment
from tasks.clean.words.word_lists import read_words

_SLACK = timedelta(days=2)  # clocks and zones differ; what lies further ahead of fetching is no publication
_ZONES_APART = timedelta(days=1.5)  # two times of one publication differ by a day at most, and by zone
_ZONE_STEP, _MINUTE = timedelta(minutes=30), timedelta(minutes=1)
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def find_published(
    page: Page,
    outlet: Outlet | None = None,
    hint: Published | None = None,
    fetched_at: datetime | None = None,
    around: Surroundings | None = None,
) -> Published | None:
    """The time of publication, or None if nothing on the page or in its address tells.

    The first place that gives a possible time decides; where it gives only the day, a later place
    that gives the minute of the same day makes it exact. A bare date beside the headline that lies
    days before what the machine-readable places say is believed: those then hold the time of a
    change or of a move to another system. So is a time tag that the page labels as that of
    publication. A time tag without a label gives way to a printed time of another day that has one.
    htmldate comes last, because it is slow.
    """
    zone = ZoneInfo(outlet.time_zone) if outlet else UTC
    limit = fetched_at + _SLACK if fetched_at else None
    url_day, day_first = next(read_url_day(page), None), is_day_first(outlet, page)
    printed = list(_keep_possible(read_datelines(around or Surroundings(), zone, day_first), url_day, limit))
    labelled = list(_keep_possible(read_labelled_times(page, zone, day_first), url_day, limit))
    seen = [found for found in printed if found.place in ("dateline", LABELLED)] + labelled
    possible = _keep_possible(_places(page, zone, day_first, hint, seen), url_day, limit)
    first = next(possible, None)
    if first is None:
        return _last_resort(page, printed, limit)
    if first.moment.precision != "minute":
        first = next((found for found in possible if _makes_exact(found.moment, first.moment)), first)
    return _believe_reader(first, seen)


def find_modified(
    page: Page, outlet: Outlet | None = None, around: Surroundings | None = None
) -> tuple[datetime | None, str | None]:
    """The time of the last change and where it is said."""
    zone, day_first = ZoneInfo(outlet.time_zone) if outlet else UTC, is_day_first(outlet, page)
    for node in [*article_nodes(page), *page_nodes(page)]:
        moment = read_moment(squeeze_value(node.get("dateModified")), zone, day_first=day_first)
        if moment:
            return moment.at, "json-ld"
    for name in read_words("dates")["modified_meta"]:
        for content in page.meta.get(name, []):
            moment = read_moment(content, zone, day_first=day_first)
            if moment:
                return moment.at, f"meta {name}"
    for line in find_datelines(around or Surroundings(), zone, day_first=day_first):
        if line.is_modified:
            return line.moment.at, "dateline"
    return None, None


def read_hint(
    hints: Mapping[str, Any], source: str, outlet: Outlet | None = None, page: Page | None = None
) -> Published | None:
    """What a feed or record said of the time of publication."""
    value = hints.get("published_at")
    if isinstance(value, datetime):
        value = value.isoformat()
    zone = ZoneInfo(outlet.time_zone) if outlet else UTC
    moment = read_moment(str(value), zone, day_first=is_day_first(outlet, page)) if value else None
    return Published(moment, "hint", source) if moment else None


def read_default(hints: Mapping[str, Any]) -> datetime | None:
    """The time that the user gave for articles whose own is not found (`published_default`, ISO 8601)."""
    value = hints.get("published_default")
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _places(
    page: Page, zone: tzinfo, day_first: DayFirst, hint: Published | None, seen: Sequence[Published]
) -> Iterator[Published]:
    yield from read_json_ld_times(page, zone, day_first)
    yield from read_meta_times(page, zone, day_first)
    if hint:
        yield hint
    label = next((found.moment for found in seen if found.place == LABELLED), None)
    for found in read_time_tags(page, zone, day_first):
        if label is None or _may_be_same(found.moment, label):
            yield found
    yield from read_url_day(page)
    yield from seen
    yield from read_dated_elements(page, zone, day_first)


def _last_resort(page: Page, printed: Sequence[Published], limit: datetime | None) -> Published | None:
    """A time within a text by the headline, the time of a change printed there, the month in the address,
    htmldate's answer where the address does not gainsay it, or a guess from all days on the page."""
    by_headline = sorted(printed, key=lambda found: found.place == CHANGED)
    if by_headline:
        return by_headline[0]
    month, day = read_url_month(page), ask_htmldate(page, _EARLIEST, limit)
    agrees = day and month and _makes_exact(day.moment, month.moment)
    return (day if agrees else month) or day or guess_day(page, _EARLIEST, limit)


def _believe_reader(first: Published, seen: Sequence[Published]) -> Published:
    """The nearest dateline if it lies before what was said and no dateline bears that out.

    A dateline with day and month the other way round (03/10 for 10 March) says what was said too.
    """
    nearest = seen[0] if seen else first
    if any(_bears_out(line.moment, first.moment) for line in seen):
        return first
    return nearest if first.moment.at - nearest.moment.at > _ZONES_APART else first


def _may_be_same(tag: Moment, label: Moment) -> bool:
    """Whether a time tag can tell the printed time: on its day, or whole half hours away, as zones are."""
    if tag.local_date == label.local_date or _is_swapped(tag, label):
        return True
    apart = abs(tag.at - label.at)
    return apart < _ZONES_APART and (
        "day" in (tag.precision, label.precision) or apart % _ZONE_STEP < _MINUTE
    )


def _bears_out(line: Moment, said: Moment) -> bool:
    return abs(line.at - said.at) < _ZONES_APART or _is_swapped(line, said)


def _is_swapped(one: Moment, other: Moment) -> bool:
    """Whether two days differ, but not when day and month of one are exchanged."""
    day, said = one.local_date, other.local_date
    return day != said and (day.year, day.day, day.month) == (said.year, said.month, said.day)


def _keep_possible(
    places: Iterable[Published], url_day: Published | None, limit: datetime | None
) -> Iterator[Published]:
    """The times that can be meant: a day of two numbers turned round where only that agrees with the day in
    the address or lies before the fetching; none ahead of it, none before there were pages."""
    for found in places:
        moment = _turn(found.moment, url_day.moment if url_day else None, limit)
        if _is_possible(moment, limit):
            yield found if moment is found.moment else replace(found, moment=moment)


def _turn(moment: Moment, url_day: Moment | None, limit: datetime | None) -> Moment:
    other = moment.turned
    if other is None:
        return moment
    if url_day and url_day.local_date in (moment.local_date, other.local_date):
        return other if url_day.local_date == other.local_date else moment
    return other if not _is_possible(moment, limit) and _is_possible(other, limit) else moment


def _is_possible(moment: Moment, limit: datetime | None) -> bool:
    return moment.at >= _EARLIEST and (limit is None or moment.at <= limit)


def _makes_exact(moment: Moment, first: Moment) -> bool:
    """Whether a time is more exact than that of the first place and falls on its day or in its month."""
    if first.precision == "month":
        same = moment.local_date.replace(day=1) == first.local_date.replace(day=1)
        return same and moment.precision != "month"
    return moment.precision == "minute" and first.precision == "day" and moment.local_date == first.local_date
