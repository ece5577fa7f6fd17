"""When an article was published: to the minute where the page says so, with where it says it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import htmldate
from lxml.etree import _Element as Element

from core.outlets import Outlet
from tasks.clean.article_nodes import article_nodes, page_nodes, squeeze_value
from tasks.clean.datelines import find_datelines, says_modified
from tasks.clean.headline import Surroundings
from tasks.clean.moments import Moment, read_moment
from tasks.clean.page import Page, text_of
from tasks.clean.word_lists import read_words

_SLACK = timedelta(days=2)  # clocks and zones differ; what lies further ahead of fetching is no publication
_ZONES_APART = timedelta(days=1.5)  # two times of one publication differ by a day at most, and by zone
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_URL_DAY = re.compile(
    r"(?<!\d)(19[89]\d|20\d\d)[/-]?(0[1-9]|1[0-2]|[1-9](?=[/-]))[/-]?(0[1-9]|[12]\d|3[01])(?![\d])"
)
_URL_MONTH = re.compile(r"/(19[89]\d|20\d\d)/(0?[1-9]|1[0-2])/")
_URL_NAMED = re.compile(
    r"/(20\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}/(\d{1,2})/", re.I
)
_MAX_TIME_TAGS = 25
_MAX_ELEMENTS = 6_000


@dataclass(frozen=True, slots=True)
class Published:
    """`moment` with the place it was found (for provenance) and the table's word for that place."""

    moment: Moment
    place: str
    source: str


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
    change or of a move to another system. htmldate is asked last, as it is slow.
    """
    zone = ZoneInfo(outlet.time_zone) if outlet else UTC
    limit = fetched_at + _SLACK if fetched_at else None
    printed = _from_datelines(around or Surroundings(), zone, _is_day_first(page, outlet))
    seen = [found for found in printed if found.place == "dateline"]
    places = _places(page, outlet, zone, hint, seen)
    possible = (found for found in places if _is_possible(found.moment, limit))
    first = next(possible, None)
    if first is None:
        return _last_resort(page, printed, limit)
    if first.moment.precision == "day":
        first = next((found for found in possible if _makes_exact(found.moment, first.moment)), first)
    return _believe_reader(first, seen)


def find_modified(
    page: Page, outlet: Outlet | None = None, around: Surroundings | None = None
) -> tuple[datetime | None, str | None]:
    """The time of the last change and where it is said."""
    zone = ZoneInfo(outlet.time_zone) if outlet else UTC
    for node in [*article_nodes(page), *page_nodes(page)]:
        moment = read_moment(squeeze_value(node.get("dateModified")), zone)
        if moment:
            return moment.at, "json-ld"
    for name in read_words("dates")["modified_meta"]:
        for content in page.meta.get(name, []):
            moment = read_moment(content, zone)
            if moment:
                return moment.at, f"meta {name}"
    for line in find_datelines(around or Surroundings(), zone, day_first=_is_day_first(page, outlet)):
        if line.is_modified:
            return line.moment.at, "dateline"
    return None, None


def read_hint(hints: Mapping[str, Any], source: str, outlet: Outlet | None = None) -> Published | None:
    """What a feed or record said of the time of publication."""
    value = hints.get("published_at")
    if isinstance(value, datetime):
        value = value.isoformat()
    zone = ZoneInfo(outlet.time_zone) if outlet else UTC
    moment = read_moment(str(value), zone) if value else None
    return Published(moment, "hint", source) if moment else None


def _places(
    page: Page, outlet: Outlet | None, zone: tzinfo, hint: Published | None, seen: Sequence[Published]
) -> Iterator[Published]:
    yield from _from_json_ld(page, zone)
    yield from _from_meta(page, zone)
    if hint:
        yield hint
    day_first = _is_day_first(page, outlet)
    yield from _from_time_tags(page, zone, day_first)
    yield from _from_url(page)
    yield from seen
    yield from _from_text(page, zone, day_first)


def _from_datelines(around: Surroundings, zone: tzinfo, day_first: bool) -> list[Published]:
    """What is printed around the headline; times of a change and times within a sentence named as such."""
    found = []
    for line in find_datelines(around, zone, day_first=day_first):
        place = (
            "dateline of a change"
            if line.is_modified
            else "dateline"
            if line.is_bare
            else "text by the headline"
        )
        found.append(Published(line.moment, place, "text"))
    return found


def _last_resort(page: Page, printed: Sequence[Published], limit: datetime | None) -> Published | None:
    """A time within a text by the headline, htmldate's answer, or the time of a change if no other is told."""
    possible = [found for found in printed if _is_possible(found.moment, limit)]
    unchanged = (found for found in possible if found.place != "dateline of a change")
    return next(unchanged, None) or _ask_htmldate(page, limit) or next(iter(possible), None)


def _believe_reader(first: Published, seen: Sequence[Published]) -> Published:
    """The nearest dateline if it lies before what was said and no dateline bears that out."""
    nearest = seen[0] if seen else first
    if any(abs(line.moment.at - first.moment.at) < _ZONES_APART for line in seen):
        return first
    return nearest if first.moment.at - nearest.moment.at > _ZONES_APART else first


