"""Words of other languages as English base forms, so that answers compare across languages.

`meanings.toml` of a language's folder (tasks/extract/languages) lists its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from tasks.extract.languages.words import known_codes, lower, read_table
from tasks.group.questions.words.lexicon import base_of

_MARKS = "\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f\u200c\u200d"
_PIECES = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*|\d+(?:[.,:]\d+)*|[^\w\s]")
_BREAKS = frozenset(",;:()[]–—、，；。：،؛|")
_NEAREST_WORDS = 7
_SHORTEST_STEM = 2


class Piece(NamedTuple):
    """A word or phrase in lower case, and its English word where the language's list has it."""

    text: str
    meaning: str | None


class Glossary:
    """The words of one language with an English word each."""

    def __init__(
        self, code: str, table: Mapping[str, object], stops: Iterable[str], is_unspaced: bool
    ) -> None:
        self._code = code
        self._clause_ends = _BREAKS | set(_texts(table.get("clause_ends")))
        self._prefixes = tuple(_texts(table.get("prefixes")))
        self._clause_prefixes = tuple(_texts(table.get("clause_prefixes")))
        self._stops = frozenset(stops)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._stems: dict[str, str] = {}
        self._unspaced: re.Pattern[str] | None = None
        self._forms = _read_forms(code, table.get("words"))
        for form, meaning in self._forms.items():
            self._add(form, meaning)
        if is_unspaced:
            longest = sorted(self._forms, key=len, reverse=True)
            self._unspaced = re.compile("|".join([*map(re.escape, longest), r"\d+", r"[^\w\s]"]))

    def _add(self, form: str, meaning: str) -> None:
        words = tuple(_PIECES.findall(form.removesuffix("*")))
        if form.endswith("*") and len(words) == 1:
            self._stems[words[0]] = meaning
            return
        if form.endswith("*"):
            words = (*words[:-1], words[-1] + "*")
        group = self._phrases.setdefault(words[0], [])
        group.append((words, meaning))
        group.sort(key=lambda entry: -len(entry[0]))

    def scan(self, text: str) -> list[Piece]:
        """The text's words in order; of a script without spaces only those that the list has."""
        said = lower(text, self._code)
        if self._unspaced:
            return [Piece(found, self._forms.get(found)) for found in self._unspaced.findall(said)]
        return list(self._cut(_PIECES.findall(said)))

    def _cut(self, words: Sequence[str]) -> Iterator[Piece]:
        i = 0
        while i < len(words):
            found = next(
                (entry for entry in self._phrases.get(words[i], ()) if _is_at(entry[0], words, i)), None
            )
            end = i + len(found[0]) if found else i + 1
            yield Piece(" ".join(words[i:end]), found[1] if found else self._mean(words[i]))
            i = end

    def _mean(self, word: str) -> str | None:
        """The English word of a single one, by its stem or without what is written together with it."""
        bare = (word.removeprefix(prefix) for prefix in self._prefixes if word.startswith(prefix))
        for form in (word, *bare):
            found = [meaning for words, meaning in self._phrases.get(form, ()) if len(words) == 1]
            stems = (form[:end] for end in range(len(form), _SHORTEST_STEM - 1, -1))
            found += [self._stems[stem] for stem in stems if stem in self._stems]
            if found:
                return found[0]
        return None

    def read(self, text: str) -> list[str]:
        """The text's words as English base forms; a word that the list does not have stays, a function word goes."""
        return [
            base_of(piece.meaning) if piece.meaning else piece.text
            for piece in self.scan(text)
            if piece.meaning or (piece.text not in self._stops and piece.text[0].isalnum())
        ]

    def noun(self, phrase: str) -> str | None:
        """The English word of a counted noun; None if the list has none of its words."""
        return next((piece.meaning for piece in reversed(self.scan(phrase)) if piece.meaning), None)

    def clause_after(self, text: str) -> list[Piece]:
        """The nearest words after a number, up to the end of its clause."""
        pieces = takewhile(lambda piece: not self._ends(piece) and not self._begins(piece), self.scan(text))
        return list(pieces)[:_NEAREST_WORDS]

    def clause_before(self, text: str) -> list[Piece]:
        """The nearest words before a number, the nearest first, back to the beginning of its clause."""
        near: list[Piece] = []
        for piece in takewhile(lambda piece: not self._ends(piece), reversed(self.scan(text))):
            near.append(piece)
            if self._begins(piece):
                break
        return near[:_NEAREST_WORDS]

    def _ends(self, piece: Piece) -> bool:
        return piece.text in self._clause_ends

    def _begins(self, piece: Piece) -> bool:
        """Whether the word is written together with an "and"."""
        return bool(self._clause_prefixes) and piece.text.startswith(self._clause_prefixes)


def _read_forms(code: str, words: object) -> dict[str, str]:
    """The English word of each form."""
    return {
        lower(form, code): meaning
        for meaning, listed in (words.items() if isinstance(words, Mapping) else ())
        for form in _texts(listed)
    }


def _texts(listed: object) -> list[str]:
    return [str(text) for text in listed] if isinstance(listed, list) else []


def _is_at(phrase: Sequence[str], words: Sequence[str], i: int) -> bool:
    here = words[i : i + len(phrase)]
    if len(here) < len(phrase) or here[:-1] != list(phrase[:-1]):
        return False
    last = phrase[-1]
    return here[-1].startswith(last[:-1]) if last.endswith("*") else here[-1] == last


@cache
def glossary_of(language: str | None) -> Glossary | None:
    """The glossary of a language such as "pt-BR"; None for English and for a language that has no list."""
    code = (language or "").split("-")[0].lower()
    if code not in known_codes():
        return None
    table = read_table(code, "meanings")
    if not table:
        return None
    is_unspaced = bool(read_table(code, "numbers").get("unspaced")) and code != "ko"
    return Glossary(code, table, read_table(code, "figures").get("stops", ()), is_unspaced)
