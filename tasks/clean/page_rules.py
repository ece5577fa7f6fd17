"""Rules for pages only: what the boxes around a line and its links tell."""

from __future__ import annotations

from tasks.clean.boilerplate import Draft
from tasks.clean.lines import Line
from tasks.clean.readings import FOREIGN_MARKS, is_good_prose

_ALL_LINKS = 0.8
_TEASER_WORDS = 60


def take_foreign_boxes(draft: Draft) -> None:
    """Lines in boxes that the page calls related, share, newsletter ..., and lines of nothing but links."""
    for number in draft.kept:
        line = draft.lines[number]
        marks = sorted(line.marks & FOREIGN_MARKS)
        if marks:
            draft.remove([number], marks[0])
        elif line.linked_ratio > _ALL_LINKS and not line.is_heading and not is_good_prose(line):
            draft.remove([number], "link")


def take_headlines(draft: Draft) -> None:
    """The page's main headings, and what stands in boxes called byline or date, outside sentences."""
    for number in draft.kept:
        line = draft.lines[number]
        if line.tag == "h1":
            draft.remove([number], "title")
        elif len(line.words) <= 20 and line.marks & {"byline", "date"} and not line.is_heading and "list" not in line.marks:
            draft.remove([number], "byline" if "byline" in line.marks else "date")


def take_repeats(draft: Draft) -> None:
    """Lines of six words or more that stood before."""
    seen: set[str] = set()
    for number in draft.kept:
        key = draft.lines[number].key
        if key in seen and len(draft.lines[number].words) >= 6:
            draft.remove([number], "repeated")
        seen.add(key)


def take_trailing_headings(draft: Draft) -> None:
    """Headings with nothing under them at the end of the body."""
    for number in reversed(draft.kept):
        if not draft.lines[number].is_heading:
            return
        draft.remove([number], "heading")


def take_teasers(draft: Draft) -> None:
    """Three or more headings that lead to other pages, outside the body box, with the teasers under them."""
    linked = [n for n in draft.kept if _is_linked_heading(draft.lines[n])]
    if len(linked) < 3:
        return
    for heading, following in zip(linked, [*linked[1:], len(draft.lines)], strict=True):
        under = [n for n in draft.kept if heading < n < following]
        draft.remove([heading], "teaser")
        if sum(len(draft.lines[n].words) for n in under) <= _TEASER_WORDS:
            draft.remove(under, "teaser")


def _is_linked_heading(line: Line) -> bool:
    titled = line.is_heading or "title" in line.marks
    return titled and line.linked_ratio > 0.9 and "body" not in line.marks


PAGE_RULES = (take_foreign_boxes, take_headlines, take_repeats, take_teasers, take_trailing_headings)
