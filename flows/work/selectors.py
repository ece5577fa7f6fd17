"""The cleaning settings of outlets (XPath, CSS, rules), checked before anything is fetched: core cannot know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from core.config.mistakes import Mistake, tell_mistakes
from core.outlets import Outlet

_CHECKED = ("keep", "drop", "disabled_rules")


def check_selectors(outlets: Iterable[Outlet], file: Path | None = None) -> None:
    """Raise WrongSettingsError if an outlet has a wrong expression or an unknown rule; the message names them all."""
    if mistakes := find_wrong_selectors(outlets):
        raise tell_mistakes(mistakes, file)


def find_wrong_selectors(outlets: Iterable[Outlet]) -> list[Mistake]:
    """Every expression under `keep` and `drop` that selects nothing on any page, and every unknown rule under
    `disabled_rules`, with its outlet."""
    return [mistake for outlet in outlets for mistake in _check_outlet(outlet)]


def _check_outlet(outlet: Outlet) -> Iterator[Mistake]:
    if not any(getattr(outlet.cleaning, name) for name in _CHECKED):
        return
    # Loaded here: most loads have nothing to check, and the rules take longer to load than a small load needs.
    from tasks.clean.rules.outlet_rules import find_expression_problem
    from tasks.clean.rules.rules_page import find_rule_problem

    for name in _CHECKED:
        find_problem = find_rule_problem if name == "disabled_rules" else find_expression_problem
        for value in getattr(outlet.cleaning, name):
            if problem := find_problem(value):
                yield Mistake(f"outlet {outlet.key!r}", f"cleaning.{name}", problem, outlet=outlet.key)
