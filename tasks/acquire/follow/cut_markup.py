"""Cut XML before a parser sees it: parts that take a parser more than linear time are removed, in one walk.

Nothing is cut in the middle: a text that is too long for its element is removed whole, since half a name or half an
address would be wrong. Everything within the bounds is returned byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_ATTRIBUTES = 60  # of an element
MAX_NAMESPACES = 200  # different ones of a document
MAX_VALUE_BYTES = 10_000  # of an attribute
MAX_BASES = 20  # xml:base, which each element joins to that of the one around it, in an entry
MAX_ENTITY_BYTES = 60  # of a declaration such as <!ENTITY nbsp "&#160;">
_SHORT_BYTES = 4 * MAX_ATTRIBUTES  # a shorter tag cannot have too many attributes
_MARK = re.compile(rb"[>\"']")
_LOOKED_AT = re.compile(rb"xmlns|xml:base")
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_NAME = re.compile(rb"/?([^\s/<>=\"'!?]{1,200})")
_ATTRIBUTE = re.compile(
    rb"[\s/]*+(?:([^\s/<>=\"']++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s<>\"']*+))?+|.)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The greatest length of texts, by lower-case element names without prefixes, and the greatest number of entries. A
    text ends with its element, at the latest with its entry. It counts for the elements around it as well.
    """

    text_bytes: Mapping[bytes, int]
    entry_names: frozenset[bytes]
    max_entries: int


@dataclass(slots=True)
class _Open:
    """An open element whose text is bounded: bytes so far, and the places of its texts in `kept`."""

    name: bytes
    limit: int
    places: list[int] = field(default_factory=list)
    size: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """The markup to parse, and the number of texts and attributes that were removed."""

    data: bytes
    count: int


def cut_markup(data: bytes, bounds: Bounds) -> Cut:
    """The markup within the bounds. What follows the last entry is always kept."""
    cutter = _Cutter(data, bounds)
    cutter.run()
    return Cut(b"".join(cutter.kept), cutter.count) if cutter.is_changed else Cut(data, 0)


