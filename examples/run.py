"""The main job on the bundled example outlets: load them, ask three questions, write a report.

    python examples/run.py [--lake example-lake]

Every step prints the command that does the same from a shell.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = (
    ("Which stories do the outlets tell?", ["query", "biggest_stories", "limit=3"]),
    ("Who is quoted most?", ["query", "most_quoted", "limit=5"]),
    (
        "How many jobs, outlet by outlet?",
        [
            "sql",
            "SELECT outlet, surface, bound, low, high, verdict FROM figure_comparison "
            "WHERE thing = 'jobs' ORDER BY outlet, low",
        ],
    ),
)


def run_verb(lake: str, *words: str) -> None:
    """Run one copydesk verb as a reader would, showing the command line."""
    print(f"\n$ copydesk {shlex.join((*words, '--lake', lake))}", flush=True)
    command = [str(Path(sys.executable).with_name("copydesk")), *words, "--lake", lake]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    """Load, then ask."""
    parser = argparse.ArgumentParser(description="Load the bundled example outlets and ask three questions.")
    parser.add_argument(
        "--lake",
        default="example-lake",
        help="folder of the lake, seen from the repository [default: %(default)s]",
    )
    lake = parser.parse_args().lake
    run_verb(lake, "load", "examples/outlets")
    for question, verb in QUESTIONS:
        print(f"\n{question}")
        run_verb(lake, *verb)
    run_verb(lake, "report", "--since", "2026-10-01", "--output", "example-report.html")
    print(f"\nThe report of these stories, to look at in a browser: {ROOT / 'example-report.html'}")
    print(f"The same pages live:  .venv/bin/copydesk dashboard --lake {shlex.quote(lake)}")
    print(f"Ask on:  .venv/bin/copydesk sql --lake {shlex.quote(lake)}      (an SQL shell; .help says more)")


if __name__ == "__main__":
    main()
