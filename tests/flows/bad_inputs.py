"""A folder of everything that goes wrong with files, each beside what its outcome must say."""

from __future__ import annotations

import gzip
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

MEBIBYTE = 1 << 20
STORY = (
    "The ferry Elin Star stopped in thick fog on Monday with more than 200 passengers on board, the harbour"
    " office said. Two tugs brought it back to Port Lowen after nearly four hours.",
    "“Nobody was hurt and nobody was frightened,” said Captain Idris Vale, who has sailed the route for 20"
    " years. He thanked the crews of the tugs.",
)


@dataclass(frozen=True)
class Expected:
    """What one input must come to: its outcome, its reason, and words of the outcome's detail."""

    outcome: str
    reason: str
    detail: str = ""


TAKEN = Expected("accepted", "new")


def make_page(name: str, head: str = "") -> str:
    """A page that is like no other by its name."""
    paragraphs = "".join(f"<p>{text}</p>" for text in (f"Berth of the {name} at the quay.", *STORY))
    return (
        f"<!doctype html><html lang='en'><head><title>Fog stops the {name}</title>{head}</head><body>"
        f"<article><h1>Fog stops the {name}</h1>{paragraphs}</article></body></html>"
    )


def make_text(name: str) -> str:
    """A text that is like no other by its name."""
    return "\n\n".join((f"Fog stops the {name}", "By Mara Quill", f"Berth of the {name}.", *STORY))


def write_bad_inputs(folder: Path) -> dict[str, Expected]:
    """Write every bad input beside good ones; returns what is expected of each reference's last part."""
    folder.mkdir(parents=True)
    expected = {}
    for name, (payload, wanted) in _files().items():
        (folder / name).write_bytes(payload)
        expected[name] = wanted
    (folder / "loop").symlink_to(folder)
    expected["loop"] = Expected("quarantined", "symlink_loop", "leads back to")
    os.mkfifo(folder / "pipe.txt")
    expected["pipe.txt"] = Expected("rejected", "special_file", "a pipe")
    Path(os.fsdecode(bytes(folder) + b"/caf\xe9.txt")).write_text(make_text("Olga"), encoding="utf-8")
    expected["caf\\udce9.txt"] = TAKEN
    expected |= _write_lines(folder / "lines.jsonl") | _write_warc(folder / "cut.warc.gz")
    return expected


def _files() -> dict[str, tuple[bytes, Expected]]:
    return {
        "good.html": (make_page("Anna").encode(), TAKEN),
        "good.txt": (make_text("Berta").encode(), TAKEN),
        "empty.html": (b"", Expected("rejected", "empty", "no bytes")),
        "blank.txt": (b" \n\n \n", Expected("rejected", "empty", "nothing but blanks")),
        "picture.html": (
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
            Expected("rejected", "binary", "PNG image"),
        ),
        "truncated.html": (make_page("Clara").encode()[:-40], TAKEN),
        "utf16.html": (make_page("Dora").encode("utf-16"), TAKEN),
        "utf16.txt": (make_text("Edda").encode("utf-16-le"), TAKEN),
        "cp1252.html": (
            make_page("Fanny", '<meta charset="utf-8">').encode("cp1252"),
            Expected("accepted", "new", "declared utf-8, read as cp1252"),
        ),
        "nulls.html": (make_page("Gerda").encode().replace(b"passengers", b"pass\0engers"), TAKEN),
        "nested.html": (
            b"<div>" * (10 * MEBIBYTE),
            Expected("rejected", "too_large", "more than 20,000,000 bytes"),
        ),
        "deep.html": (
            b"<div>" * 200_000 + make_page("Hilda").encode(),
            Expected("rejected", "no_body", "nested too deep"),
        ),
        "long-line.txt": (
            b"word " * (2 * MEBIBYTE),
            Expected("rejected", "too_large", "2,097,152 words; an article has at most 50,000"),
        ),
        "entities.html": (_make_entity_bomb(), TAKEN),
        "bomb.html.gz": (
            gzip.compress(b"a" * 100 * MEBIBYTE),
            Expected("quarantined", "compression_bomb", "more than 200 times"),
        ),
    }


def _make_entity_bomb() -> bytes:
    """Ten entities, each of ten of the one before: ten thousand million letters if they are expanded."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11))
    doctype = f'<!DOCTYPE html [<!ENTITY e0 "lol">{entities}]>'
    return (
        make_page("Irma").replace("<!doctype html>", doctype).replace("</h1>", "</h1><p>&e10;</p>").encode()
    )


def _write_lines(file: Path) -> dict[str, Expected]:
    good = [json.dumps({"url": f"https://post.example/{name}", "text": make_text(name)}) for name in "JK"]
    half = [
        json.dumps(
            {"url": f"https://post.example/{name}{mark}", "text": make_text(name), "title": f"Fog {mark}"}
        )
        for name, mark in (("L", ""), ("M", "\ud83d"), ("N", "\0"))
    ]
    file.write_text("\n".join([good[0], '{"text": broken}', good[1], *half]))
    return {
        **{f"lines.jsonl#line-{number}": TAKEN for number in (4, 5, 6)},
        "lines.jsonl#line-1": TAKEN,
        "lines.jsonl#line-2": Expected("rejected", "bad_record", "Expecting value"),
        "lines.jsonl#line-3": TAKEN,
    }


def _write_warc(file: Path) -> dict[str, Expected]:
    """Two whole records and one that breaks off."""
    written, starts = io.BytesIO(), []
    writer = WARCWriter(written, gzip=True)
    for name in ("Lina", "Meta", "Nora"):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        starts.append(written.tell())
        address, payload = f"https://courier.example/{name}", io.BytesIO(make_page(name).encode())
        record = writer.create_warc_record(address, "response", payload=payload, http_headers=headers)
        writer.write_record(record)
        record.raw_stream.close()  # a spooled copy of the payload
    file.write_bytes(written.getvalue()[:-120])
    whole = {f"cut.warc.gz@{start}": TAKEN for start in starts[:2]}
    cut = Expected("quarantined", "broken_archive", f"breaks off in the record at {starts[2]}")
    return {**whole, "cut.warc.gz": cut}
