"""The words by which a language without capital letters tells who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tasks.extract.languages.words import read_table

NOTHING = re.compile(r"(?!)")
# Vowel signs are no letters to `\w`, and yet a word goes on with them.
_LEFT, _RIGHT = r"(?<![\w\u064b-\u0652\u0900-\u0963])", r"(?![\w\u064b-\u0652\u0900-\u0963])"


@dataclass(frozen=True, slots=True)
class Clauses:
    """Patterns over the sentence around quoted words.

    `order` is "marked" (a particle ends the subject), "before" or "behind" (the subject stands at that side of the
    verb). `subject` is such a particle; behind one of `weak_marks` a name alone is not enough. `owners` end at "of".
    `links` come right behind the marks of quoted words where the language has such particles; where `needs_verb`, they
    tell of speech with a verb of saying only. `ends` are endings of words that no speaker goes on behind, `leads` the
    first words behind a speaker, or those that announce what is said.
    """

    code: str
    order: str
    is_spaced: bool
    subject: re.Pattern[str]
    weak_marks: frozenset[str]
    owners: re.Pattern[str]
    marked_pronouns: re.Pattern[str]
    needs_verb: bool
    verb: re.Pattern[str]
    links: re.Pattern[str]
    according_before: re.Pattern[str]
    according_behind: re.Pattern[str]
    ends: tuple[str, ...]
    leads: re.Pattern[str]
    pronouns: Mapping[str, str]
    names: re.Pattern[str]
    surnames: frozenset[str]
    people: tuple[str, ...]
    titles: tuple[str, ...]
    bodies: tuple[str, ...]
    prefixes: tuple[str, ...]
    stops: frozenset[str]


@cache
def uncased_clauses(code: str) -> Clauses | None:
    """The patterns of a language such as "zh-TW"; None where its speech.toml has no `order`."""
    base = code.split("-")[0].lower()
    table = read_table(base, "speech")
    return _make(base, table, read_table(base, "people")) if "order" in table else None


def _make(base: str, table: Mapping[str, Any], people: Mapping[str, Any]) -> Clauses:
    is_spaced = bool(table.get("spaced"))
    left, right = (_LEFT, _RIGHT) if is_spaced else ("", "")
    return Clauses(
        code=base,
        order=table["order"],
        is_spaced=is_spaced,
        subject=_any(_words(table, "subject_marks"), left if table.get("marks_are_words") else "", right),
        weak_marks=frozenset(_words(table, "weak_marks")),
        owners=_any(_words(table, "owner_marks"), r"\s?", r"\s?$"),
        marked_pronouns=_any(_words(table, "marked_pronouns"), left, right),
        needs_verb=bool(table.get("needs_verb")),
        verb=_verbs(table["verbs"], left),
        links=_any(table.get("links", "").split(), r"\s?", ""),
        according_before=_any(table.get("according_before", ()), left, ""),
        according_behind=_any(table.get("according_behind", ()), r"\s?", ""),
        ends=tuple(_words(table, "ends")),
        leads=_any(_words(table, "leads"), left, right),
        pronouns={word: kind for kind in ("they", "she", "he") for word in table.get(kind, "").split()},
        names=re.compile(
            table.get("name_pattern", r"(?!)").replace("SURNAME", _group(people.get("surnames", "").split()))
        ),
        surnames=frozenset(people.get("surnames", "").split()),
        people=tuple(people.get("people", "").split()),
        titles=tuple((people.get("offices", "") + " " + people.get("honorifics", "")).split()),
        bodies=tuple(people.get("collectives", "").split()),
        prefixes=tuple(table.get("prefixes", "").split()),
        stops=frozenset(_words(table, "stops")),
    )


def _words(table: Mapping[str, Any], name: str) -> list[str]:
    return str(table.get(name, "")).split()


def _group(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


def _any(words: Iterable[str], before: str, behind: str) -> re.Pattern[str]:
    listed = list(words)
    return re.compile(before + _group(listed) + behind) if listed else NOTHING


def _verbs(table: Mapping[str, Any], left: str) -> re.Pattern[str]:
    """Stems, with any ending where the language has endings, in none of the words that hold a stem by chance."""
    never_behind = "".join(f"(?<!{one})" for one in _words(table, "never_behind"))
    never_before = _words(table, "never_before")
    ahead = f"(?!{_group(never_before)})" if never_before else ""
    stems = _group(_words(table, "stems"))
    return re.compile(left + table.get("prefix", "") + never_behind + stems + ahead + table.get("ending", ""))
