"""Objects of JSON that are written over several lines or inside one list, read one at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tasks.acquire.files.streams import LineTooLongError

_STRING = re.compile(
    rb'"(?:[^"\\]|\\.)*+("?)'
)  # a string without an end is one match too: no place is read twice
_BRACE = re.compile(rb"[{}]")
_BETWEEN = b" \t\r\n,[]"  # what can be between the objects of a list
Numbered = tuple[int, bytes | LineTooLongError]


def is_over_lines(line: bytes) -> bool:
    """Whether a file whose first line this is holds a list, or objects over several lines, instead of an object a line."""
    bare = line.strip()
    if not bare.startswith((b"{", b"[")) or _is_object(bare):
        return False
    return bare.startswith(b"[") or bare.endswith((b"{", b"[", b",", b":"))


def iterate_objects(lines: Iterable[Numbered], max_bytes: int) -> Iterator[Numbered]:
    """Each object with the number of the line where it begins: its bytes, or LineTooLongError.

    What is between two objects and not part of a list comes as it is, so that it is reported. A broken object ends
    where the next one begins in the same column.
    """
    reader = _Objects(max_bytes)
    for number, line in lines:
        if isinstance(line, LineTooLongError):
            yield from reader.end()
            yield number, line
        else:
            yield from reader.take(number, line)
    yield from reader.end()


@dataclass(slots=True)
class _Objects:
    """An object that grows line by line."""

    max_bytes: int
    parts: list[bytes] = field(default_factory=list)
    size: int = 0
    depth: int = 0
    start: int = 0
    column: int = 0
    is_indented: bool = False

    def take(self, number: int, line: bytes) -> Iterator[Numbered]:
        """The objects that end in this line."""
        column = len(line) - len(line.lstrip())
        if self.parts and self.is_indented and column == self.column and line.lstrip().startswith(b"{"):
            yield from self.end()
        if len(self.parts) == 1 and column > self.column:
            self.is_indented = True
        place = 0
        for brace in _BRACE.finditer(_blank_strings(line)):
            if brace[0] == b"{":
                if self.depth == 0:
                    yield from _tell_rest(number, line[place : brace.start()])
                    self.start, self.column, place = number, column, brace.start()
                self.depth += 1
            elif self.depth > 0:
                self.depth -= 1
                if self.depth == 0:
                    self._add(line[place : brace.end()])
                    place = brace.end()
                    yield from self.end()
        if self.depth > 0:
            self._add(line[place:])
        else:
            yield from _tell_rest(number, line[place:])

    def end(self) -> Iterator[Numbered]:
        """The object as far as it goes."""
        if self.size > self.max_bytes:
            yield self.start, LineTooLongError(self.start)
        elif self.parts:
            yield self.start, b"".join(self.parts)
        self.parts, self.size, self.depth, self.is_indented = [], 0, 0, False

    def _add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size <= self.max_bytes:
            self.parts.append(piece)


def _blank_strings(line: bytes) -> bytes:
    """The line with its strings blanked out, which can hold braces of their own; one without an end stays."""
    return _STRING.sub(lambda found: b" " * len(found[0]) if found[1] else found[0], line)


def _tell_rest(number: int, rest: bytes) -> Iterator[Numbered]:
    if bare := rest.strip(_BETWEEN):
        yield number, bare


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
