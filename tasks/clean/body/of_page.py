"""The body of a page: read by the page's structure; by trafilatura too where the structure is unsure."""

from __future__ import annotations

import logging
from dataclasses import replace

import trafilatura
from lxml.etree import _Element as Element

from core.outlets import CleaningOverrides
from tasks.clean.body.second_look import look_again
from tasks.clean.page.blocks.nesting import count_inline, measure_nesting
from tasks.clean.page.blocks.reader import read_lines
from tasks.clean.page.page import Page
from tasks.clean.page.readings.marks import weigh_boxes
from tasks.clean.page.readings.shared_words import find_text
from tasks.clean.page.readings.structure import read_structure
from tasks.clean.rules.order import PAGE_RULES, apply_rules
from tasks.clean.rules.outlet_rules import apply_overrides
from tasks.clean.rules.outside import tell_outside
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import count_words

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards is reported in an outcome

# Chosen on three corpora at once; the gain hardly moves between 0.6 and 0.95 of each.
_SURE = 0.9  # share of the body in boxes that the page itself calls the article's body
_AGREED = 0.9  # share of trafilatura's reading that the structure's reading holds too
_LEAST_WORDS = 60  # a shorter reading by trafilatura is a failure of its own
_LEAST_SHARE = 0.1
# Beyond these trafilatura, whose time grows with the square of a page's size and depth, is not used.
_MOST_LINES = 4_000
_MOST_CHARS = 400_000
_MOST_INLINE = 1_000  # links and the like in one block, whose texts it joins one after the other
_MOST_DEPTH = 500
_MOST_TABLES = 20  # one inside another


def read_page_body(page: Page, draft: Draft, overrides: CleaningOverrides | None = None) -> Draft:
    """The draft with the page's lines, those that are its article, and what the rules removed.

    The structure's reading is used where the page names its article's body. Elsewhere trafilatura reads
    the same tree: what lies before its first or after its last line is cut off where the two agree on
    the middle, and its reading is used alone where the structure has none. What is beside the body is
    reported with its rule as well.
    """
    draft.lines = read_lines(page.tree, page.url)
    weigh_boxes(draft.lines)
    if overrides and (overrides.keep or overrides.drop):
        apply_overrides(draft, page.tree, overrides.keep, overrides.drop)
    return tell_outside(look_again(_choose_reading(page, draft), lambda: _read_theirs(page, draft)))


def _choose_reading(page: Page, draft: Draft) -> Draft:
    """The structure's reading, trimmed by trafilatura's or replaced by it, after the rules."""
    ours = _judge(draft, read_structure(draft.lines, draft.title))
    if _is_sure(ours):
        return ours
    theirs = _read_theirs(page, draft)
    if not theirs.body:
        return ours
    if not ours.kept:
        return theirs
    if not _agree(ours, theirs):
        return ours
    return _judge(draft, {number for number in ours.body if theirs.body[0] <= number <= theirs.body[-1]})


def _read_theirs(page: Page, draft: Draft) -> Draft:
    """Trafilatura's reading, after the rules; of a page that is too large for it, one without a line."""
    if _is_huge(draft) or _is_deep(page.tree) or count_inline(page.tree) > _MOST_INLINE:
        return replace(draft, body=[], removed={})
    return _judge(draft, find_text(draft.lines, _read_with_trafilatura(page.tree)))


def _judge(draft: Draft, body: set[int]) -> Draft:
    """The draft with this reading, what the outlet's settings drop, and what the rules remove of it."""
    judged = replace(draft, body=sorted(body | draft.protected), removed={})
    return apply_rules(judged, PAGE_RULES)


def _is_huge(draft: Draft) -> bool:
    size = sum(len(line.text) for line in draft.lines)
    return len(draft.lines) > _MOST_LINES or size > _MOST_CHARS


def _is_deep(tree: Element) -> bool:
    depth, tables = measure_nesting(tree)
    return depth > _MOST_DEPTH or tables > _MOST_TABLES


def _is_sure(ours: Draft) -> bool:
    named = [number for number in ours.kept if "body" in ours.lines[number].marks]
    return 0 < _SURE * _words(ours, ours.kept) <= _words(ours, named)


def _agree(ours: Draft, theirs: Draft) -> bool:
    """Whether trafilatura's reading lies within the structure's, and is neither tiny nor all of it."""
    both = _words(ours, sorted(set(ours.kept) & set(theirs.kept)))
    our_words, their_words = _words(ours, ours.kept), _words(theirs, theirs.kept)
    is_reading = their_words >= max(_LEAST_WORDS, _LEAST_SHARE * our_words)
    return is_reading and both >= _AGREED * their_words and both < _AGREED * our_words


def _words(draft: Draft, numbers: list[int]) -> int:
    return count_words(draft.lines[number] for number in numbers)


def _read_with_trafilatura(tree: Element) -> str:
    """The text by trafilatura's fast mode, "" if it finds none; a tree that it fails on has none."""
    try:
        document = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    except RecursionError:  # it reads lists one inside another by calling itself
        return ""
    return str(getattr(document, "text", None) or "")
