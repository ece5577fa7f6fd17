"""What every question to a lake costs: each in a process of its own, as a user asks it.

Asked are all named queries with their defaults (the whole lake, where they have any), one person, one story and one article;
searches; the data checks; plans of backfills; `explain`, `status` and `report` of a day. Printed: CPU seconds (starting the command is in
them), wall seconds, peak memory and the bytes that were printed. A question that needs more than 12 GB of addresses or ten CPU minutes fails,
and its line says so.
"""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.cost.loads.measure import COPYDESK
from benchmarks.inputs.synthetic_lake import DAILY, FIRST_DAY, article_id, person_name, story_id
from warehouse.asking.search.index import search_file
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.sql_files import list_queries

_MOST_BYTES = 12_000_000_000
_MOST_CPU_SECONDS = 600


def measure_asking(location: LakeLocation, size: int) -> None:
    """Ask everything once, and print what each costs; `size` is the number of articles in the lake."""
    search_file(location).unlink(missing_ok=True)
    print(f"{size:,} articles                              CPU s  wall s     MB      bytes")
    for label, words in iterate_commands(size):
        print(f"{label:42} {ask(label, [COPYDESK, *words, '--lake', str(location.folder)])}", flush=True)


def iterate_commands(size: int) -> Iterator[tuple[str, list[str]]]:
    """Labels and commands."""
    number = size // 2
    known: dict[str, Any] = {
        "article": article_id(number),
        "name": person_name(number),
        "counted": "boats",
        "story_id": story_id(number),
        "since": _day(size - 7 * DAILY),
    }
    for query in list_queries():
        names = [p.name for p in query.parameters]
        required = [p.name for p in query.parameters if p.is_required]
        narrowed = [[name] for name in ("story_id", "since") if name in names and name not in required]
        for given in (required, *narrowed):
            values = [f"{name}={known[name]}" for name in given]
            yield f"query {' '.join([query.name, *given])}", ["query", query.name, *values, "--json"]
    day = _day(size - DAILY)
    yield "search of a rare word, makes the index", ["search", "wabcde", "--json"]
    yield "search of a rare word", ["search", "wabcde", "--json"]
    yield "search of a word of all articles", ["search", "boats", "--json"]
    yield "check", ["check", "--json"]
    for label, begin in (("the last 30 days", ["--from", _day(size - 30 * DAILY)]), ("everything", [])):
        yield f"plan a backfill of {label}", ["backfill", "--stage", "extract", *begin, "--dry-run", "--json"]
    yield "explain an article", ["explain", article_id(number), "--json"]
    yield "status", ["status", "--json"]
    yield "report since the last day", ["report", "--since", day]
    yield "report of a story", ["report", story_id(number)]
    yield "report of an article", ["report", "--article", article_id(number)]


def ask(label: str, command: list[str]) -> str:
    """Run the command and describe its cost; what failed says so."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as trouble:
        process = subprocess.Popen(command, stdout=answer, stderr=trouble, preexec_fn=_limit)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall, length = time.perf_counter() - began, answer.seek(0, os.SEEK_END)
        trouble.seek(0)
        last = trouble.read().decode(errors="replace").strip().splitlines()[-1:]
    said = f"  exit code {process.returncode}: {' '.join(last)}" if process.returncode else ""
    cpu = usage.ru_utime + usage.ru_stime
    return f"{cpu:8.2f} {wall:7.2f} {usage.ru_maxrss / 1000:6.0f} {length:10,}{said}"


def _limit() -> None:
    """What asks for more is told so, and the machine stays usable."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_SECONDS, _MOST_CPU_SECONDS))


def _day(number: int) -> str:
    """The day on which the article of that number was published."""
    return (date.fromisoformat(FIRST_DAY[:10]) + timedelta(days=max(0, number) // DAILY)).isoformat()
