"""The names in a field of JSON-LD, in every form that schema.org allows and pages write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tasks.clean.page.article_nodes import types_of
from tasks.clean.page.json_ld import Node
from tasks.clean.page.page import Page, squeeze

Named = tuple[str, list[str]]  # a name, and the types of the node that has it

_DEEPEST = 6
_MAX_NAMED = 50  # a list of authors that is longer is no list of authors
_MAX_LOOKED_AT = 2_000  # nodes among which a reference is looked for
_GIVEN, _MIDDLE, _FAMILY = ("givenName", "firstName"), ("additionalName",), ("familyName", "lastName")
# Nodes that are around a person: a role (the same field again), a page about the person, a place in a list.
_AROUND = ("Role", "ProfilePage", "WebPage", "ListItem", "ItemList")
_WITHIN = ("author", "creator", "mainEntity", "item", "itemListElement", "@list", "@set")
_FAMILY_FIRST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def named(page: Page, value: Any, depth: int = 0) -> Iterator[Named]:
    """Name and types of everything a field holds: texts, nodes, lists of them, references by `@id`.

    A person given in parts has one name; of a role, a profile page or a list, the persons inside are named.
    """
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield from _name_text(page, value, depth + 1)
    elif isinstance(value, list):
        for item in value[:_MAX_NAMED]:
            yield from named(page, item, depth + 1)
    elif isinstance(value, dict):
        yield from _name_node(page, value, depth + 1)


def join_name_parts(given: str, middle: str, family: str) -> str:
    """One name of its parts, in the order of their script."""
    if _FAMILY_FIRST.search(family + given):
        return f"{family}{given}"
    return " ".join(part for part in (given, middle, family) if part)


def _name_text(page: Page, text: str, depth: int) -> Iterator[Named]:
    """A name, or the person to whose node a reference leads ("#staff-3", an address)."""
    node = _find_node(page, text) if "#" in text or "/" in text else None
    if node is not None:
        yield from named(page, node, depth)
    elif not text.startswith(("#", "_:")):
        yield squeeze(text), []


def _name_node(page: Page, node: Node, depth: int) -> Iterator[Named]:
    if any(kind.endswith(_AROUND) for kind in types_of(node)) and _holds_within(node):
        yield from _name_within(page, node, depth)
    elif texts := _texts_of(node.get("name")):
        yield from ((text, types_of(node)) for text in texts)
    elif text := _join_parts(node) or " ".join((_texts_of(node) or _texts_of(node.get("alternateName")))[:1]):
        yield text, types_of(node)
    elif _holds_within(node):
        yield from _name_within(page, node, depth)
    elif node and all(key.isdigit() for key in node):  # a list as PHP prints one with gaps
        yield from named(page, list(node.values()), depth)
    elif isinstance(node.get("@id"), str) and (found := _find_node(page, node["@id"])):
        yield from named(page, found, depth)


def _name_within(page: Page, node: Node, depth: int) -> Iterator[Named]:
    for key in _WITHIN:
        if node.get(key):
            yield from named(page, node[key], depth)
            return


def _holds_within(node: Node) -> bool:
    return any(node.get(key) for key in _WITHIN)


def _texts_of(value: Any) -> list[str]:
    """The texts of a field: a text, a text with its language (`@value`), or a list. Of one name in several languages, the
    first."""
    if isinstance(value, dict):
        said = value.get("@value") or _join_parts(value)
        return [squeeze(said)] if isinstance(said, str) and said.strip() else []
    if isinstance(value, list):
        texts = [text for item in value[:_MAX_NAMED] for text in _texts_of(item)]
        is_translated = any(isinstance(item, dict) and "@language" in item for item in value)
        return texts[:1] if is_translated else texts
    return [squeeze(value)] if isinstance(value, str) and value.strip() else []


def _join_parts(node: Node) -> str:
    """The name of a person that the node gives in parts; empty if it has no parts."""
    given, middle, family = (_first_text(node, keys) for keys in (_GIVEN, _MIDDLE, _FAMILY))
    return join_name_parts(given, middle, family) if given or family else ""


def _first_text(node: Node, keys: tuple[str, ...]) -> str:
    return next((text for key in keys for text in _texts_of(node.get(key))[:1]), "")


def _find_node(page: Page, node_id: str) -> Node | None:
    """The node with this `@id` that names something, anywhere in the page's JSON-LD."""
    for node in _walk(page.json_ld):
        if node.get("@id") == node_id and (node.get("name") or _join_parts(node) or _holds_within(node)):
            return node
    return None


def _walk(nodes: list[Node]) -> Iterator[Node]:
    """The nodes, and then those inside their fields."""
    ahead: list[Any] = list(nodes)
    for place in range(_MAX_LOOKED_AT):
        if place >= len(ahead):
            return
        value = ahead[place]
        if isinstance(value, dict):
            yield value
            ahead += [inner for inner in value.values() if isinstance(inner, dict | list)]
        else:
            ahead += [inner for inner in value if isinstance(inner, dict | list)]
