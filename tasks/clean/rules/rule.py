"""A cleaning rule as an object: its name, what it takes out, and the function that finds the lines.

`@rule("heading", "headings with nothing under them any more")` above a function makes the rule. The function
gets a Draft and yields the numbers of the lines to remove; each line is removed as soon as it is yielded, so the
function can look at `draft.removed` for what went before.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import overload

from tasks.clean.words.draft import Draft, RuleName

Find = Callable[[Draft], Iterable[int]]
FindNamed = Callable[[Draft], Iterable[tuple[int, RuleName]]]
_MEANINGS: dict[RuleName, str] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """A step of cleaning. `names` are those that its lines can get in `removed_lines.rule`; `find` yields line
    numbers, each with one of the names; `summary` is the first sentence of its docstring."""

    names: tuple[RuleName, ...]
    find: FindNamed
    summary: str

    def __call__(self, draft: Draft) -> None:
        """Remove the lines that the rule finds."""
        for number, name in self.find(draft):
            draft.remove([number], name)


def declare(name: str, meaning: str) -> RuleName:
    """A name for `removed_lines.rule`, and what is removed under it. Raises ValueError if the name is taken."""
    if name in _MEANINGS:
        raise ValueError(f"cleaning rule {name!r} is declared twice; give the second one a name of its own")
    _MEANINGS[RuleName(name)] = meaning
    return RuleName(name)


def declared_rules() -> dict[RuleName, str]:
    """The names declared by modules that have been imported, with their meanings; rules/order.py imports all."""
    return dict(_MEANINGS)


@overload
def rule(name: str, meaning: str) -> Callable[[Find], Rule]: ...


@overload
def rule(name: RuleName) -> Callable[[Find], Rule]: ...


def rule(name: str, meaning: str | None = None) -> Callable[[Find], Rule]:
    """Make a rule of a function that yields line numbers. Without a meaning, the name is one declared before."""
    declared = RuleName(name) if meaning is None else declare(name, meaning)

    def make(find: Find) -> Rule:
        def find_named(draft: Draft) -> Iterator[tuple[int, RuleName]]:
            for number in find(draft):
                yield number, declared

        return Rule((declared,), find_named, _summarize(find))

    return make


def rule_of(*names: RuleName) -> Callable[[FindNamed], Rule]:
    """Make a rule of a function that yields line numbers, each with one of these names."""
    return lambda find: Rule(names, find, _summarize(find))


def _summarize(find: Callable[[Draft], object]) -> str:
    return " ".join((inspect.getdoc(find) or "").split("\n\n")[0].split()).split(". ")[0].rstrip(".")


def in_rounds(summary: str, most: int, *rules: Rule) -> Rule:
    """A rule that applies others again and again until they find nothing more, `most` times at most."""

    def find(draft: Draft) -> Iterator[tuple[int, RuleName]]:
        for _ in range(most):
            before = len(draft.removed)
            for one in rules:
                yield from one.find(draft)
            if len(draft.removed) == before:
                return

    return Rule(tuple(dict.fromkeys(name for one in rules for name in one.names)), find, summary)
