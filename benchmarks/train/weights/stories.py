"""Train the evidence of stories, and say how well it does on stories that it was not trained on.

    python -m benchmarks.train.train stories --rows stories.jsonl             scores by halves
    python -m benchmarks.train.train stories --rows stories.jsonl --write     also tasks/group/evidence.toml from all

Reads the story sets of the evaluation corpora (COPYDESK_CORPORA or ../shared/corpora). `--rows` keeps what was
extracted from them, which takes minutes; the file holds text of the corpora, so keep it out of the repository.
Half of the topics train the weights that group the other half: first those of pairs of articles, then those of the second
look at pairs of stories, from the stories that come up while the training half is grouped. The undated set is grouped as it
is and as if all of it was published on one day.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import CORPORA, ROOT, Row, load_scorer
from benchmarks.train.weights.story_rows import DAY, read_sets
from tasks.group import evidence
from tasks.group.evidence import Weights
from tasks.group.features import TermCounts
from tasks.group.linkage import LONGEST_DAYS, Links, StoryJudge, judge_stories
from tasks.group.sparse_vectors import Vectors
from tasks.group.stories import group_stories

RIDGE = 1e-3
# The second look has fewer examples, so its weights are held closer to none.
SECOND_RIDGE = 0.02
# A story is of an event if this share of its articles is.
PURE = 0.8
Floats = NDArray[np.float64]


def half_of(row: Row) -> int:
    """The half that an article's topic belongs to."""
    return zlib.crc32(str(row["gold"]["topic"] or row["gold"]["gold_story"]).encode()) % 2


def compare_all(vectors: Vectors) -> NDArray[np.float32]:
    """The cosine of every pair."""
    dense = np.zeros((len(vectors), vectors.term_count), dtype=np.float32)
    for place in range(len(vectors)):
        dense[place, vectors[place].terms] = vectors[place].values
    return np.asarray(dense @ dense.T)


def observe_pairs(rows: Sequence[Row]) -> tuple[list[list[float]], list[bool]]:
    """The observations of every pair that is looked at, and whether it tells of one event."""
    terms = TermCounts()
    cosines = compare_all(terms.weigh([terms.count(row) for row in rows]))
    leads = compare_all(terms.weigh([terms.count_first(row) for row in rows]))
    profiles = [evidence.read_profile(row) for row in rows]
    seen, same = [], []
    for one, other in zip(*np.nonzero(np.triu(cosines >= evidence.LOWEST_COSINE, 1)), strict=True):
        first, second = rows[one], rows[other]
        gap = None
        if first["published_at"] and second["published_at"]:
            gap = abs((first["published_at"] - second["published_at"]).total_seconds()) / 86_400
        if gap is None or gap <= LONGEST_DAYS:
            alike = float(cosines[one, other]), float(leads[one, other])
            seen.append(evidence.observe(profiles[one], profiles[other], *alike))
            same.append(first["gold"]["gold_story"] == second["gold"]["gold_story"])
    return seen, same


def fit(sets: Sequence[Sequence[Row]]) -> tuple[tuple[float, ...], float]:
    """Weights and bias by ridge logistic regression; in each set, pairs of one event and others weigh the same."""
    seen, same, weight = [], [], []
    for rows in sets:
        found, equal = observe_pairs(rows)
        share = {True: 500 / max(1, sum(equal)), False: 500 / max(1, len(equal) - sum(equal))}
        seen += found
        same += equal
        weight += [share[is_same] for is_same in equal]
    return regress(np.array(seen), np.array(same, dtype=float), np.array(weight), RIDGE)


def regress(table: Floats, y: Floats, w: Floats, ridge: float) -> tuple[tuple[float, ...], float]:
    """Weights and bias of a logistic regression with weighted rows, by Newton's method."""
    middle, spread = table.mean(0), table.std(0) + 1e-9
    x = np.hstack([(table - middle) / spread, np.ones((len(table), 1))])
    found = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ found))
        gradient = x.T @ (w * (p - y)) + ridge * w.sum() * np.append(found[:-1], 0)
        curve = (x * (w * p * (1 - p))[:, None]).T @ x + ridge * w.sum() * np.eye(len(found))
        found -= np.linalg.solve(curve, gradient)
    weights = found[:-1] / spread
    return tuple(float(value) for value in weights), float(found[-1] - weights @ middle)


