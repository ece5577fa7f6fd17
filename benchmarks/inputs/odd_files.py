"""Odd feeds, sitemaps, OPML, WARC, Parquet, CSV and JSON Lines for `strain.fuzz readers`, made by small grammars."""

from __future__ import annotations

import gzip
import io
import json
import random
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from benchmarks.inputs.odd_pages import (
    FIELDS,
    ODD_VALUES,
    SENTENCES,
    URLS,
    make_page,
    make_record,
    make_text,
    mutate,
)

Made = tuple[str, bytes]  # the end of a file's name, and what is in it
TEXTS = (
    *SENTENCES, "", " ", "&amp;amp;", "<![CDATA[<b>x</b>]]>", "&lt;p&gt;x&lt;/p&gt;", "&#xD800;", "&#0;", "&x;", "<p><p><p>", "a@b (",
    "(" * 300, '"' * 300, "Mon, 99 Foo 2031 25:61:61 +9999", "Tue, 04 Mar 2031 10:15:00 GMT", "2031-03-04T10:15:00+25:00", "0000-00-00", "1e400",
    "\u202e\u2066", "a" * 20_000, "By " * 2_000, "https://" + "a" * 9_000, "\x00\x1f", "٣", "２０３１", "\U0001f600" * 50,
)  # fmt: skip
FEED_TAGS = (
    "title", "link", "guid", "description", "pubDate", "author", "dc:creator", "dc:date", "content:encoded", "category", "media:content", "id",
    "updated", "published", "summary", "content", "name", "email", "language", "enclosure", "source", "itunes:author", "atom:link", "xhtml:div",
)  # fmt: skip
ATTRIBUTES = (
    'href="/x"', 'rel="alternate"', 'type="xhtml"', 'type="html"', 'url="http://["', 'isPermaLink="false"', 'xml:base="http://[::1"',
    "xmlns:media='x'", 'mode="base64"', 'xml:lang="xx-yy-zz"', 'length="-1"', "a=1", "=",
)  # fmt: skip
HEADS = (
    "", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='utf-16'?>", "<?xml version='9' encoding='x'?>", "\ufeff",
    "<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z '&x;&x;&x;'>]>", "<!DOCTYPE rss SYSTEM 'file:///x'>", "{", "\n\n",
)  # fmt: skip
ROOTS = {
    "feed": ('rss version="2.0"', "rdf:RDF", 'feed xmlns="http://www.w3.org/2005/Atom"', "channel", "html"),
    "sitemap": (
        'urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"',
        "sitemapindex",
        "urlset",
        "rss",
    ),
    "opml": ('opml version="2.0"', "opml", "OPML", "x:opml"),
}
HTTP_HEADERS = (
    "Content-Type: text/html", "Content-Type: text/html; charset=\x00", "Content-Encoding: gzip", "Content-Encoding: br, deflate, zstd",
    "Transfer-Encoding: chunked", "Content-Length: -5", "Content-Length: 99999999999999999999", "Set-Cookie: " + "x" * 9_000, ": x", "Content-Type: image/png",
)  # fmt: skip
WARC_HEADERS = (
    "WARC-Date: 2031-03-04T10:15:00Z", "WARC-Date: 9999-12-31T23:59:59-14:00", "WARC-Date: x", "WARC-Target-URI: https://harbour.example/x",
    "WARC-Target-URI: <http://[>", "WARC-Record-ID: <urn:uuid:0>", "WARC-Payload-Digest: sha1:" + "A" * 32, "WARC-Truncated: length",
    "Content-Type: application/http; msgtype=response", "Content-Type: text/html", "WARC-Identified-Payload-Type: text/html", "x" * 3_000, "WARC-Type: response",
)  # fmt: skip
ARROW_TYPES = (
    pa.string(), pa.large_string(), pa.binary(), pa.int64(), pa.float64(), pa.bool_(), pa.timestamp("s"), pa.timestamp("ns", "UTC"), pa.date32(),
    pa.date64(), pa.time64("us"), pa.duration("s"), pa.decimal128(38, 9), pa.list_(pa.string()), pa.struct([("a", pa.string()), ("b", pa.int64())]),
    pa.map_(pa.string(), pa.string()), pa.null(), pa.dictionary(pa.int8(), pa.string()), pa.list_(pa.list_(pa.int64())),
)  # fmt: skip


