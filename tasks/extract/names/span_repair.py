"""Spans made whole: parts of a longer known name, nicknames inside names, two names run together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.extract.figures.lexicon import currency_codes
from tasks.extract.names.frame import Candidate, CandidateIndex, Frame
from tasks.extract.names.gazetteer import gazetteer, normalize_name
from tasks.extract.names.words import name_words

_CLOSING_OF = {'"': '"”', "“": '”"', "‘": "’", "„": '“”"', "«": "»", "”": "”"}
_MAX_NICKNAME = 3
_LAW_PARTS = frozenset(
    {"article", "articles", "section", "amendment", "resolution", "chapter", "proposition"}
)
_NUMBERS = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
)
_SHORT_NAMES = frozenset({"mohd", "md", "muhd"})  # of Mohammed
_NO_SIGNS = dict.fromkeys(map(ord, "-'’"))
_SAINTS = frozenset({"st", "st.", "saint"})
_DASHES = frozenset("-–—")
_ALIASES = frozenset({"alias", "aka", "a.k.a", "née", "nee"})
_STORMS = frozenset({"storm", "cyclone", "hurricane", "typhoon"})


def repaired(frame: Frame, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates after repair, in reading order."""
    parted = [part for one in candidates for part in _parted(frame, _trimmed(frame, _until_dash(frame, one)))]
    joined = with_nicknames(frame, _adjoined(frame, _with_second_halves(frame, _of_saints(frame, parted))))
    taken = {token for one in joined for token in range(one.start, one.end)}
    for one in joined:
        _extend_by_ending(frame, one, taken)
        _extend_by_direction(frame, one)
    return joined


def _trimmed(frame: Frame, one: Candidate) -> Candidate:
    """The name without the "alias" behind it or the "Said" before it; a storm with a name is an event."""
    while one.end - one.start > 1 and frame.lowers[one.end - 1].rstrip(".") in _ALIASES:
        one.end -= 1
    if frame.lowers[one.start] == "said" and one.entity_type == "person" and one.end > one.start + 2:
        one.start += 1
    if frame.lowers[one.start] in _STORMS and one.end - one.start > 1 and frame.capitals[one.start + 1]:
        one.entity_type = "event"
    return one


def _until_dash(frame: Frame, one: Candidate) -> Candidate:
    """The name up to a dash between spaces: "TARN BAY - The harbour fund" is a dateline and the sentence behind it."""
    for token in range(one.start + 1, one.end - 1):
        if frame.words[token] in _DASHES and not frame.glued(token - 1) and not frame.glued(token):
            one.end = token
            if one.start in frame.begins and all(word.isupper() for word in frame.words[one.start : token]):
                one.entity_type = "place"
            break
    return one


def _parted(frame: Frame, one: Candidate) -> Iterator[Candidate]:
    """One candidate, or the two that it runs together; none when it holds only offices."""
    lowers = frame.lowers[one.start : one.end]
    if _is_office_only(lowers) or is_money(frame, one) or _is_counted(frame, one):
        return
    if lowers[0] in _LAW_PARTS and lowers[-1][:1].isdigit():
        one.entity_type = "law"
    if len(lowers) == 3 and lowers[1] in "-–" and _are_two(lowers[0], lowers[2]):
        for token in (one.start, one.end - 1):
            yield Candidate(token, token + 1, one.entity_type)
    elif one.entity_type == "group" and len(lowers) > 1:
        yield from _group_and_person(frame, one)
    elif one.entity_type == "organization" and len(lowers) > 2:
        yield from _organizations(frame, one)
    else:
        yield one


def _is_counted(frame: Frame, one: Candidate) -> bool:
    """ "Six MPs" at a sentence's begin: a number and what it counts."""
    if one.end - one.start != 2 or one.start not in frame.begins:
        return False
    number, counted = frame.lowers[one.start], frame.words[one.start + 1]
    return number in _NUMBERS and counted[:-1].isupper() and counted.endswith("s")


def _is_office_only(lowers: Sequence[str]) -> bool:
    """Whether the words name an office and not a person: "Prime Minister", "Head of Mission"."""
    lists = name_words()
    links = lists.office_links | lists.honorifics | lists.offices
    return lowers[-1] in lists.offices - name_words().office_bodies and all(word in links for word in lowers)


def is_money(frame: Frame, one: Candidate) -> bool:
    """ "Dh 1,600", "US $3.4 million", "Tk 5": a currency before its amount is no name."""
    following = frame.lower(one.end)
    first = frame.lowers[one.start]
    if first in ("us", "hk", "a", "c", "nz", "s", "nt") and following[:1] == "$":
        return True
    is_amount = following[:1].isdigit() or frame.lowers[one.end - 1][:1].isdigit()
    if is_amount and frame.words[one.start] in currency_codes():
        return True
    return is_amount and first in (
        "dh",
        "dhs",
        "tk",
        "rs",
        "rs.",
        "sr",
        "qr",
        "rm",
        "php",
        "usd",
        "eur",
        "gbp",
        "aed",
        "sar",
        "idr",
        "ksh",
        "sh",
        "le",
        "naira",
        "p",
        "r",
        "q",
        "a",
        "g",
        "s",
    )


def _are_two(left: str, right: str) -> bool:
    """Whether a hyphen parts two things of our tables, as in "the Horne-Putin call"."""
    known = gazetteer().known
    return left in known and right in known


