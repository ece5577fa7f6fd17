"""Printed bylines made a clean list of authors."""
# Why: see docs/decisions.md, "A byline is read in one place".

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from tasks.clean.words.agencies import agency_forms, is_agency
from tasks.clean.words.word_lists import read_words, word_set

_MAX_NAME_CHARS = 60
_SHORT_AGENCY = 6  # letters
_INVISIBLE = {0xAD: None, 0x200B: None, 0xA0: " "}
_MAX_RAW_CHARS = 400
_MOST_BYS = 40  # one behind the other
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|(?<!\w)@\w+")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]\s*$")
_MARKS = re.compile(r"\s*(?:[;|•·∙／⋅]|\s/\s|&|\+|、|，|\n|\s[-–—]\s)\s*")
_COMMA = re.compile(r"\s*,\s*")
_TIME_BEHIND = re.compile(
    r"\s*(?:\d{1,2}[:.]\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:on\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|"
    r"sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2}\b|\d{1,2}\.?\s[^\W\d]{3,10}\.?\s\d{4}|\d{4}\s?[年년]|\d+\s(?:min|hour|day|week)|updated\b|published\b).*$",
    re.I,
)
# Who only checked or illustrated the text, with all that follows.
_CHECKERS = re.compile(
    r"\b(?:(?:medically |expert |peer |clinically )?(?:reviewed|fact[- ]checked|edited|verified|editing|photos?|photographs?|video) by"
    r"|(?:edit(?:ing|ed|or)|photos?|fotos?|photographs?|photographies|bild(?:er)?|imágenes|imagens|编辑|責編|责编|摄影)\s?[:：])\s?",
    re.I,
)
# "…, Harbour Post — Port Ellery": outlet and place behind a name.
_PLACE_BEHIND = re.compile(r",\s?(?P<outlet>[^,—–]{2,40})\s[—–]\s[^,—–]{2,40}$")
_WITH = re.compile(r",?\s(?:avec|with|mit|con|com|met)\s(?P<rest>[^,]{2,40})$", re.I)
# "And" of some languages that also is inside names ("Ortega y Gasset").
_WEAK_AND = re.compile(r"\s(?:y|e|i|en|ja)\s")
_TAG = re.compile(
    r"</?[a-zA-Z][^<>]{0,200}>"
)  # in a field: "<a href=...>Jane Roe</a>", "Jane Roe<br>Tom Hale"
_CODE = re.compile(
    r"[{}<>\[\]$%=]|\w\("
)  # of a template that was not filled in ("{{ author }}"); no name has them
_EDGES = ' \t.,:;|/·•–—-"“”„*>'
_WORD = re.compile(r"[^\W\d_][\w'’.\-·]*")
_CASELESS = re.compile(
    r"[\u0600-\u06ff\u0590-\u05ff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0900-\u0dff]"
)


def clean_authors(raw: Iterable[str], outlets: Iterable[str] = ()) -> list[str]:
    """The authors named in printed bylines or fields: in order, each once, names only.

    Taken off: "By" and its kin, job titles, degrees, places, addresses, times and what is in
    brackets; several names in one text are parted. Of a text that names a person, what names neither
    a person nor an agency goes: desks and outlets are no persons, and stay only where a text credits
    no one else is named; placeholders ("admin") and the `outlets` named do not.
    """
    names: list[str] = []
    seen: set[str] = {_fold(outlet) for outlet in outlets}
    for text in raw:
        for name in _read_names(text):
            key = _fold(name)
            if key and key not in seen:
                seen.add(key)
                names.append(name)
    return _drop_parts(names)


def is_person(name: str) -> bool:
    """Whether a cleaned name looks like a person's: two to five words, none that only bodies have."""
    folded = name.casefold()
    if folded in agency_forms():
        return False
    words = _WORD.findall(name)
    if is_caseless(name):
        return 1 <= len(words) <= 4 and not any(word in folded for word in _body_words())
    if not 2 <= len(words) <= 5 or any(char.isdigit() for char in name):
        return False
    folds = [word.casefold().rstrip(".") for word in words]
    if any(word in _body_words() for word in folds) or folds[0] in _no_first_words():
        return False
    if folds[-1] in word_set("bylines", "job_words") - word_set("bylines", "role_openers"):
        return False
    return all(_begins_large(word) or word.casefold() in word_set("bylines", "particles") for word in words)


def _begins_large(word: str) -> bool:
    """Whether a word begins with a capital, also behind "d'" or "o'"."""
    return word[0].isupper() or (len(word) > 2 and word[1] in "'’" and word[2].isupper())


