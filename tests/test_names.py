"""Names find their thing: small folders, and one public thing for each name."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGES = ("core", "tasks", "warehouse", "flows", "dashboard", "copydesk", "cli")
MOST_MODULES = 20
# Names that more than one module defines, and why they may.
SHARED = {
    # Each verb's module has a `command`, which cli/main.py looks up by that name.
    "command",
    # Two ways to open a lake: `copydesk.connect` for answers, `warehouse.connect` for DuckDB's relations.
    "connect",
    # Words of `import copydesk`, called as the verbs are.
    "backfill",
    "read_page",
    # A program begins in `main`.
    "main",
    # A run of the flow, and a run of words in a text; the reason of an outcome, and that of a verdict.
    "Reason",
    "Run",
    # Type variables.
    "F",
    "P",
    "T",
    # The name of the stage that a module belongs to.
    "STAGE",
}
# Calls that put something else in the place of a name.
PATCHES = {"setattr", "delattr", "setitem", "delitem", "object", "patch"}


def find_public_names(source: str) -> Iterator[str]:
    """Names of functions, classes and constants at the top level of a module that begin with a letter."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
        else:
            names = []
        yield from (name for name in names if not name.startswith("_"))


def modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((REPOSITORY / package).rglob("*.py"))]


def find_homes() -> dict[str, set[str]]:
    homes: dict[str, set[str]] = defaultdict(set)
    for path in modules():
        for name in find_public_names(path.read_text(encoding="utf-8")):
            homes[name].add(str(path.relative_to(REPOSITORY)))
    return homes


def test_no_folder_holds_more_modules_than_one_can_look_over() -> None:
    counts = Counter(path.parent.relative_to(REPOSITORY) for path in modules() if path.name != "__init__.py")
    assert {str(folder): count for folder, count in counts.items() if count > MOST_MODULES} == {}


def test_a_public_name_has_one_home() -> None:
    outside = {
        name: sorted(paths) for name, paths in find_homes().items() if len(paths) > 1 and name not in SHARED
    }
    assert outside == {}, "rename one, or fold both where they are one thing"


def test_each_exception_is_still_one() -> None:
    homes = find_homes()
    assert [name for name in SHARED if len(homes[name]) < 2] == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def load(): ...\nclass Lake: ...\nasync def fetch(): ...", ["load", "Lake", "fetch"]),
        ("LIMIT = 3\nLIMITS: int = 4", ["LIMIT", "LIMITS"]),
        ("_LIMIT = 3\ndef _load(): ...\nimport json\nif True:\n    x = 1", []),
        ("def outer():\n    def inner(): ...", ["outer"]),
    ],
)
def test_public_names_are_found(source: str, names: list[str]) -> None:
    assert list(find_public_names(source)) == names


def find_private_patches(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of each private name that is patched: by setattr, setitem and their kin, or by an assignment."""
    for node in ast.walk(ast.parse(source)):
        names: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PATCHES:
            names = node.args[:2] if node.func.attr in ("setattr", "delattr", "object") else node.args[:1]
        elif isinstance(node, ast.Assign):
            names = [one for one in node.targets if isinstance(one, ast.Attribute)]
            names = [one for one in names if not (isinstance(one.value, ast.Name) and one.value.id == "self")]  # type: ignore[attr-defined]
        for name in names:
            said = name.value if isinstance(name, ast.Constant) else getattr(name, "attr", "")
            if any(part.startswith("_") and not part.startswith("__") for part in str(said).split(".")):
                yield node.lineno, str(said)


def test_no_test_patches_a_private_name() -> None:
    """A test that does breaks when the inside of a module changes: give the module a seam, e.g. a parameter."""
    patched = {
        f"{path.relative_to(REPOSITORY)}:{line} {name}"
        for path in sorted((REPOSITORY / "tests").rglob("*.py"))
        for line, name in find_private_patches(path.read_text(encoding="utf-8"))
    }
    assert patched == set()


@pytest.mark.parametrize(
    "line",
    [
        'patch.setattr(flow, "_work", stop)',
        'patch.setattr("flows.load._work", stop)',
        'patch.setitem(flow._WORK, "clean", stop)',
        'mock.patch.object(flow, "_work")',
        "flow._work = stop",
    ],
)
def test_a_patch_of_a_private_name_is_found(line: str) -> None:
    assert [number for number, _ in find_private_patches(f"patch.setenv('_X', 'y')\n{line}")] == [2]
