"""Authors that a page states for machines: JSON-LD and meta tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.acquire.base.printed_values import read_printed
from tasks.clean.metadata.author_parts import read_parsely
from tasks.clean.metadata.credits import Credit, make_credit
from tasks.clean.page.article_nodes import article_nodes, page_nodes
from tasks.clean.page.named import named
from tasks.clean.page.page import Page
from tasks.clean.page.site_names import SiteNames
from tasks.clean.words.word_lists import read_words, word_set

_AUTHOR_FIELDS = ("author", "authors", "creator")  # the first that names a person wins


def read_stated_credits(page: Page, sites: SiteNames) -> Iterator[Credit]:
    """What the page says for machines: JSON-LD of the article, meta tags."""
    for node in article_nodes(page):
        for field in _AUTHOR_FIELDS:
            yield make_credit("json-ld", [name for name, _ in named(page, node.get(field))], sites)
    for name in read_words("bylines")["meta"]:
        if name in page.meta:
            yield make_credit(f"meta {name}", _turn_citations(name, _listed(page.meta[name])), sites)
    yield make_credit("meta parsely-page", read_parsely(page), sites)
    yield make_credit("meta twitter:data", _twitter_data(page), sites)


def read_page_credits(page: Page, sites: SiteNames) -> Iterator[Credit]:
    """JSON-LD of the page as a whole, whose author is often its webmaster."""
    for node in page_nodes(page):
        yield make_credit("json-ld page", [name for name, _ in named(page, node.get("author"))], sites)


def _listed(contents: Sequence[str]) -> list[str]:
    """Contents of meta tags, with the items of those that are printed lists."""
    printed = (read_printed(text) if text.startswith("[") else text for text in contents)
    return [str(name) for value in printed for name in (value if isinstance(value, list) else [value])]


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
