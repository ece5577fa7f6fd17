"""Patterns over rows of items: "WD? THE? D31 OF? MON" finds what a speaker would write down."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tasks.extract.dates.foreign.items import TimeItem

_NAME = re.compile(r"[A-Z][A-Z0-9]*")
_FIRST_CHAR = 0xE000
_MOST_RUNS = 20_000


class Alphabet:
    """Gives each set of categories a character, so that patterns become regular expressions."""

    def __init__(self) -> None:
        self._chars: dict[frozenset[str], str] = {}
        self.version = 0

    def char(self, cats: frozenset[str]) -> str:
        """The character of a set of categories."""
        found = self._chars.get(cats)
        if found is None:
            found = self._chars[cats] = chr(_FIRST_CHAR + len(self._chars))
            self.version += 1
        return found

    def spell(self, items: Sequence[TimeItem]) -> str:
        """The row of items as a string."""
        return "".join(
            [self._chars.get(cats) or self.char(cats) for cats in (frozenset(item.cats) for item in items)]
        )

    def group(self, category: str) -> str:
        """A regular expression for one item of the category."""
        chars = "".join(char for cats, char in self._chars.items() if category in cats)
        return f"[{chars}]" if chars else "(?!)"


@dataclass(frozen=True, slots=True)
class Match:
    """items[start:end] under a pattern; the n-th item of a category by name, "NUM" or "NUM2"."""

    start: int
    end: int
    said: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.said[name]

    def __contains__(self, name: str) -> bool:
        return name in self.said

    def get(self, name: str) -> Any:
        """The value, or None."""
        return self.said.get(name)


class TimePattern:
    """One pattern with what makes an expression of its match; compiled again when the alphabet has grown."""

    def __init__(self, alphabet: Alphabet, source: str, build: Callable[..., Any]) -> None:
        self._alphabet, self._source, self.build = alphabet, source, build
        self._version = -1
        self._compiled: re.Pattern[str] = re.compile("(?!)")
        self._names: list[str] = []

    def find(self, run: str) -> Shape | None:
        """Where the pattern's categories are in a run of characters that begins with it."""
        if self._version != self._alphabet.version:
            self._compile()
        found = self._compiled.match(run)
        if found is None:
            return None
        spans = zip(self._names, found.regs[1:], strict=True)
        return Shape(self, found.end(), tuple((name, start) for name, (start, end) in spans if end > start))

    def _compile(self) -> None:
        self._names = _NAME.findall(self._source)
        source = self._source.replace("(", "(?:").replace("<", "(?!").replace(">", ")")
        body = _NAME.sub(lambda m: f"({self._alphabet.group(m.group())})", source)
        self._compiled = re.compile(body.replace(" ", ""))
        self._version = self._alphabet.version


@dataclass(frozen=True, slots=True)
class Shape:
    """A match without its values: how many items it takes, and the place of each category."""

    pattern: TimePattern
    length: int
    places: tuple[tuple[str, int], ...]

    def fill(self, items: Sequence[TimeItem], i: int) -> Match:
        """The match with what the items say; the second NUM is NUM2."""
        said: dict[str, Any] = {}
        for name, place in self.places:
            key, n = name, 2
            while key in said:
                key, n = f"{name}{n}", n + 1
            said[key] = items[i + place].cats[name]
        return Match(i, i + self.length, said)


class Grammar:
    """The patterns over one alphabet; the shapes of runs that came before are remembered."""

    def __init__(self, sources: dict[str, Sequence[tuple[str, Callable[..., Any]]]]) -> None:
        self.alphabet = Alphabet()
        self._patterns = {
            name: [TimePattern(self.alphabet, source, build) for source, build in group]
            for name, group in sources.items()
        }
        self._memory: dict[tuple[str, str], list[Shape]] = {}

    def shapes(self, name: str, run: str) -> list[Shape]:
        """What matches at the begin of the run, the longest first."""
        found = self._memory.get((name, run))
        if found is None:
            if len(self._memory) > _MOST_RUNS:
                self._memory.clear()
            every = (pattern.find(run) for pattern in self._patterns[name])
            found = sorted((shape for shape in every if shape), key=lambda shape: -shape.length)
            self._memory[name, run] = found
        return found
