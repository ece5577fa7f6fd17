"""One peer reads pages: PYTHON peer_reader.py PEER PAGES.jsonl, run by the Python that has the peer.

Prints JSON: the CPU seconds of the extraction alone (the peer is loaded and has read one page before), and how many pages it gave a title,
authors, a time and a body. A page is a line with `url`, `html` and `day` (when it was fetched, or null). Standard library and the peer only.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FIELDS = ("title", "authors", "published", "body")
Found = dict[str, Any]
Read = Callable[[dict[str, Any]], Found]


def _trafilatura() -> Read:
    extract = import_module("trafilatura").bare_extraction

    def read(page: dict[str, Any]) -> Found:
        found = extract(page["html"], url=page["url"], with_metadata=True)
        if found is None:
            return {}
        return {"title": found.title, "authors": found.author, "published": found.date, "body": found.text}

    return read


def _newspaper() -> Read:
    article = import_module("newspaper").Article

    def read(page: dict[str, Any]) -> Found:
        one = article(page["url"], fetch_images=False)
        one.download(input_html=page["html"])
        one.parse()
        return {"title": one.title, "authors": one.authors, "published": one.publish_date, "body": one.text}

    return read


def _news_please() -> Read:
    from_html = import_module("newsplease").NewsPlease.from_html

    def read(page: dict[str, Any]) -> Found:
        one = from_html(page["html"], url=page["url"], fetch_images=False)
        return {
            "title": one.title,
            "authors": one.authors,
            "published": one.date_publish,
            "body": one.maintext,
        }

    return read


def _fundus() -> Read:
    """Fundus reads only pages of the publishers that it has a parser for."""
    publishers = {_site(one.domain): one for one in import_module("fundus").PublisherCollection}

    def read(page: dict[str, Any]) -> Found:
        publisher = publishers.get(_site(page["url"]))
        if publisher is None:
            return {}
        day = date.fromisoformat(page["day"]) if page["day"] else None
        found = publisher.parser(day).parse(page["html"], error_handling="suppress")
        named = {"title": "title", "authors": "authors", "published": "publishing_date", "body": "body"}
        return {field: found.get(name) for field, name in named.items()}

    return read


def _site(url: str) -> str:
    """The last two labels of the host, or three where the second last is short, as in .co.uk."""
    labels = (urlsplit(url).hostname or "").split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:])


PEERS = {
    "trafilatura": _trafilatura,
    "newspaper4k": _newspaper,
    "news-please": _news_please,
    "fundus": _fundus,
}


def main() -> None:
    peer, file = sys.argv[1:]
    with contextlib.redirect_stdout(io.StringIO()):  # libraries print too
        pages = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
        read, counts, failed = PEERS[peer](), dict.fromkeys(FIELDS, 0), 0
        with contextlib.suppress(Exception):
            read(pages[0])
        began = time.process_time()
        for page in pages:
            try:
                found = read(page)
            except Exception:  # noqa: BLE001 - a page that the peer cannot read is counted
                failed += 1
                continue
            for field in FIELDS:
                counts[field] += bool(found.get(field) and str(found[field]).strip())
        seconds = time.process_time() - began
    print(json.dumps({"seconds": seconds, "pages": len(pages), "failed": failed, **counts}))


if __name__ == "__main__":
    main()
