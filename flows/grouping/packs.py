"""What articles are compared by, found by many workers for the one that groups: each packs some of the run's articles in a folder."""
# Why: see docs/decisions.md, "Workers pack what a window is compared by".

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from core.outcomes import Row
from tasks.group.evidence import read_profile
from tasks.group.features import TermCounts
from tasks.group.linkage import Article, Seen
from tasks.group.sparse_vectors import Numbers, Vector
from tasks.group.specifics import Specifics, read_numbers
from tasks.group.stories import count_article

_VECTORS = ("counts", "lead", "free")
_LISTS = ("entity_weights", "numbers")
_NAME = pa.struct(
    [
        ("entity_id", pa.string()),
        ("entity_type", pa.string()),
        ("weight", pa.int64()),
        ("is_famous", pa.bool_()),
    ]
)
_NUMBER = pa.struct([("kind", pa.string()), ("value", pa.float64()), ("unit", pa.string())])
_ARTICLES = pa.schema(
    [
        ("packed_key", pa.string()),
        ("article_id", pa.string()),
        ("entity_weights", pa.list_(_NAME)),
        ("numbers", pa.list_(_NUMBER)),
    ]
)


def pack_articles(rows: Iterable[Row], folder: Path) -> None:
    """Write rows of GROUP_COLUMNS with `packed_key` into a folder: their articles, and the terms of the numbers in them."""
    terms = TermCounts()
    kept: list[Row] = []
    articles: list[Article] = []
    for row in rows:
        articles.append(count_article(row, terms))
        kept.append({name: row[name] for name in _ARTICLES.names})
    table = pa.Table.from_pylist(kept, _ARTICLES)
    for name in _VECTORS:
        vectors = [getattr(article, name) for article in articles]
        table = table.append_column(f"{name}_terms", _stack([vector.terms for vector in vectors], pa.int32()))
        table = table.append_column(
            f"{name}_values", _stack([vector.values for vector in vectors], pa.float64())
        )
    specifics = [article.seen.specifics for article in articles]
    table = table.append_column("name_terms", _stack([list(some.names) for some in specifics], pa.int32()))
    table = table.append_column("is_cased", pa.array([some.is_cased for some in specifics], pa.bool_()))
    _write(table, folder / "articles.parquet")
    _write(pa.table({"term": pa.array(terms.terms, pa.string())}), folder / "terms.parquet")


def _stack(lists: Sequence[Any], kind: pa.DataType) -> pa.ListArray:
    starts = np.cumsum([0, *map(len, lists)])
    flat = np.concatenate([np.empty(0, kind.to_pandas_dtype()), *lists])
    return pa.ListArray.from_arrays(pa.array(starts, pa.int32()), pa.array(flat).cast(kind))


def _write(table: pa.Table, file: Path) -> None:
    pq.write_table(table, file, compression="lz4", use_dictionary=False, write_statistics=False)


class Pack:
    """The articles that one worker packed: `keys` has the run_id and the article_id of each, as one text."""

    def __init__(self, folder: Path) -> None:
        table = pq.read_table(folder / "articles.parquet")
        self.keys: list[str] = table["packed_key"].to_pylist()
        self._columns = {name: table[name].combine_chunks() for name in table.column_names}
        self._terms: list[str] = pq.read_table(folder / "terms.parquet")["term"].to_pylist()

    def unpack(self, terms: TermCounts) -> dict[str, Callable[[Row], Article]]:
        """Makes the article of each id from its row; its terms are numbered in `terms`."""
        shelf = _Shelf(self._columns, terms.number_all(self._terms))
        ids = self._columns["article_id"].to_pylist()
        return {name: partial(shelf.take, place) for place, name in enumerate(ids)}


class _Shelf:
    """Takes articles out of the columns of a pack. `numbers` are those that its terms have now."""

    def __init__(self, columns: Mapping[str, pa.Array], numbers: Numbers) -> None:
        self._columns = columns
        self._terms = {name: numbers[_flatten(columns[f"{name}_terms"])] for name in (*_VECTORS, "name")}
        self._values = {name: _flatten(columns[f"{name}_values"]) for name in _VECTORS}
        self._starts = {
            name: columns[f"{name}_terms"].offsets.to_numpy().tolist() for name in (*_VECTORS, "name")
        }

    def take(self, place: int, row: Row) -> Article:
        """The article at a place, with its row."""
        counts, lead, free = (self._vector(name, place) for name in _VECTORS)
        return Article(row, counts, lead, free, partial(self._tell, place, row, counts.terms))

    def _vector(self, name: str, place: int) -> Vector:
        own = self._slice(name, place)
        return Vector(self._terms[name][own], self._values[name][own])

    def _slice(self, name: str, place: int) -> slice:
        starts = self._starts[name]
        return slice(starts[place], starts[place + 1])

    def _tell(self, place: int, row: Row, terms: Numbers) -> Seen:
        full = {**row, **{name: self._columns[name][place].as_py() for name in _LISTS}}
        names = frozenset(self._terms["name"][self._slice("name", place)].tolist())
        is_cased = self._columns["is_cased"][place].as_py()
        return Seen(read_profile(full), Specifics(names, read_numbers(full), terms, is_cased))


def _flatten(lists: pa.ListArray) -> NDArray[Any]:
    flat: NDArray[Any] = lists.flatten().to_numpy()
    return flat
