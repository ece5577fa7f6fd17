"""Two names are one person's where surname and a given name can be the same, whatever a paper puts before them."""

from __future__ import annotations

import pytest

from tasks.group.questions.same_person import agree, split_name


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Dov Maddern", "Ringleader Dov Maddern", 1),
        ("Gran Coretta Bascombe", "Coretta Bascombe", 1),
        ("Princess Ingelise", "Ingelisa", 1),
        ("Cletus Ray Vanmeter", "Cletus Ray Van Meter", 1),
        ("J. Maddern", "Jane Maddern", 1),
        ("Maddern", "Dov Maddern", 1),
        ("Dov Maddern", "Ilse Maddern", -1),
        ("J. Maddern", "Dov Maddern", -1),
        ("Mr Dov Maddern", "Mr Karl Maddern", -1),
        ("Dov Maddern", "Dov Karlsen", -1),
        ("Dov Maddern", None, 0),
    ],
)
def test_names_are_one_person_by_surname_and_any_given_name(one: str, other: str | None, found: int) -> None:
    names = [[name] if (name := split_name(surface)) else [] for surface in (one, other)]
    assert agree(*names) == found
    assert agree(*reversed(names)) == found
