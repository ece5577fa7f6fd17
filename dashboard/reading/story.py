"""A story outlet by outlet."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import Any

from dashboard.model.edits import PrintedChange
from dashboard.model.stories import (
    MadeByHand,
    Omission,
    QuotedWords,
    SharedName,
    SharedQuotation,
    StoryPage,
    Telling,
)
from dashboard.reading.aligned import align_words
from dashboard.reading.dates import align_dates
from dashboard.reading.questions import QUESTION_QUERIES, read_questions
from dashboard.reading.spellings import read_spellings
from warehouse.asking.excerpt import excerpt
from warehouse.asking.ids import find_id
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import run_query

_TELLING = tuple(name for name in Telling.__dataclass_fields__ if name != "edited_at")
_WORST_FIRST = ("different", "shortened", "same")


STORY_QUERIES = (
    "page_stories",
    "story",
    "page_edits",
    *QUESTION_QUERIES,
    "page_quotations",
    "page_names",
    "page_omissions",
    "page_changes",
    "page_spellings",
    "page_dates",
    "page_corrections",
)


def read_story(lake: Lake, prefix: str) -> StoryPage:
    """The only story whose id begins so."""
    story_id = find_id(lake, "story", prefix)
    with excerpt(lake, STORY_QUERIES, story_ids=[story_id]) as part:
        return read_known_story(part, story_id)


def read_known_story(part: Lake, story_id: str) -> StoryPage:
    """The story of that id, in an excerpt that holds it."""
    (line,) = run_query(part, "page_stories", story_id=story_id).to_pylist()
    tellings = run_query(part, "story", story_id=story_id).to_pylist()
    edits = {
        row["article_id"]: tuple(row["edited_at"])
        for row in run_query(part, "page_edits", story_id=story_id).to_pylist()
    }
    return StoryPage(
        story_id,
        line["title"],
        line["first_published_at"],
        line["last_published_at"],
        tuple(line["outlets"]),
        tuple(
            Telling(**{name: row[name] for name in _TELLING}, edited_at=edits.get(row["article_id"], ()))
            for row in tellings
        ),
        read_questions(part, [story_id]),
        align_quotations(run_query(part, "page_quotations", story_id=story_id).to_pylist()),
        _read_names(part, story_id),
        tuple(
            Omission(**{**row, "other_outlets": tuple(row["other_outlets"])})
            for row in run_query(part, "page_omissions", story_id=story_id).to_pylist()
        ),
        tuple(PrintedChange(**row) for row in run_query(part, "page_changes", story_id=story_id).to_pylist()),
        read_spellings(part, story_id),
        align_dates(run_query(part, "page_dates", story_id=story_id).to_pylist()),
        tuple(
            MadeByHand(**row) for row in run_query(part, "page_corrections", story_id=story_id).to_pylist()
        ),
    )


def align_quotations(pairs: list[dict[str, Any]]) -> tuple[SharedQuotation, ...]:
    """Pairs of quotations joined into sets of the same words, those printed differently first."""
    chief: dict[tuple[str, int], tuple[str, int]] = {}
    words: dict[tuple[str, int], QuotedWords] = {}
    for pair in pairs:
        one, other = (_take_words(pair, prefix) for prefix in ("", "other_"))
        for each in (one, other):
            words[each.article_id, each.start_char] = each
        first, second = (_find_chief(chief, (each.article_id, each.start_char)) for each in (one, other))
        chief[max(first, second)] = min(first, second)
    groups: defaultdict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for pair in pairs:
        groups[_find_chief(chief, (pair["article_id"], pair["start_char"]))].append(pair)
    shared = [_make_shared(group, words) for group in groups.values()]
    return tuple(sorted(shared, key=lambda one: (_WORST_FIRST.index(one.verdict), -len(one.versions))))


def _find_chief(chief: dict[tuple[str, int], tuple[str, int]], place: tuple[str, int]) -> tuple[str, int]:
    while chief.setdefault(place, place) != place:
        place = chief[place]
    return place


def _take_words(pair: dict[str, Any], prefix: str) -> QuotedWords:
    return QuotedWords(
        pair[f"{prefix}outlet"],
        pair[f"{prefix}article_id"],
        pair[f"{prefix}start_char"],
        pair[f"{prefix}quotation"],
        pair[f"{prefix}speaker"],
        pair[f"{prefix}speaker_name"],
    )


def _make_shared(pairs: list[dict[str, Any]], words: dict[tuple[str, int], QuotedWords]) -> SharedQuotation:
    places = {
        (pair[f"{prefix}article_id"], pair[f"{prefix}start_char"])
        for pair in pairs
        for prefix in ("", "other_")
    }
    verdicts = {pair["verdict"] for pair in pairs}
    return SharedQuotation(
        next(verdict for verdict in _WORST_FIRST if verdict in verdicts),
        any(pair["is_same_speaker"] is False for pair in pairs),
        align_words(
            sorted(
                (words[place] for place in places),
                key=lambda one: (one.outlet, one.article_id, one.start_char),
            )
        ),
    )


def _read_names(part: Lake, story_id: str) -> tuple[SharedName, ...]:
    rows = run_query(part, "page_names", story_id=story_id).to_pylist()
    names = []
    for _, group in groupby(rows, lambda row: row["entity_id"]):
        of_one = list(group)
        first = of_one[0]
        spellings = {row["outlet"]: tuple(row["surfaces"]) for row in of_one}
        names.append(SharedName(first["entity_id"], first["name"], first["entity_type"], spellings))
    return tuple(names)
