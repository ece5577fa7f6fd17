"""Where a page credits its authors: JSON-LD, meta tags, marked elements; who of them is believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lxml.etree import _Element as Element

from tasks.acquire.base.printed_values import read_printed
from tasks.clean.metadata.author_parts import read_microdata, read_parsely
from tasks.clean.page.article_nodes import article_nodes, page_nodes
from tasks.clean.page.headline import Surroundings
from tasks.clean.page.named import named
from tasks.clean.page.page import Page, squeeze, text_of
from tasks.clean.page.site_names import SiteNames
from tasks.clean.words.agencies import is_agency
from tasks.clean.words.authors import (
    clean_authors,
    is_body,
    is_person,
    read_after_by,
    strip_byline_words,
)
from tasks.clean.words.word_lists import read_words, word_set

_MAX_BYLINE_CHARS = 200
_MAX_BYLINE_WORDS = 24
_SHORT_WORDS = 7
_MAX_DESK_WORDS = 5
_MAX_ELEMENTS = 40
_AUTHOR_FIELDS = ("author", "authors", "creator")  # the first that names a person wins
_BYLINE_TAGS = ("a", "span", "div", "p", "address", "ul", "li", "cite", "strong", "h3", "h4", "h5", "h6", "b")


@dataclass(frozen=True, slots=True)
class Credit:
    """What one place credits: `authors` cleaned, `printed` as it is there, `has_person`."""

    place: str
    authors: tuple[str, ...]
    printed: str
    has_person: bool


def find_authors(
    page: Page, sites: SiteNames, around: Surroundings | None = None, hint: Sequence[str] = ()
) -> tuple[list[str], str | None, str | None]:
    """Authors, the place that names them, and the byline as printed.

    The first place that credits a person wins; a later one is taken instead if it names all of
    those and more. Where no place names a person, the first name of any kind is taken, one that is
    not the outlet's own before the outlet's.
    """
    printed = list(_from_headline(around or Surroundings(), sites))
    credits = [*_read_stated(page, sites), *printed]
    if not any(credit.has_person for credit in credits):
        elements = list(_from_elements(page, sites))
        printed += elements
        credits += [*elements, _credit("hint", hint, sites), *_read_page_nodes(page, sites)]
    chosen = _choose([credit for credit in credits if credit.authors], sites)
    byline = next((credit.printed for credit in printed if credit.authors), None)
    return (list(chosen.authors), chosen.place, byline) if chosen else ([], None, byline)


def _choose(credits: Sequence[Credit], sites: SiteNames) -> Credit | None:
    first = next((credit for credit in credits if credit.has_person), None)
    if first is None:
        foreign = (credit for credit in credits if not all(sites.match(name) for name in credit.authors))
        return next(foreign, None) or next(iter(credits), None)
    for credit in credits:
        if credit.place == "byline" and _names_more(credit, first):
            return credit
    return first


def _names_more(credit: Credit, first: Credit) -> bool:
    """Whether a credit names everyone in the first one, perhaps with a title ("Dr"), and others."""
    known = all(any(name in other for other in credit.authors) for name in first.authors)
    return known and len(credit.authors) > len(first.authors)


def _read_stated(page: Page, sites: SiteNames) -> Iterator[Credit]:
    """What the page says for machines: JSON-LD of the article, meta tags."""
    for node in article_nodes(page):
        for field in _AUTHOR_FIELDS:
            yield _credit("json-ld", [name for name, _ in named(page, node.get(field))], sites)
    for name in read_words("bylines")["meta"]:
        if name in page.meta:
            yield _credit(f"meta {name}", _turn_citations(name, _listed(page.meta[name])), sites)
    yield _credit("meta parsely-page", read_parsely(page), sites)
    yield _credit("meta twitter:data", _twitter_data(page), sites)


def _listed(contents: Sequence[str]) -> list[str]:
    """Contents of meta tags, with the items of those that are printed lists."""
    printed = (read_printed(text) if text.startswith("[") else text for text in contents)
    return [str(name) for value in printed for name in (value if isinstance(value, list) else [value])]


def _read_page_nodes(page: Page, sites: SiteNames) -> Iterator[Credit]:
    """JSON-LD of the page as a whole, whose author is often its webmaster."""
    for node in page_nodes(page):
        yield _credit("json-ld page", [name for name, _ in named(page, node.get("author"))], sites)


def _from_headline(around: Surroundings, sites: SiteNames) -> Iterator[Credit]:
    """Bylines printed around the headline: "By" and a name, or a link to an author's page."""
    for pieces in (around.behind, around.before):
        for number, piece in enumerate(pieces):
            rest = read_after_by(piece.text)
            if rest is not None and not _is_sentence(piece.text):
                following = [rest] if rest else []
                following += [later.text for later in pieces[number + 1 : number + 6]]
                names = _take_names(following, sites)
                printed = piece.text if rest else f"{piece.text} {', '.join(names)}"
                yield _credit("byline", names, sites, printed)
    for pieces in (around.behind, around.before):
        for piece in pieces:
            if _links_author(piece.element) and is_person(piece.text):
                yield _credit("author link", [piece.text], sites)


