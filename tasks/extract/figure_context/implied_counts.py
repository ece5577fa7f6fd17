"""Counts that are told without a numeral: "her and her two sons", "both men", "no one was hurt"."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc, Token

from core.outcomes import Row
from tasks.extract.document import Document, Sentence
from tasks.extract.figure_context.syntax import LONGEST_SENTENCE, lemma, own_verb


def _read_words() -> dict[str, frozenset[str]]:
    text = Path(__file__).with_name("implied_counts.toml").read_text(encoding="utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


_WORDS = _read_words()
_PERSONAL = frozenset({"him", "her", "he", "she", "himself", "herself", "me", "i"})
_MOST_PERSONS = 12
_DIES = frozenset({"die", "drown", "perish"})
_HELD_TRUE = frozenset({"know", "believe", "report", "think", "confirm", "say"})
_NOBODY = frozenset({"nobody", "none"})
_ROLES = {"dobj": True, "nsubjpass": True, "nsubj": False, "pobj": False}


def sentences_with_implied_counts(document: Document) -> set[int]:
    """Sentences that can tell a count without a numeral: a word of harm, and "and", "both" or "no"."""
    return {
        sentence.number
        for sentence in document.sentences
        if _may_tell(document.text[sentence.start_char : sentence.end_char].lower())
    }


def _may_tell(text: str) -> bool:
    words = set(text.replace(",", " ").replace(".", " ").split())
    if "both" in words or words & _NOBODY or "no" in words:
        return True
    return "and" in words and any(stem in text for stem in _WORDS["stems"])


def find_told(document: Document, figures: Sequence[Row]) -> list[Row]:
    """Rows of `figures` for counts without a numeral of their own, from the sentences that have a parse.

    They can hold other figures ("her and her *two sons*" is three people and two sons).
    """
    counts = _Counts(figures)
    known = {(row["start_char"], row["end_char"]) for row in figures}
    rows: list[Row] = []
    for number, parse in sorted(document.parses.items()):
        sentence = document.sentences[number - 1]
        if len(parse) > LONGEST_SENTENCE:
            continue
        for first, last, value in _tell(parse, document, sentence, counts):
            row = _make_row(document, sentence, first, last, value)
            if (span := (row["start_char"], row["end_char"])) not in known:
                known.add(span)
                rows.append(row)
    return rows


class _Counts:
    """The counts with a numeral, by place; none overlaps another."""

    def __init__(self, figures: Sequence[Row]) -> None:
        self._rows = sorted(
            (row["start_char"], row["end_char"], row["value"])
            for row in figures
            if row["kind"] == "count" and row["value"] is not None
        )

    def at(self, char: int) -> float | None:
        """The value of the count that the character is in."""
        place = bisect_right(self._rows, char, key=lambda row: row[0]) - 1
        return float(self._rows[place][2]) if place >= 0 and char < self._rows[place][1] else None


def _tell(
    parse: Doc, document: Document, sentence: Sentence, counts: _Counts
) -> Iterator[tuple[int, int, float]]:
    """(first token, last token, number) of each count that the sentence tells."""
    for token in parse:
        if token.lower_ == "both" and token.head.i == token.i + 1 and lemma(token.head) in _WORDS["persons"]:
            yield token.i, token.head.i, 2.0
        elif nobody := _nobody(token):
            yield *nobody, 0.0
        elif (
            token.dep_ in _ROLES and any(child.dep_ == "conj" for child in token.children) and _befalls(token)
        ):
            members = list(_conjuncts(token))
            numbers = [_number_of(member, document, sentence, counts) for member in members]
            total = sum(number for number in numbers if number is not None)
            first, last = min(member.left_edge.i for member in members), max(member.i for member in members)
            if (
                None not in numbers
                and len(members) > 1
                and total > 1
                and _are_apart(members)
                and ";" not in parse[first:last].text
            ):
                yield first, last, total


def _nobody(token: Token) -> tuple[int, int] | None:
    """ "no one", "nobody" and "no deaths" in their sentence's role."""
    if token.lower_ in _NOBODY and _befalls(token):
        return token.i, token.i
    if token.lower_ != "no" or token.i + 2 >= len(token.doc):
        return None
    following = token.nbor()
    if following.lower_ == "one" and _befalls(following) and token.nbor(2).lower_ != "else":
        return token.i, following.i
    noun = token.head
    if token.dep_ == "det" and noun.i > token.i and lemma(noun) in _WORDS["harms"] and noun.i - token.i <= 3:
        return token.i, noun.i
    return None


def _befalls(token: Token) -> bool:
    """Whether something befalls the persons: obj of "kill", subj of "die", "were hurt", "found dead"."""
    verb = token.head
    if token.dep_ == "pobj":
        above = verb.head
        return verb.lower_ == "of" and lemma(above) in _WORDS["deeds"]
    if token.dep_ in ("nsubj", "nsubjpass") and lemma(verb) in _HELD_TRUE:  # "no one is known to have died"
        verb = next((child for child in verb.children if child.dep_ == "xcomp"), verb)
        if any(child.dep_ == "auxpass" for child in verb.children):
            return lemma(verb) in _WORDS["befalls"]
        return lemma(verb) in _DIES
    if token.dep_ == "nsubj":
        states = (child for child in verb.children if child.dep_ in ("acomp", "attr", "oprd"))
        return lemma(verb) in _DIES or any(child.lower_ in _WORDS["states"] for child in states)
    if any(child.dep_ == "oprd" and child.lower_ in _WORDS["states"] for child in verb.children):
        return True
    return lemma(verb) in _WORDS["befalls"]


def _are_apart(members: Sequence[Token]) -> bool:
    """Whether each member is a person of its own: "a husband and father" is one."""
    if len(members) > _MOST_PERSONS:
        return False
    owned = any(child.dep_ == "poss" for child in members[0].children)
    return all(
        owned
        or member.tag_ != "NN"
        or any(c.dep_ in ("det", "poss", "nummod", "amod") for c in member.children)
        for member in members[1:]
    )


def _conjuncts(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ == "conj" and own_verb(child) is None:
            yield from _conjuncts(child)


def _number_of(token: Token, document: Document, sentence: Sentence, counts: _Counts) -> float | None:
    """How many persons a member of the list is; None where it is no person or no number is told."""
    whole = document.doc[sentence.start_token + token.i]
    if (value := counts.at(whole.idx)) is not None:
        return value
    if token.lower_ in _PERSONAL:
        return 1.0
    if token.ent_type_ == "PERSON" or (token.tag_ == "NNP" and whole.ent_type_ == "PERSON"):
        return 1.0
    return 1.0 if token.tag_ == "NN" and lemma(token) in _WORDS["persons"] else None


def _make_row(document: Document, sentence: Sentence, first: int, last: int, value: float) -> Row:
    tokens = document.doc
    start = tokens[sentence.start_token + first].idx
    end_token = tokens[sentence.start_token + last]
    end = end_token.idx + len(end_token)
    surface = document.text[start:end]
    words = surface.split()
    counted = surface if value and words[0].lower() != "both" else (words[-1] if len(words) > 1 else None)
    return document.row(
        start,
        end,
        surface=surface,
        kind="count",
        value=value,
        low=None,
        high=None,
        bound="exact",
        unit=None,
        counted=None if counted == "one" else counted,
        is_suspect=False,
        suspect_reason=None,
        candidates=None,
        quotation_start_char=None,
    )
