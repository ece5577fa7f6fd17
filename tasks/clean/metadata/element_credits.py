"""Elements that a page marks as byline or author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lxml.etree import _Element as Element

from tasks.clean.metadata.author_parts import names_author, read_persons
from tasks.clean.metadata.credits import Credit, make_credit
from tasks.clean.metadata.headline_credits import links_author
from tasks.clean.page.page import Page, squeeze, text_of
from tasks.clean.page.site_names import SiteNames
from tasks.clean.words.authors.clean import clean_authors
from tasks.clean.words.authors.persons import is_person
from tasks.clean.words.authors.printed_names import read_after_by
from tasks.clean.words.word_lists import read_words

_MAX_BYLINE_CHARS = 200
_MAX_ELEMENTS = 40
_BYLINE_TAGS = ("a", "span", "div", "p", "address", "ul", "li", "cite", "strong", "h3", "h4", "h5", "h6", "b")


def read_element_credits(page: Page, sites: SiteNames) -> Iterator[Credit]:
    """Elements that are marked as byline or author, outside comments and teasers, in page order."""
    linked: list[str] = []
    for element in _marked_elements(page):
        pieces = [piece for text in element.itertext() if (piece := squeeze(str(text)))]
        persons = read_persons(element)
        printed = " ".join(pieces) or ", ".join(persons)
        if not 2 < len(printed) <= _MAX_BYLINE_CHARS:
            continue
        credit = make_credit("byline element", persons or _names_inside(element, pieces), sites)
        if not credit.has_person and not _is_sure(element, printed):
            continue
        if credit.authors and not linked:
            linked = list(credit.authors)
            yield Credit(credit.place, credit.authors, printed, credit.has_person)
            if credit.has_person:
                return


def _is_sure(element: Element, printed: str) -> bool:
    """Whether an element credits an author beyond doubt, so that the name of a desk is taken as well."""
    kinds = {element.get("rel"), names_author(element), *(element.get("class") or "").split()}
    return read_after_by(printed) is not None or bool(kinds & set(read_words("bylines")["sure_marks"]))


def _names_inside(element: Element, pieces: Sequence[str]) -> list[str]:
    """Texts of the author links inside a byline, else its pieces."""
    links = [
        text_of(link)
        for link in element.iter("a")
        if "author" in (link.get("rel") or "") + (link.get("href") or "")
        or "/people/" in (link.get("href") or "")
    ]
    persons = [text for text in links if any(is_person(name) for name in clean_authors([text]))]
    return persons or ["\n".join(pieces)]


def _marked_elements(page: Page) -> Iterator[Element]:
    wanted, unwanted = _pattern("element_marks"), _pattern("other_marks")
    found = 0
    for element in page.tree.iter(*_BYLINE_TAGS):
        said = _marks_of(element)
        marked = bool(said) and wanted.search(said) and not unwanted.search(said)
        if not (marked or names_author(element) or links_author(element)) or _stands_aside(element):
            continue
        found += 1
        if found > _MAX_ELEMENTS:
            return
        yield element


def _marks_of(element: Element) -> str:
    """What class, rel, itemprop, data-testid and id say of an element, in lower case."""
    said = [element.get(kind) for kind in ("class", "rel", "itemprop", "data-testid", "id")]
    return " ".join(filter(None, said)).lower()


def _stands_aside(element: Element) -> bool:
    unwanted = _pattern("other_marks")
    for ancestor in element.iterancestors():
        if ancestor.tag in ("nav", "footer", "aside", "form", "figure", "figcaption"):
            return True
        if ancestor.tag in ("body", "main"):
            return False
        if unwanted.search(_marks_of(ancestor)):
            return True
    return False


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(mark) for mark in read_words("bylines")[name]))
