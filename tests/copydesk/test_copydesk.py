"""`import copydesk`: what it exports, and that importing it costs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import copydesk


def test_the_exported_names_are_these() -> None:
    assert copydesk.__all__ == [
        "AnswerTable",
        "ArticleAnswer",
        "BackfillPlan",
        "BackfillReport",
        "BackfillRequest",
        "ConfigError",
        "CopydeskError",
        "FileChoice",
        "LakeReader",
        "PageRows",
        "RunReport",
        "StoryAnswer",
        "__version__",
        "backfill",
        "connect",
        "load",
        "read_page",
    ]
    assert all(getattr(copydesk, name) is not None for name in copydesk.__all__)
    assert set(copydesk.__all__) <= set(dir(copydesk))


def test_an_unknown_name_is_an_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match="conect"):
        copydesk.conect  # type: ignore[attr-defined] # noqa: B018


def test_importing_loads_nothing_heavy() -> None:
    heavy = "{'duckdb', 'pandas', 'pyarrow', 'spacy', 'prefect', 'altair', 'pydantic', 'fastapi', 'mcp'}"
    code = f"import sys, copydesk; print(sorted({heavy} & set(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed == "[]\n"
