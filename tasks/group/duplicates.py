"""Which articles repeat another: the same words, nearly the same, or an agency's copy worked over."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np

from core.outcomes import Row
from tasks.group.signatures import (
    Places,
    compare_minhashes,
    estimate_similarity,
    read_minhash,
    screen_minhashes,
)
from tasks.group.wording import (
    ABRIDGED_SIMILARITY,
    REWRITE_SIMILARITY,
    Link,
    are_related,
    compare_wording,
)

DUPLICATE_COLUMNS = (
    "article_id",
    "month",
    "published_at",
    "words_sha256",
    "shingle_count",
    "minhash",
    "bands",
    "original_article_id",
)

# A band that this many articles share is boilerplate left in the text; comparing all of them is quadratic.
LARGEST_BAND = 200
_PAIRS_HELD = 1_000_000

_LATEST = datetime.max.replace(tzinfo=UTC)


def find_duplicates(new: Iterable[Row], known: Iterable[Row]) -> list[Row]:
    """Rows of `duplicates` for the new articles, and for known ones whose original changes by them.

    Both take rows of DUPLICATE_COLUMNS: `signatures` joined with articles.published_at and with
    duplicates.original_article_id, which is None for originals and for new ones. `known` needs no
    more than the articles within NEAR_DAYS that share a band with a new one, those of any time that
    share its `words_sha256`, and the originals and fellow duplicates of those. The original is the
    earliest published, then the one with the lowest id; a chain of copies has one original. A new
    article without a row is no duplicate: to land, delete the rows of all new articles and insert
    these. An article that was corrected counts as new, and so do the duplicates of it.

    `similarity_ratio` is the estimated Jaccard similarity to the original, 1 for an exact copy. Each row is
    read once.
    """
    fresh = {row["article_id"]: {**_pack(row), "original_article_id": None} for row in new}
    new_ids = set(fresh)
    rows = {row["article_id"]: _pack(row) for row in known} | fresh
    rows = {article_id: rows[article_id] for article_id in sorted(rows)}
    groups = _Groups(rows)
    for article_id, row in rows.items():
        if row.get("original_article_id"):
            groups.join(article_id, row["original_article_id"])
    for one, other in _find_copies(rows, new_ids):
        groups.join(one, other)
    return [
        found
        for members in groups.of(new_ids)
        for found in _make_rows(members, rows)
        if _is_news(found, rows, new_ids)
    ]


def _pack(row: Row) -> Row:
    """The row with its bands in one array, a fifth of what a list of numbers takes."""
    return {**row, "bands": np.array(row["bands"], np.int64)}


class _Groups:
    """Disjoint sets of articles that repeat each other, each under its lowest id."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._parents = {article_id: article_id for article_id in ids}

    def root(self, article_id: str) -> str:
        self._parents.setdefault(article_id, article_id)
        while (parent := self._parents[article_id]) != article_id:
            self._parents[article_id] = self._parents[parent]
            article_id = parent
        return article_id

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._parents[high] = low

    def of(self, ids: set[str]) -> list[list[str]]:
        """The groups of two and more that hold one of the ids, members and groups sorted."""
        members: dict[str, list[str]] = defaultdict(list)
        for article_id in sorted(self._parents):
            members[self.root(article_id)].append(article_id)
        return [group for group in members.values() if len(group) > 1 and not ids.isdisjoint(group)]


def _find_copies(rows: dict[str, Row], new_ids: set[str]) -> list[tuple[str, str]]:
    """Pairs with a new article that `compare_wording` relates, among those that share their words or a band; sorted."""
    signed = [article_id for article_id, row in rows.items() if row["shingle_count"]]
    if not signed:
        return []
    sharing = itertools.chain(_share_words(signed, rows), _share_bands(signed, rows))
    ones, others = np.divmod(_pair_places(sharing, len(signed)), len(signed))
    is_new = np.fromiter((name in new_ids for name in signed), bool, len(signed))
    minhashes = np.stack([read_minhash(rows[name]) for name in signed])
    asked = is_new[ones] | is_new[others]
    ones, others = ones[asked], others[asked]
    is_possible = screen_minhashes(minhashes, ones, others, ABRIDGED_SIMILARITY)
    ones, others = ones[is_possible], others[is_possible]
    similarities = compare_minhashes(minhashes, ones, others)
    alike = similarities >= ABRIDGED_SIMILARITY
    ones, others = ones[alike], others[alike]
    related = are_related([rows[name] for name in signed], ones, others, similarities[alike])
    return [(signed[one], signed[other]) for one, other in zip(ones[related], others[related], strict=True)]


