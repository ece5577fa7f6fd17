"""Authors in forms of their own: marked persons (microdata, RDFa), and the record of Parse.ly in a meta tag."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice, takewhile

from lxml.etree import _Element as Element

from tasks.clean.page.named import join_name_parts
from tasks.clean.page.page import Page, squeeze, text_of

_MAX_PERSONS = 50
_FIELDS = ("author", "creator", "has_creator")


def names_author(element: Element) -> str | None:
    """ "author" or "creator" where an element says by microdata or RDFa that it is one, else None."""
    said = _property_of(element)
    return said if said in _FIELDS else None


def read_persons(element: Element) -> list[str]:
    """The persons of an element with such a property whose names are parted or marked, and of those of the same kind that
    follow it; none of an element that is only text."""
    kind = names_author(element)
    if kind is None:
        return []
    persons = _read_person(element)
    parent = element.getparent()
    beside = (element,) if parent is None or parent.tag != "li" else (element, parent)
    behind = (item for one in beside for item in one.itersiblings()) if persons else ()
    others = (other for item in behind for other in _authors_in(item, kind))
    return [*persons, *(name for other in islice(others, _MAX_PERSONS) for name in _read_person(other))]


def _authors_in(item: Element, kind: str) -> Iterator[Element]:
    """The element itself or, of an item of a list, what it holds, with this property."""
    held = item if item.tag == "li" else (item,)
    return (element for element in held if isinstance(element.tag, str) and names_author(element) == kind)


def _read_person(element: Element) -> list[str]:
    given, middle, family = (
        _read_props(element, name) for name in ("givenName", "additionalName", "familyName")
    )
    if len(given) == len(family) == 1:
        return [join_name_parts(given[0], middle[0] if middle else "", family[0])]
    return _read_props(element, "name")


def _property_of(element: Element) -> str:
    """What an element is of the thing around it, without the prefix of its vocabulary: "author" of "schema:author"."""
    said = element.get("itemprop") or element.get("property") or ""
    if not said and ":" in (element.get("rel") or ""):
        said = element.get("rel") or ""  # Drupal: "sioc:has_creator"
    return said.rpartition("/")[2].rpartition(":")[2]


def read_parsely(page: Page) -> list[str]:
    """The authors in the meta tag `parsely-page`, whose content is a JSON object."""
    return [name for content in page.meta.get("parsely-page", []) for name in _read_record(content)]


def _read_record(content: str) -> Iterator[str]:
    try:
        record = json.loads(content)
    except (ValueError, RecursionError):
        return  # the page's other places decide
    if not isinstance(record, dict):
        return
    said = record.get("authors") or record.get("author")
    for name in (said if isinstance(said, list) else [said])[:_MAX_PERSONS]:
        if isinstance(name, str):
            yield squeeze(name)


def _read_props(element: Element, name: str) -> list[str]:
    """What is in the parts of an element with this property: their text, or the content of a meta tag."""
    found = [
        inner
        for inner in element.iterdescendants()
        if isinstance(inner.tag, str) and _property_of(inner) == name and _is_of(inner, element)
    ]
    texts = (squeeze(inner.get("content") or text_of(inner)) for inner in found[:_MAX_PERSONS])
    return [text for text in texts if text]


def _is_of(inner: Element, element: Element) -> bool:
    """Whether a property is the element's own, and not that of the newspaper that a person writes for."""
    for above in takewhile(lambda one: one is not element, inner.iterancestors()):
        if above.get("itemscope") is not None or above.get("typeof"):
            return False
    return True
