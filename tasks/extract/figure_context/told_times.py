"""The time that a figure is told for: "last winter", "in 2019", "so far this year", "in that accident".

A date tells the time of a figure if it hangs on its noun, on its verb or on the verb of a clause above that is of the same
time. So "a ship built in 2004 carried 312" tells none for the 312, and nor does what officials said on Monday.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from spacy.tokens import Doc, Token

from core.outcomes import Row
from tasks.extract.document import Document, Sentence
from tasks.extract.figure_context.syntax import is_alike, lemma

_SLACKS = {
    "decade": timedelta(days=1826),
    "year": timedelta(days=182),
    "month": timedelta(days=15),
    "week": timedelta(days=3),
}
_MOST_DATES = 20
_FARTHEST = 12  # heads
_VERBAL, _NOUNS = frozenset({"VERB", "AUX"}), frozenset({"NOUN", "PROPN"})
# Clauses that tell of the time of the clause that they hang on: "fell when the pier was hit in 2019".
_SAME_TIME = frozenset({"conj", "advcl", "xcomp", "pcomp", "dep", "prep"})
_REPORTING = frozenset({"say", "tell", "report", "announce", "write", "add", "confirm", "state", "claim"})
_AROUND = re.compile(r"(?:within|in)$", re.IGNORECASE)  # of a length, which is a figure
_COMPARING = frozenset(
    {"than", "as", "like", "unlike", "compared", "twice", "half", "double", "below", "above"}
)
# How an occasion hangs on what happened then: "in the flood of 2019", "last year's strike cost".
_OCCASIONS = frozenset(
    {"pobj", "pcomp", "nsubj", "nsubjpass", "poss", "compound", "nmod", "npadvmod", "amod", "tmod"}
)
_TRAITS = frozenset({"amod", "acl", "advcl", "appos", "conj"})
_IN_WHICH = frozenset({"which", "when", "where"})
_PRESENT = frozenset({"VBZ", "VBP"})
# "The last strike", "in that accident": another occasion than the one that is reported.
_EARLIER = frozenset({"last", "previous", "earlier", "former", "prior", "similar"})
_WHICH = (*_EARLIER, "that ")
_EVENTS = frozenset([
    "accident", "attack", "avalanche", "battle", "blast", "blaze", "bombing", "collapse", "collision",
    "crash", "derailment", "disaster", "earthquake", "epidemic", "hijacking", "march", "protest", "rally",
    "walkout", "election", "explosion", "fire", "flood", "game", "grounding", "incident", "landslide",
    "massacre", "match", "outbreak", "quake", "race", "raid", "robbery", "rockfall", "shooting", "sinking",
    "storm", "hurricane", "strike", "tornado", "wreck",
])  # fmt: skip
_PLAYED = frozenset({"game", "match", "race"})
_SINCE = re.compile(
    r"\b(?:(?:since|starting|beginning)(?:\s+\w+){0,2}|from(?:\s+(?:the|early|late|mid))?)\s*$", re.IGNORECASE
)
_OCCASION_OF = re.compile("[’']s$")
_RECORD = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|most|worst|only|\w{2,}est)\b"
    r"[^.;]*\bsince\b[^.;,]*$",
    re.IGNORECASE,
)  # "the highest since 1953", "its third round of cuts since May"
_COMMA, _DIGIT = re.compile(r",(?!\d)|;"), re.compile(r"\d")
_NUMERAL = r"(?:[$£€₹]|Rs\s|\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens?)\b)"
# What a number is compared with: "down from 93 per cent five years ago", "against $298 million, or 53 cents, a year earlier".
_COMPARED = re.compile(
    r"\b(?:from|(?<!more\s)(?<!less\s)(?<!fewer\s)than|against|versus|compared (?:with|to))\s(?:(?:the|an?|about|some|nearly|just|only|around|more|less|under|over)\s)*"
    rf"{_NUMERAL}(?:[^.;:]|(?<=\d)\.(?=\d))*$",
    re.IGNORECASE,
)
# What a change is measured from: "up 12 per cent on 2029", "fell by a tenth from last year".
_SINCE_BASE = re.compile(
    r"\b(?:up|down|higher|lower|more|fewer|less|ris|rose|f[ae]ll|drop|increas|decreas|jump|climb|declin|gain|grew|grow|shr[aiu]nk)\w*\b[^.,;]{0,40}"
    r"\b(?:on|from)(?:\sthe)?\s*$"
    r"|(?:\d|%|percent|per\scent|points|times|\b(?:high|low|bigg|small|bett))(?:er)?\s(?:(?:more|fewer|less|higher|lower)\s)?than(?:\sin)?\s*$",
    re.IGNORECASE,
)
_NEXT_NUMBER = re.compile(rf",\s(?:about |some |nearly |more than )?{_NUMERAL}")
_BASE = re.compile(r",?\s(?:up |down )?(?:from|against|compared (?:with|to))\s(?:\w+\s)?$")
_COMPARED_WITHIN = 80
_UP_TO = re.compile(rf"\sto\s(?:\w+\s){{0,2}}{_NUMERAL}")
_TOLD_DAY = re.compile(r"\bon\s*$")
_UNTIL = re.compile(r"\b(?:by|until|till|before|through|as of)(?:\s+\w+){0,1}\s*$", re.IGNORECASE)


class ToldTime(NamedTuple):
    """From when until when, None where that is open, and the words that say so."""

    starts_at: datetime | None
    ends_at: datetime | None
    words: str
    since: datetime | None = None
    as_of: datetime | None = None


class _Link(NamedTuple):
    """A time that a sentence tells: where, the token that it hangs on the others by, and the time."""

    start_char: int
    end_char: int
    token: Token
    time: ToldTime


class TimeFinder:
    """Finds the times of the figures of one article; `dates` are in reading order."""

    def __init__(self, document: Document, dates: Sequence[Row]) -> None:
        self._document = document
        self._dates = dates
        self._links: dict[int, list[_Link]] = {}

    def find(self, figure: Row, sentence: Sentence, parse: Doc, anchor: Token) -> ToldTime | None:
        """The time of a figure by the nearest date that its clause tells; None where it tells none."""
        if sentence.number not in self._links:
            self._links[sentence.number] = list(self._read_links(sentence, parse))
        links = self._links[sentence.number]
        if not links:
            return None
        own, start, end = _path(anchor), figure["start_char"], figure["end_char"]
        ranked = [
            ((link.time[:2] == (None, None), rank, abs(link.start_char - start)), link.time)
            for link in links
            if not (link.start_char < end and start < link.end_char)
            and (rank := _rank(own, link)) is not None
            and not self._is_of_another(figure, link)
        ]
        return min(ranked, key=itemgetter(0))[1] if ranked else None

    def _is_of_another(self, figure: Row, link: _Link) -> bool:
        """Whether a comma is between them and another number is at the date: "with 22 so far, had 51 last year", or the date is that
        of what the figure is compared with: "fell to 12 from 15 a year ago"."""
        text, start = self._document.text, figure["start_char"]
        is_base = link.end_char <= start and _BASE.search(text, max(0, start - 30), start) is not None
        if is_base or self._is_compared(figure, link):
            return True  # "61 by noon, from 44 the evening before"
        is_after = figure["start_char"] < link.start_char
        between = (figure["end_char"], link.start_char) if is_after else (link.end_char, figure["start_char"])
        if is_after and _NEXT_NUMBER.match(self._document.text, link.end_char):
            return (
                "," in self._document.text[slice(*between)]
            )  # "412 libraries and, since 2019, 1.6 million eyes"
        parts = _COMMA.split(self._document.text[slice(*between)])
        return len(parts) > 1 and _DIGIT.search(parts[-1] if is_after else parts[0]) is not None

    def _is_compared(self, figure: Row, link: _Link) -> bool:
        """Whether the date belongs to a number behind "from" or "than", and the figure is not that number."""
        begin = max(0, link.start_char - _COMPARED_WITHIN)
        found = _COMPARED.search(self._document.text, begin, link.start_char)
        if found is None or _TOLD_DAY.search(found[0]):
            return False
        to = _UP_TO.search(found[0])  # "from 30 to 25 in 2030"
        end = found.start() + to.start() if to else link.start_char
        return (found.start() < figure["start_char"] < end) is (to is not None)

    def _read_links(self, sentence: Sentence, parse: Doc) -> Iterator[_Link]:
        """The times that a sentence tells: its dates, and other occasions."""
        tokens = self._document.doc[sentence.start_token : sentence.end_token]
        first = bisect_left(self._dates, sentence.start_char, key=lambda row: row["start_char"])
        for date in self._dates[first : first + _MOST_DATES]:
            start, end = date["start_char"], date["end_char"]
            if start >= sentence.end_char:
                break
            inside = [token for token, whole in zip(parse, tokens, strict=False) if start <= whole.idx < end]
            if inside and (time := self._read_time(date, sentence)):
                places = {token.i for token in inside}
                top = next((t for t in inside if t.head.i not in places or t.head.i == t.i), inside[0])
                yield _Link(start, end, top, time)
        yield from self._read_occasions(sentence, parse)

    def _read_occasions(self, sentence: Sentence, parse: Doc) -> Iterator[_Link]:
        """Other occasions that no date tells: "the last strike", "in that accident"."""
        lower = self._document.text[sentence.start_char : sentence.end_char].lower()
        if not any(word in lower for word in _WHICH):
            return
        for token in parse:
            noun = token.head
            if not _is_other(token) or not _names_occasion(noun):
                continue
            start = self._document.doc[sentence.start_token + token.i].idx
            whole = self._document.doc[sentence.start_token + noun.i]
            words = self._document.text[start : whole.idx + len(whole)]
            yield _Link(start, whole.idx + len(whole), token, ToldTime(None, None, words))

    def _read_time(self, date: Row, sentence: Sentence) -> ToldTime | None:
        """The time that a date tells; None if it is not known, or only when there last was such a thing."""
        text, start, end = self._document.text, date["start_char"], date["end_char"]
        before, after = text[max(sentence.start_char, start - 90) : start], text[end : sentence.end_char]
        starts_at, ends_at = _widen(date)
        words = date["surface"]
        is_base = _SINCE_BASE.search(before) is not None and date["granularity"] != "day"
        if (
            (starts_at is None and ends_at is None)
            or is_base
            or _AROUND.match(words)
            or _RECORD.search(before)
        ):
            return None
        is_stretch = not _OCCASION_OF.search(words) and "when" not in after[:7]
        if (found := _SINCE.search(before)) and is_stretch:
            said = f"{found[0].strip()} {words}"
            return ToldTime(starts_at, self._until_now(starts_at), said, since=date["starts_at"])
        if found := _UNTIL.search(before):
            as_of = None if found[0].lower().startswith("before") else date["starts_at"]
            return ToldTime(None, ends_at, f"{found[0].strip()} {words}", as_of=as_of)
        return ToldTime(starts_at, ends_at, words)

    def _until_now(self, starts_at: datetime | None) -> datetime | None:
        """The end of what goes on: the report's own time, none for what is to begin."""
        now = self._document.published_at
        return None if now and starts_at and starts_at > now else now


