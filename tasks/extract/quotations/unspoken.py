"""Quoted words that no single person says: a crowd shouts them, or they are written on a thing."""

from __future__ import annotations

import re

from tasks.extract.quotations.attribution import StretchPlace
from tasks.extract.quotations.reports import Report

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


def is_unspoken(text: str, place: StretchPlace, report: Report | None) -> bool:
    """Whether the words right before the quoted ones give them to a crowd or to a thing.

    Not so where the report names the thing itself as what speaks: "Banners read “No more”".
    """
    if report is not None and _THING.search(text, report.speaker_start, report.speaker_end):
        return False
    start = place.stretch.start_char
    before = text[max(place.gap_start, start - _REACH) : start]
    return _UNSPOKEN.search(before) is not None
