"""What one article answers: an answer is its figures that say the same thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.outcomes import Row
from tasks.group.questions.same_person import Name
from tasks.group.questions.times import NOW, AnswerTime
from tasks.group.questions.value_ranges import ValueRange

_AHEAD = re.compile(r"\bin (?:about |some |around |just |only )?$", re.IGNORECASE)
_STRETCH = re.compile(r"\b(?:past|last|previous|preceding|first|next|coming) $", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:will|shall|would|is|are|be|due|can|could|may|might|must)\b", re.IGNORECASE)
# Words that put a time outside of what happens: "two years ago". "After" and "later" can be of the same hour.
_LONG = 25 * 86_400.0  # seconds: "the highest in 20 years", "the third in two months"
_OUTSIDE = frozenset({"ago", "from now", "since"})


@dataclass(slots=True)
class Mention:
    """One figure as it is printed: its row, interval, kind, and its word sets (see words/sets.py)."""

    figure: Row
    kind: str
    interval: ValueRange
    place: float
    is_leading: bool
    name: Name | None
    pair: tuple[str, str] | None
    offset: str | None
    sets: Mapping[str, frozenset[str]]
    time: AnswerTime
    lead: str = ""  # of its sentence, what comes before it
    tail: str = ""  # and after it


@dataclass(slots=True)
class Answer:
    """The figures of one article that say the same: "Cerros, 14" and "the 14-year-old girl". `interval` is that of the first,
    for all say the same, `sets` has every word set, united over all, and `time` is that of a figure which tells another than now."""

    article_id: str
    mentions: list[Mention]  # one at least
    language: str = "en"
    rank: int = 0  # its place among the article's answers of this kind
    rivals: int = 1  # how many answers of this kind the article gives
    sole: frozenset[str] = frozenset()  # of an age: what only its holder is in the article
    contrasts: list[Answer] = field(default_factory=list, repr=False)  # what its article sets against it
    kind: str = field(init=False)
    interval: ValueRange = field(init=False)
    time: AnswerTime = field(init=False)
    sets: Mapping[str, frozenset[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        first, *others = self.mentions
        self.kind, self.interval, self.time, self.sets = first.kind, first.interval, first.time, first.sets
        for mention in others:
            self._unite(mention)

    def add(self, mention: Mention) -> None:
        """One more figure that says the same."""
        self.mentions.append(mention)
        self._unite(mention)

    def _unite(self, mention: Mention) -> None:
        if self.time.state == NOW != mention.time.state:
            self.time = mention.time
        self.sets = {name: words | mention.sets[name] for name, words in self.sets.items()}

    def words(self, name: str) -> frozenset[str]:
        """One of its word sets."""
        return self.sets[name]

    @property
    def names(self) -> set[Name]:
        """Names of the holder."""
        return {mention.name for mention in self.mentions if mention.name}

    @property
    def is_zero(self) -> bool:
        """Whether it says none."""
        return self.interval.low == self.interval.high == 0

    @property
    def offsets(self) -> set[str]:
        """The words that say how far from another time something is: "after" of "two years after"."""
        return {mention.offset for mention in self.mentions if mention.offset}

    @property
    def says_when(self) -> bool:
        """Whether it is a length of time that says when something was or will be: "two years ago", "three years after", "will open
        in six weeks", "over the past ten years"; not how long something took: "was over in six minutes", "ended after two hours"."""
        if self.kind != "duration":
            return False
        is_outside = bool(self.offsets & _OUTSIDE) or (bool(self.offsets) and _is_of_weeks(self))
        is_ahead = all(_is_ahead(mention, _is_of_weeks(self)) for mention in self.mentions)
        return is_outside or is_ahead or self.is_stretch

    @property
    def is_stretch(self) -> bool:
        """Whether it is a length of time over which something else is told: "the average of the past 20 years"."""
        return self.kind == "duration" and all(_STRETCH.search(mention.lead) for mention in self.mentions)

    def count(self, flag: str) -> float:
        """The share of its figures whose column `flag` is true."""
        return sum(bool(mention.figure.get(flag)) for mention in self.mentions) / len(self.mentions)


def _is_of_weeks(answer: Answer) -> bool:
    """Whether a length of time is longer than what one report tells of."""
    return (answer.interval.middle or 0.0) >= _LONG


def _is_ahead(mention: Mention, is_of_years: bool) -> bool:
    clause = re.split(r"[.;:!?,]\s", mention.lead)[-1]
    return _AHEAD.search(clause) is not None and (is_of_years or _TO_COME.search(clause) is not None)


TELLING = 2  # digits
_COMMON = 20.0  # numbers up to this are told of many things


def telling_digits(answer: Answer) -> int:
    """How many digits of its number tell something: 2 of 310, 1 of 300. None of an age, of an open end or of a small number,
    which many things have."""
    interval, value = answer.interval, answer.mentions[0].figure["value"]
    if answer.kind == "age" or interval.low != interval.high or not value or abs(value) <= _COMMON:
        return 0
    return len(f"{abs(value):.6g}".partition("e")[0].replace(".", "").strip("0"))
