"""The lines that comment forms, share bars, sign-up boxes and the like print, by language (phrases/)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tasks.clean.words.draft import RuleName
from tasks.clean.words.lines import Line, fold
from tasks.clean.words.moments import read_moment
from tasks.clean.words.word_lists import read_words, word_set

_FOLDER = Path(__file__).parent / "phrases"
_NUMBERS = re.compile(r"\d+(?: \d+)*")
# A line that begins like this quotes a form. It is a form only if it says nothing else.
_QUOTING = ('"', "“", "„", "«", "‘")
_SIGNS = ":：|/(?"
_STOPS = (".", "!", "?", "。", "！", "？")
# Groups whose lines begin like sentences do ("Sign up for our fleet, the firm told sailors.").
_ASKING = frozenset({"related", "newsletter", "share", "tags", "reporting", "paywall"})
_SENTENCE_WORDS = 7
# A time of day or a span of time: "10:15", "10h15", "6 p.m.", "2 hours ago", "3 min".
_TIME = re.compile(r"\d\s?(?:[:h.]\s?\d{2}\b|[ap]\.?m\b|min|h\b|st\b|uhr|hour|day|week)", re.IGNORECASE)
_INDEX_CHARS = 2  # long enough to part the phrases, short enough for the shortest prefix in Chinese


@dataclass(frozen=True, slots=True)
class Group:
    """A phrase group: its rule, what the rule takes out, where its lines can be removed, and their greatest
    length (words)."""

    name: RuleName
    meaning: str
    where: str
    max_words: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase, folded: its literal parts in order, whether it is open at the ends, and the sign
    (colon, bar, bracket) that must follow or open it, since folding drops it."""

    group: Group
    parts: tuple[str, ...]
    open_start: bool
    open_end: bool
    sign: str = ""

    def matches(self, key: str, raw: str) -> bool:
        """Whether a line with this key (numbers as 0) and this text is such a line."""
        if self.sign and not self._has_sign(raw):
            return False
        at = 0
        for number, part in enumerate(self.parts):
            found = key.find(part, at)
            if found < 0 or (number == 0 and not self.open_start and found):
                return False
            at = found + len(part)
        return self.open_end or at == len(key) or (self.open_start and key.endswith(self.parts[-1]))

    def _has_sign(self, raw: str) -> bool:
        if self.sign == "(":
            return raw.startswith(("(", "[", "（"))
        if self.sign == "©":
            return raw.startswith("©")
        window = raw[: len(self.parts[0]) + 4]
        return any(sign in window for sign in (":：" if self.sign == ":" else self.sign))


class PhraseBook:
    """Phrases ready for look-up: whole lines in a table, open ones by their first characters."""

    def __init__(self, phrases: Iterable[Phrase], weak: dict[str, Group]) -> None:
        self._whole: dict[str, Group] = {}
        self._by_start: dict[str, list[Phrase]] = {}
        self._floating: list[Phrase] = []
        self._weak = weak
        for phrase in phrases:
            self._add(phrase)

    def _add(self, phrase: Phrase) -> None:
        if phrase.open_start:
            self._floating.append(phrase)
        elif len(phrase.parts) == 1 and not phrase.open_end:
            self._whole.setdefault(phrase.parts[0], phrase.group)
        else:
            self._by_start.setdefault(phrase.parts[0][:_INDEX_CHARS], []).append(phrase)

    def find(self, line: Line) -> Group | None:
        """The group that knows this line, or None; a line longer than the group allows is prose."""
        key = mask_numbers(line.key)
        whole = self._whole.get(key)
        if whole:
            return whole
        count = len(line.words)
        opened = self._by_start.get(key[:_INDEX_CHARS], []) if not line.text.startswith(_QUOTING) else []
        for phrase in [*opened, *self._floating]:
            fits = count <= phrase.group.max_words and phrase.matches(key, line.text)
            if fits and not _is_told(line, phrase.group):
                return phrase.group
        return None

    def find_weak(self, line: Line) -> Group | None:
        """The group in whose company this line is boilerplate though it could mean anything alone."""
        return self._weak.get(mask_numbers(line.key))


def _is_told(line: Line, group: Group) -> bool:
    """Whether a line that begins like one of the group is a sentence of the article: it has a full stop, no
    link, and says who said so; or, of a group of times, tells none."""
    if line.linked_chars or not line.text.rstrip("\"”»’'").endswith(_STOPS):
        return False
    if group.name == "updated":
        return _TIME.search(line.text) is None and read_moment(line.text) is None
    return group.name in _ASKING and len(line.words) >= _SENTENCE_WORDS and says_who(line)


def says_who(line: Line) -> bool:
    """Whether a line holds a form of "said" or its kin."""
    inside = read_words("sentences")["said_inside"]
    return not word_set("sentences", "said").isdisjoint(line.words) or any(
        word in line.key for word in inside
    )


def mask_numbers(key: str) -> str:
    """The folded line with each number, grouped or not, as a 0."""
    return _NUMBERS.sub("0", key)


@cache
def phrase_book() -> PhraseBook:
    """All languages' phrases: a line in one language says nothing in another, and pages mix them."""
    groups = read_groups()
    phrases: list[Phrase] = []
    weak: dict[str, Group] = {}
    for path in sorted(_FOLDER.glob("??.toml")):
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for where in ("anywhere", "edges"):  # these come first
                sure = replace(groups[name], where=where)
                phrases += [read_phrase(line, sure) for line in entry.get(where, ())]
            phrases += [read_phrase(line, groups[name]) for line in entry["lines"]]
            for line in entry.get("weak", ()):
                weak.setdefault(mask_numbers(fold(line)), groups[name])
    return PhraseBook(phrases, weak)


@cache
def read_groups() -> dict[str, Group]:
    """The groups of groups.toml by name."""
    table = tomllib.loads((_FOLDER / "groups.toml").read_text(encoding="utf-8"))
    return {
        name: Group(RuleName(name), entry["meaning"], entry["where"], entry["max_words"])
        for name, entry in table.items()
    }


def read_phrase(written: str, group: Group) -> Phrase:
    """A phrase as the files write it: `#` is a number, `...` anything, also nothing."""
    pieces = written.replace("#", "0").split("...")
    parts = tuple(part for part in (mask_numbers(fold(piece)) for piece in pieces) if part)
    first = pieces[0].strip()
    open_end = len(pieces) > 1 and not pieces[-1].strip()
    sign = _read_sign(first, open_end)
    if not parts:  # "© ...": nothing but the sign tells
        return Phrase(group, ("",) if sign else ("\x00",), True, open_end, sign)
    return Phrase(group, parts, len(pieces) > 1 and not first, open_end, sign)


def _read_sign(first: str, open_end: bool) -> str:
    """The sign that must open the line or follow its first part, "" if folding drops none."""
    if first.startswith(("(", "©")):
        return first[0]
    return first[-1:] if open_end and first[-1:] in _SIGNS else ""
