"""Score what stands side by side: which figures answer one question, whether they agree, and which articles are one story.

    python -m benchmarks.score.compare pairs [--cache rows.pickle] [--stories stories.jsonl]

Reads the story sets and the labelled pairs of the evaluation corpora (COPYDESK_CORPORA or ../shared/corpora). `--cache` keeps
what was extracted, which takes minutes; the file holds text of the corpora, so keep it out of the repository. The matcher
was trained on these pairs and its bounds chosen on them: these are development figures. The halves are by story.
`--stories` adds the rows of stories and is the file that `train.train stories` keeps; each half of the topics is grouped with
weights that the other half made.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import CORPORA, load_scorer, read_rows
from benchmarks.score.comparing.figures import (
    STORY_FILES,
    build_stories,
    extract_rows,
    figure_pairs,
    read_articles,
)
from benchmarks.train.weights.stories import date_rows, group, half_of, train
from benchmarks.train.weights.story_rows import read_sets
from tasks.group.questions.matching import cluster_answers, score_pairs

_TOLD = (
    ("precision of putting two figures together", "precision"),
    ("recall", "recall"),
    ("disagreements found", "recall disagreement"),
    ("right verdict where the pair is right", "verdict"),
)
Pair = dict[str, Any]


def compare(gold: Iterable[Pair], cache: Path | None) -> list[Pair]:
    """The pairs that Copydesk puts together in the stories that have labels."""
    labelled = {span[0] for pair in gold for span in (pair["a"], pair["b"])}
    articles = read_articles(CORPORA / name for name in STORY_FILES)
    wanted = {row["gold_story"] for row in articles if row["article_id"] in labelled}
    rows = extract_rows([row for row in articles if row["gold_story"] in wanted], cache)
    stories = build_stories(rows, ())
    groups = {story.story_id: cluster_answers(story.answers, score_pairs(story.answers)) for story in stories}
    return list(figure_pairs(stories, groups))


def halves(gold: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The labelled pairs by story: each story is in one half."""
    sides: tuple[list[Pair], list[Pair]] = ([], [])
    for pair in gold:
        sides[hashlib.md5(pair["story"].encode()).digest()[-1] % 2].append(pair)
    return sides


def compare_stories(kept: Path) -> Iterator[tuple[str, list[float]]]:
    """Rows of the table for each set of stories: B-cubed F1 and the share of twins joined, in all and in halves."""
    sets = read_sets(kept)
    trained = [
        train([[row for row in rows if half_of(row) != half] for rows in sets.values()]) for half in (0, 1)
    ]
    measure = load_scorer(CORPORA, "score_stories").measure
    for name, rows in sets.items():
        for when, dated in zip(("", ", as if of one day"), date_rows(rows), strict=False):
            parts = [[row for row in dated if half_of(row) == half] for half in (0, 1)]
            found = [group(part, weights) for part, weights in zip(parts, trained, strict=True)]
            columns = [
                measure([row["gold"] for row in part], stories)
                for part, stories in ((dated, found[0] | found[1]), *zip(parts, found, strict=True))
            ]
            for title, key in (("B-cubed F1", "bcubed_f1"), ("share of twins joined", "twins_joined")):
                yield f"{name}{when}: {title}", [column[key] for column in columns]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, help="keep the extracted rows in this file")
    parser.add_argument("--stories", type=Path, help="score stories too, and keep their rows in this file")
    arguments = parser.parse_args()
    gold = read_rows(CORPORA / "figure_pairs_dev.jsonl")
    found = compare(gold, arguments.cache)
    measure = load_scorer(CORPORA, "score_figure_pairs").measure
    columns = [measure(part, found) for part in (gold, *halves(gold))]
    print(f"| {len(gold)} labelled pairs | all | one half | the other half |")
    print("|---|---|---|---|")
    for title, name in _TOLD:
        print_row(title, [column[name] for column in columns])
    for title, values in compare_stories(arguments.stories) if arguments.stories else ():
        print_row(title, values)


def print_row(title: str, values: Iterable[float]) -> None:
    """A row of the table."""
    print(f"| {title} | " + " | ".join(f"{value:.3f}" for value in values) + " |", flush=True)
