r"""The rows of a table in a text file: lines for the csv module, and `\"` inside of fields."""
# Why: see docs/decisions.md, "A backslash in a CSV file escapes only where the file shows it" and "A quotation mark that is not closed
# costs one row".

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping

from tasks.acquire.files.csv_header import choose_delimiter, said_delimiter
from tasks.acquire.files.streams import BoundedLines, LineTooLongError

_UTF8_BOM = b"\xef\xbb\xbf"
# A backslash with the mark that it escapes, one at the end of a line inside a field, or one that is only itself.
_BACKSLASH = re.compile(r'\\(?:(["\\])|(?=\r?\n))?')
_FORM = re.compile(
    r"(?P<number>\d{1,20})|(?P<address>https?://[^\s,]{4,2000})|(?P<date>\d{4}-\d\d-\d\d(?:[T ][\d:.+Z-]{2,20})?)"
)
_ESCAPED_QUOTE = '\\"'


class CsvRows:
    r"""The rows of a file. `start` is the number of the line where the last row begins.

    Fields are read with doubled quotation marks until a row makes no sense so and holds `\"`; that row and those
    behind it are read with backslashes as escapes. A row whose quotation mark is not closed is an error, and the next
    line that reads as the rows above do begins the next row.
    """

    def __init__(self, lines: CsvLines, delimiter: str) -> None:
        self._lines, self._delimiter = lines, delimiter
        self._escapes = False
        self._width: int | None = None  # fields of the header
        self._forms: list[str] | None = None  # of the fields of the rows below it, as far as these agree
        self.start = 0

    def __iter__(self) -> Iterator[list[str] | csv.Error | LineTooLongError]:
        """Each row, or why it cannot be read."""
        while True:
            self.start = self._lines.begin_row()
            try:
                row = self._read_row()
            except StopIteration:
                return
            except (csv.Error, LineTooLongError) as error:
                yield error
                continue
            if any(cell.strip() for cell in row):
                self._learn(row)
            yield row

    def _learn(self, row: list[str]) -> None:
        """The width, of the header; then what form each column has in all rows so far."""
        if self._width is None:
            self._width = len(row)
        elif len(row) == self._width:
            forms = [_form_of(cell) for cell in row]
            known = self._forms or forms
            self._forms = [one if one == other else "" for one, other in zip(known, forms, strict=True)]

    def _read_row(self) -> list[str]:
        if self._escapes:
            return self._parse(is_strict=False)
        try:
            row: list[str] | csv.Error | LineTooLongError = self._parse(is_strict=True)
        except (csv.Error, LineTooLongError) as error:
            row = error
        is_whole = isinstance(row, list) and self._width in (None, len(row))
        if not is_whole and (begin := self._find_next_row()):
            self._lines.rewind(begin)
            line = self.start + begin
            raise csv.Error(f"a quotation mark in it is not closed; reading goes on at line {line}")
        if isinstance(row, LineTooLongError):
            raise row
        if isinstance(row, list) and not self._is_too_wide(row):
            return row
        if self._lines.holds(_ESCAPED_QUOTE) and self._is_better_escaped():
            self._escapes = True
        self._lines.rewind()
        return self._parse(is_strict=False)

    def _find_next_row(self) -> int:
        """The first line of this row, after its first one, that is a row as those above are: as wide, and with a number,
        an address or a date where all of them have one. 0 where there is none, or nothing to know it by."""
        if not self._forms or not any(self._forms):
            return 0
        for number, line in enumerate(self._lines.row[1:], 1):
            if line.count(self._delimiter) < len(self._forms) - 1:
                continue
            try:
                cells = next(csv.reader([line], delimiter=self._delimiter, strict=True), [])
            except csv.Error:
                continue
            if len(cells) == len(self._forms) and all(
                form in ("", _form_of(cell)) for form, cell in zip(self._forms, cells, strict=True)
            ):
                return number
        return 0

    def _is_better_escaped(self) -> bool:
        """Whether the row makes sense with backslashes as escapes."""
        self._lines.rewind()
        self._escapes = True
        try:
            return not self._is_too_wide(self._parse(is_strict=True))
        except (csv.Error, LineTooLongError):
            return False
        finally:
            self._escapes = False

    def _parse(self, *, is_strict: bool) -> list[str]:
        if not self._escapes:
            return next(csv.reader(self._lines, delimiter=self._delimiter, strict=is_strict))
        lines = (_BACKSLASH.sub(_keep_escape, line) for line in self._lines)
        return next(csv.reader(lines, delimiter=self._delimiter, escapechar="\\", strict=is_strict))

    def _is_too_wide(self, row: list[str]) -> bool:
        return self._width is not None and len(row) > self._width


def _form_of(cell: str) -> str:
    """What a field is by its form: a number, an address, a date; "" for words and for nothing."""
    found = _FORM.fullmatch(cell.strip())
    return (found.lastgroup or "") if found else ""


def _keep_escape(found: re.Match[str]) -> str:
    r"""`\"` and `\\` as they are, nothing before a line's end, and a backslash of its own (`\N`) doubled."""
    if found[1]:
        return found[0]
    return "" if found.string[found.end() :] in ("\n", "\r\n") else "\\\\"


class CsvLines:
    """Text lines for the csv module, decoded from UTF-8; other bytes become surrogates."""

    def __init__(self, lines: BoundedLines, max_row_bytes: int) -> None:
        self._lines = lines
        self._max_row_bytes = max_row_bytes
        self._held: deque[str | LineTooLongError] = deque()  # read but not returned
        self._row: list[str] = []
        self._row_bytes = 0

    @property
    def taken(self) -> int:
        """Bytes read so far."""
        return self._lines.taken

    def begin_row(self) -> int:
        """The number of the line where the next row begins. Its bytes are counted from there."""
        self._row, self._row_bytes = [], 0
        return self._lines.number - len(self._held) + 1

    @property
    def row(self) -> list[str]:
        """The lines of this row."""
        return self._row

    def rewind(self, begin: int = 0) -> None:
        """Return the lines of this row once more, or those from `begin` on."""
        self._held.extendleft(reversed(self._row[begin:]))
        self._row, self._row_bytes = [], 0

    def holds(self, mark: str) -> bool:
        """Whether a line of this row holds the mark."""
        return any(mark in line for line in self._row)

    def find_delimiter(self, usual: str, columns: Mapping[str, str]) -> str:
        """The delimiter, by the first line that is not empty."""
        try:
            line = next((line for line in self if line.strip()), "")
        except LineTooLongError as error:
            self._held.append(error)
            return usual
        if said := said_delimiter(line):
            return said
        if line:
            self._held.append(line)
        return choose_delimiter(line, columns, usual=usual)

    def __iter__(self) -> CsvLines:
        return self

    def __next__(self) -> str:
        line = self._held.popleft() if self._held else self._read_line()
        if isinstance(line, LineTooLongError):
            raise line
        self._row.append(line)
        self._row_bytes += len(line)
        if self._row_bytes > self._max_row_bytes + len(_UTF8_BOM) + 2:
            raise LineTooLongError(self._lines.number)
        return line

    def _read_line(self) -> str:
        data = next(self._lines)
        if self._lines.number == 1:
            data = data.removeprefix(_UTF8_BOM)
        return data.decode("utf-8", "surrogateescape")
