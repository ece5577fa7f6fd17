"""Files that attack a load, one input each, beside plain good articles: for loads that are killed and for their cost.

Every kind is one that has broken a run before, or is of the same sort; none costs more than a second by itself.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.inputs.odd_pages import make_page, mutate

_DAY = datetime(2031, 3, 4, tzinfo=UTC)
_SENTENCES = (
    "The harbour bridge number {n} will stay shut until spring, the port authority said on Tuesday.",
    "Its repair costs {m} million euros, of which the county pays half, according to its director, Ilka Brandt.",
    "“We have waited for number {n} since {y},” said Mara Quill, who runs a café beside the pier.",
    "About {k} cars cross it on a normal day, and they will have to go round by Aldery, which takes 25 minutes more.",
    "The council of Port Lowen votes on the money in June, when a report on the pillars of the bridge is due.",
    "Engineers found cracks in {p} of its 90 beams after the storm that tore away the deck of the old pier.",
)


def write_good(folder: Path, count: int, seed: int = 1) -> None:
    """Plain texts of about 120 words, no two of them alike."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        said = [sentence.format(
            n=number, m=chance.randrange(2, 90), y=chance.randrange(1990, 2025), k=f"{chance.randrange(900, 9_000):,}",
            p=chance.randrange(2, 90),
        ) for sentence in _SENTENCES]  # fmt: skip
        chance.shuffle(said)
        title = f"Bridge {number} shut until spring"
        (folder / f"good-{number:05}.txt").write_text("\n\n".join([title, " ".join(said[:3]), *said[3:]]))


def write_hostile(folder: Path, count: int, seed: int = 1) -> None:
    """That many hostile inputs, each kind in its turn."""
    folder.mkdir(parents=True, exist_ok=True)
    names = list(KINDS)
    for number in range(count):
        name = names[number % len(names)]
        KINDS[name](folder / f"hostile-{number:05}-{name}", random.Random(f"{seed}-{number}"))


def make_hostile_page(words: str, chance: random.Random, head: str = "", body: str = "") -> bytes:
    """A page about a bridge of this name, whatever the name holds."""
    paragraphs = "".join(
        f"<p>{sentence.format(n=words, m=3, y=2020, k=900, p=7)}</p>" for sentence in _SENTENCES
    )
    return (
        f"<!doctype html><html lang=en><head><title>Bridge {words} shut</title>{head}</head><body><article>"
        f"<h1>Bridge {words} shut {chance.random()}</h1>{paragraphs}{body}</article></body></html>"
    ).encode("utf-8", "surrogatepass")


def _file(suffix: str, make: Callable[[random.Random], bytes]) -> Callable[[Path, random.Random], None]:
    """A kind that is one file with these bytes."""
    return lambda path, chance: Path(f"{path}{suffix}").write_bytes(make(chance)) and None


def _lines(*records: object) -> bytes:
    return "\n".join(map(json.dumps, records)).encode()


def _record(chance: random.Random, **more: object) -> dict[str, object]:
    text = " ".join(sentence.format(n=chance.random(), m=3, y=2020, k=900, p=7) for sentence in _SENTENCES)
    return {"url": f"https://harbour.example/{chance.random()}", "title": "Bridge shut", "text": text, **more}


def _warc(date: str, body: bytes, length: int | None = None) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: {date}\r\nWARC-Target-URI: https://harbour.example/x\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nContent-Length: {length or len(http)}\r\n"
        "Content-Type: application/http; msgtype=response\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def _parquet(chance: random.Random, published: pa.Array | None = None, text: pa.Array | None = None) -> bytes:
    record = _record(chance)
    columns = {"url": pa.array([record["url"]]), "text": text or pa.array([record["text"]])}
    if published is not None:
        columns["published_at"] = published
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


def _broken_utf8() -> pa.Array:
    """One text whose bytes are no UTF-8."""
    data = b"\xff\xfe no text \xed\xa0\x80" * 30
    return pa.StringArray.from_buffers(
        1, pa.array([0, len(data)], pa.int32()).buffers()[1], pa.py_buffer(data)
    )


def _pipe(path: Path, _chance: random.Random) -> None:
    os.mkfifo(f"{path}.txt")


def _link_out(path: Path, _chance: random.Random) -> None:
    Path(f"{path}.txt").symlink_to("/etc/hostname")


def _link_to_itself(path: Path, _chance: random.Random) -> None:
    Path(f"{path}.txt").symlink_to(f"{path}.txt")


def _link_to_endless(path: Path, _chance: random.Random) -> None:
    Path(f"{path}.html").symlink_to("/dev/zero")


def _entities() -> str:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11))
    return f'<!DOCTYPE html [<!ENTITY e0 "lol">{names}]>'


# The last seven cost most.
KINDS: dict[str, Callable[[Path, random.Random], None]] = {
    "empty": _file(".html", lambda _: b""),
    "blank": _file(".txt", lambda _: b" \n\n\t\n"),
    "picture": _file(".html", lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    "tabs": _file(".txt", lambda _: b"Bridge shut\n\n" + b"\t" * 48_000 + b"said"),
    "controls": _file(".html", lambda c: make_hostile_page("\x1b]0;gone\x07\u202e\u2066", c)),
    "halves": _file(".html", lambda c: make_hostile_page("\ud83d", c)),
    "cut_gzip": _file(".html.gz", lambda c: gzip.compress(make_hostile_page("g", c))[:-9]),
    "long_title": _file(".jsonl", lambda c: _lines(_record(c, title="long " * 8_000))),
    "no_language": _file(".jsonl", lambda c: _lines(_record(c, language="xx-\x00-yy" * 9))),
    "odd_time": _file(".jsonl", lambda c: _lines(_record(c, published_at=10**400))),
    "broken_record": _file(".jsonl", lambda _: b'{"text": broken}'),
    "late_warc": _file(".warc", lambda c: _warc("9999-12-31T23:59:59-14:00", make_hostile_page("w", c))),
    "lying_warc": _file(".warc", lambda c: _warc("2031-03-04T10:15:00Z", make_hostile_page("l", c), 10**12)),
    "no_utf8": _file(".parquet", lambda c: _parquet(c, text=_broken_utf8())),
    "far_time": _file(".parquet", lambda c: _parquet(c, pa.array([2**60], pa.timestamp("ms")))),
    "odd_zone": _file(".parquet", lambda c: _parquet(c, pa.array([_DAY], pa.timestamp("us", "Moon/Sea")))),
    "pipe": _pipe,
    "link_out": _link_out,
    "link_to_itself": _link_to_itself,
    "link_to_endless": _link_to_endless,
    "entities": _file(".html", lambda c: make_hostile_page("e", c, body="&e10;").replace(b"<!doctype html>", _entities().encode())),
    "deep": _file(".html", lambda c: b"<div>" * 5_000 + make_hostile_page("d", c)),
    "attributes": _file(".html", lambda c: make_hostile_page("a", c, body="<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x")),
    "quotes": _file(".txt", lambda c: make_hostile_page("q", c)[:200] + b'"a" ' * 3_000),
    "charset": _file(".html", lambda c: make_hostile_page("c", c, '<meta charset="\x00utf-7">')),
    "mutated": _file(".html", lambda c: mutate(make_page(c).encode(), c, [8])),
    "bomb": _file(".html.gz", lambda _: gzip.compress(b"a" * 30_000_000)),
}  # fmt: skip
