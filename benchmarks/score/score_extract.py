"""The extract stage's figures beside the peers', printed as one Markdown table per part.

    python -m benchmarks.score.score_extract [--only names|figures|dates|quotations|cost] [--corpora FOLDER]

Reads the evaluation corpora (../shared/corpora, COPYDESK_CORPORA or --corpora), which are no part of
this repository. Each part lives in a module of its own, benchmarks/extract_<part>.py, with a function
`score(corpora: Path) -> list[Line]`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks.score.extract_lines import Line, format_table

HERE = Path(__file__).resolve().parent

PARTS = ("names", "figures", "dates", "quotations", "cost")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=PARTS, help="one part")
    parser.add_argument("--corpora", type=Path, help="folder of the evaluation corpora")
    options = parser.parse_args()
    corpora = options.corpora or Path(
        os.environ.get("COPYDESK_CORPORA") or HERE.parents[2] / "shared" / "corpora"
    )
    if not corpora.is_dir():
        print(f"no evaluation corpora at {corpora}: set COPYDESK_CORPORA or pass --corpora", file=sys.stderr)
        return 2
    for part in [options.only] if options.only else PARTS:
        print(f"\n## {part}\n", flush=True)
        print(format_table(score_part(part, corpora)), flush=True)
    return 0


def score_part(part: str, corpora: Path) -> list[Line]:
    if not (HERE / f"extract_{part}.py").is_file():
        return []
    return list(importlib.import_module(f"benchmarks.score.extract_{part}").score(corpora))


if __name__ == "__main__":
    raise SystemExit(main())