def train(sets: Sequence[Sequence[Row]]) -> Weights:
    """Train both looks. A pair of stories weighs less the more pairs its topic has, and both outcomes weigh the same."""
    first = Weights(*fit(sets), None)
    found = [pair for rows in sets for dated in date_rows(rows) for pair in observe_stories(dated, first)]
    often = Counter((topic, is_same) for topic, is_same, _ in found)
    weight = np.array([often[topic, is_same] ** -0.5 for topic, is_same, _ in found])
    same = np.array([is_same for _, is_same, _ in found], dtype=float)
    for value in (0.0, 1.0):
        weight[same == value] /= weight[same == value].sum()
    (odds, gap), bias = regress(np.array([seen for *_, seen in found]), same, weight, SECOND_RIDGE)
    return first._replace(second=evidence.Second(odds, -gap, bias))


def observe_stories(rows: Sequence[Row], weights: Weights) -> list[tuple[str, bool, tuple[float, float]]]:
    """The pairs of stories of several articles that come up while the rows are grouped by the first look alone: topic,
    whether they are one, and what the second look sees."""
    gold = {row["article_id"]: row["gold"] for row in rows}
    found = []

    def judge(links: Links, ones: Sequence[int], others: Sequence[int]) -> float:
        odds = links.between(ones, others)
        if min(len(ones), len(others)) > 1 and odds > evidence.LOWEST_ODDS:
            sides = [[gold[links.rows[place]["article_id"]] for place in side] for side in (ones, others)]
            events = [main_event(side) for side in sides]
            gap = max(0.0, min(links.within(ones), links.within(others)) - odds)
            if None not in events:
                topic = str(sides[0][0]["topic"] or events[0])
                found.append((topic, events[0] == events[1], (odds, gap)))
        return odds

    group(rows, weights, judge)
    return found


def main_event(gold: Sequence[Row]) -> str | None:
    """The event of nearly all of these articles."""
    ((event, count),) = Counter(row["gold_story"] for row in gold).most_common(1)
    return str(event) if count >= PURE * len(gold) else None


def date_rows(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows as they are, and undated ones also as if all were of one day."""
    if rows[0]["published_at"]:
        return [list(rows)]
    return [list(rows), [{**row, "published_at": DAY} for row in rows]]


def group(rows: Sequence[Row], weights: Weights, judge: StoryJudge = judge_stories) -> dict[str, str]:
    with evidence.use_weights(weights):
        made = group_stories(rows, [], judge=judge).rows["story_articles"]
    return {row["article_id"]: row["story_id"] for row in made}


def score(name: str, rows: Sequence[Row], stories: dict[str, str]) -> None:
    found = load_scorer(CORPORA, "score_stories").measure([row["gold"] for row in rows], stories)
    names = ("bcubed_precision", "bcubed_recall", "bcubed_f1", "twins_joined", "twin_purity")
    print(f"{name:40}", "  ".join(f"{part} {found[part]:.3f}" for part in names), flush=True)


def write(weights: Weights) -> None:
    assert weights.second is not None
    lines = [
        "# Weights of the evidence that two articles tell of one event, in log odds for each unit of an observation.",
        "# Made by `python -m benchmarks.train.train stories --write`; tasks/group/evidence.py says what each observation is.",
        f"bias = {weights.bias:.4f}",
        "",
        "[weights]",
        *(f"{name} = {value:.4f}" for name, value in zip(evidence.FEATURES, weights.pairs, strict=True)),
        "",
        "[second_look]",
        *(f"{name} = {value:.4f}" for name, value in weights.second._asdict().items()),
    ]
    (ROOT / "tasks" / "group" / "evidence.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=Path, required=True, help="file that keeps what was extracted")
    parser.add_argument("--write", action="store_true", help="write tasks/group/evidence.toml")
    options = parser.parse_args()
    sets = read_sets(options.rows)
    trained = [
        train([[row for row in rows if half_of(row) != half] for rows in sets.values()]) for half in (0, 1)
    ]
    for name, rows in sets.items():
        for label, dated in zip(("", " on one day"), date_rows(rows), strict=False):
            stories: dict[str, str] = {}
            for half in (0, 1):
                part = [row for row in dated if half_of(row) == half]
                stories |= (found := group(part, trained[half]))
                score(f"{name}{label}, half {half}", part, found)
            score(name + label, rows, stories)
    if options.write:
        write(train(list(sets.values())))
