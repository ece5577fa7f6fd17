"""What a figure's sentence says of it: which question the number answers.

`describe_figures` fills these columns of rows of `figures`, in place:
- `predicate`: the base form of the verb or adjective that governs it (kill, dead, cost, aboard);
- `roles`: what the sentence says of the thing counted or measured, as role:base form, nearest first;
- `measured`: what has the amount: the person whose age it is, the sentence of twelve years, the bail;
- `measured_entity_id`: that person, where there is a name beside;
- `per`, `of_whole`, `since`, `as_of`, `attributed_to`, `attributed_entity_id`, `is_negated`, `is_hypothetical`.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from core.outcomes import Row
from tasks.extract.document import Document, Sentence
from tasks.extract.figure_context.circumstances import (
    cut_whole,
    find_per,
    find_whole,
    is_base,
    is_hypothetical,
    is_negated,
    is_set_against,
    is_set_apart,
    with_head,
)
from tasks.extract.figure_context.measured import (
    Amounts,
    NameFinder,
    can_hold,
    find_measured,
    is_pronoun,
    phrase,
)
from tasks.extract.figure_context.parsed_sayers import find_parsed_sayer
from tasks.extract.figure_context.sayers import SayerFinder
from tasks.extract.figure_context.several_sayers import is_speaker
from tasks.extract.figure_context.syntax import LONGEST_SENTENCE, find_anchor, find_nominal
from tasks.extract.figure_context.thing_words import find_roles
from tasks.extract.figure_context.told_times import TimeFinder
from tasks.extract.quotations.cast import Cast, quoted_stretches

__all__ = ["CONTEXT_COLUMNS", "describe_figures"]

CONTEXT_COLUMNS = (
    "predicate",
    "roles",
    "measured",
    "measured_entity_id",
    "per",
    "of_whole",
    "since",
    "as_of",
    "told_from",
    "told_until",
    "told_time",
    "attributed_to",
    "attributed_entity_id",
    "is_negated",
    "is_hypothetical",
)
_VERBAL = ("subj", "obj")
# Adjectives that only order or part.
_EMPTY = frozenset(
    {"other", "next", "last", "same", "new", "more", "additional", "separate", "possible", "have", "do"}
)
_NO_PREDICATE = frozenset(
    {
        "cent",
        "percent",
        "it",
        "its",
        "he",
        "his",
        "she",
        "her",
        "they",
        "their",
        "who",
        "that",
        "which",
        "this",
    }
)


def describe_figures(
    document: Document,
    figures: Sequence[Row],
    mentions: Sequence[Row],
    dates: Sequence[Row],
    quotations: Sequence[Row],
) -> None:
    """Fill CONTEXT_COLUMNS of the figures; `dates` are in reading order.

    Sentences without a parse leave `predicate` and `roles` empty, texts in other languages than English all.
    """
    for figure in figures:
        figure.update(dict.fromkeys(CONTEXT_COLUMNS), roles=[], is_negated=False, is_hypothetical=False)
    if document.language.split("-")[0] != "en":
        return
    names = NameFinder(mentions, lambda: Cast(document, mentions, quoted_stretches(quotations)))
    sayers = SayerFinder(document.text, quotations, mentions)
    times, amounts = TimeFinder(document, dates), Amounts(figures)
    for figure in figures:
        sentence = document.sentence_at(figure["start_char"])
        bounds = (sentence.start_char, sentence.end_char)
        start, end = figure["start_char"], figure["end_char"]
        figure["is_negated"] = is_set_against(document.text, start, sentence.start_char)
        figure["per"] = find_per(document.text, start, end, sentence.end_char)
        whole = find_whole(document.text, (start, end), sentence.end_char)
        figure["of_whole"] = whole and document.text[slice(*whole)]
        sayer = sayers.find(start, end, bounds)
        if sayer[0] is not None and not _holds(document.text, sayer[0], figure, bounds):
            figure["attributed_to"], figure["attributed_entity_id"] = sayer
        parse = document.parses.get(sentence.number)
        if parse is not None and 0 < len(parse) <= LONGEST_SENTENCE:
            figure["of_whole"] = whole and cut_whole(document, sentence, parse, whole)
            _describe_parsed(figure, document, sentence, parse, (names, times, amounts))
            if figure["attributed_to"] is None:
                _set_sayer(figure, document, sentence, parse, sayers)
        elif figure["kind"] == "age":
            _set_name(figure, names.beside(document.text, start, end))


def _holds(text: str, words: str, figure: Row, bounds: tuple[int, int]) -> bool:
    """Whether the number stands in the speaker's own words: "a poll of 812 adults"."""
    start = text.find(words, *bounds)
    return bool(0 <= start <= figure["start_char"] and figure["end_char"] <= start + len(words))


