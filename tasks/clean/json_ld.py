"""JSON-LD as pages really hold it: graphs, lists, comments around it, trailing commas, raw newlines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]

_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "subjectOf")
_MAX_DEPTH = 6
_MAX_NODES = 500
_MAX_CHARS = 2_000_000
_WRAPPERS = re.compile(r"<!--|-->|/?/?\s?<!\[CDATA\[|/?/?\s?\]\]>|/\*\s?\*/")
_TRAILING_COMMA = re.compile(r",\s{0,200}([}\]])")
_DECODER = json.JSONDecoder(strict=False)
# The fields worth saving from a script that no parser can read: text up to the closing quotation mark.
_SALVAGED = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|dateCreated)"\s{0,9}:\s{0,9}"((?:[^"\\\n]|\\.){1,500})"'
)


def read_json_ld(script: str) -> list[Node]:
    """The nodes of one script, `@graph` and main entities laid flat, in order.

    What cannot be parsed is tried again without wrappers, trailing commas and HTML entities; of a
    script that is still broken, the plain fields of an article are salvaged as one node.
    """
    if len(script) > _MAX_CHARS or "{" not in script:
        return []
    nodes: list[Node] = []
    for value in _parse(script):
        for node in _flatten(value, 0):
            nodes.append(node)
            if len(nodes) >= _MAX_NODES:
                return nodes
    return nodes


def _parse(script: str) -> list[Any]:
    for text in _variants(script):
        try:
            return _parse_all(text)
        except (ValueError, RecursionError):
            continue
    return _salvage(script)


def _variants(script: str) -> Iterator[str]:
    yield script.strip()
    bare = _WRAPPERS.sub(" ", script).strip().rstrip(";").strip()
    yield bare
    bare = _TRAILING_COMMA.sub(r"\1", bare)
    yield bare
    if "&quot;" in bare or "&#34;" in bare:
        yield html.unescape(bare)


def _parse_all(text: str) -> list[Any]:
    """Every value of a text that holds one or several JSON values in a row."""
    values = []
    place = 0
    while place < len(text):
        value, place = _DECODER.raw_decode(text, place)
        values.append(value)
        while place < len(text) and text[place] in " \t\r\n,;":
            place += 1
    return values


def _salvage(script: str) -> list[Any]:
    node: Node = {}
    for name, value in _SALVAGED.findall(script):
        node.setdefault(name, value.replace('\\"', '"').replace("\\/", "/"))
    return [{"@type": "Article", **node}] if node else []


def _flatten(value: Any, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flatten(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _NESTED:
            if isinstance(value.get(key), list | dict):
                yield from _flatten(value[key], depth + 1)
