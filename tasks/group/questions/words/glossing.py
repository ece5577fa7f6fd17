"""Figures of other languages with what their sentence says of them in English.

No sentence of these languages is parsed: what befell the persons that a number counts is the word for it nearest to the
number within its clause.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from core.outcomes import Row
from tasks.group.questions.words.glossary import Glossary
from tasks.group.questions.words.lexicon import members_of


@cache
def _roles() -> Mapping[str, str]:
    found = tomllib.loads(Path(__file__).with_name("glosses.toml").read_text(encoding="utf-8"))
    return dict(found["roles"])


def gloss_figures(
    text: str, figures: Sequence[Row], spans: Mapping[int, tuple[int, int]], glossary: Glossary
) -> list[Row]:
    """The figures with counted noun, role and predicate in English, as far as the list goes.

    `native_noun` is the counted noun as printed where the list does not have it."""
    glossed = []
    for place, figure in enumerate(figures):
        start, end = spans.get(figure["sentence_number"], (figure["start_char"], figure["end_char"]))
        if place:
            start = max(start, figures[place - 1]["end_char"])
        if place + 1 < len(figures):
            end = min(end, figures[place + 1]["start_char"])
        before, after = text[start : figure["start_char"]], text[figure["end_char"] : end]
        glossed.append(_gloss(figure, before, after, glossary))
    return glossed


def _gloss(figure: Row, before: str, after: str, glossary: Glossary) -> Row:
    printed = figure["counted"]
    noun = glossary.noun(printed) if printed else None
    role = _find_role(noun, before, after, glossary) if _can_befall(figure, noun) else None
    return {
        **figure,
        "counted": noun or printed,
        "native_noun": None if noun else printed,
        "roles": [role] if role else figure["roles"],
        "predicate": role.partition(":")[2] if role else figure["predicate"],
    }


def _can_befall(figure: Row, noun: str | None) -> bool:
    """Whether it counts persons, or does not say what."""
    if figure["kind"] != "count":
        return False
    return not figure["counted"] or (
        noun is not None and (noun in _roles() or bool(members_of("persons", [noun])))
    )


def _find_role(noun: str | None, before: str, after: str, glossary: Glossary) -> str | None:
    """The role that the noun tells, else the nearest word after the number, else the nearest before it."""
    pieces = (*glossary.clause_after(after), *glossary.clause_before(before))
    near = (word for word in (noun, *(piece.meaning for piece in pieces)) if word)
    return next((_roles()[word] for word in near if word in _roles()), None)
