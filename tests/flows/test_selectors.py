"""XPath and CSS of the settings are tried before anything is fetched or opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import ConfigError
from core.outlets import CleaningOverrides, Outlet
from core.settings import Settings
from flows.intake.options import clean_options
from flows.work.selectors import check_selectors, find_wrong_selectors


def _outlet(*drop: str) -> Outlet:
    return Outlet(key="harbour", cleaning=CleaningOverrides(keep=("div.live",), drop=drop))


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("div[[", "neither XPath nor a CSS selector"),
        ("", "neither XPath nor a CSS selector"),
        ("p:nowhere", "neither XPath nor a CSS selector"),
        ("//div[", "neither XPath nor a CSS selector"),
        ("//p[tide()]", "there is no tide"),
        ("//p[$tide]", "there is no $tide"),
        ("(count(//p))", "gives a float, not parts of the page"),
    ],
)
def test_a_selector_that_is_none_is_told_with_its_outlet(expression: str, why: str) -> None:
    [mistake] = find_wrong_selectors([Outlet(key="tarn"), _outlet("aside", expression)])
    assert (mistake.place, mistake.key) == ("outlet 'harbour'", "cleaning.drop")
    assert repr(expression) in mistake.problem and why in mistake.problem


@pytest.mark.parametrize(
    "expression",
    [
        "aside.factbox",
        "#oath",
        "//div[@class='tide']",
        "(//p)[1]",
        "p, li",
        "p:nth-child(2n+1):not(.a)",
        "//p[not(text()) and (@id or self::node())]",
        "//p[.='tide()']",
    ],
)
def test_css_and_xpath_pass(expression: str) -> None:
    check_selectors([_outlet(expression)])


def test_the_stages_options_are_not_made_with_a_wrong_selector() -> None:
    with pytest.raises(ConfigError, match=r"outlet 'harbour', cleaning\.drop: 'div\[\['"):
        clean_options(Settings(lake=Path("none"), outlets=(_outlet("div[["),)))
