"""Gather the answers of an article: its figures, those that say the same thing taken together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from core.outcomes import Row
from tasks.group.questions.answers import Answer, Mention
from tasks.group.questions.contrasts import find_contrasts
from tasks.group.questions.kinds import is_label, question_kind
from tasks.group.questions.left_out import lend_nouns, lend_units
from tasks.group.questions.rules.sole_holders import mark_sole
from tasks.group.questions.same_person import agree, split_name
from tasks.group.questions.times import read_time
from tasks.group.questions.value_ranges import ValueRange, bound_age, read_interval
from tasks.group.questions.words.glossary import glossary_of
from tasks.group.questions.words.glossing import gloss_figures
from tasks.group.questions.words.lexicon import base_words
from tasks.group.questions.words.sets import WordSets

_HARM = frozenset({"shoot", "kill", "stab", "strike", "hit", "murder", "slay", "wound"})
_HURT = frozenset({"dead", "hurt"})
# Two equal spans of one text are one only if they share such words: "a week" is many things.
_LASTING = ("predicates", "measured", "role_words", "close")
_CLAUSE_CHARS = 160
_OFFSET = re.compile(r"\s+(after|before|later|earlier|ago|from now|since)\b")


def gather_answers(
    article: Row, figures: Sequence[Row], mentions: Sequence[Row], sentences: Sequence[Row]
) -> list[Answer]:
    """The answers of one article, in the order of the text. Ranks, labels and numbers without a value give none.

    `article` has article_id, body_text and language; `figures` are described (tasks/extract/figure_context). Words of
    another language than English are read as English ones (words/glossing.py).
    """
    spans = {row["sentence_number"]: (row["start_char"], row["end_char"]) for row in sentences}
    glossary = glossary_of(article.get("language"))
    if glossary:
        figures = gloss_figures(article["body_text"], figures, spans, glossary)
    published = article.get("published_at")
    sets = WordSets(article["body_text"], mentions, glossary.read if glossary else base_words)
    reader = _Reader(article["body_text"], spans, sets, published)
    by_value: defaultdict[tuple[object, ...], list[Answer]] = defaultdict(list)
    answers: list[Answer] = []
    lent, units = lend_nouns(figures), lend_units(figures, article["body_text"])
    for figure in figures:
        kind = question_kind(figure, article["body_text"])
        if kind == "count" and (unit := units.get(figure["start_char"])):
            figure = {**figure, **unit}
            kind = question_kind(figure, article["body_text"])
        interval = read_interval(figure, kind)
        if interval is None or is_label(figure, article["body_text"]):
            continue
        if kind == "age":
            start = figure["start_char"]
            interval = bound_age(interval, article["body_text"][max(0, start - 25) : start])
        mention = reader.read(figure, kind, interval, lent.get(figure["start_char"]))
        same = by_value[kind, interval, mention.pair]
        answer = next((answer for answer in same if _says_same(answer, mention)), None)
        if answer is not None:
            answer.add(mention)
            continue
        same.append(Answer(article["article_id"], [mention], article.get("language") or "en"))
        answers.append(same[-1])
    _rank(answers)
    mark_sole(answers)
    for one, other in find_contrasts(answers, article["body_text"]):
        one.contrasts.append(other)
    return answers


def _rank(answers: Iterable[Answer]) -> None:
    """Answers of one kind are rivals. "Two years ago" and "in six weeks" are none of "seven minutes"."""
    by_kind: defaultdict[tuple[str, bool], list[Answer]] = defaultdict(list)
    for answer in answers:
        by_kind[answer.kind, answer.says_when].append(answer)
    for group in by_kind.values():
        for rank, answer in enumerate(group):
            answer.rank, answer.rivals = rank, len(group)


class _Reader:
    """Reads the figures of one text into mentions."""

    def __init__(
        self, text: str, spans: Mapping[int, tuple[int, int]], sets: WordSets, published: datetime | None
    ) -> None:
        self._published = published
        self._text = text
        self._spans = spans
        self._sets = sets

    def read(
        self, figure: Row, kind: str, interval: ValueRange, lent: Mapping[str, object] | None = None
    ) -> Mention:
        """The mention of a figure; `lent` is the noun that a bare count leaves out."""
        start, end = figure["start_char"], figure["end_char"]
        sentence = self._spans.get(figure["sentence_number"], (start, end))
        pair = self._pair_side(start, end) if kind == "score" else None
        offset = _OFFSET.match(self._text, end) if kind == "duration" else None
        return Mention(
            figure=figure,
            kind=kind,
            interval=interval,
            place=start / max(1, len(self._text)),
            is_leading=(figure["sentence_number"] or 0) <= 3,
            name=split_name(figure["measured"]) if figure["measured_entity_id"] else None,
            pair=pair,
            offset=offset[1] if offset else None,
            sets=self._sets.read(
                {**figure, **lent} if lent and kind == "count" else figure, kind, sentence, pair
            ),
            time=read_time(figure, self._published),
            lead=self._text[max(sentence[0], start - _CLAUSE_CHARS) : start],
            tail=self._text[end : min(sentence[1], end + _CLAUSE_CHARS)],
        )

    def _pair_side(self, start: int, end: int) -> tuple[str, str] | None:
        """The other number of "31-24" or "31 to 24", and on which side it is."""
        if match := re.match(r"(?:[-–]| to )(\d+)", self._text[end : end + 9]):
            return "right", match[1]
        match = re.search(r"(\d+)(?:[-–]|(?: votes)? to )$", self._text[max(0, start - 15) : start])
        return ("left", match[1]) if match else None


def _says_same(answer: Answer, mention: Mention) -> bool:
    """Whether a figure of the same value answers the same: a name, a role or kin can forbid it."""
    if mention.kind == "age":
        return _is_same_holder(answer, mention)
    if mention.kind == "duration":
        return any(answer.words(name) & mention.sets[name] for name in _LASTING)
    if mention.kind != "count":
        return True
    both_persons = answer.words("persons") and mention.sets["persons"]
    ours, theirs = answer.words("outcomes"), mention.sets["outcomes"]
    if both_persons and ours and theirs:
        return bool(ours & theirs)
    return bool(answer.words("nouns") & mention.sets["nouns"])


def _is_same_holder(answer: Answer, mention: Mention) -> bool:
    names = agree(answer.names, [mention.name] if mention.name else [])
    if names:
        return names > 0
    for table in ("genders", "kin"):
        ours, theirs = answer.words(table), mention.sets[table]
        if ours and theirs and not ours & theirs:
            return False
    side, other = _side(answer.words("outcomes")), _side(mention.sets["outcomes"])
    if side and other and side != other:
        return False
    did, suffered = answer.words("active") & _HARM, answer.words("passive") & _HARM
    does, suffers = mention.sets["active"] & _HARM, mention.sets["passive"] & _HARM
    return not (did and suffers and not suffered) and not (suffered and does and not did)


def _side(outcomes: Iterable[str]) -> str:
    found = set(outcomes)
    if "accused" in found:
        return "" if found & _HURT else "accused"
    return "victim" if found & _HURT else ""
