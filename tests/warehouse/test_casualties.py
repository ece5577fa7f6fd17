"""The dead and the injured of a sentence that tells both."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.tables import TABLES
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles
from tests.warehouse.conftest import copied_lake, make_run
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_rows

MONTH = date(2031, 5, 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Four people were killed and 23 injured when a bakery exploded.",
            [("dead", "Four people"), ("injured", "23 injured")],
        ),
        (
            "The blast wounded nine sailors and killed two.",
            [("dead", "two"), ("injured", "nine sailors")],
        ),
        (
            "At least 12 people have died and more than 30 are missing after a slide on Sunday.",
            [("dead", "At least 12 people")],
        ),
        ("Police said the number of dead had risen to 16.", [("dead", "16")]),
        ("The firm sold 40 diesel cars and 12 dietary aids.", []),
    ],
)
def test_what_is_counted_goes_before_what_happens_in_the_sentence(
    text: str, told: list[tuple[str, str]], tmp_path: Path, empty_lake: Path
) -> None:
    article = {
        "article_id": "a",
        "month": MONTH,
        "outlet": "kettle-post",
        "body_text": text,
        "language": "en",
        "title": "Blast",
        "published_at": datetime(2031, 5, 14, 8, tzinfo=UTC),
        "published_precision": "minute",
    }
    url = "https://kettle-post.example/a"
    landed = {"url": url, "canonical_url": url, "authors": [], "published_source": "record", "word_count": 12}
    same = dict.fromkeys(("capture_id", "text_sha256"), "a")
    row = {**article, **same, **landed, "is_truncated": False, "code_version": "-", "run_id": "run-1"}
    found = extract_articles([article], ExtractOptions()).rows
    rows = {name: [{"month": MONTH, **one} for one in found[name]] for name in ("figures", "sentences")}
    rows["articles"] = [row]
    with copied_lake(empty_lake, tmp_path) as lake:
        land_rows(lake, make_run("run-1"), {name: TABLES[name].to_arrow(part) for name, part in rows.items()})
        answer = run_query(lake, "casualties").to_pylist()
    assert [(one["what"], one["surface"]) for one in answer] == told
