"""Odd and mutated inputs through each reader for a time: `python -m benchmarks.strain.fuzz readers --seconds 600`.

HTML, texts and records go through cleaning; feeds, sitemaps and OPML through their parsers; WARC, Parquet,
CSV and JSON Lines are read as files. `--readers` chooses among them. Each input is made by a grammar from our own
parts and then mutated in its bytes, from a seeded generator: the same seed gives the same input. A find is an
error that the reader does not declare (one that the guard around inputs caught as well), an input without an
outcome or with two of one name, rows that do not fit their table, or a limit of time or memory passed. It is reported with
its seed; `--keep` keeps its bytes, and `--readers NAME --seed N --seconds 0` makes it once more.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from benchmarks.inputs.odd_files import FILE_MAKERS, Made
from benchmarks.inputs.odd_pages import make_capture
from core.captures import Capture, CaptureKind
from core.errors import ConfigError
from core.outcomes import Reason
from core.outlets import Outlet
from core.tables import ARTICLES, REMOVED_LINES
from tasks.acquire.files.read import FileOptions, iterate_inputs
from tasks.acquire.follow.feeds import read_feed
from tasks.acquire.follow.opml import read_opml
from tasks.acquire.follow.sitemaps import read_sitemap
from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures

FILLED_BY_THE_FLOW = {"run_id": "fuzz", "code_version": "fuzz"}
URL = "https://harbour.example/feed"
PAGE_READERS = {"html": CaptureKind.HTML, "text": CaptureKind.TEXT, "record": CaptureKind.RECORD}
READERS = (*PAGE_READERS, *FILE_MAKERS)
KILOBYTES = 1024


class TooSlowError(Exception):
    """An input took longer than its limit allows."""


class BrokenPromiseError(Exception):
    """A reader gave what it must not give."""


class Find(NamedTuple):
    """An input that broke something: which reader, its seed, what happened."""

    reader: str
    seed: int
    problem: str


class Bounds(NamedTuple):
    """CPU seconds and MB of memory that one input can take."""

    seconds: int = 10
    megabytes: int = 500


def main() -> None:
    options = read_options()
    ends, finds = fuzz(
        options.readers, options.seed, options.seconds, Bounds(options.limit, options.memory), options.keep
    )
    for (reader, end), count in sorted(ends.items()):
        print(f"  {reader:8} {count:7} {end}")
    kinds = Counter((find.reader, find.problem) for find in finds)
    print(f"{ends.total()} inputs, {len(finds)} finds of {len(kinds)} kinds")
    for (reader, problem), count in kinds.most_common():
        seed = next(find.seed for find in finds if (find.reader, find.problem) == (reader, problem))
        print(f"FIND {count} times in {reader}, first with seed {seed}: {problem}")
    sys.exit(1 if finds else 0)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60, help="for all readers together")
    parser.add_argument("--seed", type=int, default=0, help="of the first input; the next ones count up")
    parser.add_argument("--readers", nargs="+", choices=READERS, default=READERS)
    parser.add_argument("--limit", type=int, default=Bounds().seconds, help="CPU seconds of one input")
    parser.add_argument("--memory", type=int, default=Bounds().megabytes, help="MB that one input may add")
    parser.add_argument("--keep", type=Path, help="folder for inputs that broke something")
    return parser.parse_args()


def fuzz(
    readers: Sequence[str] = READERS,
    seed: int = 0,
    seconds: float = 30,
    bounds: Bounds = Bounds(),  # noqa: B008 - it cannot be changed
    keep: Path | None = None,
) -> tuple[Counter[tuple[str, str]], list[Find]]:
    """How the inputs of each reader ended, and the finds; each reader gets its share of the seconds."""
    ends: Counter[tuple[str, str]] = Counter()
    finds: list[Find] = []
    with tempfile.TemporaryDirectory() as folder:
        for reader in readers:
            deadline = time.monotonic() + seconds / len(readers)
            number = seed
            while number == seed or time.monotonic() < deadline:
                name, payload, read = make_input(reader, random.Random(number), Path(folder))
                end, problem = read_bounded(read, bounds)
                ends[reader, end] += 1
                if problem:
                    finds.append(Find(reader, number, problem))
                    keep_input(keep, f"{reader}-{number}{name}", payload)
                number += 1
    return ends, finds


def make_input(reader: str, chance: random.Random, folder: Path) -> tuple[str, bytes, Callable[[], str]]:
    """An input's suffix, its bytes, and the call that reads it and says how it ended."""
    if reader in PAGE_READERS:
        capture = make_capture(chance, PAGE_READERS[reader])
        return f".{reader}", capture.payload, partial(clean_one, capture)
    made = FILE_MAKERS[reader](chance)
    return (*made, partial(PARSERS.get(reader, partial(read_file, folder)), made))


