"""Pages that are no article: paywalls, consent layers, script notices, error pages, bot checks, link lists."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from core.outcomes import Reason
from tasks.clean.draft import Draft
from tasks.clean.lines import fold
from tasks.clean.page import Page

_FILE = Path(__file__).parent / "phrases" / "stubs.toml"
_SHORT = 60  # words; a longer body is an article, whatever it mentions
_SHORT_PAYWALL = 400
_SHORT_CONSENT = 200
_SHORT_LIST = 30


def find_stub(draft: Draft, title: str | None, words: int, page: Page | None) -> Reason | None:
    """The reason why a page with so few words of body is a stub, or None.

    A paywall notice counts up to 400 words of body (a teaser stands above it), the others up to 60; a list of links has hardly any.
    """
    if words > _SHORT_PAYWALL:
        return None
    text = " " + " ".join(fold(line) for line in _visible_lines(draft, page)) + " "
    head = f" {fold(title or '')} "
    for reason, phrases in _notices().items():
        limit = _SHORT_PAYWALL if reason is Reason.PAYWALL else _SHORT
        if words <= limit and any(
            phrase in text or (titled and phrase in head) for phrase, titled in phrases
        ):
            return reason
    return Reason.LINK_LIST if page is not None and words <= _SHORT_LIST and _is_link_list(draft) else None


def is_consent_notice(draft: Draft, title: str | None, words: int) -> bool:
    """Whether what was read as the body is itself the text of a consent layer, or is about cookies under
    such a layer's title."""
    if words > _SHORT_CONSENT:
        return False
    body = " " + " ".join(draft.lines[number].key for number in draft.kept) + " "
    head = f" {fold(title or '')} "
    phrases = _notices()[Reason.CONSENT_PAGE]
    return any(
        (phrase == head and "cookie" in body) if titled else phrase in body for phrase, titled in phrases
    )


def _visible_lines(draft: Draft, page: Page | None) -> list[str]:
    lines = [line.text for line in draft.lines if "hidden" not in line.marks]
    if page is not None:
        lines += [" ".join(str(tag.xpath("string()")).split())[:500] for tag in page.tree.iter("noscript")][
            :5
        ]
    return lines[:400]


def _is_link_list(draft: Draft) -> bool:
    lines = [line for line in draft.lines if len(line.words) >= 4]
    linked = [line for line in lines if line.linked_ratio > 0.8]
    return len(linked) >= 12 and len(linked) > 0.6 * len(lines)


@cache
def _notices() -> dict[Reason, list[tuple[str, bool]]]:
    """Folded phrases by reason, each with whether the page's title may hold it alone."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        Reason(name): [(f" {fold(phrase)} ", True) for phrase in entry["title"]]
        + [(f" {fold(phrase)} ", False) for phrase in entry["text"]]
        for name, entry in table.items()
    }
