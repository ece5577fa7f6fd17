"""Plain lists of addresses, and Zotero's exports, read as announcements of pages to fetch."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import PurePath
from typing import Any

from core.errors import ConfigError
from tasks.acquire.base.addresses import clean_address
from tasks.acquire.base.announcements import Announcement
from tasks.acquire.base.fields import find_fields
from tasks.acquire.files.csv_header import choose_delimiter, said_delimiter
from tasks.acquire.follow.feeds import parse_moment, said_time

_RIS_LINE = re.compile(r"^([A-Z][A-Z0-9])  - ?(.*)$")
_RIS_FIELDS = {
    "UR": "url",
    "L2": "url",
    "TI": "title",
    "T1": "title",
    "AU": "authors",
    "A1": "authors",
    "DA": "date",
}


def read_url_list(data: bytes, name: str) -> list[Announcement]:
    """The addresses in a list, each once, in list order, with their titles and other fields.

    By the suffix of `name`: `.csv` (a column for the address: Zotero's `Url`), `.json` (an array or
    lines of objects: CSL JSON's `URL`, GDELT's article list), `.ris` (`UR`), and anything else as text
    with an address a line, `#` before remarks. Raises ConfigError if the list has no address.
    """
    text = data.decode("utf-8-sig", "replace")
    readers = {
        ".csv": _read_csv,
        ".tsv": _read_csv,
        ".json": _read_json,
        ".jsonl": _read_json,
        ".ris": _read_ris,
    }
    records = readers.get(PurePath(name).suffix.lower(), _read_lines)(text)
    found: dict[str, Announcement] = {}
    for record in records:
        announcement = _announce(record)
        if announcement is not None:
            found.setdefault(announcement.key, announcement)
    if not found:
        raise ConfigError(f"there is no web address in {name}; give one a line, or a column named url")
    return list(found.values())


def _announce(record: Mapping[str, Any]) -> Announcement | None:
    fields = find_fields(record)
    address = clean_address(fields.get("url", ""))
    if address is None:
        return None
    return Announcement(
        url=address,
        title=fields.get("title"),
        authors=tuple(fields.get("authors", ())),
        published_at=parse_moment(fields.get("published_at")),
        published_said=said_time(fields.get("published_at")),
        language=(fields.get("language") or "")[:2].lower() or None,
        section=fields.get("section"),
    )


def _read_lines(text: str) -> Iterator[Mapping[str, Any]]:
    for line in text.splitlines():
        bare = line.strip()
        if bare and not bare.startswith("#"):
            yield {"url": bare.split()[0].strip("<>")}


def _read_csv(text: str) -> Iterator[Mapping[str, Any]]:
    header = next((line for line in text.splitlines() if line.strip()), "")
    said = said_delimiter(header)
    text = text.partition("\n")[2] if said else text
    rows = csv.DictReader(StringIO(text, newline=""), delimiter=said or choose_delimiter(header, {}))
    while True:
        try:
            row = next(rows, None)
        except csv.Error:  # such as a field without an end: later rows can hold addresses
            continue
        if row is None:
            return
        yield {key: value for key, value in row.items() if key and value}


def _read_json(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        values = [_parse_line(line) for line in text.splitlines()]
    if isinstance(values, dict) and isinstance(values.get("articles"), list):
        values = values["articles"]  # GDELT's article list
    for value in values if isinstance(values, list) else [values]:
        if isinstance(value, dict):
            yield value


def _parse_line(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _read_ris(text: str) -> Iterator[Mapping[str, Any]]:
    """The entries of a RIS file, each between a TY and an ER line, with one line per author."""
    record: dict[str, Any] = {}
    for line in text.splitlines():
        found = _RIS_LINE.match(line.rstrip())
        if found and found[1] in ("TY", "ER"):  # the first and the last line of an entry
            yield record
            record = {}
        elif found and (field := _RIS_FIELDS.get(found[1])):
            if field == "authors":
                record.setdefault(field, []).append(found[2])
            else:
                record.setdefault(
                    field, found[2].replace("/", "-").strip("-") if field == "date" else found[2]
                )
    if record:
        yield record
