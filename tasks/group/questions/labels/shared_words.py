"""What the readings of a question say of it together: the words that most of them use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tasks.group.questions.answers import Mention

# What is measured in name only: units, pronouns, and words for the amount itself.
_UNTELLING = frozenset([
    "years", "year", "old", "m", "ages", "age", "weeks", "week", "days", "day", "hours", "hour",
    "minutes", "months", "month", "it", "that", "this", "they", "he", "she", "which", "who", "what",
    "those", "these", "them", "one", "all", "some", "total", "amount", "number", "rest", "half",
    "percent", "miles", "metres", "feet", "same", "past",
])  # fmt: skip
_DIMENSIONS = {
    "wide": "width",
    "long": "length",
    "deep": "depth",
    "high": "height",
    "tall": "height",
    "thick": "thickness",
}
DIMENSIONS = frozenset(_DIMENSIONS.values())


def commonest(values: Iterable[str | None]) -> str | None:
    """The value met most often, the shortest of several."""
    found = Counter(value for value in values if value)
    return min(found, key=lambda value: (-found[value], -len(value), value)) if found else None


def measured(mentions: Sequence[Mention]) -> str | None:
    """What most readings say has the amount, in words that tell it."""
    words = (m.figure["measured"] or "" for m in mentions)
    told = commonest(word for word in words if word.lower() not in _UNTELLING and not word[:1].isdigit())
    return _DIMENSIONS.get(told, told) if told else None


def is_said_by_two(mentions: Sequence[Mention], articles: Iterable[str]) -> bool:
    """Whether articles that say it are two, or there is only one article."""
    return len(set(articles)) >= min(2, len({m.figure["article_id"] for m in mentions}))


def share_measured(mentions: Sequence[Mention], noun: str) -> bool:
    """Whether two articles, or the only one, say that the noun has the amount."""
    return is_said_by_two(
        mentions,
        (
            m.figure["article_id"]
            for m in mentions
            if _DIMENSIONS.get(told := m.figure["measured"] or "", told) == noun
        ),
    )


def share_role(mentions: Sequence[Mention], role: str) -> bool:
    """Whether two articles, or the only one, give the thing this role."""
    return is_said_by_two(
        mentions, (m.figure["article_id"] for m in mentions if role in (m.figure["roles"] or ()))
    )