def _group_and_person(frame: Frame, one: Candidate) -> Iterator[Candidate]:
    groups = gazetteer().groups
    for length in (2, 1):
        head = normalize_name(frame.text(one.start, one.start + length))
        if length < one.end - one.start and head in groups and frame.capitals[one.start + length]:
            rest = Candidate(one.start + length, one.end, "person")
            if normalize_name(frame.text(rest.start, rest.end)) not in groups:
                yield Candidate(one.start, one.start + length, "group")
                yield rest
                return
    yield one


def _organizations(frame: Frame, one: Candidate) -> Iterator[Candidate]:
    start = one.start
    # "Director of Planning for Acme": the office and its field are no part of the body.
    if frame.lowers[start] in name_words().heads:
        links = [i for i in range(start + 1, one.end - 1) if frame.lowers[i] in ("of", "for")]
        if not links:
            yield one
            return
        start = links[-1] + 1 if frame.lowers[links[-1] + 1] != "the" else links[-1] + 2
    if normalize_name(frame.text(start + 1, one.end)) in gazetteer().known and start + 1 < one.end:
        start += 1 if frame.lowers[start] not in ("new", "the") and start in frame.begins else 0
    for token in range(start + 1, one.end - 1):
        if (
            frame.lowers[token] == "and"
            and frame.lowers[token - 1] in name_words().whole_bodies
            and frame.capitals[token + 1]
        ):
            yield Candidate(start, token, "organization")
            start = token + 1
    if start < one.end:
        yield Candidate(start, one.end, "organization")


def _of_saints(frame: Frame, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, a saint and what is called after it made one: "St Brigid's Hospital"."""
    kept: list[Candidate] = []
    for one in candidates:
        if kept and one.start < kept[-1].end:
            continue
        kept.append(one)
        entity_type = _ending_type(frame.lower(one.end + 1))
        is_owned = frame.lower(one.end) in ("'s", "’s") and frame.is_capital(one.end + 1)
        if entity_type and is_owned and frame.lower(one.start) in _SAINTS:
            one.end, one.entity_type = one.end + 2, entity_type
    return kept


def _adjoined(frame: Frame, candidates: Sequence[Candidate]) -> list[Candidate]:
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


def _with_second_halves(frame: Frame, candidates: Sequence[Candidate]) -> list[Candidate]:
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


def _extend_by_ending(frame: Frame, one: Candidate, taken: set[int]) -> None:
    """ "Peruvian Government", "Canadian Rockies", "Northwick Magistrate's Court": take in the ending."""
    if one.entity_type not in ("group", "place", "organization"):
        return
    end = one.end
    if (
        frame.lower(end) == "'s"
        and frame.lower(end + 1) in ("court", "college", "hospital", "office", "university")
        and frame.is_capital(end + 1)
        and one.entity_type != "group"
    ):
        end += 1
    limit = end + 3
    while (
        end < min(limit, len(frame.words))
        and end not in taken
        and frame.capitals[end]
        and frame.words[end].isalpha()
    ):
        if (entity_type := _ending_type(frame.lowers[end])) and not frame.is_capital(end + 1):
            one.end, one.entity_type = end + 1, entity_type
            taken.update(range(one.start, one.end))
            return
        end += 1


def _extend_by_direction(frame: Frame, one: Candidate) -> None:
    """ "eastern Europe" is a place of its own where our tables have it."""
    if one.entity_type == "place" and frame.lower(one.start - 1) in name_words().directions:
        form = normalize_name(frame.text(one.start - 1, one.end))
        if form in gazetteer().known:
            one.start -= 1


def _ending_type(lower: str) -> str:
    lists = name_words()
    if lower in (
        "house",
        "day",
        "week",
        "line",
        "air",
        "post",
        "times",
        "daily",
        "state",
        "office",
        "front",
        "open",
        "code",
        "law",
        "bill",
        "state",
    ):
        return ""
    for words, entity_type in (
        (lists.organization_endings, "organization"),
        (lists.facility_endings, "facility"),
        (lists.place_endings, "place"),
        (lists.event_endings, "event"),
        (lists.law_endings, "law"),
    ):
        if lower in words:
            return entity_type
    return ""


def widened(frame: Frame, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, parts of a known name of several words replaced by the whole of it."""
    phrases = gazetteer().phrases
    found = CandidateIndex(candidates)
    for token, is_capital in enumerate(frame.capitals):
        if not is_capital:
            continue
        for rest, entity_type in phrases.get(frame.lowers[token], ()):
            end = token + 1 + len(rest)
            if (
                rest
                and tuple(frame.lowers[token + 1 : end]) == rest
                and (frame.is_capital(end - 1) or entity_type in ("law", "event"))
            ):
                _replace_inside(
                    found, Candidate(token, end, entity_type, is_model=False, is_certain=True, source="table")
                )
                break
    return found.candidates()


def _replace_inside(found: CandidateIndex, whole: Candidate) -> None:
    """Replaces the candidates inside the whole by it; leaves them when one reaches beyond."""
    touching = found.touching(whole.start, whole.end)
    if any(one.start < whole.start or one.end > whole.end for _, one in touching):
        return
    if len(touching) == 1 and (touching[0][1].start, touching[0][1].end) == (whole.start, whole.end):
        return
    for number, _ in touching:
        found.remove(number)
    found.add(whole)