def read_bounded(read: Callable[[], str], bounds: Bounds) -> tuple[str, str | None]:
    """How it ended, and what went wrong, if anything."""
    before = peak_megabytes()
    try:
        with cpu_limit(bounds.seconds):
            end = read()
    except TooSlowError as error:
        return "too slow", f"more than {bounds.seconds} s CPU in {place_of(error)}"
    except Exception as error:  # noqa: BLE001 - every error that no reader declares is a find
        return "exception", f"{type(error).__name__} in {place_of(error)}: {str(error)[:120]}"
    grown = peak_megabytes() - before
    return end, f"it takes more than {bounds.megabytes} MB" if grown > bounds.megabytes else None


def peak_megabytes() -> float:
    """The most memory that this process has taken so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / KILOBYTES / (KILOBYTES if sys.platform == "darwin" else 1)


@contextmanager
def cpu_limit(seconds: int) -> Iterator[None]:
    """Raise TooSlowError inside the block after this many seconds of CPU."""
    before = signal.signal(signal.SIGPROF, stop_input)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def stop_input(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlowError


def clean_one(capture: Capture) -> str:
    """Clean the capture; the outcome's reason."""
    result = clean_captures([capture], CleanOptions(outlets={"harbour": Outlet(key="harbour")}))
    check_rows(result.rows)
    if len(result.outcomes) != 1:
        raise BrokenPromiseError(f"{len(result.outcomes)} outcomes for one capture")
    return result.outcomes[0].reason.value


def check_rows(rows: dict[str, list[dict[str, object]]]) -> None:
    """Raise if rows do not fit their tables, or a body holds what no text holds."""
    articles = [{**row, **FILLED_BY_THE_FLOW} for row in rows.get("articles", [])]
    ARTICLES.to_arrow(articles)
    REMOVED_LINES.to_arrow([{**row} for row in rows.get("removed_lines", [])])
    for article in articles:
        body = str(article["body_text"])
        if body != body.strip() or "\x00" in body or "\r" in body or "\n\n\n" in body:
            raise BrokenPromiseError("body_text is not plain paragraphs")


def read_file(folder: Path, made: Made) -> str:
    """Read the file; the reason of its last outcome, or that there were captures."""
    path = folder / f"input{made[0]}"
    path.write_bytes(made[1])
    items = list(iterate_inputs([path], FileOptions(outlet="harbour", max_input_bytes=1_000_000)))
    path.unlink()
    if not items:
        raise BrokenPromiseError("the file has no outcome")
    if len({item.input_ref for item in items}) < len(items):
        raise BrokenPromiseError("two inputs have one name")
    refused = [item for item in items if not isinstance(item, Capture)]
    for outcome in refused:
        if outcome.reason is Reason.STAGE_ERROR:
            raise BrokenPromiseError(
                f"unexpected outcome: {str(outcome.detail)[:200].replace(str(folder), '')}"
            )
    return refused[-1].reason.value if refused else "captures"


def parse_feed(made: Made) -> str:
    return "announcements" if read_feed(made[1], URL).announcements else "none"


def parse_sitemap(made: Made) -> str:
    return "announcements" if read_sitemap(made[1], URL).announcements else "none"


def parse_opml(made: Made) -> str:
    try:
        return "outlets" if read_opml(made[1]) else "none"
    except ConfigError:
        return "refused"


PARSERS: dict[str, Callable[[Made], str]] = {
    "feed": parse_feed,
    "sitemap": parse_sitemap,
    "opml": parse_opml,
}


def place_of(error: BaseException) -> str:
    """The deepest place in Copydesk that an error went through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/tasks/" in frame.filename] or frames
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}"


def keep_input(folder: Path | None, name: str, payload: bytes) -> None:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(payload)
