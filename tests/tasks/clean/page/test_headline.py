"""What stands around the headline is found as far as the first paragraph."""

from __future__ import annotations

import pytest

from tasks.clean.page.headline import Surroundings, find_surroundings
from tasks.clean.page.page import parse_page

LONG = "<p>" + "The bridge is shut. " * 21 + "</p>"


def around(html: str, title: str | None = "Bridge shut until spring") -> tuple[list[str], list[str]]:
    found = find_surroundings(parse_page(html.encode()), title)
    return [piece.text for piece in found.before], [piece.text for piece in found.behind]


def test_pieces_stand_in_page_order_and_end_at_the_first_paragraph() -> None:
    html = f"<p>Local</p><h1>Bridge <em>shut</em> until spring</h1><p>By Mara Quill</p><time>4 March</time>{LONG}<p>End</p>"
    assert around(html) == (["Local"], ["By Mara Quill", "4 March"])


def test_scripts_and_styles_are_not_read() -> None:
    html = "<h1>Bridge shut until spring</h1><script>x</script><style>y</style>tail<p>By Mara Quill</p>"
    assert around(html) == ([], ["tail", "By Mara Quill"])


def test_the_heading_that_holds_the_title_is_taken() -> None:
    html = "<h1>Most read</h1><p>no</p><h1>Bridge shut until spring</h1><p>yes</p>"
    assert around(html)[1] == ["yes"]


def test_the_only_h1_stands_in_when_the_title_is_worded_otherwise() -> None:
    assert around("<h1>Bridge closed for months</h1><p>yes</p>")[1] == ["yes"]


def test_a_title_in_plain_text_is_found() -> None:
    assert around("<div>Bridge shut until spring</div><div>By Mara Quill</div>")[1] == ["By Mara Quill"]


def test_without_a_title_or_its_text_there_is_nothing() -> None:
    assert find_surroundings(parse_page(b"<h1>x</h1><p>y</p>"), None) == Surroundings()
    assert around("<p>Other</p>") == ([], [])


@pytest.mark.parametrize("box", ['aside class="related"', 'div class="related-teaser"', "aside", "nav"])
def test_boxes_of_other_articles_under_the_headline_are_not_read(box: str) -> None:
    tag = box.split()[0]
    html = f"<h1>Bridge shut until spring</h1><{box}>Old story <time>1 Jan 2019</time></{tag}><p>4 March</p>{LONG}"
    assert around(html)[1] == ["4 March"]


def test_a_box_that_holds_the_article_is_read_however_it_is_called() -> None:
    html = f'<h1>Bridge shut until spring</h1><div class="sidebar">By Mara Quill{LONG}</div><p>By Jo Park</p>'
    assert around(html)[1] == ["By Mara Quill"]
