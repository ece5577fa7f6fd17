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