def _from_json_ld(page: Page, zone: tzinfo) -> Iterator[Published]:
    nodes = [(node, "datePublished") for node in article_nodes(page)]
    nodes += [(node, "dateCreated") for node in article_nodes(page)]
    nodes += [(node, "datePublished") for node in page_nodes(page)]
    for node, field in nodes:
        moment = read_moment(squeeze_value(node.get(field)), zone)
        if moment:
            yield Published(moment, f"json-ld {field}", "json-ld")


def _from_meta(page: Page, zone: tzinfo) -> Iterator[Published]:
    for name in read_words("dates")["published_meta"]:
        for content in page.meta.get(name, [])[:1]:
            moment = read_moment(content, zone)
            if moment:
                yield Published(moment, f"meta {name}", "meta")


def _from_time_tags(page: Page, zone: tzinfo, day_first: bool) -> Iterator[Published]:
    """Time tags, those first that say they hold the publication; never those of teasers or comments."""
    tags = [tag for tag in page.time_tags[:_MAX_TIME_TAGS] if not _stands_aside(tag)]
    tags.sort(key=lambda tag: not _is_marked_published(tag))
    for tag in tags:
        if _is_modified(tag):
            continue
        for text in (tag.get("datetime"), tag.get("content"), text_of(tag)):
            moment = read_moment(text or "", zone, day_first=day_first)
            if moment:
                yield Published(moment, "time tag", "text")
                break


def _from_url(page: Page) -> Iterator[Published]:
    url = (page.url or "").partition("?")[0]
    found = _URL_DAY.search(url) or _URL_NAMED.search(url)
    moment = read_moment(f"{found[3]} {found[2]} {found[1]}") if found and found[2].isalpha() else None
    if found and moment is None:
        moment = read_moment(f"{found[1]}-{found[2]}-{found[3]}")
    if moment:
        yield Published(moment, "url", "url")


def _from_text(page: Page, zone: tzinfo, day_first: bool) -> Iterator[Published]:
    """Short elements whose class or id speaks of a date, in page order."""
    for count, element in enumerate(
        page.tree.iter("span", "div", "p", "li", "a", "dd", "td", "small", "em", "i")
    ):
        if count > _MAX_ELEMENTS:
            return
        said = _class_of(element)
        if not said or len(element) > 12 or not _pattern("published_marks").search(said):
            continue
        text = text_of(element)
        if not 6 <= len(text) <= 160 or says_modified(text) or _stands_aside(element):
            continue
        moment = read_moment(text, zone, day_first=day_first)
        if moment:
            yield Published(moment, "dated element", "text")
            return


def _ask_htmldate(page: Page, limit: datetime | None) -> Published | None:
    """htmldate's day. Not its extensive search, which costs ten times as much and mostly finds 1 January."""
    found = htmldate.find_date(
        _copy_without_asides(page.tree),
        extensive_search=False,
        original_date=True,
        url=page.url,
        min_date=_EARLIEST.date().isoformat(),
        max_date=limit.date().isoformat() if limit else "2100-01-01",
    )
    moment = read_moment(found) if found else None
    return Published(moment, "htmldate", "text") if moment else None


def _copy_without_asides(tree: Element) -> Element:
    """A copy of the page without navigation, teasers and comments, whose dates are not the article's."""
    copied = copy.deepcopy(tree)
    unwanted = _pattern("other_marks")
    for element in [*copied.iter("nav", "footer", "aside", "div", "section", "ol", "ul", "time")]:
        is_aside = element.tag in ("nav", "footer", "aside") or unwanted.search(_class_of(element))
        if is_aside or (element.tag == "time" and _is_modified(element)):
            element.clear(keep_tail=True)  # type: ignore[call-arg] # the stubs do not know it yet
    return copied


def _is_possible(moment: Moment, limit: datetime | None) -> bool:
    return moment.at >= _EARLIEST and (limit is None or moment.at <= limit)


def _makes_exact(moment: Moment, first: Moment) -> bool:
    """Whether a time to the minute falls on the day that the first place gave."""
    return moment.precision == "minute" and first.precision == "day" and moment.local_date == first.local_date


def _class_of(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower().strip()


def _is_marked_published(tag: Element) -> bool:
    parent = tag.getparent()
    said = _class_of(tag) + (_class_of(parent) if parent is not None else "")
    return tag.get("pubdate") is not None or "publish" in said or "entry-date" in said


def _is_modified(tag: Element) -> bool:
    said = _class_of(tag)
    by_class = "modified" in said or ("updated" in said.split() and "publish" not in said)
    return by_class or says_modified(_text_before(tag))


def _text_before(tag: Element) -> str:
    """The text right before an element, within its parent."""
    previous, parent = tag.getprevious(), tag.getparent()
    if previous is not None:
        return (previous.tail or "").strip() or text_of(previous)[-40:]
    return (parent.text or "").strip() if parent is not None else ""


def _stands_aside(element: Element) -> bool:
    """Whether an element stands in a teaser, a comment, a navigation or the like."""
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag in ("nav", "footer", "aside"):
            return True
        if ancestor.tag in ("body", "main", "article"):
            return False
        if _pattern("other_marks").search(_class_of(ancestor)):
            return True
    return False


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(mark) for mark in read_words("dates")[name]))


def _is_day_first(page: Page, outlet: Outlet | None) -> bool:
    """Whether 03/04/2025 is in April here: everywhere but in the United States."""
    american = (page.tree.get("lang") or "").lower().replace("_", "-") in ("en-us", "en")
    return outlet.country != "US" if outlet and outlet.country else not american
