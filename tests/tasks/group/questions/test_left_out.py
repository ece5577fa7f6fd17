"""A bare number has the noun of the number before it, if that is the only one it can be, or a unit that its article prints."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.group.questions import StoryArticle
from tasks.group.questions.left_out import lend_nouns, lend_units

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


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The lorry was doing 61 mph, the sheriff said. The limit there is 45.", ("measure", "[mi_i]/h")),
        ("The Alliance is at 38 per cent and the Harbour Party at 32.", ("percent", "%")),
        # the same number with its unit elsewhere, and bare millions where all others are sums
        ("The stadium costs 412 million euros. She called 412 million a worst case.", ("money", "EUR")),
        ("The stadium costs 412 million euros. It is old. Its roof came to 31 million.", ("money", None)),
        ("The stadium costs 412 million euros in a land of 31 million people. It is 31 million.", None),
        # something else is counted
        ("Doses reached 90 per cent of them. The toll rose to 83.", None),
        ("Doses reached 90 per cent of them. Seventeen stayed at home.", None),
    ],
)
def test_a_bare_number_has_a_unit_that_its_article_prints(
    text: str, unit: tuple[str, str | None] | None, read_story: Read
) -> None:
    (article,) = read_story(text)
    bare = article.figures[-1]
    lent = lend_units(article.figures, text).get(bare["start_char"])

    assert bare["counted"] is None
    assert (lent and (lent["kind"], lent["unit"])) == unit
