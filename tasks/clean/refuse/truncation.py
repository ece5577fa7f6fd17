"""Whether a page shows the beginning of its article only: what comes right after the body, what the page says of itself."""
# Why: see docs/decisions.md, "Truncated means that a paywall's notice ends the text".

from __future__ import annotations

import re

from tasks.clean.page.article_nodes import article_nodes, page_nodes
from tasks.clean.page.page import Page
from tasks.clean.refuse.stubs import is_offer, is_paywall
from tasks.clean.rules.boxes import is_link_line
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line

_SHORT = 400  # words; a longer body is no teaser above a paywall
_SHORT_PAID = 150  # of an article that is said to be paid for
_SHORT_OFFER = 100  # above an offer only
_NEAR = 8  # lines behind the body
# Boxes whose lines are about other articles, or on every page.
_APART = frozenset({"nav", "header", "sidebar", "related", "footer", "comments", "hidden"})
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"”’»]?$")
_NOT_FREE = frozenset({"false", "no", "0"})


def is_truncated(draft: Draft, words: int, page: Page | None) -> bool:
    """Whether the body is a beginning: the notice of a paywall is in it or right behind it, or the page says that
    its article is not free, and the text is short or breaks off."""
    kept = draft.kept
    if not kept or words > _SHORT:
        return False
    if page is not None and _is_paid(page):
        return words <= _SHORT_PAID or _ELLIPSIS.search(draft.lines[kept[-1]].text) is not None
    notices = [line for line in _read_on(draft, kept[0], kept[-1]) if is_paywall(line)]
    return any(words <= _SHORT_OFFER or not is_offer(line) for line in notices)


def _is_paid(page: Page) -> bool:
    """Whether the page's JSON-LD says that its article is not free (schema.org, isAccessibleForFree)."""
    nodes = article_nodes(page) or page_nodes(page)
    return any(_reads_false(node.get("isAccessibleForFree")) for node in nodes)


def _reads_false(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.rpartition("/")[2].casefold() in _NOT_FREE)


def _read_on(draft: Draft, first: int, last: int) -> list[Line]:
    """The lines taken out of the body, and those behind it as far as other articles or the page's end begin."""
    inside = [draft.lines[n] for n in range(first, last) if n in draft.removed]
    found = [line for line in inside if line.marks.isdisjoint(_APART)]
    for line in draft.lines[last + 1 : last + 1 + _NEAR]:
        if not line.marks.isdisjoint(_APART) or (is_link_line(line) and not is_paywall(line)):
            break
        found.append(line)
    return found
