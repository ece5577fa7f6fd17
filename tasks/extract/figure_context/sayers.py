"""Who says the number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from core.outcomes import Row
from tasks.extract.figure_context.several_sayers import (
    HEAD_END,
    claims_a_thing,
    find_gapped,
    find_voices,
    is_speaker,
    is_speaking_noun,
)

_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Aa]s (?:reported|stated|estimated) by)\s+((?:the |a |an )?(?:(?!\s[–—-])[^,.;:\n]|(?<=\d)[,.](?=\d)){2,70})"
)
_TAIL = re.compile(
    r"(?:,(?!\d)|\s[–—-])\s*((?:the |a |an )?[\w’'.& -]{2,50}?)\s+(?:said|says|say|told|reported|reports|announced|confirmed|added|wrote|estimate[sd]?|counted"
    r"|counts|calculate[sd]?|reckon(?:s|ed)?|believes?|believed|fear(?:s|ed)?|claim(?:s|ed)?)\b"
)
# "..., say the city's marketing people": the verb comes first.
_INVERTED = re.compile(r",\s(?:say|says|said)\s((?:(?:the|a|an)\s)?[\w’'.& -]{2,50}?)(?=[,.;]|$)")
# "9,000, by the party's count"; "and, by the trust's reckoning, 50 minutes".
_RECKONING = r"by\s((?:the |a |an )?[\w.& -]{2,40}?)(?:['’]s|(?<=s)['’])\s(?:own\s)?(?:count|estimates?|reckoning|figures?|calculations?)\b"
_RECKONED_AFTER = re.compile(rf"(?:(?!\band\b)[^.;\d]){{0,30}}?[\s,]{_RECKONING}")
_RECKONED_BEFORE = re.compile(rf"\b{_RECKONING},?\s(?:about |some |around |nearly )?$")
_HEAD = re.compile(
    r"^\W*((?:the |a |an )?[\w’'.& -]{2,70}?)\s+(?:said|says|say|told|reported|announced|confirmed|estimated|estimates"
    r"|believe|put|puts|reckons?|fears?|claims?|claimed|(?:speaks?|spoke|talks?|talked) of)\b",
    re.IGNORECASE,
)
_COLON = re.compile(r"^((?:[Pp]olice|[Oo]fficials?|[Ss]heriff|[Rr]eports?|[Dd]eputies)):")
_NOUNS_TOO = frozenset(
    {
        "claim",
        "claims",
        "estimate",
        "estimates",
        "fear",
        "fears",
        "report",
        "reports",
        "count",
        "counts",
        "talks",
    }
)
_NESTED = 4  # quotations that can be around a figure
_LONGEST = 3_000  # characters of a sentence that are read
# Pronouns name nobody, and "the spill was" of "the spill was estimated" says nothing.
_NO_SAYER = re.compile(
    r"(?:^\W*|\s)(?:he|she|they|it|i|we|who|that|you)\s*$|\b(?:is|are|was|were|be|been|being|has|have|had)\s*$",
    re.IGNORECASE,
)
# What is before a speaker's own clause: "are dead in what ", "shot a man after ", "Sunday evening ".
_BEFORE_CLAUSE = re.compile(r".*\b(?:what|after|when|as|because|while|where|until)\s", re.IGNORECASE)
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s(?:(?:morning|afternoon|evening|night)\s)?")
_DAY_AFTER = re.compile(
    r",?\s(?:on\s)?(?:(?:late|early)\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today)"
    r"(?:\s(?:morning|afternoon|evening|night))?$"
)
# An adverb between the speaker and the verb: "the minister later said".
_ADVERB_AFTER = re.compile(
    r"(?<=\w)\s(?:later|also|then|again|already|earlier|first|just|now|only|once|still|previously|recently|initially|originally"
    r"|repeatedly|subsequently|publicly|finally|eventually|immediately|wrongly|incorrectly|mistakenly|falsely|officially|formally)$"
)
# A speaker's words have no verb of their own: "said the verdict was not one the family could accept" has no speaker behind it.
_HAS_VERB = re.compile(
    r"\b(?:is|are|was|were|has|had|have|will|would|could|can|may|might|should|did|does|do|not)\b",
    re.IGNORECASE,
)
# Whom somebody tells is no part of what is told: "the judge told the eight women and four men of the jury that".
_ADDRESSEE = re.compile(
    r"\b(?:told|tells?|telling|assured|informed|warned|reminded)\s((?:(?!\bthat\b)[^,.;:“”\"]){1,80}?)\s(?:that|to)\b"
)
_HANGS = re.compile(r"\w\s(?:to|for|of|with|against|near|like|under)\s(?:\w+\.?\s){0,2}$")
_JOINING = re.compile(r"^(?:and|but|while|as|which|that)\s+", re.IGNORECASE)


def _is_closed(before: str) -> bool:
    """Whether the clauses before say who tells them: "..., the ministry says; the union speaks of 260,000"."""
    return any(pattern.search(before) for pattern in (_ACCORDING, _TAIL, _HEAD))


def _begin_of_words(match: re.Match[str]) -> int:
    """Where the speaker's own words begin, behind a clause or a day before them."""
    clause = _BEFORE_CLAUSE.match(match.string, match.start(1), match.end(1))
    begin = clause.end() if clause else match.start(1)
    day = _DAY.match(match.string, begin, match.end(1))
    return day.end() if day else begin