def make_feed(chance: random.Random) -> Made:
    """RSS, Atom, RDF or a JSON feed."""
    if chance.random() < 0.2:
        items = [_make_json_item(chance) for _ in range(chance.randint(0, 5))]
        feed = {"version": chance.choice(["https://jsonfeed.org/version/1.1", None, 7]), "items": items}
        return ".json", mutate(json.dumps(feed).encode(), chance)
    item = chance.choice(["item", "entry"])
    items_xml = "".join(_make_element(chance, item, FEED_TAGS) for _ in range(chance.choice([0, 1, 3, 30])))
    return ".xml", _make_xml(chance, "feed", f"<channel>{items_xml}</channel>")


def _make_json_item(chance: random.Random) -> Any:
    names = ("id", "url", "title", "authors", "date_published", "content_html", "language", "tags")
    return {
        name: chance.choice([*ODD_VALUES[:-1], {"name": 7}, [None]])
        for name in names
        if chance.random() < 0.6
    }


def make_sitemap(chance: random.Random) -> Made:
    """A sitemap, an index, or a list of addresses; perhaps in gzip, once or twice."""
    tags = (
        "loc",
        "lastmod",
        "news:title",
        "news:publication_date",
        "news:name",
        "news:language",
        "priority",
        "loc",
    )
    entry = chance.choice(["url", "sitemap", "url", "news:news"])
    body = "".join(_make_element(chance, entry, tags) for _ in range(chance.choice([0, 1, 5, 60])))
    data = (
        _make_xml(chance, "sitemap", body)
        if chance.random() < 0.8
        else "\n".join(URLS * 3).encode("utf-8", "replace")
    )
    for _ in range(chance.choice([0, 0, 0, 1, 2])):
        data = mutate(gzip.compress(data), chance, (0, 0, 1))
    return ".xml", data


def make_opml(chance: random.Random) -> Made:
    """Outlines of feeds, one inside another."""
    outlines = "".join(_make_outline(chance) for _ in range(chance.choice([0, 1, 5, 40])))
    return ".opml", _make_xml(chance, "opml", f"<body>{outlines}</body>")


def _make_outline(chance: random.Random) -> str:
    said = " ".join(
        f'{name}="{chance.choice([*URLS, *SENTENCES, chr(60)])}"'
        for name in ("xmlUrl", "htmlUrl", "title", "text", "type", "XMLURL")
        if chance.random() < 0.6
    )
    depth = chance.choice([1, 1, 1, 3, 600])
    return f"<outline {said}>" * depth + "</outline>" * chance.choice([depth, depth, 0])


def _make_xml(chance: random.Random, kind: str, body: str) -> bytes:
    root = chance.choice(ROOTS[kind])
    text = f"{chance.choice(HEADS)}<{root}>{body}</{root.split()[0]}>"
    return mutate(text.encode(chance.choice(["utf-8"] * 5 + ["utf-16", "cp1252"]), "replace"), chance)


def _make_element(chance: random.Random, tag: str, inside: tuple[str, ...], depth: int = 0) -> str:
    said = " ".join(chance.sample(ATTRIBUTES, chance.choice([0, 0, 1, 4])))
    if depth < 3 and (depth == 0 or chance.random() < 0.15):
        count = chance.choice([1, 3, 6])
        text = "".join(_make_element(chance, chance.choice(inside), inside, depth + 1) for _ in range(count))
    else:
        text = chance.choice([*TEXTS, *URLS])
    return f"<{tag} {said}>{text}" + (f"</{tag}>" if chance.random() > 0.03 else "")


def make_warc(chance: random.Random) -> Made:
    """Records whose headers lie now and then, plain or each in a gzip member."""
    records = [_make_warc_record(chance) for _ in range(chance.choice([1, 2, 8]))]
    if chance.random() < 0.4:
        return ".warc.gz", mutate(b"".join(map(gzip.compress, records)), chance, (0, 0, 1, 2))
    return ".warc", mutate(b"".join(records), chance)


def _make_warc_record(chance: random.Random) -> bytes:
    page = make_page(chance).encode("utf-8", "replace")[:200_000]
    body = chance.choice([page, gzip.compress(page), b"", b"5\r\nhello\r\n0\r\n\r\n", b"\x00" * 50])
    status = chance.choice(["HTTP/1.1 200 OK", "HTTP/1.1 404", "HTTP/9 x", ""])
    odd = chance.sample(HTTP_HEADERS, chance.choice([0, 0, 1, 3]))
    head = "\r\n".join([status, HTTP_HEADERS[0], *odd, "", ""]).encode("utf-8", "replace")
    block = head + body if chance.random() < 0.9 else body
    kind = chance.choice(["response"] * 5 + ["resource", "request", "metadata", "revisit", "warcinfo", "x"])
    length = chance.choice([len(block)] * 8 + [0, len(block) + 7, -1, 10**18])
    odd = chance.sample(WARC_HEADERS, chance.choice([0, 0, 1, 3]))
    said = [f"WARC-Type: {kind}", *WARC_HEADERS[:1], *WARC_HEADERS[3:4], *odd, f"Content-Length: {length}"]
    version = chance.choice(["WARC/1.0"] * 9 + ["WARC/1.1", "ARC"])
    return "\r\n".join([version, *said, "", ""]).encode("utf-8", "replace") + block + b"\r\n\r\n"


