"""Who can be a speaker at all."""

from __future__ import annotations

import pytest

from tasks.extract.quotations.speakers import can_speak


@pytest.mark.parametrize(
    "words", ["postgres=#", "= s.vrf", "’s", "the 712", "1,200", "my", "user_agent", "<div>"]
)
def test_signs_of_code_bare_numbers_and_possessives_alone_speak_nothing(words: str) -> None:
    assert not can_speak(words)


@pytest.mark.parametrize(
    "words",
    [
        "he",
        "Orr",
        "@maraquill",
        "12 witnesses",
        "my neighbour",
        "the 42-year-old",
        "O’Brien",
        "AT&T",
        "its owner",
    ],
)
def test_people_groups_handles_and_houses_do(words: str) -> None:
    assert can_speak(words)


def test_quoted_words_in_a_programs_text_have_no_speaker(extract, article) -> None:
    text = 'The shell shows db=# explain "select all" and stops. “It is late,” said Lindiwe Marais.'
    speakers = {row["text"]: row.get("speaker") for row in extract(article(text))["quotations"]}
    assert speakers["It is late,"] == "Lindiwe Marais"
    assert not any("=#" in (speaker or "") for speaker in speakers.values())


@pytest.mark.parametrize(
    "text",
    [
        "Jack “the Hook” Marlow said: “It is over.”",
        "Jack ‘the Hook’ Marlow said: ‘It is over.’",
        "An expert, Jack “Hook” Marlow, said: “It is over.”",
        "A ‘so-called’ expert, Jack Marlow, said: ‘It is over.’",
        "A “so-called” expert, Jack Marlow, said: “It is over.”",
    ],
)
def test_a_nickname_inside_a_name_and_so_called_are_no_quotations(text: str, extract, article) -> None:
    assert [row["text"] for row in extract(article(text))["quotations"]] == ["It is over."]
