"""Compiled templates are kept for the user alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from dashboard.compiled import template_cache

OPTIONS = Path(__file__)


def test_a_template_is_compiled_once_and_again_when_its_text_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def render(text: str) -> str:
        made = Environment(
            loader=DictLoader({"a": text}), bytecode_cache=template_cache(OPTIONS), autoescape=True
        )
        return made.get_template("a").render(name="<b>")

    assert render("one {{ name }}") == "one &lt;b&gt;"
    (kept,) = tmp_path.rglob("*.cache")
    monkeypatch.setattr(Environment, "compile", None)  # from here on nothing can be compiled
    assert render("one {{ name }}") == "one &lt;b&gt;"
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert render("two {{ name }}") == "two &lt;b&gt;"
    kept.write_bytes(b"broken")
    assert render("two {{ name }}") == "two &lt;b&gt;"


def test_a_folder_that_others_can_write_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert template_cache(OPTIONS) is not None
    (tmp_path / "copydesk" / "templates").chmod(0o777)
    assert template_cache(OPTIONS) is None


def test_without_a_folder_templates_are_compiled_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert template_cache(OPTIONS) is None
