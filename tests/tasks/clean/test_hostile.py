"""Pages and texts that are built to be slow or that the parser cannot hold: bounded, and told."""

from __future__ import annotations

import time

import pytest

from core.captures import CaptureKind
from core.outcomes import Reason
from tasks.clean.options import CleanOptions
from tests.tasks.clean.clean_samples import PARAGRAPHS, TITLE, clean_one, make_page, make_text, paragraphs

SECONDS = 20  # CPU; each takes about one, and took minutes where time grew with the square


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ("<html><body><p>" + "word <br>" * 60_000, CaptureKind.HTML),
        ("<html><body><div>" + '<a href="/x">link text</a> ' * 40_000, CaptureKind.HTML),
        ("By Mara Quill\n" * 100_000, CaptureKind.TEXT),
        ("The council met on Monday and agreed to mend it. " * 60_000, CaptureKind.TEXT),
        ("Tags: tide\n" * 60_000 + PARAGRAPHS[0], CaptureKind.TEXT),
    ],
    ids=["line breaks", "links", "bylines", "one line", "tail phrases"],
)
def test_a_large_monotonous_input_costs_seconds(payload: str, kind: CaptureKind) -> None:
    started = time.process_time()
    clean_one(payload, kind)
    assert time.process_time() - started < SECONDS


def test_trafilatura_is_not_asked_of_tables_one_inside_another(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_args, **_more: asked.append(1))
    clean_one("<html><body>" + "<table>" * 4_000 + "<tr><td>" + paragraphs())
    assert not asked
    clean_one("<html><body>" + "<table>" * 3 + "<tr><td>" + paragraphs())
    assert asked


def test_what_lies_behind_twenty_thousand_lines_is_not_read_and_the_outcome_says_so() -> None:
    _, _, outcome = clean_one(
        make_text(TITLE, *(f"Line {n} of the sea." for n in range(20_500))), CaptureKind.TEXT
    )
    assert "cut after 20000 lines" in str(outcome.detail)


def test_a_page_nested_deeper_than_common_parsers_take_is_read() -> None:
    article, _, outcome = clean_one(make_page("<div>" * 600 + paragraphs() + "</div>" * 600))
    assert article is not None
    assert article["body_text"] == make_text(*PARAGRAPHS)
    assert outcome.detail is None


def test_a_page_nested_too_deep_is_told() -> None:
    _, _, outcome = clean_one(make_page("<div>" * 5_000 + paragraphs()))
    assert "nested too deep" in str(outcome.detail)


@pytest.mark.slow  # half a minute on a busy machine; test_a_text_as_long_as_a_library has a large text too
def test_a_text_of_more_than_ten_megabytes_in_one_element_is_not_lost() -> None:
    article, _, _ = clean_one(
        "<html><body><article><p>" + (PARAGRAPHS[0] + " ") * 60_000 + "</p></article></body></html>",
        options=CleanOptions(max_words=3_000_000),
    )
    assert article is not None
    assert len(article["body_text"]) > 10_000_000


def test_a_text_as_long_as_a_library_is_no_article_and_one_as_long_as_a_feature_is() -> None:
    def repeat(count: int) -> str:
        """The paragraph this often, each on a line: in one line, few words would come without end."""
        return make_text(TITLE, *(f"Day {n}: {PARAGRAPHS[0]}" for n in range(count)))

    article, _, outcome = clean_one(repeat(2_000), CaptureKind.TEXT)
    assert article is None
    assert (outcome.reason, outcome.detail) == (
        Reason.TOO_LARGE,
        "74,000 words; an article has at most 50,000 (limits.max_words)",
    )
    article, _, _ = clean_one(repeat(900), CaptureKind.TEXT)
    assert article is not None


def test_lists_one_inside_another_are_read_though_trafilatura_gives_up() -> None:
    article, _, outcome = clean_one("<html><body>" + "<ul><li>" * 900 + paragraphs())
    assert article is not None, outcome
    assert PARAGRAPHS[0] in article["body_text"]


def test_trafilatura_is_not_asked_of_thousands_of_links_in_a_paragraph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_args, **_more: asked.append(1))
    clean_one("<html><body><p>" + '<a href="/x">word</a> ' * 1_100 + paragraphs())
    assert not asked
    clean_one("<html><body><p>" + '<a href="/x">word</a> ' * 300 + paragraphs())
    assert asked
