"""Spans cut: what is no name, what stands before or behind one, and two names run together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.extract.figures.lexicon import currency_codes
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import gazetteer, normalize_name
from tasks.extract.names.words import name_words

_LAW_PARTS = frozenset(
    {"article", "articles", "section", "amendment", "resolution", "chapter", "proposition"}
)
_NUMBERS = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
)
_DASHES = frozenset("-–—")
_ALIASES = frozenset({"alias", "aka", "a.k.a", "née", "nee"})
_STORMS = frozenset({"storm", "cyclone", "hurricane", "typhoon"})


def without_sides(frame: Frame, one: Candidate) -> Candidate:
    """The name without the "alias" behind it or the "Said" before it; a storm with a name is an event."""
    while one.end - one.start > 1 and frame.lowers[one.end - 1].rstrip(".") in _ALIASES:
        one.end -= 1
    if frame.lowers[one.start] == "said" and one.entity_type == "person" and one.end > one.start + 2:
        one.start += 1
    if frame.lowers[one.start] in _STORMS and one.end - one.start > 1 and frame.capitals[one.start + 1]:
        one.entity_type = "event"
    return one


def until_dash(frame: Frame, one: Candidate) -> Candidate:
    """The name up to a dash between spaces: "TARN BAY - The harbour fund" is a dateline and the sentence behind it."""
    for token in range(one.start + 1, one.end - 1):
        if frame.words[token] in _DASHES and not frame.glued(token - 1) and not frame.glued(token):
            one.end = token
            if one.start in frame.begins and all(word.isupper() for word in frame.words[one.start : token]):
                one.entity_type = "place"
            break
    return one


def parted(frame: Frame, one: Candidate) -> Iterator[Candidate]:
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
