"""Which JSON-LD nodes of a page speak of its article, and what stands in their fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tasks.clean.json_ld import Node
from tasks.clean.page import Page, squeeze
from tasks.clean.urls import path_of

_MAX_NAMED = 50  # a list of authors that is longer is no list of authors
# schema.org types of a text that was published; the others describe the page around it.
_PAGE_TYPES = ("WebPage", "ItemPage", "AboutPage", "FAQPage", "MedicalWebPage", "CreativeWork", "VideoObject")


def article_nodes(page: Page) -> list[Node]:
    """The nodes that describe the article, best first: with a headline, and with the page's address.

    A page may hold nodes of other articles as well, which it only links to.
    """
    nodes = [node for node in page.json_ld if any(_is_article_type(kind) for kind in types_of(node))]
    if len(nodes) < 2:
        return nodes
    path = path_of(page.url)
    return sorted(nodes, key=lambda node: (not squeeze_value(node.get("headline")), not _is_at(node, path)))


def page_nodes(page: Page) -> list[Node]:
    """The nodes that describe the page as a whole (WordPress gives times and authors there)."""
    return [node for node in page.json_ld if any(kind in _PAGE_TYPES for kind in types_of(node))]


def types_of(node: Node) -> list[str]:
    """The types of a node, without their vocabulary's address."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in listed if isinstance(kind, str)]


def named(page: Page, value: Any, depth: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Name and types of everything a field holds: texts, nodes, lists of them, references by `@id`."""
    if depth > 4:
        return
    if isinstance(value, str):
        yield squeeze_value(value), []
    elif isinstance(value, list):
        for item in value[:_MAX_NAMED]:
            yield from named(page, item, depth + 1)
    elif isinstance(value, dict):
        name = value.get("name")
        if name:
            for text, _ in named(page, name, depth + 1):
                yield text, types_of(value)
        elif isinstance(value.get("@id"), str):
            node = _node_by_id(page, value["@id"])
            if node is not None and node.get("name"):
                yield squeeze_value(node["name"]), types_of(node)


def squeeze_value(value: Any) -> str:
    """A field's text (the first of a list) on one line; empty for anything else."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    return squeeze(value) if isinstance(value, str) else ""


def _is_at(node: Node, path: str) -> bool:
    """Whether the node says that it stands at this path; the front page's says nothing."""
    main = node.get("mainEntityOfPage")
    said = [node.get("url"), main.get("@id") if isinstance(main, dict) else main]
    return path != "" and any(isinstance(address, str) and path_of(address) == path for address in said)


def _is_article_type(kind: str) -> bool:
    return kind.endswith(("Article", "Posting", "Report")) and kind != "JobPosting"


def _node_by_id(page: Page, node_id: str) -> Node | None:
    return next((node for node in page.json_ld if node.get("@id") == node_id and "name" in node), None)
