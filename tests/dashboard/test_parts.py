"""Parts of pages: pieces of text, places of removed lines, intervals in words, charts, aligned quotations."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.charts import draw_svg, interval_chart, timeline_chart
from dashboard.model import Marked, MarkedSpan, PrintedReading, Question, TakenLine
from dashboard.numbers import tell_interval
from dashboard.reading.marked import part_marked
from dashboard.reading.story import align_quotations
from dashboard.segments import cut_paragraphs, place_removed
from dashboard.verdicts import gravity, verdict_of


def span(kind: str, start: int, end: int) -> MarkedSpan:
    return MarkedSpan(kind, start, end, kind, None)


def reading(
    low: float | None, high: float | None, surface: str = "40 boats", outlet: str = "kelder-post"
) -> PrintedReading:
    return PrintedReading(
        outlet,
        "a1",
        "T",
        None,
        surface,
        "exact",
        low,
        high,
        "agree",
        None,
        False,
        None,
        Marked("", surface, ""),
        0,
        None,
    )


def question(*readings: PrintedReading) -> Question:
    return Question("q1", "s1", "boats", "count", None, "conflict", readings)


def test_spans_that_overlap_and_lie_in_each_other_lose_no_character() -> None:
    text = "He said “40 boats sank in May” and left.\n\nAll “of them\n\nwent home” then."
    spans = [span("quotation", 8, 30), span("figure", 9, 17), span("date", 26, 29), span("name", 15, 22)]
    spans.append(span("quotation", text.index("“of"), text.index("home”") + 5))
    paragraphs = cut_paragraphs(text, spans)
    assert ["".join(piece.text for piece in pieces) for pieces in paragraphs] == text.split("\n\n")
    covered = {(one.kind, one.start_char): "" for one in spans}
    for piece in (piece for pieces in paragraphs for piece in pieces):
        for one in piece.spans:
            covered[one.kind, one.start_char] += piece.text
    for one in spans:
        assert covered[one.kind, one.start_char] == text[one.start_char : one.end_char].replace("\n\n", "")


def test_each_span_begins_once() -> None:
    text = "ab\n\ncd"
    begun = [
        one for pieces in cut_paragraphs(text, [span("quotation", 1, 5)]) for p in pieces for one in p.begins
    ]
    assert len(begun) == 1


def test_removed_lines_stand_between_the_paragraphs_they_stood_between() -> None:
    lines = [
        TakenLine(1, "head", "title", "T"),
        TakenLine(3, "body", "ad", "A"),
        TakenLine(6, "tail", "share", "S"),
    ]
    placed = place_removed(3, lines)
    assert [[line.text for line in each] for each in placed] == [["T"], ["A"], [], ["S"]]


def test_removed_lines_whose_place_is_not_sure_stand_at_the_end() -> None:
    lines = [
        TakenLine(1, "head", "title", "T"),
        TakenLine(3, "body", "ad", "A"),
        TakenLine(9, "tail", "share", "S"),
    ]
    assert [[line.text for line in each] for each in place_removed(2, lines)] == [["T"], [], ["A", "S"]]


@pytest.mark.parametrize(
    ("low", "high", "unit", "told"),
    [
        (1450, 1450, None, "1,450"),
        (1350, 1650.0, None, "1,350 to 1,650"),
        (None, 1500, None, "up to 1,500"),
        (220, None, "km", "220 or more km"),
        (2.5, 2.5, "EUR", "2.5 EUR"),
        (None, None, None, "no number"),
        (0.07, 0.07, None, "0.07"),
    ],
)
def test_an_interval_is_told_in_words(
    low: float | None, high: float | None, unit: str | None, told: str
) -> None:
    assert tell_interval(reading(low, high), unit) == told


@pytest.mark.parametrize(
    "ends",
    [
        [(1, 1)],
        [(0, 0), (5, 9)],
        [(-4, 3)],
        [(None, 7), (7, None)],
        [(1, 1), (900_000, 900_000)],
        [(1e300, 1e300)],
    ],
)
def test_a_chart_is_drawn_for_any_numbers(ends: list[tuple[float | None, float | None]]) -> None:
    svg = draw_svg(interval_chart(question(*(reading(*pair) for pair in ends))), 'a "<b>" & c')
    assert svg.startswith('<svg role="img" aria-label="a &#34;&lt;b&gt;&#34; &amp; c"')
    assert "kelder-post: 40 boats" in svg


def test_a_chart_escapes_the_outlets_words() -> None:
    svg = draw_svg(interval_chart(question(reading(1, 2, "<script>x</script>", "a<b"))), "x")
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def test_without_numbers_there_is_no_chart() -> None:
    assert draw_svg(interval_chart(question(reading(None, None))), "x") == ""
    assert draw_svg(timeline_chart(()), "x") == ""


def test_a_marked_sentence_is_taken_apart_whatever_brackets_it_holds() -> None:
    assert part_marked("All ⟦40 boats⟧ sank ⟦sic⟧.", "40 boats") == Marked("All ", "40 boats", " sank ⟦sic⟧.")
    assert part_marked(None, "40 boats") == Marked("", "40 boats", "")


def pair(one: tuple[str, int], other: tuple[str, int], verdict: str = "same", **more: Any) -> dict[str, Any]:
    told = {"verdict": verdict, "is_same_speaker": True, **more}
    for prefix, (article, start) in (("", one), ("other_", other)):
        told |= {
            f"{prefix}outlet": f"of {article}",
            f"{prefix}article_id": article,
            f"{prefix}start_char": start,
            f"{prefix}quotation": "We hold.",
            f"{prefix}speaker": None,
            f"{prefix}speaker_name": None,
        }
    return told


def test_pairs_of_quotations_join_into_one_set_whatever_their_order() -> None:
    pairs = [pair(("a", 1), ("b", 2)), pair(("c", 3), ("d", 4)), pair(("b", 2), ("c", 3), "different")]
    for given in (pairs, pairs[::-1]):
        (shared,) = align_quotations(given)
        assert shared.verdict == "different"
        assert [one.article_id for one in shared.versions] == ["a", "b", "c", "d"]


def test_other_words_are_another_set_and_the_worst_comes_first() -> None:
    found = align_quotations(
        [pair(("a", 1), ("b", 2)), pair(("a", 9), ("b", 9), "shortened", is_same_speaker=False)]
    )
    assert [(one.verdict, one.has_other_speaker) for one in found] == [("shortened", True), ("same", False)]


def test_every_verdict_has_a_word_and_a_sign_of_its_own() -> None:
    names = ["conflict", "conflict of sources", "suspect", "update", "overlap", "vaguer", "agree", None]
    told = [verdict_of(name) for name in names]
    assert len({one.word for one in told}) == len({one.sign for one in told}) == len(names)
    assert [gravity(name) for name in names] == list(range(len(names)))
    assert verdict_of("a later one").word == "a later one"
