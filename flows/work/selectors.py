"""The XPath and CSS of outlets' settings, tried before anything is fetched: core has no library for them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.config.mistakes import Mistake, tell_mistakes
from core.outlets import Outlet
from tasks.clean.rules.overrides import find_expression_problem


def check_selectors(outlets: Iterable[Outlet], file: Path | None = None) -> None:
    """Raise WrongSettingsError that tells every expression under `keep` and `drop` that selects nothing anywhere."""
    if mistakes := find_wrong_selectors(outlets):
        raise tell_mistakes(mistakes, file)


def find_wrong_selectors(outlets: Iterable[Outlet]) -> list[Mistake]:
    """Every expression under `keep` and `drop` that is none, with its outlet."""
    return [
        Mistake(f"outlet {outlet.key!r}", f"cleaning.{name}", problem, outlet=outlet.key)
        for outlet in outlets
        for name in ("keep", "drop")
        for expression in getattr(outlet.cleaning, name)
        if (problem := find_expression_problem(expression))
    ]
