"""A lake in a temporary folder, and small batches of made-up articles to land in it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from core.tables import TABLES
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, open_lake
from warehouse.landing.land import land_parts, land_rows
from warehouse.landing.parts import write_part

Rows = dict[str, list[dict[str, Any]]]
BODY = "Harbour master Ida Lund said 300 boats were moved.\n\nNo one was hurt, the Dunmore Ledger was told."


def make_run(run_id: str = "run-1", **changes: Any) -> dict[str, Any]:
    """A row of `runs` that is under way."""
    return {
        "run_id": run_id,
        "flow": "load",
        "code_version": "test",
        "started_at": datetime(2024, 5, 2, tzinfo=UTC),
        "state": "running",
        **changes,
    }


def make_rows(
    slug: str,
    *,
    body: str = BODY,
    title: str = "Boats moved",
    fetched_at: datetime = datetime(2024, 5, 1, 12, tzinfo=UTC),
    published_at: datetime = datetime(2024, 5, 1, tzinfo=UTC),
    outlet: str = "dunmore-ledger",
    input_ref: str | None = None,
) -> Rows:
    """All the rows of one accepted input: capture, article, children, entities and outcome."""
    url = f"https://{outlet}.example/{slug}"
    article_id = _hash("article", url)
    capture_id = _hash("capture", url, body, fetched_at.isoformat())
    month = date(published_at.year, published_at.month, 1)
    common = {"article_id": article_id, "month": month}
    entity_id = _hash("entity", "Ida Lund")
    capture = {
        "capture_id": capture_id,
        "outlet": outlet,
        "url": url,
        "body_sha256": _hash(body),
        "byte_count": len(body),
        "fetched_at": fetched_at,
    }
    article = {
        **common,
        "capture_id": capture_id,
        "outlet": outlet,
        "url": url,
        "canonical_url": url,
        "title": title,
        "published_at": published_at,
        "text_sha256": _hash(title, body),
    }
    return {
        "captures": [_complete_capture(capture)],
        "articles": [_complete_article(article, body)],
        **_children(common, body, entity_id),
        "outcomes": [_accepted(input_ref or url, capture_id, article_id)],
        "line_statistics": [_counted_line(outlet, fetched_at.date())],
    }


def _complete_capture(capture: dict[str, Any]) -> dict[str, Any]:
    fetched_at = capture["fetched_at"]
    return {
        **capture,
        "kind": "html",
        "warc_file": "2024.warc.gz",
        "warc_offset": 0,
        "warc_length": 10,
        "run_id": "run-1",
        "month": date(fetched_at.year, fetched_at.month, 1),
    }


def _complete_article(article: dict[str, Any], body: str) -> dict[str, Any]:
    return {
        **article,
        "authors": ["Ada Byrne"],
        "language": "en",
        "published_precision": "day",
        "published_source": "meta",
        "body_text": body,
        "word_count": len(body.split()),
        "is_truncated": False,
        "code_version": "test",
        "run_id": "run-1",
    }


def _children(common: dict[str, Any], body: str, entity_id: str) -> Rows:
    removed = {"line_number": 1, "text": "Share this", "rule": "share_bar", "section": "head"}
    sentence = {"sentence_number": 1, "start_char": 0, "end_char": min(50, len(body))}
    entity = {"entity_id": entity_id, "name": "Ida Lund", "entity_type": "person", "aliases": ["Lund"]}
    return {
        "removed_lines": [{**common, **removed}],
        "sentences": [{**common, **sentence}],
        "mentions": _mentions(common, body, entity_id),
        "entities": [entity],
        "figures": _figures(common, body),
    }


def _accepted(input_ref: str, capture_id: str, article_id: str) -> dict[str, Any]:
    return {
        "run_id": "run-1",
        "input_ref": input_ref,
        "capture_id": capture_id,
        "article_id": article_id,
        "outcome": "accepted",
        "reason": "new",
        "stage": "clean",
    }


def _counted_line(outlet: str, day: date) -> dict[str, Any]:
    return {
        "outlet": outlet,
        "line_sha256": _hash("share this"),
        "text": "Share this",
        "article_count": 1,
        "edge_count": 1,
        "linked_ratio": 1.0,
        "first_seen_date": day,
        "last_seen_date": day,
    }


def make_rejection(input_ref: str, capture_id: str | None = None, outcome: str = "rejected") -> Rows:
    """The rows of an input that is no article, or could not be judged."""
    reason = {"rejected": "too_short", "quarantined": "timed_out"}[outcome]
    row = {
        "run_id": "run-1",
        "input_ref": input_ref,
        "capture_id": capture_id,
        "outcome": outcome,
        "reason": reason,
        "stage": "clean",
    }
    return {"outcomes": [row]}


def join_rows(*several: Mapping[str, list[dict[str, Any]]]) -> Rows:
    """The rows of several inputs, as one batch would hand them over."""
    joined: Rows = {}
    for rows in several:
        for table, more in rows.items():
            joined.setdefault(table, []).extend(more)
    for table, key in (("entities", "entity_id"), ("line_statistics", "line_sha256")):
        joined[table] = list({row[key]: row for row in joined.get(table, [])}.values())
    return joined


def count_rows(lake: Lake, table: str) -> int:
    """The number of rows of a table."""
    row = lake.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


def snapshot_tables(lake: Lake, *leave: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every table's rows in order, to compare two lakes or two moments."""
    return {
        name: lake.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()
        for name in TABLES
        if name not in leave
    }


