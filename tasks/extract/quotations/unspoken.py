"""Quoted words that no single person says: a crowd shouts them, they are written on a thing, or somebody denies them."""

from __future__ import annotations

import re

from tasks.extract.quotations.attribution import StretchPlace
from tasks.extract.quotations.reports import Report

_BESIDE = 30  # characters from the verb to the words
_REACH = 120  # characters before the words that are read
_SHOUTS = r"chants?|shouts?|cries|cry|calls|boos|jeers|yells|screams|whistles|chorus(?:es)?|slogans?|murmurs|heckles"
_THINGS = (
    r"signs?|placards?|banners?|posters?|t-?shirts?|badges?|notes?|notices?|mugs?|plaques?|headstones?|gravestones?|graffiti"
    r"|stickers?|labels?|inscriptions?|tattoos?|billboards?|flags?|plates?"
)
# "to chants of “shame”"; "banners reading “No more cuts”"; "a mug with the words “Boss of all”".
_UNSPOKEN = re.compile(
    rf"\b(?:(?:{_SHOUTS}),?\sof"
    rf"|(?:{_THINGS})\s(?:[\w’'-]+\s){{0,6}}?(?:reading|saying|declaring|proclaiming|bearing|that (?:read|reads|said|says)"
    r"|which (?:read|reads|said|says)|read|reads|said|says|with the (?:words|slogan|message|inscription)"
    r"|(?:printed|emblazoned|marked|painted|daubed) with)(?:\sthe (?:words|slogan|message))?)[,:]?\s$",
    re.IGNORECASE,
)

_THING = re.compile(rf"\b(?:{_THINGS})\b", re.IGNORECASE)

# "denied saying", "denies having called him", "never said", "Neither Orr nor Reed said", "Nobody said".
_DENIED = re.compile(
    r"(?:\bden(?:y|ies|ied|ying)\s(?:(?:ever|having|that|he|she|they|it|has|have|had)\s){0,5}"
    r"|\b(?:never|did not|does not|do not|didn['’]t|doesn['’]t|don['’]t|had not|has not|hadn['’]t|hasn['’]t)\s(?:(?:ever|once|actually|himself|herself)\s)?"
    r"|\b(?:nobody|no one|none of them)\s(?:(?:ever|has|had)\s){0,2}|\bneither\s[^,.;:“”\"]{2,60}\snor\s[^,.;:“”\"]{2,40}\s)$",
    re.IGNORECASE,
)


def _is_denied(text: str, place: StretchPlace, report: Report | None) -> bool:
    """Whether the report right before the words says that its speaker did not say them."""
    if report is None or report.how not in ("verb", "other"):
        return False
    if not 0 <= place.stretch.start_char - report.cue_end <= _BESIDE:
        return False
    return _DENIED.search(text[max(0, report.cue_start - _REACH) : report.cue_start]) is not None


def _is_unspoken(text: str, place: StretchPlace, report: Report | None) -> bool:
    """Whether the words right before the quoted ones give them to a crowd or to a thing.

    Not so where the report names the thing itself as what speaks: "Banners read “No more”".
    """
    if report is not None and _THING.search(text, report.speaker_start, report.speaker_end):
        return False
    start = place.stretch.start_char
    before = text[max(place.gap_start, start - _REACH) : start]
    return _UNSPOKEN.search(before) is not None


def is_nobodys(text: str, place: StretchPlace, report: Report | None) -> bool:
    """Whether no single person says the words: shouted, written, or denied by who the report names."""
    return _is_unspoken(text, place, report) or _is_denied(text, place, report)
