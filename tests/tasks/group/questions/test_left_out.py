"""A bare number has the noun of the number before it, if that is the only one it can be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.group.questions import StoryArticle
from tasks.group.questions.left_out import lend_nouns

Read = Callable[..., list[StoryArticle]]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("She has promised 8,000 homes, and he built 3,100.", "homes"),
        ("The works council fears for 900 jobs. Oran speaks of 350.", "jobs"),
        # two things were counted, or the sentence lies between
        ("They closed 14 wards and cut 90 posts. The board speaks of 350.", None),
        ("The council fears for 900 jobs. It is sure of that. Oran speaks of 350.", None),
        ("It costs 900 euros. Oran speaks of 350.", None),
    ],
)
def test_a_bare_number_borrows_the_noun_of_its_sentence_or_the_only_one_before(
    text: str, noun: str | None, read_story: Read
) -> None:
    (article,) = read_story(text)
    bare = article.figures[-1]
    lent = lend_nouns(article.figures).get(bare["start_char"])

    assert bare["counted"] is None
    assert (lent and lent["counted"]) == noun
