"""What stages read when they first need it is in the memory that workers share."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PAGES = Path(__file__).resolve().parents[3] / "examples" / "outlets"
SCRIPT = """
import sys
from dataclasses import replace
from pathlib import Path
import flows.work.warm_more
from core.captures import CaptureKind
from flows.work.self_test import plain_article
from tasks.article import read_articles
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions

before = set(sys.modules)
for file in sorted(Path({pages!r}).glob("*/*.html")):
    page = replace(plain_article(), kind=CaptureKind.HTML, payload=file.read_bytes())
    read_articles([page], CleanOptions(), ExtractOptions())
new = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(sorted(new))
"""


@pytest.mark.slow
def test_pages_need_no_library_that_was_not_loaded_before_the_workers_started() -> None:
    script = SCRIPT.format(pages=str(PAGES))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
