"""Parts of pages: pieces of text, places of removed lines, intervals in words, charts, aligned quotations."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dashboard.cells import table_cell
from dashboard.charts.answers import answer_chart, draw_answer
from dashboard.charts.bars import interval_chart
from dashboard.charts.svg import axis
from dashboard.charts.times import numbers_chart, timeline_chart
from dashboard.model.articles import MarkedSpan, TakenLine
from dashboard.model.questions import Marked, PrintedReading, Question
from dashboard.model.stories import QuotedWords, Telling
from dashboard.numbers import tell_interval, tell_number
from dashboard.reading.aligned import align_words, merge_versions
from dashboard.reading.dates import align_dates
from dashboard.reading.marked import part_marked
from dashboard.reading.story import align_quotations
from dashboard.segments import cut_paragraphs, place_removed
from dashboard.verdicts import gravity, verdict_of, verdict_of_reading


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
        (2, 2, "a", "2 years"),
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
    svg = interval_chart(question(*(reading(*pair) for pair in ends))).svg
    assert 'role="img" aria-label="boats: kelder-post prints 40 boats' in svg
    assert all(-1 <= float(place) <= 101 for place in re.findall(r'x[12]?="([-.\d]+)%"', svg))


def test_a_chart_escapes_the_outlets_words() -> None:
    svg = interval_chart(question(reading(1, 2, "<script>x</script>", "a<b"))).svg
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def test_without_numbers_there_is_no_chart() -> None:
    assert not interval_chart(question(reading(None, None)))
    assert not timeline_chart(())
    assert not numbers_chart(question(reading(1, 1), reading(2, 2)))
    assert not draw_answer(answer_chart(("outlet",), [("a",), ("b",)]), "x")


def test_numbers_over_time_stand_higher_when_they_are_higher() -> None:
    at = datetime(2026, 3, 4, 8, tzinfo=UTC)
    told = [replace(reading(n, n), published_at=at + timedelta(hours=n)) for n in (1, 5, 9)]
    heights = [float(y) for y in re.findall(r'cy="([\d.]+)"', numbers_chart(question(*told)).svg)]
    assert heights == sorted(heights, reverse=True)
    assert len(heights) == 3


def test_the_timeline_shows_copies_hollow_and_edits_as_pens() -> None:
    at = datetime(2026, 3, 4, 8, tzinfo=UTC)
    first = Telling("a", "kelder-post", "T", "", at, 0.0, 90, None, None, (at + timedelta(hours=5),))
    copy = Telling("b", "orrin-mail", "T", "", at + timedelta(hours=2), 2.0, 90, "exact", "a")
    svg = timeline_chart((first, copy)).svg
    assert svg.count("hollow") == 1
    assert svg.count("✎") == 1


def test_a_reading_that_others_print_too_is_no_agreement_where_the_outlets_differ() -> None:
    assert verdict_of_reading("agree", "conflict").word == "others too"
    assert verdict_of_reading("agree", "agree").word == "agree"
    assert verdict_of_reading("conflict", "conflict").word == "conflict"
    differing = replace(question(reading(1, 1), reading(9, 9)), verdict="conflict")
    differing = replace(
        differing, readings=tuple(replace(one, verdict="agree") for one in differing.readings)
    )
    assert "v-agree" not in interval_chart(differing).svg


def test_words_below_a_chart_do_not_touch_on_a_narrow_page() -> None:
    pieces = "".join(
        axis(
            [(10.0, "6 Oct 12:00"), (40.0, "7 Oct 00:00"), (50.0, "7 Oct 12:00"), (97.0, "8 Oct 00:00")], 0, 9
        )
    )
    assert re.findall(r">([^<>]+)</text>", pieces) == ["6 Oct 12:00", "7 Oct 12:00", "8 Oct 00:00"]
    assert pieces.count("<line") == 4


def test_a_number_that_a_unit_was_converted_to_has_no_long_fraction() -> None:
    assert [tell_number(n) for n in (4054.18, 1450.0, 2.5, 999.25)] == ["4,054", "1,450", "2.5", "999.25"]


def test_an_article_without_a_time_is_a_line_over_its_day() -> None:
    day = datetime(2026, 3, 4, tzinfo=UTC)
    timed = Telling("a", "kelder-post", "T", "", day + timedelta(hours=9), 0.0, 90, None, None)
    dated = Telling("b", "orrin-mail", "T", "", day, None, 90, None, None, published_precision="day")
    svg = timeline_chart((timed, dated)).svg
    (first, last) = re.findall(
        r'<line x1="([\d.]+)%" y1="([\d.]+)" x2="([\d.]+)%" y2="\2" class="v-update"', svg
    )[0][::2]
    assert float(last) - float(first) > 90
    assert "4 March 2026 orrin-mail" in svg
    assert "00:00" not in svg.split("<title>")[-1]


def test_an_edit_a_month_later_does_not_press_the_articles_together() -> None:
    at = datetime(2026, 3, 4, 8, tzinfo=UTC)
    first = Telling("a", "kelder-post", "T", "", at, 0.0, 90, None, None, (at + timedelta(days=30),))
    second = Telling("b", "orrin-mail", "T", "", at + timedelta(days=2), 48.0, 90, None, None)
    svg = timeline_chart((first, second)).svg
    (left, right) = (float(x) for x in re.findall(r'cx="([\d.]+)%"', svg))
    assert right - left > 40
    assert svg.count("✎ →") == 1


@pytest.mark.parametrize("name", ["count(*)", "a:b", "a.b", "x[1]", "n"])
def test_an_answer_is_drawn_whatever_its_columns_are_called(name: str) -> None:
    chart = answer_chart(("outlet", name), [("a", 3), ("b<script>", 5)])
    svg = draw_answer(chart, "x").svg
    assert svg.startswith('<svg role="img" aria-label="x"')
    assert "<script" not in svg
    assert "b&lt;script&gt;" in svg


def test_an_answer_that_is_no_series_has_no_chart() -> None:
    assert answer_chart(("outlet", "n"), [("a", 1)]) is None
    assert answer_chart(("outlet", "n"), [("a", 1), ("a", 2)]) is None  # one place, nothing to compare
    assert answer_chart(("at", "n"), [("2026-03-04", 1), ("2026-03-05", None)]) is None
    assert answer_chart(("article_id", "start_char"), [("a", 1), ("b", 2)]) is None
    assert answer_chart(("outlet", "n"), [(str(n), n) for n in range(100)]) is None


def quoted(outlet: str, text: str) -> QuotedWords:
    return QuotedWords(outlet, outlet, 0, text, None, None)


def test_words_that_most_others_print_otherwise_are_marked() -> None:
    texts = ["as if it was a lamp", "as if it were a lamp", "as if it were a lamp", "As if it were a lamp!"]
    versions = align_words([quoted(f"o{n}", text) for n, text in enumerate(texts)])
    marked = [[piece.text for piece in one.pieces if not piece.is_shared] for one in versions]
    assert marked == [["was"], [], [], []]
    assert ["".join(piece.text for piece in one.pieces) for one in versions] == texts


def test_two_versions_mark_each_others_differences_and_long_ones_stay_whole() -> None:
    versions = align_words([quoted("a", "“it’s lit”"), quoted("b", "“it is lit”")])
    assert [[p.text for p in one.pieces if not p.is_shared] for one in versions] == [["it’s"], ["it is"]]
    long = align_words([quoted("a", "word " * 500), quoted("b", "other")])
    assert [len(one.pieces) for one in long] == [1, 1]


def test_the_same_words_in_several_articles_of_an_outlet_are_shown_once() -> None:
    versions = [replace(quoted("a", "We hold."), article_id=str(n)) for n in range(3)] + [
        quoted("b", "We hold.")
    ]
    assert [(one.outlet, count) for one, count in merge_versions(versions)] == [("a", 3), ("b", 1)]


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [
        ("n", 1234, '<td class="n">1,234</td>'),
        ("ratio", 0.25, '<td class="n">0.25</td>'),
        ("at", "2026-10-20T09:15:00+00:00", '<td class="at">2026-10-20 09:15</td>'),
        (
            "story_id",
            "96c448d52e01",
            '<td><a href="/stories/96c448d52e01" title="96c448d52e01">96c448d5</a></td>',
        ),
        ("story_id", '"><b>', '<td dir="auto"><div class="fit">&#34;&gt;&lt;b&gt;</div></td>'),
        ("marked", "a ⟦b<⟧", '<td dir="auto"><div class="fit">a <mark>b&lt;</mark></div></td>'),
        ("url", "javascript:alert(1)", '<td dir="auto"><div class="fit">javascript:alert(1)</div></td>'),
        ("is_copy", True, "<td>yes</td>"),
        ("x", None, "<td></td>"),
    ],
)
def test_a_cell_of_an_answer_is_shown_as_people_read_it(column: str, value: object, cell: str) -> None:
    assert str(table_cell(column, value)) == cell


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


def dated(one: tuple[str, str], other: tuple[str, str], verdict: str = "agree") -> dict[str, Any]:
    """A pair of dates: each an article and what it prints, "5 May" or "May"."""
    told: dict[str, Any] = {"verdict": verdict}
    for prefix, (article, surface) in (("", one), ("other_", other)):
        day = surface.partition(" ")[0]
        told |= {
            f"{prefix}outlet": f"of {article}",
            f"{prefix}article_id": article,
            f"{prefix}start_char": len(surface),
            f"{prefix}surface": surface,
            f"{prefix}event_date": date(2031, 5, int(day) if day.isdigit() else 16),
            f"{prefix}granularity": "day" if day.isdigit() else "month",
            f"{prefix}marked": f"On ⟦{surface}⟧ it closed.",
        }
    return told


def test_pairs_of_dates_join_by_the_day_and_a_month_joins_no_two_days() -> None:
    found = align_dates(
        [
            dated(("a", "5 May"), ("b", "5 May")),
            dated(("b", "5 May"), ("c", "5 May")),
            dated(("a", "5 May"), ("d", "May"), "overlap"),
            dated(("a", "19 May"), ("d", "May"), "overlap"),
        ]
    )
    told = [
        (one.verdict, [day.day for day in one.days], [date.article_id for date in one.dates]) for one in found
    ]
    assert told == [("overlap", [5], ["a", "b", "c", "d"]), ("overlap", [19], ["a", "d"])]
    assert found[0].dates[0].sentence == Marked("On ", "5 May", " it closed.")


def test_disputed_days_come_first() -> None:
    found = align_dates(
        [dated(("a", "5 May"), ("b", "5 May")), dated(("a", "10 May"), ("b", "12 May x"), "conflict")]
    )
    assert [(one.verdict, [day.day for day in one.days]) for one in found] == [
        ("conflict", [10, 12]),
        ("agree", [5]),
    ]


def test_every_verdict_has_a_word_and_a_sign_of_its_own() -> None:
    names = ["conflict", "conflict of sources", "suspect", "update", "overlap", "vaguer", "agree", None]
    told = [verdict_of(name) for name in names]
    assert len({one.word for one in told}) == len({one.sign for one in told}) == len(names)
    assert [gravity(name) for name in names] == list(range(len(names)))
    assert verdict_of("a later one").word == "a later one"
