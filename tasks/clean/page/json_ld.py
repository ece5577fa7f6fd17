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
# A backslash and the escape of JSON that it opens, if any (RFC 8259, section 7).
_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?')
# A name of schema.org with the prefix of its vocabulary, as a key or a type: "schema:author", "http://schema.org/author".
_PREFIX = re.compile(r'"schema:(\w{1,60})"|"https?://schema\.org/(\w{1,60})"(?=\s{0,9}:)')
_DECODER = json.JSONDecoder(strict=False)
# Names of an "author" field up to its end: a name, a node with a name, or a list of either.
_SALVAGED_AUTHORS = re.compile(
    r'"author"\s{0,9}:\s{0,9}(\[[^\]]{1,2000}\]|\{[^{}]{1,1000}[{}]|"(?:[^"\\\n]|\\.){1,300}")'
)
_SALVAGED_NAMES = re.compile(r'"name"\s{0,9}:\s{0,9}"((?:[^"\\\n]|\\.){1,300})"')
_STRINGS = re.compile(r'"((?:[^"\\\n]|\\.){1,300})"')
# The fields worth saving from a script that no parser can read: text up to the closing quotation mark.
_SALVAGED = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|dateCreated)"\s{0,9}:\s{0,9}"((?:[^"\\\n]|\\.){1,500})"'
)


def read_json_ld(script: str) -> list[Node]:
    """The nodes of one script, `@graph` and main entities laid flat, in order.

    What cannot be parsed is tried again without wrappers, trailing commas, invalid escapes and HTML
    entities; of a script that is still broken, the plain fields of an article are salvaged as one node.
    """
    if len(script) > _MAX_CHARS or "{" not in script:
        return []
    nodes: list[Node] = []
    for value in _parse(_PREFIX.sub(_bare, script) if "schema" in script else script):
        for node in _flatten(value, 0):
            nodes.append(node)
            if len(nodes) >= _MAX_NODES:
                return nodes
    return nodes


def _bare(name: re.Match[str]) -> str:
    return f'"{name[1] or name[2]}"'


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
    yield _ESCAPE.sub(lambda found: found[0] if found[1] else r"\\", bare)
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
        node.setdefault(name, _unescape(value))
    if authors := _salvage_authors(script):
        node["author"] = authors
    return [{"@type": "Article", **node}] if node else []


def _salvage_authors(script: str) -> list[Node]:
    """The names in the first author field that has any."""
    for said in _SALVAGED_AUTHORS.findall(script):
        names = (_SALVAGED_NAMES if "{" in said else _STRINGS).findall(said)
        if names:
            return [{"name": _unescape(name)} for name in names]
    return []


def _unescape(text: str) -> str:
    """The text of a JSON string, even with an invalid escape in it."""
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text.replace('\\"', '"').replace("\\/", "/")


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
