"""The list of cleaning rules is complete, and docs/cleaning-rules.md shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.clean.rules.order import PAGE_RULES, TEXT_RULES
from tasks.clean.rules.rules_page import find_rule_problem, list_rules, render_rules_page
from tasks.clean.words.phrases import read_groups

ROOT = Path(__file__).resolve().parents[4]


def test_the_page_is_current() -> None:
    written = (ROOT / "docs" / "cleaning-rules.md").read_text(encoding="utf-8")
    command = ".venv/bin/python -m tasks.clean.rules.rules_page > docs/cleaning-rules.md"
    assert written == render_rules_page(), f"run: {command}"


def test_every_rule_and_every_phrase_group_is_listed_with_a_meaning() -> None:
    rules = list_rules()
    used = {name for rule in (*PAGE_RULES, *TEXT_RULES) for name in rule.names}
    assert used | read_groups().keys() <= rules.keys()
    assert [name for name, meaning in rules.items() if len(meaning.split()) < 1] == []


def test_every_step_says_what_it_looks_for() -> None:
    assert [rule.names for rule in (*PAGE_RULES, *TEXT_RULES) if not rule.summary] == []


def test_a_phrase_group_cannot_have_the_name_of_another_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.clean.rules.rules_page.declared_rules", lambda: {"share": "calls to share"})
    with pytest.raises(ValueError, match="'share' is a phrase group too"):
        list_rules()


def test_an_unknown_rule_is_answered_with_the_nearest_name_and_all_names() -> None:
    assert find_rule_problem("share") is None
    problem = find_rule_problem("shares") or ""
    assert problem.startswith(
        "there is no rule 'shares'; did you mean share? The rules are ad, advertisement, "
    )
    assert (find_rule_problem("qqq") or "").startswith("there is no rule 'qqq'; the rules are ad, ")
