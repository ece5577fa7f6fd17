"""The places of a page that tell when its article was published."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from itertools import islice

import htmldate
from lxml.etree import _Element as Element

from tasks.clean.page.article_nodes import article_nodes, page_nodes, squeeze_value
from tasks.clean.page.headline import Surroundings
from tasks.clean.page.page import Page, text_of
from tasks.clean.page.printed_times import find_datelines, says_modified, says_published
from tasks.clean.words.moments import DayFirst, Moment, read_moment
from tasks.clean.words.word_lists import read_words

_URL_DAY = re.compile(
    r"(?<!\d)(19[89]\d|20\d\d)[/-]?(0[1-9]|1[0-2]|[1-9](?=[/-]))[/-]?(0[1-9]|[12]\d|3[01])(?![\d])"
)
_URL_MONTH = re.compile(r"/(19[89]\d|20\d\d)/(0[1-9]|1[0-2])/")
_URL_NAMED = re.compile(
    r"/(20\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}/(\d{1,2})/", re.I
)
LABELLED = "labelled dateline"  # the places of printed times with a label
CHANGED = "dateline of a change"
_MAX_TEXTS = 50_000
_YEAR = re.compile(r"\d{4}")
_MAX_DATED = 80  # characters of a text that is little more than a date
GUESS = "guess"  # the table's word for a day that only htmldate's full search gives
_MAX_TIME_TAGS = 25
_OTHERS = frozenset({"a", "nav", "footer"})
_MAX_ELEMENTS = 6_000


@dataclass(frozen=True, slots=True)
class Published:
    """`moment` with the place it was found (for provenance) and the table's word for that place."""

    moment: Moment
    place: str
    source: str


def read_json_ld_times(page: Page, zone: tzinfo, day_first: DayFirst) -> Iterator[Published]:
    """datePublished of the article's nodes, then dateCreated, then what the page's nodes say."""
    nodes = [(node, "datePublished") for node in article_nodes(page)]
    nodes += [(node, "dateCreated") for node in article_nodes(page)]
    nodes += [(node, "datePublished") for node in page_nodes(page)]
    for node, field in nodes:
        moment = read_moment(squeeze_value(node.get(field)), zone, day_first=day_first)
        if moment:
            yield Published(moment, f"json-ld {field}", "json-ld")


def read_meta_times(page: Page, zone: tzinfo, day_first: DayFirst) -> Iterator[Published]:
    """The meta tags that name a publication, best first."""
    for name in read_words("dates")["published_meta"]:
        for content in page.meta.get(name, [])[:1]:
            moment = read_moment(content, zone, day_first=day_first)
            if moment:
                yield Published(moment, f"meta {name}", "meta")


def read_time_tags(page: Page, zone: tzinfo, day_first: DayFirst) -> Iterator[Published]:
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


def read_labelled_times(page: Page, zone: tzinfo, day_first: DayFirst) -> Iterator[Published]:
    """Time tags with the attribute or the word before them that says published, wherever they are but
    in a link to another article."""
    for tag in page.time_tags[:_MAX_TIME_TAGS]:
        labelled = tag.get("pubdate") is not None or says_published(_text_before(tag))
        if not labelled or any(ancestor.tag in _OTHERS for ancestor in tag.iterancestors()):
            continue
        moment = read_moment(tag.get("datetime") or text_of(tag), zone, day_first=day_first)
        if moment:
            yield Published(moment, "labelled time tag", "text")


def read_url_day(page: Page) -> Iterator[Published]:
    """The day in the page's address: /2031/03/04/, 2031-03-04, 20310304, /2031/mar/04/."""
    url = (page.url or "").partition("?")[0]
    found = _URL_DAY.search(url) or _URL_NAMED.search(url)
    moment = read_moment(f"{found[3]} {found[2]} {found[1]}") if found and found[2].isalpha() else None
    if found and moment is None:
        moment = read_moment(f"{found[1]}-{found[2]}-{found[3]}")
    if moment:
        yield Published(moment, "url", "url")


def read_url_month(page: Page) -> Published | None:
    """The month in the page's address (/2031/03/), for want of anything better."""
    found = _URL_MONTH.search((page.url or "").partition("?")[0])
    moment = read_moment(f"{found[1]}-{found[2]}") if found else None
    return Published(moment, "url", "url") if moment else None


def read_dated_elements(page: Page, zone: tzinfo, day_first: DayFirst) -> Iterator[Published]:
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


def read_datelines(around: Surroundings, zone: tzinfo, day_first: DayFirst) -> list[Published]:
    """What is printed around the headline, first what says that it is the time of publication; times of a change
    and times within a sentence named as such."""
    found = []
    lines = find_datelines(around, zone, day_first=day_first)
    for line in sorted(lines, key=lambda line: not line.is_published):
        place = "dateline" if line.is_bare else "text by the headline"
        place = LABELLED if line.is_published and line.is_bare else place
        place = CHANGED if line.is_modified else place
        found.append(Published(line.moment, place, "text"))
    return found


def ask_htmldate(page: Page, earliest: datetime, limit: datetime | None) -> Published | None:
    """htmldate's day, from the places that it knows. Not its full search, which costs ten times as much."""
    found = _search(_copy_without_asides(page.tree), page.url, earliest, limit, in_full=False)
    moment = read_moment(found) if found else None
    return Published(moment, "htmldate", "text") if moment else None


def guess_day(page: Page, earliest: datetime, limit: datetime | None) -> Published | None:
    """The likeliest day of all those on the page but in navigation, teasers and comments, by htmldate's full search, if
    a short text of the page prints that day.

    What it makes of addresses, of years and months alone and of dates within sentences is wrong as often as right.
    """
    printed = set(_printed_days(page.tree))
    if not printed:
        return None  # the full search is slow
    found = _search(_copy_without_asides(page.tree), page.url, earliest, limit, in_full=True)
    moment = read_moment(found) if found else None
    if moment is None or moment.local_date not in printed:
        return None
    return Published(moment, "htmldate's full search", GUESS)


def _printed_days(tree: Element) -> Iterator[date]:
    """The days that the first short texts of the page are, with or without a few words around them."""
    for text in islice(map(str, tree.itertext()), _MAX_TEXTS + 1):
        if len(text) <= _MAX_DATED and _YEAR.search(text):
            moment = read_moment(text)
            if moment is not None and str(moment.local_date.year) in text:
                yield moment.local_date


def _search(
    tree: Element, url: str | None, earliest: datetime, limit: datetime | None, *, in_full: bool
) -> str | None:
    """The day that htmldate finds, YYYY-MM-DD, or None. It changes the tree."""
    return htmldate.find_date(
        tree,
        extensive_search=in_full,
        original_date=True,
        url=url,
        min_date=earliest.date().isoformat(),
        max_date=limit.date().isoformat() if limit else "2100-01-01",
    )


def _copy_without_asides(tree: Element) -> Element:
    """A copy of the page without navigation, teasers and comments, whose dates are not the article's."""
    copied = copy.deepcopy(tree)
    unwanted = _pattern("other_marks")
    for element in [*copied.iter("nav", "footer", "aside", "div", "section", "ol", "ul", "time")]:
        is_aside = element.tag in ("nav", "footer", "aside") or unwanted.search(_class_of(element))
        if is_aside or (element.tag == "time" and _is_modified(element)):
            element.clear(keep_tail=True)  # type: ignore[call-arg] # the stubs do not know it yet
    return copied


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
    """Whether an element is in a teaser, a comment, a navigation or the like."""
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