class _Cutter:
    """Goes through the markup once; no search begins before the end of another, or is tried twice in vain."""

    def __init__(self, data: bytes, bounds: Bounds) -> None:
        self._data, self._bounds = data, bounds
        self._at = 0
        self._lacking: set[bytes] = set()
        self._namespaces: set[bytes] = set()
        self._entry_count = self._base_count = 0
        self._is_past_entries = False
        self._open: list[_Open] = []  # each with a lower limit than that around it, so that they are few
        self._reference_bytes = 1  # what "&" counts for; more when the document declares entities of its own
        self.kept: list[bytes] = []
        self.count = 0
        self.is_changed = False

    def run(self) -> None:
        """Fill `kept`."""
        data = self._data
        while (start := data.find(b"<", self._at)) >= 0:
            self._keep_text(start)
            if data.startswith(b"<!--", start):
                self._keep_text(self._find(b"-->", start + 4))
            elif data.startswith(b"<![CDATA[", start):
                self._keep_text(self._find(b"]]>", start + 9))
            else:
                self._take_tag(start)
        self._keep_text(len(data))

    def _find(self, mark: bytes, at: int) -> int:
        """The place behind the mark, or the end of the markup if it is missing."""
        found = -1 if mark in self._lacking else self._data.find(mark, at)
        if found < 0:
            self._lacking.add(mark)
            return len(self._data)
        return found + len(mark)

    def _keep_text(self, end: int) -> None:
        """Keep the markup up to there, unless the open element already has too much text."""
        text, self._at = self._data[self._at : end], end
        if text:
            size = len(text) + (self._reference_bytes - 1) * text.count(b"&")
            fits = [self._fits(element, size) for element in self._open]
            text = text if all(fits) else b""
        self.kept.append(text)

    def _fits(self, element: _Open, size: int) -> bool:
        """Whether the open element can have so much more text; all of its text is dropped if not."""
        was_within = element.size <= element.limit
        element.size += size
        if element.size <= element.limit:
            element.places.append(len(self.kept))
            return True
        self._note_cut(int(was_within))
        for place in element.places:
            self.kept[place] = b""
        element.places.clear()
        return False

    def _note_cut(self, count: int) -> None:
        self.count += count
        self.is_changed = True

    def _take_tag(self, start: int) -> None:
        end = self._find_tag_end(start + 1)
        named = _NAME.match(self._data, start + 1, end)
        if named is None:  # a declaration, a processing instruction, or a bare "<"
            self._take_declaration(self._data[start:end])
            self._at = end
            return
        name, closes = named[1].rpartition(b":")[2].lower(), self._data[start + 1] == ord("/")
        if name in self._bounds.entry_names and not closes and not self._may_have_entry():
            self._leave_entries(start, named[1])
            return
        self._follow(name, closes=closes, is_empty=self._data.endswith(b"/>", start, end))
        tag = self._data[start:end]
        if not closes and (len(tag) > _SHORT_BYTES or _LOOKED_AT.search(tag)):
            tag = self._cut_attributes(tag, named.end() - start)
        self.kept.append(tag)
        self._at = end

    def _take_declaration(self, text: bytes) -> None:
        """Keep it, unless it is an entity so long that a few references to it make a text of any length."""
        if _ENTITY.match(text):
            if len(text) > MAX_ENTITY_BYTES:
                self._note_cut(1)
                return
            self._reference_bytes = MAX_ENTITY_BYTES
        self.kept.append(text)

    def _find_tag_end(self, at: int) -> int:
        """The place behind the tag's ">", or before the next "<" if it has no end. Quotes can hold a ">"."""
        data = self._data
        limit = data.find(b"<", at)
        limit = len(data) if limit < 0 else limit
        lacking = set()
        while mark := _MARK.search(data, at, limit):
            at = mark.end()
            if mark[0] == b">":
                return at
            if mark[0] not in lacking:
                close = data.find(mark[0], at, limit)
                at = close + 1 if close >= 0 else at
                if close < 0:
                    lacking.add(mark[0])
        return limit

    def _may_have_entry(self) -> bool:
        self._entry_count += 1
        self._base_count = 0
        return self._entry_count <= self._bounds.max_entries

    def _leave_entries(self, start: int, name: bytes) -> None:
        """Go on behind the last entry, so that the document is closed as it was; the second time, at the end."""
        close = b"</" + name + b">"
        last = -1 if self._is_past_entries else self._data.rfind(close, start)
        self._at = last + len(close) if last >= 0 else len(self._data)
        self._is_past_entries = self.is_changed = True

    def _follow(self, name: bytes, *, closes: bool, is_empty: bool) -> None:
        """Note which bounded elements are open."""
        if name in self._bounds.entry_names:
            self._open.clear()
        if closes:
            place = next((n for n, element in enumerate(self._open) if element.name == name), len(self._open))
            del self._open[place:]
            return
        limit = None if is_empty else self._bounds.text_bytes.get(name)
        if limit is not None and (not self._open or limit < self._open[-1].limit):
            self._open.append(_Open(name, limit))

    def _cut_attributes(self, tag: bytes, at: int) -> bytes:
        end = len(tag) - (2 if tag.endswith(b"/>") else 1 if tag.endswith(b">") else 0)
        kept: list[bytes] = []
        total = 0
        while at < end and (found := _ATTRIBUTE.match(tag, at, end)):
            at = found.end()
            if found[1]:
                total += 1
                if len(kept) < MAX_ATTRIBUTES and self._may_stay(found[1], found[2] or b""):
                    kept.append(found[0].strip(b" \t\r\n\f/"))
        if len(kept) == total:
            return tag
        self._note_cut(total - len(kept))
        named = _NAME.match(tag, 1)
        return b"<" + b" ".join([named[1] if named else b"", *kept]) + tag[end:]

    def _may_stay(self, name: bytes, value: bytes) -> bool:
        if len(value) > MAX_VALUE_BYTES:
            return False
        if name.startswith(b"xmlns"):
            self._namespaces.add(name + value)
            return len(self._namespaces) <= MAX_NAMESPACES
        if name == b"xml:base":
            self._base_count += 1
            return self._base_count <= MAX_BASES
        return True
