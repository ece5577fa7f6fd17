"""How strongly articles, and stories, of one day's reach are linked: the evidence of their pairs, each weighed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from core.captures import digest_text
from core.outcomes import Row
from tasks.group.corrections import NO_CORRECTIONS, Corrections
from tasks.group.evidence import LOWEST_COSINE, UNLIKE, Profile, judge_stories_again, weigh_pair
from tasks.group.features import TermCounts, weigh_counts
from tasks.group.languages import base_language, weigh_free
from tasks.group.sparse_vectors import Scales, Vector, Vectors
from tasks.group.specifics import STRANGERS, Specifics

LONGEST_DAYS = 10.0
# Of a larger story, this many articles are compared: always the same ones as it grows.
COMPARED = 8
# How much the nearest article counts beside the mean of all: a late report is near one report and far from the others. From .15 on
# more twin events are joined (docs/errors-comparison.md).
NEAREST_WEIGHT = 0.08
DAY_SECONDS = 86_400.0


class Seen(NamedTuple):
    """What an article names and is specific about."""

    profile: Profile
    specifics: Specifics


@dataclass(frozen=True)
class Article:
    """An article without its text: its row, and the counts of its terms, of its lead's terms and of its language-free terms.

    `tell` says what else it is compared by; it is asked once, when the article is first compared."""

    row: Row
    counts: Vector
    lead: Vector
    free: Vector
    tell: Callable[[], Seen]

    @cached_property
    def seen(self) -> Seen:
        """What it names and is specific about."""
        return self.tell()

    @cached_property
    def day(self) -> date | None:
        """The day of publication in UTC, None if it is unknown."""
        return self.row["published_at"].date() if self.row["published_at"] else None

    @cached_property
    def language(self) -> str:
        """The language without its region, empty if it is unknown."""
        return base_language(self.row)


class Stacks(NamedTuple):
    """The counts of articles' terms, of their leads' and of their language-free terms, one row for each article."""

    counts: Vectors
    leads: Vectors
    free: Vectors

    @classmethod
    def of(cls, articles: Sequence[Article], terms: TermCounts) -> Stacks:
        """Those of these articles; `terms` has their terms."""
        return cls(
            terms.stack([article.counts for article in articles]),
            terms.stack([article.lead for article in articles]),
            terms.stack([article.free for article in articles]),
        )

    def take(self, places: Sequence[int]) -> Stacks:
        """The rows of these articles."""
        return Stacks(*(vectors.take(places) for vectors in self))


class Links:
    """The links between articles, by their places: log odds that two of them tell of one event."""

    def __init__(
        self,
        articles: Sequence[Article],
        stacks: Stacks,
        judge: StoryJudge,
        corrections: Corrections = NO_CORRECTIONS,
    ) -> None:
        self.rows = [article.row for article in articles]
        self.vectors = weigh_counts(stacks.counts)
        self.free = weigh_counts(stacks.free)
        self.corrections = corrections
        self.languages = [article.language for article in articles]
        self._articles = articles
        self._judge = judge
        self._leads = weigh_counts(stacks.leads)
        self._scales = Scales(self.vectors.term_count)
        self._odds: dict[tuple[int, int], float] = {}

    @classmethod
    def of(
        cls,
        articles: Sequence[Article],
        terms: TermCounts,
        judge: StoryJudge,
        corrections: Corrections = NO_CORRECTIONS,
    ) -> Links:
        """The links between these articles, with weights of terms from these alone. `judge` weighs pairs of stories."""
        return cls(articles, Stacks.of(articles, terms), judge, corrections)

    def sample(self, places: Sequence[int]) -> list[list[int]]:
        """At most COMPARED of the articles, drawn by their ids; one list for each story that a person merged into this one."""
        drawn = sorted(places, key=lambda place: digest_text("sample", self.rows[place]["article_id"]))
        return [side[:COMPARED] for side in (self._find_sides(drawn) if self.corrections else [drawn])]

    def _find_sides(self, places: Sequence[int]) -> list[list[int]]:
        """The articles of each story that was merged; those that came later are on every side."""
        side_of = {place: self.corrections.find_side(self.rows[place]["article_id"]) for place in places}
        sides = dict.fromkeys(side for side in side_of.values() if side) or {(): None}
        return [[place for place in places if side_of[place] in (side, ())] for side in sides]

    def between(self, ones: Sequence[int], others: Sequence[int], nearest: float = NEAREST_WEIGHT) -> float:
        """The mean log odds of the pairs of two stories, beside the mean of the article that is nearest to the other story, which has
        the weight `nearest`."""
        odds = self.weigh_pairs([(a, b) for a in ones for b in others])
        width = len(others)
        means = [sum(odds[begin : begin + width]) / width for begin in range(0, len(odds), width)]
        means += [sum(odds[begin::width]) / len(ones) for begin in range(width)]
        # Rounded, so that the order of an addition decides nothing.
        return round((1 - nearest) * sum(odds) / len(odds) + nearest * max(means), 9)

    def within(self, places: Sequence[int]) -> float:
        """The mean log odds of the pairs of one story of two articles or more."""
        odds = self.weigh_pairs([(a, b) for number, a in enumerate(places) for b in places[:number]])
        return round(sum(odds) / len(odds), 9)

    def weigh(
        self,
        ones: Sequence[Sequence[int]],
        others: Sequence[Sequence[int]],
        judge: StoryJudge | None = None,
    ) -> float:
        """The log odds that two stories are one, of their nearest sides (see `sample`). `judge` weighs instead of the own one."""
        judge = judge or self._judge
        return max(judge(self, one, other) for one in ones for other in others)

    def find_names(self, place: int) -> Set[str]:
        """The people and places that an article names, without those of world fame."""
        profile = self._articles[place].seen.profile
        return profile.persons.keys() | profile.places.keys()

    def pair(self, one: int, other: int) -> float:
        """The log odds of two articles."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._odds:
            self._weigh_with(pair[0], [pair[1]])
        return self._odds[pair]

    def weigh_pairs(self, pairs: Iterable[tuple[int, int]]) -> list[float]:
        """The log odds of each of these pairs of articles. Those of one article are compared all at once."""
        ordered = [(a, b) if a < b else (b, a) for a, b in pairs]
        missing: dict[int, dict[int, None]] = {}
        for one, other in ordered:
            if (one, other) not in self._odds:
                missing.setdefault(one, {})[other] = None
        for one, others in missing.items():
            self._weigh_with(one, others)
        return [self._odds[pair] for pair in ordered]

    def _weigh_with(self, one: int, others: Iterable[int]) -> None:
        days = {other: self._days_between(one, other) for other in others}
        near = [other for other, apart in days.items() if apart is None or apart <= LONGEST_DAYS]
        foreign = [other for other in near if self._are_foreign(one, other)]
        cosines = self._compare(self.vectors, one, [other for other in near if other not in foreign])
        alike = [other for other, cosine in cosines.items() if cosine >= LOWEST_COSINE]
        found = dict.fromkeys(days, UNLIKE)
        for other in foreign:
            found[other] = weigh_free(self.free, self._scales, one, other, days[other])
        for other, lead in self._compare(self._leads, one, alike).items():
            found[other] = self._weigh_pair(one, other, cosines[other], lead, days[other])
        self._odds |= {(one, other): odds for other, odds in found.items()}

    def _weigh_pair(self, one: int, other: int, cosine: float, lead: float, days: float | None) -> float:
        first, second = self._articles[one].seen, self._articles[other].seen
        odds = weigh_pair(first.profile, second.profile, cosine, lead, days)
        is_linked = odds > STRANGERS
        return STRANGERS if is_linked and first.specifics.is_stranger(second.specifics) else odds

    def _compare(self, vectors: Vectors, one: int, others: Sequence[int]) -> dict[int, float]:
        products = self._scales.compare(vectors[one], [vectors[other] for other in others])
        return dict(zip(others, products, strict=True))

    def _are_foreign(self, one: int, other: int) -> bool:
        """Whether the articles are known to be in different languages."""
        first, second = self.languages[one], self.languages[other]
        return bool(first and second) and first != second

    def _days_between(self, one: int, other: int) -> float | None:
        first, second = self.rows[one]["published_at"], self.rows[other]["published_at"]
        return abs((first - second).total_seconds()) / DAY_SECONDS if first and second else None


StoryJudge = Callable[[Links, Sequence[int], Sequence[int]], float]
"""Gives the log odds that two stories are one; each is given by the places of its articles."""


def judge_stories(links: Links, ones: Sequence[int], others: Sequence[int]) -> float:
    """The log odds that two stories are one, with the second look at two stories of several articles each."""
    return _look_again(links, ones, others, links.between(ones, others))


def judge_parts(links: Links, ones: Sequence[int], others: Sequence[int]) -> float:
    """The log odds that two parts of a story are of one event. One near pair is how they came together, so it counts no more here
    than others do."""
    return _look_again(links, ones, others, links.between(ones, others, nearest=0.0))


def _look_again(links: Links, ones: Sequence[int], others: Sequence[int], odds: float) -> float:
    if min(len(ones), len(others)) < 2:
        return odds
    return judge_stories_again(odds, min(links.within(ones), links.within(others)))
