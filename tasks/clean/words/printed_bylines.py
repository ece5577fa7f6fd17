"""Bylines and photo credits in plain text: which short line names a person, a desk or an agency."""

from __future__ import annotations

import re
from functools import cache

from tasks.clean.words.agencies import agency_forms
from tasks.clean.words.authors.persons import is_caseless, is_person
from tasks.clean.words.authors.printed_names import opens_with_person, read_after_by
from tasks.clean.words.lines import Line
from tasks.clean.words.moments import read_moment
from tasks.clean.words.word_lists import word_set

_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*\.?$")
_MOST_NAME_WORDS = 5
_MOST_BYLINE_WORDS = 14
_MOST_ROLE_WORDS = 4
# "… Via Getty Images", "AP Photo/…", "Name / Agency": the agencies' own crediting rules.
_CREDIT = re.compile(
    r"\bvia getty\b|\bgetty images\b|\bap photo\b|\bafp\b.{0,40}/|/.{0,60}\b(?:ap|afp|reuters|getty|pool|epa|efe|dpa|keystone|tass|xinhua)\b"
    r"|\bshutterstock\b|\bunsplash\b|\bistock\b|^(?:photo|image|picture|credit|pic|foto|bild)\b.{0,20}[:/]|\bcreative commons\b|\bwikimedia\b|\bflickr\b",
    re.IGNORECASE,
)

_PARTS = re.compile(r"\s*[|•·–—]\s*")
_LONGEST_DATED = 120
_TIME_WORDS = 8
_CREDIT_WORDS = 16
_CAPTION_WORDS = 55
_SAID = (".”", '."', "?", ".", "!")
# "… in der Halle. Foto: Erika Muster/Agentur", "(Image: Agency)": what closes a caption.
_CREDIT_LABEL = r"(?:photos?|fotos?|images?|bild(?:rechte)?|credits?|pictures?|quelle|fot|фото|photograph|crédit)\s?[:：]\s?[^.:!?]{2,60}[)\]]?$"
_CREDIT_END = re.compile(rf"[\s(\[]{_CREDIT_LABEL}", re.IGNORECASE)
# The same behind a bar or in brackets, which closes a caption however short: "The quay on Monday. | Photo: Agency".
_CREDIT_PART = re.compile(rf"(?:\|\s{{0,2}}|[(\[]){_CREDIT_LABEL}", re.IGNORECASE)
# "(AP Photo/Ann Example)": https://www.apstylebook.com, photo captions; other agencies write the same.
_AGENCY_END = re.compile(r"\([A-Z][\w. ]{1,30} (?:Photo|Image|Picture|File)s?/[^()]{3,60}\)$")


def is_name(text: str) -> bool:
    """Whether the text could be one person's name: two to five capitalised words, none a desk's."""
    words = text.split()
    if not 2 <= len(words) <= _MOST_NAME_WORDS or (words[-1].endswith((".", ":")) and len(words[-1]) > 3):
        return False
    if any(word.casefold().strip(".,") in word_set("bylines", "body_words") for word in words):
        return False
    capitals = [word for word in words if word[0].isupper()]
    small = [word for word in words if not word[0].isupper()]
    return (
        len(capitals) >= 2
        and all(_NAME_WORD.match(word) for word in words)
        and all(word.casefold() in word_set("bylines", "particles") for word in small)
        and words[0] in capitals
    )


def read_byline(text: str) -> str | None:
    """What follows "By" (or its like in any language) in a byline, or None if the line is not a byline:
    a short line, whose "By" is followed by a person or by a single word (a user's name, an agency)."""
    if len(text.split()) > _MOST_BYLINE_WORDS or text.endswith(("?", "!", "…")):
        return None
    rest = read_after_by(text)
    if not rest:
        return None
    single = len(rest.split()) == 1 and len(rest) > 2
    return rest if single or opens_with_person(rest) else None


def read_dated_byline(text: str) -> str | None:
    """The name at the end of "Posted on 3 March 2026 by First Last" or "… 作者：…", or None."""
    if len(text.split()) > _MOST_BYLINE_WORDS or not any(char.isdigit() for char in text):
        return None
    for found in _inner_by_pattern().finditer(text):
        rest = text[found.end() :].strip(" :-–—")
        if is_name(rest) or (is_caseless(rest) and is_person(rest)):
            return rest
    return None


def read_name_with_time(text: str) -> str | None:
    """The name in "First Last | 3 March 2026, 14:05", a person beside a time and nothing else, or None."""
    pieces = [piece for piece in _PARTS.split(text) if piece] if len(text) <= _LONGEST_DATED else []
    names = [piece for piece in pieces if is_name(piece)]
    if len(pieces) < 2 or len(names) != 1:
        return None
    times = [piece for piece in pieces if piece != names[0]]
    return names[0] if all(len(time.split()) <= _TIME_WORDS and read_moment(time) for time in times) else None


def is_role(text: str) -> bool:
    """Whether a short line is a role and nothing else, as is under a name: "Senior Political Reporter"."""
    words = text.casefold().split()
    return 0 < len(words) <= _MOST_ROLE_WORDS and word_set("bylines", "job_words").issuperset(words)


def is_name_before_outlet(text: str) -> bool:
    """A name, a comma and a few capitalised words, an outlet's name where a user name is above it."""
    name, _, outlet = text.partition(",")
    words = outlet.split()
    return is_name(name.strip()) and 0 < len(words) <= 6 and all(word[0].isupper() for word in words)


def is_name_with_outlet(text: str) -> bool:
    """A byline without "By": "First Last, Outlet News"."""
    name, comma, outlet = text.partition(",")
    if not comma or not is_name(name.strip()) or len(outlet.split()) > 6 or text.endswith("."):
        return False
    words = {word.casefold() for word in outlet.split()}
    return bool(
        words & (word_set("bylines", "body_words") | agency_forms() | word_set("bylines", "job_words"))
    )


def is_credit(line: Line) -> bool:
    """Whether a line credits a photograph: a short one with an agency's form, or a caption that ends
    with a credit."""
    if line.is_heading or line.tag in ("li", "tr"):
        return False
    if len(line.words) <= _CREDIT_WORDS and not line.text.endswith(_SAID) and _CREDIT.search(line.text):
        return True
    return len(line.words) <= _CAPTION_WORDS and _closes_caption(line)


def _closes_caption(line: Line) -> bool:
    end = line.text[-90:]
    if _AGENCY_END.search(end):
        return True
    if ":" not in end and "：" not in end:
        return False
    closing = _CREDIT_END if len(line.words) > _CREDIT_WORDS else _CREDIT_PART
    return closing.search(end) is not None


@cache
def _inner_by_pattern() -> re.Pattern[str]:
    """ "By" and its kin behind other words, or with a colon, as labels have it."""
    words = sorted(word_set("bylines", "sure_by") | word_set("bylines", "weak_by"), key=len, reverse=True)
    opening = "|".join(map(re.escape, words))
    return re.compile(rf"(?<=\s)(?:{opening})(?:\s{{1,3}}|\s{{0,3}}[:：]\s{{0,3}})(?=\S)", re.IGNORECASE)
