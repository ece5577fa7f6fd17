"""The verbs that `strain.kill verbs` strikes: how each begins, when it is struck, and how it is completed; and the catalogs."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import boto3
import psutil

from benchmarks.inputs.hostile_inputs import write_good, write_hostile
from benchmarks.strain.kills.disturbances import find_workers, server_lakes, wait_for, wait_out
from benchmarks.strain.kills.warm_start import Started, WarmStart
from core.settings import EngineSettings, Settings
from flows.load import load_files
from tests.flows.kills import COPYDESK
from tests.flows.lakes import ask, read_tables
from warehouse.catalog.location import LakeLocation

Process = subprocess.Popen[bytes] | Started
MARK = "COPYDESK_ROUND"  # in the environment of every process of a round
_OPEN_BACKFILLS = "SELECT backfill_id FROM backfills WHERE state <> 'completed' ORDER BY 1"
_OUTCOMES = (
    "SELECT count(DISTINCT input_ref), count(DISTINCT capture_id) FROM outcomes JOIN runs USING (run_id)"
    " WHERE flow = 'load'"
)


@dataclass(slots=True)
class Catalog:
    """Where lakes are made, and whether somebody writes to one at this moment."""

    name: str
    place: Callable[[Path], Settings]
    is_written: Callable[[Settings], bool]


@contextmanager
def sqlite_catalogs(_folder: Path) -> Iterator[Catalog]:
    """Lakes in a folder, each with a SQLite catalog."""

    def is_locked(settings: Settings) -> bool:
        try:
            with LakeLocation.of(settings).lock_file.open() as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

    yield Catalog("sqlite", lambda lake: Settings(lake=lake), is_locked)


@contextmanager
def postgres_catalogs(folder: Path) -> Iterator[Catalog]:
    """Lakes with a database of their own in one PostgreSQL, and their files in an S3 stand-in."""
    import psycopg

    with server_lakes(folder) as (server, place):

        def is_locked(_settings: Settings) -> bool:
            with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                row = connection.execute(held).fetchone()
                return bool(row and row[0])

        yield Catalog("postgres", place, is_locked)


CATALOGS = {"sqlite": sqlite_catalogs, "postgres": postgres_catalogs}


@dataclass(frozen=True, slots=True)
class Inputs:
    """Articles and hostile files, and the lake that an undisturbed load of them makes, with its parts."""

    folder: Path
    lake: Path
    tables: Mapping[str, object]
    counts: tuple[int, ...]

    @classmethod
    def make(cls, folder: Path, good: int, hostile: int) -> Inputs:
        """Write the inputs, and load them once."""
        write_good(folder / "inputs", good)
        write_hostile(folder / "inputs", hostile)
        settings = Settings(lake=folder / "undisturbed", engine=EngineSettings(name="inline"))
        with patch("flows.work.process.drop_part"):
            load_files(settings, [folder / "inputs"])
        tables = read_tables(settings)
        return cls(folder / "inputs", settings.lake, tables, count_outcomes(settings))


def count_outcomes(settings: Settings) -> tuple[int, ...]:
    """The number of inputs with an outcome, and of captures that they became."""
    (found,) = ask(settings, _OUTCOMES)
    return found


@dataclass(slots=True)
class Ground:
    """A lake of one round, and what its verbs find in their environment."""

    inputs: Inputs
    catalog: Catalog
    settings: Settings
    warm: WarmStart
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, *words: str, is_warm: bool = True) -> Process:
        """`copydesk` with these words, in a process group of its own; without `is_warm` it imports everything itself."""
        for name, value in (
            ("COPYDESK_CATALOG_URL", self.settings.catalog_url),
            ("COPYDESK_DATA_URL", self.settings.data_url),
            (MARK, self.settings.lake),
        ):
            if value:
                self.environment[name] = str(value)
        words = (*words, "--lake", str(self.settings.lake))
        if is_warm:
            environment = {**os.environ, **self.environment}  # that of the servers too
            return self.warm.start(words, self.log, environment, self.settings.lake.parent)
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [str(COPYDESK), *words],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                cwd=self.settings.lake.parent, env={**os.environ, **self.environment},
            )  # fmt: skip

    def finish(self, process: Process) -> None:
        """Wait for the end. AssertionError with its output if it fails."""
        code = process.wait()
        assert code == 0, f"exit {code}: {self.log.read_text(errors='replace')[-3_000:]}"

    @property
    def log(self) -> Path:
        """What the round's processes print."""
        return self.settings.lake.with_suffix(".log")

    def copy_parts(self) -> None:
        """All batches are worked already, so that a load is hardly more than its landing.

        The rows of parts point to the archive that they were made from.
        """
        for folder in ("staging/parts", "archive"):
            shutil.copytree(self.inputs.lake / folder, self.settings.lake / folder, dirs_exist_ok=True)
        if self.settings.archive_url:
            bucket, _, prefix = self.settings.archive_url.removeprefix("s3://").partition("/")
            for file in (self.inputs.lake / "archive").glob("*.warc.gz"):
                boto3.client("s3").upload_file(str(file), bucket, f"{prefix}/{file.name}")

    def fill(self) -> None:
        """Load everything, undisturbed and in this process."""
        self.copy_parts()
        engine = {"engine": EngineSettings(name="inline")}
        load_files(self.settings.model_copy(update=engine), [self.inputs.folder])


