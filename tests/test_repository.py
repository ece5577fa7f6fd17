"""What holds for every file of the repository: nothing of one machine, no giants, SQL that explains itself."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

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


def test_no_module_is_a_giant() -> None:
    giants = [name_of(path) for path in PYTHON if path.read_text(encoding="utf-8").count("\n") > FILE_LINES]
    assert not giants, "look for the missing idea and part the module there"


def test_no_function_is_a_giant() -> None:
    giants = [
        f"{name_of(path)}: {node.name} at {node.lineno}"
        for path in PYTHON
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno > FUNCTION_LINES
    ]
    assert not giants


def test_a_query_says_its_purpose_grain_key_and_what_it_reads() -> None:
    lacking = {}
    for path in QUERIES:
        header = re.findall(r"^-- (\w+):(.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        said = {name: value.strip() for name, value in header}
        empty = {name for name in ("purpose", "grain") if not said.get(name)}
        if missing := ({"key", "reads"} - said.keys()) | empty:
            lacking[name_of(path)] = sorted(missing)
    assert QUERIES
    assert not lacking


def test_a_query_binds_its_values() -> None:
    pasted = []
    for path in QUERIES:
        lines = path.read_text(encoding="utf-8").splitlines()
        code = "\n".join(line for line in lines if not line.startswith("--"))
        if re.search(r"\{\w*\}|%s|%\(", code):
            pasted.append(name_of(path))
    assert not pasted, "values are bound as $name"


def test_no_module_has_a_name_that_says_nothing() -> None:
    nothing = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "data"}
    assert not [name_of(path) for path in PYTHON if path.stem in nothing]


def test_each_benchmark_is_a_command_of_its_docstring_and_of_the_table() -> None:
    """A module in a room is a command; what commands are made of lies in folders below the rooms, or in `inputs`."""
    folder = REPOSITORY / "benchmarks"
    commands = {
        f"{room}.{path.stem}": path.read_text(encoding="utf-8")
        for room in ("score", "cost", "strain", "train")
        for path in (folder / room).glob("*.py")
    }
    table = (folder / "README.md").read_text(encoding="utf-8").partition("| command under ")[2]
    assert commands.keys() == set(re.findall(r"`((?:score|cost|strain|train)\.\w+)", table))
    assert [name for name, text in commands.items() if f"python -m benchmarks.{name}" not in text] == []
    assert [name for name, text in commands.items() if '__name__ == "__main__"' not in text] == []
    assert "eighteen in all" in (folder / "README.md").read_text(encoding="utf-8") and len(commands) == 18
