"""The text cut into numbers, words and signs, on the text's own offsets, in linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["number", "word", "sign", "glyph", "break"]

# Spaces that group digits without doubt: no-break, thin, narrow no-break; a plain one before 000.
_GROUP_SPACE = "\u00a0\u2009\u202f"
_NUMBER = rf"\d{{1,3}}(?:[{_GROUP_SPACE}]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d{{1,3}}(?:\ 000){{1,4}}(?!\d)|\d+(?:[.,'’]\d+)*"
# Languages that group digits with a plain space as well.
_SPACED_NUMBER = rf"\d{{1,3}}(?:[ {_GROUP_SPACE}]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,'’]\d+)*"
_SCALE_GLYPHS = "万萬億亿兆"
_PATTERN = r"""
    (?P<hidden>(?:https?://|www\.)[^\s<>"”]+|[\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}})+|@\w+)
  | (?P<break>\n[ \t]*(?:\n[ \t]*)*)
  | (?P<number>{number})
  | (?P<glyph>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[{scales}])
  | (?P<word>(?:[^\W\d_]\.){{2,8}}|[^\W\d_{scales}]+(?:['’][^\W\d_]+)*[²³]?)
  | (?P<sign>[^\s])
"""
_LEXER = re.compile(_PATTERN.format(number=_NUMBER, scales=_SCALE_GLYPHS), re.VERBOSE)
_SPACED_LEXER = re.compile(
    _PATTERN.format(number=_SPACED_NUMBER.replace(" ", r"\ "), scales=_SCALE_GLYPHS), re.VERBOSE
)
_SPACED_LANGUAGES = frozenset({"fr", "ru", "uk", "pl", "cs", "sv", "nb", "no", "da", "fi", "sk", "bg", "es"})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text: half-open code point offsets, and whether it touches the piece before it."""

    text: str
    lower: str
    start: int
    end: int
    kind: TokenKind
    is_glued: bool

    @property
    def is_capitalized(self) -> bool:
        """The first letter is a capital."""
        return self.text[:1].isupper()


def lex(text: str, language: str = "en") -> list[Token]:
    """The tokens of the text in order. Addresses of pages, mails and accounts are left out.

    A run of line ends is one token of kind `break`; no expression reaches over it.
    """
    lexer = _SPACED_LEXER if language.split("-")[0] in _SPACED_LANGUAGES else _LEXER
    tokens: list[Token] = []
    last_end = -1
    for match in lexer.finditer(text):
        kind = match.lastgroup or "sign"
        start, end = match.span()
        if kind != "hidden":
            piece = match.group()
            glued = start == last_end and kind != "break"
            tokens.append(Token(piece, piece.lower(), start, end, kind, glued))  # type: ignore[arg-type]
        last_end = end
    return tokens
