"""What was worked out about words, or pieces of text between two spaces, each once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

WordFact = TypeVar("WordFact")


@lru_cache(maxsize=8)
def split_pieces(text: str) -> list[str]:
    """The pieces of a text between its spaces; those of the texts that were split last are kept.

    No word spans a space, and most pieces come again and again.
    """
    return text.split()


# A longer piece does not come again, as in scripts without spaces.
LONGEST = 40


class WordMemory(dict[str, WordFact]):
    """A dict whose missing values are found by `find`.

    It is emptied when it has grown to `largest` words. Words of more than LONGEST characters are not kept. Its `__getitem__` in a `map` takes half of what a cached function takes.
    """

    def __init__(self, find: Callable[[str], WordFact], largest: int = 500_000) -> None:
        super().__init__()
        self._find = find
        self._largest = largest

    def __missing__(self, word: str) -> WordFact:
        found = self._find(word)
        if len(word) <= LONGEST:
            if len(self) >= self._largest:
                self.clear()
            self[word] = found
        return found
