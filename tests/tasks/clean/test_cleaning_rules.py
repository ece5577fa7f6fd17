"""The list of rules is that of the code: none is missing, none is left over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import tasks.clean
from core.cleaning_rules import RULES
from tasks.clean.rules.boxes import _MOST_TELLING
from tasks.clean.rules.outside import OUTSIDE
from tasks.clean.words.phrases import read_groups


def test_every_rule_of_the_code_is_listed_and_no_other() -> None:
    in_code = {rule for file in Path(tasks.clean.__path__[0]).rglob("*.py") for rule in _removed_under(file)}
    groups = {group.name for group in read_groups().values()}
    assert in_code | groups | set(_MOST_TELLING) | {OUTSIDE} == set(RULES)


def _removed_under(file: Path) -> Iterator[str]:
    """The rules under which the module removes lines: the literals given to `Draft.remove`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "remove":
            for given in node.args[1:]:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.value
