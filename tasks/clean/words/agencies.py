"""News agencies and where a text credits them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tasks.clean.words.word_lists import read_words

_MOST_CHARS = 400  # of a credit line
_NOT_WORD = r"(?<![\w-])(?:{})(?![\w-])"
_PARTS = re.compile(r"\s*(?:[/;+&]|\band\b|\bund\b|\bet\b|\by\b)\s*")
# "OSLO, Nov. 3 (NTB) -", "Berlin (dpa/lbn) -", "MOSCOW, November 3. /TASS/.": AP Stylebook, "datelines".
_DATELINE = re.compile(r"[^\n()/]{0,60}(?:\((?P<round>[^()\n]{2,40})\)|/(?P<slash>[^/\n]{2,20})/)\s?[-–—:.]")
_BARE_DATELINE = re.compile(r"(?P<name>[^\n()/,.–—]{2,25}?)\s(?:[–—]|-{1,2})\s")
# Behind the last sentence: (AFP), — Reuters.
_LAST_WORDS = re.compile(r"(?:\((?P<round>[^()\n]{2,40})\)|[-–—]\s?(?P<dash>[^\n()–—.]{2,40}))\.?$")
_WITH = re.compile(
    r"^(?:with|from|by|via|source:?|avec|mit|con|com|met)\s(?:inputs\s(?:from|by)\s)?", re.IGNORECASE
)
# "Meridian Press Agency": an agency that the lists do not know, by its name.
_NAMED_SO = re.compile(r"\b(?:[A-Z][\w'’-]+\s){1,3}(?:Press|News|Wire)\s(?:Agency|Service)\b")
# A credit of a picture says nothing of the text.
_PICTURE = re.compile(
    r"\b(?:photo|photograph|picture|image|video|illustration|getty|foto|bild)", re.IGNORECASE
)


def is_agency(name: str) -> bool:
    """Whether a name is that of a news agency, one of the lists or one that is called so ("Meridian Press Agency")."""
    return name.casefold() in _agencies() or _NAMED_SO.fullmatch(name) is not None


def agency_forms() -> frozenset[str]:
    """Every form of every agency's name, case folded."""
    return frozenset(_agencies())


@cache
def _agencies() -> dict[str, str]:
    """The agency by each form of its name, case folded."""
    return {
        form.casefold(): agency
        for agency, forms in read_words("agencies").items()
        for form in (agency, *forms["names"], *forms["short"])
    }


@cache
def _in_credits() -> re.Pattern[str]:
    """Forms that tell an agency inside a longer credit line."""
    words = read_words("agencies").values()
    names = sorted((name for forms in words for name in forms["names"]), key=len, reverse=True)
    clear = [form for forms in words for form in forms["clear"]]
    folded = "|".join(map(re.escape, names))
    return re.compile(_NOT_WORD.format(f"(?i:{folded})|{'|'.join(map(re.escape, clear))}"))


def find_agency(body_text: str, authors: Iterable[str], credits: Iterable[str]) -> str | None:
    """The agency whose report an article prints or draws on, as agencies.toml calls it, or as written if it is called
    a press agency or news service; None if none is credited.

    Looked for in the dateline, the authors, the `credits` (bylines and credit lines) and behind the last sentence, in
    this order. Credits of pictures do not count.
    """
    return (
        _read_dateline(body_text)
        or next((agency for name in authors if (agency := _read_author(name))), None)
        or next((agency for line in credits if (agency := _read_credit(line))), None)
        or _read_end(body_text)
    )


def _read_dateline(body_text: str) -> str | None:
    start = body_text[:140]
    if found := _DATELINE.match(start):
        return _first_of(found["round"] or found["slash"])
    bare = _BARE_DATELINE.match(start)
    return _agencies().get(bare["name"].casefold().strip()) if bare else None


def _read_author(name: str) -> str | None:
    named_so = _NAMED_SO.fullmatch(name)
    return _agencies().get(name.casefold()) or (named_so[0] if named_so else None)


def _read_credit(line: str) -> str | None:
    line = " ".join(line[:_MOST_CHARS].split())
    if _PICTURE.search(line):
        return None
    if agency := _first_of(line.strip(" ()[].—–-")):
        return agency
    found = _in_credits().search(line)
    if found:
        return _agencies()[found[0].casefold()]
    named_so = _NAMED_SO.search(line)
    return named_so[0] if named_so else None


def _read_end(body_text: str) -> str | None:
    last = _LAST_WORDS.search(body_text[-80:])
    if last is None or _PICTURE.search(last[0]):
        return None
    return _first_of(last["round"] or last["dash"])


def _first_of(names: str) -> str | None:
    """The first agency of "dpa/lbn" or "Reuters and AFP"; None if no part is an agency's whole name."""
    parts = (_WITH.sub("", part.strip()) for part in _PARTS.split(names))
    return next((agency for part in parts if (agency := _agencies().get(part.casefold()))), None)
