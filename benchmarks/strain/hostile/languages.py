"""A load of pages in thirty languages with one hostile input of each kind among them: `python -m benchmarks.strain.load_hostile languages`.

Prints the outcomes and, by language, how many pages were taken in that language. Exit code 1 if an input has no outcome or more
than one, or if a page is not taken.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import tomllib
from pathlib import Path

from benchmarks.cost.loads.measure import COPYDESK
from benchmarks.inputs.hostile_inputs import KINDS, write_hostile
from tests.flows.lakes import ask, find_bad_checks

_FILE = Path(__file__).with_name("thirty_languages.toml")
_LEAST_NUMBER = 1_000
_OUTCOMES = "SELECT outcome, reason, count(*) FROM outcomes GROUP BY ALL ORDER BY ALL"
_COUNTS = (
    "SELECT count(*), count(DISTINCT input_ref),"
    " count(*) FILTER (WHERE contains(input_ref, '/page-') AND outcome = 'accepted') FROM outcomes"
)
_LANGUAGES = (
    "SELECT written, count(*) FILTER (WHERE language = written), count(*) FROM (SELECT language,"
    " regexp_extract(url, 'page-([a-z]+)-', 1) AS written FROM articles WHERE contains(url, '/page-'))"
    " GROUP BY written ORDER BY written"
)


def write_pages(folder: Path, count: int) -> None:
    """Pages and every third a plain text, the languages in turn, no two alike."""
    said = list(tomllib.loads(_FILE.read_text(encoding="utf-8")).items())
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        code, texts = said[number % len(said)]
        title, lead, rest = (
            texts[name].format(n=_LEAST_NUMBER + number) for name in ("title", "lead", "rest")
        )
        page = (
            f'<!doctype html><html lang="{code}"><head><meta charset="utf-8"><title>{title}</title></head><body><nav>Menu</nav>'
            f"<article><h1>{title}</h1><p>{lead}</p><p>{rest}</p></article></body></html>"
        )
        is_text = number % 3 == 2
        file = folder / f"page-{code}-{number:05}.{'txt' if is_text else 'html'}"
        file.write_text("\n\n".join((title, lead, rest)) if is_text else page, encoding="utf-8")


def load_mixed(folder: Path, inputs: int, workers: int) -> list[str]:
    """Load this number of inputs, with one of each hostile kind; return what is wrong with the outcomes."""
    pages = inputs - len(KINDS)
    write_pages(folder / "in", pages)
    write_hostile(folder / "in", len(KINDS), random.randrange(1_000_000))
    words = ["load", str(folder / "in"), "--lake", str(folder / "lake"), "--workers", str(workers)]
    ended = subprocess.run([COPYDESK, *words], capture_output=True, text=True, check=False)
    problems = [f"exit code {ended.returncode}: {ended.stderr[-500:]}"] if ended.returncode else []
    ((count, names, taken),) = ask(folder / "lake", _COUNTS)
    if (count, names) != (inputs, inputs):
        problems.append(f"{inputs} inputs have {count} outcomes, of {names} inputs")
    if taken != pages:
        problems.append(f"{taken} of {pages} pages were taken")
    return problems + [f"check {name}" for name in find_bad_checks(folder / "lake")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        problems = load_mixed(folder, given.inputs, given.workers)
        for row in ask(folder / "lake", _OUTCOMES):
            print("  {:12} {:22} {:6}".format(*row))
        told = ", ".join("{} {}/{}".format(*row) for row in ask(folder / "lake", _LANGUAGES))
        print(f"pages in their language: {told}")
    print("\n".join(problems) or f"{given.inputs} inputs, one outcome each")
    return int(bool(problems))
