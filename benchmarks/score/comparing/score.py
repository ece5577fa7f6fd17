"""Counts of a score, what is wrong in words, and the table of several sets of invented stories."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.score.comparing.invented import SIDES


@dataclass(slots=True)
class Score:
    """Counts by name, and the errors."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        """One count by another."""
        return self.counts[part] / max(1, self.counts[whole])

    def cell(self, part: str, whole: str) -> str:
        """The share with its counts; empty where there is nothing to count."""
        if not self.counts[whole]:
            return ""
        return f"{self.share(part, whole):.3f} ({self.counts[part]} of {self.counts[whole]})"


def print_scores(
    title: str, rows: Sequence[tuple[str, str, str]], score_folder: Callable[[Path], Score]
) -> None:
    """Score the folders of the command line, or all sets; a column for each, a row for each title, part and whole."""
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of stories; those of tests/data/sides")
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    arguments = parser.parse_args()
    folders = arguments.folders or find_sets(SIDES)
    scores = print_sets(score_folder, folders, rows)
    for score in scores if arguments.errors else ():
        sys.stdout.write("\n".join(score.errors) + "\n")


def find_sets(folder: Path) -> list[Path]:
    """The folders in a folder, each a set, by name."""
    return sorted(path for path in folder.iterdir() if path.is_dir())


def print_sets(
    score_folder: Callable[[Path], Score], folders: Sequence[Path], rows: Sequence[tuple[str, str, str]]
) -> list[Score]:
    """Print the table of the folders, and give their scores."""
    scores = [score_folder(folder) for folder in folders]
    print("| invented stories | " + " | ".join(folder.name for folder in folders) + " |")
    print("|---|" + "---|" * len(folders))
    for name, part, whole in rows:
        print(f"| {name} | " + " | ".join(score.cell(part, whole) for score in scores) + " |")
    return scores
