"""Kill a load with all its processes at a random moment, again and again; the next load completes it.

    python benchmarks/kill_load.py --rounds 20

Each round starts a lake, kills one to three loads, loads to the end, and compares every table with those of an
undisturbed load; data checks must pass and no process may be left. Exit code 1 when a round differs.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

import psutil

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "flows"))

from kills import load_and_kill, load_to_the_end
from lakes import find_bad_checks, read_tables
from two_writers import write_articles


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = write_articles(folder, 1, given.articles)
        seconds = load_to_the_end(articles, folder / "undisturbed", "--workers", "2")
        expected = read_tables(folder / "undisturbed")
        print(f"{given.articles} articles; undisturbed {seconds:.1f} s")
        bad = sum(not run_round(folder, articles, seconds, chance, expected) for _ in range(given.rounds))
    print(f"{given.rounds} rounds, {bad} differ")
    return int(bad > 0)


def run_round(
    folder: Path, articles: Path, seconds: float, chance: random.Random, expected: dict[str, object]
) -> bool:
    """One lake, killed and completed; whether it is as the undisturbed one."""
    lake = folder / "killed"
    moments = [seconds * chance.uniform(0.1, 0.95) for _ in range(chance.randint(1, 3))]
    hits = sum(load_and_kill(articles, lake, moment, "--workers", "2") for moment in moments)
    load_to_the_end(articles, lake, "--workers", "2")
    found, checks, left = read_tables(lake), find_bad_checks(lake), find_processes(lake)
    differing = [name for name, rows in expected.items() if found[name] != rows]
    print(
        f"killed {hits} at {', '.join(f'{m:.1f}' for m in moments)} s: differing {differing or 'none'}, "
        f"checks {checks or 'good'}, processes left {len(left)}",
        flush=True,
    )
    shutil.rmtree(lake)
    return not (differing or checks or left)


def find_processes(lake: Path) -> list[int]:
    """Processes that still name the lake on their command line."""
    return [p.pid for p in psutil.process_iter(["cmdline"]) if str(lake) in (p.info["cmdline"] or [])]


if __name__ == "__main__":
    sys.exit(main())
