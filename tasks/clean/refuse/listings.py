"""Pages that only lead to articles: lists of links, front pages and archives of teasers."""

from __future__ import annotations

from tasks.clean.page.article_nodes import article_nodes, types_of
from tasks.clean.page.page import Page
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line, count_words

_LINKED = 0.8
_LEAST_LINKS = 12
_LEAST_SHARE = 0.6
_LEAST_TEASERS = 6
_TEASER_WORDS = 60
_BETWEEN = 3  # lines between such a heading and its text: author, time, section
_TEASERS_SHARE = 0.8  # of the words of teasers and body
_LIST_TYPES = frozenset({"CollectionPage", "SearchResultsPage"})


def is_link_list(draft: Draft) -> bool:
    """Whether the lines of a page are mostly links, or many headings lead away from it."""
    lines = [line for line in draft.lines if len(line.words) >= 4]
    linked = [line for line in lines if line.linked_ratio > _LINKED]
    if len(linked) >= _LEAST_LINKS and len(linked) > _LEAST_SHARE * len(lines):
        return True
    return sum(line.is_heading for line in linked) >= _LEAST_TEASERS


def is_teaser_list(draft: Draft, page: Page, title: str | None) -> bool:
    """Whether a page that does not call itself an article holds hardly more than teasers: short texts, each right
    under a heading that links to its article.

    Without a headline, or on a page that says it is a collection, those teasers count too that the rules took.
    """
    if article_nodes(page):
        return False
    is_collection = title is None or _says_collection(page)
    if not is_collection and page.first_meta("og:type") == "article":
        return False
    kept = _find_teasers(draft)
    taken = [n for n, rule in draft.removed.items() if rule == "teaser"] if is_collection else []
    headings = sum(draft.lines[number].is_heading for number in taken)
    words = count_words(draft.lines[number] for number in (*kept, *taken))
    total = count_words(draft.lines[number] for number in (*draft.kept, *taken))
    return len(kept) + headings >= _LEAST_TEASERS and words >= _TEASERS_SHARE * total


def _find_teasers(draft: Draft) -> list[int]:
    """Numbers of the kept short texts right under a heading that is a link; one for each heading."""
    found: list[int] = []
    seen: set[int] = set()
    for number in draft.kept:
        if draft.lines[number].is_heading or len(draft.lines[number].words) > _TEASER_WORDS:
            continue
        above = range(number - 1, max(-1, number - 2 - _BETWEEN), -1)
        heading = next((at for at in above if draft.lines[at].is_heading), None)
        if heading is not None and heading not in seen and _is_linked(draft.lines[heading]):
            seen.add(heading)
            found.append(number)
    return found


def _is_linked(heading: Line) -> bool:
    return heading.tag != "h1" and len(heading.words) >= 3 and heading.linked_ratio > _LINKED


def _says_collection(page: Page) -> bool:
    return any(kind in _LIST_TYPES for node in page.json_ld for kind in types_of(node))