def _widen(date: Row) -> tuple[datetime | None, datetime | None]:
    """The bounds of a date, as fine as it is told: "three years ago" is a year around that day."""
    starts_at, ends_at = date["starts_at"], date["ends_at"]
    slack = _SLACKS.get(date["granularity"])
    if None in (starts_at, ends_at, slack) or ends_at - starts_at > timedelta(days=1):
        return starts_at, ends_at
    return starts_at - slack, ends_at + slack


def _path(token: Token) -> list[Token]:
    """The token and those that it hangs on, up to the sentence's root."""
    found = [token]
    while found[-1].head.i != found[-1].i and len(found) < _FARTHEST:
        found.append(found[-1].head)
    return found


def _rank(own: Sequence[Token], link: _Link) -> int | None:
    """How near a date is to the figure, 0 for the nearest: at its noun, at its verb, at the verb of a clause above of the same
    time. None if it tells another thing's time."""
    above = _path(link.token)
    places = {token.i: place for place, token in enumerate(own)}
    steps = next((number for number, token in enumerate(above) if token.i in places), None)
    if steps is None or any(_is_in_the_way(token) for token in above[1:steps]):
        return None
    met = above[steps]
    verbs = [token for token in own[: places[met.i]] if token.pos_ in _VERBAL]
    if any(not _is_of_time(token, met) for token in verbs) or (verbs and lemma(met) in _REPORTING):
        return None
    if any(token.dep_ == "appos" for token in own[1 : places[met.i]]):
        return None  # "Mr Dell, a father of five, was dismissed in 2029"
    if verbs and met.pos_ in _VERBAL and _is_behind(verbs, met, link):
        return None
    return len(verbs) + (met.pos_ in _VERBAL)


