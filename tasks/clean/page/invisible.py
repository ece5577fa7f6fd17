"""Characters that show nothing: soft hyphens, zero-width spaces, joiners without letters to join, direction marks.

Left in a text they cut figures, names and dates, and no search finds the word. What each one does is said by
The Unicode Standard, chapter 23, "Special Areas and Format Characters".
"""

from __future__ import annotations

import re

# Soft hyphen, Arabic letter mark, Mongolian vowel separator, direction marks, embeddings, overrides and isolates,
# word joiner and the invisible operators, byte order mark, interlinear annotations, grapheme joiner, places of objects,
# fillers of Korean and Khmer letters, controls of shorthand and music.
_ANYWHERE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_SPACE, _NON_JOINER, _JOINER = "\u200b", "\u200c", "\u200d"
# Scripts whose letters change where a joiner stands: Hebrew to Syriac and Thaana, N'Ko, Indic, Sinhala, Tibetan, Khmer,
# Mongolian, the Arabic presentation forms, and the later Indic blocks.
_JOINED = "\u0590-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00011000-\U00011fff"
# Scripts without blanks, which part their words with zero-width spaces: Thai, Lao, Tibetan, Burmese, Khmer.
_UNSPACED = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
# What an emoji sequence joins: symbols, their variation selector, skin tones (UTS #51, 2.3).
_SYMBOLS = "\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0e\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f"
# Tags spell the flags of England, Scotland and Wales behind a black flag, and nothing elsewhere.
_TAGS = "\U000e0000-\U000e007f"

_SURE = re.compile(f"[{_ANYWHERE}]+")
_UNSURE = re.compile(
    f"{_SPACE}(?<![{_UNSPACED}]{_SPACE})|{_SPACE}(?![{_UNSPACED}])"
    f"|[{_NON_JOINER}{_JOINER}](?<![{_JOINED}][{_NON_JOINER}{_JOINER}])(?<![{_SYMBOLS}]{_JOINER})"
    f"|(?<=[{_SYMBOLS}]){_JOINER}(?![{_SYMBOLS}])"
    f"|(?<![\U0001f3f4{_TAGS}])[{_TAGS}]+"
    "|(?<=[A-Za-z\\s.,])[\ufe00-\ufe0f]|(?<=\\d)[\ufe00-\ufe0f](?!\u20e3)"  # variants of symbols, behind none
    "|(?<![\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"  # of Han
    "|(?<![\u1800-\u18af])[\u180b-\u180d\u180f]"  # of Mongolian
)
# Some of these count as printable.
_PRINTABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\U000e0100-\U000e01ef]"
)
# Letters that show a blank: the Korean fillers, and Braille without dots.
_BLANKS = re.compile("[\u3164\uffa0]+|(?<![\u2801-\u28ff])\u2800+(?![\u2801-\u28ff])")
# Controls of ISO 6429. Signs of Windows-1252 that were taken for Latin-1 (WHATWG Encoding, 9.1) come through as these.
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_SIGNS = {code: bytes([code]).decode("cp1252") for code in (0x80, *range(0x91, 0x98), 0x99)}
_EURO = 0x80
_IN_WORDS = frozenset({0x92, 0x96, 0x97})  # apostrophe and dashes
_TURNED = re.compile("\u00ad[ \t]*\r?\n[ \t]*(?=[^\\W\\d_])")
# References of HTML to what goes anywhere: https://html.spec.whatwg.org/multipage/named-characters.html
_REFERENCES = re.compile(
    r"&(?:shy|lrm|rlm|NoBreak|ApplyFunction|InvisibleTimes|InvisibleComma|af|it|ic"
    r"|#0{0,9}(?:173|847|1564|6158|65532|820[67]|823[4-8]|8288|8289|829\d|830[0-3]|65279)"
    r"|#x0{0,9}(?:ad|34f|61c|180e|fffc|200[ef]|202[a-e]|206[\da-f]|feff));|&shy(?![\w=;])",
    re.IGNORECASE,
)


def drop_invisible(text: str) -> str:
    """The text as people see it, without the characters that show nothing.

    Joiners stay in emoji and behind letters that they shape (Persian, Hindi), zero-width spaces between
    letters of scripts that part their words by nothing else (Khmer, Thai).
    """
    return text if is_visible(text) else _UNSURE.sub("", drop_anywhere(text))


def is_visible(text: str) -> bool:
    """Whether a text holds no such character."""
    return text.isprintable() and (text.isascii() or _PRINTABLE.search(text) is None)


def drop_anywhere(text: str) -> str:
    """A text or a page's source without the characters that show nothing wherever they are. In a source a joiner's
    neighbours are tags, so that it is left to `drop_invisible`, which sees the lines."""
    return (
        text
        if text.isascii()
        else _CONTROLS.sub(_read_control, _BLANKS.sub(_read_blank, _SURE.sub("", text)))
    )


def _read_blank(found: re.Match[str]) -> str:
    """A blank between a number and a word or before a capital; nothing inside of a word or number."""
    before, after = _beside(found)
    is_filler = "\u2800" not in found[0]
    is_inside = is_filler and before.isalnum() and after.isalnum() and before.isdigit() == after.isdigit()
    return "" if is_inside and not (before.islower() and after.isupper()) else " "


def _read_control(found: re.Match[str]) -> str:
    """The sign of Windows-1252 where one can be meant, or nothing."""
    code = ord(found[0])
    before, after = _beside(found)
    is_inside = before.isalnum() and after.isalnum() and code not in _IN_WORDS
    return "" if is_inside or (code == _EURO and before.isalpha()) else _SIGNS.get(code, "")


def _beside(found: re.Match[str]) -> tuple[str, str]:
    return found.string[max(0, found.start() - 1) : found.start()], found.string[
        found.end() : found.end() + 1
    ]


def drop_references(html: str) -> str:
    """A page's source without its references to such characters ("&shy;")."""
    return _REFERENCES.sub("", html) if "&" in html else html


def join_turned(text: str) -> str:
    """A plain text with the words joined that a soft hyphen parts at the end of a row."""
    return _TURNED.sub("", text) if "\u00ad" in text else text
