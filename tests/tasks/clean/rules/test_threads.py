"""Comment threads without a form: known by how readers speak, not by one polite sentence."""

from __future__ import annotations

import pytest

from core.captures import CaptureKind
from tasks.clean.rules.threads import find_thread, is_comment_speech
from tasks.clean.words.lines import Line
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, body_of, clean_one, make_text

TEXT = CaptureKind.TEXT
THREAD = (
    "Great article, I walked over that bridge as a child.",
    "Gull",
    "So the lorries take the ferry road all summer and nobody asked the people who live there?",
    "Thanks for sharing, Mara. We miss the old harbour.",
)


def test_a_thread_without_a_label_goes_from_the_first_line_that_speaks_to_the_author() -> None:
    text = make_text(TITLE, *PARAGRAPHS, *THREAD)
    assert body_of(text, TEXT) == list(PARAGRAPHS)
    _, removed, _ = clean_one(text, TEXT)
    assert {removed[line] for line in THREAD} == {"comments"}


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Old Salt says:",
            "It will never be done by winter.",
            "Reply",
            "Gull says:",
            "Wait and see.",
            "Reply",
        ),
        ("Danke für den Artikel, sehr gut geschrieben!", "Hallo Mara, wann beginnt der Bau?"),
        ("Merci beaucoup pour ces nouvelles du port.", "Bonjour, quand les travaux commencent-ils ?"),
        ("Спасибо за статью!", "Согласен, мост давно пора чинить."),
    ],
)
def test_threads_are_known_by_stamps_and_in_other_languages(lines: tuple[str, ...]) -> None:
    assert body_of(make_text(TITLE, *PARAGRAPHS, *lines), TEXT) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "Thanks to the ferry crews, the market stayed open all summer and nobody had to drive around the bay.",
        "Thank you for reading our long account of the old bridge and of those who built it.",
        "Hello Harbour, the band of the fishermen, will play on the quay when the first stone is lifted.",
        "Great posts of oak still hold the eastern arch, the surveyors found when they dived in April.",
    ],
)
def test_one_line_that_greets_or_thanks_is_no_thread(line: str) -> None:
    text = make_text(TITLE, *PARAGRAPHS, line)
    assert line in body_of(text, TEXT)


def test_a_speech_full_of_thanks_in_the_first_third_is_no_thread() -> None:
    lines = ["Thank you all.", "Thank you, Port Ellery.", *PARAGRAPHS]
    assert find_thread([Line(text) for text in lines]) == len(lines)


def test_greetings_that_are_rare_under_a_long_stretch_of_text_are_part_of_it() -> None:
    lines = [*PARAGRAPHS, "“Hello, old friend.”", *PARAGRAPHS * 4, "“Thanks, and good night.”", *PARAGRAPHS]
    assert find_thread([Line(text) for text in lines]) == len(lines)


def test_who_is_thanked_tells_a_reader_from_an_author() -> None:
    assert is_comment_speech(Line("Thanks, that was new to me!"))
    assert not is_comment_speech(Line("Thanks to Mara Quill for the loan of her boat."))
    assert not is_comment_speech(Line("Hidden under the arch was a coin."))
