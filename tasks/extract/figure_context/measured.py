"""What has the amount: whose age, which sentence of twelve years, what costs $999."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from spacy.tokens import Token

from core.outcomes import Row
from tasks.extract.figure_context.syntax import lemma, subject_of
from tasks.extract.quotations.cast import Cast

_LONGEST = 6
_BEING = frozenset({"be", "become", "get", "close", "end", "finish", "open", "trade", "stand", "remain"})
_MORE = frozenset({"more", "less", "fewer", "further"})
_AGE_LABELS = frozenset({"aged", "age", "ages"})
_BESIDE = frozenset({"with", "despite", "after", "amid", "against"})  # "ended the year with $1.1 billion"
_SCALES = frozenset({"lakh", "crore", "hundred", "thousand", "million", "billion", "trillion"})
_NO_HOLDERS = frozenset({"WDT", "WP", "CD", "$"})
_PRONOUNS = frozenset({"he", "she", "who", "him", "her", "his", "hers", "i", "they", "it"})
_MEASURING = frozenset(
    {
        "be",
        "cost",
        "last",
        "take",
        "weigh",
        "measure",
        "total",
        "set",
        "stand",
        "reach",
        "hit",
        "rise",
        "fall",
    }
    | {
        "drop",
        "grow",
        "increase",
        "start",
        "remain",
        "become",
        "average",
        "price",
        "estimate",
        "value",
        "turn",
    }
    | {"climb", "exceed", "put", "rate", "center", "recommend", "sell", "go", "come", "hold", "run", "amount"}
)


_PUTTING = frozenset(
    {"put", "estimate", "value", "price", "clock", "rate", "set", "fine", "sell", "buy", "assess"}
)  # "at 300"
# What is between a name and an age.
_BEFORE_AGE = ("", ",", "(", "age", "aged", ", age", ", aged", ", also", "is", "was", ", who is", "who is")
_AFTER_AGE = ("", "old", "-old")


_GENDERS = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}


class Amounts:
    """The figures of one article whose words are an amount: money, measures, shares; they hold no other amount."""

    def __init__(self, figures: Sequence[Row]) -> None:
        self._rows = sorted(
            (row for row in figures if row["kind"] not in ("count", "rank", "age", "fraction", "ratio")),
            key=lambda row: row["start_char"],
        )

    def is_inside(self, char: int, figure: Row) -> bool:
        """Whether the character is in an amount that is not the figure and counts nothing itself.

        A bare count can have the unit of another: "one minute or two".
        """
        if figure["kind"] == "count" and not figure["counted"]:
            return False
        place = bisect_right(self._rows, char, key=lambda row: row["start_char"]) - 1
        row = self._rows[place] if place >= 0 else None
        return row is not None and row is not figure and char < row["end_char"] and not row["counted"]


class NameFinder:
    """The persons' names of one article, by place; the names of `cast`, which is made when a pronoun is met."""

    def __init__(self, mentions: Sequence[Row], make_cast: Callable[[], Cast]) -> None:
        self._make_cast = make_cast
        self._cast: Cast | None = None
        self._persons = sorted(
            (row for row in mentions if row["entity_type"] == "person"), key=lambda row: row["start_char"]
        )

    def at(self, start: int, end: int) -> Row | None:
        """The first name that overlaps the characters."""
        place = bisect_right(self._persons, start, key=lambda row: row["end_char"])
        row = self._persons[place] if place < len(self._persons) else None
        return row if row is not None and row["start_char"] < end else None

    def beside(self, text: str, start: int, end: int) -> Row | None:
        """The name that a bare age is beside: "Ana Lopez, 45" or "45-year-old Ana Lopez"."""
        before, after = self.last_before(start), self._first_after(end)
        if before is not None and _is_short(text, before["end_char"], start, _BEFORE_AGE):
            return before
        if after is not None and _is_short(text, end, after["start_char"], _AFTER_AGE):
            return after
        return None

    def meant_by(self, pronoun: str, char: int) -> Row | None:
        """Whom "he" or "she" means; before another pronoun, the name last read."""
        gender = _GENDERS.get(pronoun.lower())
        if gender is None:
            return self.last_before(char)
        self._cast = self._cast or self._make_cast()
        return self._cast.person_before(char, gender)

    def last_before(self, char: int) -> Row | None:
        """The name last read before the place."""
        place = bisect_right(self._persons, char, key=lambda row: row["end_char"])
        return self._persons[place - 1] if place else None

    def _first_after(self, char: int) -> Row | None:
        place = bisect_left(self._persons, char, key=lambda row: row["start_char"])
        return self._persons[place] if place < len(self._persons) else None


def _is_short(text: str, start: int, end: int, allowed: tuple[str, ...]) -> bool:
    return end - start <= _LONGEST + 4 and text[start:end].strip().lower() in allowed


def find_measured(kind: str, nominal: Token | None, span: tuple[int, int]) -> Token | None:
    """The token that has the amount; `span` are the figure's tokens in the parse."""
    if nominal is None or kind == "age":
        nominal = nominal and _beyond_numbers(nominal)
        return nominal and (holder := _behind_label(nominal)) and _antecedent(holder)
    if span[0] <= nominal.i < span[1]:
        holder = _beyond(nominal, span)
        return holder and _antecedent(holder)
    return _antecedent(_holder_of(nominal))


