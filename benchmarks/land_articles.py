"""Time of landing into a lake that is already big: new articles, the same again, changed ones.

Run: python benchmarks/land_articles.py [--lake-size 100000] [--articles 1000] [--folder FOLDER]
Makes a synthetic lake (short bodies, 20 mentions, 5 figures and 5 sentences an article, 24 months) in
FOLDER, a temporary one when not said, and prints wall and CPU seconds and peak memory.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from core.tables import TABLES
from warehouse.checks import run_checks
from warehouse.lake import Lake, open_lake
from warehouse.landing import land_parts
from warehouse.location import LakeLocation
from warehouse.parts import write_part

BODY = "Ida Lund said 300 boats were moved from the harbour. " * 6
BATCH = 100
MONTHS = 24
FIRST = datetime(2022, 1, 1, tzinfo=UTC)

_FILL = {
    "captures": """
        SELECT 'c' || n AS capture_id, 'outlet-' || n % 20 AS outlet, 'https://x.example/' || n AS url,
            'html' AS kind, 300 AS byte_count, md5('b' || n) AS body_sha256, published AS fetched_at,
            'x.warc.gz' AS warc_file, n AS warc_offset, 100 AS warc_length, 'fill' AS run_id, month
        FROM filling""",
    "articles": """
        SELECT md5('a' || n)[:20] AS article_id, 'c' || n AS capture_id, 'outlet-' || n % 20 AS outlet,
            'https://x.example/' || n AS url, 'https://x.example/' || n AS canonical_url,
            'Title ' || n AS title, ['A. Author'] AS authors, 'en' AS language, published AS published_at,
            'day' AS published_precision, 'meta' AS published_source, $body AS body_text, 60 AS word_count,
            false AS is_truncated, md5('t' || n) AS text_sha256, 'bench' AS code_version, 'fill' AS run_id,
            month
        FROM filling""",
    "sentences": """
        SELECT md5('a' || n)[:20] AS article_id, place AS sentence_number, place * 50 AS start_char,
            place * 50 + 49 AS end_char, month
        FROM filling CROSS JOIN range(5) AS t (place)""",
    "mentions": """
        SELECT md5('a' || n)[:20] AS article_id, place * 10 AS start_char, place * 10 + 8 AS end_char,
            'Ida Lund' AS surface, 'person' AS entity_type, 'e' || (n + place) % 5000 AS entity_id,
            1 AS sentence_number, month
        FROM filling CROSS JOIN range(20) AS t (place)""",
    "figures": """
        SELECT md5('a' || n)[:20] AS article_id, place * 10 AS start_char, place * 10 + 3 AS end_char,
            '300' AS surface, 'count' AS kind, 300.0 AS value, 'exact' AS bound, 'boats' AS counted,
            false AS is_suspect, 1 AS sentence_number, month
        FROM filling CROSS JOIN range(5) AS t (place)""",
    "outcomes": """
        SELECT 'fill' AS run_id, 'https://x.example/' || n AS input_ref, 'c' || n AS capture_id,
            md5('a' || n)[:20] AS article_id, 'accepted' AS outcome, 'new' AS reason, 'land' AS stage
        FROM filling""",
    "entities": """
        SELECT DISTINCT 'e' || n % 5000 AS entity_id, 'Name ' || n % 5000 AS name, 'person' AS entity_type,
            ['Alias ' || n % 5000] AS aliases
        FROM filling""",
}


def fill_lake(lake: Lake, size: int) -> None:
    """A lake of `size` articles over MONTHS months, written in chunks of 50,000."""
    for begin in range(0, size, 50_000):
        lake.execute(
            "CREATE OR REPLACE TEMP TABLE filling AS SELECT range AS n,"
            f" TIMESTAMPTZ '2022-01-01 00:00:00+00' + to_days((range * {MONTHS * 30} // {size})::INTEGER)"
            " AS published, date_trunc('month', published)::DATE AS month"
            f" FROM range({begin}, {min(begin + 50_000, size)})"
        )
        for table, query in _FILL.items():
            if table == "entities" and begin:
                continue
            lake.execute(f"INSERT INTO {table} BY NAME {query}", {"body": BODY} if "$body" in query else None)


def make_parts(folder: Path, numbers: range, version: int) -> list[Path]:
    """Parts of BATCH articles each; a higher version is a newer capture with another text."""
    parts = []
    for begin in range(numbers.start, numbers.stop, BATCH):
        rows: dict[str, list[dict[str, Any]]] = {}
        for number in range(begin, min(begin + BATCH, numbers.stop)):
            for table, more in make_rows(number, version):
                rows.setdefault(table, []).extend(more)
        entities = {row["entity_id"]: row for row in rows["entities"]}
        rows["entities"] = list(entities.values())
        tables = {name: TABLES[name].to_arrow(found) for name, found in rows.items()}
        parts.append(write_part(folder / f"v{version}-{begin}", tables))
    return parts


def make_rows(number: int, version: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of one input."""
    article_id = hashlib.md5(f"a{number}".encode()).hexdigest()[:20]
    published = FIRST + timedelta(days=number % (MONTHS * 30))
    month = date(published.year, published.month, 1)
    capture_id, url = f"c{number}v{version}", f"https://x.example/{number}"
    body = BODY + f"Version {version}."
    common = {"article_id": article_id, "month": month}
    source = {"capture_id": capture_id, "outlet": f"outlet-{number % 20}", "url": url, "run_id": "bench"}
    warc = {"warc_file": "x.warc.gz", "warc_offset": number, "warc_length": 100}
    fetched = FIRST + timedelta(days=1000 + version)
    payload = {"kind": "html", "byte_count": 300, "body_sha256": f"{number}-{version}", "fetched_at": fetched}
    yield "captures", [{**source, **warc, **payload, "month": month}]
    said = {"canonical_url": url, "title": f"Title {number}", "authors": ["A. Author"], "language": "en"}
    dated = {"published_at": published, "published_precision": "day", "published_source": "meta"}
    text = {"body_text": body, "word_count": 60, "is_truncated": False, "text_sha256": f"{number}-{version}"}
    yield "articles", [{**source, **common, **said, **dated, **text, "code_version": "bench"}]
    yield from make_children(number, common)
    decided = {"outcome": "accepted", "reason": "new", "stage": "clean"}
    kept = {"capture_id": capture_id, "article_id": article_id}
    yield "outcomes", [{"run_id": "bench", "input_ref": url, **kept, **decided}]


