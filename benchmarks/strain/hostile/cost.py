"""What hostile inputs cost a load: `python -m benchmarks.strain.load_hostile cost --inputs 10000`.

Loads the good inputs alone (plain texts of about 120 words), then as many in all with one in ten of them hostile
(`inputs/hostile_inputs.py`), each into a lake of its own. Prints the outcomes and the CPU seconds of all processes. Exit code 1 if an
input has no outcome or more than one, a good one is not taken, or the second load costs more than 1.2 times the first.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.cost.loads.measure import COPYDESK, measure
from benchmarks.inputs.hostile_inputs import write_good, write_hostile
from tests.flows.lakes import ask

MOST = 1.2
_OUTCOMES = "SELECT outcome, reason, count(*) FROM outcomes GROUP BY ALL ORDER BY ALL"
_COUNTS = (
    "SELECT count(*), count(DISTINCT input_ref),"
    " count(*) FILTER (WHERE contains(input_ref, '/good-') AND outcome = 'accepted') FROM outcomes"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    hostile = given.inputs // 10
    good = given.inputs - hostile
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_good(folder / "good", good)
        write_good(folder / "mixed", good)
        write_hostile(folder / "mixed", hostile)
        seconds = {}
        for kind in ("good", "mixed"):
            words = [
                "load",
                str(folder / kind),
                "--lake",
                str(folder / f"{kind}-lake"),
                "--workers",
                str(given.workers),
            ]
            seconds[kind] = measure([COPYDESK, *words]).cpu_seconds
            print(f"{kind}: {seconds[kind]:.1f} CPU seconds", flush=True)
        for row in ask(folder / "mixed-lake", _OUTCOMES):
            print("  {:12} {:16} {:6}".format(*row))
        ((count, names, taken),) = ask(folder / "mixed-lake", _COUNTS)
    ratio = seconds["mixed"] / seconds["good"]
    print(
        f"{given.inputs} inputs, {count} outcomes, {taken} of {good} good ones taken; {ratio:.2f} times the CPU of the good ones"
    )
    return int((count, names, taken) != (given.inputs, given.inputs, good) or ratio > MOST)
