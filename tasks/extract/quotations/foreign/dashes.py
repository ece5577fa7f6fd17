"""Speech that a dash opens: "– Nie wiem – powiedział Orr. – Zobaczymy.", "– Vi vet inte, säger Orr."

A line counts only where a verb of saying follows a second dash or a comma, so that lists with dashes are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tasks.extract.quotations.foreign.speakers import cue_at
from tasks.extract.quotations.foreign.vocabulary import Speech
from tasks.extract.quotations.foreign.words import words_of
from tasks.extract.quotations.marks import Stretch

_LINE = re.compile(r"^[ \t]*[—–-][ \xa0]?(?=[^\s—–-])[^\n]+", re.MULTILINE)
_DASH = re.compile(r"[ \xa0][—–-][ \xa0]")
_COMMA = re.compile(r"[,?!…]\s+(?=[^\W\d_])")
_CUE_WORDS = 60  # characters that a verb of saying is looked for in
_LONGEST = 3_000


def with_dashes(text: str, stretches: Sequence[Stretch], speech: Speech) -> list[Stretch]:
    """The stretches and those that dashes open, in order; marks inside a line of dashes belong to its speech."""
    if not speech.has_dashes:
        return list(stretches)
    found: list[Stretch] = []
    lines: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        if match.end() - match.start() <= _LONGEST and (parts := list(_parts(text, match, speech))):
            found.extend(Stretch(start, end, start, end) for start, end in parts)
            lines.append(match.span())
    kept = [one for one in stretches if not any(a <= one.start_char < b for a, b in lines)]
    return sorted([*kept, *found], key=lambda one: one.start_char)


def _parts(text: str, line: re.Match[str], speech: Speech) -> Iterator[tuple[int, int]]:
    """The spans of speech in a line: every other part between dashes, or the words before ", säger"."""
    begin = line.start() + len(line[0]) - len(line[0].lstrip(" \t—–-\xa0"))
    cuts = [
        begin,
        *(cut for match in _DASH.finditer(text, begin, line.end()) for cut in match.span()),
        line.end(),
    ]
    parts = list(zip(cuts[::2], cuts[1::2], strict=True))
    if len(parts) > 1 and _reports(text, *parts[1], speech):
        start, is_speech = parts[0][0], True
        for number, (first, last) in enumerate(parts):
            is_report = number > 0 and is_speech and _reports(text, first, last, speech)
            if is_report:
                yield _trim(text, start, parts[number - 1][1])
                is_speech = False
            elif not is_speech:
                start, is_speech = first, True
        if is_speech:
            yield _trim(text, start, line.end())
        return
    for match in _COMMA.finditer(text, begin, line.end()):
        if _reports(text, match.end(), line.end(), speech):
            yield begin, match.start() + 1
            return


def _reports(text: str, start: int, end: int, speech: Speech) -> bool:
    """Whether a verb of saying begins there."""
    words = words_of(text, start, min(end, start + _CUE_WORDS), speech)
    return bool(words) and not words[0].is_capital and cue_at(words, 0, speech) is not None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    return start, start + len(text[start:end].rstrip())
