"""A text in any language cut into numbers, words and signs; scripts without spaces by their known words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tasks.extract.languages.words import MARKS, WordTables, lower
from tasks.extract.numerals.tokens import Token, Tokens

_SPACES = "\u00a0\u2007\u2009\u202f"
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*"
_PATTERN = r"""
    (?P<hidden>(?:https?://|www\.)[^\s<>"”]+|[\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}})+|@\w+)
  | (?P<break>\n\s*)
  | (?P<number>\d{{1,3}}(?:[{spaces}]\d{{3}})+(?:[.,]\d+)?(?!\d){spaced}|\d+(?:[.,'’٫٬،]\d+)*|(?<![^\s(])[.,]\d+(?![\d.,]))
  | (?P<glyph>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])
  {suffix}
  | (?P<word>(?:[^\W\d_]\.){{2,8}}|{letters}['’]?[²³]?)
  | (?P<sign>\S)
"""
_GROUPED = r"|\d{1,3}(?:\ \d{3})+(?:[.,]\d+)?(?![\d.,]\d|\d)"
_MIDDLE_DOT = (
    r"|\d+・\d+(?=[％%万億兆倍度秒]|ポイント|パーセント|キロ|メートル|センチ|ミリ|トン|ヘクタール|平方)"
)
_LONG_GROUPED = r"|\d{1,3}(?:\ \d{3}){2,}(?:[.,]\d+)?(?!\d)|\d{1,3}\ 000(?!\d)"


@cache
def _lexer(is_spaced: bool, has_suffixes: bool, has_middle_dot: bool) -> re.Pattern[str]:
    suffix = r"| (?P<suffix>(?<=\w)['’][^\W\d_]+)" if has_suffixes else ""
    source = _PATTERN.format(
        spaces=_SPACES,
        spaced=(_MIDDLE_DOT if has_middle_dot else "") + (_GROUPED if is_spaced else _LONG_GROUPED),
        suffix=suffix,
        letters=f"(?:{_LETTERS})",
    )
    if has_suffixes:
        source = source.replace("['’]?[²³]?", "[²³]?")
    return re.compile(source, re.VERBOSE)


@lru_cache(maxsize=2)
def cut(text: str, language: WordTables) -> Tokens:
    """The tokens of the text in order; a run of line ends is one token of kind `break`.

    The endings that follow an apostrophe in Turkish are left out, as addresses and accounts are.
    The last texts are remembered, since dates and figures read the same one.
    """
    has_middle_dot = "・" in language.numbers.get("point", ())
    lexer = _lexer(language.is_spaced, language.has_suffixes, has_middle_dot)
    tokens = Tokens()
    last_end = -1
    for match in lexer.finditer(text):
        kind = match.lastgroup or "sign"
        start, end = match.span()
        if kind == "word" and language.is_unspaced and not match.group().isascii():
            tokens.extend(_cut_word(match.group(), start, start == last_end, language))
        elif kind not in ("hidden", "suffix"):
            piece = match.group()
            glued = start == last_end and kind != "break"
            tokens.append(Token(piece, lower(piece, language.code), start, end, kind, glued))  # type: ignore[arg-type]
        last_end = end
    return tokens


def _stands(run: str, i: int, end: int, language: WordTables) -> bool:
    """Whether a Korean number ends where its syllables end: before nothing, a unit, a counter or a particle."""
    if run[i:end] in language.numbers.get("not_numbers", ()) or i > 0:
        return False
    return end == len(run) or run.startswith(language.after_numbers, end)


def _is_half_word(run: str, i: int, word: str, language: WordTables) -> bool:
    """Whether a Korean numeral only begins another word there: 열 (ten) in 열린다 (opens)."""
    is_numeral = language.word_start and word in language.numbers.get("cardinals", ())
    return is_numeral and not _stands(run, i, i + len(word), language)


def _cut_word(run: str, offset: int, is_glued: bool, language: WordTables) -> Iterator[Token]:
    """The known words of a run of letters; what lies between them is one token each."""
    heads, numerals = language.heads, language.numeral_chars
    i = rest = 0
    while i < len(run):
        end = i
        if run[i] in numerals and (not language.word_start or i in (0, rest)):
            while end < len(run) and run[end] in numerals:
                end += 1
            if language.word_start and not _stands(run, i, end, language):
                end = i
        for word in heads.get(run[i], ()):
            if i + len(word) > end and run.startswith(word, i) and not _is_half_word(run, i, word, language):
                end = i + len(word)
                break
        if end == i:
            i += 1
            continue
        if rest < i:
            yield Token(run[rest:i], run[rest:i], offset + rest, offset + i, "word", is_glued or rest > 0)
        piece = run[i:end]
        yield Token(piece, piece.lower(), offset + i, offset + end, "word", is_glued or i > 0)
        i = rest = end
    if rest < len(run):
        yield Token(run[rest:], run[rest:], offset + rest, offset + len(run), "word", is_glued or rest > 0)
