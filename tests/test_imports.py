"""Who may import what: the rules that keep news, storage, running and typing apart (see CONTRIBUTING.md).

The layers of imports are contracts in pyproject.toml, which import-linter checks. The rules here see what it
cannot: the clock, chance, the environment, SQL text, libraries of core, and modules imported by a string.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

REPOSITORY = Path(__file__).resolve().parent.parent
OURS = ("core", "tasks", "warehouse", "flows", "dashboard", "copydesk", "cli")
CLOCK = (
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.perf_counter",
    "time.localtime",
    "time.sleep",
)
CHANCE = (
    "random.random",
    "random.choice",
    "random.shuffle",
    "random.sample",
    "uuid.uuid1",
    "uuid.uuid4",
    "secrets",
)
ENVIRONMENT = ("os.environ", "os.getenv")
SQL_BEGINNINGS = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "ATTACH ", "WITH ")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a folder may import of ours; what it must not touch; for core, the only libraries it may use."""

    ours: tuple[str, ...]
    never: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    may_hold_sql: bool = False


# The decoders of HTTP bodies are in core, since the fetcher and the archive have to agree on every byte.
CORE_LIBRARIES = ("pydantic", "pydantic_core", "pyarrow", "zstandard", "fastwarc")
RULES = {
    "core": Rule(("core",), CLOCK, only=CORE_LIBRARIES),
    "tasks": Rule(("core", "tasks"), ("prefect", "duckdb", *CLOCK, *CHANCE, *ENVIRONMENT)),
    "warehouse": Rule(("core", "warehouse"), ("prefect",), may_hold_sql=True),
    "flows": Rule(("core", "tasks", "warehouse", "flows"), ("duckdb",)),
    "dashboard": Rule(("core", "flows", "warehouse", "dashboard"), ("prefect", "duckdb")),
    "copydesk": Rule(("core", "flows", "warehouse", "dashboard", "copydesk"), ("prefect", "duckdb")),
    "cli": Rule(("core", "flows", "warehouse", "dashboard", "copydesk", "cli"), ("duckdb",)),
}


def find_breaches(source: str, rule: Rule) -> list[str]:
    """What in a module breaks its folder's rule, as `line: name`."""
    tree = ast.parse(source)
    breaches = [f"{line}: {name}" for line, name in iterate_names(tree) if breaks_rule(name, rule)]
    if not rule.may_hold_sql:
        breaches += [f"{line}: SQL text" for line in iterate_sql(tree)]
    return sorted(set(breaches))


def breaks_rule(name: str, rule: Rule) -> bool:
    top = name.split(".")[0]
    if any(name == never or name.startswith(f"{never}.") for never in rule.never):
        return True
    if top in OURS:
        return top not in rule.ours
    return rule.only is not None and top not in rule.only and top not in sys.stdlib_module_names


def iterate_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Everything that is imported, and every use of it, under its full dotted name."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                known[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield node.lineno, f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (name := spell(node, known)):
            yield node.lineno, name
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield from iterate_dynamic(node, spell(node.func, known))


def iterate_dynamic(call: ast.Call, called: str | None) -> Iterator[tuple[int, str]]:
    """`importlib.import_module("x")` and `__import__("x")` import x."""
    is_import = called in ("importlib.import_module", "__import__")
    if is_import and call.args and isinstance(call.args[0], ast.Constant):
        yield call.lineno, str(call.args[0].value)


def spell(node: ast.expr, known: dict[str, str]) -> str | None:
    """The dotted name of an expression that begins with an imported name or a builtin."""
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id if node.id == "__import__" else None)
    if isinstance(node, ast.Attribute):
        owner = spell(node.value, known)
        return f"{owner}.{node.attr}" if owner else None
    return None


def iterate_sql(tree: ast.AST) -> Iterator[int]:
    """Lines with a string that begins like an SQL statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value.lstrip()
            if text.startswith(SQL_BEGINNINGS) and any(
                word in text for word in (" FROM ", " INTO ", " SET ", " AS ")
            ):
                yield node.lineno


def test_imports_go_down_the_ladder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS, "the broken contracts are printed above"


@pytest.mark.parametrize("folder", RULES)
def test_the_modules_of_a_folder_keep_its_rule(folder: str) -> None:
    breaches = [
        f"{path.relative_to(REPOSITORY)}:{breach}"
        for path in sorted((REPOSITORY / folder).rglob("*.py"))
        for breach in find_breaches(path.read_text(encoding="utf-8"), RULES[folder])
    ]
    assert not breaches, f"what {folder} may not use"


@pytest.mark.parametrize(
    ("folder", "source", "breach"),
    [
        ("core", "import tasks.clean", "1: tasks.clean"),
        ("core", "import httpx", "1: httpx"),
        ("core", "def f():\n    from warehouse import lake", "2: warehouse.lake"),
        ("tasks", "import duckdb as db", "1: duckdb"),
        ("tasks", "from datetime import datetime\ndatetime.now()", "2: datetime.datetime.now"),
        ("tasks", "import datetime as dt\nx = dt.date.today", "2: datetime.date.today"),
        ("tasks", "from time import time", "1: time.time"),
        ("tasks", "import os\nos.environ['HOME']", "2: os.environ"),
        ("tasks", "import random\nrandom.shuffle([])", "2: random.shuffle"),
        ("tasks", "import importlib\nimportlib.import_module('prefect.tasks')", "2: prefect.tasks"),
        ("tasks", "__import__('warehouse')", "1: warehouse"),
        ("warehouse", "from flows.load import load", "1: flows.load.load"),
        ("flows", "from duckdb import connect", "1: duckdb.connect"),
        ("flows", "q = 'SELECT 1 FROM articles'", "1: SQL text"),
        ("cli", "from tasks.clean import clean_captures", "1: tasks.clean.clean_captures"),
    ],
)
def test_a_breach_is_seen(folder: str, source: str, breach: str) -> None:
    assert breach in find_breaches(source, RULES[folder])


@pytest.mark.parametrize(
    ("folder", "source"),
    [
        ("core", "import os, pydantic\nfrom core.errors import ConfigError"),
        ("tasks", "import random\nrandom.Random(1).random()"),
        ("tasks", "from datetime import datetime\ndatetime.fromisoformat('2026-10-06')"),
        ("warehouse", "q = 'SELECT 1 FROM articles'"),
        ("flows", "help_text = 'SELECT one of the outlets'"),
    ],
)
def test_what_is_allowed_passes(folder: str, source: str) -> None:
    assert find_breaches(source, RULES[folder]) == []
