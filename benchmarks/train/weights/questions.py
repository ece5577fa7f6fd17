"""Train the matcher of figures and score it out of fold: `python -m benchmarks.train.train questions`.

Writes tasks/group/questions/weights.json. Needs scikit-learn, which the project itself does not. Labels:
figure_pairs_dev.jsonl and figure_slots_dev.jsonl of the corpora, and files of the same form as the second
given with --labels. A story's pairs, and those of its twin, are always in one fold.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpora import CORPORA, ROOT, load_scorer, read_rows
from benchmarks.score.comparing.figures import (
    FOLDS,
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
from tasks.group.questions.answers import Answer
from tasks.group.questions.gathering import gather_answers
from tasks.group.questions.matching import Scored, cluster_answers, find_pairs
from tasks.group.questions.model import (
    CHOICE_NAMES,
    FARTHEST,
    Linear,
    Values,
    choice_features,
    compare_values,
)
from tasks.group.questions.pair_features import compare_pairs, feature_names

_READ = ("figures", "mentions", "sentences")
WEIGHTS = ROOT / "tasks" / "group" / "questions" / "weights.json"
ALIKE_C, CHOICE_C = 0.01, 1.0
# Few outlets disagree, so that `choice` would learn that different numbers are different questions. It sees
# each story again with the values of a third of its answers taken for different from all others.
REPLICAS, ALTERED, REPLICA_WEIGHT = 3, 0.3, 0.7
SHIFT = 0.5  # of the logarithm of their ratio


def fit(rows: Any, groups: Any, labels: Any, strength: float, weights: Any = None) -> Linear:
    """A logistic model over standardised rows; with several groups each also has its own share of the weights."""
    linear_model = importlib.import_module("sklearn.linear_model")
    count = int(groups.max()) + 1
    wide = rows if count == 1 else np.hstack([rows, *(rows * (groups == g)[:, None] for g in range(count))])
    mean, scale = wide.mean(axis=0), wide.std(axis=0)
    scale[scale < 1e-9] = 1.0
    model = linear_model.LogisticRegression(C=strength, max_iter=4000)
    model.fit((wide - mean) / scale, labels, sample_weight=weights)
    steep = model.coef_[0] / scale
    width = rows.shape[1]
    own = [
        steep[:width] + (steep[width * (g + 1) : width * (g + 2)] if count > 1 else 0) for g in range(count)
    ]
    centre = rows.mean(axis=0)
    bias = float(model.intercept_[0] - mean @ steep)
    return Linear(centre, np.array(own), np.array([bias + centre @ one for one in own]))


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
    fold = fold_of({"topic": None, "gold_story": story.name})
    return Story(
        f"invented-{story.name}", fold, answers, pairs, compare_values(answers, pairs), np.array(labels)
    )


def _slots_of(answer: Answer, article: InventedArticle) -> set[str | None]:
    figures = (mention.figure for mention in answer.mentions)
    return {article.name_of("figure", row["start_char"], row["end_char"]) for row in figures}


def _label(ones: set[str | None], others: set[str | None], optional: set[str]) -> int:
    same = (ones & others) - {None}
    if NOT_JUDGED in ones | others or same & optional:
        return -1
    return int(bool(same))


def fit_alike(stories: Sequence[Story]) -> Linear:
    """The model that sees no values."""
    known = [story.labels >= 0 for story in stories]
    rows = np.vstack([story.pairs.features[mask] for story, mask in zip(stories, known, strict=True)])
    groups = np.concatenate([story.pairs.groups[mask] for story, mask in zip(stories, known, strict=True)])
    labels = np.concatenate([story.labels[mask] for story, mask in zip(stories, known, strict=True)])
    return fit(rows, groups, labels, ALIKE_C)


def choice_rows(story: Story, alike: Any) -> tuple[Any, Any, Any]:
    """(rows, labels, weights) of one story for `choice`: as it is, and with altered values."""
    known = story.labels >= 0
    replicas = [story.values, *(_altered(story, replica) for replica in range(REPLICAS))]
    rows = [choice_features(story.answers, story.pairs, alike, values)[known] for values in replicas]
    weights = np.repeat([1.0, *([REPLICA_WEIGHT / REPLICAS] * REPLICAS)], known.sum())
    return np.vstack(rows), np.tile(story.labels[known], len(replicas)), weights


def fit_choice(parts: Sequence[tuple[Any, Any, Any]]) -> Linear:
    """The model that breaks ties by values."""
    rows, labels, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    return fit(rows, np.zeros(len(rows), dtype=np.intp), labels, CHOICE_C, weights)


def _altered(story: Story, replica: int) -> Values:
    """The story's values with some answers taken for different: mostly by little, as outlets differ."""
    chance = random.Random(f"{replica} {story.story_id}")
    altered = np.array([chance.random() < ALTERED for _ in story.answers], dtype=bool)
    touched = altered[story.pairs.first] | altered[story.pairs.second]
    values = story.values
    shift = np.array([min(FARTHEST, abs(chance.gauss(0, SHIFT))) for _ in touched])
    apart = np.where(touched & values.equal, shift, values.apart)
    return Values(values.equal & ~touched, values.meets & ~touched, apart)


