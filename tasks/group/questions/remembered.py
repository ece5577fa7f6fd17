"""What was found about two groups of answers, asked once for as long as neither grows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Search = Callable[[Sequence[int], Sequence[int]], bool]


class Remembered:
    """Answers of `find` about two groups. A group keeps its name and only grows, so name and size say what it holds.

    Many pairs of answers lead to the same two groups: in a story of alike articles, the square of their number.
    """

    def __init__(self, groups: Mapping[int, Sequence[int]], find: Search) -> None:
        self._groups = groups
        self._find = find
        self._found: dict[tuple[int, int, int, int], bool] = {}

    def ask(self, one: int, other: int) -> bool:
        """What `find` says about the groups of these names."""
        ones, others = self._groups[one], self._groups[other]
        key = one, len(ones), other, len(others)
        if key not in self._found:
            self._found[key] = self._find(ones, others)
        return self._found[key]
