"""Whom "he" and "she" mean, where no list knows the given names."""

from __future__ import annotations

import pytest


def _speakers(rows: dict[str, list[dict[str, object]]]) -> dict[str, str | None]:
    names = {row["entity_id"]: row["name"] for row in rows["entities"]}
    return {str(row["text"]): names.get(row.get("speaker_entity_id")) for row in rows["quotations"]}


@pytest.mark.parametrize(
    "text",
    [
        # her own pronouns, further up, tell that Ysolde Marr is she
        "Ysolde Marr lost her boat and hurt herself. The rowers met on Monday. Boyd Tallis praised Ysolde Marr. “I swam,” she said.",
        # the role tells it, and nothing is told of the subject
        "Boyd Tallis stood on the quay beside his niece, actress Ysolde Marr. “I swam,” she said.",
    ],
)
def test_a_person_known_to_be_she_goes_before_one_of_whom_nothing_is_told(text, extract, article) -> None:
    assert _speakers(extract(article(text)))["I swam,"] == "Ysolde Marr"


def test_two_persons_of_whom_nothing_is_told_are_nobody(extract, article) -> None:
    text = "Boyd Tallis pulled Ysolde Marr out of the river. “I cannot swim,” she said."
    assert _speakers(extract(article(text)))["I cannot swim,"] is None


def test_the_only_person_named_is_meant(extract, article) -> None:
    text = "Boyd Tallis came out of the river. “I cannot swim,” he said."
    assert _speakers(extract(article(text)))["I cannot swim,"] == "Boyd Tallis"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # the subject of the sentence is the same "she", whoever it names besides
        (
            "Ysolde Marr grew up in Halden. She remembers her aunt, Hild Marr-Orrin. “I swam,” she said.",
            "Ysolde Marr",
        ),
        # who spoke in the sentence goes on, though the given name of another tells "he"
        ("Judge Toh Wei Corr said Thomas Boyd had “traded in fictions”. “I swam,” he said.", "Toh Wei Corr"),
        # nothing is told of the one named in passing, and she is known
        (
            "Ms Ysolde Marr was there with the children of the village. The policyholder was Boyd. “I swam,” she said.",
            None,
        ),
        ("The chair, Baroness Ileana Corr, thanked Thomas Boyd. “I swam,” she told him.", "Ileana Corr"),
    ],
)
def test_a_pronoun_goes_on_with_the_subject_and_the_speaker(text, speaker, extract, article) -> None:
    assert _speakers(extract(article(text)))["I swam,"] == speaker


def test_a_place_in_a_role_tells_no_gender(extract, article) -> None:
    text = "Thomas Boyd, a financial adviser in Eau Claire, spoke first. “I swam,” he said."
    assert _speakers(extract(article(text)))["I swam,"] == "Thomas Boyd"


def test_words_of_one_of_a_people_are_not_the_countrys(extract, article) -> None:
    text = "Coach Boyd Tallis was angry. “I swam,” the Italian said. “We swam,” the Italians said."
    found = _speakers(extract(article(text)))
    assert found["I swam,"] is None
    assert found["We swam,"] == "Italy"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # "Grant" is a surname here, and no man's given name
        ("Thomas Boyd and Dr Ysolde Grant met. Dr Grant left. “I swam,” she said.", "Ysolde Grant"),
        # named before the subject, who is "she"
        (
            "Margit Halvorsen never learned to swim. The daughter of a pianist, Rosa Diaz, she joined the survey in May. “I swam,” she said.",
            "Margit Halvorsen",
        ),
        # named in the pronoun's own paragraph, the speaker in the one before it
        (
            "“Done,” said Mayor Pauline Tran.\n\nThe old record was held by Hec Dunstan, whose granddaughter Zoe watched. “I swam,” she said.",
            "Zoe",
        ),
        # the juror has no name
        ("“Done,” said Rosa Diaz.\n\nJuror No. 6, who wept, said it was late. “I swam,” she said.", None),
        # whoever asked is not who replied
        ("Dr Ysolde Grant asked her not to sit. “I swam,” she replied.", None),
    ],
)
def test_a_pronoun_means_nobody_who_is_only_near(text, speaker, extract, article) -> None:
    assert _speakers(extract(article(text)))["I swam,"] == speaker
