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


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A caller on Elm Street said the door was open and left.", None),
        ("Officials in Mexico said the road was closed again.", "Officials in Mexico"),
        ("Mexico said the road was closed again.", "Mexico"),
        ("14:58 Mayor Dagny Thorsen says: “Please keep away from the quay.”", "Mayor Dagny Thorsen"),
        ("Luka Sobol added a third in the 78th minute after Town had pulled one back.", None),
        ("Luka Sobol added the road was closed again.", "Luka Sobol"),
        ("Luka Sobol noted that the second card came late.", "Luka Sobol"),
    ],
)
def test_a_place_an_hour_and_a_goal_are_no_speech(text: str, speaker: str | None, extract, article) -> None:
    rows = extract(article(text)).get("quotations", [])
    assert [row["speaker"] for row in rows] == ([speaker] if speaker else [])


def test_mr_before_a_name_tells_that_she_is_another(extract, article) -> None:
    text = "Asked by Mr Justice Corley if she had taken it, she replied: “Only the small one.”"
    (row,) = extract(article(text))["quotations"]
    assert row.get("speaker_entity_id") is None
