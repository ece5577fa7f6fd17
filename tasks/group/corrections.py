"""Which articles people put into one story, and which they keep apart.

A person's correction outweighs all evidence. Corrections are taken in order of time: a later one overrides an earlier one where
both speak of the same articles.
"""
# Why: see docs/decisions.md, "A person's correction is kept by every later grouping".

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import groupby

from core.captures import digest_text
from core.outcomes import Row

# A split gives one mark to the articles that left and its opposite to those that stayed.
SplitMark = tuple[str, bool]
_UNMARKED: frozenset[SplitMark] = frozenset()


class Corrections:
    """What the corrections say: `find_group` has the articles that are kept together, `find_marks` tells who is kept apart, `find_side`
    from which stories a merged story was made, and `find_name` the id of the story that a correction put an article into."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        """`rows` are those of `story_corrections` that are not undone, in any order."""
        self._groups: dict[str, set[str]] = {}
        self._marks: dict[str, frozenset[SplitMark]] = {}
        self._sides: dict[str, tuple[tuple[str, str], ...]] = {}
        self._names: dict[str, str] = {}
        in_time = sorted(rows, key=lambda row: (row["decided_at"], row["correction_id"], row["article_id"]))
        for _, some in groupby(in_time, key=lambda row: (row["decided_at"], row["correction_id"])):
            self._take(list(some))

    def __bool__(self) -> bool:
        return bool(self._names)

    def find_group(self, article_id: str) -> set[str]:
        """The articles that are kept with this one, itself included."""
        return self._groups.get(article_id) or {article_id}

    def find_marks(self, article_ids: Iterable[str]) -> frozenset[SplitMark]:
        """The marks of these articles together: two stories are kept apart if one has the opposite of a mark of the other."""
        return frozenset().union(*(self._marks.get(name, _UNMARKED) for name in article_ids))

    def find_side(self, article_id: str) -> tuple[tuple[str, str], ...]:
        """Equal for articles that came from the same story into a merged one; empty for all others."""
        return self._sides.get(article_id, ())

    def find_name(self, article_id: str) -> str | None:
        """The id of the story that the last correction put the article into."""
        return self._names.get(article_id)

    def _take(self, rows: Sequence[Row]) -> None:
        self._names |= {row["article_id"]: row["story_id"] for row in rows}
        if rows[0]["kind"] == "merge":
            self._merge(rows)
        else:
            self._split(rows)

    def _merge(self, rows: Sequence[Row]) -> None:
        joined = set().union(*(self.find_group(row["article_id"]) for row in rows))
        marks = self.find_marks(joined)
        marks = frozenset(mark for mark in marks if not are_apart({mark}, marks))
        for row in rows:
            step = (row["correction_id"], row["from_story_id"])
            self._sides[row["article_id"]] = (*self.find_side(row["article_id"]), step)
        for article_id in joined:
            self._groups[article_id] = joined
            self._marks[article_id] = marks

    def _split(self, rows: Sequence[Row]) -> None:
        left = {row["article_id"] for row in rows if row["story_id"] != row["from_story_id"]}
        mark = rows[0]["correction_id"]
        for article_id in left:
            self.find_group(article_id).discard(article_id)
        marks = self.find_marks(left) | {(mark, True)}
        for article_id in left:
            self._groups[article_id] = left
            self._marks[article_id] = marks
            self._sides.pop(article_id, None)
        stayed = [self.find_group(row["article_id"]) for row in rows if row["article_id"] not in left]
        for article_id in set().union(*stayed):
            self._marks[article_id] = self._marks.get(article_id, _UNMARKED) | {(mark, False)}


def are_apart(ones: Set[SplitMark], others: Set[SplitMark]) -> bool:
    """Whether a correction keeps apart those who have these marks."""
    return any((correction, not side) in others for correction, side in ones)


NO_CORRECTIONS = Corrections()


def correct_stories(rows: Sequence[Row], corrections: Corrections) -> list[str | None]:
    """The story that each article begins in: the one that it has, unless corrections say otherwise."""
    begun = {row["article_id"]: row["story_id"] for row in rows}
    if corrections:
        _part(begun, corrections)
        _join(begun, corrections)
    return [begun[row["article_id"]] for row in rows]


def _part(begun: dict[str, str | None], corrections: Corrections) -> None:
    """Take what is kept apart out of each story. Those that the last correction put into this story stay."""
    for story, ids in _gather(begun).items():
        if not corrections.find_marks(ids):
            continue
        groups = {min(corrections.find_group(name)): None for name in ids}
        parts: list[tuple[list[str], frozenset[SplitMark]]] = []
        for first in sorted(groups, key=lambda name: (corrections.find_name(name) != story, name)):
            some = [name for name in ids if min(corrections.find_group(name)) == first]
            marks = corrections.find_marks(some)
            at = next((at for at, (_, held) in enumerate(parts) if not are_apart(marks, held)), len(parts))
            members, held = parts.pop(at) if at < len(parts) else ([], _UNMARKED)
            parts.insert(at, (members + some, held | marks))
        for leaving, _ in parts[1:]:
            begun |= dict.fromkeys(leaving, _name_part(leaving, set(begun.values()), corrections))


def _name_part(ids: Sequence[str], taken: Set[str | None], corrections: Corrections) -> str:
    given = [corrections.find_name(name) for name in ids]
    own = digest_text("story", *sorted(ids))
    return next((name for name in given if name and name not in taken), own)


def _join(begun: dict[str, str | None], corrections: Corrections) -> None:
    """Put all of a story with what a person put together with some of it."""
    for article_id in sorted(begun):
        together = [begun[name] for name in sorted(corrections.find_group(article_id)) if name in begun]
        stories = [story for story in dict.fromkeys(together) if story]
        wanted = corrections.find_name(article_id)
        kept = wanted if wanted in stories else next(iter(stories), None)
        for name, story in begun.items() if len(stories) > 1 else ():
            if story in stories:
                begun[name] = kept


def _gather(begun: Mapping[str, str | None]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for article_id in sorted(begun):
        if story := begun[article_id]:
            found.setdefault(story, []).append(article_id)
    return found
