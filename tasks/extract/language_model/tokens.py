"""Tokens on the text's own offsets, in any language, however hostile the text."""
# Why: see docs/decisions.md, "The tokenizer learns new words apart from their text".

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

# spaCy ships rules of its own for these without further packages.
_OWN_RULES = frozenset(
    {"af", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "gu", "he"}
    | {"hi", "hr", "hu", "hy", "id", "is", "it", "lb", "lt", "lv", "mk", "mr", "nb", "nl", "pl", "pt", "ro"}
    | {"ru", "sk", "sl", "sq", "sr", "sv", "ta", "te", "tl", "tr", "uk", "ur"}
)
# Languages that part the endings of names by an apostrophe: "Ankara'da".
_SUFFIXES = frozenset({"tr", "az"})
# Scripts written without spaces: each character and each stop is a token.
_CJK = r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\uff61]"
# Particles that are written together with the noun before them; Standard Korean Language Dictionary.
_PARTICLES = [
    "에서는",
    "에서도",
    "에게서",
    "으로는",
    "으로",
    "에서",
    "에게",
    "까지",
    "부터",
    "에는",
    "에도",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "로",
    "와",
    "과",
    "도",
    "만",
]
# spaCy's tokenizer takes quadratic time on long runs without a space; no word is this long.
_LONG_RUN = re.compile(r"\S{400,}")
_PIECE_CHARS = 100
# Runs without a space that the tokenizer has learned; longer ones hardly come again.
_MOST_RUNS = 60_000
_RUN_CHARS = 24
_LEARNED_TOGETHER = 100
_EDGES = "\"'“”‘’()[],.;:!?-–—…"


@cache
def blank_language(code: str) -> Language:
    """A pipeline that only tokenises: spaCy's rules for the language, else those for any language."""
    base = code.split("-")[0].lower()
    if base == "ko":
        return _korean()
    if base in _OWN_RULES and (own := _own_rules(base)):
        return own
    return _any_language()


@cache
def _any_language() -> Language:
    nlp = spacy.blank("xx")
    infixes = [*(nlp.Defaults.infixes or ()), _CJK]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    return nlp


@cache
def _korean() -> Language:
    """The rules for any language; a particle behind a noun of two syllables or more is a token of its own."""
    nlp = spacy.blank("xx")
    suffixes = [*(nlp.Defaults.suffixes or ()), rf"(?<=[가-힣]{{2}})(?:{'|'.join(_PARTICLES)})"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.suffix_search = spacy.util.compile_suffix_regex(suffixes).search
    return nlp


def _own_rules(base: str) -> Language | None:
    """spaCy's rules for the language, or None where this release of it ships none."""
    try:
        nlp = spacy.blank(base)
    except ImportError:
        return None
    if base in _SUFFIXES:
        infixes = [*(nlp.Defaults.infixes or ()), r"(?<=\w)['’](?=\w)"]
        tokenizer: Any = nlp.tokenizer
        tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    return nlp


def tokenize(nlp: Language, text: str) -> Doc:
    """A Doc whose `text` is the given text; runs of 400 characters without a space are cut blindly."""
    _learn_runs(nlp, text)
    runs = list(_LONG_RUN.finditer(text))
    if not runs:
        return nlp.tokenizer(text)
    words: list[str] = []
    spaces: list[bool] = []
    place = 0
    for run in runs:
        _append_tokens(nlp.tokenizer(text[place : run.start()]), words, spaces)
        pieces = [text[i : min(i + _PIECE_CHARS, run.end())] for i in range(*run.span(), _PIECE_CHARS)]
        words.extend(pieces)
        spaces.extend([False] * len(pieces))
        place = run.end()
    _append_tokens(nlp.tokenizer(text[place:]), words, spaces)
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _learn_runs(nlp: Language, text: str) -> None:
    """Let the tokenizer meet the runs of the text that are new to it, so that it remembers their tokens.

    spaCy's tokenizer remembers a run only up to the first one of a text that is a special case ("don't"), and none within
    a memory zone. So new runs come in texts of their own, which hold no special case.
    """
    vocab: Any = nlp.vocab
    known = _known_runs(nlp)
    if vocab.in_memory_zone or len(known) >= _MOST_RUNS:
        return
    new = [run for run in set(text.split()) - known if len(run) <= _RUN_CHARS]
    known.update(new)
    tokenizer: Any = nlp.tokenizer
    rules = tokenizer.rules or {}
    plain = [run for run in new if run not in rules and run.strip(_EDGES) not in rules]
    for begin in range(0, len(plain), _LEARNED_TOGETHER):
        tokenizer(" ".join(plain[begin : begin + _LEARNED_TOGETHER]))


@lru_cache(maxsize=8)
def _known_runs(nlp: Language) -> set[str]:
    return set()


def _append_tokens(doc: Doc, words: list[str], spaces: list[bool]) -> None:
    words.extend(token.text for token in doc)
    spaces.extend(bool(token.whitespace_) for token in doc)