def _is_noun(match: re.Match[str], head: str) -> bool:
    """Whether the verb of a pattern is a noun: "an earlier claim", "a new estimate"; one person "claims"."""
    verb = match.string[match.end(1) : match.end()].split()
    return bool(verb) and verb[0].lower() in _NOUNS_TOO and head.lower().startswith(("a ", "an "))


class SayerFinder:
    """Finds who an article lets say what is at a place."""

    def __init__(self, text: str, quotations: Sequence[Row], mentions: Sequence[Row]) -> None:
        self._text = text
        self._quotations = sorted(quotations, key=lambda row: row["start_char"])
        self._mentions = sorted(mentions, key=lambda row: row["start_char"])
        self._sentence: tuple[int, int] | None = None
        self._sayer: tuple[str | None, str | None] = (None, None)
        self._read: tuple[str, list[re.Match[str]]] = ("", [])

    def find(self, start: int, end: int, sentence: tuple[int, int]) -> tuple[str | None, str | None]:
        """(words, entity_id) of the quotation's speaker, else of "according to", else of "police said"."""
        row = self._quotation_around(start, end)
        body = self._text[sentence[0] : min(sentence[1], sentence[0] + _LONGEST)]
        if row is not None:
            gapped = (
                self._gapped(body, start - sentence[0], sentence[0])
                if row.get("kind") == "indirect"
                else None
            )
            return gapped or (row["speaker"], row.get("speaker_entity_id"))
        if reckoned := self._of_reckoning(body, start - sentence[0], end - sentence[0], sentence[0]):
            return reckoned
        if self._is_addressee(body, start - sentence[0], end - sentence[0]):
            return None, None
        if body.count("ccording to") > 1:
            return self._of_nearest(body, sentence[0], end - sentence[0])
        if ";" in body:  # "police put the crowd at 25,000; organisers said 60,000 had come"
            begin = body.rfind(";", 0, start - sentence[0]) + 1
            clause = body[begin:].partition(";")[0]
            found = self._of_sentence(clause, sentence[0] + begin)
            if found[0] or _is_closed(body[:begin]):
                return found
        told = self._of_voices(body, start - sentence[0], sentence[0])
        if told is not None:
            return told
        if self._sentence != sentence:
            self._sentence, self._sayer = sentence, self._of_sentence(body, sentence[0])
        return self._sayer

    @staticmethod
    def _is_addressee(body: str, start: int, end: int) -> bool:
        """Whether the characters name the person whom somebody tells something."""
        return any(one.start(1) <= start and end <= one.end(1) for one in _ADDRESSEE.finditer(body))

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether any of these characters stand in words of somebody, in quotation marks."""
        place = bisect_right(self._quotations, end - 1, key=lambda row: row["start_char"])
        near = self._quotations[max(0, place - _NESTED) : place]
        return any(row["end_char"] > start and row["kind"] != "indirect" for row in near)

    def _voices_of(self, body: str) -> list[re.Match[str]]:
        """The voices of a sentence, found once for all of its numbers."""
        if self._read[0] != body:
            self._read = body, find_voices(body)
        return self._read[1]

    def _gapped(self, body: str, at: int, offset: int) -> tuple[str | None, str | None] | None:
        """Who says a number whose verb is that of another speaker: "police said 8,000 came and organisers 15,000"."""
        found = find_gapped(body[:at], [voice for voice in self._voices_of(body) if voice.end() <= at])
        return None if found is None else self._told(found, offset)

    def _of_voices(self, body: str, at: int, offset: int) -> tuple[str | None, str | None] | None:
        """Who says the number at a place of the sentence; None where the whole sentence has one voice, or none."""
        voices = [
            voice
            for voice in self._voices_of(body)
            if not _NO_SAYER.search(voice[1]) and self._can_say(voice, offset)
        ]
        if not voices or _ACCORDING.search(body):
            return None
        before = [voice for voice in voices if voice.end() <= at]
        if before:
            return self._gapped(body, at, offset) or self._told(before[-1], offset)
        tail = _TAIL.search(body)
        is_later = tail is None or tail.end() >= voices[0].end()
        return (None, None) if is_later and voices[0].start() else None

    def _of_reckoning(
        self, body: str, start: int, end: int, offset: int
    ) -> tuple[str | None, str | None] | None:
        """Whose count the number is, where the words beside it say so."""
        match = _RECKONED_AFTER.match(body, end) or _RECKONED_BEFORE.search(body, 0, start)
        return self._told(match, offset) if match and self._can_say(match, offset) else None

    def _quotation_around(self, start: int, end: int) -> Row | None:
        place = bisect_right(self._quotations, start, key=lambda row: row["start_char"])
        for row in reversed(self._quotations[max(0, place - _NESTED) : place]):
            if end <= row["end_char"] and row.get("speaker"):
                return row
        return None

    def _of_nearest(self, body: str, start: int, end: int) -> tuple[str | None, str | None]:
        """Of several "according to" the first after the figure: "8,000, according to police, and 15,000, according to"."""
        found = list(_ACCORDING.finditer(body))
        after = [match for match in found if match.start() >= end]
        return self._told(after[0] if after else found[-1], start) if found else (None, None)

    def _of_sentence(self, body: str, start: int) -> tuple[str | None, str | None]:
        for pattern in (_ACCORDING, _COLON, _INVERTED, _TAIL, _HEAD):
            match = pattern.search(body)
            if match is not None and not _NO_SAYER.search(match[1]):
                is_told = pattern in (_ACCORDING, _COLON) or self._can_say(match, start)
                return self._told(match, start) if is_told else (None, None)
        return None, None

    def _can_say(self, match: re.Match[str], offset: int) -> bool:
        """Whether the words before a verb are a speaker: their head is a name or a noun of those who speak.

        The verbs of these patterns are nouns too, and what is before them can be anything ("she would not say", "its annual
        report").
        """
        begin = _begin_of_words(match)
        words = match.string[begin : match.end(1)]
        rest = HEAD_END.search(words)
        head = words[: rest.start() if rest else None].rstrip()
        if not head or _is_noun(match, head) or _HAS_VERB.search(head) or claims_a_thing(match):
            return False
        is_cut = begin > match.start(1)
        if is_speaking_noun(head.split()[-1]) or (not is_cut and is_speaker(head)):
            return True
        end = offset + begin + len(head)
        place = bisect_right(self._mentions, end - 1, key=lambda row: row["end_char"])
        return (
            place < len(self._mentions)
            and self._mentions[place]["start_char"] < end <= self._mentions[place]["end_char"]
        )

    def _told(self, match: re.Match[str], start: int) -> tuple[str, str | None]:
        """The words of who says it, without "and" before them, and the entity."""
        begin = _begin_of_words(match)
        words = _JOINING.sub("", match.string[begin : match.end(1)].strip())
        if match.re is not _ACCORDING:
            words = _ADVERB_AFTER.sub("", _DAY_AFTER.sub("", words))
        return words, self.entity_at(start + begin, start + match.end(1))

    def entity_at(self, start: int, end: int) -> str | None:
        """The entity of the speaker named between two places, or None: a person before anything else.

        A person is not the speaker as an owner ("Orr's lawyer") or behind a preposition ("a critic of Orr").
        """
        place = bisect_right(self._mentions, start, key=lambda row: row["end_char"])
        last = bisect_right(self._mentions, end - 1, key=lambda row: row["start_char"])
        named = self._mentions[place:last]
        persons = [row for row in named if row["entity_type"] == "person"]
        speaking = [row for row in persons if not self._is_beside(row, start)]
        others = [row for row in named if row["entity_type"] != "person"]
        return next((str(row["entity_id"]) for row in (*speaking, *others)), None)

    def _is_beside(self, row: Row, start: int) -> bool:
        """Whether the name owns what follows, or hangs on a word before it in the speaker's words."""
        is_owner = self._text.startswith(("'s", "’s"), row["end_char"])
        return is_owner or _HANGS.search(self._text, start, row["start_char"]) is not None
