"""What speaks for and against two articles telling of one event."""

from __future__ import annotations

from typing import Any

import pytest
from grouping_articles import make_article, when

from tasks.group.evidence import LOWEST_COSINE, STRONGEST, UNLIKE, Profile, read_profile, weigh_pair


def profile(**more: Any) -> Profile:
    return read_profile(make_article("a", "Ferry aground at Port Sable", "", when(6), **more))


def named(
    entity_id: str, weight: int = 2, *, is_famous: bool = False, kind: str = "person"
) -> dict[str, Any]:
    return {"entity_id": entity_id, "entity_type": kind, "weight": weight, "is_famous": is_famous}


def test_words_less_alike_than_the_lowest_are_no_pair() -> None:
    assert weigh_pair(profile(), profile(), LOWEST_COSINE - 0.01, 0.0) == UNLIKE


def test_shared_people_and_places_speak_for_a_pair_but_for_those_of_world_fame() -> None:
    plain = weigh_pair(profile(), profile(), 0.2, 0.0)
    hale = profile(entity_weights=[named("hale")])
    quay = profile(entity_weights=[named("quay", kind="place")])
    famous = profile(entity_weights=[named("queen", is_famous=True)])
    assert weigh_pair(hale, hale, 0.2, 0.0) > plain
    assert weigh_pair(quay, quay, 0.2, 0.0) > plain
    assert weigh_pair(famous, famous, 0.2, 0.0) == plain


@pytest.mark.parametrize("kind", ["age", "count"])
def test_numbers_that_clash_speak_against_a_pair_and_equal_ones_for_it(kind: str) -> None:
    one = profile(numbers=[{"kind": kind, "value": 34.0}])
    other = profile(numbers=[{"kind": kind, "value": 51.0}])
    unknown = weigh_pair(one, profile(), 0.2, 0.0)
    assert weigh_pair(one, other, 0.2, 0.0) < unknown < weigh_pair(one, one, 0.2, 0.0)


def test_one_or_two_people_stand_in_any_report() -> None:
    two = profile(numbers=[{"kind": "count", "value": 2.0}])
    assert two.counts == frozenset()
    assert profile(numbers=[{"kind": "age", "value": 2.0}]).ages == {2.0}


def test_days_apart_and_unknown_times_speak_against_a_pair() -> None:
    on_one_day = weigh_pair(profile(), profile(), 0.3, 0.0)
    assert weigh_pair(profile(), profile(), 0.3, 1.5) == on_one_day
    assert (
        weigh_pair(profile(), profile(), 0.3, 7.0) < weigh_pair(profile(), profile(), 0.3, 4.0) < on_one_day
    )
    assert weigh_pair(profile(), profile(), 0.3, None) < on_one_day


def test_no_pair_says_more_than_the_strongest() -> None:
    same = profile(entity_weights=[named("hale"), named("quay", kind="place")])
    assert weigh_pair(same, same, 1.0, 0.0) == STRONGEST
