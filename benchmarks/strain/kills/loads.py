"""Strike loads at random moments, again and again; the next load completes what was begun, and nothing is torn.

    python -m benchmarks.strain.kill loads --what flow --rounds 20
    python -m benchmarks.strain.kill loads --what worker server postgres s3 --rounds 20
    python -m benchmarks.strain.kill loads --what worker flow dask-worker dask-flow --workers-archive
    python -m benchmarks.strain.kill loads --what postgres s3 server-worker server-flow dask-worker --rounds 10 --eager-workers

A round starts a lake, strikes a load (a worker process killed; the whole load killed, also with a Dask cluster or on a lake of PostgreSQL and S3; the Prefect server
killed; PostgreSQL restarted, half of the times while the load holds the gate; S3 answering 500 or 503 for up to a minute), loads to
the end, and compares every table with those of an undisturbed load. Data checks must pass, no run stays open and
no process is left; where batches are worked, every record of the archive is read back, and every file must be sealed. With
--workers-archive the workers write the archive from the first input on, and not only in long loads; with --eager-workers they also
pack and group every window and find the questions of every story, and loads that servers fail under have workers as well.
Exit code 1 when a round differs or no load was hit.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import psutil

from benchmarks.strain.kills.disturbances import SCENES, Process, Scene
from benchmarks.strain.two_writers import write_articles
from core.settings import EngineSettings, Settings
from flows.archive import verify
from flows.load import load_files
from tests.flows.kills import load
from tests.flows.lakes import ask, find_bad_checks, read_tables

# What a load that was struck can end with: nothing noticed, try again, or killed.
_CLEAN_ENDS = {0, 3, -9}
_ROOT = Path(__file__).resolve().parents[3]
_MOST = 3  # times as many rounds as were asked for, while every blow comes too late


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--what", nargs="+", choices=SCENES, default=list(SCENES))
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers-archive", action="store_true", help="as in long loads")
    parser.add_argument(
        "--eager-workers", action="store_true", help="workers archive, pack, group and find questions"
    )
    given = parser.parse_args()
    if given.workers_archive or given.eager_workers:
        os.environ["COPYDESK_ARCHIVE__WORKERS_FROM"] = "0"
    # Ended from outside, it takes its servers along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory() as name:
        inputs = replace(make_inputs(Path(name), given.articles), is_eager=given.eager_workers)
        return sum(strike(what, given.rounds, given.seed, inputs) for what in given.what)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What every load of the rounds takes: articles, the parts they make, and the tables they end in."""

    articles: Path
    parts: Path
    tables: Mapping[str, object]
    is_eager: bool = False

    def load(self, scene: Scene, lake: Path) -> Process:
        """Begin a load, with two worker processes or with all batches worked already."""
        if self.is_eager:
            command = [sys.executable, "-m", "benchmarks.strain.kills.eager"]
            environment = {"PYTHONPATH": str(_ROOT), **scene.environment}
            return load(self.articles, lake, "--workers", "2", command=command, **environment)
        if not scene.has_parts:
            return load(self.articles, lake, "--workers", "2", **scene.environment)
        shutil.copytree(self.parts, lake / "staging" / "parts", dirs_exist_ok=True)
        return load(self.articles, lake, "--engine", "inline", **scene.environment)

    def load_to_the_end(self, scene: Scene, lake: Path) -> float:
        """The seconds of an undisturbed load; AssertionError with its output when it fails."""
        started = time.monotonic()
        process = self.load(scene, lake)
        output, _ = process.communicate()
        assert process.returncode == 0, output.decode()
        return time.monotonic() - started


def make_inputs(folder: Path, count: int) -> Inputs:
    """Articles of our own, loaded once without any disturbance."""
    settings = Settings(lake=folder / "undisturbed", engine=EngineSettings(name="inline"))
    articles = write_articles(folder, 1, count)
    with patch("flows.work.process.drop_part"):
        load_files(settings, [articles])
    return Inputs(articles, settings.staging / "parts", read_tables(settings))


def strike(what: str, rounds: int, seed: int, inputs: Inputs) -> int:
    """All rounds of one kind; 1 when one of them differs or none was hit."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, SCENES[what](Path(name)) as scene:
        scene.settings(Path(name) / "first")
        seconds = inputs.load_to_the_end(scene, Path(name) / "first")
        print(f"{what}: an undisturbed load takes {seconds:.1f} s", flush=True)
        results: list[tuple[bool, bool]] = []
        while len(results) < rounds or (not any(hit for hit, _ in results) and len(results) < _MOST * rounds):
            lake = Path(name) / f"lake-{len(results) + 1}"
            results.append(run_round(scene, lake, inputs, seconds, chance))
            if not results[-1][0]:
                seconds /= 2  # it came too late: the next one comes sooner
    hits, bad = sum(hit for hit, _ in results), sum(not good for _, good in results)
    print(f"{what}: {len(results)} rounds, {hits} loads hit, {bad} rounds differ", flush=True)
    return int(bad > 0 or hits == 0)


def run_round(
    scene: Scene, lake: Path, inputs: Inputs, seconds: float, chance: random.Random
) -> tuple[bool, bool]:
    """One lake, struck and completed: whether the load was hit, and whether it is as the undisturbed one."""
    settings = scene.settings(lake)
    process = inputs.load(scene, lake)
    blow = scene.blow(process, seconds, chance)
    output, _ = process.communicate()
    if process.returncode not in _CLEAN_ENDS:
        print(output.decode(), flush=True)
    inputs.load_to_the_end(scene, lake)
    faults = [f"{name} differ" for name, rows in read_tables(settings).items() if rows != inputs.tables[name]]
    faults += find_bad_checks(settings)
    faults += [] if scene.has_parts and not inputs.is_eager else find_archive_faults(settings)
    faults += [f"{count} runs open" for (count,) in ask(settings, _OPEN_RUNS) if count]
    faults += [f"process {pid} left" for pid in find_left(process.pid)]
    faults += [f"exit {process.returncode}"] * (process.returncode not in _CLEAN_ENDS)
    print(f"  {blow or 'too late'}, exit {process.returncode}: {', '.join(faults) or 'good'}", flush=True)
    return blow is not None, not faults


def find_archive_faults(settings: Settings) -> list[str]:
    """Records that cannot be read back, and files that are not sealed."""
    files = {file.name for file in settings.archive_folder.iterdir()}
    unsealed = [name for name in files if name.endswith(".gz") and f"{name}.sha256" not in files]
    return [
        *(problem.problem for problem in verify(settings)),
        *(f"{name} is not sealed" for name in unsealed),
    ]


_OPEN_RUNS = "SELECT count(*) FROM runs WHERE state = 'running'"


def find_left(session: int) -> list[int]:
    """Processes of the load's session (it was the first of its own) that outlive it for five seconds."""
    deadline = time.monotonic() + 5
    while True:
        left = [pid for pid in psutil.pids() if _session_of(pid) == session]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.2)


def _session_of(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return None
