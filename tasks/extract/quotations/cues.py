"""The words that tell of speech, in the forms they take in a text (cues.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_VOWELS = "aeiou"


@cache
def cue_words() -> dict[str, Any]:
    """The contents of cues.toml."""
    return tomllib.loads((Path(__file__).parent / "cues.toml").read_text(encoding="utf-8"))


@cache
def speech_verbs() -> dict[str, str]:
    """Every form of the English verbs of speech, in lower case, with its lemma."""
    return _forms_of(cue_words()["en"]["say"])


@cache
def other_verbs() -> dict[str, str]:
    """Forms of verbs that can report speech or thought and give way to a verb of speech above them."""
    return {f: lemma for f, lemma in _forms_of(cue_words()["en"]["other"]).items() if f not in speech_verbs()}


@cache
def naming_verbs() -> dict[str, str]:
    """Forms of verbs that give something a name in the speaker's words ("dubbed")."""
    return _forms_of(cue_words()["en"]["naming"])


@cache
def particle_verbs() -> dict[str, str]:
    """Forms of verbs that report speech with a particle only ("went on"), each with its particle."""
    pairs = dict(pair.split(":") for pair in cue_words()["en"]["particles"])
    return {form: pairs[lemma] for form, lemma in _forms_of(" ".join(pairs)).items()}


@cache
def speech_nouns() -> frozenset[str]:
    """Nouns of speech ("warning"), singular and plural."""
    return _with_plurals(cue_words()["en"]["nouns"])


@cache
def message_nouns() -> frozenset[str]:
    """Nouns of things that are issued and that speak ("statement"), singular and plural."""
    return _with_plurals(cue_words()["en"]["messages"])


def _forms_of(lemmas: str) -> dict[str, str]:
    irregular = cue_words()["en"]["irregular"]
    forms: dict[str, str] = {}
    for lemma in lemmas.split():
        for form in (lemma, _third_person(lemma), _gerund(lemma)):
            forms.setdefault(form, lemma)
        for form in irregular[lemma].split() if lemma in irregular else (_past(lemma),):
            forms.setdefault(form, lemma)
    return forms


def _with_plurals(nouns: str) -> frozenset[str]:
    return frozenset(form for noun in nouns.split() for form in (noun, _third_person(noun)))


def _third_person(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word[:-1] + "ies" if _ends_in_consonant_y(word) else word + "s"


def _gerund(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return _doubled(lemma) + "ing"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    return lemma[:-1] + "ied" if _ends_in_consonant_y(lemma) else _doubled(lemma) + "ed"


def _ends_in_consonant_y(word: str) -> bool:
    return word.endswith("y") and word[-2] not in _VOWELS


# Stressed on the last syllable, so that the consonant doubles.
_DOUBLING = frozenset(
    {"admit", "rebut", "refer", "quip", "snap", "dub", "brag", "beg", "rip", "pan", "chat", "plan", "blog"}
)


def _doubled(lemma: str) -> str:
    return lemma + lemma[-1] if lemma in _DOUBLING else lemma
