"""What an article is about, as a vector of weighted terms."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, count
from pathlib import Path

import numpy as np

from core.outcomes import Row
from tasks.group.free_terms import LEAD_CHARS, count_free_terms
from tasks.group.sparse_vectors import Numbers, Vector, Vectors
from tasks.group.word_memory import WordMemory, split_pieces

# The first paragraphs say what happened. From 300 to 600 the likeness of these parts twins alike.
FIRST_CHARS = 600
TITLE_WEIGHT = 1.0
ENTITY_WEIGHT = 1.0
DATE_WEIGHT = 1.0
# What is believed of a term before the window is counted: 1 article in 100 has it. So a word that all
# of a small window's articles share still counts, and in a window of thousands the counts decide.
PRIOR_ARTICLES = 100

_TOKEN = re.compile(r"\d[\d.,:]*\d|\w+")
_POSSESSIVE = re.compile(r"[’']s\b|[’']")


@cache
def _common_words() -> frozenset[str]:
    text = Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


class TermCounts:
    """Counts articles' terms one after the other, so that the texts of all of them need not be in memory."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)

    def count(self, row: Row) -> Vector:
        """The sublinear counts of an article's terms: of its title, body_text, entity_ids and event_dates."""
        counted = _count_terms(row)
        terms = np.fromiter(map(self._numbers.__getitem__, counted), np.int64, len(counted))
        return Vector(terms, np.fromiter(counted.values(), np.float64, len(counted)))

    def count_first(self, row: Row) -> Vector:
        """The sublinear counts of the words of an article's title and first paragraphs."""
        counts = count_telling_words((row.get("body_text") or "")[:FIRST_CHARS])
        counts.update(dict.fromkeys(count_telling_words(row.get("title") or ""), 1))
        terms = np.fromiter(map(self._numbers.__getitem__, counts), np.int64, len(counts))
        return Vector(terms, 1 + np.log(np.fromiter(counts.values(), np.float64, len(counts))))

    def count_free(self, row: Row) -> Vector:
        """The terms of an article that are the same in all languages (`languages.count_free_terms`)."""
        counted = count_free_terms(row)
        terms = np.fromiter(map(self._numbers.__getitem__, counted), np.int64, len(counted))
        return Vector(terms, np.fromiter(counted.values(), np.float64, len(counted)))

    def number(self, terms: Iterable[str]) -> frozenset[int]:
        """The numbers that these terms have in the vectors."""
        return frozenset(map(self._numbers.__getitem__, terms))

    def number_all(self, terms: Sequence[str]) -> Numbers:
        """The number of each of these terms."""
        return np.fromiter(map(self._numbers.__getitem__, terms), np.int64, len(terms))

    @property
    def terms(self) -> list[str]:
        """All terms, in the order of their numbers."""
        return list(self._numbers)

    def stack(self, counted: Sequence[Vector]) -> Vectors:
        """The counts of articles, one row for each."""
        return Vectors.stack(counted, len(self._numbers))

    def weigh(self, counted: Sequence[Vector]) -> Vectors:
        """What weigh_counts gives for these."""
        return weigh_counts(self.stack(counted))


def weigh_counts(vectors: Vectors) -> Vectors:
    """A vector of length 1 for each article counted, in this order (empty without terms).

    Term weights come from these articles themselves: tf-idf with sublinear term frequency over title
    and lead (the news is at the top: LEAD_CHARS), entities and resolved days. Single words only: pairs
    of neighbours parted the same event's reports more than they parted events.
    """
    counts = vectors.count_rows()
    # Most terms are in as few articles as others: the weight of a count is worked out once, without sorting terms.
    met = np.flatnonzero(np.bincount(counts))
    weights = np.zeros(met.max(initial=0) + 1)
    weights[met] = [_inverse_frequency(articles, len(vectors)) for articles in met.tolist()]
    return vectors.weigh(weights[counts])


def _inverse_frequency(document_count: int, total: int) -> float:
    return math.log((PRIOR_ARTICLES + total) / (1 + document_count))


def _count_terms(row: Row) -> dict[str, float]:
    """Sublinear counts of the article's terms, in the order of the text."""
    counts = count_telling_words((row.get("body_text") or "")[:LEAD_CHARS])
    terms = {term: 1 + math.log(count) if count > 1 else 1.0 for term, count in counts.items()}
    for term in count_telling_words(row.get("title") or ""):
        terms[term] = terms.get(term, 0.0) + TITLE_WEIGHT
    for entity in sorted(set(row.get("entity_ids") or ())):
        terms[f"entity {entity}"] = ENTITY_WEIGHT
    for day in sorted({day.isoformat()[:10] for day in row.get("event_dates") or ()}):
        terms[f"day {day}"] = DATE_WEIGHT
    return terms


def count_telling_words(text: str) -> Counter[str]:
    """How often each word is in the text that tells something of the event."""
    return Counter(chain.from_iterable(map(_words.__getitem__, split_pieces(text))))


def _read_words(chunk: str) -> tuple[str, ...]:
    """The telling words of a piece of text without spaces, each as it is counted."""
    tokens = _TOKEN.findall(_POSSESSIVE.sub("", chunk.casefold()))
    return tuple([word for token in tokens if (word := _normalise_word(token))])


_words = WordMemory(_read_words, 100_000)


def _normalise_word(token: str) -> str:
    """The word without a plural s (rough, and enough for counting); empty for one that tells nothing."""
    if len(token) < 2 or token in _common_words():
        return ""
    is_plural = len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is"))
    return token[:-1] if is_plural else token
