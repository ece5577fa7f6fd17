"""What kind of question a figure answers, by the words around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.group.questions.gathering import gather_answers
from tasks.group.questions.readings import StoryArticle

Read = Callable[..., list[StoryArticle]]


def kinds_of(read_story: Read, text: str) -> list[tuple[str, str]]:
    """Surface and kind of each answer of the text."""
    (one,) = read_story(text)
    answers = gather_answers(one.article, one.figures, one.mentions, one.sentences)
    return [(answer.mentions[0].figure["surface"], answer.kind) for answer in answers]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("It was the third fire this year.", [("third fire", "count")]),
        ("The 14th person to be cleared smiled.", [("14th person", "count")]),
        ("Police arrested a seventh suspect.", [("seventh suspect", "count")]),
        ("It was their fifth straight loss.", [("fifth straight loss", "count")]),
        ("The fire began on the third floor.", []),
        ("It was the second worst storm since 1990.", []),
        ("She won for the first time this year.", []),
        ("The second quarter of this year was poor.", []),
    ],
)
def test_a_rank_is_a_count_only_if_it_says_how_many_there_have_been(
    text: str, kinds: list[tuple[str, str]], read_story: Read
) -> None:
    assert kinds_of(read_story, text) == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Seven in ten people are with us.", "percent"),
        ("One train in five was running.", "percent"),
        ("She had 597 out of 600.", "score"),
        ("Exports earned 480 million.", "money"),
        ("The city has 480 million.", "count"),
        ("Even so there is a gap of 47 million.", "money"),
        ("At the gate of Lipna, 44.6, it was.", "count"),
        ("The mill was built eleven years ago.", "age"),
        ("The mill was shut eleven years ago.", "duration"),
        ("The victims are a woman and a son, 8.", "age"),
        ("The youngest of them was 12; the house stood.", "age"),
        ("Where 2,600 live there is no room.", "count"),
    ],
)
def test_the_words_around_a_number_tell_its_kind(text: str, kind: str, read_story: Read) -> None:
    assert [found for _, found in kinds_of(read_story, text)] == [kind]


def test_a_bare_number_of_millions_behind_a_sum_is_a_sum(read_story: Read) -> None:
    sums = "The loss is €410 million, says the union; the ministry speaks of 260 million."
    phones = "A phone costs $799. Oran sold 36 million phones after 31 million the year before."

    assert [kind for _, kind in kinds_of(read_story, sums)] == ["money", "money"]
    assert [kind for surface, kind in kinds_of(read_story, phones) if "million" in surface] == [
        "count",
        "count",
    ]
