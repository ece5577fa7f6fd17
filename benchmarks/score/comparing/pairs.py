"""Score figures side by side: which of two outlets answer one question, and whether they agree, in all and in halves.

    python -m benchmarks.score.compare pairs [--cache rows.pickle]

Reads the story sets and the labelled pairs of the evaluation corpora (COPYDESK_CORPORA or ../shared/corpora). `--cache` keeps
what was extracted, which takes minutes; the file holds text of the corpora, so keep it out of the repository. The matcher
was trained on these pairs and its bounds chosen on them: these are development figures. The halves are by story.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable, Sequence
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, help="keep the extracted rows in this file")
    arguments = parser.parse_args()
    gold = read_rows(CORPORA / "figure_pairs_dev.jsonl")
    found = compare(gold, arguments.cache)
    measure = load_scorer(CORPORA, "score_figure_pairs").measure
    columns = [measure(part, found) for part in (gold, *halves(gold))]
    print(f"| {len(gold)} labelled pairs | all | one half | the other half |")
    print("|---|---|---|---|")
    for title, name in _TOLD:
        print(f"| {title} | " + " | ".join(f"{column[name]:.3f}" for column in columns) + " |")
