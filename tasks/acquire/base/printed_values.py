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


def is_nothing(text: str) -> bool:
    """Whether a text is one of the words for a missing value, and nothing else."""
    bare = text.strip()
    return len(bare) <= _LONGEST_NOTHING and bare in _NOTHING  # a page is not hashed to know that


def read_printed(text: str) -> Any:
    """The list or object whose printed form the text is; any other text as it is, line ends of spreadsheets mended.

    Lists of texts are read as Python, JSON, NumPy (`['A' 'B']`) and PostgreSQL (`{"A","B"}`) print them.
    """
    bare = text.strip() if _BRACKET.match(text) else ""
    if bare and bare[-1] == _ENDS[bare[0]]:
        if _LIST.fullmatch(bare):
            return [_unquote(found) for found in _TEXTS.findall(bare)]
        if bare.startswith(_OBJECTS) and len(bare) <= _MAX_OBJECTS:
            return _read_objects(bare)
    return _LINE_END.sub("\n", text) if "_x000" in text else text


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
