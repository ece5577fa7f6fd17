"""Which JSON-LD nodes of a page speak of its article, and what is in their fields."""

from __future__ import annotations

from typing import Any

from tasks.clean.page.json_ld import Node
from tasks.clean.page.page import Page, squeeze
from tasks.clean.page.urls import path_of
from tasks.clean.words.lines import fold, split_words

_MAX_HEADINGS = 12
_ALIKE = 0.25  # share of common words (Dice); the text for search engines is worded otherwise
# schema.org types of a text that was published; the others describe the page around it.
_PAGE_TYPES = ("WebPage", "ItemPage", "AboutPage", "FAQPage", "MedicalWebPage", "CreativeWork", "VideoObject")


def article_nodes(page: Page) -> list[Node]:
    """The nodes that describe the article, best first: with a headline, and with the page's address.

    A page can hold nodes of other articles as well, which it only links to: those with another address, or
    with none, whose headline has hardly a word of the page's own headings are left out.
    """
    nodes = [node for node in page.json_ld if any(_is_article_type(kind) for kind in types_of(node))]
    if not nodes:
        return []
    path, headings = path_of(page.url), _read_headings(page)
    own = [node for node in nodes if not _is_of_another(node, path, headings)]
    return sorted(own, key=lambda node: (not squeeze_value(node.get("headline")), not _is_at(node, path)))


def page_nodes(page: Page) -> list[Node]:
    """The nodes that describe the page as a whole (WordPress gives times and authors there)."""
    return [node for node in page.json_ld if any(kind in _PAGE_TYPES for kind in types_of(node))]


def types_of(node: Node) -> list[str]:
    """The types of a node, without their vocabulary's address."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in listed if isinstance(kind, str)]


def squeeze_value(value: Any) -> str:
    """A field's text (the first of a list) on one line; empty for anything else."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    return squeeze(value) if isinstance(value, str) else ""


def _is_at(node: Node, path: str) -> bool:
    """Whether the node says that it is at this path; the front page's says nothing."""
    return path != "" and path in _said_paths(node)


def _said_paths(node: Node) -> list[str]:
    """The paths that the node gives as its own address."""
    main = node.get("mainEntityOfPage")
    said = [node.get("url"), main.get("@id") if isinstance(main, dict) else main]
    return [path_of(address) for address in said if isinstance(address, str)]


def _is_of_another(node: Node, path: str, headings: list[str]) -> bool:
    """Whether the node describes an article that this page only links to."""
    if _is_at(node, path):
        return False
    headline = fold(squeeze_value(node.get("headline")))
    if headline and headings:
        return not any(_are_alike(headline, heading) for heading in headings)
    return path != "" and any(_said_paths(node))


def _read_headings(page: Page) -> list[str]:
    """What the page calls its article, folded: headings of the first order and its titles."""
    said = [*page.h1s[:_MAX_HEADINGS], page.first_meta("og:title"), page.first_meta("twitter:title")]
    return [folded for text in (*said, page.title_tag) if text and (folded := fold(text))]


def _are_alike(one: str, other: str) -> bool:
    """Whether two folded texts have a fair share of their words in common, or one holds the other."""
    if one in other or other in one:
        return True
    a, b = set(split_words(one)), set(split_words(other))
    return 2 * len(a & b) >= _ALIKE * (len(a) + len(b))


def _is_article_type(kind: str) -> bool:
    return kind.endswith(("Article", "Posting", "Report")) and kind != "JobPosting"
