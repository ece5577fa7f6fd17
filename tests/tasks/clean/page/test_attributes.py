"""What is cut off a page before it is parsed: attributes that no page has."""

from __future__ import annotations

from tasks.clean.page.attributes import cut_attributes
from tests.tasks.clean.clean_samples import PARAGRAPHS, clean_one, make_page, make_text, paragraphs

MANY = " ".join(f'data-a{number}="1 > 0"' for number in range(5_000))


def test_attributes_behind_the_256th_of_an_element_go_and_the_outcome_says_so() -> None:
    article, _, outcome = clean_one(make_page(f"<section {MANY}>{paragraphs()}</section>"))
    assert article is not None
    assert article["body_text"] == make_text(*PARAGRAPHS)
    assert "attributes cut off behind the 256th of an element" in str(outcome.detail)


def test_two_hundred_attributes_stay() -> None:
    page = "<p " + " ".join(f"a{number}='x' b{number}" for number in range(100)) + ">text</p>"
    assert cut_attributes(page) == (page, None)


def test_scripts_styles_comments_and_text_stay_whatever_they_hold() -> None:
    words = "if (a <b c d e) " + "word " * 900
    for page in (
        f"<script>{words}</script><p>text</p>",
        f'<script type="application/ld+json">"{words}"</SCRIPT>',
        f"<style>{words}</style>",
        f"<!-- {words} -->",
        f"<p>text</p> 3 < 4 {'word ' * 900}",
    ):
        assert cut_attributes(page) == (page, None)


def test_every_element_is_cut_for_itself_and_what_stands_between_stays() -> None:
    page = f"<p {'a ' * 300}>one</p><i>two</i><b {'a=1 ' * 300}/>three"
    cut, note = cut_attributes(page)
    assert note is not None
    assert cut == f"<p {'a ' * 256}>one</p><i>two</i><b {'a=1 ' * 256}/>three"


def test_a_quote_that_is_never_closed_is_read_once() -> None:
    for page in (
        "<a b='" * 100_000,
        '<a b="' * 100_001,
        "<a b=" * 100_000,
        "<a " * 100_000,
        "<!--" * 100_000,
    ):
        cut_attributes(page)
