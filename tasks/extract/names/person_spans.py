"""Names of people made whole: nicknames inside names, surnames of two, names that the model parted."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import gazetteer
from tasks.extract.names.words import name_words

_CLOSING_OF = {'"': '"”', "“": '”"', "‘": "’", "„": '“”"', "«": "»", "”": "”"}
_MAX_NICKNAME = 3
_SHORT_NAMES = frozenset({"mohd", "md", "muhd"})  # of Mohammed
_NO_SIGNS = dict.fromkeys(map(ord, "-'’"))


def adjoined(frame: Frame, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, a first name and a surname that the model took for two people made one."""
    kept: list[Candidate] = []
    for one in candidates:
        last = kept[-1] if kept else None
        if last is not None and (_is_abbreviated(frame, last, one) or _is_split(frame, last, one)):
            last.end = one.end
        else:
            kept.append(one)
    return kept


def _is_split(frame: Frame, last: Candidate, one: Candidate) -> bool:
    return last.end == one.start and _is_word(frame, last) and _ends_name(frame, one)


def with_second_halves(frame: Frame, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, the first half of a surname of two grown to both where a title or another name here tells that it is one.

    "Mr Lowe-Tarrant", and "the Lowe-Tarrant camp" beside "Ada Lowe-Tarrant"; "the Horne-Lowe call" is of two people.
    """
    known = {
        tuple(frame.lowers[c.end - 3 : c.end]): c.entity_type for c in candidates if c.end - c.start >= 3
    }
    kept: list[Candidate] = []
    for one in candidates:
        if kept and one.start < kept[-1].end:
            continue
        kept.append(one)
        end = end_over_hyphen(frame, one.end)
        has_title = frame.lower(one.start - 1).rstrip(".") in name_words().honorifics
        entity_type = "person" if has_title else known.get(tuple(frame.lowers[one.end - 1 : end]))
        if end > one.end and entity_type is not None:
            one.end, one.entity_type = end, entity_type
    return kept


def _is_abbreviated(frame: Frame, last: Candidate, one: Candidate) -> bool:
    """ "Mohd. Irfan Sait", parted at the stop."""
    is_short = frame.lower(last.end) == "." and frame.lower(last.end - 1) in _SHORT_NAMES
    return is_short and last.end + 1 == one.start and one.entity_type == "person"


def _is_word(frame: Frame, one: Candidate) -> bool:
    """Whether it is one capitalised word or two behind a hyphen ("Oduya-Klein"), typed as a person."""
    is_single = one.end - one.start == 1 or is_hyphened(frame, one)
    return (
        is_single
        and one.entity_type == "person"
        and frame.capitals[one.start]
        and frame.words[one.start].isalpha()
    )


def _ends_name(frame: Frame, one: Candidate) -> bool:
    """Whether it is a surname; two words with a hyphen are, whatever the model took them for: "Etxeberria-Kane"."""
    if _is_word(frame, one):
        return True
    known = gazetteer().known
    parts = frame.lowers[one.start : one.end]
    is_plain = (
        is_hyphened(frame, one) and frame.words[one.start].isalpha() and not frame.words[one.start].isupper()
    )
    return is_plain and not any(part in known for part in parts) and "-".join(parts[::2]) not in known


def is_hyphened(frame: Frame, one: Candidate) -> bool:
    """Whether it is two capitalised words with a hyphen between them: "Oduya-Klein"."""
    words = frame.words[one.start : one.end]
    return (
        len(words) == 3 and words[1] in ("-", "‑") and frame.glued(one.start) and frame.capitals[one.end - 1]
    )


def with_nicknames(frame: Frame, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with names around a quoted nickname made one: Ada “Red” Horne."""
    kept: list[Candidate] = []
    for one in candidates:
        last = kept[-1] if kept else None
        if last is not None and one.end <= last.end:
            continue
        if end := _end_after_nickname(frame, one):
            one.end, one.entity_type = end, "person"
        kept.append(one)
    return kept


def _end_after_nickname(frame: Frame, one: Candidate) -> int:
    if (
        one.entity_type not in ("person", "organization", "place")
        or frame.lower(one.end) not in _CLOSING_OF
        or not frame.glued(one.end)
    ):
        return 0
    closing = _CLOSING_OF[frame.lower(one.end)]
    for token in range(one.end + 2, min(one.end + 2 + _MAX_NICKNAME, len(frame.words) - 1)):
        if frame.words[token] in closing:
            end = token + 1
            while end < len(frame.words) and end < token + 4 and _is_name_word(frame, end):
                end += 1
            if end > token + 1:
                end = end_over_hyphen(frame, end)
            is_nickname = (
                all(frame.words[i][:1].isalpha() for i in range(one.end + 1, token))
                and frame.capitals[one.end + 1]
            )
            return end if end > token + 1 and is_nickname else 0
    return 0


def end_over_hyphen(frame: Frame, end: int) -> int:
    """One past the second half of a surname of two: "Dhaliwal-Shaw"."""
    is_hyphen = frame.lower(end) in ("-", "‑") and frame.glued(end - 1) and frame.glued(end)
    return end + 2 if is_hyphen and _is_name_word(frame, end + 1) else end


def _is_name_word(frame: Frame, token: int) -> bool:
    return (
        frame.capitals[token]
        and frame.words[token].translate(_NO_SIGNS).isalpha()
        and frame.lowers[token] not in name_words().offices
    )
