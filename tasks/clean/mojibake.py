"""Text that was encoded twice ("donâ€™t", "cafÃ©"), repaired where the evidence is on the page."""

from __future__ import annotations

import re

import ftfy

# UTF-8 lead bytes read as cp1252 or latin-1, followed by what continuation bytes become there.
_CONTINUATION = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_CLUSTER = re.compile(f"[ÂÃÄÅÎÏÐÑØÙ×][{_CONTINUATION}]|â[€\x80]?[{_CONTINUATION}]|ðŸ[{_CONTINUATION}]")
_BY_LEAD = tuple((lead, re.compile(f"{lead}[€Ÿ{_CONTINUATION}]")) for lead in "ÂÃÄÅÎÏÐÑØÙ×âð")
# These stand in no right text: a C1 control is never printed, and no word ends in "Â".
_CERTAIN = re.compile("[ÂÃÄÅÎÏÐÑØÙ×âð][\x80-\x9f]|Â\xa0")
# UTF-8 of Cyrillic read as cp1251, and of Chinese, Japanese and Korean read as cp1252 or latin-1: no right
# text holds several such letters in a row.
_CYRILLIC_CONTINUATION = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\x98™љ›њќћџ\xa0ЎўЈ¤Ґ¦§Ё©Є«¬\xad®Ї°±Ііґµ¶·ё№є»јЅѕї"
_RUN = re.compile(f"(?:[РС][{_CYRILLIC_CONTINUATION}]){{3}}|(?:[ã-í][{_CONTINUATION}]{{2}}){{2}}")
_RUN_BY_LEAD = (
    *((lead, re.compile(f"{lead}[{_CYRILLIC_CONTINUATION}][РС][{_CYRILLIC_CONTINUATION}]")) for lead in "РС"),
    *((lead, re.compile(f"{lead}[{_CONTINUATION}]{{2}}")) for lead in "ãäåæçèéêëìí"),
)
_SEGMENT = re.compile(r"[^<>\n]+")
_WORD_BESIDE = re.compile(rf"(?:\w)(?:{_CLUSTER.pattern})|(?:{_CLUSTER.pattern})(?:\w)")


def repair_mojibake(text: str) -> tuple[str, int]:
    """The text with passages that were encoded twice decoded again, and how many passages those are.

    A passage is what stands between tags or line ends. It is left alone where its repaired form
    stands beside the broken one (an article about such errors), or where no word
    touches it and it could be meant.
    """
    if text.isascii() or not _may_hold_cluster(text):
        return text, 0
    count = 0

    def repair(match: re.Match[str]) -> str:
        nonlocal count
        segment = match.group()
        fixed = _repair_segment(segment)
        count += fixed != segment
        return fixed

    return _SEGMENT.sub(repair, text), count


def _may_hold_cluster(text: str) -> bool:
    """Whether some lead stands before a continuation; looked up by lead, which is ten times as fast."""
    return any(lead in text and pattern.search(text) for lead, pattern in (*_BY_LEAD, *_RUN_BY_LEAD))


def _repair_segment(segment: str) -> str:
    if segment.isascii() or not any(sign.search(segment) for sign in (_WORD_BESIDE, _CERTAIN, _RUN)):
        return segment
    fixed = ftfy.fix_encoding(segment)
    if fixed == segment:
        return segment
    before, after = _foreign_letters(segment), _foreign_letters(fixed)
    return fixed if after - before or not after & before else segment


def _foreign_letters(text: str) -> set[str]:
    return {char for char in set(text) if char > "\x7f"}
