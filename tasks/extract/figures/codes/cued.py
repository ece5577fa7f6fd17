"""Numbers that are names, each kind tried only in texts that hold one of its words: plates, odds, law reports, buses, verses."""

from __future__ import annotations

import re

from tasks.extract.figures.codes.addresses import STREETS

_BOOKS = (
    "Acts", "Colossians", "Corinthians", "Daniel", "Deuteronomy", "Ecclesiastes", "Ephesians", "Exodus", "Ezekiel", "Galatians", "Genesis",
    "Hebrews", "Isaiah", "Jeremiah", "John", "Joshua", "Kings", "Leviticus", "Luke", "Mark", "Matthew", "Numbers", "Philippians", "Proverbs",
    "Psalm", "Psalms", "Quran", "Revelation", "Romans", "Samuel", "Sura", "Surah", "Timothy",
)  # fmt: skip
_KINDS = (
    # Telephones of Australia: "1300 555 012".
    (("1300", "1800"), r"(?<![\w.,-])1[38]00\s?\d{3}\s?\d{3}\b"),
    # "reference 26*145532", "log 554", "incident 26000234567"; no plural follows that it could count.
    (("*",), r"(?<!\d)\d{2,9}\*\d{2,9}\b"),
    (
        ("ncident", "log ", "Log ", "CAD ", "ccurrence", "eference"),
        r"\b(?:[Ii]ncident|[Ll]og|CAD|[Oo]ccurrence|(?:[Cc]rime\s)?[Rr]ef(?:erence)?)(?:\s(?:[Nn]umber|[Nn]o\.?|[Rr]ef))?:?\s"
        r"\d{2,12}(?:\*\d{2,9})?\b(?![,.]\d|\s[a-z]{3,}s\b)",
    ),
    # "18 U.S.C. § 1343", "410 U.S. 113", "[2024] EWCA Civ 1032", "2019 (2) SACR 44".
    (
        ("§", "U.S.C", " USC ", " U.S. "),
        r"\b\d{1,3}\sU\.?S\.?(?:C\.?)?\s(?:§{1,2}\s?)?\d{1,5}[a-z]?\b"
        r"|§{1,2}\s?\d{1,5}(?:[.-]\d{1,5})?[a-z]?(?:\(\w{1,3}\)){0,3}",
    ),
    (
        ("[19", "[20", "(19", "(20"),
        r"[\[(](?:19|20)\d{2}[\])]\s(?:\d{1,3}\s)?[A-Z][A-Za-z]{1,6}(?:\s[A-Z][a-z]{1,5})?(?:\s\([A-Z][a-z]{1,6}\))?\s\d{1,5}\b",
    ),
    ((" (1) ", " (2) ", " (3) ", " (4) "), r"\b(?:19|20)\d{2}\s\(\d\)\s[A-Z]{2,6}\s\d{1,5}\b"),
    # A car's plate: "UP 16 AB 1234".
    (("registration", "plate", "bearing"), r"\b[A-Z]{2}[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{3,4}\b"),
    # Houses: "at 12 The Green", "at 77, Kenyatta Avenue", "the corner of 5th and Main".
    ((" The ",), r"\b(?:[Aa]t|[Oo]f|[Nn]ear|[Oo]utside|[Ff]rom|[Tt]o)\s\d{1,4}[A-Za-z]?\sThe\s[A-Z][a-z]+"),
    (
        (" Street", " Road", " Avenue", " Lane", " Drive", " Close"),
        rf"\b(?:[Aa]t|[Oo]f|[Nn]ear|[Oo]utside)\s\d{{1,4}}[A-Za-z]?,\s(?:[A-Z][\w'’-]{{0,30}}\s){{1,3}}(?:{STREETS})\b",
    ),
    (
        ("corner of", "intersection of", "junction of"),
        r"\b(?:corner|intersection|junction)\sof\s\d{1,3}(?:st|nd|rd|th)\b"
        r"(?:\s(?:and|or|&)(?:\sof)?\s(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][a-z]+)){1,3}",
    ),
    # "The 73 bus", "the 8.15 to Leeds", "at km 212".
    (
        (" bus", " tram", " train", " service", " ferry", " coach"),
        r"\b[Tt]he\s\d{1,3}[A-Z]?(?=\s(?:bus|tram|train|service|ferry|coach)\b)"
        r"|\b[Tt]he\s\d{1,2}[.:]\d{2}(?=\s(?:from|to|train|service|bus|flight|departure)\b)",
    ),
    ((" km ", " KM "), r"\b(?:[Aa]t|[Nn]ear|[Bb]y)\s(?:km|KM)\s\d{1,4}\b"),
    (("atitude", "ongitude"), r"\b(?:[Ll]atitude|[Ll]ongitude)[.:]?\s(?:of\s)?[-−]?\d{1,3}\.\d{1,8}\b"),
    # Odds, and a price of grain in quarters of a cent: "$5.61-3/4".
    (
        (" shot", " favo", " outsider", " joint"),
        r"(?<![\w.,$€£-])\d{1,4}[-/]\d{1,3}(?=\s(?:shots?|favou?rites?|outsiders?|joint|on\sfavou?rite)\b)",
    ),
    (("-1/", "-3/"), r"(?<=\d\.\d\d)-[13]/[248]\b"),
    (("est. ", "Est. "), r"\b[Ee]st\.\s\d{4}\b"),
    ((":",), rf"\b(?:{'|'.join(_BOOKS)})\s\d{{1,3}}:\d{{1,3}}(?:[-–,]\d{{1,3}}){{0,3}}\b"),
    # "The winning numbers were 7, 12 and 33."
    (
        ("umbers were ", "umbers are ", "umbers: "),
        r"\b[Nn]umbers(?:\swere|\sare|:)\s\d{1,2}(?:,\s\d{1,2}){2,9}(?:,?\sand\s\d{1,2})?\b",
    ),
)
_PATTERNS = tuple((cues, re.compile(pattern)) for cues, pattern in _KINDS)


def cued_spans(text: str) -> list[tuple[int, int]]:
    """Where such numbers are, half-open, in no order."""
    return [
        match.span()
        for cues, pattern in _PATTERNS
        if any(cue in text for cue in cues)
        for match in pattern.finditer(text)
    ]
