"""docs/decisions.md: each decision has a heading and a date, newest first, and links from the code lead to one."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "decisions.md"
LINK = re.compile(r"docs/decisions\.md, \"([^\"]+)\"")


def read_decisions() -> dict[str, str]:
    """The text under each heading."""
    parts = re.split(r"^## (.+)\n", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def read_links() -> list[tuple[str, str]]:
    """File and heading of each link, in files that git knows; a link can go on in the next line."""
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    paths = [ROOT / name for name in names if name.endswith((".py", ".md", ".sql", ".toml"))]
    found = []
    for path in paths:
        if path.is_file() and path != PAGE and path != Path(__file__):
            text = re.sub(r"\s*\n\s*(?:#|--)?\s*", " ", path.read_text(encoding="utf-8"))
            found += [(path.name, heading) for heading in LINK.findall(text)]
    return found


def test_every_link_to_a_decision_names_one_of_its_headings() -> None:
    links = read_links()
    known = read_decisions()
    assert [link for link in links if link[1] not in known] == []
    assert len({heading for _, heading in links}) >= 20


def test_every_mention_of_the_page_in_code_is_such_a_link() -> None:
    code = [*ROOT.glob("core/**/*.py"), *ROOT.glob("tasks/**/*.py"), *ROOT.glob("warehouse/**/*.py")]
    code += [*ROOT.glob("flows/**/*.py"), *ROOT.glob("cli/**/*.py")]
    for path in code:
        text = re.sub(r"\s*\n\s*#?\s*", " ", path.read_text(encoding="utf-8"))
        assert text.count("decisions.md") == len(LINK.findall(text)), path


def test_decisions_are_dated_and_the_newest_comes_first() -> None:
    text = PAGE.read_text(encoding="utf-8")
    decisions = read_decisions()
    assert len(decisions) == text.count("\n## ")  # no heading twice
    assert "\n**" not in text  # a decision begins with a heading
    dates = [date.fromisoformat(body[:10]) for body in decisions.values()]
    assert all(body[10:12] == ". " for body in decisions.values())
    assert dates == sorted(dates, reverse=True)
