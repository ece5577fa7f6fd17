"""Read what a window of articles is grouped with, and group it: copies first, then stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa

from core.captures import digest_text
from core.outcomes import Row
from flows.work.memory import give_back_memory
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query

if TYPE_CHECKING:
    from flows.grouping.packs import Pack

# The most rows that are Python objects at a time: an article takes ten times the memory it takes in a table.
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Window:
    """Articles that are grouped together (article_id, month and published_at of each), and the corrections in force."""

    articles: Sequence[Row]
    decided: Sequence[Row]

    @property
    def ids(self) -> list[str]:
        """The ids of the articles."""
        return [row["article_id"] for row in self.articles]


def group_window(
    window: Window,
    read_copies: Callable[[], pa.Table],
    read_stories: Callable[[], pa.Table],
    packs: Sequence[Pack] = (),
) -> dict[str, list[Row]]:
    """Rows of `duplicates` and of the tables of stories, for the window's articles.

    The two functions give the answers of query_copies and query_stories; each is asked once, and its answer is let go. `packs` hold
    what the second leaves out.
    """
    from tasks.group.stories import GROUP_COLUMNS

    duplicates = find_copies(read_copies)
    give_back_memory()
    new, known = _split(read_stories(), GROUP_COLUMNS)
    grouped = group_rows(new, known, window.decided, duplicates, packs)
    give_back_memory()
    return {**grouped, "duplicates": duplicates}


def group_from_lake(lake: Lake, window: Window, packs: Sequence[Pack] = ()) -> dict[str, list[Row]]:
    """What group_window finds for articles of this lake."""
    return group_window(
        window,
        lambda: query_copies(lake, window.articles),
        lambda: query_stories(lake, window.articles, window.decided, packs),
        packs,
    )


def find_copies(read: Callable[[], pa.Table]) -> list[Row]:
    """Rows of `duplicates` for the new articles among the answer of query_copies. Their signatures are freed on return."""
    # Loaded here: a run with nothing new does not need its numerical libraries.
    from tasks.group.duplicates import DUPLICATE_COLUMNS, find_duplicates

    return find_duplicates(*_split(read(), DUPLICATE_COLUMNS))


def group_rows(
    new: Iterable[Row],
    known: Iterable[Row],
    decided: Sequence[Row],
    duplicates: Sequence[Row] = (),
    packs: Sequence[Pack] = (),
) -> dict[str, list[Row]]:
    """Rows of the tables of stories that new articles form or join. `decided` are the corrections in force; `duplicates` are not in
    the lake yet; `packs` hold articles whose rows come without their texts."""
    from tasks.group.corrections import Corrections
    from tasks.group.features import TermCounts
    from tasks.group.stories import group_stories

    terms = TermCounts()
    packed = {name: make for pack in packs for name, make in pack.unpack(terms).items()}

    originals = {row["article_id"]: row["original_article_id"] for row in duplicates}

    def name_originals(rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            yield {**row, "original_article_id": originals.get(row["article_id"], row["original_article_id"])}

    found = group_stories(
        name_originals(new),
        name_originals(known),
        corrections=Corrections(decided),
        terms=terms,
        packed=packed,
    )
    return {name: list(rows) for name, rows in found.rows.items()}


def query_copies(lake: Lake, articles: Sequence[Row]) -> pa.Table:
    """The articles and the known ones that can be copies of them, with the columns to compare."""
    from tasks.group.wording import NEAR_DAYS

    first, last = _span(articles, NEAR_DAYS)
    months = {"first_month": first.date().replace(day=1), "last_month": last.date()}
    return run_query(
        lake, "duplicate_candidates", article_ids=[row["article_id"] for row in articles], **months
    )


def find_story_candidates(
    lake: Lake, articles: Sequence[Row], decided: Sequence[Row]
) -> tuple[Iterator[Row], Iterator[Row]]:
    """The rows of query_stories: those of these articles, and those of the others."""
    from tasks.group.stories import GROUP_COLUMNS

    return _split(query_stories(lake, articles, decided), GROUP_COLUMNS)


def query_stories(
    lake: Lake, articles: Sequence[Row], decided: Sequence[Row], packs: Sequence[Pack] = ()
) -> pa.Table:
    """The articles, and those of every story that is near them, holds one of them, or one that a person put together with
    them. What is in `packs`, as the lake has it now, comes without its text."""
    from tasks.group.linkage import LONGEST_DAYS

    first, last = _span(articles, timedelta(days=LONGEST_DAYS))
    months = {"first_month": first.date().replace(day=1), "last_month": last.date()}
    span = {"first_at": first, "last_at": last, **months}
    ids = [row["article_id"] for row in articles]
    wanted, named = _find_decided(ids, decided)
    stories = run_query(lake, "near_stories", article_ids=wanted, story_ids=named, **span).to_pylist()
    return run_query(
        lake,
        "story_candidates",
        article_ids=ids,
        story_ids=[row["story_id"] for row in stories],
        packed_keys=[key for pack in packs for key in pack.keys],
        first_month=min([months["first_month"], *(row["first_month"] for row in stories)]),
        last_month=max([months["last_month"], *(row["last_month"] for row in stories)]),
    )


def query_unpacked(lake: Lake, articles: Sequence[Row]) -> Iterator[Row]:
    """Rows of GROUP_COLUMNS and `packed_key` of these articles alone."""
    from tasks.group.stories import GROUP_COLUMNS

    months = [row["month"] for row in articles]
    ids = [row["article_id"] for row in articles]
    found = run_query(
        lake,
        "story_candidates",
        article_ids=ids,
        story_ids=[],
        packed_keys=[],
        first_month=min(months),
        last_month=max(months),
    )
    return _iterate(found.select([*GROUP_COLUMNS, "packed_key"]))


def _find_decided(ids: Sequence[str], decided: Sequence[Row]) -> tuple[list[str], list[str]]:
    """These articles with those that corrections name beside them, and the ids of stories that new stories of theirs could get."""
    asked = set(ids)
    touched = {row["correction_id"] for row in decided if row["article_id"] in asked}
    beside = [row for row in decided if row["correction_id"] in touched]
    own = [digest_text("story", article_id) for article_id in ids]
    articles = dict.fromkeys([*ids, *(row["article_id"] for row in beside)])
    return list(articles), list(dict.fromkeys([*own, *(row["story_id"] for row in beside)]))


def _span(articles: Sequence[Row], margin: timedelta) -> tuple[datetime, datetime]:
    """The time from the first article to the last, and a margin on both sides; an undated article fills its month."""
    moments = [row["published_at"] for row in articles if row["published_at"]]
    months = [_begin(row["month"]) for row in articles if not row["published_at"]]
    ends = [month + timedelta(days=31) for month in months]
    return min(moments + months) - margin, max(moments + ends) + margin


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _split(found: pa.Table, columns: Sequence[str]) -> tuple[Iterator[Row], Iterator[Row]]:
    """New and known articles with these columns only, read one after the other; each table is freed once it is read."""
    import pyarrow.compute as pc  # loaded here, as above

    is_new, found = found.column("is_new"), found.select(columns)
    return _iterate(found.filter(is_new)), _iterate(found.filter(pc.invert(is_new)))


def _iterate(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=_ROWS_AT_ONCE):
        yield from batch.to_pylist()
