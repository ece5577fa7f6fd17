"""Authors in two forms of their own: microdata that parts a name, and the record of Parse.ly in a meta tag."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice, takewhile

from lxml.etree import _Element as Element

from tasks.clean.page.named import join_name_parts
from tasks.clean.page.page import Page, squeeze, text_of

_MAX_PERSONS = 50


def read_microdata(element: Element) -> list[str]:
    """The persons whose names are in parts, or unseen, in an element with `itemprop` (schema.org's microdata), and in
    those of the same kind that follow it."""
    kind = element.get("itemprop")
    if kind not in ("author", "creator"):
        return []
    persons = _read_person(element)
    alike = takewhile(lambda other: other.get("itemprop") == kind, element.itersiblings() if persons else ())
    return [*persons, *(name for other in islice(alike, _MAX_PERSONS) for name in _read_person(other))]


def _read_person(element: Element) -> list[str]:
    given, middle, family = (
        _read_props(element, name) for name in ("givenName", "additionalName", "familyName")
    )
    if len(given) == len(family) == 1:
        return [join_name_parts(given[0], middle[0] if middle else "", family[0])]
    return [] if text_of(element).strip() else _read_props(element, "name")


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
    """What is in the parts of an element with this `itemprop`: their text, or the content of a meta tag."""
    found = [inner for inner in element.iterdescendants() if inner.get("itemprop") == name]
    texts = (squeeze(inner.get("content") or text_of(inner)) for inner in found[:_MAX_PERSONS])
    return [text for text in texts if text]
