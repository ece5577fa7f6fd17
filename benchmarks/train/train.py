"""The weights that the repository holds, made from labelled data and scored on what they were not made from.

    python -m benchmarks.train.train stories --rows stories.jsonl [--write]    tasks/group/evidence.toml
    python -m benchmarks.train.train questions                                 tasks/group/questions/weights.json

`weights` holds the parts; each says what it reads and prints.
"""

from __future__ import annotations

import sys

from benchmarks.parts import run_part
from benchmarks.train.weights import questions, stories

if __name__ == "__main__":
    sys.exit(run_part(__doc__, {"stories": stories.main, "questions": questions.main}))
