"""The names of a page's outlet, so that they can be cut from titles and are not taken for authors."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.outlets import Outlet
from tasks.clean.page.article_nodes import types_of
from tasks.clean.page.named import named
from tasks.clean.page.page import Page
from tasks.clean.page.urls import host_of
from tasks.clean.words.word_lists import word_set

_NOT_LETTERS = re.compile(r"[\W_]+")
_META_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "cre", "dc.publisher")
_NEARLY_ALL = 0.85
_MAX_SAID = 60  # a page that names more publishers than that is a list of other pages
_SECOND_LEVELS = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go"})
_MARKS = re.compile(r"\s*[|»«•·]\s*|\s+[-–—:]\s+")


@dataclass(frozen=True)
class SiteNames:
    """`names` are compact (letters and digits only, case folded); `label` is the host's own name."""

    names: frozenset[str]
    label: str

    def match(self, text: str) -> bool:
        """Whether the text is a name of the outlet: one it gives itself, its host's, or its initials."""
        found = compact(text)
        if not found or len(text) > 80:
            return False
        if found in self.names or any(_is_within(found, name) for name in self.names):
            return True
        return self._match_label(found, text)

    def _match_label(self, found: str, text: str) -> bool:
        if len(self.label) < 3:
            return found == self.label
        initials = "".join(word[0] for word in re.findall(r"\w+", text)).casefold()
        if len(initials) >= 3 and self.label.startswith(initials):
            return True
        first = text.split()[0]
        if first.isupper() and first.casefold() == self.label and len(text.split()) <= 4:
            return True  # a desk named by the outlet's short name: "HPN Harbour" at hpn.example
        bare = self.label.removeprefix("the").removesuffix("online")
        covers = len(bare) >= 4 and (found.startswith(bare) or found.endswith(bare))
        return (
            found in (self.label, bare)
            or (covers and len(text.split()) <= 4)
            or _is_within(found, self.label)
        )


def compact(text: str) -> str:
    """Letters and digits of a text only, case folded."""
    return _NOT_LETTERS.sub("", text).casefold()


def find_site_names(page: Page, outlet: Outlet | None = None) -> SiteNames:
    """What the outlet calls itself: in meta tags, JSON-LD, its settings and its host."""
    said = [value for name in _META_NAMES for value in page.meta.get(name, [])]
    said += [name for name in (outlet.name, outlet.key) if name] if outlet else []
    for node in page.json_ld:
        kinds = types_of(node)
        is_site = any(kind in ("WebSite", "NewsMediaOrganization", "Organization") for kind in kinds)
        if is_site and "Person" not in kinds:
            said += [text for text, _ in named(page, node.get("name"))]
        said += [text for text, _ in named(page, node.get("publisher"))]
    pieces = {compact(piece) for text in said[:_MAX_SAID] for piece in (text, *_MARKS.split(text))}
    names = frozenset(piece for piece in pieces if 2 <= len(piece) <= 60)
    return SiteNames(names, _host_label(page.url))


def _is_within(found: str, name: str) -> bool:
    """Whether one of the two is the other and a word that names are given with or without ("the", "online")."""
    short, long = sorted((found, name), key=len)
    if len(short) < 4 or short not in long:
        return False
    rest = {long.removeprefix(short), long.removesuffix(short)} - {long}
    extras = word_set("titles", "name_extras")
    return len(short) >= _NEARLY_ALL * len(long) if not rest else bool(rest & extras)


def _host_label(url: str | None) -> str:
    """The host's own name: "example" of www.example.co.uk."""
    labels = host_of(url).split(".")
    while len(labels) > 2 and labels[-2] in _SECOND_LEVELS:
        labels = [*labels[:-2], labels[-1]]
    return _NOT_LETTERS.sub("", labels[-2]) if len(labels) >= 2 else ""
