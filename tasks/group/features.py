"""What an article is about, as a vector of weighted terms."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from pathlib import Path

from core.outcomes import Row

LEAD_CHARS = 2500
TITLE_WEIGHT = 1.0
ENTITY_WEIGHT = 1.0
DATE_WEIGHT = 1.0
# What is believed of a term before the window is counted: 1 article in 100 has it. So a word that all
# of a small window's articles share still counts, and in a window of thousands the counts decide.
PRIOR_ARTICLES = 100

_TOKEN = re.compile(r"\d[\d.,:]*\d|\w+")
_POSSESSIVE = re.compile(r"[’']s\b|[’']")

Vector = dict[str, float]


@cache
def _common_words() -> frozenset[str]:
    text = Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def make_vectors(rows: Sequence[Row]) -> list[Vector]:
    """A vector of length 1 for each row, in order (empty without terms), its heaviest terms first.

    Reads title, body_text, entity_ids and event_dates. Term weights come from the rows themselves:
    tf-idf with sublinear term frequency over title and lead (the news is at the top: LEAD_CHARS),
    entities and resolved days. Single words only: pairs of neighbours parted the same event's reports
    more than they parted events.
    """
    counts = [_count_terms(row) for row in rows]
    document_counts = Counter(term for terms in counts for term in terms)
    weights = {term: _inverse_frequency(count, len(rows)) for term, count in document_counts.items()}
    return [_normalise({term: value * weights[term] for term, value in terms.items()}) for terms in counts]


def _inverse_frequency(document_count: int, total: int) -> float:
    return math.log((PRIOR_ARTICLES + total) / (1 + document_count))


def _normalise(vector: Vector) -> Vector:
    """The vector at length 1, heaviest terms first, then in the order of the text."""
    length = math.hypot(*vector.values())
    heaviest = sorted(vector.items(), key=itemgetter(1), reverse=True)
    return {term: value / length for term, value in heaviest}


def _count_terms(row: Row) -> Vector:
    """Sublinear counts of the article's terms."""
    counts = _count_words((row.get("body_text") or "")[:LEAD_CHARS])
    terms = {term: 1 + math.log(count) if count > 1 else 1.0 for term, count in counts.items()}
    for term in _count_words(row.get("title") or ""):
        terms[term] = terms.get(term, 0.0) + TITLE_WEIGHT
    for entity in sorted(set(row.get("entity_ids") or ())):
        terms[f"entity {entity}"] = ENTITY_WEIGHT
    for day in sorted({day.isoformat()[:10] for day in row.get("event_dates") or ()}):
        terms[f"day {day}"] = DATE_WEIGHT
    return terms


def _count_words(text: str) -> dict[str, int]:
    """How often each word stands in the text that tells something of the event."""
    counts: dict[str, int] = {}
    words = _known_words()
    for token, count in Counter(_TOKEN.findall(_POSSESSIVE.sub("", text.casefold()))).items():
        if word := words[token]:
            counts[word] = counts.get(word, 0) + count
    return counts


class _Words(dict[str, str]):
    """Tokens and their words, each worked out once; emptied when it has grown too large."""

    LARGEST = 500_000

    def __missing__(self, token: str) -> str:
        if len(self) >= self.LARGEST:
            self.clear()
        self[token] = word = _normalise_word(token)
        return word


@cache
def _known_words() -> _Words:
    return _Words()


def _normalise_word(token: str) -> str:
    """The word without a plural s (rough, and enough for counting); empty for one that tells nothing."""
    if len(token) < 2 or token in _common_words():
        return ""
    is_plural = len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is"))
    return token[:-1] if is_plural else token
