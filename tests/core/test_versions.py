"""A stage's version changes with its rules and packages, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import versions
from core.versions import STAGES, code_version, digest_sources, stage_version


def read_versions(monkeypatch: pytest.MonkeyPatch, releases: dict[str, str]) -> dict[str, str]:
    """The version of each stage where these packages have these releases."""
    monkeypatch.setattr(versions, "version", lambda package: releases.get(package, "1.0"))
    stage_version.cache_clear()
    found = {stage: stage_version(stage) for stage in STAGES}
    stage_version.cache_clear()
    return found


def test_another_release_of_a_package_makes_its_stage_stale_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = read_versions(monkeypatch, {"trafilatura": "2.0"})
    after = read_versions(monkeypatch, {"trafilatura": "2.1"})
    assert [stage for stage in STAGES if before[stage] != after[stage]] == ["clean"]


def test_a_code_version_names_every_stage() -> None:
    code_version.cache_clear()
    assert [f"{stage}.{stage_version(stage)}" in code_version() for stage in STAGES] == [True, True, True]


MODULE = """
\"\"\"Which lines go.\"\"\"
from tasks.clean.words.lines import Line
import re

# a share bar has at most this many words
LONGEST = 6
LIST = Path(__file__).parent / "words" / "bars.toml"
WORDS = ("share", "follow")


def is_bar(line: Line) -> bool:
    \"\"\"Whether a line is a share bar.\"\"\"
    from core.captures import Capture

    return len(line.words) <= LONGEST and line.words[0] in WORDS


def is_label(line: Line) -> bool:
    return line.text.isupper()
"""


def digest(*modules: str, suffix: str = ".py") -> str:
    return digest_sources([(suffix, module.encode()) for module in modules])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Which lines go.", "The lines that are removed, and why."),
        ("Whether a line is a share bar.", "True if the line is a share bar.\n\n    Short lines only."),
        ("# a share bar has at most this many words\n", ""),
        ("from tasks.clean.words.lines import Line", "from tasks.clean.words.lines import Line"),
        ("from tasks.clean.words.lines import Line", "import core.tables"),
        ('.parent / "words" / "bars', '.resolve().parent.parent / "bars'),
        ("    from core.captures import Capture\n\n", ""),
        ('("share", "follow")', '(\n    "share",\n    "follow",\n)'),
    ],
)
def test_words_about_the_code_and_imports_of_ours_change_no_version(old: str, new: str) -> None:
    changed = MODULE.replace(old, new)
    assert old in MODULE
    assert digest(changed) == digest(MODULE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LONGEST = 6", "LONGEST = 7"),
        ("bars.toml", "menus.toml"),
        ('"follow"', '"follow us"'),
        ("<= LONGEST", "< LONGEST"),
        ("import re", "import regex"),
        ("isupper", "istitle"),
        ("line.words[0] in", "line.words[-1] in"),
    ],
)
def test_a_changed_constant_or_rule_changes_the_version(old: str, new: str) -> None:
    assert old in MODULE
    assert digest(MODULE.replace(old, new)) != digest(MODULE)


def test_a_moved_file_and_a_moved_function_change_no_version() -> None:
    head, label = MODULE.split("def is_label")
    parted = digest(head, f"from tasks.clean.words.lines import Line\n\n\ndef is_label{label}")
    assert digest(MODULE, "X = 1") == digest("X = 1", MODULE)
    assert parted == digest(MODULE)


def test_comments_in_data_change_no_version_and_data_does() -> None:
    data = '# phrases\nphrases = ["leave a reply"] # all lower case\n'
    assert digest(data, suffix=".toml") == digest('phrases = [\n  "leave a reply",\n]\n', suffix=".toml")
    assert digest(data, suffix=".toml") != digest(data.replace("reply", "comment"), suffix=".toml")
    assert digest("# places\na,b\n", suffix=".csv") == digest("# all places\na,b\n", suffix=".csv")
    assert digest("a,b\n", suffix=".csv") != digest("a,c\n", suffix=".csv")


def test_a_version_that_was_kept_is_the_version_that_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = stage_version("stories")
    stage_version.cache_clear()
    (tmp_path / "versions.py").write_bytes(Path(versions.__file__).read_bytes())
    monkeypatch.setattr(versions, "__file__", str(tmp_path / "versions.py"))
    assert [stage_version.__wrapped__("stories") for _ in range(2)] == [made, made]
    (tmp_path / "__pycache__" / "group.fingerprint").write_text("other words", encoding="ascii")
    assert stage_version.__wrapped__("stories") == made
