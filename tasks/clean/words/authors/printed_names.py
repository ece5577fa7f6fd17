"""The names in one printed text, and what comes after its "By"."""

from __future__ import annotations

import html
import re

from tasks.clean.words.agencies import is_agency
from tasks.clean.words.authors.by_words import EDGES, by_pattern, strip_byline_words
from tasks.clean.words.authors.listed import split_listed
from tasks.clean.words.authors.one_name import clean_name
from tasks.clean.words.authors.persons import is_person

_INVISIBLE = {0xAD: None, 0x200B: None, 0xA0: " "}
_MAX_RAW_CHARS = 400
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|(?<!\w)@\w+")
_MARKS = re.compile(r"\s*(?:[;|•·∙／⋅]|\s/\s|&|\+|、|，|\n|\s[-–—]\s)\s*")
# Who only checked or illustrated the text, with all that follows.
_CHECKERS = re.compile(
    r"\b(?:(?:medically |expert |peer |clinically )?(?:reviewed|fact[- ]checked|edited|verified|editing|photos?|photographs?|video) by"
    r"|(?:edit(?:ing|ed|or)|photos?|fotos?|photographs?|photographies|bild(?:er)?|imágenes|imagens|编辑|責編|责编|摄影)\s?[:：])\s?",
    re.I,
)
# "…, Harbour Post — Port Ellery": outlet and place behind a name.
_PLACE_BEHIND = re.compile(r",\s?(?P<outlet>[^,—–]{2,40})\s[—–]\s[^,—–]{2,40}$")
_WITH = re.compile(r",?\s(?:avec|with|mit|con|com|met)\s(?P<rest>[^,]{2,40})$", re.I)
_TAG = re.compile(
    r"</?[a-zA-Z][^<>]{0,200}>"
)  # in a field: "<a href=...>Jane Roe</a>", "Jane Roe<br>Tom Hale"


def read_after_by(text: str) -> str | None:
    """What comes after the "By" (or its kin) that a text begins with; None if it begins with none.

    Words that begin other things too, as the Italian "di", begin one only before a person ("di Jane
    Roe", not "di nuovo").
    """
    text = text.strip()
    if found := by_pattern("sure_by").match(text):
        return text[found.end() :].strip(EDGES)
    if found := by_pattern("weak_by").match(text):
        rest = text[found.end() :].strip(EDGES)
        return rest if opens_with_person(rest) else None
    return None


def opens_with_person(text: str) -> bool:
    """Whether a text begins with a person's name, so that it can be what comes after "By"."""
    text = strip_byline_words(text)
    first = next(iter(read_names(text)), "")
    return bool(first) and is_person(first) and text.startswith(first.split()[0])


def read_names(text: str) -> list[str]:
    """The names in one printed text."""
    text = _TAG.sub("; ", html.unescape(text[:_MAX_RAW_CHARS])).translate(_INVISIBLE)
    text = _cut_company(_CHECKERS.split(_ADDRESS.sub(" ", text))[0].strip())
    pieces: list[str] = []
    for part in _MARKS.split(strip_byline_words(text)):
        pieces += split_listed(part)
    names = [name for piece in pieces if (name := clean_name(piece))]
    credited = [name for name in names if is_person(name) or is_agency(name)]
    return credited if any(is_person(name) for name in names) else names


def _cut_company(text: str) -> str:
    """The text without an outlet and its place, or "with" an agency, behind the names."""
    place = _PLACE_BEHIND.search(text)
    if place and not is_person(place["outlet"]) and is_person(strip_byline_words(text[: place.start()])):
        return text[: place.start()]
    company = _WITH.search(text)
    return text[: company.start()] if company and is_agency(company["rest"].strip(EDGES)) else text
