"""Text that was encoded twice ("donâ€™t", "cafÃ©"), repaired where the evidence is on the page."""

from __future__ import annotations

import re
from itertools import islice

import ftfy

# UTF-8 lead bytes read as cp1252 or latin-1, followed by what continuation bytes become there.
_CONTINUATION = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_CLUSTER = re.compile(f"[ÂÃÄÅÎÏÐÑØÙ×][{_CONTINUATION}]|â[€\x80]?[{_CONTINUATION}]|ðŸ[{_CONTINUATION}]")
_BY_LEAD = tuple((lead, re.compile(f"{lead}[€Ÿ{_CONTINUATION}]")) for lead in "ÂÃÄÅÎÏÐÑØÙ×âð")
# These are in no right text: a C1 control is never printed, and no word ends in "Â".
_CERTAIN = re.compile("[ÂÃÄÅÎÏÐÑØÙ×âð][\x80-\x9f]|Â\xa0")
# UTF-8 of Cyrillic read as cp1251, and of Chinese, Japanese and Korean read as cp1252 or latin-1: no right
# text holds several such letters in a row.
_CYRILLIC_CONTINUATION = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\x98™љ›њќћџ\xa0ЎўЈ¤Ґ¦§Ё©Є«¬\xad®Ї°±Ііґµ¶·ё№є»јЅѕї"
_RUN = re.compile(f"(?:[РС][{_CYRILLIC_CONTINUATION}]){{3}}|(?:[ã-í][{_CONTINUATION}]{{2}}){{2}}")
_RUN_BY_LEAD = (
    *((lead, re.compile(f"{lead}[{_CYRILLIC_CONTINUATION}][РС][{_CYRILLIC_CONTINUATION}]")) for lead in "РС"),
    *((lead, re.compile(f"{lead}[{_CONTINUATION}]{{2}}")) for lead in "ãäåæçèéêëìí"),
)
# A broken word that is shown as one: "donâ€™t" in quotation marks, or in <code> and its like.
_MOST_SHOWN = 60  # a page with more is broken, and shows nothing
_REACH = 40
_QUOTES = {"“": "”", "„": "“", "«": "»", '"': '"', "`": "`"}
_CODE_ENDS = ("</code>", "</kbd>", "</samp>", "</pre>", "</tt>")
_WORD_BEFORE = re.compile(r"(?P<mark>[“„«\"`>])(?P<word>[^\s“„«\"`<>]*)$")
_WORD_BEHIND = re.compile(r"(?P<word>[^\s“„«»\"`<>]*?)(?P<mark>[”“»\"`]|</\w+>)")
_SEGMENT = re.compile(r"[^<>\n]+")
_WORD_BESIDE = re.compile(rf"(?:\w)(?:{_CLUSTER.pattern})|(?:{_CLUSTER.pattern})(?:\w)")


def repair_mojibake(text: str) -> tuple[str, int]:
    """The text with passages that were encoded twice decoded again, and how many passages those are.

    A passage is what is between tags or line ends. It is left alone where its repaired form
    is beside the broken one (an article about such errors), where its broken words are shown as
    such on a page that is sound otherwise, or where no word touches it and it could be meant.
    """
    if text.isascii() or not _may_hold_cluster(text):
        return text, 0
    count, shown = 0, _find_shown(text)

    def repair(match: re.Match[str]) -> str:
        nonlocal count
        segment = match.group()
        fixed = segment if shown and _is_shown(segment, shown) else _repair_segment(segment)
        count += fixed != segment
        return fixed

    return _SEGMENT.sub(repair, text), count


def _may_hold_cluster(text: str) -> bool:
    """Whether some lead comes before a continuation; looked up by lead, which is ten times as fast."""
    return any(lead in text and pattern.search(text) for lead, pattern in (*_BY_LEAD, *_RUN_BY_LEAD))


def _repair_segment(segment: str) -> str:
    if segment.isascii() or not any(sign.search(segment) for sign in (_WORD_BESIDE, _CERTAIN, _RUN)):
        return segment
    fixed = ftfy.fix_encoding(segment)
    if fixed == segment:
        return segment
    before, after = _foreign_letters(segment), _foreign_letters(fixed)
    return fixed if after - before or not after & before else segment


def _find_shown(text: str) -> frozenset[str]:
    """The broken words that a sound page shows: in quotation marks or in code, while the page holds what they stand for
    at least as often as anything broken."""
    clusters = list(islice(_CLUSTER.finditer(text), _MOST_SHOWN + 1))
    if not clusters or len(clusters) > _MOST_SHOWN:
        return frozenset()
    shown = frozenset(
        word for found in clusters if (word := _read_shown(text, found.start(), found.end())) is not None
    )
    meant = {
        char for word in shown for char in _foreign_letters(ftfy.fix_encoding(word)) - _foreign_letters(word)
    }
    is_sound = sum(map(text.count, meant)) >= len(clusters)
    return shown if is_sound else frozenset()


def _read_shown(text: str, start: int, end: int) -> str | None:
    """The word around a cluster if quotation marks or tags of code enclose it, else None."""
    before = _WORD_BEFORE.search(text[max(0, start - _REACH) : start])
    behind = _WORD_BEHIND.match(text[end : end + _REACH])
    if before is None or behind is None:
        return None
    word = before["word"] + text[start:end] + behind["word"]
    quoted = before["mark"] in _QUOTES and behind["mark"].startswith(_QUOTES.get(before["mark"], ""))
    in_code = before["mark"] == ">" and behind["mark"].lower().startswith(_CODE_ENDS)
    return word if quoted or in_code else None


def _is_shown(segment: str, shown: frozenset[str]) -> bool:
    """Whether a segment holds some of these words and nothing else that is broken."""
    rest = segment
    for word in shown:
        rest = rest.replace(word, "")
    return rest != segment and not _CLUSTER.search(rest)


def _foreign_letters(text: str) -> set[str]:
    return {char for char in set(text) if char > "\x7f"}