class Verb:
    """A verb that is struck: `prepare` the lake, `begin`, wait for the `moment`, `strike`, `complete`."""

    name = "load"
    leaves_nothing = True  # once it has been struck

    def prepare(self, ground: Ground) -> None:
        """Make the lake as the verb needs it."""

    def begin(self, ground: Ground) -> Process:
        """Start the verb."""
        return ground.start("load", str(ground.inputs.folder), "--engine", "inline")

    def complete(self, ground: Ground) -> None:
        """Do what a user does after the crash, to the end."""
        ground.finish(self.begin(ground))

    def moment(self, ground: Ground, process: Process, seconds: float, chance: random.Random) -> bool:
        """Wait until the process is to be struck; False if it has ended before."""
        return wait_out(process, seconds * chance.uniform(0.1, 0.95))

    def strike(self, process: Process, chance: random.Random) -> str:
        """Kill -9: all processes at once, or the first alone."""
        if chance.random() < 0.5:
            os.killpg(process.pid, 9)
            return "all killed"
        process.kill()
        return "the first process killed"

    def find_faults(self, ground: Ground) -> Iterator[str]:
        """What differs from an undisturbed load."""
        tables = read_tables(ground.settings)
        yield from (f"{name} differ" for name, rows in tables.items() if rows != ground.inputs.tables[name])
        if (counts := count_outcomes(ground.settings)) != ground.inputs.counts:
            yield f"{counts} inputs and captures instead of {ground.inputs.counts}"


class Worker(Verb):
    """A load one of whose worker processes is killed."""

    name = "worker"

    def begin(self, ground: Ground) -> Process:
        return ground.start("load", str(ground.inputs.folder), "--workers", "2")

    def moment(self, ground: Ground, process: Process, seconds: float, chance: random.Random) -> bool:
        return bool(wait_for(lambda: find_workers(process), process)) and wait_out(
            process, chance.uniform(0.0, seconds / 3)
        )

    def strike(self, process: Process, chance: random.Random) -> str:
        workers = find_workers(process)
        if not workers:
            return ""
        try:
            chance.choice(workers).kill()
        except psutil.NoSuchProcess:
            return ""
        return "a worker killed"


class Landing(Verb):
    """A load that is killed while it writes to the lake."""

    name = "landing"

    def begin(self, ground: Ground) -> Process:
        ground.copy_parts()
        return ground.start("load", str(ground.inputs.folder), "--engine", "inline")

    def moment(self, ground: Ground, process: Process, seconds: float, chance: random.Random) -> bool:
        # The gate is held several times: the run's begin, its landing, its stories and its end.
        for _ in range(chance.randint(1, 4)):
            if not wait_for(lambda: ground.catalog.is_written(ground.settings), process, pause=0.01):
                return False
            if not wait_out(process, chance.uniform(0.0, 0.3)):
                return False
        return True


class Maintenance(Verb):
    """`copydesk maintain` on a lake with small files."""

    name = "maintain"

    def prepare(self, ground: Ground) -> None:
        ground.fill()

    def begin(self, ground: Ground) -> Process:
        ground.environment["COPYDESK_RETENTION__SNAPSHOT_DAYS"] = "0"
        return ground.start("maintain")


class Backfill(Verb):
    """`copydesk backfill`, which is resumed; one that was killed before it was recorded is begun anew."""

    name = "backfill"

    def prepare(self, ground: Ground) -> None:
        ground.fill()

    def begin(self, ground: Ground) -> Process:
        ground.environment["COPYDESK_ENGINE__NAME"] = "inline"
        return ground.start("backfill", "--stage", "clean", "--chunk-size", "12")

    def complete(self, ground: Ground) -> None:
        begun = ask(ground.settings, _OPEN_BACKFILLS)
        for (backfill_id,) in begun:
            ground.finish(ground.start("backfill", "resume", backfill_id))
        if not begun:
            super().complete(ground)


VERBS = {verb.name: verb for verb in (Verb(), Worker(), Landing(), Maintenance(), Backfill())}
