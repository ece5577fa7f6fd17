"""Rules that know a line by its words: the phrase files and what an outlet's settings add to them."""

from __future__ import annotations

from tasks.clean.words.draft import Draft, is_prose
from tasks.clean.words.lines import Line
from tasks.clean.words.phrases import phrase_book
from tasks.clean.words.printed_bylines import is_credit, is_name, is_name_with_outlet, read_byline

_END_LINES = 2  # a credit may be followed by one more line
_COOKIE_WORDS = 2
_COOKIE = frozenset(["cookie", "cookies", "куки"])
# Groups whose weak lines ("Name", "Email") go with them.
COMPANY = frozenset({"comment_form", "comments", "share", "newsletter", "related", "cookie", "tags"})


def take_outlet_phrases(draft: Draft) -> None:
    """Lines that the outlet's own settings name."""
    if draft.extra_phrases:
        draft.remove([n for n in draft.kept if draft.lines[n].key in draft.extra_phrases], "outlet_phrase")


def take_phrases(draft: Draft) -> None:
    """Lines that the phrase files know, where their group allows them to be taken.

    The tail is what no sentence stands under: lines that a rule removes are looked through.
    """
    book = phrase_book()
    first, _ = draft.bounds()
    behind = 0  # lines that stand after this one
    at_tail = True
    for number in reversed(draft.kept):
        line = draft.lines[number]
        group = book.find(line)
        if group is not None:
            at_head = number < first
            anywhere = group.where == "anywhere" or at_tail or (group.where == "edges" and at_head)
            if anywhere or behind < _END_LINES:
                draft.remove([number], group.name)
        if number not in draft.removed:
            behind += 1
            at_tail = at_tail and not is_prose(line)


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


def take_cookie_notices(draft: Draft) -> None:
    """Paragraphs of a consent layer, which speak of cookies again and again, beside its known lines."""
    for number in (*draft.kept, *reversed(draft.kept)):
        beside = "cookie" in (draft.removed.get(number - 1), draft.removed.get(number + 1))
        if beside and sum(map(_is_cookie, draft.lines[number].words)) >= _COOKIE_WORDS:
            draft.remove([number], "cookie")


def _is_cookie(word: str) -> bool:
    return word in _COOKIE


def take_below_forms(draft: Draft) -> None:
    """What stands below a line of a comment form in the later half of a text: comments. Lines of the form
    itself are left to their own rule, and the name of the author may stand there too."""
    form = _find_form(draft)
    below = [number for number in draft.kept if number > form]
    draft.remove([number for number in below if not _is_no_comment(draft.lines[number])], "comments")


def _find_form(draft: Draft) -> int:
    """Number of the first line of a comment form with half of the words above it, or beyond the last line; a question
    ("Comments?") is a heading of the article."""
    kept, book = draft.kept, phrase_book()
    half, above = sum(len(draft.lines[number].words) for number in kept) / 2, 0
    for number in kept:
        if above >= half:
            line = draft.lines[number]
            group = book.find(line)
            if group and group.name == "comment_form" and not line.text.endswith("?"):
                return number
        above += len(draft.lines[number].words)
    return len(draft.lines)


def _is_no_comment(line: Line) -> bool:
    book = phrase_book()
    if not line.key or book.find(line) or book.find_weak(line):
        return True
    return is_name(line.text) or is_name_with_outlet(line.text) or read_byline(line.text) is not None


def take_credits(draft: Draft) -> None:
    """Short lines that credit a photograph, and captions that end with such a credit."""
    draft.remove([n for n in draft.kept if is_credit(draft.lines[n])], "credit")


PHRASE_RULES = (take_outlet_phrases, take_phrases, take_company, take_cookie_notices, take_credits)
