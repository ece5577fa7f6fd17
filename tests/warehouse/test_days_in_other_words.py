"""Days that two outlets give for one thing in other words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from core.tables import TABLES
from tasks.extract.options import ExtractOptions
from tasks.extract.stage import extract_articles
from tests.warehouse.conftest import copied_lake, make_run
from warehouse.catalog.open import Lake
from warehouse.catalog.sql_files import run_query
from warehouse.landing.land import land_rows

PAIRS = tomllib.loads(Path(__file__).parents[1].joinpath("data", "days.toml").read_text("utf-8"))["pairs"]
MONTH = date(2031, 5, 1)


def _article(pair: dict[str, Any], side: str) -> dict[str, Any]:
    return {
        "article_id": f"{pair['name']} {side}",
        "month": MONTH,
        "outlet": side,
        "body_text": pair[side],
        "language": "en",
        "title": pair["name"],
        "published_at": datetime(2031, 5, 14, 8, tzinfo=UTC),
        "published_precision": "minute",
    }


def _landed(row: dict[str, Any]) -> dict[str, Any]:
    url = f"https://{row['outlet']}.example/{row['article_id']}"
    same = dict.fromkeys(("capture_id", "text_sha256"), row["article_id"])
    landed = {"url": url, "canonical_url": url, "authors": [], "published_source": "record", "word_count": 12}
    return {**row, **same, **landed, "is_truncated": False, "code_version": "-", "run_id": "run-1"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Iterator[Lake]:
    """A lake in which each pair is a story of two outlets."""
    articles = [_article(pair, side) for pair in PAIRS for side in ("one", "other")]
    found = extract_articles(articles, ExtractOptions()).rows
    stories = [
        {"story_id": pair["name"], "title": pair["name"], "article_count": 2, "outlet_count": 2}
        for pair in PAIRS
    ]
    joined = [
        {
            "story_id": row["title"],
            "article_id": row["article_id"],
            "month": MONTH,
            "similarity_ratio": 1.0,
        }
        for row in articles
    ]
    rows = {name: [{"month": MONTH, **row} for row in found[name]] for name in ("dates", "sentences")}
    rows |= {
        "articles": [_landed(row) for row in articles],
        "stories": stories,
        "story_articles": joined,
    }
    with copied_lake(empty_lake, tmp_path_factory.mktemp("days")) as lake:
        tables = {name: TABLES[name].to_arrow(some) for name, some in rows.items()}
        land_rows(lake, make_run("run-1"), tables)
        yield lake


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["name"])
def test_days_of_one_thing_meet_in_other_words(told: Lake, pair: dict[str, Any]) -> None:
    found = run_query(told, "dates_side_by_side", story_id=pair["name"]).to_pylist()
    expected = [] if pair.get("missed") else pair["verdicts"]
    assert sorted({row["verdict"] for row in found}) == expected
