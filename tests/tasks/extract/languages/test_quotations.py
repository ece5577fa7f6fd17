"""Quotations in other languages: on our own labelled articles, spans and speakers stay as good as they are."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles

GOLD = Path(__file__).parents[3] / "data" / "gold" / "quotations"


def last_word(words: str | None) -> str:
    """The last word: the surname, or the head of a description."""
    return (re.findall(r"\w+", words or "") or [""])[-1].lower()


@pytest.mark.parametrize("code", ["de", "es", "fr", "it", "pt"])
def test_most_quotations_have_their_span_and_speaker_and_no_anonymous_speaker_is_a_person(code: str) -> None:
    articles = tomllib.loads((GOLD / f"{code}.toml").read_text(encoding="utf-8"))["article"]
    rows = [
        {"article_id": str(n), "month": date(2024, 1, 1), "body_text": one["text"].strip(), "language": code}
        for n, one in enumerate(articles)
    ]
    found = extract_articles(rows, ExtractOptions()).rows["quotations"]
    wanted = [
        (str(n), quoted["surface"], last_word(quoted["speaker"]))
        for n, one in enumerate(articles)
        for quoted in one["quotations"]
    ]
    texts = {row["article_id"]: row["body_text"] for row in rows}
    given = [
        (row["article_id"], texts[row["article_id"]][row["start_char"] : row["end_char"]], row)
        for row in found
    ]
    right = [(n, surface) for n, surface, _ in wanted if any((n, surface) == one[:2] for one in given)]
    spoken = [
        one for one in wanted if any((n, s, last_word(row.get("speaker"))) == one for n, s, row in given)
    ]
    assert 2 * len(right) / (len(wanted) + len(given)) >= 0.95
    assert len(spoken) / len(right) >= 0.85
    assert not any(row["is_anonymous"] and row["speaker_entity_id"] for row in found)


@pytest.mark.parametrize(
    ("code", "text", "speakers"),
    [
        (
            "tr",
            'Kaza yerine giden Ulaştırma Bakanı Selin Aydoğan, "Böyle bir felaket hiç görmedik" dedi.',
            ["Ulaştırma Bakanı Selin Aydoğan"],
        ),
        (
            "es",
            "«Nunca hemos visto nada igual», dijo la ministra, que viajó al lugar. «Cada familia tendrá una respuesta».",
            ["la ministra", "la ministra"],
        ),
    ],
)
def test_who_speaks_is_told_by_what_stands_nearest(code: str, text: str, speakers: list[str]) -> None:
    row = {"article_id": "1", "month": date(2024, 1, 1), "body_text": text, "language": code}
    found = extract_articles([row], ExtractOptions()).rows["quotations"]
    assert [one["speaker"] for one in found] == speakers