def is_caseless(text: str) -> bool:
    """Whether a text is written in a script without capitals (Arabic, Hebrew, Thai, Han, kana, Hangul, Indic)."""
    return _CASELESS.search(text) is not None


def is_body(name: str) -> bool:
    """Whether a name holds a word that only the names of desks, outlets and other bodies do."""
    return any(word.casefold().rstrip(".") in _body_words() for word in _WORD.findall(name))


def strip_byline_words(text: str) -> str:
    """The text without "By", "Von", "Written by" and the like in front."""
    text = text.strip(_EDGES)
    for _ in range(_MOST_BYS):
        found = _by_pattern("by").match(text)
        if not found:
            break
        text = text[found.end() :].strip(_EDGES)
    return text


def read_after_by(text: str) -> str | None:
    """What comes after the "By" (or its kin) that a text begins with; None if it begins with none.

    Words that begin other things too, as the Italian "di", begin one only before a person ("di Jane
    Roe", not "di nuovo").
    """
    text = text.strip()
    if found := _by_pattern("sure_by").match(text):
        return text[found.end() :].strip(_EDGES)
    if found := _by_pattern("weak_by").match(text):
        rest = text[found.end() :].strip(_EDGES)
        return rest if opens_with_person(rest) else None
    return None


def opens_with_person(text: str) -> bool:
    """Whether a text begins with a person's name, so that it can be what comes after "By"."""
    text = strip_byline_words(text)
    first = next(iter(_read_names(text)), "")
    return bool(first) and is_person(first) and text.startswith(first.split()[0])


def _read_names(text: str) -> list[str]:
    """The names in one printed text."""
    text = _TAG.sub("; ", html.unescape(text[:_MAX_RAW_CHARS])).translate(_INVISIBLE)
    text = _cut_company(_CHECKERS.split(_ADDRESS.sub(" ", text))[0].strip())
    pieces: list[str] = []
    for part in _MARKS.split(strip_byline_words(text)):
        pieces += _split_listed(part)
    names = [name for piece in pieces if (name := _clean_name(piece))]
    credited = [name for name in names if is_person(name) or is_agency(name)]
    return credited if any(is_person(name) for name in names) else names


def _cut_company(text: str) -> str:
    """The text without an outlet and its place, or "with" an agency, behind the names."""
    place = _PLACE_BEHIND.search(text)
    if place and not is_person(place["outlet"]) and is_person(strip_byline_words(text[: place.start()])):
        return text[: place.start()]
    company = _WITH.search(text)
    return text[: company.start()] if company and is_agency(company["rest"].strip(_EDGES)) else text


def _split_listed(part: str) -> list[str]:
    """A comma list split into names; what follows a name and is not a name is dropped ("Jane Roe, Reporter")."""
    pieces = [piece for piece in _COMMA.split(part) if piece.strip()]
    if len(pieces) == 2 and _is_turned(pieces):
        return [f"{pieces[1].strip()} {pieces[0].strip()}"]
    listed = [name for piece in pieces for name in _split_and(piece)]
    return listed[:1] + [name for name in listed[1:] if not _is_remark(name)]


def _is_turned(pieces: list[str]) -> bool:
    """Whether it is "Roe, Jane": a surname alone, then a given name alone or with an initial."""
    first, second = (piece.split() for piece in pieces)
    plain = bool(second) and all(_is_plain(word) for word in [*first, second[0]])
    given = len(second) == 1 or (len(second) == 2 and len(second[1].rstrip(".")) == 1)
    remark = _is_remark(pieces[1]) or pieces[0].isupper() or pieces[1].isupper()
    body = {word.casefold() for word in (*first, *second)} & (_body_words() | agency_forms())
    return len(first) == 1 and given and plain and not remark and not body


def _is_plain(word: str) -> bool:
    """Whether a word is a name's by its letters: "Roe", "O'Neil", "García-López"."""
    return word[:1].isupper() and re.sub(r"(?<=\w)['’-](?=\w)", "", word).isalpha()


def _split_and(piece: str) -> list[str]:
    """The names that "and" joins; an "and" that also is inside names parts no single word from the rest."""
    parts: list[str] = []
    joint, start = "", 0
    for found in [*_and_pattern().finditer(piece), None]:
        part = piece[start : found.start()] if found else piece[start:]
        if parts and _WEAK_AND.fullmatch(joint) and 1 in (len(parts[-1].split()), len(part.split())):
            parts[-1] += joint + part
        elif part.strip():
            parts.append(part)
        if found:
            joint, start = found.group(), found.end()
    return parts


