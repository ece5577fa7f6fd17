"""Names inside the words for a speaker: told of by what they are, or named (described.toml)."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tasks.extract.quotations.described import find_named, is_inside_description, widen

GOLD = tomllib.loads((Path(__file__).parent / "described.toml").read_text(encoding="utf-8"))
BEFORE = "Ada Orr met Marcel Lind in Berlin on Monday. Jill Hale, Jake Sutter, Anders Bakke and Rosa Delgado were there.\n\nThe talks took a day.\n\n"
FRAMES = (
    "“The vote was far too close for us,” said {words}.",
    "“The vote was far too close for us,” {words} said.",
    "{words} said on Tuesday that the vote was far too close this year.",
    "{words} said: “The vote was far too close for us.”",
)
Rows = dict[str, list[dict[str, Any]]]


def read(
    extract: Callable[..., Rows], article: Callable[..., Any], phrases: list[str]
) -> dict[str, list[tuple[Any, ...]]]:
    """For each phrase, what each frame gives: the speaker's words, its entity's name, whether it is anonymous."""
    texts = {
        f"{i}-{j}": BEFORE + frame.format(words=words[0].upper() + words[1:] if frame[0] == "{" else words)
        for i, words in enumerate(phrases)
        for j, frame in enumerate(FRAMES)
    }
    rows = extract(*(article(text, key) for key, text in texts.items()))
    names = {row["entity_id"]: row["name"] for row in rows["entities"]}
    found: dict[str, list[tuple[Any, ...]]] = {words: [] for words in phrases}
    for row in rows["quotations"]:
        words = phrases[int(row["article_id"].split("-")[0])]
        found[words].append((row["speaker"], names.get(row["speaker_entity_id"]), row["is_anonymous"]))
    return found


def test_a_speaker_told_of_by_what_they_are_never_has_the_entity_of_a_name_inside(
    extract: Callable[..., Rows], article: Callable[..., Any]
) -> None:
    assert len(GOLD["unnamed"]) + len(GOLD["named"]) >= 60
    found = read(extract, article, [words for words, _ in GOLD["unnamed"]])
    wrong = {words: rows for words, rows in found.items() if any(name for _, name, _ in rows)}
    assert not wrong
    flags = dict(GOLD["unnamed"])
    missed = {
        words: rows for words, rows in found.items() if any(flag != flags[words] for _, _, flag in rows)
    }
    assert not missed
    assert min(map(len, found.values())) >= 2


def test_a_named_speaker_keeps_the_entity_whatever_the_description_names(
    extract: Callable[..., Rows], article: Callable[..., Any]
) -> None:
    wanted = dict(GOLD["named"])
    found = read(extract, article, list(wanted))
    wrong = {
        words: rows
        for words, rows in found.items()
        if any((name, flag) != (wanted[words], False) for _, name, flag in rows)
    }
    assert not wrong


def test_a_pronoun_after_an_unnamed_speaker_is_nobody_named(
    extract: Callable[..., Rows], article: Callable[..., Any]
) -> None:
    text = "Marcel Lind left on Monday.\n\n“He will stay away,” a spokesman for Lind said. “The boats are safe,” he said."
    rows = extract(article(text))["quotations"]
    assert [row["speaker_entity_id"] for row in rows] == [None, None]


@pytest.mark.parametrize(
    ("stranger", "name"),
    [
        ("A nurse, who asked not to be named, told the paper she had raised the alarm.", None),
        ("One driver told reporters of the fire.", None),
        ("A nurse, Ida Moen, told the paper of the alarm.", "Ida Moen"),
        ("The nurse was told of it.", "Ada Orr"),
    ],
)
def test_a_pronoun_after_a_person_without_a_name_is_nobody_named_before(
    extract: Callable[..., Rows], article: Callable[..., Any], stranger: str, name: str | None
) -> None:
    text = f"Ada Orr, the head of the clinic, spoke on Monday.\n\n{stranger} “I was told to check my glasses,” she said."
    found = extract(article(text))
    names = {row["entity_id"]: row["name"] for row in found["entities"]}
    assert [names.get(row["speaker_entity_id"]) for row in found["quotations"]] == [name]


def test_a_surname_in_ly_is_no_adverb(extract: Callable[..., Rows], article: Callable[..., Any]) -> None:
    rows = extract(article("Colm Daly told parliament that the pumps would be withdrawn."))["quotations"]
    assert [row["speaker"] for row in rows] == ["Colm Daly"]


def test_a_verb_behind_the_name_widens_nothing() -> None:
    for text in ("Orr told aides", "Orr said officials", "Orr, officials said", "Orr's claim that"):
        assert widen(text, 0, 0, 3) == (0, 3)
    assert not is_inside_description("Orr told aides", 0, 0, 3)
    assert find_named("Orr told", 0, 3, []) is None


def test_names_behind_a_description_are_no_apposition_in_a_list_or_before_a_verb(
    extract: Callable[..., Rows], article: Callable[..., Any]
) -> None:
    before = "Ada Orr met Marcel Lind in Berlin on Monday.\n\n"
    texts = (
        "“It was late,” said the baker, Ada Orr and others.",
        "“It was late,” said the baker, Ada Orr agreed.",
    )
    rows = extract(*(article(before + text, str(number)) for number, text in enumerate(texts)))["quotations"]
    assert [(row["speaker"], row["speaker_entity_id"]) for row in rows] == [("the baker", None)] * 2


def test_long_descriptions_cost_time_in_proportion() -> None:
    text = "a source close to " * 20_000
    start = time.process_time()
    for place in range(0, len(text), 2_000):
        widen(text, 0, place, place + 3)
    assert time.process_time() - start < 5
