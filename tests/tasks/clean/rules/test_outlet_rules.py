"""What an outlet's settings keep and drop wins over every rule."""

from __future__ import annotations

import pytest

from core.errors import ConfigError
from core.outlets import CleaningOverrides, Outlet
from tasks.clean.options import CleanOptions
from tests.tasks.clean.clean_samples import PARAGRAPHS, clean_one, make_page, paragraphs


def _options(**overrides: tuple[str, ...]) -> CleanOptions:
    outlet = Outlet(key="harbour", cleaning=CleaningOverrides(**overrides))
    return CleanOptions(outlets={"harbour": outlet})


PAGE = make_page(
    paragraphs('<div class="tide related"><p>High water at noon</p></div><p id="oath">By the old bell.</p>')
)


@pytest.mark.parametrize("expression", ["div.tide", "//div[contains(@class, 'tide')]"])
def test_a_kept_part_stays_whatever_a_rule_says(expression: str) -> None:
    article, removed, _ = clean_one(PAGE, options=_options(keep=(expression,)))
    assert article is not None
    assert "High water at noon" in article["body_text"]
    assert "High water at noon" not in removed


@pytest.mark.parametrize("expression", ["#oath", "//p[@id='oath']"])
def test_a_dropped_part_goes_and_is_told(expression: str) -> None:
    article, removed, _ = clean_one(PAGE, options=_options(drop=(expression,)))
    assert article is not None
    assert article["body_text"] == "\n\n".join(PARAGRAPHS)
    assert removed["By the old bell."] == "outlet_drop"


def test_a_kept_line_between_boilerplate_lines_stays_and_cleaning_ends() -> None:
    form = '<p>Leave a Reply</p><p id="name">Name</p><p>Your email address will not be published.</p>'
    article, removed, _ = clean_one(make_page(paragraphs(form)), options=_options(keep=("#name",)))
    assert article is not None
    assert "Name" in article["body_text"].split("\n\n")
    assert removed["Leave a Reply"] == "comment_form"
    _, removed, _ = clean_one(make_page(paragraphs(form)))
    assert removed["Name"] == "comment_form"


def test_an_outlets_own_phrases_go() -> None:
    _, removed, _ = clean_one(PAGE, options=_options(phrases=("by the old bell",)))
    assert removed["By the old bell."] == "outlet_phrase"


def test_an_expression_that_is_neither_names_itself() -> None:
    with pytest.raises(ConfigError, match="div\\[\\["):
        clean_one(PAGE, options=_options(drop=("div[[",)))
