"""One decoding and one parse of a page for the whole stage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree, html
from lxml.etree import _Element as Element

from tasks.clean.page.attributes import cut_attributes
from tasks.clean.page.encoding.decode import Decoded, decode_text, drop_unwritable
from tasks.clean.page.invisible import drop_anywhere, drop_invisible, drop_references, is_visible
from tasks.clean.page.json_ld import read_json_ld

_MAX_SCRIPTS = 50
# What libxml2 reports when it stops: depth, size of a buffer.
_GAVE_UP = frozenset({"ERR_INTERNAL_ERROR", "ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY"})
_EMPTY_PAGE = "<html><body></body></html>"
# References to characters that XML does not allow: the parser creates them and cannot read them again.
_CONTROLS = re.compile(
    r"&#(?:0*(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|[xX]0*(?:[1-8bcef]|1[\da-f]|fff[ef])(?![\da-f]));?",
    re.IGNORECASE,
)
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)


@dataclass(eq=False)
class Page:
    """A page, decoded and parsed once. Readers share `tree` and must not change it (copy first).

    `html` is the decoded text, `encoding` the charset it was read with, `encoding_note` what had to
    be repaired, or that the parser stopped, or None. The rest is read from the tree when it is first needed.
    """

    html: str
    tree: Element
    encoding: str
    encoding_note: str | None
    url: str | None

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Contents of `meta` tags by lower-cased name, property or itemprop, in page order, no blanks."""
        found: dict[str, list[str]] = {}
        for tag in self.tree.iter("meta"):
            content = squeeze(tag.get("content"))
            if not content:
                continue
            keys = {squeeze(tag.get(kind)).lower(): None for kind in ("name", "property", "itemprop")}
            for key in keys:
                if key:
                    found.setdefault(key, []).append(content)
        return found

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Every JSON-LD node of the page in order, `@graph` and main entities laid flat."""
        scripts = [
            tag.text or "" for tag in self.tree.iter("script") if "ld+json" in (tag.get("type") or "").lower()
        ]
        return [node for script in scripts[:_MAX_SCRIPTS] for node in read_json_ld(script)]

    @cached_property
    def title_tag(self) -> str | None:
        """Text of the `title` tag of the head (not that of an SVG), or None."""
        for tag in self.tree.iter("title"):
            parent = tag.getparent()
            if parent is None or parent.tag != "svg":
                return text_of(tag) or None
        return None

    @cached_property
    def h1s(self) -> list[str]:
        """Texts of the `h1` headings in page order, no blanks."""
        texts = (text_of(tag) for tag in self.tree.iter("h1"))
        return [text for text in texts if text]

    @cached_property
    def time_tags(self) -> list[Element]:
        """The `time` elements in page order."""
        return list(self.tree.iter("time"))

    def first_meta(self, *names: str) -> str | None:
        """The first content of the first of these meta names that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)


_ONE_CLASS = etree.ElementDefaultClassLookup(element=html.HtmlElement)


def parse_page(payload: bytes, charset: str | None = None, url: str | None = None) -> Page:
    """The page of a payload. Raises PayloadError (BinaryPayloadError, EncodingError) if it is no text."""
    return build_page(decode_text(payload, charset, url), url)


def build_page(decoded: Decoded, url: str | None = None) -> Page:
    """The page of text that is decoded already (the HTML field of a record)."""
    text = drop_anywhere(drop_unwritable(decoded.text))
    tree, cut = _parse_tree(text)
    return Page(text, tree, decoded.encoding, "; ".join(filter(None, (decoded.note, *cut))) or None, url)


def parse_fragment(text: str) -> Element:
    """The tree of a piece of HTML, as feeds and JSON-LD hold it."""
    return _parse_tree(drop_anywhere(drop_unwritable(text)))[0]


def _parse_tree(text: str) -> tuple[Element, list[str]]:
    """The lxml tree, of an empty html element where nothing can be parsed, and notes of what was cut off.

    `huge_tree` lifts libxml2's limits from 10 MB to 1 GB for a text and from 256 to 2,048 for depth;
    the payload's own size is limited before, and HTML has no entities of its own that could expand.
    The end tags of body and html go first: templates close the page under its header, and browsers read on
    (HTML standard, 13.2.6.4.19 "after body"), while libxml2 drops what follows.
    """
    parser = html.HTMLParser(
        collect_ids=False,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=True,
    )
    # One class for all elements: lxml.html asks a Python function for each one's class else, which costs a tenth of
    # the walks over a page, and only its form fields would have another.
    parser.set_element_class_lookup(_ONE_CLASS)
    text, cut = cut_attributes(text.replace("\f", " ").replace("\v", " "))
    payload = _ENDS.sub("", _CONTROLS.sub("", drop_references(text))).encode()
    try:
        tree = html.document_fromstring(payload or _EMPTY_PAGE.encode(), parser=parser)
    except etree.ParserError:
        tree = html.document_fromstring(_EMPTY_PAGE.encode(), parser=parser)
    stopped = any(entry.type_name in _GAVE_UP for entry in parser.error_log)
    stop = "nested too deep for the parser, which stopped there" if stopped else None
    return tree, list(filter(None, (cut, stop)))


def text_of(element: Element) -> str:
    """The text inside an element with each run of whitespace made one space."""
    return squeeze(str(element.xpath("string()")))


def squeeze(text: str | None) -> str:
    """The text with each run of whitespace made one space, none at the ends, and nothing unwritable or invisible.

    A no-break space that groups digits stays one: "2 500 000" is one number in every language. JSON can hold half of a character ("\\ud83d" alone) or NUL, which no table can.
    """
    shown = " ".join(text.split()) if text else ""
    if text and not text.isascii() and _GROUPING.search(text):
        text = drop_invisible(drop_unwritable(text))
        return "\u00a0".join(" ".join(part.split()) for part in _GROUPING.split(text))
    return shown if is_visible(shown) else " ".join(drop_invisible(drop_unwritable(shown)).split())


# No-break, figure, thin and narrow no-break spaces before a group of three digits.
_GROUPING = re.compile(r"(?<=\d)(?<!\d{4})[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")
