"""Rules for pages only: what the boxes around a line and its links tell."""

from __future__ import annotations

from tasks.clean.boilerplate import Draft
from tasks.clean.readings import FOREIGN_MARKS, is_good_prose

_ALL_LINKS = 0.8


def take_foreign_boxes(draft: Draft) -> None:
    """Lines in boxes that the page calls related, share, newsletter ..., and lines of nothing but links."""
    for number in draft.kept:
        line = draft.lines[number]
        marks = sorted(line.marks & FOREIGN_MARKS)
        if marks:
            draft.remove([number], marks[0])
        elif line.linked_ratio > _ALL_LINKS and not line.is_heading and not is_good_prose(line):
            draft.remove([number], "link")
