"""XPath, CSS and rules of the settings are checked before anything is fetched or opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import ConfigError
from core.outlets import CleaningOverrides, Outlet
from core.settings import Settings
from flows.work.options import clean_options
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


def test_an_unknown_rule_is_told_with_its_outlet_and_the_names_there_are() -> None:
    wrong = Outlet(key="harbour", cleaning=CleaningOverrides(disabled_rules=("newsletter", "shares")))
    [mistake] = find_wrong_selectors([Outlet(key="tarn"), wrong])
    assert (mistake.place, mistake.key) == ("outlet 'harbour'", "cleaning.disabled_rules")
    assert "there is no rule 'shares'; did you mean share?" in mistake.problem
    assert "sidebar, standfirst" in mistake.problem


def test_the_stages_options_are_not_made_with_a_wrong_selector() -> None:
    with pytest.raises(ConfigError, match=r"outlet 'harbour', cleaning\.drop: 'div\[\['"):
        clean_options(Settings(lake=Path("none"), outlets=(_outlet("div[["),)))


def test_the_stages_options_are_not_made_with_an_unknown_rule() -> None:
    outlet = Outlet(key="harbour", cleaning=CleaningOverrides(disabled_rules=("tides",)))
    with pytest.raises(
        ConfigError, match=r"outlet 'harbour', cleaning\.disabled_rules: there is no rule 'tides'"
    ):
        clean_options(Settings(lake=Path("none"), outlets=(outlet,)))
