"""Where articles are placed: day by day, each among the stories of the days around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from core.captures import digest_text
from tasks.group.apart import find_groups
from tasks.group.clusters import DayClusters, Span, Spans
from tasks.group.corrections import Corrections, SplitMark, are_apart, correct_stories
from tasks.group.features import TermCounts
from tasks.group.linkage import DAY_SECONDS, LONGEST_DAYS, Article, Links, Stacks, StoryJudge
from tasks.group.parting import find_part


class Stories:
    """Which story each article is in: `story_of` has a number for each place in `articles`, that of one of the story's
    articles. `begun` has the story that each was in before, corrected; `names` the ids of the stories that have one; `odds`
    those at which articles left a story."""

    def __init__(
        self,
        articles: Sequence[Article],
        terms: TermCounts,
        new_ids: Collection[str],
        judge: StoryJudge,
        corrections: Corrections,
    ) -> None:
        self.articles = articles
        self.begun = correct_stories([article.row for article in articles], corrections)
        self.names: dict[int, str] = {}
        self.odds: dict[int, float] = {}
        self._corrections = corrections
        self.stacks = Stacks.of(articles, terms)
        self._judge = judge
        moments = [article.row["published_at"] for article in articles]
        self._seconds = [moment.timestamp() if moment else None for moment in moments]
        self._days = [article.day for article in articles if article.day]  # they come first, in order
        self._place_of = {article.row["article_id"]: place for place, article in enumerate(articles)}
        self.story_of: list[int] = []
        self.members: dict[int, list[int]] = {}
        first: dict[str, int] = {}
        for place, story_id in enumerate(self.begun):
            story = first.setdefault(story_id, place) if story_id else place
            self.story_of.append(story)
            self.members.setdefault(story, []).append(place)
        self.names = {story: story_id for story_id, story in first.items()}
        self._taken = set(first)
        self._is_placed = [article.row["story_id"] is not None for article in articles]
        self._is_new = [article.row["article_id"] in new_ids for article in articles]
        self._copies: dict[int, int] = {}
        self._parted: dict[int, frozenset[SplitMark]] = {}  # of the day: what left a story does not come back

    def join_duplicates(self) -> None:
        """Put copy and original into one story, unless each is known in its own."""
        for place, article in enumerate(self.articles):
            original = self._place_of.get(article.row["original_article_id"] or "")
            if original is None or are_apart(self._find_marks([place]), self._find_marks([original])):
                continue
            self._copies[place] = original
            self._unite(original, place)

    def join_corrected(self) -> None:
        """Put the articles that a person put together into one story, on whatever day they come."""
        first: dict[str, int] = {}
        for place, article in enumerate(self.articles):
            group = self._corrections.find_group(article.row["article_id"])
            if len(group) > 1:
                self._unite(first.setdefault(min(group), place), place)

    def _unite(self, place: int, later: int) -> None:
        one, other = self.story_of[place], self.story_of[later]
        if one != other and not (one in self.names and other in self.names):
            self._merge(*((other, one) if other in self.names else (one, other)))

    def _merge(self, kept: int, gone: int) -> None:
        for place in self.members[gone]:
            self.story_of[place] = kept
        self.members[kept] += self.members.pop(gone)

    def place_all(self) -> None:
        """Place the new articles, day by day; those without a time come last. Every story has its id afterwards: that of
        the day on which it began, so that it is the same in one load and in many."""
        waiting = [article.day for article, is_new in zip(self.articles, self._is_new, strict=True) if is_new]
        for day in sorted({day for day in waiting if day}):
            self._place_day(day, self._reach(day))
        if None in waiting:
            self._place_day(None, range(len(self.articles)))
        self._name(self.members)

    def _reach(self, day: date) -> list[int]:
        """Places of the articles within LONGEST_DAYS of the day, and of those without a time."""
        margin = timedelta(days=LONGEST_DAYS)
        first, last = bisect_left(self._days, day - margin), bisect_right(self._days, day + margin)
        return [*range(first, last), *range(len(self._days), len(self.articles))]

    def _place_day(self, day: date | None, reach: Iterable[int]) -> None:
        """Join the day's articles with each other and with those placed before, and look again at the stories that have
        got one. A late reprint moves no event, so copies are left to their originals."""
        places = [
            place
            for place in reach
            if place not in self._copies and (self._is_placed[place] or self.articles[place].day == day)
        ]
        links = Links([self.articles[place] for place in places], self.stacks.take(places), self._judge)
        self._join(links, places, [not self._is_placed[place] for place in places])
        touched = {
            self.story_of[place]
            for place in places
            if self._is_new[place] and self.articles[place].day == day
        }
        numbers = {place: number for number, place in enumerate(places)}
        left = [gone for story in sorted(touched) for gone in self._part(links, places, numbers, story)]
        if left:
            self._join(links, places, [place in left for place in places])
            self._parted.clear()
        for place in places:
            self._is_placed[place] = True
        self._name(dict.fromkeys(self.story_of[place] for place in places))

    def _join(self, links: Links, places: Sequence[int], is_new: Sequence[bool]) -> None:
        stories = [self.story_of[place] for place in places]
        today = set(places)
        spans = Spans(lambda story: self._span(story, today))
        is_marked = self._corrections or self._parted
        marks = (
            {story: self._find_marks(self.members[story]) for story in dict.fromkeys(stories)}
            if is_marked
            else {}
        )
        clusters = DayClusters(links, stories, spans, self.names.keys(), marks)
        for kept, gone in clusters.join(is_new):
            self._merge(kept, gone)
        for kept, gone in clusters.join_groups(find_groups(clusters)):
            self._merge(kept, gone)

    def _part(self, links: Links, places: Sequence[int], numbers: Mapping[int, int], story: int) -> list[int]:
        """Take the part that no longer belongs out of a story; gives its places. The rest keeps the story's id. `numbers`
        are those of the places in `links`."""
        part = find_part(links, [numbers[place] for place in self.members[story] if place in numbers])
        leaving = [places[number] for number in part.places] if part else []
        if not part or self._tears(story, leaving):
            return []
        self._leave(story, leaving, part.odds)
        return leaving

    def _tears(self, story: int, leaving: Sequence[int]) -> bool:
        """Whether articles that a person put together would be in two stories if these left."""
        if not self._corrections:
            return False
        stay = {self.articles[p].row["article_id"] for p in self.members[story] if p not in leaving}
        groups = (self._corrections.find_group(self.articles[p].row["article_id"]) for p in leaving)
        return any(not stay.isdisjoint(group) for group in groups)

    def _leave(self, story: int, leaving: Sequence[int], odds: float) -> None:
        """Make a story of these articles and their copies, and number both anew."""
        moved = {place for place in self.members[story] if self._copies.get(place, place) in leaving}
        rest = [place for place in self.members.pop(story) if place not in moved]
        name = self.names.pop(story, None)
        self.odds |= dict.fromkeys(moved, odds)
        for some, side in ((moved, True), (rest, False)):
            self._parted |= dict.fromkeys(some, frozenset({(f"parted {story}", side)}))
        for some in (rest, sorted(moved)):
            self.members[min(some)] = some
            for place in some:
                self.story_of[place] = min(some)
        if name is not None:
            self.names[min(rest)] = name

    def _name(self, stories: Iterable[int]) -> None:
        """Give an id after its first article to each story that has none: the first whose name is free. A story that a person
        corrected keeps the id that it got then."""
        for story in sorted(stories):
            if story in self.names:
                continue
            ids = [self.articles[place].row["article_id"] for place in sorted(self.members[story])]
            own = [digest_text("story", article_id) for article_id in ids]
            given = [name for name in map(self._corrections.find_name, ids) if name]
            name = next(
                (name for name in [*given, *own] if name not in self._taken), digest_text("story", *own)
            )
            self.names[story] = name
            self._taken.add(name)

    def _find_marks(self, places: Collection[int]) -> frozenset[SplitMark]:
        marks = self._corrections.find_marks(self.articles[place].row["article_id"] for place in places)
        return (
            marks.union(*(self._parted.get(place, frozenset()) for place in places))
            if self._parted
            else marks
        )

    def _span(self, story: int, today: Collection[int]) -> Span:
        """The time that a story's articles span, late copies left out, and those that come after `today`, the places looked at. Of a
        story that a person made longer than LONGEST_DAYS only those near today count, so that it can grow."""
        own = [place for place in self.members[story] if place not in self._copies]
        span = self._measure([place for place in own if self._is_placed[place] or place in today])
        if span.seconds <= LONGEST_DAYS * DAY_SECONDS:
            return span
        return self._measure([place for place in own if place in today])

    def _measure(self, places: Sequence[int]) -> Span:
        seconds = [moment for place in places if (moment := self._seconds[place]) is not None]
        return Span(min(seconds), max(seconds)) if seconds else Span()
