"""Every line that a reader saw beside the body is told with its rule, and comes back when that is off."""

from __future__ import annotations

import pytest

from core.outlets import CleaningOverrides, Outlet
from core.tables import TABLES
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures
from tests.tasks.clean.clean_samples import (
    PARAGRAPHS,
    TITLE,
    body_of,
    capture_of,
    clean_one,
    make_page,
    paragraphs,
)

BOXES = [
    ('<div id="respond"><p>Nobody has spoken yet</p></div>', "Nobody has spoken yet", "comments"),
    ("<div><h3>Leave a Reply</h3></div>", "Leave a Reply", "comment_form"),
    ('<section class="newsletter-box"><p>The day in one letter</p></section>', "The day in one letter", "newsletter"),
    ('<div class="share-bar"><p>Pass it on to a friend</p></div>', "Pass it on to a friend", "share"),
    ('<div class="related"><p>Ferry fares rise again</p></div>', "Ferry fares rise again", "related"),
    ('<div class="cookie-bar"><p>We keep crumbs on your device</p></div>', "We keep crumbs on your device", "cookie"),
    ('<div class="author-bio"><p>Ida Brook knows the sea</p></div>', "Ida Brook knows the sea", "bio"),
    ('<ul><li><a href="/tide">Tide tables of the week</a></li></ul>', "Tide tables of the week", "link"),
    ('<div class="x1"><p>The lamps are lit at six.</p></div>', "The lamps are lit at six.", "outside_body"),
]  # fmt: skip


def _options(*disabled: str) -> CleanOptions:
    return CleanOptions(
        outlets={"harbour": Outlet(key="harbour", cleaning=CleaningOverrides(disabled_rules=disabled))}
    )


def _rows(page: bytes, options: CleanOptions | None = None) -> list[dict[str, object]]:
    return clean_captures([capture_of(page)], options or CleanOptions()).rows["removed_lines"]


@pytest.mark.parametrize(("box", "line", "rule"), BOXES)
def test_a_box_under_the_body_is_told_with_its_rule(box: str, line: str, rule: str) -> None:
    found = [
        (row["rule"], row["section"])
        for row in _rows(make_page(paragraphs(), after=box))
        if row["text"] == line
    ]
    assert found == [(rule, "tail")]  # fmt: skip


@pytest.mark.parametrize(("box", "line", "rule"), BOXES)
def test_a_line_comes_back_when_its_rule_is_switched_off(box: str, line: str, rule: str) -> None:
    article, removed, _ = clean_one(make_page(paragraphs(), after=box), options=_options(rule))
    assert article is not None
    assert line in article["body_text"].split("\n\n")
    assert line not in removed
    assert set(PARAGRAPHS) <= set(article["body_text"].split("\n\n"))


def test_a_rule_that_is_off_leaves_the_others_on() -> None:
    bar = '<div class="share-bar"><a href="https://facebook.com/s">Facebook</a><p>Pass it on</p></div>'
    article, removed, _ = clean_one(make_page(paragraphs(), after=bar), options=_options("share"))
    assert article is not None
    assert article["body_text"].endswith("Pass it on")
    assert removed["Facebook"] == "link"


def test_the_head_of_the_page_is_told_in_its_order() -> None:
    page = make_page(paragraphs(), head='<div class="byline">By Ida Brook</div>')
    told = [(row["line_number"], row["rule"], row["section"]) for row in _rows(page)]
    assert told[:3] == [(1, "nav", "head"), (2, "title", "head"), (3, "byline", "head")]
    assert [row["rule"] for row in _rows(page)][-1] == "footer"


def test_every_visible_line_is_either_body_or_told_as_it_stands() -> None:
    page = make_page(paragraphs(), after="".join(box for box, _, _ in BOXES))
    lines = {"Home Sport", TITLE, *PARAGRAPHS, *(line for _, line, _ in BOXES)}
    told = {str(row["text"]) for row in _rows(page)}
    assert lines <= told | set(body_of(page))
    assert told.isdisjoint(body_of(page))


def test_what_no_reader_saw_is_not_told() -> None:
    page = make_page(
        paragraphs(), after="<div hidden><p>Only for machines</p></div><noscript>Scripts!</noscript>"
    )
    assert {"Only for machines", "Scripts!"}.isdisjoint(row["text"] for row in _rows(page))  # fmt: skip


def test_a_layer_that_scripts_open_was_seen() -> None:
    _, removed, _ = clean_one(
        make_page(paragraphs(), after='<div class="cookie-bar" hidden><p>We keep crumbs</p></div>')
    )
    assert removed["We keep crumbs"] == "cookie"


def test_of_an_endless_footer_the_lines_nearest_to_the_body_are_told() -> None:
    footer = "".join(f'<p class="imprint">Entry {n} of the index</p>' for n in range(5_000))
    rows = _rows(make_page(paragraphs(), after=footer))
    told = [row["text"] for row in rows if row["section"] == "tail"]
    assert told == [f"Entry {n} of the index" for n in range(300)]
    TABLES["removed_lines"].to_arrow(rows)
