"""Why a figure is beside the figures of other articles: which words joined them, and which verdict they have."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from tasks.group.questions.answers import Answer
from tasks.group.questions.gathering import gather_answers
from tasks.group.questions.kinds import KINDS
from tasks.group.questions.matching import Scored, cluster_answers, margin, score_pairs
from tasks.group.questions.model import CHOICE_NAMES, load_models, top_reasons
from tasks.group.questions.pair_features import feature_names
from tasks.group.questions.readings import (
    Reading,
    ReadingKey,
    StoryArticle,
    judge_readings,
)
from tasks.group.questions.rules.incomparable import OTHER_TIME, find_objection
from tasks.group.questions.series import are_series
from tasks.group.questions.times import TIME_NAMES

_MOST_WORDS = 6
_LEAST = 0.15  # log odds: a reason that weighs less is not worth a line
_NEAREST = 3  # figures that were not joined and came nearest


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature in words, with what it adds to the log odds: above 0 speaks for one question, below 0 against."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another figure beside the one that is explained.

    `log_odds` is by how much the pair is above what it needs; None if the pair was not compared at all. `why` says why
    two figures that are alike enough were not joined.
    """

    reading: Reading
    is_joined: bool
    log_odds: float | None
    reasons: tuple[Reason, ...] = ()
    verdict: str | None = None
    verdict_why: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure, those that answer its question in other articles, and those that came nearest to it."""

    reading: Reading
    comparisons: list[Comparison] = field(default_factory=list)


def explain_figure(articles: Sequence[StoryArticle], key: ReadingKey) -> Explanation | None:
    """The explanation of a figure (article_id, start_char, end_char) of a story; None if it answers no question,
    as ranks, labels and numbers without a value do."""
    answers = [
        answer
        for one in articles
        for answer in gather_answers(one.article, one.figures, one.mentions, one.sentences)
    ]
    found = _find(answers, key)
    return None if found is None else _Figure(articles, answers, *found).explain()


def _find(answers: Sequence[Answer], key: ReadingKey) -> tuple[int, int] | None:
    for place, answer in enumerate(answers):
        for number, mention in enumerate(answer.mentions):
            figure = mention.figure
            if (figure["article_id"], figure["start_char"], figure["end_char"]) == key:
                return place, number
    return None


class _Figure:
    """A figure of a story: mention `number` of the answer at `place`."""

    def __init__(
        self, articles: Sequence[StoryArticle], answers: Sequence[Answer], place: int, number: int
    ) -> None:
        self._by_article = {one.article["article_id"]: one for one in articles}
        self._answers = answers
        self._place = place
        self._own = answers[place]
        self._scored = score_pairs(answers)
        self._reading = self._read(self._own, number)
        self._is_series = False

    def _read(self, answer: Answer, number: int = 0) -> Reading:
        return Reading(answer.mentions[number], answer.kind, self._by_article[answer.article_id])

    def explain(self) -> Explanation:
        """Those that answer its question in other articles, then those that came nearest."""
        groups = cluster_answers(self._answers, self._scored)
        group = next((group for group in groups if self._place in group), [self._place])
        self._is_series = are_series(
            [
                self._read(self._answers[at], number)
                for at in group
                for number in range(len(self._answers[at].mentions))
            ]
        )
        pairs = self._find_pairs()
        near = sorted((other for other in pairs if other not in group), key=lambda other: -pairs[other][1])
        comparisons = [
            self._compare(self._answers[other], pairs.get(other), is_joined)
            for others, is_joined in ((group, True), (near[:_NEAREST], False))
            for other in others
            if self._answers[other].article_id != self._own.article_id
        ]
        return Explanation(self._reading, comparisons)

    def _find_pairs(self) -> dict[int, tuple[int, float]]:
        """The pairs of the figure: the other answer, the pair's row and its margin."""
        first, second = self._scored.pairs.first, self._scored.pairs.second
        margins = margin(self._scored)
        return {
            int(second[row] if first[row] == self._place else first[row]): (int(row), float(margins[row]))
            for row in np.flatnonzero((first == self._place) | (second == self._place))
        }

    def _compare(self, other: Answer, pair: tuple[int, float] | None, is_joined: bool) -> Comparison:
        reading = self._read(other)
        verdict, verdict_why = (
            judge_readings(self._reading, reading, self._is_series) if is_joined else (None, None)
        )
        if pair is None:
            return Comparison(reading, is_joined, None, (), verdict, verdict_why)
        row, above = pair
        reasons = tuple(_reasons(self._own, other, self._scored, row))
        why = None if is_joined else _why_apart(self._own, other, above)
        return Comparison(reading, is_joined, above, reasons, verdict, verdict_why, why)


def _why_apart(one: Answer, other: Answer, above: float) -> str:
    if above < 0:
        return "the sentences are not alike enough"
    objection = find_objection(one, other)
    if objection is None or objection in load_models().prices:
        return "another figure of that article, or the rest of its question, fits better"
    rule = _words()["rules"][objection]
    if objection == OTHER_TIME:
        return f"{rule}: {_tell_times(one, other)}"
    if one.interval.meets(other.interval):
        return f"numbers that can both be true answer one question only if they are of one event and count one thing: {rule}"
    return f"other numbers answer one question only if noun, role, time and person agree: {rule}"


def _reasons(one: Answer, other: Answer, scored: Scored, row: int) -> list[Reason]:
    """The features that moved the pair most: of its words, and of its values."""
    alike, choice, _ = load_models()
    names = feature_names()
    found = top_reasons(alike, names, scored.pairs.features[row], int(scored.pairs.groups[row]))
    reasons = [Reason(_word_feature(name, one, other), weight) for name, weight in found]
    values = top_reasons(choice, CHOICE_NAMES, scored.choice[row], 0)
    reasons += [Reason(_words()["values"][name], weight) for name, weight in values if name != "alike"]
    if taken := float(scored.taken[row]):
        reasons.append(Reason(_words()["rules"][find_objection(one, other) or ""], -taken))
    return [reason for reason in reasons if abs(reason.weight) >= _LEAST]


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8"))


def _word_feature(name: str, one: Answer, other: Answer) -> str:
    """A feature with the words that it saw, e.g. "counted noun: worker"."""
    table, _, _ = name.rpartition(" ")
    if table not in _words()["sets"]:
        kind = name.removeprefix("kind ")
        said = f"both are of the kind {kind}" if kind in KINDS else _words()["others"][name]
        return f"{said}: {_tell_times(one, other)}" if name in TIME_NAMES else said
    ours, theirs = one.words(table), other.words(table)
    if both := ours & theirs:
        said = "both have " + _list(both)
    elif ours or theirs:
        said = f"{_list(ours)} beside {_list(theirs)}"
    else:
        said = "none in either"
    return f"{_words()['sets'][table]}: {said}"


def _tell_times(one: Answer, other: Answer) -> str:
    return f"{one.time.tell()} beside {other.time.tell()}"


def _list(words: frozenset[str]) -> str:
    shown = [word.replace(":", " ").strip() for word in sorted(words) if word][:_MOST_WORDS]
    return ", ".join(shown) or "none"
