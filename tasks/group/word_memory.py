"""What was worked out about words, each word once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class WordMemory(dict[str, Found]):
    """A dict whose missing values are found by `find`; emptied when it has grown to `largest` words.

    Its `__getitem__` in a `map` takes half of what a cached function takes.
    """

    def __init__(self, find: Callable[[str], Found], largest: int = 500_000) -> None:
        super().__init__()
        self._find = find
        self._largest = largest

    def __missing__(self, word: str) -> Found:
        if len(self) >= self._largest:
            self.clear()
        self[word] = found = self._find(word)
        return found
