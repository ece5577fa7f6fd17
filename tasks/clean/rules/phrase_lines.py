"""Rules that know a line by its words: the phrase files, and the phrases of an outlet's settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.clean.rules.rule import declare, rule, rule_of
from tasks.clean.words.draft import Draft, RuleName, is_prose
from tasks.clean.words.lines import Line
from tasks.clean.words.phrases import phrase_book, read_groups
from tasks.clean.words.printed_bylines import is_credit, is_name, is_name_with_outlet, read_byline

COMMENTS = declare("comments", "readers' comments")
OUTLET_PHRASE = declare("outlet_phrase", "phrases of the outlet's settings")
GROUPS = {name: group.name for name, group in read_groups().items()}
_END_LINES = 2  # a credit can be followed by one more line
_COOKIE_WORDS = 2
_COOKIE = frozenset(["cookie", "cookies", "куки"])
# Groups whose weak lines ("Name", "Email") go with them.
COMPANY = frozenset({"comment_form", "comments", "share", "newsletter", "related", "cookie", "tags"})


@rule(OUTLET_PHRASE)
def take_outlet_phrases(draft: Draft) -> list[int]:
    """Lines listed under `phrases` in the outlet's settings."""
    return [n for n in draft.kept if draft.lines[n].key in draft.extra_phrases] if draft.extra_phrases else []


@rule_of(*GROUPS.values())
def take_phrases(draft: Draft) -> Iterator[tuple[int, RuleName]]:
    """Lines of the phrase files, where their group allows it.

    The tail is the part with no sentence below it; removed lines do not count as sentences.
    """
    book = phrase_book()
    first, _ = draft.bounds()
    behind = 0  # kept lines after this one
    at_tail = True
    for number in reversed(draft.kept):
        line = draft.lines[number]
        group = book.find(line)
        if group is not None:
            at_head = number < first
            anywhere = group.where == "anywhere" or at_tail or (group.where == "edges" and at_head)
            if anywhere or behind < _END_LINES:
                yield number, group.name
        if number not in draft.removed:
            behind += 1
            at_tail = at_tail and not is_prose(line)


@rule_of(*GROUPS.values())
def take_company(draft: Draft) -> Iterator[tuple[int, RuleName]]:
    """Lines such as "Name", "Email" or "*", which are boilerplate beside removed lines."""
    book = phrase_book()
    found = True
    while found:
        found = False
        for number in draft.kept:
            line = draft.lines[number]
            group = book.find_weak(line)
            name = group.name if group else GROUPS["comment_form"]
            if (group or not line.key) and _can_go(draft, number, name) and _beside_removed(draft, number):
                yield number, name
                found = True


def _can_go(draft: Draft, number: int, name: RuleName) -> bool:
    return name not in draft.disabled and number not in draft.protected


def _beside_removed(draft: Draft, number: int) -> bool:
    return draft.removed.get(number - 1) in COMPANY or draft.removed.get(number + 1) in COMPANY


@rule(GROUPS["cookie"])
def take_cookie_notices(draft: Draft) -> Iterator[int]:
    """Paragraphs of a consent layer: they mention cookies twice and are beside one of its known lines."""
    for number in (*draft.kept, *reversed(draft.kept)):
        beside = "cookie" in (draft.removed.get(number - 1), draft.removed.get(number + 1))
        if beside and sum(map(_is_cookie, draft.lines[number].words)) >= _COOKIE_WORDS:
            yield number


def _is_cookie(word: str) -> bool:
    return word in _COOKIE


@rule(COMMENTS)
def take_below_forms(draft: Draft) -> list[int]:
    """Lines below a comment form in the second half of a text. Lines of the form itself are left to their own
    rule, and a name is kept, since it can be the author's."""
    form = _find_first_form(draft)
    below = [number for number in draft.kept if number > form]
    return [number for number in below if not _is_no_comment(draft.lines[number])]


def _find_first_form(draft: Draft) -> int:
    """Number of the line of a form that is still there when the text ends at it, or the number of all lines.

    What is left of a text is halved anew, so that a text that was cleaned once stays as it is.
    """
    form, kept = len(draft.lines), draft.kept
    while (earlier := _find_form(draft, [number for number in kept if number < form])) < form:
        form = earlier
    return form


def _find_form(draft: Draft, kept: Sequence[int]) -> int:
    """Number of the first line of a comment form in the second half of the kept lines' words, or the number of all lines.

    A question ("Comments?") is a heading of the article.
    """
    book = phrase_book()
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


@rule(GROUPS["credit"])
def take_credits(draft: Draft) -> list[int]:
    """Short lines that credit a photograph, and captions that end with a credit."""
    return [n for n in draft.kept if is_credit(draft.lines[n])]


PHRASE_RULES = (take_outlet_phrases, take_phrases, take_company, take_cookie_notices, take_credits)