class PartFolder:
    """Writes parts for a lake, each under a name of its own."""

    def __init__(self, lake: Lake) -> None:
        self.folder = lake.location.parts
        self.count = 0

    def __call__(self, *several: Mapping[str, list[dict[str, Any]]]) -> Path:
        """The rows of these inputs as one part."""
        self.count += 1
        tables = {name: TABLES[name].to_arrow(rows) for name, rows in join_rows(*several).items()}
        return write_part(self.folder / f"batch-{self.count:03}", tables)


@pytest.fixture(scope="session", autouse=True)
def _quick(quick_sessions: None) -> None:
    """Every test here opens lakes."""


def copy_lake(lake: Path, folder: Path) -> LakeLocation:
    """A copy of a lake in a folder."""
    shutil.copytree(lake, folder / "lake")
    return LakeLocation.at(folder / "lake")


@contextmanager
def copied_lake(lake: Path, folder: Path) -> Iterator[Lake]:
    """A copy of a lake in a folder, open for writing, without parts at the end."""
    with open_lake(copy_lake(lake, folder)) as opened:
        yield opened
        shutil.rmtree(opened.location.parts, ignore_errors=True)


@pytest.fixture(scope="session")
def lake_of_a(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Path:
    """The folder of a lake in which run-1 has landed the article `a`, made once; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("landed")
    with copied_lake(empty_lake, folder) as lake:
        land_parts(lake, make_run(), [PartFolder(lake)(make_rows("a"))])
    return folder / "lake"


@pytest.fixture(scope="module")
def read_lake(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> Iterator[Lake]:
    """A lake for the tests of one module, which land in it once and then only read."""
    with copied_lake(empty_lake, tmp_path_factory.mktemp("read")) as lake:
        yield lake


@pytest.fixture
def location(tmp_path: Path, empty_lake: Path) -> LakeLocation:
    return copy_lake(empty_lake, tmp_path)


@pytest.fixture
def lake(location: LakeLocation) -> Iterator[Lake]:
    with open_lake(location) as opened:
        yield opened


@pytest.fixture
def part(lake: Lake) -> PartFolder:
    return PartFolder(lake)


def _mentions(common: dict[str, Any], body: str, entity_id: str) -> list[dict[str, Any]]:
    start = body.find("Ida Lund")
    if start < 0:
        return []
    span = {"start_char": start, "end_char": start + 8, "surface": "Ida Lund"}
    more = {"entity_type": "person", "entity_id": entity_id, "role": "Harbour master", "sentence_number": 1}
    return [{**common, **span, **more}]


def _figures(common: dict[str, Any], body: str) -> list[dict[str, Any]]:
    start = body.find("300")
    if start < 0:
        return []
    span = {"start_char": start, "end_char": start + 3, "surface": "300", "sentence_number": 1}
    more = {"kind": "count", "value": 300.0, "low": 300.0, "high": 300.0, "bound": "exact"}
    return [{**common, **span, **more, "counted": "boats", "is_suspect": False}]


def _hash(*words: str) -> str:
    return hashlib.sha256("\x00".join(words).encode()).hexdigest()[:20]


def tell_story(
    lake: Lake, part: PartFolder, told: dict[str, list[dict[str, Any]]], timed: Sequence[str] = ()
) -> None:
    """One article per outlet, all of one story, with these figures; the time of the day is known of `timed` outlets."""
    articles = []
    for hour, (outlet, figures) in enumerate(told.items()):
        body = "; ".join(f"{row['surface']} {row['counted']}" for row in figures) + " were counted."
        rows = make_rows(
            "story", body=body, outlet=outlet, published_at=datetime(2024, 5, 1, hour, tzinfo=UTC)
        )
        article = rows["articles"][0]
        if outlet in timed:
            article["published_precision"] = "minute"
        rows["figures"] = [_place(row, body, article) for row in figures]
        articles.append(rows)
    land_parts(lake, make_run(), [part(*articles)])
    members = [
        {"article_id": a["article_id"], "month": a["month"], "story_id": "s1", "similarity_ratio": 1.0}
        for a in (rows["articles"][0] for rows in articles)
    ]
    story = {"story_id": "s1", "title": "Troops", "article_count": len(told), "outlet_count": len(told)}
    tables = {"story_articles": members, "stories": [story]}
    land_rows(lake, make_run("run-2"), {name: TABLES[name].to_arrow(rows) for name, rows in tables.items()})


def _place(row: dict[str, Any], body: str, article: dict[str, Any]) -> dict[str, Any]:
    start = body.index(row["surface"])
    span = {"start_char": start, "end_char": start + len(row["surface"])}
    return {
        **row,
        **span,
        "article_id": article["article_id"],
        "month": article["month"],
        "sentence_number": 1,
    }
