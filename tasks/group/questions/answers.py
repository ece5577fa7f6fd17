"""What one article answers: its figures, those that say the same thing taken together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.outcomes import Row
from tasks.group.questions.intervals import Interval, bound_age, read_interval
from tasks.group.questions.kinds import is_label, question_kind
from tasks.group.questions.lexicon import base_words, classes_of, head_noun, is_telling, members_of
from tasks.group.questions.people import Name, agree, split_name

_WINDOW_CHARS, _WINDOW_WORDS = 70, 7
_NEAR_NAME = 40
_HARM = frozenset({"shoot", "kill", "stab", "strike", "hit", "murder", "slay", "wound"})
_HURT = frozenset({"dead", "hurt"})
_OFFSET = re.compile(r"\s+(?:after|before|later|earlier|ago|from now|since)\b")
_TIMES = re.compile(
    r"\b(?:1[6-9]\d\d|20\d\d)\b(?![,.]?\d)|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}\b"
)
_PRONOUNS = frozenset(["it", "that", "this", "they", "which", "who", "what", "these", "those"])
_CAPITALS = re.compile(r"\b[A-Z][\w-]+")
_SENTENCE_START = re.compile(r"(^|[.!?|\n“\"]\s*)[A-Z]")

# The word sets that an answer is compared by; each is the union over its figures.
SETS = (
    "nouns", "persons", "genders", "ages", "kin", "outcomes", "near_outcomes", "roles", "role_words", "active",
    "passive", "window", "sentence", "close", "before", "after", "predicates", "measured", "qualities", "capitals",
    "near_names", "sentence_names", "entities", "per", "units", "pair_sides", "times",
)  # fmt: skip


@dataclass(slots=True)
class Mention:
    """One figure as it stands: its row, interval, kind, and its word sets (see SETS)."""

    figure: Row
    kind: str
    interval: Interval
    place: float
    is_leading: bool
    name: Name | None
    pair: tuple[str, str] | None
    is_offset: bool
    sets: dict[str, set[str]]


@dataclass(slots=True)
class Answer:
    """The figures of one article that say the same: "Cerros, 14" and "the 14-year-old girl"."""

    article_id: str
    kind: str
    mentions: list[Mention] = field(default_factory=list)
    rank: int = 0  # its place among the article's answers of this kind
    rivals: int = 1  # how many answers of this kind the article gives

    def words(self, name: str) -> frozenset[str]:
        """The union of a word set over the mentions."""
        return frozenset().union(*(mention.sets[name] for mention in self.mentions))

    @property
    def names(self) -> set[Name]:
        """Names of the holder."""
        return {mention.name for mention in self.mentions if mention.name}

    @property
    def interval(self) -> Interval:
        """The interval of its first figure: all say the same."""
        return self.mentions[0].interval

    @property
    def is_zero(self) -> bool:
        """Whether it says none."""
        return self.interval.low == self.interval.high == 0

    @property
    def is_offset(self) -> bool:
        """Whether it says how far from another time something is: "two years after"."""
        return any(mention.is_offset for mention in self.mentions)

    def count(self, flag: str) -> float:
        """The share of its figures whose column `flag` is true."""
        return sum(bool(mention.figure.get(flag)) for mention in self.mentions) / len(self.mentions)


def gather_answers(
    article: Row, figures: Sequence[Row], mentions: Sequence[Row], sentences: Sequence[Row]
) -> list[Answer]:
    """The answers of one article, in the order of the text. Ranks, labels and numbers without a value give none.

    `article` has article_id and body_text; `figures` are described (tasks/extract/figure_context).
    """
    spans = {row["sentence_number"]: (row["start_char"], row["end_char"]) for row in sentences}
    reader = _Reader(article["body_text"], mentions, spans)
    by_value: defaultdict[tuple[object, ...], list[Answer]] = defaultdict(list)
    answers: list[Answer] = []
    for figure in figures:
        kind = question_kind(figure, article["body_text"])
        interval = read_interval(figure, kind)
        if interval is None or is_label(figure, article["body_text"]):
            continue
        if kind == "age":
            start = figure["start_char"]
            interval = bound_age(interval, article["body_text"][max(0, start - 25) : start])
        mention = reader.read(figure, kind, interval)
        same = by_value[kind, interval, mention.pair]
        answer = next((answer for answer in same if _says_same(answer, mention)), None)
        if answer is None:
            answer = Answer(article["article_id"], mention.kind)
            same.append(answer)
            answers.append(answer)
        answer.mentions.append(mention)
    _rank(answers)
    return answers


def _rank(answers: Iterable[Answer]) -> None:
    by_kind: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_kind[answer.kind].append(answer)
    for group in by_kind.values():
        for rank, answer in enumerate(group):
            answer.rank, answer.rivals = rank, len(group)


class _Reader:
    """Reads the figures of one text into mentions."""

    def __init__(self, text: str, mentions: Sequence[Row], spans: Mapping[int, tuple[int, int]]) -> None:
        self._text = text
        self._spans = spans
        self._names = mentions

    def read(self, figure: Row, kind: str, interval: Interval) -> Mention:
        start, end = figure["start_char"], figure["end_char"]
        sentence = self._spans.get(figure["sentence_number"], (start, end))
        return Mention(
            figure=figure,
            kind=kind,
            interval=interval,
            place=start / max(1, len(self._text)),
            is_leading=(figure["sentence_number"] or 0) <= 3,
            name=split_name(figure["measured"]) if figure["measured_entity_id"] else None,
            pair=self._pair_side(start, end) if kind == "score" else None,
            is_offset=kind == "duration" and _OFFSET.match(self._text, end) is not None,
            sets=self._sets(figure, kind, sentence),
        )

    def _pair_side(self, start: int, end: int) -> tuple[str, str] | None:
        """The other number of "31-24", and on which side it stands."""
        if match := re.match(r"[-–](\d+)", self._text[end : end + 6]):
            return "right", match[1]
        match = re.search(r"(\d+)[-–]$", self._text[max(0, start - 6) : start])
        return ("left", match[1]) if match else None

    def _sets(self, figure: Row, kind: str, sentence: tuple[int, int]) -> dict[str, set[str]]:
        text, start, end = self._text, figure["start_char"], figure["end_char"]
        left = base_words(text[max(sentence[0], start - _WINDOW_CHARS) : start])[-_WINDOW_WORDS:]
        right = base_words(text[end : min(sentence[1], end + _WINDOW_CHARS)])[:_WINDOW_WORDS]
        inner = base_words(figure["counted"] or "")
        said = figure["measured"] or ""
        measured = [] if figure["measured_entity_id"] or said.lower() in _PRONOUNS else base_words(said)
        own = head_noun(figure["counted"])
        nouns = {noun for noun in (own, measured[-1] if measured else None) if noun}
        roles = set(figure["roles"] or ())
        role_words = {role.partition(":")[2] for role in roles}
        strict = role_words | set(inner) | set(measured)
        spoken = nouns | set(inner) | set(measured) | (set(right[:2]) if kind == "age" else set())
        persons = members_of("persons", spoken)
        pair = self._pair_side(start, end) if kind == "score" else None
        return {
            "nouns": nouns,
            "persons": set(persons),
            "genders": set(classes_of("genders", persons)),
            "ages": set(classes_of("ages", persons)),
            "kin": set(members_of("kin", persons)),
            "outcomes": set(classes_of("outcomes", strict)),
            "near_outcomes": set(classes_of("outcomes", strict | set(left[-4:]) | set(right[:4]))),
            "roles": roles,
            "role_words": role_words,
            "active": {role[5:] for role in roles if role.startswith("subj:")},
            "passive": {role[4:] for role in roles if role.startswith("obj:")},
            "window": {word for word in (*left, *right, *inner) if is_telling(word)},
            "sentence": {word for word in base_words(text[slice(*sentence)]) if is_telling(word)},
            "close": {word for word in (*left[-3:], *right[:3]) if is_telling(word)},
            "before": set(left[-1:]),
            "after": set(right[:1]),
            "predicates": {figure["predicate"]} - {None},
            "measured": set(measured),
            "qualities": {
                r.partition(":")[2] for r in roles if r.startswith(("is:", "poss:", "kind:", "near:"))
            },
            "capitals": self._capitals(start, end, sentence),
            "near_names": self._people(start - _NEAR_NAME, end + _NEAR_NAME),
            "sentence_names": self._people(*sentence),
            "entities": {
                row["entity_id"]
                for row in self._names
                if row["entity_id"] and sentence[0] <= row["start_char"] < sentence[1]
            },
            "per": {figure["per"]} - {None},
            "units": {interval_unit(figure)},
            "pair_sides": {pair[0]} if pair else set(),
            "times": set(_TIMES.findall(text[slice(*sentence)])),
        }

    def _people(self, start: int, end: int) -> set[str]:
        return {
            row["surface"].split()[-1].lower()
            for row in self._names
            if row["entity_type"] == "person" and start <= row["start_char"] < end
        }

    def _capitals(self, start: int, end: int, sentence: tuple[int, int]) -> set[str]:
        """Words with a capital nearby that do not begin a sentence."""
        before = self._text[max(sentence[0], start - 60) : start]
        around = _SENTENCE_START.sub(r"\1", before + "  " + self._text[end : min(sentence[1], end + 50)])
        return {word.lower() for word in _CAPITALS.findall(around) if is_telling(word.lower())}


def interval_unit(figure: Row) -> str:
    """The unit as a word set's member."""
    return str(figure["unit"] or "")


def _says_same(answer: Answer, mention: Mention) -> bool:
    """Whether a figure of the same value answers the same: a name, a role or kin can forbid it."""
    if mention.kind == "age":
        return _is_same_holder(answer, mention)
    if answer.words("nouns") & mention.sets["nouns"] or mention.kind not in ("count",):
        return True
    both_persons = answer.words("persons") and mention.sets["persons"]
    return bool(both_persons and answer.words("outcomes") & mention.sets["outcomes"])


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