def _may_be_desk(text: str) -> bool:
    """Whether a text behind "By" that names no person can name a desk or a user: short, and not "popular demand"."""
    words = text.split()
    return len(words) == 1 or (len(words) <= _MAX_DESK_WORDS and not words[0][:1].islower())


def _is_sentence(text: str) -> bool:
    """Whether a text is too long for a byline, or is a sentence that begins like one."""
    words = len(text.split())
    return words > _MAX_BYLINE_WORDS or (
        words > _SHORT_WORDS and text.rstrip().endswith((".", "!", "?", ":"))
    )


def _take_names(texts: Sequence[str], sites: SiteNames) -> list[str]:
    """The name that these texts begin with, and those that commas or "and" join to it."""
    if not texts:
        return []
    if sites.match(texts[0]):
        return [texts[0]]
    taken = clean_authors(texts[:1])
    if not any(is_person(name) for name in taken) and not _may_be_desk(texts[0]):
        return []
    joined = _ends_joined(texts[0])
    for text in texts[1:] if any(is_person(name) for name in taken) else ():
        lead, _, rest = text.strip().partition(" ")
        joined = joined or lead.casefold() in _joints()
        persons = [
            name
            for name in clean_authors([rest if lead.casefold() in _joints() else text])
            if is_person(name)
        ]
        if joined and persons:
            taken += persons
            joined = _ends_joined(text)
        elif text.strip().casefold() not in _joints():
            break
    return taken


def _ends_joined(text: str) -> bool:
    """Whether a name follows: the text ends with a comma or "and"."""
    return text.rstrip().endswith((",", "&")) or text.split()[-1].casefold() in _joints()


@cache
def _joints() -> frozenset[str]:
    return word_set("bylines", "and") | {",", "&", "|"}


def _links_author(element: Element | None) -> bool:
    while element is not None and element.tag in ("span", "strong", "b", "em", "i"):
        element = element.getparent()
    if element is None or element.tag != "a":
        return False
    address = (element.get("href") or "").lower()
    return any(path in address for path in read_words("bylines")["author_paths"])


def _credit(place: str, raw: Sequence[str], sites: SiteNames, printed: str | None = None) -> Credit:
    """The authors of these texts; beside a person neither the outlet nor a desk is one."""
    if all(sites.match(text) for text in raw):
        names = [strip_byline_words(squeeze(text)) for text in raw]
    else:
        names = clean_authors(raw)
    has_person = any(is_person(name) and not sites.match(name) for name in names)
    if has_person:
        names = [name for name in names if is_agency(name) or not (is_body(name) or sites.match(name))]
    return Credit(place, tuple(dict.fromkeys(names)), printed or "; ".join(raw), has_person)


def _turn_citations(name: str, contents: Sequence[str]) -> list[str]:
    """Scholarly tags give "Roe, Jane"; the others are taken as they stand, addresses left out."""
    if name == "citation_author":
        return [" ".join(reversed(content.split(", ", 1))) for content in contents]
    return [content for content in contents if "://" not in content[:12]]


def _twitter_data(page: Page) -> list[str]:
    """The value of twitter:data1 or 2 whose label says "Written by" (WordPress' Yoast plugin), or that of
    `twitter:misc:Written by`, as pages print it that are built from the plugin's JSON."""
    for label in read_words("bylines")["twitter_labels"]:
        if f"twitter:misc:{label}" in page.meta:
            return page.meta[f"twitter:misc:{label}"]
    for number in ("1", "2"):
        label = page.first_meta(f"twitter:label{number}")
        if label and label.casefold() in word_set("bylines", "twitter_labels"):
            return page.meta.get(f"twitter:data{number}", [])
    return []


def _from_elements(page: Page, sites: SiteNames) -> Iterator[Credit]:
    """Elements that are marked as byline or author, outside comments and teasers, in page order."""
    linked: list[str] = []
    for element in _marked_elements(page):
        pieces = [piece for text in element.itertext() if (piece := squeeze(str(text)))]
        persons = read_microdata(element)
        printed = " ".join(pieces) or ", ".join(persons)
        if not 2 < len(printed) <= _MAX_BYLINE_CHARS:
            continue
        credit = _credit("byline element", persons or _names_inside(element, pieces), sites)
        if not credit.has_person and not _is_sure(element, printed):
            continue
        if credit.authors and not linked:
            linked = list(credit.authors)
            yield Credit(credit.place, credit.authors, printed, credit.has_person)
            if credit.has_person:
                return


def _is_sure(element: Element, printed: str) -> bool:
    """Whether an element credits an author beyond doubt, so that the name of a desk is taken as well."""
    kinds = {element.get("rel"), element.get("itemprop"), *(element.get("class") or "").split()}
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
        if not (marked or _links_author(element)) or _stands_aside(element):
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
