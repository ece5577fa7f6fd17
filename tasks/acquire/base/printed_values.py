r"""Values that programs write as words: nothing (`nan`, `\N`), printed lists, line ends of spreadsheets."""

from __future__ import annotations

import ast
import json
import re
from contextlib import suppress
from typing import Any

# What pandas, NumPy, Python, R, SQL and spreadsheets write for a value that is missing, as they write it.
_NOTHING = frozenset(
    {
        "nan",
        "NaN",
        "NAN",
        "None",
        "null",
        "NULL",
        "Null",
        "NaT",
        "<NA>",
        "NA",
        "N/A",
        "n/a",
        "#N/A",
        "\\N",
        "(null)",
        "#NAME?",
        "#REF!",
        "#VALUE!",
        "#NULL!",
        "#NUM!",
        "#DIV/0!",
    }
    | {"undefined", "<NULL>", "nil", "<null>", "[None]", "[nan]", "[null]"}
)
_LONGEST_NOTHING = max(map(len, _NOTHING))
_TEXT = r"""(?:'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+")"""
_ITEM = rf"(?:{_TEXT}|None|nan|null|NULL)"
_LIST = re.compile(rf"\s*[\[({{]\s*+(?:{_ITEM}(?:\s*+,?\s*+{_ITEM})*+\s*+,?)?\s*+[\])}}]\s*", re.DOTALL)
_TEXTS = re.compile(_TEXT, re.DOTALL)
_BRACKET = re.compile(r"\s*[\[({]")
_ENDS = {"[": "]", "(": ")", "{": "}"}
_OBJECTS = ("[{", "{'", '{"')
_MAX_OBJECTS = 20_000  # characters of printed objects: authors with their names, no articles
_LINE_END = re.compile(r"_x000D_(?:_x000A_|\r?\n)?|_x000A_")
_CODED = re.compile(
    r"_x(00[01][0-9A-F]|0020|005F|007F)_"
)  # what spreadsheets write for characters that XML refuses
_WRITTEN_END = re.compile(r"\\r\\n|\\n")
_ARRAY = re.compile(r"array\((\[.*\])(?:,\s*dtype=[^()]*)?\)", re.DOTALL)
_BARE_SET = re.compile(r"""\{\w[^{}"':]*+(?:"[^"{}\\]*+"[^{}"':]*+)*+\}|\{"[^"{}\\]*+",[^{}"':]*+\}""")


def is_nothing(text: str) -> bool:
    """Whether a text is one of the words for a missing value, and nothing else."""
    bare = text.strip()
    return len(bare) <= _LONGEST_NOTHING and bare in _NOTHING  # a page is not hashed to know that


def read_printed(text: str) -> Any:
    """The list or object whose printed form the text is; any other text as it is, line ends of spreadsheets mended.

    Lists of texts are read as Python, JSON, NumPy (`['A' 'B']`, `array(['A'])`) and PostgreSQL (`{"A",B}`) print them.
    """
    if text.startswith("array(") and (array := _ARRAY.fullmatch(text.strip())):
        return read_printed(array[1])
    bare = text.strip() if _BRACKET.match(text) else ""
    if bare and bare[-1] == _ENDS[bare[0]]:
        if _LIST.fullmatch(bare):
            return [_unquote(found) for found in _TEXTS.findall(bare)]
        if "," in bare and len(bare) <= _MAX_OBJECTS and _BARE_SET.fullmatch(bare):
            return [name.strip(' "') for name in bare[1:-1].split(",")]
        if bare.startswith(_OBJECTS) and len(bare) <= _MAX_OBJECTS:
            return _read_objects(bare)
    return _mend(text)


def _mend(text: str) -> str:
    """The text with characters and line ends as they were before a program wrote them as letters."""
    if "_x00" in text:
        text = _CODED.sub(lambda found: _shown(int(found[1], 16)), _LINE_END.sub("\n", text))
    is_one_line = "\\" in text and "\n" not in text and not text.lstrip().startswith("<")
    if is_one_line and ("\\n\\n" in text or "\\r\\n" in text):
        text = _WRITTEN_END.sub("\n", text).replace('\\"', '"')
    return text


def _shown(code: int) -> str:
    """A character that has a meaning in a text; controls have none."""
    return "\n" if code in (10, 13) else " " if code in (9, 11, 12) else chr(code) if 32 <= code < 127 else ""


def _unquote(said: str) -> str:
    with suppress(ValueError, SyntaxError):
        return str(json.loads(said) if said[0] == '"' else ast.literal_eval(said))
    return said[1:-1]


def _read_objects(text: str) -> Any:
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
        return ast.literal_eval(text)
    return text
