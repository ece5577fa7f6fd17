"""A short numeric signature of an article's wording, by which copies are found without all pairs.

MinHash over word shingles with LSH banding (Broder 1997; Leskovec, Rajaraman and Ullman, *Mining of
Massive Datasets*, section 3.4). The permutations are those of datasketch 2, scheme affine32, seed 1, whose package
takes a second to load.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.outcomes import Row
from tasks.group.word_memory import WordMemory

PERMUTATIONS = 128
SHINGLE_WORDS = 5
# 42 bands of 3 rows: a pair of Jaccard similarity 0.4 shares a band with probability 0.94, one of 0.3
# (an abridged copy) with 0.68, one of 0.1 with 0.04: 1 - (1 - s^3)^42.
BAND_ROWS = 3
BANDS = PERMUTATIONS // BAND_ROWS

_WORD = re.compile(r"\w+")
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio, Knuth's multiplicative constant
_PAIRS_AT_ONCE = 16_384  # some 16 MB
_Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]


def sign_articles(articles: Sequence[Row]) -> list[Row]:
    """Rows of `signatures`, one per article row (article_id, month, body_text), in the same order.

    Case, punctuation, spacing and the title do not count, so that a copy under another headline has
    the same `words_sha256`. About 0.7 ms per article of 760 words.
    """
    return [_sign_article(article) for article in articles]


def _sign_article(article: Row) -> Row:
    words = _WORD.findall(article["body_text"].casefold())
    shingles = _hash_shingles(words)
    minhash = _make_minhash(shingles)
    return {
        "article_id": article["article_id"],
        "month": article["month"],
        "words_sha256": hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest(),
        "shingle_count": len(shingles),
        "minhash": minhash.astype("<u4").tobytes(),
        "bands": _hash_bands(minhash),
    }


def _hash_shingles(words: Sequence[str]) -> _Hashes:
    """The different shingles as sorted 64-bit numbers; a text of fewer words is one shingle."""
    if not words:
        return np.empty(0, dtype=np.uint64)
    codes = np.fromiter(map(_codes.__getitem__, words), np.uint64, len(words))
    length = min(SHINGLE_WORDS, len(codes))
    count = len(codes) - length + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        mixed = (mixed ^ codes[offset : offset + count]) * _ODD  # wraps at 2^64, as meant
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


_codes = WordMemory(lambda word: zlib.crc32(word.encode("utf-8", "surrogatepass")))


@cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Factors and summands of the permutations h -> a h + b modulo 2^32; an odd factor makes each a bijection."""
    source = np.random.RandomState(1)  # its numbers are the same in every release of NumPy
    factors = source.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, source.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)


def _make_minhash(shingles: _Hashes) -> NDArray[np.uint32]:
    """The least number of all shingles under each permutation; an empty text has the largest numbers."""
    if not len(shingles):
        return np.full(PERMUTATIONS, np.iinfo(np.uint32).max, dtype=np.uint32)
    factors, summands = _permutations()
    mixed = _mix((shingles >> np.uint64(32)).astype(np.uint32))
    least: NDArray[np.uint32] = (mixed[:, None] * factors + summands).min(axis=0)
    return least


def _mix(numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The finaliser of MurmurHash3 (Appleby), which spreads numbers that are near each other."""
    numbers = (numbers ^ (numbers >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    numbers = (numbers ^ (numbers >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return numbers ^ (numbers >> np.uint32(16))


def _hash_bands(minhash: NDArray[np.uint32]) -> list[int]:
    """One signed 64-bit number per band; the band's place is part of it."""
    rows = minhash[: BANDS * BAND_ROWS].astype(np.uint64).reshape(BANDS, BAND_ROWS)
    mixed = np.arange(1, BANDS + 1, dtype=np.uint64) * _ODD
    for column in range(BAND_ROWS):
        mixed = (mixed ^ rows[:, column]) * _ODD
        mixed ^= mixed >> np.uint64(32)
    bands: list[int] = mixed.view(np.int64).tolist()
    return bands


def read_minhash(signature: Row) -> NDArray[np.uint32]:
    """The 128 values of a row of `signatures`."""
    return np.frombuffer(signature["minhash"], dtype="<u4")


def compare_minhashes(minhashes: NDArray[np.uint32], ones: Places, others: Places) -> NDArray[np.float64]:
    """estimate_similarity of many pairs at once: of the rows `ones` and `others` of a table of signatures."""
    similarities = np.empty(len(ones))
    for begin in range(0, len(ones), _PAIRS_AT_ONCE):
        part = slice(begin, begin + _PAIRS_AT_ONCE)
        alike = minhashes[ones[part]] == minhashes[others[part]]
        similarities[part] = np.count_nonzero(alike, axis=1) / PERMUTATIONS
    return similarities


def screen_minhashes(
    minhashes: NDArray[np.uint32], ones: Places, others: Places, lowest: float
) -> NDArray[np.bool_]:
    """Which of many pairs can have this similarity or more: those whose values are alike in their last bytes.

    A byte is compared in a quarter of the time of a value, and few unlike values have the same one."""
    found = np.empty(len(ones), np.bool_)
    last = minhashes.astype(np.uint8)
    for begin in range(0, len(ones), _PAIRS_AT_ONCE):
        part = slice(begin, begin + _PAIRS_AT_ONCE)
        alike = last[ones[part]] == last[others[part]]
        found[part] = np.count_nonzero(alike, axis=1) >= lowest * PERMUTATIONS
    return found


def estimate_similarity(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    """Jaccard similarity of two articles' shingles, estimated; its standard error is at most 0.045."""
    return float(np.count_nonzero(one == other)) / PERMUTATIONS


def estimate_containment(similarity: float, one_count: int, other_count: int) -> float:
    """Share of the smaller shingle set that the larger holds, from Jaccard similarity and sizes."""
    smaller = min(one_count, other_count)
    if smaller == 0:
        return 0.0
    common = similarity / (1 + similarity) * (one_count + other_count)
    return min(1.0, common / smaller)
