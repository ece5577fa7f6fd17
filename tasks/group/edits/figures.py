"""Figures that an edit changed, added or removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.outcomes import Row
from tasks.group.edits.alignment import leave_out_common, level_words, likeness, pair_best
from tasks.group.questions.answers import Answer
from tasks.group.questions.gathering import gather_answers
from tasks.group.questions.kinds import are_comparable
from tasks.group.questions.labels.wording import word_question
from tasks.group.questions.matching import cluster_answers, score_pairs
from tasks.group.questions.value_ranges import from_dimension

# Sentences that share this much beside their figures are one sentence before and after an edit.
_SAME_SENTENCE = 0.6
_BEFORE, _AFTER = "before", "after"
_GAP = "\n\n"
_AROUND = 6  # words beside a figure that tell which of a sentence's figures it is


def find_figure_changes(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """Rows of `figure_changes` (less capture_id, article_id, times and month), in reading order.

    Both take rows of `figures` of an article with `sentence` and `sentence_start_char`. Figures are paired where
    their sentences are alike but for the figures, else where they answer one question. A pair with the same value
    is no change.
    """
    ours, theirs = (
        _gather(rows, name)
        for rows, name in zip(leave_out_common(before, after), (_BEFORE, _AFTER), strict=True)
    )
    pairs = _pair(ours, theirs)
    gone = set(range(len(ours))) - {i for i, _ in pairs}
    new = set(range(len(theirs))) - {j for _, j in pairs}
    changes = [
        *(_describe("changed", ours[i], theirs[j]) for i, j in pairs if not _is_same(ours[i], theirs[j])),
        *(_describe("removed", ours[i], None) for i in sorted(gone)),
        *(_describe("added", None, theirs[j]) for j in sorted(new)),
    ]
    changes.sort(key=lambda row: (row["start_char"] is None, row["start_char"] or row["before_start_char"]))
    return [{"change_number": number, **row} for number, row in enumerate(changes, start=1)]


def _gather(rows: Sequence[Row], name: str) -> list[Answer]:
    """An answer for each figure; the sentences are the text."""
    text, moved, sentences = "", [], []
    places: dict[Any, int] = {}
    for row in rows:
        start = row["sentence_start_char"]
        if row["sentence"] is None or start is None:
            continue
        if start not in places:
            places[start] = len(text)
            sentences.append((row["sentence_number"], len(text), len(text) + len(row["sentence"])))
            text += row["sentence"] + _GAP
        shift = places[start] - start
        span = {key: row[key] + shift for key in ("start_char", "end_char")}
        moved.append({**row, **span, "article_id": name, "printed": row})
    spans = [
        dict(zip(("sentence_number", "start_char", "end_char"), found, strict=True)) for found in sentences
    ]
    found = gather_answers({"article_id": name, "body_text": text}, moved, (), spans)
    single = [Answer(name, [mention]) for answer in found for mention in answer.mentions]
    return sorted(single, key=lambda answer: int(answer.mentions[0].figure["start_char"]))


def _pair(ours: Sequence[Answer], theirs: Sequence[Answer]) -> list[tuple[int, int]]:
    masked = [[_mask(answer) for answer in answers] for answers in (ours, theirs)]

    def score(i: int, j: int) -> float:
        if not are_comparable(ours[i].kind, theirs[j].kind):
            return 0.0
        (whole, near), (other, other_near) = masked[0][i], masked[1][j]
        alike = likeness(whole, other)
        return 0.0 if alike < _SAME_SENTENCE else (alike + likeness(near, other_near)) / 2

    pairs = pair_best(len(ours), len(theirs), score, _SAME_SENTENCE)
    left = [i for i in range(len(ours)) if i not in {i for i, _ in pairs}]
    right = [j for j in range(len(theirs)) if j not in {j for _, j in pairs}]
    return pairs + list(_pair_by_question(ours, theirs, left, right))


def _mask(answer: Answer) -> tuple[list[str], list[str]]:
    """The words of the figure's sentence without digits and the figure, and those beside the figure."""
    row = answer.mentions[0].figure["printed"]
    start = row["start_char"] - row["sentence_start_char"]
    left = level_words(row["sentence"][:start])
    right = level_words(row["sentence"][start + len(row["surface"]) :])
    whole = [word for word in (*left, "#", *right) if not word[0].isdigit()]
    return whole, [*left[-_AROUND:], "#", *right[:_AROUND]]


def _pair_by_question(
    ours: Sequence[Answer], theirs: Sequence[Answer], left: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[int, int]]:
    answers = [*(ours[i] for i in left), *(theirs[j] for j in right)]
    if not left or not right:
        return
    for group in cluster_answers(answers, score_pairs(answers)):
        old = [left[place] for place in group if place < len(left)]
        new = [right[place - len(left)] for place in group if place >= len(left)]
        yield from zip(old, new, strict=False)


def _is_same(one: Answer, other: Answer) -> bool:
    return one.interval.equals(other.interval) and one.interval.is_vague == other.interval.is_vague


def _describe(change: str, before: Answer | None, after: Answer | None) -> Row:
    answers = [answer for answer in (before, after) if answer]
    return {
        "change": change,
        "label": word_question(answers),
        "kind": answers[-1].kind,
        **{f"before_{name}": value for name, value in _read(before).items()},
        **_read(after),
    }


def _read(answer: Answer | None) -> Mapping[str, Any]:
    if answer is None:
        return dict.fromkeys(("surface", "low", "high", "unit", "sentence", "start_char", "end_char"))
    row, interval = answer.mentions[0].figure["printed"], answer.interval
    own = row["unit"] if interval.unit is not None else None
    return {
        "surface": row["surface"],
        "low": from_dimension(interval.low, own),
        "high": from_dimension(interval.high, own),
        "unit": row["unit"],
        "sentence": row["sentence"],
        "start_char": row["start_char"],
        "end_char": row["end_char"],
    }
