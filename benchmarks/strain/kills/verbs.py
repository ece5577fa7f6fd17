"""Kill -9 of every verb that writes, again and again, on both catalogs; what a user does next completes it.

    python -m benchmarks.strain.kill verbs --rounds 10
    python -m benchmarks.strain.kill verbs --what landing backfill --catalogs postgres --rounds 5

A round makes a lake, begins a load, a maintenance, a backfill or `copydesk serve`, and kills it at a random moment: all its
processes, the first alone, a worker, or while it lands. Most of the inputs are hostile (`inputs/hostile_inputs.py`). Then
the verb is completed, and every table must equal that of an undisturbed load, each input and each capture must have its
outcome, each archived record must be readable, data checks must pass, no run can be open, and no process of the round can be
left. Exit code 1 when a round differs or a verb was never hit.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil

from benchmarks.strain.kills.killed_serve import Serve
from benchmarks.strain.kills.verbs_at_work import CATALOGS, MARK, VERBS, Catalog, Ground, Inputs, Verb
from benchmarks.strain.kills.warm_start import WarmStart
from flows.archive import verify
from tests.flows.lakes import ask, find_bad_checks

_WAIT_SECONDS = 30.0
_MORE_ROUNDS = 4
_OPEN_RUNS = "SELECT count(*) FROM runs WHERE state = 'running'"
ALL = {**VERBS, "serve": Serve()}


def main() -> int:
    given = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # servers of the rounds end as well
    with tempfile.TemporaryDirectory() as name, closing(WarmStart()) as warm:
        inputs = Inputs.make(Path(name), given.good, given.hostile)
        counts = []
        for kind in given.catalogs:
            folder = Path(name) / kind
            folder.mkdir()
            with CATALOGS[kind](folder) as catalog:
                series = [Series(ALL[what], catalog, inputs, warm, folder, given.seed) for what in given.what]
                for one in (one for _ in range(given.rounds) for one in series):
                    one.strike()
                for one in series:
                    one.strike_until_hit()
                counts += series
    for one in counts:
        print(
            f"{one.name}: {one.rounds} rounds, {one.hits} hit, {one.bad} differ ({one.undisturbed:.0f} s undisturbed)"
        )
    return int(any(one.bad or not one.hits for one in counts))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--what", nargs="+", choices=ALL, default=list(ALL))
    parser.add_argument("--catalogs", nargs="+", choices=CATALOGS, default=list(CATALOGS))
    parser.add_argument("--rounds", type=int, default=10, help="of each verb on each catalog")
    parser.add_argument("--good", type=int, default=4, help="good inputs")
    parser.add_argument("--hostile", type=int, default=20, help="hostile ones, one of each kind in turn")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Series:
    """Rounds of one verb on one catalog; the first of all is not struck, and says how long it takes."""

    def __init__(
        self, verb: Verb, catalog: Catalog, inputs: Inputs, warm: WarmStart, folder: Path, seed: int
    ) -> None:
        self._verb, self._catalog, self._inputs, self._folder = verb, catalog, inputs, folder
        self._warm = warm
        self.name = f"{verb.name} on {catalog.name}"
        self._chance = random.Random(f"{seed}-{self.name}")
        self.rounds = self.hits = self.bad = 0
        first = self._make_ground()
        verb.prepare(first)
        began = time.monotonic()
        verb.complete(first)
        self.undisturbed = self.seconds = time.monotonic() - began

    def _make_ground(self) -> Ground:
        lake = self._folder / f"{self._verb.name}-{self.rounds}"
        return Ground(self._inputs, self._catalog, self._catalog.place(lake), self._warm)

    def strike(self) -> None:
        """One round. After a blow that came too late the next one comes sooner."""
        self.rounds += 1
        told, faults = strike_once(self._verb, self._make_ground(), self.seconds, self._chance)
        self.hits, self.bad = self.hits + bool(told), self.bad + bool(faults)
        print(f"{self.name}: {told or 'too late'}: {', '.join(faults) or 'good'}", flush=True)
        if not told:
            self.seconds /= 2

    def strike_until_hit(self) -> None:
        """More rounds if every blow came too late; each comes sooner than the one before."""
        for _ in range(_MORE_ROUNDS):
            if not self.hits:
                self.strike()


def strike_once(verb: Verb, ground: Ground, seconds: float, chance: random.Random) -> tuple[str, list[str]]:
    """What was done to the verb ("" if it came too late), and what is wrong after its completion."""
    verb.prepare(ground)
    process = verb.begin(ground)
    told = ""
    if verb.moment(ground, process, seconds, chance):
        told = verb.strike(process, chance)
    process.wait()
    left = find_left(str(ground.settings.lake)) if verb.leaves_nothing else []
    faults = [f"process {line} outlives the verb" for line in left]
    try:
        verb.complete(ground)
    except AssertionError as error:
        return told, [*faults, f"not completed: {error}"]
    faults += [*verb.find_faults(ground), *find_faults(ground)]
    if not faults:
        shutil.rmtree(ground.settings.lake)
    return told, faults


def find_faults(ground: Ground) -> Iterator[str]:
    """What is wrong with a lake after a round, whatever the verb."""
    yield from (f"check {name} fails" for name in find_bad_checks(ground.settings))
    yield from (f"{count} runs open" for (count,) in ask(ground.settings, _OPEN_RUNS) if count)
    yield from (f"record lost: {problem}" for problem in verify(ground.settings))
    yield from (f"process {line} left" for line in find_left(str(ground.settings.lake)))


def find_left(mark: str) -> list[str]:
    """Processes of the round that outlive it for some time."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while (left := list(iterate_marked(mark))) and time.monotonic() < deadline:
        time.sleep(0.5)
    return left


def iterate_marked(mark: str) -> Iterator[str]:
    """Id and command line of each running process of the round."""
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                yield f"{process.pid} {' '.join(process.cmdline())[:80]}"
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