def score_out_of_fold(stories: Sequence[Story]) -> tuple[dict[str, Scored], Linear]:
    """(scored pairs by story, each from models that saw no story of its fold; `choice` made from all)."""
    alike: dict[str, Any] = {}
    for fold in range(FOLDS):
        model = fit_alike([story for story in stories if story.fold != fold])
        alike |= {
            s.story_id: model.scores(s.pairs.features, s.pairs.groups) for s in stories if s.fold == fold
        }
    parts = {story.story_id: choice_rows(story, alike[story.story_id]) for story in stories}
    scored: dict[str, Scored] = {}
    for fold in range(FOLDS):
        choice = fit_choice([parts[story.story_id] for story in stories if story.fold != fold])
        for story in (story for story in stories if story.fold == fold):
            rows = choice_features(story.answers, story.pairs, alike[story.story_id], story.values)
            scores = choice.scores(rows, np.zeros_like(story.pairs.groups))
            scored[story.story_id] = Scored(story.pairs, alike[story.story_id], rows, scores)
    return scored, fit_choice(list(parts.values()))


def dump(alike: Linear, choice: Linear) -> str:
    """Both models as JSON, rounded to what matters."""

    def part(names: Sequence[str], model: Linear) -> dict[str, Any]:
        columns = {
            key: [float(f"{value:.4g}") for value in values.tolist()]
            for key, values in (("mean", model.mean), ("bias", model.bias))
        }
        weights = [[float(f"{value:.4g}") for value in row] for row in model.weights.tolist()]
        return {"names": list(names), **columns, "weights": weights}

    made = "python -m benchmarks.train.train questions --labels LABELS"
    parts = {"made_by": made, "alike": part(feature_names(), alike), "choice": part(CHOICE_NAMES, choice)}
    return json.dumps(parts, ensure_ascii=False) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--labels", type=Path, action="append", default=[], help="more slots, as JSON lines")
    parser.add_argument(
        "--invented",
        type=Path,
        nargs="*",
        default=[SIDES / "first", SIDES / "second"],
        help="folders of invented stories with gold; those of tests/data/sides that no score is reported on",
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
    scored, choice = score_out_of_fold(labelled)
    groups = {story.story_id: cluster_answers(story.answers, scored[story.story_id]) for story in labelled}
    scorer = load_scorer(corpora, "score_figure_pairs")
    for name, value in scorer.measure(read_rows(pairs), list(figure_pairs(labelled, groups))).items():
        print(f"{name:19} {value:.3f}" if isinstance(value, float) else f"{name:19} {value}")
    if not arguments.no_write:
        WEIGHTS.write_text(dump(fit_alike(labelled), choice), encoding="utf-8")
