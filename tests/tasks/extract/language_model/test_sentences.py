"""Sentences by rules."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from tasks.extract.language_model.sentences import split_sentences

CASES = [
    ("He left. She stayed.", ["He left.", "She stayed."]),
    (
        "Mr. Horne met Gen. Vang at 10 a.m. Monday. It rained.",
        ["Mr. Horne met Gen. Vang at 10 a.m. Monday.", "It rained."],
    ),
    ("It happened in the U.S. The army knew.", ["It happened in the U.S.", "The army knew."]),
    ("The U.S. Army knew.", ["The U.S. Army knew."]),
    ("J. R. Horne came.", ["J. R. Horne came."]),
    (
        "Acme Inc. fell 3.5 percent on Jan. 12 in New York.",
        ["Acme Inc. fell 3.5 percent on Jan. 12 in New York."],
    ),
    ("“We will go.” He left.", ["“We will go.”", "He left."]),
    ("“Will we go?” she asked.", ["“Will we go?” she asked."]),
    ("“Will we go?” Horne asked. Nobody knew.", ["“Will we go?” Horne asked.", "Nobody knew."]),
    ("“ Time is short . ” The talks end .", ["“ Time is short . ”", "The talks end ."]),
    ('He said "No." She said yes.', ['He said "No."', "She said yes."]),
    ("A subhead without a stop\n\nThe text goes on.", ["A subhead without a stop", "The text goes on."]),
    ("• First point\n• Second point.", ["• First point", "• Second point."]),
    ("1. Buy bread. 2. Sleep.", ["1. Buy bread.", "2. Sleep."]),
    ("See No. 5 now. No. He would not.", ["See No. 5 now.", "No.", "He would not."]),
    ("Wait ... what? Yes!", ["Wait ... what?", "Yes!"]),
]
FOREIGN = [
    (
        "de",
        "Am 3. Oktober sprach Dr. Vang. Danach ging er.",
        ["Am 3. Oktober sprach Dr. Vang.", "Danach ging er."],
    ),
    ("zh", "他走了。她留下了！为什么？", ["他走了。", "她留下了！", "为什么？"]),
    ("ja", "「行きます。」彼は言った。", ["「行きます。」", "彼は言った。"]),
    ("ar", "هل ذهب؟ نعم ذهب.", ["هل ذهب؟", "نعم ذهب."]),
    ("fr", "M. Vang est parti. Elle reste.", ["M. Vang est parti.", "Elle reste."]),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_english_sentences(text, wanted):
    assert [text[start:end] for start, end in split_sentences(text)] == wanted


@pytest.mark.parametrize(("language", "text", "wanted"), FOREIGN)
def test_sentences_of_other_languages(language, text, wanted):
    assert [text[start:end] for start, end in split_sentences(text, language)] == wanted


def test_every_character_but_white_space_is_in_exactly_one_sentence():
    text = "One. Two (three!) “four?” five\n\nSix… seven; eight 9.5 J. K. Nine."
    spans = split_sentences(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    inside = {i for start, end in spans for i in range(start, end)}
    assert all(i in inside or char.isspace() for i, char in enumerate(text))


@pytest.mark.parametrize("piece", [". ", "!", '" . ', "a.b", "Mr. ", "。", '"', ") "])
def test_hostile_texts_take_linear_time(piece):
    begin = time.process_time()
    split_sentences(piece * 50_000)
    assert time.process_time() - begin < 5


def test_a_sentence_without_end_is_cut_at_a_space_and_loses_nothing():
    text = "word " * 3_000
    spans = split_sentences(text)
    assert all(end - start <= 4_000 for start, end in spans)
    assert next(text[start:end] for start, end in spans).endswith("word")
    assert " ".join(text[start:end] for start, end in spans) == text.strip()


def test_a_text_without_spaces_is_cut_and_a_long_sentence_is_not():
    assert [end - start for start, end in split_sentences("東" * 9_000)] == [4_000, 4_000, 1_000]
    assert len(split_sentences("word " * 799 + "end.")) == 1
