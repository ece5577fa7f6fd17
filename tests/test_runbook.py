"""Every command that the pages tell people to type is one that the program knows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from cli.main import VERBS, LazyGroup

REPOSITORY = Path(__file__).resolve().parent.parent
PAGES = [path for path in (REPOSITORY / "docs" / "runbook.md", REPOSITORY / "README.md") if path.is_file()]
COMMAND = re.compile(r"(?:^|`|&& |worker )(?:\.venv/bin/)?copydesk ([a-z][^`#\n]*)", flags=re.MULTILINE)


def find_commands(page: Path) -> list[str]:
    return [found.strip() for found in COMMAND.findall(page.read_text(encoding="utf-8"))]


def find_problem(words: list[str]) -> str | None:
    """Why the program would not take these words, as far as verbs and options go."""
    if words[0] not in VERBS:
        return f"no verb {words[0]}"
    command: click.Command | None = LazyGroup().get_command(click.Context(click.Group()), words[0])
    rest = words[1:]
    if isinstance(command, click.Group) and rest and not rest[0].startswith("--"):
        command, rest = command.get_command(click.Context(command), rest[0]), rest[1:]
    if command is None:
        return f"no such command below {words[0]}"
    known = {option for parameter in command.params for option in parameter.opts}
    unknown = [word for word in rest if word.startswith("--") and word not in known]
    return f"{words[0]} has no {unknown[0]}" if unknown else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_the_page_exists(page: Path) -> None:
    commands = find_commands(page)
    assert len(commands) > 3
    problems = {command: find_problem(shlex.split(command)) for command in commands}
    assert {command: problem for command, problem in problems.items() if problem} == {}


def test_the_runbook_has_no_dead_link() -> None:
    text = (REPOSITORY / "docs" / "runbook.md").read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\s-]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert {link for link in re.findall(r"\]\(#([^)]+)\)", text)} <= anchors
