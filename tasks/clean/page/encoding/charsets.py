"""The charset of a page that declares none or a wrong one, by the letters of its language."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from tasks.clean.words.word_lists import read_words

_LANGUAGE = re.compile(
    rb"""<html\b[^>]{0,300}?\blang\s{0,9}=\s{0,9}["']?([A-Za-z]{2}(?:-[A-Za-z]{2})?)""", re.I
)
_OWN_LETTERS = 0.8  # share of the letters beyond ASCII that have to be those of the page's language
_PUNCTUATION = frozenset("‘’‚“”„–—…•€£§°©®«»·\xa0№　、。，．・：；！？「」『』（）【】《》～")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_HEAD_BYTES = 4096
_SAMPLE_CHARS = 32_768


def guess_by_language(payload: bytes, url: str | None = None) -> tuple[str, str] | None:
    """Text and charset by the letters of the language that the page says it is in, or, where it says none that is
    known, of the country whose name its host bears; None where its letters are not those."""
    known = _find_language(payload, url)
    best, best_share = None, _OWN_LETTERS
    for encoding in read_words("charsets")[known]["charsets"] if known else ():
        text = decode_strictly(payload, encoding)
        share = _share_of(text, _letters_of(known)) if text is not None and known else 0.0
        if text is not None and share > best_share:
            best, best_share = (text, encoding), share
    return best


def decode_strictly(payload: bytes, encoding: str) -> str | None:
    """The text, or None if a byte is not in the charset."""
    try:
        return payload.decode(encoding)
    except UnicodeDecodeError:
        return None


def _find_language(payload: bytes, url: str | None) -> str | None:
    """The language of charsets.toml that the page names, else that of its host's country."""
    said = _LANGUAGE.search(payload[:_HEAD_BYTES])
    named = said[1].decode("ascii").lower() if said else ""
    known = next((name for name in (named, named[:2]) if name in read_words("charsets")), None)
    return known or _by_host().get(_last_label(url))


def _last_label(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").rpartition(".")[2].lower()
    except ValueError:
        return ""


@cache
def _by_host() -> dict[str, str]:
    """Language by the last label of a host's name."""
    return {host: name for name, entry in read_words("charsets").items() for host in entry["hosts"]}


@cache
def _letters_of(language: str) -> frozenset[str]:
    """The letters of a language, those of its ranges ("first-last") spelled out."""
    entry = read_words("charsets")[language]
    spelled = (
        chr(code) for first, _, last in entry.get("ranges", ()) for code in range(ord(first), ord(last) + 1)
    )
    return frozenset(entry["letters"]) | frozenset(spelled)


def _share_of(text: str, letters: frozenset[str]) -> float:
    """Share of the non-ASCII characters but punctuation that are among the letters, small ones counting whole and
    capitals half, so that text is not taken for the same in capitals (KOI8-R)."""
    found = [
        char for run in _NOT_ASCII.findall(text[:_SAMPLE_CHARS]) for char in run if char not in _PUNCTUATION
    ]
    small = sum(char in letters for char in found)
    large = sum(char.lower() in letters for char in found) - small
    return (small + large / 2) / len(found) if found else 0.0