def make_parquet(chance: random.Random) -> Made:
    """A table of fields of odd types, then perhaps with some of its bytes changed."""
    rows = chance.choice([0, 1, 3, 60])
    names = [chance.choice([*FIELDS, "Text", "body", "x"]) for _ in range(chance.randint(1, 5))]
    while (data := _write_parquet(chance, rows, names)) is None:
        pass  # values that the format itself cannot hold: others are drawn
    return ".parquet", mutate(data, chance, (0, 0, 1, 3))


def _write_parquet(chance: random.Random, rows: int, names: list[str]) -> bytes | None:
    sink = io.BytesIO()
    table = pa.table([_make_column(chance, rows) for _ in names], names=names)
    codec = chance.choice(["snappy", "zstd", "gzip", "none"])
    try:
        pq.write_table(table, sink, compression=codec, row_group_size=chance.choice([1, 100]))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    return sink.getvalue()


def _make_column(chance: random.Random, rows: int) -> pa.Array:
    kind = chance.choice([pa.string()] * 6 + list(ARROW_TYPES))
    if pa.types.is_string(kind):
        return pa.array([chance.choice([*TEXTS, make_text(chance)[:2_000], None]) for _ in range(rows)], kind)
    numbers = pa.array([chance.choice([0, 1, -(2**62), 2**62, None]) for _ in range(rows)], pa.int64())
    try:
        return numbers.view(kind) if chance.random() < 0.5 else numbers.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
        return pa.nulls(rows, kind)


def make_csv(chance: random.Random) -> Made:
    """Rows with more or fewer cells than the header, in odd quotes, delimiters and charsets."""
    mark, end = chance.choice([",", ";", "\t", "|", "\x00"]), chance.choice(["\n", "\r\n", "\r"])
    header = mark.join(chance.choice(FIELDS) for _ in range(chance.randint(1, 6)))
    rows = [
        mark.join(_make_cell(chance) for _ in range(chance.randint(0, 7)))
        for _ in range(chance.choice([0, 1, 9, 200]))
    ]
    data = end.join([header, *rows]).encode(chance.choice(["utf-8", "utf-8", "utf-16", "cp1252"]), "replace")
    return _pack(chance, chance.choice([".csv", ".tsv"]), mutate(data, chance))


def _make_cell(chance: random.Random) -> str:
    text = chance.choice(TEXTS)
    return chance.choice([text, f'"{text}"', f'"{text}', f'{text}"', '"' + text.replace(" ", '""') + '"'])


def make_json_lines(chance: random.Random) -> Made:
    """Records and values that are not records, one a line or in a list."""
    odd = (
        "",
        "null",
        "[]",
        '"x"',
        "{",
        "[" * 3_000,
        '{"a":' * 3_000,
        "1e999",
        '{"text": "\\ud800"}',
        '{"text": 1, "text": 2}',
        "NaN",
    )
    lines = [
        make_record(chance) if chance.random() < 0.7 else chance.choice(odd)
        for _ in range(chance.choice([1, 3, 40]))
    ]
    if chance.random() < 0.2:
        return _pack(chance, ".json", mutate(f"[{','.join(lines)}]".encode("utf-8", "replace"), chance))
    return _pack(chance, ".jsonl", mutate("\n".join(lines).encode("utf-8", "replace"), chance))


def _pack(chance: random.Random, suffix: str, data: bytes) -> Made:
    """The file, perhaps in gzip or Zstandard."""
    way = chance.random()
    if way < 0.15:
        return f"{suffix}.gz", mutate(gzip.compress(data), chance, (0, 0, 1))
    if way < 0.25:
        return f"{suffix}.zst", mutate(zstandard.compress(data), chance, (0, 0, 1))
    return suffix, data


FILE_MAKERS: dict[str, Callable[[random.Random], Made]] = {
    "feed": make_feed,
    "sitemap": make_sitemap,
    "opml": make_opml,
    "warc": make_warc,
    "parquet": make_parquet,
    "csv": make_csv,
    "jsonl": make_json_lines,
}
