"""Quotations, spellings of names and days of invented stories side by side, with gold that was fixed before anything was read.

    python -m benchmarks.score.compare utterances [FOLDER ...] [--errors]

The stories (tests/data/sides) are landed in a lake of their own, and the views quotation_comparison, name_comparison and
date_comparison are asked. Prints, for each folder: precision and recall of "the same utterance", right alignments, persons
whose spellings are all shown as one person's, and days with the right verdict. `--errors` adds what is wrong.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.score.comparing.invented import InventedStory, marks_of, read_stories
from benchmarks.score.comparing.score import Score, print_scores
from core.tables import TABLES
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, open_lake
from warehouse.landing.land import land_rows

Row = dict[str, Any]
Span = tuple[str, int, int]
_PLACED = ("mentions", "sentences", "quotations", "dates", "figures")
ROWS = (
    ("precision of “the same utterance”", "right", "joined"),
    ("recall", "found", "same"),
    ("right alignment", "right alignments", "alignments"),
    ("persons with all their spellings", "right names", "names"),
    ("days with the right verdict", "right days", "days"),
)


def land_stories(lake: Lake, stories: Sequence[InventedStory]) -> None:
    """Land the stories' articles with what was read from them, each story as one story."""
    tables: dict[str, list[Row]] = {name: [] for name in (*_PLACED, "articles", "stories", "story_articles")}
    for story in stories:
        tables["stories"].append(
            {
                "story_id": story.name,
                "title": story.name,
                "article_count": len(story.articles),
                "outlet_count": len(story.articles),
            }
        )
        for one in story.articles:
            for name in _PLACED:
                tables[name] += [{"month": one.row["month"], **row} for row in one.tables[name]]
            tables["articles"].append(_article_row(one.row))
            key = {name: one.row[name] for name in ("article_id", "month")}
            tables["story_articles"].append({**key, "story_id": story.name, "similarity_ratio": 1.0})
    run = {"run_id": "invented", "flow": "load", "code_version": "-", "state": "running"}
    started = {"started_at": datetime(2031, 1, 1, tzinfo=UTC)}
    land_rows(lake, run | started, {name: TABLES[name].to_arrow(rows) for name, rows in tables.items()})


def _article_row(row: Row) -> Row:
    url = f"https://{row['outlet']}.example/{row['article_id']}"
    return {
        **row,
        "capture_id": row["article_id"],
        "url": url,
        "canonical_url": url,
        "authors": [],
        "published_source": "record",
        "word_count": len(row["body_text"].split()),
        "is_truncated": False,
        "text_sha256": row["article_id"],
        "code_version": "-",
        "run_id": "invented",
    }


def _ask(lake: Lake, query: str) -> list[Row]:
    found = lake.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def score_quotations(story: InventedStory, rows: Sequence[Row], score: Score) -> None:
    """Add the story's rows of quotation_comparison."""
    found: dict[tuple[str, str, str], set[str]] = {}
    articles = {one.row["article_id"]: one for one in story.articles}
    for row in rows:
        spans = [
            (row["article_id"], row["start_char"], row["end_char"]),
            (row["other_article_id"], row["other_start_char"], row["other_end_char"]),
        ]
        names = [articles[article_id].name_of("quotation", start, end) for article_id, start, end in spans]
        is_right = names[0] is not None and names[0] == names[1]
        score.counts["joined"] += 1
        score.counts["right"] += is_right
        if not is_right:
            score.errors.append(f"JOINED {story.name}\n    {row['quotation']}\n    {row['other_quotation']}")
            continue
        sides = sorted(article_id[-1] for article_id, _, _ in spans)
        found.setdefault((str(names[0]), sides[0], sides[1]), set()).add(row["alignment"])
    _count_recall(story, found, score)


def _count_recall(story: InventedStory, found: dict[tuple[str, str, str], set[str]], score: Score) -> None:
    for (one, mark), (other, other_mark) in itertools.combinations(marks_of(story, "quotation"), 2):
        if one is other or mark.name != other_mark.name:
            continue
        key = mark.name, one.row["article_id"][-1], other.row["article_id"][-1]
        score.counts["same"] += 1
        score.counts["found"] += key in found
        if key not in found:
            texts = [a.row["body_text"][m.start : m.end] for a, m in ((one, mark), (other, other_mark))]
            score.errors.append(f"MISSED {story.name} {mark.name}\n    " + "\n    ".join(texts))
        elif key in story.alignments:
            score.counts["alignments"] += 1
            is_right = story.alignments[key] in found[key]
            score.counts["right alignments"] += is_right
            if not is_right:
                score.errors.append(
                    f"ALIGNMENT {story.name} {key}: {found[key]}, not {story.alignments[key]}"
                )


def score_names(story: InventedStory, rows: Sequence[Row], score: Score) -> None:
    """Add the story's rows of name_comparison; two names under one person that are two persons' are an error."""
    persons: dict[str, set[str]] = {}
    for row in rows:
        persons.setdefault(row["person"], set()).add(row["spelling"])
    texts = " ".join(one.row["body_text"] for one in story.articles)
    for name in story.names:
        printed = {spelling for spelling in name if spelling in texts}
        score.counts["names"] += 1
        is_right = any(printed <= spellings for spellings in persons.values())
        score.counts["right names"] += is_right
        if not is_right:
            score.errors.append(f"NAME {story.name} {printed}: {persons}")
    known = {spelling for name in story.names for spelling in name}
    for person, spellings in persons.items():
        if len(spellings) > 1 and not spellings <= known:
            score.counts["names"] += 1
            score.errors.append(f"NAME {story.name} {person}: {spellings}")


def score_dates(story: InventedStory, rows: Sequence[Row], score: Score) -> None:
    """Add the gravest verdict of date_comparison on each day that has gold."""
    articles = {one.row["article_id"]: one for one in story.articles}
    for name, verdict in story.dates.items():
        verdicts = {
            row["verdict"]
            for row in rows
            if name
            == articles[row["article_id"]].name_of("date", row["start_char"], row["end_char"])
            == articles[row["other_article_id"]].name_of(
                "date", row["other_start_char"], row["other_end_char"]
            )
        }
        gravest = next((word for word in ("conflict", "overlap", "agree") if word in verdicts), "none")
        score.counts["days"] += 1
        score.counts["right days"] += gravest == verdict
        if gravest != verdict:
            score.errors.append(f"DAY {story.name} {name}: {gravest}, not {verdict}")


def score_folder(folder: Path) -> Score:
    """The score of a folder's stories."""
    stories = read_stories([folder])
    score = Score()
    with tempfile.TemporaryDirectory() as home, open_lake(LakeLocation.at(home), create=True) as lake:
        land_stories(lake, stories)
        for story, view, add in _questions(stories):
            add(story, _ask(lake, f"FROM {view} WHERE story_id = '{story.name}'"), score)
    return score


def _questions(stories: Sequence[InventedStory]) -> Iterator[tuple[InventedStory, str, Any]]:
    for story in stories:
        yield story, "quotation_comparison", score_quotations
        yield story, "name_comparison", score_names
        yield story, "date_comparison", score_dates


def main() -> None:
    print_scores(__doc__.splitlines()[0], ROWS, score_folder)
