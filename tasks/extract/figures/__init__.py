"""Figures: every number of an article with its bounds, unit and what it counts.

Conventions (docs/errors-figures.md says how well they hold):
- The surface runs from the hedge to the counted noun: "roughly 100,000 troops".
- `value` is in the printed unit (UCUM; ISO 4217 for money): "90 minutes" is 90 min, "$2.5bn" 2.5e9 USD.
- bound about: `value` stands, `high` (nearly) or `low` (just over) can say on which side.
- bound at_least, at_most: only `low` or `high`; between and vague: both; no value.
- A malformed number has neither value nor bounds, only `candidates`.
- counts have no unit; fractions and ratios are bare numbers (0.1, 0.2).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from core.outcomes import Row
from tasks.extract.dates import find_dates
from tasks.extract.document import Document, drop_taken
from tasks.extract.figures.amounts import Amount
from tasks.extract.figures.codes import code_spans
from tasks.extract.figures.english import EnglishScanner
from tasks.extract.figures.foreign import scan_figures
from tasks.extract.figures.stepped import scan_lengths
from tasks.extract.figures.suspects import suspect_reason
from tasks.extract.languages.tokens import cut
from tasks.extract.languages.words import language_of
from tasks.extract.numerals import Token, lex

__all__ = ["find_figures", "find_lengths"]


def find_figures(document: Document, dates: Sequence[Row] | None = None) -> list[Row]:
    """Rows of `figures` in reading order, none overlapping another or a date.

    `dates` are the article's rows of `dates` when they are at hand; else they are found first, since
    a date's digits are no figure. `quotation_start_char` is left to the caller.
    """
    dates = find_dates(document) if dates is None else dates
    if document.language.split("-")[0] == "en":
        tokens = lex(document.text, document.language)
        amounts = EnglishScanner(document.text, tokens, _taken_tokens(document.text, tokens, dates)).scan()
    else:
        language = language_of(document.language)
        tokens = cut(document.text, language)
        taken = _taken_tokens(document.text, tokens, dates)
        amounts = scan_figures(document.text, tokens, taken, language)
    return [_make_row(document, tokens, amount) for amount in amounts]


def find_lengths(document: Document, dates: Sequence[Row], figures: Sequence[Row]) -> list[Row]:
    """Rows of `figures` for the lengths of time that dates are counted in: "47 years" of "47 years ago". English only."""
    if document.language.split("-")[0] != "en":
        return []
    tokens = lex(document.text, document.language)
    starts = [token.start for token in tokens]
    spans = [(bisect_left(starts, row["start_char"]), bisect_left(starts, row["end_char"])) for row in dates]
    return drop_taken(
        (_make_row(document, tokens, amount) for amount in scan_lengths(tokens, spans)), figures
    )


def _taken_tokens(text: str, tokens: Sequence[Token], dates: Sequence[Row]) -> frozenset[int]:
    """Tokens of dates, telephone numbers, addresses and the like, and line ends."""
    spans = sorted([(row["start_char"], row["end_char"]) for row in dates] + code_spans(text))
    taken: set[int] = {i for i, token in enumerate(tokens) if token.kind == "break"}
    k = 0
    for i, token in enumerate(tokens):
        while k < len(spans) and spans[k][1] <= token.start:
            k += 1
        if k < len(spans) and spans[k][0] < token.end:
            taken.add(i)
    return frozenset(taken)


def _make_row(document: Document, tokens: Sequence[Token], amount: Amount) -> Row:
    start, end = tokens[amount.start].start, tokens[amount.end - 1].end
    reason = suspect_reason(amount)
    return document.row(
        start,
        end,
        surface=document.text[start:end],
        kind=amount.kind,
        value=amount.value,
        low=amount.low,
        high=amount.high,
        bound=amount.bound,
        unit=amount.unit,
        counted=amount.counted,
        is_suspect=reason is not None,
        suspect_reason=reason,
        candidates=[float(c) for c in amount.candidates] or None,
        quotation_start_char=None,
    )
