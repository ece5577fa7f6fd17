"""The words of one language: its folder's tables, with what Unicode CLDR knows of it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

_HERE = Path(__file__).parent
FILES = ("numbers", "figures", "dates")
_NO_SPACES = ("th", "lo", "km", "my")


def _combining() -> str:
    """Vowel signs, accents and joiners of all scripts in use, as the inside of a character class."""
    every = {i for i in range(0x300, 0xABFF) if unicodedata.category(chr(i)) in ("Mn", "Mc")}
    starts, ends = (sorted(i for i in every if i + step not in every) for step in (-1, 1))
    return "".join(f"\\u{a:04x}-\\u{b:04x}" for a, b in zip(starts, ends, strict=True)) + "\\u200c\\u200d"


MARKS = _combining()
_PIECES = re.compile(rf"\d+|(?:[^\W\d_]\.){{2,8}}|[^\W\d_](?:[^\W\d_]|[{MARKS}])*['’]?|\S")
T = TypeVar("T")


def lower(text: str, code: str) -> str:
    """The text in lower case as the language does it, with straight apostrophes."""
    if code == "tr":
        text = text.replace("İ", "i").replace("I", "ı")
    if code == "hi":  # letters with a dot below have two spellings
        text = unicodedata.normalize("NFC", text)
    return text.lower().replace("’", "'")


def without_accents(word: str) -> str:
    """The word as it is typed in haste: "millon", "decembre"; letters that are not Latin stay."""
    if word.isascii() or not unicodedata.name(word.lstrip("-' ")[:1] or "-", "").startswith("LATIN"):
        return word
    pieces = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in pieces if not "\u0300" <= c <= "\u036f"))


class Phrases(Generic[T]):
    """Phrases with a meaning each, found at a token, the longest first."""

    def __init__(self, code: str = "") -> None:
        self._code = code
        self._by_head: dict[str, dict[tuple[str, ...], T]] = {}
        self._sorted: dict[str, list[tuple[tuple[str, ...], T]]] = {}

    def add(self, phrase: str, meaning: T, *, is_weak: bool = False) -> None:
        """Know a phrase; a weak one never replaces another."""
        words = tuple(_PIECES.findall(lower(phrase, self._code)))
        for key in dict.fromkeys((words, tuple(map(without_accents, words)))):
            if key:
                group = self._by_head.setdefault(key[0], {})
                if key is words and not is_weak:
                    group[key] = meaning
                else:
                    group.setdefault(key, meaning)
        self._sorted.clear()

    def at(self, tokens: Any, i: int) -> tuple[T, int] | None:
        """The meaning of the longest phrase at tokens[i], and the token after it."""
        if i >= len(tokens):
            return None
        head = tokens[i][1]
        if head not in self._by_head:
            return None
        for words, meaning in self._group(head):
            end = i + len(words)
            if end <= len(tokens) and all(tokens[i + k][1] == words[k] for k in range(1, len(words))):
                return meaning, end
        return None

    def before(self, tokens: Any, i: int, floor: int, longest: int = 6) -> tuple[T, int] | None:
        """The longest phrase that ends right before tokens[i], and where it starts."""
        for start in range(max(floor, i - longest), i):
            head = tokens[start][1]
            if head not in self._by_head:
                continue
            for words, meaning in self._group(head):
                if len(words) == i - start and all(
                    tokens[start + k][1] == words[k] for k in range(1, len(words))
                ):
                    return meaning, start
        return None

    def _group(self, head: str) -> list[tuple[tuple[str, ...], T]]:
        group = self._sorted.get(head)
        if group is None:
            group = self._sorted[head] = sorted(self._by_head[head].items(), key=lambda entry: -len(entry[0]))
        return group

    def heads(self) -> Iterable[str]:
        """The first words of all phrases."""
        return self._by_head

    def __len__(self) -> int:
        return sum(map(len, self._by_head.values()))


@dataclass(eq=False)
class WordTables:
    """A language as its folder and CLDR say it. `numbers`, `figures`, `dates` are the tables of its files."""

    code: str
    numbers: Mapping[str, Any]
    figures: Mapping[str, Any]
    dates: Mapping[str, Any]
    decimal: str = "."
    is_spaced: bool = False
    has_suffixes: bool = False
    is_unspaced: bool = False
    numeral_chars: frozenset[str] = frozenset()
    word_start: bool = False
    after_numbers: tuple[str, ...] = ()
    heads: dict[str, list[str]] = field(default_factory=dict)

    def know(self, words: Iterable[str]) -> None:
        """Words that are cut out of runs of letters in scripts without spaces."""
        for word in words:
            if len(word) > 0 and not word.isascii():
                group = self.heads.setdefault(word[0], [])
                if word not in group:
                    group.append(word)
                    group.sort(key=len, reverse=True)


def known_codes() -> list[str]:
    """The languages that have a folder."""
    return sorted(path.name for path in _HERE.iterdir() if (path / "numbers.toml").exists())


def read_table(code: str, name: str) -> dict[str, Any]:
    """One file of a language's folder; empty when it has none."""
    path = _HERE / code / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@cache
def language_of(code: str) -> WordTables:
    """The language of a code such as "pt-BR"; a language without a folder has what CLDR knows of it."""
    from tasks.extract.languages.cldr import number_signs, scales

    base = code.split("-")[0].lower()
    numbers, figures, dates = (read_table(base, name) for name in FILES)
    decimal, group = number_signs(code)
    spaces = {" ", "\u00a0", "\u2009", "\u202f"}
    made = WordTables(
        base,
        numbers,
        figures,
        dates,
        decimal=numbers.get("decimal", decimal) if "-" not in code else decimal,
        is_spaced=group in spaces or numbers.get("groups_with_space", False),
        has_suffixes=numbers.get("apostrophe_suffixes", False),
        is_unspaced=numbers.get("unspaced", base in _NO_SPACES),
        numeral_chars=frozenset(numbers.get("characters", {}))
        | frozenset(numbers.get("small_scales", {}))
        | frozenset(numbers.get("big_scales", {})),
        word_start=bool(numbers.get("word_start", False)),
        after_numbers=tuple(numbers.get("after_numbers", ())),
    )
    if made.is_unspaced:
        made.know(_all_words((numbers, figures, dates)))
        made.know(() if made.numeral_chars else scales(base))
    return made


def _all_words(tables: Any) -> Iterable[str]:
    """Every text in the tables, keys of word tables as well."""
    if isinstance(tables, str):
        yield from tables.split()
    elif isinstance(tables, Mapping):
        for key, value in tables.items():
            if not key.isascii():
                yield key
            yield from _all_words(value)
    elif isinstance(tables, (list, tuple)):
        for value in tables:
            yield from _all_words(value)
