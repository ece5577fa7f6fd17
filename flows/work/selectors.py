"""The cleaning settings of outlets (XPath, CSS, rules), checked before anything is fetched: core cannot know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from core.config.mistakes import Mistake, tell_mistakes
from core.outlets import Outlet
from tasks.clean.rules.overrides import find_expression_problem
from tasks.clean.rules.rules_page import find_rule_problem

_CHECKS = {
    "keep": find_expression_problem,
    "drop": find_expression_problem,
    "disabled_rules": find_rule_problem,
}


def check_selectors(outlets: Iterable[Outlet], file: Path | None = None) -> None:
    """Raise WrongSettingsError if an outlet has a wrong expression or an unknown rule; the message names them all."""
    if mistakes := find_wrong_selectors(outlets):
        raise tell_mistakes(mistakes, file)


def find_wrong_selectors(outlets: Iterable[Outlet]) -> list[Mistake]:
    """Every expression under `keep` and `drop` that selects nothing on any page, and every unknown rule under
    `disabled_rules`, with its outlet."""
    return [mistake for outlet in outlets for mistake in _check_outlet(outlet)]


def _check_outlet(outlet: Outlet) -> Iterator[Mistake]:
    for name, find_problem in _CHECKS.items():
        for value in getattr(outlet.cleaning, name):
            if problem := find_problem(value):
                yield Mistake(f"outlet {outlet.key!r}", f"cleaning.{name}", problem, outlet=outlet.key)
