"""Nouns that bare numbers leave out: "8,000 homes are promised; his rival built 3,100"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.outcomes import Row
from tasks.group.questions.words.lexicon import head_noun

# What a number counts, and whether that word was translated.
_NOUN = ("counted", "native_noun")


def lend_nouns(figures: Sequence[Row]) -> dict[int, Mapping[str, object]]:
    """By start_char, the noun that a bare count can have: that of the number before it in its sentence, else the only one
    counted in the sentence before. `figures` are in the order of the text."""
    lent: dict[int, Mapping[str, object]] = {}
    number: int | None = None
    here, before = list[Row](), list[Row]()
    for figure in figures:
        if figure["sentence_number"] != number:
            is_next = number is not None and figure["sentence_number"] == number + 1
            before, here = here if is_next else [], []
            number = figure["sentence_number"]
        if figure["kind"] != "count":
            continue
        if figure["counted"]:
            here.append(figure)
        elif not figure["measured"] and (lender := _choose_lender(here, before)):
            lent[figure["start_char"]] = {name: lender.get(name) for name in _NOUN}
    return lent


def _choose_lender(here: Sequence[Row], before: Sequence[Row]) -> Row | None:
    if here:
        return here[-1]
    return before[-1] if len({head_noun(figure["counted"]) for figure in before}) == 1 else None
