"""The notebook of the examples and the code of docs/python.md run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import copydesk

REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, loaded."""
    place = tmp_path_factory.mktemp("documents")
    (place / "examples").symlink_to(REPOSITORY / "examples")
    copydesk.load(place / "examples/outlets", place / "example-lake", workers=0)
    return place


def test_the_notebook_runs_and_shows_tables_and_a_story(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    notebook = nbformat.read(REPOSITORY / "examples/notebook.ipynb", as_version=4)
    NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(folder)}}).execute()
    shown = [
        output["data"].get("text/html", output["data"].get("text/plain", ""))
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "data" in output
    ]
    assert any("<mark>1,450 jobs</mark>" in text for text in shown)
    assert any(text.startswith("<iframe sandbox") and "Wexcombe" in text for text in shown)
    assert not [
        cell for cell in notebook.cells for output in cell.get("outputs", ()) if output.output_type == "error"
    ]


def test_the_notebook_is_kept_without_answers() -> None:
    notebook = nbformat.read(REPOSITORY / "examples/notebook.ipynb", as_version=4)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)


def test_the_code_of_the_page_runs_from_top_to_bottom(folder: Path) -> None:
    text = (REPOSITORY / "docs/python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 5
    program = folder / "program.py"
    body = "\n".join(f"    {line}" for block in blocks for line in block.splitlines())
    program.write_text(
        f"if __name__ == '__main__':\n{body}\n    print(len(jobs), page.outcome, report.counts)\n"
    )
    done = subprocess.run(
        [sys.executable, program.name],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"\d+ accepted \{.*'unchanged'.*\}\n", done.stdout)
