"""Figures of invented stories side by side, with gold that was fixed before anything was read.

    python -m benchmarks.score.compare own [FOLDER ...] [--errors]

Prints precision and recall of pairs of figures of two outlets, questions with the right verdict, disagreements found, and
disputed questions worth a call. `--errors` adds what is wrong. tests/data/sides holds the stories; each folder is a set.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.score.comparing.invented import (
    NOT_JUDGED,
    InventedArticle,
    InventedStory,
    marks_of,
    read_stories,
)
from benchmarks.score.comparing.score import Score, print_scores
from tasks.group.questions import StoryArticle, find_questions
from tasks.group.questions.model import PairModels

Row = dict[str, Any]
DISPUTED = frozenset({"conflict", "conflict of sources", "suspect"})


@dataclass(frozen=True, slots=True)
class Told:
    """A reading with its article, its slot and its question."""

    article: InventedArticle
    reading: Row
    slot: str | None
    question: Row

    @property
    def printed(self) -> str:
        """The outlet, the number and the words around it."""
        text, start, end = (
            self.article.row["body_text"],
            self.reading["start_char"],
            self.reading["end_char"],
        )
        around = f"{text[max(0, start - 45) : start]}>{text[start:end]}<{text[end : end + 35]}"
        return f"{self.article.row['outlet']} [{self.slot}] {around}".replace("\n", " ")


def score_story(story: InventedStory, score: Score, models: PairModels | None = None) -> None:
    """Add a story to the score, by these models or by those that ship."""
    by_question: defaultdict[str, list[Told]] = defaultdict(list)
    for told in _read_questions(story, models):
        by_question[told.question["question_id"]].append(told)
    for group in by_question.values():
        _count_pairs(story, group, score)
        _count_dispute(story, group, score)
    home = {
        (told.article.row["article_id"], told.reading["start_char"]): told.question["question_id"]
        for group in by_question.values()
        for told in group
    }
    _count_recall(story, home, score)
    for slot in story.slots:
        _count_slot(story, slot, list(by_question.values()), score)


def _read_questions(story: InventedStory, models: PairModels | None) -> Iterator[Told]:
    parts = [
        StoryArticle(one.row, one.tables["figures"], one.tables["mentions"], one.tables["sentences"])
        for one in story.articles
    ]
    found = find_questions(story.name, parts, models=models)
    questions = {row["question_id"]: row for row in found.questions}
    articles = {one.row["article_id"]: one for one in story.articles}
    for reading in found.readings:
        article = articles[reading["article_id"]]
        slot = article.name_of("figure", reading["start_char"], reading["end_char"])
        yield Told(article, reading, slot, questions[reading["question_id"]])


def _count_pairs(story: InventedStory, group: Sequence[Told], score: Score) -> None:
    for one, other in itertools.combinations(group, 2):
        if one.article is other.article or NOT_JUDGED in (one.slot, other.slot):
            continue
        is_right = one.slot is not None and one.slot == other.slot
        if is_right and one.slot in story.optional:
            continue
        score.counts["joined"] += 1
        score.counts["right"] += is_right
        if not is_right:
            label, verdict = one.question["label"], one.question["verdict"]
            score.errors.append(
                f"JOINED {story.name} “{label}” {verdict}\n    {one.printed}\n    {other.printed}"
            )


def _count_recall(story: InventedStory, home: dict[tuple[str, int], str], score: Score) -> None:
    for (one, mark), (other, other_mark) in itertools.combinations(marks_of(story, "figure"), 2):
        is_pair = one is not other and mark.name == other_mark.name and mark.name not in story.optional
        if not is_pair or mark.name == NOT_JUDGED:
            continue
        score.counts["same"] += 1
        ids = [_homes(article, m.start, m.end, home) for article, m in ((one, mark), (other, other_mark))]
        if ids[0] & ids[1]:
            score.counts["found"] += 1
        else:
            texts = [
                f"{article.row['outlet']}: {article.row['body_text'][max(0, m.start - 45) : m.end + 35]}"
                f"{'' if found else '  (no reading)'}".replace("\n", " ")
                for article, m, found in ((one, mark, ids[0]), (other, other_mark, ids[1]))
            ]
            score.errors.append(f"MISSED {story.name} {mark.name}\n    " + "\n    ".join(texts))


def _homes(article: InventedArticle, start: int, end: int, home: dict[tuple[str, int], str]) -> set[str]:
    article_id = article.row["article_id"]
    return {
        home[article_id, row["start_char"]]
        for row in article.tables["figures"]
        if row["start_char"] < end and start < row["end_char"] and (article_id, row["start_char"]) in home
    }


def _count_slot(story: InventedStory, slot: str, groups: Sequence[Sequence[Told]], score: Score) -> None:
    """The verdict of the question that holds most of a slot, and whether its disagreement is shown."""
    gold = story.slots[slot]
    held = [[told for told in group if told.slot == slot] for group in groups]
    held = [told for told in held if len({id(one.article) for one in told}) > 1]
    is_disputed = bool(gold <= DISPUTED)
    score.counts["disagreements"] += is_disputed
    shown = [told for told in held if told[0].question["verdict"] in gold and _differ(told)]
    score.counts["disagreements shown"] += is_disputed and bool(shown)
    if is_disputed and not shown:
        verdicts = [told[0].question["verdict"] for told in held]
        score.errors.append(f"NOT SHOWN {story.name} {slot}: {verdicts or 'not joined'}")
    if not held or slot in story.optional:
        return
    most = max(held, key=len)
    score.counts["questions"] += 1
    verdict = most[0].question["verdict"]
    score.counts["right verdicts"] += verdict in gold
    if verdict not in gold:
        printed = "\n    ".join(told.printed for told in most)
        score.errors.append(
            f"VERDICT {story.name} {slot}: {verdict}, not {'|'.join(sorted(gold))}\n    {printed}"
        )


def _count_dispute(story: InventedStory, group: Sequence[Told], score: Score) -> None:
    verdict = group[0].question["verdict"]
    if verdict not in DISPUTED:
        return
    score.counts["disputed"] += 1
    slots = {told.slot for told in group if told.slot in story.slots}
    is_worth = any(
        verdict in story.slots[slot] and _differ([told for told in group if told.slot == slot])
        for slot in slots
        if slot
    )
    score.counts["worth a call"] += is_worth
    if not is_worth:
        printed = "\n    ".join(told.printed for told in group)
        label = group[0].question["label"]
        score.errors.append(f"FALSE DISPUTE {story.name} “{label}” {verdict}\n    {printed}")


def _differ(told: Sequence[Told]) -> bool:
    """Whether two outlets print different numbers."""
    return any(
        one.article is not other.article
        and (one.reading["low"], one.reading["high"]) != (other.reading["low"], other.reading["high"])
        for one, other in itertools.combinations(told, 2)
    )


ROWS = (
    ("precision of putting two figures together", "right", "joined"),
    ("recall", "found", "same"),
    ("right verdict of a question", "right verdicts", "questions"),
    ("disagreements shown", "disagreements shown", "disagreements"),
    ("disputed questions worth a call", "worth a call", "disputed"),
)


def score_folder(folder: Path) -> Score:
    """The score of a folder's stories."""
    score = Score()
    for story in read_stories([folder]):
        score_story(story, score)
    return score


def main() -> None:
    print_scores(__doc__.splitlines()[0], ROWS, score_folder)
