"""Odd pages, texts and records for `strain.fuzz readers`, built from our own parts, and mutations of any bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from core.captures import Capture, CaptureKind

FETCHED_AT = datetime(2031, 6, 1, tzinfo=UTC)

SENTENCES = (
    "The harbour bridge will stay shut until spring, the port authority said on Tuesday.",
    "“Nobody told us,” said Mara Quill, who runs a café beside the pier.",
    "Die Brücke bleibt bis zum Frühjahr gesperrt, teilte die Hafenbehörde mit.",
    "港湾局は火曜日、橋を閉鎖すると発表した。",
    "Leave a Reply",
    "Your email address will not be published.",
    "Read more: What the closure means for commuters",
    "Subscribe to our newsletter",
    "© 2031 Harbour Post. All rights reserved.",
    "Photo: Tom Abara/Harbour Post",
    "By Mara Quill",
    "March 4, 2031 10:15 am ET",
    "itâ€™s the cityâ€™s only bridge",
)
HEADS = (
    "<title>Bridge shut until spring - Harbour Post</title>",
    '<meta property="og:title" content="Bridge shut until spring">',
    '<meta property="og:site_name" content="Harbour Post">',
    '<meta charset="shift_jis">',
    '<meta name="author" content="By Mara Quill and Tom Abara">',
    '<meta property="article:published_time" content="2031-03-04T10:15:00+01:00">',
    '<link rel="canonical" href="/bridge">',
    '<link rel="canonical" href="http://[::1">',
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge shut","author":[{"@id":"#a"}],'
    '"datePublished":"2031-03-04","articleBody":"The bridge is shut."}</script>',
    '<script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"name":["x",{"name":null}]}}]}</script>',
    '<script type="application/ld+json">[[[[{"@type":["Article",7],"headline":{"a":1},"image":[[]],"author":7}]]]]</script>',
    '<base href="http://[">',
)
TAGS = (
    "p", "div", "article", "main", "section", "h1", "h2", "ul", "li", "ol", "table", "tr", "td", "blockquote", "pre",
    "figure", "figcaption", "aside", "nav", "footer", "form", "template", "noscript", "svg", "math", "a", "span",
    "time", "br", "iframe", "object", "details", "summary", "dl", "dd", "center", "font", "custom-tag",
)  # fmt: skip
CLASSES = (
    "", "entry-content", "comments", "comment-body", "byline", "author vcard", "related", "newsletter", "share", "paywall",
    "date", "published", "caption", "social-links", "article__body", "sidebar", "\x00", "a" * 5_000,
)  # fmt: skip
NOISE = (b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"&", b"&#x110000;", b"&#0;", b"<!--", b"-->", b"]]>", b"<![CDATA[",
         b"</script>", b"<script>", b'"', b"'", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\r", b"\x1b$B", b"<plaintext>", b"</html>",
         b"<?xml version='1.0' encoding='utf-16'?>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", b"\xe2\x80\xae")  # fmt: skip


FIELDS = (
    "title",
    "authors",
    "published_at",
    "modified_at",
    "language",
    "section",
    "url",
    "text",
    "html",
    "id",
)
ODD_VALUES = (
    None, "", " ", 0, -1, 10**400, 1e308, True, [], {}, [[]], [None, 7, {"name": None}], {"name": {"name": []}}, "x" * 100_000,
    "Bridge shut until spring", ["Mara Quill", "Tom Abara"], "2031-03-04T10:15:00+01:00", "https://harbour.example/x", "http://[",
    "\x00", "\ud800", "en", "01/02/03", "9999-12-31", "0001-01-01T00:00:00+14:00", "1e5", "١٢٣٤-٠١-٠١",
)  # fmt: skip
URLS = (
    "https://harbour.example/2031/03/04/x", "https://m.harbour.example/amp/x.amp.html?utm_source=a&b", "http://[::1", "http://a.b:99999/",
    "https://harbour.example/%zz%00", "file:///tmp/x.html", "", "https://" + "a." * 500 + "example/", "https://möwe.example/é?ü=\u2028",
)  # fmt: skip
CHARSETS = (
    None,
    None,
    "utf-8",
    "utf-16",
    "x-user-defined",
    "shift_jis",
    "\x00",
    "iso-2022-jp",
    "hz",
    "punycode",
)


def make_capture(chance: random.Random, kind: CaptureKind) -> Capture:
    """A capture with a payload, an address, a charset and hints, each right or odd."""
    charset = chance.choice(["utf-8"] * 6 + ["utf-16", "cp1252", "shift_jis", "utf-8-sig"])
    rounds = [0, 0, 0, 1] if kind is CaptureKind.RECORD else [0, 0, 1, 2, 8, 60]
    payload = mutate(MAKERS[kind](chance).encode(charset, "ignore"), chance, rounds)
    hints = {field: chance.choice(ODD_VALUES) for field in FIELDS if chance.random() < 0.2}
    return Capture(
        "c",
        "r",
        "harbour",
        chance.choice(URLS),
        kind,
        payload,
        FETCHED_AT,
        charset=chance.choice(CHARSETS),
        hints=hints,
    )


def mutate(payload: bytes, chance: random.Random, rounds: Sequence[int] = (0, 1, 2, 8)) -> bytes:
    """The bytes after some mutations; at most 3 MB."""
    for _ in range(chance.choice(rounds)):
        payload = chance.choice(MUTATIONS)(payload, chance)
    return payload[:3_000_000]


def make_page(chance: random.Random) -> str:
    head = "".join(chance.sample(HEADS, chance.randint(0, len(HEADS))))
    body = "".join(make_element(chance, 0) for _ in range(chance.choice([1, 3, 12, 40])))
    if chance.random() < 0.05:
        tag = chance.choice(TAGS)
        body = f"<{tag}>" * chance.choice([300, 3_000, 30_000]) + body
    return f"<html lang='{chance.choice(['en', 'de', '', 'x' * 99])}'><head>{head}</head><body>{body}</body></html>"


def make_element(chance: random.Random, depth: int) -> str:
    tag = chance.choice(TAGS)
    inside = make_words(chance)
    if depth < 5 and chance.random() < 0.5:
        inside += "".join(make_element(chance, depth + 1) for _ in range(chance.randint(1, 4)))
    mark = chance.choice(CLASSES)
    end = "" if chance.random() < 0.05 else f"</{tag}>"
    return f'<{tag} class="{mark}" datetime="2031-03-04" href="/author/x">{inside}{end}'


def make_words(chance: random.Random) -> str:
    words = " ".join(chance.choice(SENTENCES) for _ in range(chance.choice([0, 1, 2, 6])))
    return words * (chance.choice([50, 2_000]) if chance.random() < 0.003 else 1)


def make_text(chance: random.Random) -> str:
    end = chance.choice(["\n", "\r\n", "\n\n", "\r", "\u2028"])
    return end.join(make_words(chance) for _ in range(chance.randint(1, 60)))


def make_record(chance: random.Random) -> str:
    """A record whose fields hold what they should, or anything else."""
    record = {field: chance.choice(ODD_VALUES) for field in FIELDS if chance.random() < 0.5}
    record["html" if chance.random() < 0.5 else "text"] = chance.choice([make_page, make_text])(chance)
    return json.dumps(record, ensure_ascii=chance.random() < 0.5)


MAKERS: dict[CaptureKind, Callable[[random.Random], str]] = {
    CaptureKind.HTML: make_page,
    CaptureKind.TEXT: make_text,
    CaptureKind.RECORD: make_record,
}


def insert_noise(payload: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(payload))
    return payload[:place] + chance.choice(NOISE) + payload[place:]


def drop_part(payload: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(payload))
    return payload[:start] + payload[start + chance.choice([1, 7, 200]) :]


def repeat_part(payload: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(payload))
    part = payload[start : start + chance.choice([1, 20, 400])]
    return payload[:start] + part * chance.choice([2, 2, 30, 30, 1_000]) + payload[start:]


def flip_byte(payload: bytes, chance: random.Random) -> bytes:
    if not payload:
        return payload
    place = chance.randrange(len(payload))
    return payload[:place] + bytes([chance.randrange(256)]) + payload[place + 1 :]


def swap_parts(payload: bytes, chance: random.Random) -> bytes:
    first, second = sorted(chance.randint(0, len(payload)) for _ in range(2))
    return payload[second:] + payload[first:second] + payload[:first]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    insert_noise,
    insert_noise,
    drop_part,
    repeat_part,
    flip_byte,
    swap_parts,
)
