"""What a page calls its boxes: class, id, role and tag names read as a few marks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from lxml.etree import _Element as Element

NO_MARKS: frozenset[str] = frozenset()

# WAI-ARIA landmarks and HTML sectioning, https://html.spec.whatwg.org/multipage/sections.html
_TAG_MARKS = {
    tag: frozenset({mark})
    for tag, mark in {
        "nav": "nav",
        "footer": "footer",
        "header": "header",
        "aside": "sidebar",
        "figcaption": "caption",
        "figure": "figure",
        "form": "form",
        "button": "button",
        "label": "button",
        "time": "date",
        "address": "byline",
        "table": "table",
        "blockquote": "quote",
        "dialog": "widget",
    }.items()
}
_NAMING = ("class", "role", "data-testid", "data-component", "itemprop", "rel")
_LONGEST_ID = 3  # words; a longer id is the slug of a heading or a post
_HIDDEN = frozenset({"hidden"})
_NAV = frozenset({"nav"})  # headings are what a table of contents points at
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BODY = frozenset({"body"})
_PAGE_TAGS = frozenset({"html", "body"})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PARTING = re.compile(r"[^a-z0-9]+")
_HIDING = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden")
_SHOWS = frozenset({"overflow", "backface"})  # "overflow-hidden" is shown: what runs over its edge is cut
_DENIED = frozenset({"no", "without"})
_DENIED_BEHIND = frozenset({"false", "off", "disabled"})
_LONGEST_NAME = 400  # utility-class frameworks write longer ones; what counts is in front
# WordPress writes the tags and categories of a post, so free words, among its classes.
_FREE_WORDS = ("tag-", "category-", "post-tag-", "author-", "topic-", "tags-", "section-", "format-", "type-")
_WORDPRESS_POST = re.compile(r"\b(?:hentry|type-post|type-page|post-\d+)\b")


@dataclass(eq=False, slots=True)
class Box:
    """An element that bears marks, inside the boxes around it. `body_words` counts the words of the
    article's body within it, as far as they are known: a box that holds most of the body says
    nothing about any line of it, however it is called."""

    own: frozenset[str]
    parent: Box | None
    body_words: int = field(default=0)

    def marks(self, body_words: int) -> frozenset[str]:
        """Marks of this box and those around it, less the boxes that hold half of `body_words`."""
        found = NO_MARKS
        box: Box | None = self
        while box is not None:
            if 2 * box.body_words < body_words or not body_words:
                found = found | box.own
            elif "body" in box.own:
                found = found | _BODY
            box = box.parent
        return found


def read_marks(element: Element) -> frozenset[str]:
    """Marks of one element itself: its tag's landmark, what its names mean, `hidden` if it is."""
    marks = _TAG_MARKS.get(element.tag, NO_MARKS)
    attributes = cast("dict[str, str]", dict(element.items()))
    if not attributes or element.tag in _PAGE_TAGS:
        return marks
    names = " ".join([attributes[name] for name in _NAMING if name in attributes])
    own_id = attributes.get("id")
    if own_id and len(_PARTING.split(own_id)) <= _LONGEST_ID:
        names = f"{names} {own_id}"
    if names:
        named = _read_names(names[:_LONGEST_NAME])
        marks = marks | (named - _NAV if element.tag in _HEADINGS else named) if named else marks
    return marks | _HIDDEN if _is_hidden(attributes) else marks


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return "style" in attributes and _HIDING.search(attributes["style"]) is not None


@lru_cache(maxsize=2_000)
def _read_names(names: str) -> frozenset[str]:
    tokens = names.split()
    if _WORDPRESS_POST.search(names):
        tokens = [token for token in tokens if not token.startswith(_FREE_WORDS)]
    found = NO_MARKS
    for token in tokens:
        if ":" not in token:  # "print:hidden" says how it looks elsewhere
            found |= _read_token(token)
    return found


@lru_cache(maxsize=4_000)
def _read_token(token: str) -> frozenset[str]:
    vocabulary = _vocabulary()
    words = _PARTING.split(_CAMEL.sub("-", token).lower())
    if words[-1] in _DENIED_BEHIND or not _DENIED.isdisjoint(words):
        return NO_MARKS  # "no-sidebar", "sidebar-enabled--false" say that there is no sidebar
    found = NO_MARKS
    for at, word in enumerate(words):
        if word in _first_words():
            for size in (1, 2, 3):
                found |= vocabulary.get(" ".join(words[at : at + size]), NO_MARKS)
    return found if _SHOWS.isdisjoint(words) else found - _HIDDEN


@cache
def _first_words() -> frozenset[str]:
    return frozenset(entry.split()[0] for entry in _vocabulary())


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    """Marks by the words of marks.toml."""
    table = tomllib.loads((Path(__file__).parent / "marks.toml").read_text(encoding="utf-8"))
    found: dict[str, frozenset[str]] = {}
    for mark, entries in table.items():
        for entry in entries:
            found[entry] = found.get(entry, NO_MARKS) | {mark}
    return found
