"""From the model's spans to the names in them: what a name never holds is cut, what it lacks is added."""

from __future__ import annotations

from collections.abc import Iterator

from tasks.extract.names.codes import with_type_of_code, without_amount
from tasks.extract.names.frame import MOST_TOKENS, TYPE_OF_LABEL, Candidate, Frame
from tasks.extract.names.gazetteer import gazetteer, normalize_name
from tasks.extract.names.words import name_words

_PERSONS_ONLY = frozenset({"prof", "prof.", "cllr", "cllr.", "sarpanch"})  # titles that begin no other name


def model_candidates(frame: Frame) -> list[Candidate]:
    """The model's names, cut at line ends and brackets and trimmed, in reading order."""
    found: list[Candidate] = []
    for ent in frame.document.doc.ents:
        entity_type = TYPE_OF_LABEL.get(ent.label_)
        if entity_type is not None:
            for start, end in _pieces(frame, ent.start, ent.end, entity_type):
                if end - start <= MOST_TOKENS:
                    found.extend(_trimmed(frame, Candidate(start, end, entity_type)))
    return _extended(frame, found)


def _pieces(frame: Frame, start: int, end: int, entity_type: str) -> Iterator[tuple[int, int]]:
    """The span parted at line ends and at marks that no name holds, without small words of the sentence before."""
    begin = start
    for token in range(start, end):
        if begin < token in frame.begins and not any(frame.capitals[begin:token]):
            begin = token
            if end - token == 1:  # "it cost £2m. Police said": a word that only begins the next sentence
                return
        word = frame.words[token]
        is_quoted = word in '"“”' and entity_type in ("work", "person") and begin > start
        is_form = word == "/" and frame.lower(token - 1) == "a" and frame.lower(token + 1) == "s"  # A/S
        if (
            (word in name_words().breaks and not (is_quoted or is_form))
            or "\n" in word
            or "http" in word
            or "www." in word
        ):
            if begin < token:
                yield begin, token
            begin = token + 1
    if begin < end:
        yield begin, end


def _trimmed(frame: Frame, candidate: Candidate) -> Iterator[Candidate]:
    start, end = candidate.start, without_amount(frame, candidate.start, candidate.end)
    if frame.lowers[start] in _PERSONS_ONLY and start + 1 < end:
        candidate.entity_type = "person"
    while start < end and _leads_nothing(frame, start, end, candidate.entity_type):
        start += 1
    while start < end and _trails_nothing(frame, end - 1, start, candidate.entity_type):
        end -= 1
    if start >= end or not any(frame.capitals[start:end]):
        return
    if start + 1 < end and candidate.entity_type in ("person", "place", "organization"):
        head = _leading_group(frame, start, end, candidate.entity_type)
        if head:
            yield Candidate(start, head, "group")
            start = head
            while start + 1 < end and not frame.capitals[start]:
                start += 1
    if (named := with_type_of_code(frame, Candidate(start, end, candidate.entity_type))) is not None:
        yield named


def _leads_nothing(frame: Frame, start: int, end: int, entity_type: str) -> bool:
    lower = frame.lowers[start]
    if lower in name_words().never_leading or not frame.words[start].strip():
        return True
    if entity_type not in ("person", "group"):
        return end - start > 1 and (
            lower.rstrip(".") in ("mr", "mrs", "ms", "dr") or _is_dropped_lower(frame, start)
        )
    lists = name_words()
    if is_half_rank(frame, start):
        return True
    if end - start > 1 and (lower in lists.honorifics or lower in lists.offices or lower.isdigit()):
        return not (lower in lists.first_names and lower not in lists.honorifics) or not frame.is_capital(
            start + 1
        )
    return end - start > 1 and _is_dropped_lower(frame, start)


def is_half_rank(frame: Frame, token: int) -> bool:
    """The constable of "Det Con Priya Nair", the chief of "Det Ch Insp"."""
    return (
        frame.lowers[token].rstrip(".") in ("con", "ch", "chief")
        and frame.lower(token - 1).rstrip(".") == "det"
    )


