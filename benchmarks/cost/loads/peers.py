"""Pages a CPU second: the extraction alone of other tools, beside all that Copydesk does with the same pages.

A peer reads pages that are in memory, with nothing else: no archive, no names, no table. For Copydesk all processes of `copydesk load` count,
from the start of the command to the last row. The second set has those pages of the first that Fundus has a parser for.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.corpora import CORPORA, read_rows
from benchmarks.cost.loads.measure import COPYDESK, measure
from benchmarks.cost.loads.peer_reader import FIELDS, PEERS
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake

_READER = Path(__file__).with_name("peer_reader.py")
_YIELD = """
    SELECT (SELECT count(*) FROM articles) AS pages, (SELECT count(title) FROM articles) AS title,
        (SELECT count(*) FROM articles WHERE len(authors) > 0) AS authors,
        (SELECT count(coalesce(published_at::VARCHAR, published_date::VARCHAR)) FROM articles) AS published,
        (SELECT count(*) FROM articles WHERE body_text <> '') AS body,
        (SELECT count(*) FROM mentions), (SELECT count(*) FROM figures), (SELECT count(*) FROM dates),
        (SELECT count(*) FROM quotations), (SELECT count(*) FROM removed_lines)"""


def measure_peers(folder: Path, count: int, peers_python: Path | None) -> None:
    """Compare on `count` pages of the corpora, those of Fundus first, and on those of Fundus alone."""
    fundus, others = _list_pages("fundus_dev"), [*_list_pages("wcxb_dev"), *_list_pages("aeb_dev")]
    sets = {"all": [*fundus, *others][:count], "of publishers that Fundus knows": fundus[:count]}
    for number, (name, rows) in enumerate(sets.items()):
        pages = folder / f"peers-{number}.jsonl"
        pages.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        print(
            f"{len(rows)} pages, {name}{'':20} pages a CPU second | pages with {', '.join(FIELDS)}",
            flush=True,
        )
        for peer in PEERS:
            print(f"  {peer:24} {read_with(peer, pages, peers_python)}", flush=True)
        print(
            f"  {'copydesk load, all of it':24} {load_all(pages, len(rows), folder / f'peers-lake-{number}')}",
            flush=True,
        )


def _list_pages(corpus: str) -> list[dict[str, str | None]]:
    """Address, HTML and day of each page of a corpus."""
    from gzip import decompress

    return [
        {
            "url": row["url"],
            "html": decompress((CORPORA / row["html_path"]).read_bytes()).decode("utf-8", "replace"),
            "day": (row.get("gold_date") or "")[:10] or None,
        }
        for row in read_rows(CORPORA / f"{corpus}.jsonl")
    ]


def read_with(peer: str, pages: Path, peers_python: Path | None) -> str:
    """The peer's line; trafilatura is Copydesk's own, the others are those of `peers_python`."""
    python = sys.executable if peer == "trafilatura" else peers_python
    if python is None:
        return "not measured: give --peers-python PYTHON of an environment that has it"
    done = subprocess.run([python, _READER, peer, pages], capture_output=True, text=True, check=False)
    if done.returncode:
        return f"not measured, {python} cannot load it: {done.stderr.strip().splitlines()[-1]}"
    found = json.loads(done.stdout)
    failed = f"; {found['failed']} pages failed" if found["failed"] else ""
    return f"{found['pages'] / found['seconds']:6.1f} | {', '.join(str(found[field]) for field in FIELDS)}{failed}"


def load_all(pages: Path, count: int, lake: Path) -> str:
    """The line of `copydesk load`, and how many rows it finds in addition."""
    cost = measure([COPYDESK, "load", str(pages), "--lake", str(lake)])
    with open_lake(LakeLocation.at(lake), read_only=True) as opened:
        articles, *rows = opened.fetch(_YIELD)[0]
    names = ("names", "figures", "dates", "quotations", "removed lines")
    extra = ", ".join(f"{number:,} {name}" for number, name in zip(rows[len(FIELDS) :], names, strict=True))
    fields = ", ".join(str(number) for number in rows[: len(FIELDS)])
    return f"{count / cost.cpu_seconds:6.1f} | {fields}; {articles} articles; {extra}"
