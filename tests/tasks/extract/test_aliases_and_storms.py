"""Names end before "alias", hold nicknames before O' names, storms are events; "added coach X" has its own speaker."""

from __future__ import annotations

from benchmarks.corpora import make_article
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles


def extract(text: str, language: str = "en") -> dict[str, list[dict[str, object]]]:
    article = {**make_article("a" * 32, text), "language": language}
    return extract_articles([article], ExtractOptions()).rows


def test_names_end_before_alias_and_hold_their_nickname() -> None:
    text = "Police named him as Daniel Ochieng alias “Bonge”. Bobby “Bones” O’Hara scored twice."
    names = [row["surface"] for row in extract(text)["mentions"]]
    assert "Daniel Ochieng" in names
    assert "Bobby “Bones” O’Hara" in names


def test_a_storm_with_a_name_is_an_event() -> None:
    found = {
        row["surface"]: row["entity_type"] for row in extract("Cyclone Freya hit Queensland.")["mentions"]
    }
    assert found["Cyclone Freya"] == "event"


def test_who_added_is_the_speaker_of_what_was_added() -> None:
    rows = extract("“We lost,” Wei said. “We deserved it,” added coach Dan Poll.")["quotations"]
    assert [row["speaker"] for row in rows] == ["Wei", "coach Dan Poll"]


def test_a_hebrew_prefix_before_a_hyphen_makes_no_negative_number() -> None:
    rows = extract("לפחות 15 בני אדם נהרגו וכ-30 נפצעו.", "he")["figures"]
    assert [row["value"] for row in rows] == [15.0, 30.0]
