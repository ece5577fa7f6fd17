"""The text cut into numbers, words and signs, on the text's own offsets, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

TokenKind = Literal["number", "word", "sign", "glyph", "break"]

# Spaces that group digits without doubt: no-break, thin, narrow no-break; a plain one before 000.
_GROUP_SPACE = "\u00a0\u2007\u2009\u202f"
_NUMBER = rf"\d{{1,3}}(?:[{_GROUP_SPACE}]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d{{1,3}}(?:\ 000){{1,4}}(?!\d)|\d+(?:[.,'’]\d+)*"
# Languages that group digits with a plain space as well.
_SPACED_NUMBER = rf"\d{{1,3}}(?:[ {_GROUP_SPACE}]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,'’]\d+)*"
_SCALE_GLYPHS = "万萬億亿兆"
_ADDRESS = r"(?:https?://|www\.)[^\s<>\"”]+"
_MAIL = r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+|@\w+"
_PATTERN = r"""
    (?P<hidden>{hidden})
  | (?P<break>\n[ \t]*(?:\n[ \t]*)*)
  | (?P<number>{number})
  | (?P<glyph>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[{scales}])
  | (?P<word>(?:[^\W\d_]\.){{2,8}}|[^\W\d_{scales}]+(?:['’][^\W\d_]+)*[²³]?)
  | (?P<sign>[^\s])
"""
_SPACED_LANGUAGES = frozenset({"fr", "ru", "uk", "pl", "cs", "sv", "nb", "no", "da", "fi", "sk", "bg", "es"})
# "22,24,26,31" is a list that lost its spaces: no convention groups digits by two throughout.
# A note's number that a page set behind a year and cleaning left there: "in 2024,1".
_NOTED_YEAR = re.compile(r"((?:19|20)\d\d),\d")
_LIST = re.compile(r"\d{1,2}(?:,\d{1,2}){2,}")


class Token(NamedTuple):
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


class Tokens(list[Token]):
    """The tokens of one text, compared by identity: what was parsed at a place can be remembered."""

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self is other


@cache
def _lexer(is_spaced: bool, has_mail: bool) -> re.Pattern[str]:
    number = (_SPACED_NUMBER if is_spaced else _NUMBER).replace("\\ ", " ").replace(" ", r"\ ")
    hidden = f"{_ADDRESS}|{_MAIL}" if has_mail else _ADDRESS
    return re.compile(_PATTERN.format(hidden=hidden, number=number, scales=_SCALE_GLYPHS), re.VERBOSE)


@lru_cache(maxsize=2)
def lex(text: str, language: str = "en") -> Tokens:
    """The tokens of the text in order. Addresses of pages, mails and accounts are left out.

    A run of line ends is one token of kind `break`; no expression reaches over it. The last texts are
    remembered, since dates and figures read the same one.
    """
    lexer = _lexer(language.split("-")[0] in _SPACED_LANGUAGES, "@" in text)
    is_english = language.split("-")[0] == "en"
    tokens = Tokens()
    last_end = -1
    for match in lexer.finditer(text):
        kind = match.lastgroup or "sign"
        start, end = match.span()
        if kind != "hidden":
            piece = match.group()
            glued = start == last_end and kind != "break"
            if kind == "number" and "," in piece and _LIST.fullmatch(piece):
                tokens.extend(_split_list(piece, start, glued))
            elif kind == "number" and is_english and (noted := _NOTED_YEAR.fullmatch(piece)):
                tokens.append(Token(noted[1], noted[1], start, start + 4, "number", glued))
            else:
                tokens.append(Token(piece, piece.lower(), start, end, kind, glued))  # type: ignore[arg-type]
        last_end = end
    return tokens


def _split_list(piece: str, start: int, glued: bool) -> Iterator[Token]:
    for match in re.finditer(r"\d+|,", piece):
        text, place = match.group(), start + match.start()
        kind: TokenKind = "sign" if text == "," else "number"
        yield Token(text, text, place, place + len(text), kind, glued if not match.start() else text == ",")


def lower_at(tokens: Sequence[Token], i: int) -> str:
    """The token's text in lower case; empty beyond the text."""
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def text_at(tokens: Sequence[Token], i: int) -> str:
    """The token's text; empty beyond the text."""
    return tokens[i].text if 0 <= i < len(tokens) else ""
