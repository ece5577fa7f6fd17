"""Figures side by side, and the stories that they are in: which of two outlets' figures answer one question, and whether they agree.

    python -m benchmarks.score.compare pairs [--cache rows.pickle]    on labelled pairs, in all and in halves
    python -m benchmarks.score.compare own [FOLDER ...] [--errors]    on invented stories with gold (tests/data/sides)
    python -m benchmarks.score.compare utterances [FOLDER ...] [--errors]    quotations, names and days of these stories
    python -m benchmarks.score.compare twins [FOLDER ...] [--errors]     stories of invented twin events (tests/data/twins)
    python -m benchmarks.score.compare grouped [FOLDER ...]          stories of invented events, from their articles alone
    python -m benchmarks.score.compare languages                      articles beside their translations
    python -m benchmarks.score.compare figures SET.jsonl              the pairs of a story set, for the corpora's scorer

`comparing` holds the parts; each says what it prints.
"""

from __future__ import annotations

import sys

from benchmarks.parts import run_part
from benchmarks.score.comparing import figures, grouped, languages, own, pairs, twins, utterances

if __name__ == "__main__":
    sys.exit(
        run_part(
            __doc__,
            {
                "pairs": pairs.main,
                "languages": languages.main,
                "figures": figures.main,
                "own": own.main,
                "utterances": utterances.main,
                "twins": twins.main,
                "grouped": grouped.main,
            },
        )
    )
