"""docs/how-it-works.md names modules that exist, and every hop names one."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
MODULE = re.compile(r"\b(?:core|tasks|warehouse|flows|cli)/[\w/]+\.py\b")


def test_every_module_and_folder_that_the_page_names_is_there() -> None:
    named = set(MODULE.findall(TEXT))
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []
    assert len(named) >= 25
    folders = set(re.findall(r"`(sql/\w+)`", TEXT))
    assert folders and all((ROOT / folder).is_dir() for folder in folders)


def test_every_hop_but_a_command_names_a_module() -> None:
    hops = re.split(r"^\d+\. ", TEXT, flags=re.MULTILINE)[1:]
    assert len(hops) >= 12
    assert [hop for hop in hops if not MODULE.search(hop) and "`copydesk " not in hop] == []


def test_the_modules_of_the_drawing_are_those_of_the_text() -> None:
    drawing = TEXT.split("```mermaid")[1].split("```")[0]
    rest = TEXT.replace(drawing, "")
    assert [name for name in MODULE.findall(drawing) if name not in rest] == []
