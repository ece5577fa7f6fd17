"""The lines that a reader saw beside the body, each with the rule that keeps it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tasks.clean.rules.boxes import CAPTION, LINK, in_figure, is_link_line, name_box, name_label
from tasks.clean.rules.head import TITLE
from tasks.clean.rules.outlet_rules import OUTLET_DROP
from tasks.clean.rules.phrase_lines import COMPANY, GROUPS, OUTLET_PHRASE
from tasks.clean.rules.rule import declare
from tasks.clean.words.draft import Draft, RuleName
from tasks.clean.words.lines import Line, fold
from tasks.clean.words.phrases import phrase_book
from tasks.clean.words.printed_bylines import is_credit

OUTSIDE = declare("outside_body", "text beside the article's box that no other rule names")
# Only the nearest lines above and under the body are recorded. A page of news has about 130 lines in all, nine in ten
# pages have fewer than 300, and a sitemap in a footer is of no use.
_MOST_ABOVE, _MOST_UNDER = 200, 300
_OPENED_BY_SCRIPT = frozenset({"cookie", "newsletter"})


def tell_outside(draft: Draft) -> Draft:
    """The draft with a rule for each visible line beside its body. A line whose rules the outlet has switched off
    belongs to the body instead.

    The rules are tried in this order: what the settings drop, the box around the line, headline, byline and date
    boxes, links, captions, phrases and credits. A line that none of these knows is `outside_body`.
    """
    inside, title = set(draft.body), fold(draft.title or "")
    told: dict[int, RuleName] = {}
    back: list[int] = []
    for number, line in enumerate(draft.lines):
        if number in inside or _is_unseen(line):
            continue
        rule = _choose_rule(draft, number, title, told.get(number - 1))
        if rule:
            told[number] = rule
        else:
            back.append(number)
    whole = replace(draft, body=sorted(inside.union(back))) if back else draft
    whole.removed.update(_take_nearest(whole, told))
    return whole


def _is_unseen(line: Line) -> bool:
    """Whether the line is hidden, and in no layer that the page's scripts open."""
    return "hidden" in line.marks and line.marks.isdisjoint(_OPENED_BY_SCRIPT)


def _choose_rule(draft: Draft, number: int, title: str, before: str | None) -> RuleName | None:
    """The first rule that knows the line and is switched on, or None if all rules that know it are switched off."""
    named = False
    for rule in _name_rules(draft, number, title, before):
        if rule not in draft.disabled:
            return rule
        named = True
    return None if named or OUTSIDE in draft.disabled else OUTSIDE


def _name_rules(draft: Draft, number: int, title: str, before: str | None) -> Iterator[RuleName]:
    """The rules that know a line outside the body. `title` is folded, `before` is the rule of the line above."""
    line = draft.lines[number]
    if number in draft.forbidden:
        yield OUTLET_DROP
    if box := name_box(line):
        yield box
    if line.tag == "h1" or (title and line.key == title):
        yield TITLE
    elif label := name_label(line):
        yield label
    elif in_figure(line):
        yield CAPTION
    if is_link_line(line):
        yield LINK
    yield from _name_words(draft, line, before)


def _name_words(draft: Draft, line: Line, before: str | None) -> Iterator[RuleName]:
    """The rules that know a line by its words, wherever it is."""
    if line.key in draft.extra_phrases:
        yield OUTLET_PHRASE
    book = phrase_book()
    group = book.find(line) or (book.find_weak(line) if before in COMPANY else None)
    if group:
        yield group.name
    if is_credit(line):
        yield GROUPS["credit"]


def _take_nearest(draft: Draft, told: dict[int, RuleName]) -> dict[int, RuleName]:
    """The lines within the body and nearest to it on either side."""
    kept = draft.kept
    if not kept:
        return {}
    numbers = sorted(told)
    above = [number for number in numbers if number < kept[0]][-_MOST_ABOVE:]
    under = [number for number in numbers if number > kept[-1]][:_MOST_UNDER]
    between = [number for number in numbers if kept[0] < number < kept[-1]]
    return {number: told[number] for number in (*above, *between, *under)}
