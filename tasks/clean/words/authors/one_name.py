"""One name without what surrounds it: brackets, times, jobs, agencies."""

from __future__ import annotations

import re
from functools import cache

from tasks.clean.words.agencies import is_agency
from tasks.clean.words.authors.by_words import EDGES, strip_byline_words
from tasks.clean.words.authors.persons import is_caseless, is_person
from tasks.clean.words.word_lists import read_words, word_set

_MAX_NAME_CHARS = 60
_SHORT_AGENCY = 6  # letters
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]\s*$")
_TIME_BEHIND = re.compile(
    r"\s*(?:\d{1,2}[:.]\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:on\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|"
    r"sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2}\b|\d{1,2}\.?\s[^\W\d]{3,10}\.?\s\d{4}|\d{4}\s?[年년]|\d+\s(?:min|hour|day|week)|updated\b|published\b).*$",
    re.I,
)
_CODE = re.compile(
    r"[{}<>\[\]$%=]|\w\("
)  # of a template that was not filled in ("{{ author }}"); no name has them


def clean_name(text: str) -> str:
    """One name without what surrounds it; empty if none is left."""
    text = " ".join(text.split())
    text = _TIME_BEHIND.sub("", text)
    if _time_label().match(text):
        return ""  # "Publié le" is what comes before a time that is cut off
    text = strip_byline_words(_BRACKETS.sub("", text))
    text = _cut_behind(text).strip(EDGES).strip("'’([").strip()
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


@cache
def _time_label() -> re.Pattern[str]:
    """Words that say of a time what it is, alone or with a small word behind ("Publicado el")."""
    words = [*read_words("dates")["published_words"], *read_words("dates")["modified_words"]]
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{listed})(?:\s\w{{1,3}})?\s?[:：]?\s?$", re.I)
