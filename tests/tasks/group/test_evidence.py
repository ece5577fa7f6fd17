"""What speaks for and against two articles telling of one event."""

from __future__ import annotations

from typing import Any

import pytest
from grouping_articles import make_article, when

from tasks.group.evidence import (
    FEATURES,
    LOWEST_COSINE,
    LOWEST_ODDS,
    STRONGEST,
    UNLIKE,
    Profile,
    Weights,
    judge_stories_again,
    observe,
    read_profile,
    use_weights,
    weigh_pair,
)


def profile(**more: Any) -> Profile:
    return read_profile(make_article("a", "Ferry aground at Port Sable", "", when(6), **more))


def named(
    entity_id: str, weight: int = 2, *, is_famous: bool = False, kind: str = "person"
) -> dict[str, Any]:
    return {"entity_id": entity_id, "entity_type": kind, "weight": weight, "is_famous": is_famous}


def weigh(one: Profile, other: Profile, cosine: float, days: float | None) -> float:
    """The odds of two articles whose leads are as alike as the rest."""
    return weigh_pair(one, other, cosine, cosine, days)


def test_words_less_alike_than_the_lowest_are_no_pair() -> None:
    assert weigh(profile(), profile(), LOWEST_COSINE - 0.01, 0.0) == UNLIKE


def test_shared_people_and_places_speak_for_a_pair_but_for_those_of_world_fame() -> None:
    plain = weigh(profile(), profile(), 0.2, 0.0)
    hale = profile(entity_weights=[named("hale")])
    quay = profile(entity_weights=[named("quay", kind="place")])
    famous = profile(entity_weights=[named("queen", is_famous=True)])
    assert weigh(hale, hale, 0.2, 0.0) > plain
    assert weigh(quay, quay, 0.2, 0.0) > plain
    assert weigh(famous, famous, 0.2, 0.0) == plain


@pytest.mark.parametrize("kind", ["age", "count", "measure"])
def test_numbers_that_clash_speak_against_a_pair_and_equal_ones_for_it(kind: str) -> None:
    one = profile(numbers=[{"kind": kind, "value": 34.0, "unit": "m"}])
    other = profile(numbers=[{"kind": kind, "value": 51.0, "unit": "m"}])
    unknown = weigh(one, profile(), 0.2, 0.0)
    assert weigh(one, other, 0.2, 0.0) < unknown < weigh(one, one, 0.2, 0.0)


def test_a_measure_is_the_same_only_in_the_same_unit() -> None:
    metres = profile(numbers=[{"kind": "measure", "value": 34.0, "unit": "m"}])
    degrees = profile(numbers=[{"kind": "measure", "value": 34.0, "unit": "Cel"}])
    assert weigh(metres, degrees, 0.2, 0.0) < weigh(metres, metres, 0.2, 0.0)


def test_one_or_two_people_stand_in_any_report() -> None:
    two = profile(numbers=[{"kind": "count", "value": 2.0}])
    assert two.counts == frozenset()
    assert profile(numbers=[{"kind": "age", "value": 2.0}]).ages == {2.0}


def test_days_apart_and_unknown_times_speak_against_a_pair() -> None:
    on_one_day = weigh(profile(), profile(), 0.3, 0.0)
    assert weigh(profile(), profile(), 0.3, 1.5) == on_one_day
    assert weigh(profile(), profile(), 0.3, 7.0) < weigh(profile(), profile(), 0.3, 4.0) < on_one_day
    assert weigh(profile(), profile(), 0.3, None) < on_one_day


def test_no_pair_says_more_than_the_strongest() -> None:
    same = profile(entity_weights=[named("hale"), named("quay", kind="place")])
    assert weigh(same, same, 1.0, 0.0) == STRONGEST


def test_like_leads_speak_for_a_pair() -> None:
    assert weigh_pair(profile(), profile(), 0.2, 0.1, 0.0) < weigh_pair(profile(), profile(), 0.2, 0.3, 0.0)


def test_the_second_look_parts_stories_whose_articles_are_much_closer_to_each_other() -> None:
    assert judge_stories_again(1.0, 1.0) == judge_stories_again(1.0, 0.5) > 0 > judge_stories_again(1.0, 5.0)
    assert judge_stories_again(4.0, 5.0) > 0


def headed(title: str, language: str = "en") -> Profile:
    return read_profile(make_article("a", title, "A woman was hurt.", when(6), language=language))


def test_a_headline_about_a_man_and_one_about_a_woman_are_less_likely_of_one_event() -> None:
    man, woman, nobody = headed("Man shot in Sable"), headed("Woman shot in Sable"), headed("Shots in Sable")
    assert weigh(man, woman, 0.2, 0.0) < weigh(man, nobody, 0.2, 0.0) == weigh(man, man, 0.2, 0.0)


def test_headlines_that_share_a_sex_do_not_clash() -> None:
    man, both = headed("Man shot in Sable"), headed("Man and woman shot in Sable")
    assert both.sexes == {"male", "female"}
    assert observe(man, both, 0.2, 0.2)[FEATURES.index("sexes_clash")] == 0.0


def test_relatives_do_not_tell_the_sex_of_those_whom_a_report_is_about() -> None:
    assert headed("Wife of missing skipper waits").sexes == frozenset()


@pytest.mark.parametrize(
    ("language", "man", "woman"),
    [
        ("de-AT", "Mann angeschossen", "Mädchen angeschossen"),
        ("es", "Disparan a un hombre", "Disparan a una mujer"),
        ("fr", "Un homme blessé", "Une femme blessée"),
        ("it", "Uomo ferito", "Donna ferita"),
        ("nl", "Man gewond", "Vrouw gewond"),
        ("pt", "Homem ferido", "Mulher ferida"),
        ("sv", "Pojke skadad", "Kvinna skadad"),
    ],
)
def test_each_language_has_its_own_words_for_men_and_women(language: str, man: str, woman: str) -> None:
    assert headed(man, language=language).sexes == {"male"}
    assert headed(woman, language=language).sexes == {"female"}
    assert headed(man, language="ja").sexes == headed(woman, language="ja").sexes == frozenset()


def test_the_second_look_joins_nothing_that_the_first_does_not() -> None:
    assert judge_stories_again(-0.1, -0.1) == -0.1


def test_stories_that_are_far_apart_get_no_second_look() -> None:
    below = LOWEST_ODDS - 0.01
    assert judge_stories_again(below, below) == below


def test_other_weights_count_while_they_are_used_and_no_longer() -> None:
    before = weigh(profile(), profile(), 0.5, 0.0)
    with use_weights(Weights((0.0,) * len(FEATURES), 1.5, None)):
        assert weigh(profile(), profile(), 0.5, 0.0) == 1.5
        assert judge_stories_again(1.0, 5.0) == 1.0
    assert weigh(profile(), profile(), 0.5, 0.0) == before
    assert judge_stories_again(1.0, 5.0) < 0
