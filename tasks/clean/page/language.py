"""The language of a text, offline and in half a millisecond."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from tasks.clean.page.page import Page

_SAMPLE_CHARS = 1_200
_MIN_LETTERS = 20
_LETTERS = re.compile(r"[^\W\d_]")
_SURE = 0.8  # below it, a language that page or outlet declare wins over the detector's
_DECLARED = re.compile(r"^\s*([a-zA-Z]{2})(?:[-_]|\s*$)")
# What the detector confuses with a close relative: a declaration of either of them decides, and the detector is sure of a
# language if it is sure that the text is in one of them.
_TWINS = (frozenset({"nb", "no", "nn", "da"}), frozenset({"hr", "sr", "bs"}), frozenset({"id", "ms"}))
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN_ONLY = frozenset({"hr", "bs"})  # Serbian is printed in both scripts
# Languages that the detector knows beside the written one that they are printed in, and no language at all.
_PRINTED_AS = {
    "nb": "no",
    "nn": "no",
    "arz": "ar",
    "ary": "ar",
    "wuu": "zh",
    "yue": "zh",
    "hbo": "he",
    "grc": "el",
    "zxx": "",
}


def detect_language(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 code of the language that the text is in; None for too little text.

    `declared` (a code such as "de" or "de-AT", of the page or the outlet) decides between close
    relatives and where the text alone is doubtful or too short.
    """
    said = read_code(declared)
    sample = text[:_SAMPLE_CHARS]
    if len(_LETTERS.findall(sample)) < _MIN_LETTERS:
        return said
    code, confidence = _classify(sample)
    if said is None or said == code or not code:
        return code or said
    is_twin = any({said, code} <= group for group in _TWINS)
    if is_twin and said in _LATIN_ONLY and _CYRILLIC.search(sample):
        return code
    return said if is_twin or confidence < _SURE else code


def _classify(sample: str) -> tuple[str, float]:
    """The likeliest language, empty for none, and how likely it or a twin of it is."""
    ranked = [(str(code), float(likely)) for code, likely in _detector().rank(sample)]
    best = ranked[0][0]
    twins = next((group for group in _TWINS if best in group), frozenset({best}))
    return _PRINTED_AS.get(best, best), sum(likely for code, likely in ranked if code in twins)


def read_code(declared: str | None) -> str | None:
    """The two-letter code in a declaration such as "en-GB", "de_AT" or "fr"; None if it has no code."""
    found = _DECLARED.match(declared or "")
    return found.group(1).lower() if found else None


def declared_language(page: Page) -> str | None:
    """What the page says of its own language: the html tag, then og:locale and its kin."""
    said = page.tree.get("lang") or page.tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    return read_code(said) or read_code(
        page.first_meta("og:locale", "content-language", "language", "dc.language")
    )


@cache
def _detector() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