def _pair_places(sharing: Iterable[Places], count: int) -> Places:
    """Each pair of places that share something, once, as one number: the first times `count` plus the second."""
    found = np.empty(0, np.int64)
    held: list[Places] = []
    waiting = 0
    for sharers in sharing:
        held.append(_pairs_among(sharers, count))
        waiting += len(held[-1])
        if waiting >= _PAIRS_HELD:  # copies share all their bands: most pairs come again and again
            found, held, waiting = _sort_once(np.concatenate([found, *held])), [], 0
    return _sort_once(np.concatenate([found, *held]))


def _sort_once(pairs: Places) -> Places:
    """The pairs in order, each once. NumPy's own `unique` takes ten times as long: it hashes."""
    ordered: Places = np.sort(pairs)
    once: Places = ordered[np.diff(ordered, prepend=-1) != 0]
    return once


def _pairs_among(sharers: Places, count: int) -> Places:
    if len(sharers) > LARGEST_BAND:
        return sharers[:-1] * count + sharers[1:]
    first, second = _pairs_of(len(sharers))
    pairs: Places = sharers[first] * count + sharers[second]
    return pairs


@lru_cache(maxsize=LARGEST_BAND)
def _pairs_of(count: int) -> tuple[Places, Places]:
    """Places of all pairs of `count` things, the lower one first."""
    first, second = np.triu_indices(count, 1)
    return first.astype(np.int64), second.astype(np.int64)


def _share_words(signed: Sequence[str], rows: dict[str, Row]) -> Iterator[Places]:
    """Places of articles of the same words, wherever there are two or more."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, article_id in enumerate(signed):
        places[rows[article_id]["words_sha256"]].append(place)
    return (np.array(sharers, np.int64) for sharers in places.values() if len(sharers) > 1)


def _share_bands(signed: Sequence[str], rows: dict[str, Row]) -> Iterator[Places]:
    """Places of articles that share a band, in the order given, wherever there are two or more."""
    bands = np.concatenate([rows[name]["bands"] for name in signed])
    owners = np.repeat(np.arange(len(signed)), [len(rows[name]["bands"]) for name in signed])
    order = np.argsort(bands, kind="stable")
    firsts = np.flatnonzero(np.diff(bands[order], prepend=bands[order][:1] - 1))
    for first, count in zip(firsts, np.diff(firsts, append=len(bands)), strict=True):
        if count > 1:
            yield owners[order[first : first + count]]


def _make_rows(members: Sequence[str], rows: dict[str, Row]) -> list[Row]:
    """Rows for all members but the original, which can itself be older than what `known` reaches."""
    absent = sorted(article_id for article_id in members if article_id not in rows)
    present = [rows[article_id] for article_id in members if article_id in rows]
    if absent:
        return [_make_row(row, absent[0], _nearest(row, present)) for row in present]
    original = min(present, key=lambda row: (row["published_at"] or _LATEST, row["article_id"]))
    return [
        _make_row(row, original["article_id"], _relate(row, original))
        for row in present
        if row is not original
    ]


def _relate(row: Row, original: Row) -> Link:
    """The link to the original; a copy of a copy can be far from it and is a rewrite then."""
    return compare_wording(row, original) or Link(
        "rewrite", estimate_similarity(read_minhash(row), read_minhash(original))
    )


def _nearest(row: Row, present: Sequence[Row]) -> Link:
    links = [_relate(row, other) for other in present if other is not row]
    return max(links, key=lambda link: link.similarity, default=Link("rewrite", REWRITE_SIMILARITY))


def _make_row(row: Row, original_article_id: str, link: Link) -> Row:
    return {
        "article_id": row["article_id"],
        "original_article_id": original_article_id,
        "relation": link.relation,
        "similarity_ratio": link.similarity,
        "month": row["month"],
    }


def _is_news(found: Row, rows: dict[str, Row], new_ids: set[str]) -> bool:
    """Whether the row is of a new article or tells of another original than before."""
    article_id = found["article_id"]
    return (
        article_id in new_ids or rows[article_id].get("original_article_id") != found["original_article_id"]
    )
