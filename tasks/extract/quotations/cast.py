"""The people of an article: who is named at a place, and who "he" or "she" means there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.outcomes import Row
from tasks.extract.dates.base.tense import is_past
from tasks.extract.document import Document
from tasks.extract.quotations.anonymous import find_unnamed_subject
from tasks.extract.quotations.described import is_inside_description
from tasks.extract.quotations.genders import ROLE_END, person_key, read_genders, told_gender
from tasks.extract.quotations.given_names import genders
from tasks.extract.quotations.marks import Stretch

_NEAR = 1_000  # characters within which "he" can mean the last speaker
_SUBJECT = 60  # a name this near its sentence's begin is probably the subject
_LOOK_BACK = 60  # mentions
_SUBJECT_PRONOUN = re.compile(r"\W{0,3}(?:(?:And|But|Then|So|Now|Later|Yet|Instead),? )?([Hh]e|[Ss]he)\s")
_PRONOUN_BEHIND = re.compile(r",\s(he|she)\s")  # "The daughter of Rosa Diaz, she joined the survey"
_WORD = re.compile(r"[^\W\d_]+")
_NO_VERBS = frozenset({"recent", "hundred", "indeed"})
_BE = frozenset({"is", "was", "are", "were", "has", "had"})


@dataclass(slots=True)
class Cast:
    """Built from the article's mentions and quoted stretches; `remember` keeps it up with who spoke."""

    document: Document
    mentions: Sequence[Row]
    stretches: Sequence[Stretch] = ()
    _starts: list[int] = field(init=False)
    _quoted: list[int] = field(init=False)
    _last_speaker: tuple[int, Row] | None = field(init=False, default=None)
    _last_unnamed: tuple[int, str | None] | None = field(init=False, default=None)
    _known: dict[str, str] = field(init=False, default_factory=dict)
    _strangers: list[tuple[int, str | None]] | None = field(init=False, default=None)
    _is_read: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.mentions = sorted(self.mentions, key=lambda row: row["start_char"])
        self._starts = [row["start_char"] for row in self.mentions]
        self._quoted = [stretch.start_char for stretch in self.stretches]
        full = {person_key(row): row["surface"].split()[-1] for row in self.mentions if " " in row["surface"]}
        for row in self.mentions:
            is_surname = full.get(person_key(row)) == row["surface"]
            gender = told_gender(row, self.document.text, is_surname=is_surname)
            if row["entity_type"] == "person" and gender:
                self._known.setdefault(person_key(row), gender)

    def mentions_in(self, start: int, end: int) -> list[Row]:
        """The mentions that overlap the span, in order."""
        places = range(max(0, bisect_left(self._starts, start) - 1), bisect_left(self._starts, end))
        return [self.mentions[place] for place in places if self.mentions[place]["end_char"] > start]

    def mention_in(self, start: int, end: int) -> Row | None:
        """The mention that overlaps the span: a person first, else the last one (its head noun's)."""
        found: Row | None = None
        for row in self.mentions_in(start, end):
            if _is_person(row) or found is None or not _is_person(found):
                found = row
        return found

    def person_called(self, mention: Row) -> Row | None:
        """The last person named before whose surname the mention repeats."""
        place = bisect_left(self._starts, mention["start_char"])
        before = reversed(self.mentions[max(0, place - _LOOK_BACK) : place])
        return next(
            (
                one
                for one in before
                if _is_person(one) and one["surface"].split()[1:][-1:] == [mention["surface"]]
            ),
            None,
        )

    def end_of_words_before(self, char: int) -> int:
        """Where the last quoted words that begin before the place end; 0 if there are no quoted words."""
        place = bisect_right(self._quoted, char) - 1
        return min(char, self.stretches[place].end_char) if place >= 0 else 0

    def person_before(self, char: int, gender: str) -> Row | None:
        """Who a pronoun means: the subject of the nearest sentence that names someone who fits, else the
        last speaker, else the first one named in that sentence. Names inside quotation marks do not count.

        A person who is known to be "he" or "she" goes before one of whom nothing is told. Of two of whom nothing is told, neither is meant.
        """
        self._read_genders()
        named = self._named_nearest(char, gender)
        if (spoke := self._speaker_among(named)) is not None:
            return spoke
        nearest = next((row for row in named if self._is_known(row)), named[0] if named else None)
        if self._is_stranger_nearer(char, gender, nearest):
            return None
        is_doubtful = not self._is_told_apart(named)
        if (
            nearest is not None
            and not is_doubtful
            and not self._is_unnamed_nearer(char, gender, (nearest["start_char"], nearest))
        ):
            begin = self.document.sentence_at(nearest["start_char"]).start_char
            if nearest["start_char"] - begin <= _SUBJECT and not self._is_in_passing(nearest):
                return nearest
        last = self._last_speaker
        if self._is_unnamed_nearer(char, gender, last):
            return None
        in_passing = nearest is not None and not is_doubtful and self._is_in_passing(nearest)
        if last is not None and char - last[0] <= _NEAR and self._fits(last[1], gender):
            if nearest is not None and self._is_known(nearest) and self._is_parted(last[0], nearest, char):
                return nearest
            sure = last[1] if not in_passing or self._is_known(last[1]) else None
            if sure is not None:
                return sure
        is_other = nearest is not None and in_passing and self._is_known_before(nearest, gender)
        return None if is_doubtful or is_other else nearest

    def _speaker_among(self, named: Sequence[Row]) -> Row | None:
        """The last speaker, if he spoke in the nearest sentence that names somebody: "Orr said Dahl had erred. “No,” he said."."""
        last = self._last_speaker
        is_later = self._last_unnamed is not None and last is not None and self._last_unnamed[0] > last[0]
        if last is None or len(named) < 2 or is_later:
            return None
        spoke = next((row for row in named if row["start_char"] == last[1]["start_char"]), None)
        return spoke if spoke is not None and last[0] <= spoke["start_char"] else None

    def _is_parted(self, spoke: int, nearest: Row, char: int) -> bool:
        """Whether the person is named in the pronoun's own paragraph, and the last speaker spoke in one before it."""
        text, start = self.document.text, nearest["start_char"]
        is_own = spoke < start and "\n" in text[spoke:start] and "\n" not in text[start:char]
        return is_own and not self._follows_verb(nearest)

    def _is_in_passing(self, nearest: Row) -> bool:
        """Whether nothing tells that the person is "she", and a verb comes before the name in its sentence."""
        return not self._is_known(nearest) and self._follows_verb(nearest)

    def _follows_verb(self, nearest: Row) -> bool:
        begin = self.document.sentence_at(nearest["start_char"]).start_char
        before = self.document.text[begin : nearest["start_char"]].lower().split(",")[-1]
        return any(word in _BE or (is_past(word) and word not in _NO_VERBS) for word in _WORD.findall(before))

    def _is_known_before(self, nearest: Row, gender: str) -> bool:
        """Whether somebody who is known to be "she" was named shortly before the person."""
        place = bisect_left(self._starts, nearest["start_char"])
        before = self.mentions[max(0, place - _LOOK_BACK) : place]
        return any(
            _is_person(row)
            and self._known.get(person_key(row)) == gender
            and nearest["start_char"] - row["start_char"] <= _NEAR
            for row in before
        )

    def _read_genders(self) -> None:
        """Once, when the first pronoun is asked for: what the article's own pronouns tell of its persons."""
        if not self._is_read and self.document.language.split("-")[0] == "en":
            self._is_read = True
            persons = [row for row in self.mentions if _is_person(row)]
            for key, gender in read_genders(self.document, persons, self.stretches).items():
                self._known.setdefault(key, gender)

    def remember(self, row: Row | None, char: int, gender: str | None) -> None:
        """Keeps who spoke last, and the gender that a pronoun showed."""
        if row is not None and _is_person(row):
            self._last_speaker = (char, row)
            if gender:
                self._known.setdefault(person_key(row), gender)

    def remember_unnamed(self, surface: str, char: int) -> None:
        """Records that a person without a name spoke there: a later "he" can mean that person."""
        words = re.findall(r"\w+", ROLE_END.split(surface.lower())[0])
        self._last_unnamed = (char, genders().get(words[-1]) if words else None)

    def _is_unnamed_nearer(self, char: int, gender: str, named: tuple[int, Row] | None) -> bool:
        unnamed = self._last_unnamed
        if unnamed is None or char - unnamed[0] > _NEAR or unnamed[1] not in (None, gender):
            return False
        return named is None or unnamed[0] > named[0]

    def _is_stranger_nearer(self, char: int, gender: str, named: Row | None) -> bool:
        """Whether a sentence begins with a person without a name, as late as the sentence that names somebody or later."""
        floor = 0 if named is None else self.document.sentence_at(named["start_char"]).start_char
        strangers = self._find_strangers()
        place = bisect_left(strangers, char, key=lambda found: found[0]) - 1
        if place < 0 or char - strangers[place][0] > _NEAR:
            return False
        start, told = strangers[place]
        return start >= floor and told in (None, gender)

    def _find_strangers(self) -> list[tuple[int, str | None]]:
        """Where sentences begin with a person without a name, and what the noun tells of "he" or "she"; found once."""
        if self._strangers is None:
            text = self.document.text
            nouns = [
                (one.start_char, find_unnamed_subject(text[one.start_char : one.end_char]))
                for one in self.document.sentences
            ]
            self._strangers = [(start, genders().get(noun)) for start, noun in nouns if noun is not None]
        return self._strangers

    def _named_nearest(self, char: int, gender: str) -> list[Row]:
        """The persons who fit in the nearest sentence that names one, in reading order."""
        place = bisect_left(self._starts, char)
        found: list[Row] = []
        for row in reversed(self.mentions[max(0, place - _LOOK_BACK) : place]):
            if not _is_person(row) or not self._fits(row, gender) or self._is_passed_over(row):
                continue
            if self._is_pronouns(row, gender):
                continue
            sentence = self.document.sentence_at(row["start_char"]).number
            if found and sentence != self.document.sentence_at(found[0]["start_char"]).number:
                break
            found.insert(0, row)
        return found

    def _is_passed_over(self, row: Row) -> bool:
        """Named inside quotation marks, as an owner, or to describe somebody ("Orr's captain", "an aide to Orr")."""
        char, end = row["start_char"], row["end_char"]
        floor = self.document.sentence_at(char).start_char if self.document.sentences else 0
        if is_inside_description(self.document.text, floor, char, end):
            return True
        place = bisect_right(self._quoted, char) - 1
        return place >= 0 and char < self.stretches[place].end_char

    def _is_pronouns(self, row: Row, gender: str) -> bool:
        """Whether a pronoun that fits is the subject of the sentence that names the person: "She thanked Orr"."""
        if self.document.language.split("-")[0] != "en":
            return False
        begin = self.document.sentence_at(row["start_char"]).start_char
        begin = max(begin, self.end_of_words_before(row["start_char"]))
        opened = _SUBJECT_PRONOUN.match(
            self.document.text, begin, row["start_char"]
        ) or _PRONOUN_BEHIND.match(self.document.text, row["end_char"])
        return opened is not None and opened[1].lower() == ("he" if gender == "m" else "she")

    def _is_told_apart(self, named: Sequence[Row]) -> bool:
        """Whether one of them is known to be meant, or there is only one."""
        return any(map(self._is_known, named)) or len({*map(person_key, named)}) <= 1

    def _is_known(self, row: Row) -> bool:
        return person_key(row) in self._known

    def _fits(self, row: Row, gender: str) -> bool:
        return self._known.get(person_key(row), gender) == gender


def _is_person(row: Row) -> bool:
    return bool(row["entity_type"] == "person")


def quoted_stretches(quotations: Iterable[Row]) -> list[Stretch]:
    """The stretches in quotation marks of rows of `quotations`, in reading order."""
    spans = sorted((row["start_char"], row["end_char"]) for row in quotations if row["kind"] != "indirect")
    return [Stretch(start, end, start, end) for start, end in spans]
