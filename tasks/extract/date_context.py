"""What happens at a date: the words of its sentence that say what the date is for.

`describe_dates` fills these columns of rows of `dates`, in place:
- `predicate`: the base form of the verb or noun that the date hangs on ("held on Monday", "Monday's talks");
- `roles`: what the sentence says of it, as role:base form, nearest first: the link to the predicate ("on:hold"),
  who does it (subj), to whom (obj), and the nouns beside ("near:talk").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from core.outcomes import Row
from tasks.extract.document import Document
from tasks.extract.figure_context.syntax import LONGEST_SENTENCE, find_anchor, lemma

__all__ = ["dated_sentences", "describe_dates"]

# A year or a decade is hardly ever the day of the event.
_FINE = frozenset({"minute", "hour", "part_of_day", "day", "week", "month"})
_DAYS = frozenset({"part_of_day", "day"})  # told by "January 10" where the year is unknown
_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_MOST = 10


def dated_sentences(dates: Sequence[Row]) -> set[int]:
    """The numbers of the sentences to parse: those with a day, or with a month or week whose begin is known."""
    return {row["sentence_number"] for row in dates if _is_told(row)}


def describe_dates(document: Document, dates: Sequence[Row]) -> None:
    """Fill `predicate` and `roles` of the dates; both stay empty where no parse is at hand."""
    for date in dates:
        date.update(predicate=None, roles=[])
        parse = document.parses.get(date["sentence_number"])
        if parse is not None and 0 < len(parse) <= LONGEST_SENTENCE and _is_told(date):
            _describe(date, document, parse)


def _is_told(date: Row) -> bool:
    known = None not in (date["starts_at"], date["ends_at"])
    return date["granularity"] in (_FINE if known else _DAYS)


def _describe(date: Row, document: Document, parse: Doc) -> None:
    span = document.span_in_parse(date)
    if span is None:
        return
    first, end = span
    governor, link = _governor(find_anchor(parse, first, end))
    if governor is None:
        return
    own = range(first, end)
    found = [f"{link}:{lemma(governor)}"]
    for role, token in (*_participants(governor), *_beside(parse, first)):
        item = f"{role}:{lemma(token)}"
        if token.i not in own and item not in found:
            found.append(item)
    date["predicate"], date["roles"] = lemma(governor), found[:_MOST]


def _governor(anchor: Token) -> tuple[Token | None, str]:
    """The verb or noun that the date hangs on, and by what: a preposition, else "at"."""
    token, link = anchor, "at"
    for _ in range(4):
        if token.head.i == token.i:
            return None, link
        token = token.head
        if token.pos_ in ("VERB", "AUX", *_NOUNS):
            return token, link
        if token.pos_ in ("ADP", "SCONJ"):
            link = token.lower_
    return None, link


def _participants(governor: Token) -> Iterator[tuple[str, Token]]:
    """Who does it and to whom; for a noun what it is of and which it is."""
    for child in governor.children:
        if governor.pos_ in _NOUNS:
            yield from _of_noun(child)
        elif child.dep_ in (*_SUBJECTS, "dobj"):
            yield "subj" if child.dep_ == "nsubj" else "obj", child
            yield from (("near", own) for own in child.children if own.dep_ == "compound")
        elif child.dep_ in ("xcomp", "ccomp") and child.pos_ == "VERB":
            yield "does", child
            yield from (("obj", own) for own in child.children if own.dep_ == "dobj")
        elif child.dep_ == "prep":
            yield from ((child.lower_, own) for own in child.children if own.pos_ in _NOUNS)
    if governor.dep_ in ("xcomp", "conj", "relcl", "acl") and not any(
        child.dep_ in _SUBJECTS for child in governor.children
    ):
        above = governor.head
        if above.pos_ in _NOUNS:
            yield "obj" if governor.tag_ == "VBN" else "subj", above
        yield from (("subj", child) for child in above.children if child.dep_ in _SUBJECTS)


def _of_noun(child: Token) -> Iterator[tuple[str, Token]]:
    if child.dep_ in ("compound", "amod", "poss"):
        yield "near", child
    elif child.dep_ == "prep":
        for own in child.children:
            if own.pos_ in _NOUNS:
                yield child.lower_, own
                yield from (("near", word) for word in own.children if word.dep_ in ("compound", "conj"))


def _beside(parse: Doc, first: int) -> Iterator[tuple[str, Token]]:
    """The noun that stands right before "on" and the date, whatever it was parsed to hang on, and what it is of."""
    place = first - 1
    while place >= 0 and parse[place].pos_ in ("ADP", "PUNCT", "DET"):
        place -= 1
    if not (place >= 0 and first - place <= 3 and parse[place].pos_ in _NOUNS):
        return
    noun = parse[place]
    yield "near", noun
    yield from (("near", word) for word in noun.children if word.dep_ in ("compound", "nmod"))
    above = noun.head.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and above.pos_ in _NOUNS:
        yield "near", above