def _is_remark(text: str) -> bool:
    """Whether what comes after a name is a job, a degree or the like and no other name."""
    words = [word.casefold().strip(".,") for word in text.split()]
    if not words:
        return True
    if " ".join(words) in word_set("bylines", "degrees") or words[0] in word_set("bylines", "degrees"):
        return True
    return any(word in word_set("bylines", "job_words") for word in words)


def _clean_name(text: str) -> str:
    """One name without what surrounds it; empty if none is left."""
    text = " ".join(text.split())
    text = _TIME_BEHIND.sub("", text)
    if _time_label().match(text):
        return ""  # "Publié le" is what comes before a time that is cut off
    text = strip_byline_words(_BRACKETS.sub("", text))
    text = _cut_behind(text).strip(_EDGES).strip("'’([").strip()
    folded = text.casefold()
    if not text or len(text) > _MAX_NAME_CHARS or folded in word_set("bylines", "placeholders"):
        return ""
    if not any(char.isalpha() for char in text) or _CODE.search(text) or folded in word_set("bylines", "by"):
        return ""
    return text


def _cut_behind(text: str) -> str:
    """The name in "Jane Roe For Examplemail.com" and "Jane Roe Staff Writer"."""
    name, slash, agency = text.rpartition("/")
    if slash and is_agency(agency.strip()) and is_person(name.strip()):
        return name.strip()
    words = text.split()
    for place, word in enumerate(words):
        folded = word.casefold().strip(".,")
        if place >= 2 and folded in word_set("bylines", "is") and is_person(" ".join(words[:place])):
            return " ".join(words[:place])
        if place >= 2 and folded in word_set("bylines", "cut_after"):
            return " ".join(words[:place])
        if place >= 2 and _is_agency_behind(words, place):
            return " ".join(words[:place])
        if place >= 2 and folded in word_set("bylines", "job_words") and is_person(" ".join(words[:place])):
            return " ".join(words[:place])
        if place >= 1 and is_caseless(text) and folded in word_set("bylines", "job_words"):
            return " ".join(words[:place])
    return text


def _is_agency_behind(words: list[str], place: int) -> bool:
    """Whether an agency's name comes after a person's without a mark ("By JANE ROE Associated Press").

    Short forms of one word are also surnames, unless they are set in capitals behind a name that is not.
    """
    name, rest = " ".join(words[:place]), " ".join(words[place:])
    is_sure = len(words) - place > 1 or len(rest) > _SHORT_AGENCY or (rest.isupper() and not name.isupper())
    return is_sure and is_agency(rest) and is_person(name)


def _drop_parts(names: list[str]) -> list[str]:
    """The names without those that are only a part of another ("Roe" beside "Jane Roe")."""
    folded = [f" {_fold(name)} " for name in names]
    by_word: dict[str, list[str]] = {}
    for own in folded:
        for word in set(own.split()):
            by_word.setdefault(word, []).append(own)
    return [
        name
        for name, own in zip(names, folded, strict=True)
        if not (len(name.split()) == 1 and _is_part(own, by_word))
    ]


def _is_part(own: str, by_word: Mapping[str, Sequence[str]]) -> bool:
    """Whether another name holds the words of this one; only those with its rarest word are looked at."""
    others = min((by_word[word] for word in own.split()), key=len, default=())
    return any(own != other and own in other for other in others)


def _fold(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold()))


@cache
def _no_first_words() -> frozenset[str]:
    """Words that no name begins with: roles and "and"."""
    return word_set("bylines", "role_openers") | word_set("bylines", "and")


@cache
def _body_words() -> frozenset[str]:
    return word_set("bylines", "body_words")


@cache
def _by_pattern(name: str) -> re.Pattern[str]:
    words = sorted(read_words("bylines")[name], key=len, reverse=True)
    listed = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?:{listed})(?:\.?\s*[:：]\s*|\.?\s+(?=\S)|$)", re.I)


@cache
def _time_label() -> re.Pattern[str]:
    """Words that say of a time what it is, alone or with a small word behind ("Publicado el")."""
    words = [*read_words("dates")["published_words"], *read_words("dates")["modified_words"]]
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{listed})(?:\s\w{{1,3}})?\s?[:：]?\s?$", re.I)


@cache
def _and_pattern() -> re.Pattern[str]:
    words = sorted(read_words("bylines")["and"], key=len, reverse=True)
    return re.compile(rf"\s+(?:{'|'.join(re.escape(word) for word in words)})\s+|,?\s+and\s+", re.I)
