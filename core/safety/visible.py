"""Text of strangers made safe to look at: on a terminal, in a spreadsheet, in Markdown, on a page.

A title or a file name can hold characters that steer a terminal (ESC) or turn the order of what is read
(U+202E). People are shown a code in their place, such as `<U+202E>`; JSON and XML have escapes of their own,
which give the character back to a program.
"""
# Why: see docs/decisions.md, "Control characters are shown as `<U+202E>`, in one place".

from __future__ import annotations

import html
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

# C0 and C1 controls and DEL; overrides and isolates of direction (Unicode 15.1, UAX 9, 2.2 to 2.5); halves of
# surrogate pairs, which no output can be written with. The marks U+200E and U+200F turn nothing else round.
_ALWAYS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_IN_TEXT = re.compile(rf"[{_ALWAYS}]|\r(?!\n)")
_IN_LINE = re.compile(rf"[{_ALWAYS}\t\n\r\u2028\u2029]")
# A cell that begins so is a formula, or becomes one when it is pasted (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MARKDOWN = re.compile(r"[\\`*~|\[\]]|(?<![^\W_])_|_(?![^\W_])")


def show_text(text: str) -> str:
    """The text with a code, such as `<U+202E>`, for each character that steers a terminal or the direction of
    reading; tabs and ends of lines stay."""
    return _replace(_IN_TEXT, text, "<U+{:04X}>")


def show_line(text: str) -> str:
    """The same for what has to stay on one line, such as a path in a message: tabs and ends of lines are codes too."""
    return _replace(_IN_LINE, text, "<U+{:04X}>")


def escape_json(text: str) -> str:
    """JSON text with these characters as its own escapes (`\\u202e`): any reader of JSON gives them back."""
    return _replace(_IN_TEXT, text, "\\u{:04x}")


def escape_xml(text: str) -> str:
    """XML text with these characters as references (`&#x202E;`): any reader of XML gives them back."""
    return _replace(_IN_TEXT, text, "&#x{:X};")


def escape_html(text: str) -> str:
    """The text for an HTML page, between tags or in quotes, with codes for what would steer the reading."""
    return html.escape(show_text(text))


def escape_markdown(text: str) -> str:
    """The text on one line of Markdown (GFM, in tables too) that shows just these characters: neither HTML nor
    links, pipes, code or emphasis come of it."""
    line = " ".join(show_text(text).splitlines())
    return _MARKDOWN.sub(r"\\\g<0>", html.escape(line, quote=False))


def guard_cell(value: Any, write: Callable[[Any], Any] = str) -> Any:
    """A value for a spreadsheet: true numbers as they are, all else as text that is not a formula.

    Text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return has an apostrophe before it. `write`
    turns a value that is not text into text.
    """
    if value is None or isinstance(value, bool | int | float | Decimal):
        return value
    text = value if isinstance(value, str) else str(write(value))
    return ("'" if text.startswith(_FORMULA_STARTS) else "") + show_text(text)


def _replace(pattern: re.Pattern[str], text: str, code: str) -> str:
    if text.isprintable():  # quick, and true of nearly every cell; none of these characters is
        return text
    return pattern.sub(lambda found: code.format(ord(found[0])), text)
