"""What a reader saw beside the body: every line outside it, with the rule that kept it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tasks.clean.rules.boxes import in_figure, is_link_line, name_box, name_label
from tasks.clean.rules.phrase_lines import COMPANY
from tasks.clean.words.draft import Draft
from tasks.clean.words.lines import Line, fold
from tasks.clean.words.phrases import phrase_book
from tasks.clean.words.printed_bylines import is_credit

OUTSIDE = "outside_body"  # no rule names the line; the reading did not take its box for the article
# Of lines above the body and of those under it, the nearest so many are told: a page of news has about
# 130 in all, nine in ten have fewer than 300, and a sitemap in a footer tells nobody anything.
_MOST_ABOVE, _MOST_UNDER = 200, 300
_OPENED_BY_SCRIPT = frozenset({"cookie", "newsletter"})


def tell_outside(draft: Draft) -> Draft:
    """The draft with a rule for each visible line beside its body; a line whose rules the outlet has
    switched off stands in the body instead.

    Asked of a line in this order: what the settings drop, the box it stands in, headline, byline and
    date boxes, links, captions, phrases and credits; what none of these names is `outside_body`.
    """
    inside, title = set(draft.body), fold(draft.title or "")
    told: dict[int, str] = {}
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
    """Whether no reader saw the line: hidden, and in none of the layers that a page's scripts open."""
    return "hidden" in line.marks and line.marks.isdisjoint(_OPENED_BY_SCRIPT)


def _choose_rule(draft: Draft, number: int, title: str, before: str | None) -> str | None:
    """The first rule that names the line and is not switched off; None if all that name it are."""
    named = False
    for rule in _name_rules(draft, number, title, before):
        if rule not in draft.disabled:
            return rule
        named = True
    return None if named or OUTSIDE in draft.disabled else OUTSIDE


def _name_rules(draft: Draft, number: int, title: str, before: str | None) -> Iterator[str]:
    """The rules that name a line outside the body; `title` is folded, `before` the rule of the line above."""
    line = draft.lines[number]
    if number in draft.forbidden:
        yield "outlet_drop"
    if box := name_box(line):
        yield box
    if line.tag == "h1" or (title and line.key == title):
        yield "title"
    elif label := name_label(line):
        yield label
    elif in_figure(line):
        yield "caption"
    if is_link_line(line):
        yield "link"
    yield from _name_words(draft, line, before)


def _name_words(draft: Draft, line: Line, before: str | None) -> Iterator[str]:
    """The rules that know a line by its words, wherever it stands."""
    if line.key in draft.extra_phrases:
        yield "outlet_phrase"
    book = phrase_book()
    group = book.find(line) or (book.find_weak(line) if before in COMPANY else None)
    if group:
        yield group.name
    if is_credit(line):
        yield "credit"


def _take_nearest(draft: Draft, told: dict[int, str]) -> dict[int, str]:
    """The lines told that stand within the body or nearest to it on either side."""
    kept = draft.kept
    if not kept:
        return {}
    numbers = sorted(told)
    above = [number for number in numbers if number < kept[0]][-_MOST_ABOVE:]
    under = [number for number in numbers if number > kept[-1]][:_MOST_UNDER]
    between = [number for number in numbers if kept[0] < number < kept[-1]]
    return {number: told[number] for number in (*above, *between, *under)}
