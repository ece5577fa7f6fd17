"""Rules that know a line by its words: the phrase files and what an outlet's settings add to them."""

from __future__ import annotations

from tasks.clean.draft import Draft
from tasks.clean.phrases import phrase_book
from tasks.clean.text_bylines import is_credit

_END_LINES = 2  # a credit may be followed by one more line
# Groups whose weak lines ("Name", "Email") go with them.
COMPANY = frozenset({"comment_form", "share", "newsletter", "related", "cookie", "tags"})


def take_outlet_phrases(draft: Draft) -> None:
    """Lines that the outlet's own settings name."""
    if draft.extra_phrases:
        draft.remove([n for n in draft.kept if draft.lines[n].key in draft.extra_phrases], "outlet_phrase")


def take_phrases(draft: Draft) -> None:
    """Lines that the phrase files know, where their group allows them to be taken."""
    book = phrase_book()
    first, last = draft.bounds()
    behind = 0  # lines that stand after this one
    for number in reversed(draft.kept):
        group = book.find(draft.lines[number])
        if group is not None:
            at_tail, at_head = number > last, number < first
            anywhere = group.where == "anywhere" or at_tail or (group.where == "edges" and at_head)
            if anywhere or behind < _END_LINES:
                draft.remove([number], group.name)
        behind += number not in draft.removed


def take_company(draft: Draft) -> None:
    """Lines such as "Name", "Email" or "*" that are boilerplate in the company of removed ones."""
    book = phrase_book()
    found = True
    while found:
        found = False
        for number in draft.kept:
            line = draft.lines[number]
            group = book.find_weak(line)
            name = group.name if group else "comment_form"
            if (group or not line.key) and name not in draft.disabled and _beside_removed(draft, number):
                draft.remove([number], name)
                found = True


def _beside_removed(draft: Draft, number: int) -> bool:
    return draft.removed.get(number - 1) in COMPANY or draft.removed.get(number + 1) in COMPANY


def take_credits(draft: Draft) -> None:
    """Short lines that credit a photograph, and captions that end with such a credit."""
    draft.remove([n for n in draft.kept if is_credit(draft.lines[n])], "credit")


PHRASE_RULES = (take_outlet_phrases, take_phrases, take_company, take_credits)