def _is_behind(verbs: Sequence[Token], met: Token, link: _Link) -> bool:
    """Whether a verb of the figure's is joined on behind the date of another one, and tells of a time of its own: "it opened in
    1990 and employs 400", "they married in 1966; the couple had two sons"."""
    joined = next((verb for verb in reversed(verbs) if verb.dep_ == "conj" and verb.head.i == met.i), None)
    if joined is None or not met.i < link.token.i < joined.i:
        return False
    if _form(joined) != _form(met) and not is_alike(joined):
        return True
    starts_at, ends_at = link.time[:2]
    is_fine = starts_at is not None and ends_at is not None and ends_at - starts_at <= timedelta(days=1)
    return not is_fine and any(child.dep_ in ("nsubj", "nsubjpass") for child in joined.children)


def _form(verb: Token) -> str:
    """Its tense by the finite word: past, present, or what a modal opens."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    finite = helpers[0] if helpers else verb
    if finite.tag_ in _PRESENT:
        return "present"
    return "open" if finite.tag_ in ("MD", "VB", "TO") else "past"


def _is_other(token: Token) -> bool:
    return (token.lower_ in _EARLIER and token.dep_ == "amod") or (
        token.lower_ == "that" and token.dep_ == "det"
    )


def _names_occasion(noun: Token) -> bool:
    """Whether a noun is one occasion; "their previous 11 games" are many."""
    is_run = lemma(noun) in _PLAYED and any(child.dep_ == "nummod" for child in noun.children)
    return lemma(noun) in _EVENTS and not is_run


def _is_in_the_way(token: Token) -> bool:
    """Whether a date below this token is of something else: "a ship built in 2004", "more than in 2004"."""
    is_thing = token.pos_ in _NOUNS and token.dep_ not in _OCCASIONS
    is_trait = (
        token.pos_ in ("ADJ", "ADV") and token.dep_ in _TRAITS
    )  # "missing since 2019, he", "but still up in 2031"
    return token.pos_ in _VERBAL or token.lower_ in _COMPARING or is_thing or is_trait


def _is_of_time(verb: Token, met: Token) -> bool:
    """Whether a clause is of the time of what it hangs on: "a fire in 2019 that killed four"."""
    if verb.dep_ in _SAME_TIME:
        return not (verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ" and verb.head.dep_ in _TRAITS)
    if verb.dep_ not in ("relcl", "acl", "ccomp") or verb.tag_ in _PRESENT:
        return False
    is_within = any(token.lower_ in _IN_WHICH for left in verb.lefts for token in (left, *left.children))
    return is_within or (verb.dep_ != "ccomp" and (met.pos_ not in _VERBAL or lemma(verb.head) in _EVENTS))
