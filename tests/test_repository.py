"""What holds for every file of the repository: nothing of one machine, no giants, SQL that explains itself."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
FILE_LINES = 400
FUNCTION_LINES = 50
# Put together here, so that this file does not name them itself. A package is named by its name; where it
# is fetched from is the business of whoever installs it.
REGISTRY_HOSTS = ["pypi." + "org", "python" + "hosted.org", "npm" + "js.", "deb." + "debian."]
MACHINE_PATHS = [rf"(?<![\w.])/{top}/" for top in ("work", "home", "root", "Users")]
BINARY = {".gz", ".zst", ".parquet", ".png", ".jpg", ".warc", ".ico", ".woff2"}
QUERY_FOLDERS = (
    "backfill", "checks", "explain", "group", "intake", "landing", "marts", "queries", "status",
)  # fmt: skip


def tracked_files() -> list[Path]:
    """The files under version control, or, in an unpacked archive, all that are not hidden."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        return [path for name in listed.stdout.split("\0") if name and (path := REPOSITORY / name).is_file()]
    return [
        path
        for path in REPOSITORY.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(REPOSITORY).parts)
    ]


FILES = tracked_files()
PYTHON = [path for path in FILES if path.suffix == ".py"]
QUERIES = [path for path in FILES if path.suffix == ".sql" and path.parent.name in QUERY_FOLDERS]


def name_of(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    pattern = re.compile("|".join([*map(re.escape, REGISTRY_HOSTS), *MACHINE_PATHS]))
    found = []
    for path in FILES:
        if path.suffix not in BINARY and path != Path(__file__).resolve():
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{name_of(path)}: {match[0]}" for match in [pattern.search(text)] if match]
    assert not found


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_no_module_and_no_function_is_a_giant(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= FILE_LINES, "look for the missing idea and part the module there"
    functions = [
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    giants = [f"{f.name} at {f.lineno}" for f in functions if (f.end_lineno or 0) - f.lineno > FUNCTION_LINES]
    assert not giants


@pytest.mark.parametrize("path", QUERIES, ids=name_of)
def test_a_query_says_its_purpose_grain_key_and_what_it_reads(path: Path) -> None:
    header = re.findall(r"^-- (\w+):(.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    said = {name: value.strip() for name, value in header}
    assert {"purpose", "grain", "key", "reads"} <= said.keys()
    assert said["purpose"] and said["grain"]


@pytest.mark.parametrize("path", QUERIES, ids=name_of)
def test_a_query_binds_its_values(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    code = "\n".join(line for line in lines if not line.startswith("--"))
    assert not re.search(r"\{\w*\}|%s|%\(", code), "values are bound as $name"


def test_no_module_has_a_name_that_says_nothing() -> None:
    nothing = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "data"}
    assert not [name_of(path) for path in PYTHON if path.stem in nothing]
