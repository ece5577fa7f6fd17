"""Rules that take out lines which are no part of an article, knowing where a line stands and beside what.

A rule is a function from an Article draft to the lines it takes; its name is what `removed_lines.rule`
holds and what an outlet's `disabled_rules` names. Rules run in the order of RULES.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tasks.clean.lines import Line, fold
from tasks.clean.phrases import phrase_book

_SENTENCE_END = re.compile(r"[.!?…。！？؟:;][\"'”’»)\]]*$")
_PROSE_WORDS = 12


@dataclass(eq=False)
class Draft:
    """An article's lines on the way to its body: what was removed, by which rule.

    `lines` are all lines of the page or text, `body` the numbers of those that a reading took for the
    article, in order, `removed` the rule by number. `title`, `authors` and `description` are what the
    metadata says, for rules that compare with them; `extra_phrases` (folded) and `learned` (SHA-256)
    are lines of the outlet, `disabled` the rules it switched off.
    """

    lines: list[Line] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    title: str | None = None
    authors: tuple[str, ...] = ()
    description: str | None = None
    extra_phrases: frozenset[str] = frozenset()
    learned: frozenset[str] = frozenset()
    disabled: frozenset[str] = frozenset()
    removed: dict[int, str] = field(default_factory=dict)

    @property
    def kept(self) -> list[int]:
        """Numbers of the lines that still stand."""
        return [number for number in self.body if number not in self.removed]

    def remove(self, numbers: Iterable[int], rule: str) -> None:
        """Take lines out; the first rule that takes a line is the one that is told."""
        for number in numbers:
            self.removed.setdefault(number, rule)

    def bounds(self) -> tuple[int, int]:
        """Numbers of the first and the last prose line that stand; (0, -1) if none does."""
        prose = [number for number in self.kept if is_prose(self.lines[number])]
        return (prose[0], prose[-1]) if prose else (0, -1)


def is_prose(line: Line) -> bool:
    """Whether a line reads as sentences: a dozen words or more, not mostly links."""
    return len(line.words) >= _PROSE_WORDS and line.linked_ratio < 0.5


def take_phrases(draft: Draft) -> None:
    """Lines that the phrase files know, where their group allows them to be taken."""
    book = phrase_book()
    first, last = draft.bounds()
    for number in draft.kept:
        line = draft.lines[number]
        group = book.find(line)
        if group is None or group.name in draft.disabled:
            continue
        at_tail, at_head = number > last, number < first
        if (
            group.where == "anywhere"
            or at_tail
            or (group.where == "edges" and at_head)
            or _near_end(draft, number, last)
        ):
            draft.remove([number], group.name)


def _near_end(draft: Draft, number: int, last: int) -> bool:
    """Whether only removed lines and at most one other follow the line."""
    return sum(later not in draft.removed for later in range(number + 1, last + 1)) <= 1


def take_weak_neighbours(draft: Draft) -> None:
    """Lines such as "Name", "Email" or "*" that are boilerplate in the company of removed ones."""
    book = phrase_book()
    changed = True
    while changed:
        changed = False
        for number in draft.kept:
            group = book.find_weak(draft.lines[number])
            bare = not draft.lines[number].key
            name = group.name if group else "comment_form"
            if (group or bare) and name not in draft.disabled and _beside_removed(draft, number):
                draft.remove([number], name)
                changed = True


def _beside_removed(draft: Draft, number: int) -> bool:
    return draft.removed.get(number - 1) in _PHRASE_RULES or draft.removed.get(number + 1) in _PHRASE_RULES


_PHRASE_RULES = frozenset({"comment_form", "share", "newsletter", "related", "cookie", "tags"})


def take_title(draft: Draft) -> None:
    """The headline where it stands again above, in front of or right after the first paragraph."""
    if "title" in draft.disabled or not draft.title:
        return
    key = fold(draft.title)
    for number in draft.kept[:4]:
        if draft.lines[number].key == key:
            draft.remove([number], "title")


def take_extra(draft: Draft) -> None:
    """Lines that the outlet's own settings name, and those learned from its articles."""
    for number in draft.kept:
        key = draft.lines[number].key
        if key in draft.extra_phrases and "outlet_phrase" not in draft.disabled:
            draft.remove([number], "outlet_phrase")


RULES: tuple[Callable[[Draft], None], ...] = (take_extra, take_title, take_phrases, take_weak_neighbours)


def apply_rules(draft: Draft) -> Draft:
    """The draft with every rule applied."""
    for rule in RULES:
        rule(draft)
    return draft
