"""Bylines printed around the headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from lxml.etree import _Element as Element

from tasks.clean.metadata.credits import Credit, make_credit
from tasks.clean.page.headline import Surroundings
from tasks.clean.page.site_names import SiteNames
from tasks.clean.words.authors.clean import clean_authors
from tasks.clean.words.authors.persons import is_person
from tasks.clean.words.authors.printed_names import read_after_by
from tasks.clean.words.word_lists import read_words, word_set

_MAX_BYLINE_WORDS = 24
_SHORT_WORDS = 7
_MAX_DESK_WORDS = 5


def read_headline_credits(around: Surroundings, sites: SiteNames) -> Iterator[Credit]:
    """Bylines printed around the headline: "By" and a name, or a link to an author's page."""
    for pieces in (around.behind, around.before):
        for number, piece in enumerate(pieces):
            rest = read_after_by(piece.text)
            if rest is not None and not _is_sentence(piece.text):
                following = [rest] if rest else []
                following += [later.text for later in pieces[number + 1 : number + 6]]
                names = _take_names(following, sites)
                printed = piece.text if rest else f"{piece.text} {', '.join(names)}"
                yield make_credit("byline", names, sites, printed)
    for pieces in (around.behind, around.before):
        for piece in pieces:
            if links_author(piece.element) and is_person(piece.text):
                yield make_credit("author link", [piece.text], sites)


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


def links_author(element: Element | None) -> bool:
    """Whether an element is a link to an author's page, or is inside one."""
    while element is not None and element.tag in ("span", "strong", "b", "em", "i"):
        element = element.getparent()
    if element is None or element.tag != "a":
        return False
    address = (element.get("href") or "").lower()
    return any(path in address for path in read_words("bylines")["author_paths"])