def make_children(number: int, common: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows that were read out of one input's text."""
    yield (
        "sentences",
        [{**common, "sentence_number": n, "start_char": n * 50, "end_char": n * 50 + 49} for n in range(5)],
    )
    span = {"surface": "Ida Lund", "entity_type": "person", "sentence_number": 1}
    ids = [f"e{(number + n) % 5000}" for n in range(20)]
    yield (
        "mentions",
        [
            {**common, **span, "start_char": n * 10, "end_char": n * 10 + 8, "entity_id": ids[n]}
            for n in range(20)
        ],
    )
    yield (
        "entities",
        [
            {
                "entity_id": name,
                "name": f"Name {name[1:]}",
                "entity_type": "person",
                "aliases": ["Alias " + name[1:]],
            }
            for name in ids
        ],
    )
    read = {"surface": "300", "kind": "count", "value": 300.0, "bound": "exact", "is_suspect": False}
    yield (
        "figures",
        [
            {**common, **read, "start_char": n * 10, "end_char": n * 10 + 3, "counted": "boats"}
            for n in range(5)
        ],
    )


def measure(label: str, lake: Lake, run_id: str, parts: list[Path]) -> None:
    run = {
        "run_id": run_id,
        "flow": "load",
        "code_version": "bench",
        "started_at": datetime.now(UTC),
        "state": "running",
    }
    wall, cpu = time.perf_counter(), time.process_time()
    report = land_parts(lake, run, parts)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    counts = ", ".join(f"{count} {reason}" for (_, reason), count in report.counts.items())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{label:32} {wall:6.2f} s wall {cpu:6.2f} s CPU  peak {peak} MB  ({counts})", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lake-size", type=int, default=100_000)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--checks", action="store_true", help="time the data checks too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        size, count = options.lake_size, options.articles
        new, old = range(size, size + count), range(size // 2, size // 2 + count)
        with open_lake(LakeLocation.at(folder / "lake"), create=True) as lake:
            begin = time.perf_counter()
            fill_lake(lake, size)
            print(f"a lake of {size:,} articles made in {time.perf_counter() - begin:.1f} s", flush=True)
            first = make_parts(folder / "parts", new, 1)
            measure(f"{count} new articles", lake, "bench-1", first)
            measure("the same again (unchanged)", lake, "bench-2", first)
            measure(
                f"{count} changed, over all months", lake, "bench-3", make_parts(folder / "parts", old, 2)
            )
            if options.checks:
                begin = time.perf_counter()
                run_checks(lake)
                print(f"all data checks {time.perf_counter() - begin:.1f} s", flush=True)


if __name__ == "__main__":
    main()
