"""Train the matcher of figures and score it out of fold: `python -m benchmarks.train.train questions`.

Writes tasks/group/questions/weights.json. Needs scikit-learn, which the project itself does not. Labels:
figure_pairs_dev.jsonl and figure_slots_dev.jsonl of the corpora, and files of the same form as the second
given with --labels. A story's pairs, and those of its twin, are always in one fold.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpora import CORPORA, ROOT, load_scorer, read_rows
from benchmarks.score.comparing.figures import (
    STORY_FILES,
    Story,
    build_stories,
    extract_rows,
    figure_pairs,
    fold_of,
    read_articles,
    read_labels,
)
from benchmarks.score.comparing.invented import (
    NOT_JUDGED,
    SIDES,
    InventedArticle,
    InventedStory,
    read_stories,
)
from benchmarks.score.comparing.own import ROWS, score_story
from benchmarks.score.comparing.score import Score, find_sets, print_sets
from benchmarks.train.weights.matcher import train
from tasks.group.questions.answers import Answer
from tasks.group.questions.gathering import gather_answers
from tasks.group.questions.matching import cluster_answers, find_pairs, score_pairs
from tasks.group.questions.model import CHOICE_NAMES, Linear, PairModels, compare_values
from tasks.group.questions.pair_features import compare_pairs, feature_names

_READ = ("figures", "mentions", "sentences")
WEIGHTS = ROOT / "tasks" / "group" / "questions" / "weights.json"


def label_invented(story: InventedStory) -> Story:
    """An invented story with a label for each pair of its answers: one question, two, or not judged."""
    articles = {one.row["article_id"]: one for one in story.articles}
    answers = [
        answer
        for one in story.articles
        for answer in gather_answers(one.row, *(one.tables[name] for name in _READ))
    ]
    slots = [_slots_of(answer, articles[answer.article_id]) for answer in answers]
    first, second = find_pairs(answers)
    pairs = compare_pairs(answers, first, second)
    labels = [
        _label(slots[i], slots[j], story.optional)
        for i, j in zip(first.tolist(), second.tolist(), strict=True)
    ]
    return Story(
        f"invented-{story.name}",
        invented_fold(story),
        answers,
        pairs,
        compare_values(answers, pairs),
        np.array(labels),
        is_invented=True,
    )


def _slots_of(answer: Answer, article: InventedArticle) -> set[str | None]:
    figures = (mention.figure for mention in answer.mentions)
    return {article.name_of("figure", row["start_char"], row["end_char"]) for row in figures}


def _label(ones: set[str | None], others: set[str | None], optional: set[str]) -> int:
    same = (ones & others) - {None}
    if NOT_JUDGED in ones | others or same & optional:
        return -1
    return int(bool(same))


def dump(models: PairModels) -> str:
    """The models and prices as JSON, rounded to what matters."""

    def part(names: Sequence[str], model: Linear) -> dict[str, Any]:
        columns = {
            key: [float(f"{value:.4g}") for value in values.tolist()]
            for key, values in (("mean", model.mean), ("bias", model.bias))
        }
        weights = [[float(f"{value:.4g}") for value in row] for row in model.weights.tolist()]
        return {"names": list(names), **columns, "weights": weights}

    made = "python -m benchmarks.train.train questions --labels LABELS"
    parts: dict[str, Any] = {
        "made_by": made,
        "alike": part(feature_names(), models.alike),
        "choice": part(CHOICE_NAMES, models.choice),
    }
    parts["prices"] = models.prices
    return json.dumps(parts, ensure_ascii=False) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--labels", type=Path, action="append", default=[], help="more slots, as JSON lines")
    parser.add_argument(
        "--invented",
        type=Path,
        nargs="*",
        default=[SIDES / name for name in ("first", "second", "fifth", "seventh", "eighth", "ninth")],
        help="folders of invented stories with gold; by default the sets of tests/data/sides that were read, but for the third and the fourth, which the tests judge the weights by",
    )
    parser.add_argument("--cache", type=Path, help="keep the extracted rows in this file")
    parser.add_argument("--no-write", action="store_true", help="only score out of fold")
    arguments = parser.parse_args()
    corpora = arguments.corpora
    articles = read_articles(corpora / name for name in STORY_FILES)
    pairs, slots = corpora / "figure_pairs_dev.jsonl", corpora / "figure_slots_dev.jsonl"
    labels = read_labels(pairs, [slots, *arguments.labels])
    stories = build_stories(extract_rows(articles, arguments.cache), labels)
    labelled = [story for story in stories if (story.labels >= 0).any()]
    labelled += [label_invented(story) for story in read_stories(arguments.invented)]
    folds, models = train(labelled)
    real = [story for story in labelled if not story.is_invented]
    groups = {
        story.story_id: cluster_answers(story.answers, score_pairs(story.answers, folds[story.fold]))
        for story in real
    }
    scorer = load_scorer(corpora, "score_figure_pairs")
    for name, value in scorer.measure(read_rows(pairs), list(figure_pairs(real, groups))).items():
        print(f"{name:19} {value:.3f}" if isinstance(value, float) else f"{name:19} {value}")
    print_sets(partial(score_out_of_fold, folds), find_sets(SIDES), ROWS)
    if not arguments.no_write:
        WEIGHTS.write_text(dump(models), encoding="utf-8")


def score_out_of_fold(folds: Mapping[int, PairModels], folder: Path) -> Score:
    """The score of a folder of invented stories, each by the models that saw no story of its fold."""
    score = Score()
    for story in read_stories([folder]):
        score_story(story, score, folds[invented_fold(story)])
    return score


def invented_fold(story: InventedStory) -> int:
    """The fold of an invented story."""
    return fold_of({"topic": None, "gold_story": story.name})
