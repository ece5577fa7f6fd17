"""Base forms of English words by rule: the language model is loaded without its lemmatizer."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

_VOWELS = "aeiou"
_DOUBLED = re.compile(r"(?<!^[aeo])([bdgkmnprt])\1$")
# "Cancelled", "controlled", "fuelled"; "recalled" and "fulfilled" end so by themselves, and so does every short verb.
_DOUBLED_L = re.compile(r"(?:[aeiouy][^aeiouy]+[aeo]|equa|[^q]u?[iu][ae]|i[ae])ll$")
_ENDS_LL = ("install", "enroll", "recall", "appall", "befall", "foretell", "unroll", "retell", "resell")
# "Panicked", "trafficked": the k is only there before the ending; "picked" has its own.
_ADDED_K = re.compile(r"[aeiou][^aeiou]+ick$")
# A stem that has lost a final e: "arriv", "charg", "accus", "escap", "wound" has lost none.
_NEEDS_E = re.compile(
    r"u$|ced$|(?:ps|[ly]z)$|(?:[aeiou]|[^aeiou]u)[vczg]$|[^aeiou][cv]$|[^aeiou]g$|[rw][s]$|[nu][s]$|[aeiou]s$|[^aeiou][aeiou][kptd]l$|[iu]at$"
    r"|[bcdfgkpt]l$|^[^aeiou]+[aiou]l$|yp$|quar$|(?:^|[^aeiouy])[aiou](?:[kbmpr])$|(?:[^aeiou][aiou]t)$|(?:id|od|ud|ad|in|on)$"
)
# "Mirror", "develop", "worship", but "explore": the last syllable is not the one that is stressed.
_KEEPS = re.compile(
    r"(?:[aeiouy][^aeiouy]+(?<!expl)(?<!rest)(?<!ad)(?<!depl)(?<!impl)(?<!ign)or|[aeiouy][^aeiouy]+[oi]p|ing|ong|^(?:b|cl|h|g|tw)ang|er|en|on|it|is[h]|visit|edit|ck|ain|ein|oin|oan|ead|oad|aid|oid|aud|eed|ood)$"
)


@cache
def _forms(kind: str) -> dict[str, str]:
    text = Path(__file__).with_name("lemmas.toml").read_text(encoding="utf-8")
    return {form: base for base, forms in tomllib.loads(text)[kind].items() for form in forms}


# Verbs whose past is the word itself.
_SAME = frozenset([
    "put", "let", "read", "hurt", "set", "cut", "cost", "hit", "shut", "split", "spread", "cast",
    "burst", "quit", "shed", "bet", "bid", "upset", "beset", "broadcast", "forecast", "offset",
    "reset", "thrust", "rid",
])  # fmt: skip


@lru_cache(maxsize=50_000)
def base_form(word: str, tag: str) -> str:
    """The base form of a word with its Penn tag: ("killed", "VBN") is "kill", ("sons", "NNS") "son"."""
    lower = word.lower()
    if tag.startswith("VB") or tag == "MD":
        return _verb(lower, tag)
    if tag in ("NNS", "NNPS"):
        return plural_base(lower)
    return _forms("nouns").get(lower, lower)


def plural_base(word: str) -> str:
    """The singular of a plural in lower case, by rule; a word that is no plural stays."""
    if word in _forms("nouns"):
        return _forms("nouns")[word]
    if word.endswith("men"):
        return word[:-3] + "man"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|z|bus|virus|campus)es$", word):
        return word[:-2]
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural else word


def _verb(word: str, tag: str) -> str:
    if word in _forms("verbs"):
        return _forms("verbs")[word]
    if tag in ("VB", "VBP", "MD"):
        return word
    if tag == "VBZ":
        return plural_base(word) if not word.endswith("oes") else word[:-2]
    if word.endswith("eed") and len(word) > 4:  # freed, agreed
        return word[:-1]
    if word.endswith("ied"):
        return word[:-3] + "y"
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return _restore(word[: -len(ending)])
    return word


def _restore(stem: str) -> str:
    """The verb that a stem without "ed" or "ing" comes from."""
    is_doubled = _DOUBLED_L.search(stem) and not stem.endswith(_ENDS_LL)
    if is_doubled or _DOUBLED.search(stem):
        return stem[:-1]
    if _ADDED_K.search(stem):
        return stem[:-1]
    if stem.endswith("e") or not any(letter in _VOWELS + "y" for letter in stem):
        return stem
    if stem.endswith(
        ("cu", "gu", "lu", "su", "uir", "plet", "let", "pir", "sir", "hir", "tir", "ur", "par", "pos")
    ):
        return stem + "e" if not stem.endswith(("ccur", "our")) else stem
    if _KEEPS.search(stem):
        return stem
    return stem + "e" if _NEEDS_E.search(stem) else stem


def past_participle(verb: str, *, simple: bool = False) -> str:
    """ "killed" of "kill", "shot" of "shoot"; with `simple` the past tense ("fell", not "fallen")."""
    if verb in _SAME:
        return verb
    irregular = [form for form, base in _forms("verbs").items() if base == verb and not form.endswith("ing")]
    irregular = [
        form
        for form in irregular
        if form.isalpha() and form not in ("does", "goes", "has", "am", "are", "is")
    ]
    if irregular:
        return irregular[0] if simple else irregular[-1]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("ic"):
        return verb + "ked"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    is_short = (
        re.fullmatch(
            r"[^aeiou]*[aeiou][bdgmnprt]|(?!offer|suffer|differ|buffer|limit)\w+(?:fer|mit|pel|cur)", verb
        )
        is not None
    )
    return verb + (verb[-1] if is_short else "") + "ed"