def _describe_parsed(
    figure: Row,
    document: Document,
    sentence: Sentence,
    parse: Doc,
    finders: tuple[NameFinder, TimeFinder, Amounts],
) -> None:
    names, times, amounts = finders
    start, end = document.span_in_parse(figure) or (0, 1)
    anchor = find_anchor(parse, start, end)
    nominal = find_nominal(anchor, start, end)
    figure["is_negated"] |= is_negated(anchor) or (nominal is not None and is_negated(nominal))
    is_apart = figure["kind"] == "age" and is_set_apart(document.text, figure)
    is_now = is_apart or is_base(document.text, figure["start_char"], figure["end_char"])
    figure["is_hypothetical"] = not is_now and is_hypothetical(anchor)
    if not is_apart and (told := times.find(figure, sentence, parse, anchor)):
        figure["told_from"], figure["told_until"], figure["told_time"] = told[:3]
        figure["since"], figure["as_of"] = told.since, told.as_of
    if figure["per"] is not None:
        figure["per"] = with_head(figure["per"], parse, end)
    holder = find_measured(figure["kind"], nominal, (start, end))
    told_of = nominal or holder or anchor
    figure["roles"] = find_roles(told_of, start, end)
    if holder is not None and holder is not told_of:
        figure["roles"] += [role for role in find_roles(holder, start, end) if role not in figure["roles"]][
            :6
        ]
    figure["predicate"] = _predicate(figure["roles"])
    if figure["kind"] == "age":
        _set_holder(figure, document, sentence, holder, (start, end), names)
    elif (
        holder is not None
        and can_hold(holder, anchor)
        and not (figure["kind"] in ("count", "money") and start <= holder.i < end)
        and not amounts.is_inside(_whole(document, sentence, holder).idx, figure)
    ):
        figure["measured"] = phrase(holder, (start, end))


def _set_sayer(figure: Row, document: Document, sentence: Sentence, parse: Doc, sayers: SayerFinder) -> None:
    """Who gives the number by the parse, where no pattern told it."""
    start, end = document.span_in_parse(figure) or (0, 1)
    found = find_parsed_sayer(find_anchor(parse, start, end))
    if found is None:
        return
    first, last = (document.doc[sentence.start_token + token.i] for token in found)
    words = _without_open_bracket(document.text, first.idx, last.idx + len(last))
    entity_id = sayers.entity_at(*words)
    is_named = entity_id is not None or is_speaker(document.text[slice(*words)])
    if is_named and not sayers.is_quoted(*words):
        figure["attributed_to"], figure["attributed_entity_id"] = document.text[slice(*words)], entity_id


def _without_open_bracket(text: str, start: int, end: int) -> tuple[int, int]:
    """The span up to a bracket that it leaves open: "the authority (FSA" is the authority."""
    opened = text.rfind("(", start, end)
    if opened > start and ")" not in text[opened:end]:
        end = start + len(text[start:opened].rstrip())
    return start, end


def _predicate(roles: Sequence[str]) -> str | None:
    """The nearest word that says what happens to it or what it is."""
    for wanted in (_VERBAL, ("is",)):
        for role in roles:
            name, _, word = role.partition(":")
            if name in wanted and word not in _EMPTY and _is_word(word):
                return word
    return next((word for role in roles if _is_word(word := role.partition(":")[2])), None)


def _is_word(word: str) -> bool:
    """Neither a sign, a number nor a pronoun: "%", "31", "its"."""
    return word.replace("-", "").isalpha() and word not in _NO_PREDICATE


def _set_holder(
    figure: Row,
    document: Document,
    sentence: Sentence,
    holder: Token | None,
    span: tuple[int, int],
    names: NameFinder,
) -> None:
    """Whose age: the name beside, the name at the noun, the last name before a pronoun, else the noun."""
    text, start, end = document.text, figure["start_char"], figure["end_char"]
    name = names.beside(text, start, end)
    if name is None and holder is not None and not span[0] <= holder.i < span[1]:
        name = _name_of(holder, document, sentence, names)
        figure["measured"] = phrase(holder, span)
    if name is not None:
        _set_name(figure, name)


def _whole(document: Document, sentence: Sentence, token: Token) -> Token:
    """The token of the whole text that a token of the sentence's parse is."""
    return document.doc[sentence.start_token + token.i]


def _name_of(holder: Token, document: Document, sentence: Sentence, names: NameFinder) -> Row | None:
    def at(token: Token) -> Row | None:
        whole = _whole(document, sentence, token)
        return names.at(whole.idx, whole.idx + len(whole))

    if is_pronoun(holder):
        return names.meant_by(holder.text, _whole(document, sentence, holder).idx)
    if (name := at(holder)) is not None:
        return name
    beside = [child for child in holder.children if child.dep_ == "appos"]
    if holder.dep_ == "appos":
        beside.append(holder.head)
    return next((name for token in beside if (name := at(token)) is not None), None)


def _set_name(figure: Row, name: Row | None) -> None:
    if name is not None:
        figure["measured"] = name["surface"]
        figure["measured_entity_id"] = name["entity_id"]
