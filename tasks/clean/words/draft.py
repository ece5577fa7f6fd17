"""An article on the way to its body: its lines, and what was removed by which rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NewType

from tasks.clean.words.lines import Line

RuleName = NewType("RuleName", str)  # made by rules/rule.py and, for phrase groups, words/phrases.py
_PROSE_WORDS = 12
_LINKED = 0.5


@dataclass(eq=False)
class Draft:
    """An article's lines, and what the rules removed of them.

    `lines` are all lines of the page or text, `body` the numbers of those that a reading took for the
    article, in order, `removed` the rule by number. `title`, `authors` and `language` are what the
    metadata says, for rules that compare with them; `extra_phrases` (folded) and `learned` (SHA-256)
    are lines of the outlet, `disabled` the rules it switched off, `protected` and `forbidden` the lines
    that its settings keep and drop.
    """

    lines: list[Line] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    title: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    extra_phrases: frozenset[str] = frozenset()
    learned: frozenset[str] = frozenset()
    disabled: frozenset[str] = frozenset()
    protected: frozenset[int] = frozenset()
    forbidden: frozenset[int] = frozenset()
    removed: dict[int, RuleName] = field(default_factory=dict)

    @property
    def kept(self) -> list[int]:
        """Numbers of the lines that still stand."""
        return [number for number in self.body if number not in self.removed]

    def remove(self, numbers: Iterable[int], rule: RuleName) -> None:
        """Remove lines, unless the outlet switched the rule off. A line keeps the first rule that removed it."""
        if rule in self.disabled:
            return
        for number in numbers:
            if number in self.protected:
                continue
            self.removed.setdefault(number, rule)

    def bounds(self) -> tuple[int, int]:
        """Numbers of the first and the last prose line that stand; (0, -1) if none does."""
        prose = [number for number in self.kept if is_prose(self.lines[number])]
        return (prose[0], prose[-1]) if prose else (0, -1)


def is_prose(line: Line) -> bool:
    """Whether a line reads as sentences: a dozen words or more, not mostly links."""
    return len(line.words) >= _PROSE_WORDS and line.linked_ratio < _LINKED


def join_body(draft: Draft) -> str:
    """The lines that stand, parted by one blank line."""
    return "\n\n".join(draft.lines[number].text for number in draft.kept)