def _is_dropped_lower(frame: Frame, token: int) -> bool:
    word = frame.lowers[token]
    return (
        word.isalpha()
        and not frame.capitals[token]
        and word
        not in (
            "al",
            "el",
            "de",
            "van",
            "von",
            "bin",
            "la",
            "le",
            "eastern",
            "western",
            "central",
            "southern",
            "northern",
            "sub",
            "neo",
            "anti",
            "pro",
        )
    )


def _trails_nothing(frame: Frame, token: int, start: int, entity_type: str) -> bool:
    lower = frame.lowers[token]
    if lower == "s" and token - start > 1 and frame.words[token - 1] == "/":  # A/S, the Danish for Plc
        return False
    if lower in name_words().never_trailing or not frame.words[token].strip():
        return token > start or not lower.isalpha()
    if entity_type == "person" and token > start and _is_post_nominal(frame, token):
        return True
    if entity_type == "person":
        return lower[0].isdigit() or (
            token > start
            and lower in name_words().never_continuing
            and frame.capitals[token]
            and lower not in ("june", "april", "may", "august")
        )
    # "BIOCAD biotechnology company": common nouns after a name are not part of it; foreign words are.
    is_common = not frame.capitals[token] and lower in name_words().organization_nouns
    return token > start and entity_type == "organization" and is_common and not frame.capitals[token - 1]


def _is_post_nominal(frame: Frame, token: int) -> bool:
    """ "QC", "PhD", and not the surname "Md"."""
    return (
        frame.lowers[token] in name_words().post_nominals
        and frame.words[token][1:] != frame.lowers[token][1:]
    )


def _leading_group(frame: Frame, start: int, end: int, entity_type: str) -> int:
    """Where a nationality before a person's name ends ("Kuwaiti Al-Enezi"), or 0."""
    for length in (2, 1):
        form = " ".join(frame.lowers[start : start + length])
        if start + length < end and form in gazetteer().groups:
            following = frame.lowers[start + length]
            if entity_type == "person" or (not frame.capitals[start + length] and following.isalpha()):
                return start + length
    return 0


def _extended(frame: Frame, found: list[Candidate]) -> list[Candidate]:
    """The candidates with the capitalised words and hyphened parts that belong to them."""
    taken = {token for one in found for token in range(one.start, one.end)}
    for one in found:
        _extend_over_hyphen(frame, one, taken)
        if one.entity_type == "person" or (one.entity_type == "organization" and one.end - one.start > 1):
            _extend_forward(frame, one, taken)
        taken.update(range(one.start, one.end))
    return found


def _extend_over_hyphen(frame: Frame, one: Candidate, taken: set[int]) -> None:
    while (
        one.end - one.start <= MOST_TOKENS
        and one.end + 1 < len(frame.words)
        and frame.words[one.end] in "-‑"
        and frame.glued(one.end - 1)
        and frame.glued(one.end)
    ):
        tail = frame.lowers[one.end + 1]
        if (
            one.end + 1 in taken
            or tail in name_words().hyphen_tails
            or tail in gazetteer().known
            or one.entity_type not in ("person", "organization")
        ):
            return
        if (
            one.entity_type == "organization"
            and not frame.capitals[one.end + 1]
            and not frame.glued(one.end + 1)
        ):
            return
        if (
            normalize_name(frame.text(one.start, one.end)) in gazetteer().known
            and not frame.capitals[one.end + 1]
        ):
            return
        one.end += 2


def _extend_forward(frame: Frame, one: Candidate, taken: set[int]) -> None:
    limit = 2 if one.entity_type == "person" else 0
    while limit and one.end < len(frame.words) and one.end not in taken and _continues(frame, one.end):
        one.end += 1
        limit -= 1


def _continues(frame: Frame, token: int) -> bool:
    word = frame.words[token]
    lower = frame.lowers[token]
    lists = name_words()
    return (
        word[0].isupper()
        and word.replace("-", "").replace("’", "").replace("'", "").isalpha()
        and token not in frame.begins
        and lower not in name_words().never_continuing
        and not _is_post_nominal(frame, token)
        and lower not in lists.offices
        and lower not in lists.honorifics
        and lower not in gazetteer().groups
    )