def _beyond_numbers(nominal: Token) -> Token:
    """What governs a row of bare numbers: "boys aged 9, 11 and 14", "a girl of 6"."""
    top = nominal
    while top.text.isdecimal() and top.head.i != top.i:
        top = top.head
    top = top.head if top.lower_ == "of" and top.i != nominal.i else top
    return top if top.pos_ in ("NOUN", "PROPN", "PRON") or top.lower_ in _AGE_LABELS else nominal


def _behind_label(nominal: Token) -> Token | None:
    """Whose age "aged" or "ages" is, by what is right before: "the suspects, ages 15 and 17", "she died aged 91"; else None."""
    if nominal.lower_ not in _AGE_LABELS:
        return nominal
    place = nominal.i - 1
    while place >= 0 and nominal.doc[place].is_punct:
        place -= 1
    before = nominal.doc[place] if place >= 0 else nominal
    if before.pos_ in ("VERB", "AUX"):
        return subject_of(before)
    return before if before.pos_ in ("NOUN", "PROPN", "PRON") and before is not nominal else None


def _holder_of(nominal: Token) -> Token:
    """What is said to be long or high: "the ship" of "the ship is 133 metres long"; else the noun itself."""
    head = nominal.head
    is_compared = nominal.tag_ in (
        "JJR",
        "RBR",
    )  # "make the wall two feet shorter" says nothing of who makes it
    if nominal.pos_ not in ("ADJ", "ADV") or (is_compared and not _is_of_subject(nominal)):
        return nominal
    if head.pos_ in ("VERB", "AUX") and head.i != nominal.i:
        return subject_of(head) or nominal
    return head if nominal.dep_ == "amod" else nominal


def _is_of_subject(nominal: Token) -> bool:
    """Whether a comparative is said of the subject: "Shares were 9.7% lower"; "more" and "less" are of what is counted."""
    return nominal.lower_ not in _MORE and lemma(nominal.head) in _BEING


def _antecedent(token: Token) -> Token:
    """The noun that "which" or "that" stands for; else the token."""
    if token.tag_ not in ("WDT", "WP"):
        return token
    verb = next((above for above in token.ancestors if above.dep_ == "relcl"), None)
    return token if verb is None else verb.head


def _beyond(token: Token, span: tuple[int, int]) -> Token | None:
    """For a figure that is a noun phrase of its own: the noun before "of", else the subject of a verb that measures."""
    start, end = span
    top = token
    while top.head.i != top.i and start <= top.head.i < end:
        top = top.head
    head = top.head
    if top.dep_ in ("appos", "conj") and head.pos_ in ("NOUN", "PROPN"):
        return head
    if top.dep_ == "pobj":
        above = head.head
        if above.pos_ in ("NOUN", "PROPN") and above.i != head.i:
            return above
        head = above
        if head.pos_ in ("VERB", "AUX") and lemma(head) in _PUTTING:
            return next((c for c in head.children if c.dep_ in ("dobj", "nsubjpass")), None)
    if (
        head.pos_ in ("VERB", "AUX")
        and head.i != top.i
        and lemma(head) in _MEASURING
        and top.dep_ not in ("nsubj", "nsubjpass")
    ):
        return subject_of(head)
    if head.pos_ in ("VERB", "AUX"):
        return next((c for c in head.children if c.dep_ == "dobj" and c.i != top.i), None)
    return None


def can_hold(token: Token, anchor: Token) -> bool:
    """Whether it is a thing that can have the amount of the anchor: no number, no currency, no "which", and not what only
    was beside it: "ended the year with $1.1 billion"."""
    is_beside = anchor.dep_ == "pobj" and anchor.head.lower_ in _BESIDE and token.dep_ == "dobj"
    return token.tag_ not in _NO_HOLDERS and token.text[:1].isalpha() and not is_beside


def phrase(token: Token, span: tuple[int, int]) -> str:
    """The noun with the words that come before it, without determiners, numbers and the figure.

    The capital that only begins the sentence is made small.
    """
    start, end = span
    words = [token]
    for child in sorted(token.lefts, key=lambda c: -c.i):
        if (
            child.dep_ in ("compound", "amod", "nmod")
            and child.tag_ != "CD"
            and child.lower_ not in _SCALES
            and not start <= child.i < end
            and child.i == words[0].i - 1
        ):
            words.insert(0, child)
    chain = _hyphen_chain(words[0])
    if chain and any(token.tag_ == "CD" for token in chain):
        chain, words = [], words[1:] or words  # "34-year-old victims": an age is no part of them
    said = "".join(token.text for token in chain) + " ".join(word.text for word in words[-_LONGEST:])
    is_capital_only_there = words[0].i == 0 and words[0].pos_ != "PROPN" and words[0].text[1:].islower()
    return said[0].lower() + said[1:] if is_capital_only_there else said


def _hyphen_chain(word: Token) -> list[Token]:
    """The tokens that hyphens tie to the word before it: "Mumbai", "-" of "the Mumbai-bound bus"."""
    place = word.i
    while place >= 2 and word.doc[place - 1].text in ("-", "‑") and not word.doc[place - 2].whitespace_:
        if word.doc[place - 1].whitespace_:
            break
        place -= 2
    return list(word.doc[place : word.i])


def is_pronoun(token: Token | None) -> bool:
    """Whether a name must be looked for before it."""
    return token is not None and token.lower_ in _PRONOUNS
