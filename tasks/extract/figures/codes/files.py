"""Numbers of files, patents, flights, releases, fiscal years and the like, by their form."""

from __future__ import annotations

RELEASE = (
    r"\b(?:i(?:Pad)?OS|macOS|Android|Windows|Linux|Ubuntu|Python|PHP|Java|USB|HDMI|Bluetooth|HTML|HTTP|GPT)[ -]"
    r"\d{1,2}(?:\.\d{1,2}){1,2}\b"
)
# "2:24-cv-01187"; "SN 884-2210-7": digits in groups, too many for a score or a day.
GROUPED = (
    r"(?<![\w.,:-])\d{1,2}:\d{2}-[a-z]{2}-\d{3,6}\b"
    r"|(?<![\w.,-])(?=[\d-]{9})(?!\d{1,2}-\d{1,2}-\d{4}\b)\d{1,9}(?:-\d{1,9}){2,}\b"
)
# "US 10,223,441 B2", "patent 9,411,202"; "SU 387 148" on a map; "51.5074 N, 0.1278 W" and "(51.5074, -0.1278)" on the globe.
PATENT = (
    r"\b(?:US|EP|WO|GB)\s?\d[\d,]{5,11}\s?[A-Z]\d?\b|(?<=[Pp]atent\s)(?:(?:US|EP|WO|GB)\s)?\d[\d,]{5,11}\b"
)
# "no. 24-10388", "docket 3:21-cv-00412", "Case 24-1187".
FILE = (
    r"\b(?:[Nn]os?\.|[Nn]umbers?|[Dd]ocket|[Rr]ef(?:erence|\.)?|[Ss]erial|[Ii]nvoice)\s?(?:[Nn]os?\.?|[Nn]umber|#)?:?\s?"
    r"[A-Z]{0,4}[-/]?\d{1,9}(?:[-/:.]{1,2}[A-Za-z]{0,4}[-/]?\d{1,9}){1,5}\b"
    r"|\b[Cc]ases?\s\d{1,4}[-/:](?:[A-Za-z]{2}[-/])?\d{3,9}\b"
)
# "Docket number 4471", "her flight number was 212"; a number of cases can be a count: "the case number was 2,120".
NUMBERED = (
    r"\b(?:(?:[Dd]ocket|[Ff]ile|[Ff]light|[Bb]ill|[Ii]nmate|[Pp]risoner|[Ll]icen[cs]e|[Pp]late|[Rr]egistration|[Aa]ccount|[Ss]erial"
    r"|[Tt]elephone|[Pp]hone|[Hh]otline|[Hh]elpline|[Ii]nvoice|[Pp]assport|[Bb]adge|[Rr]eference|[Pp]ermit|[Pp]atent|[Tt]ail|[Hh]ull|[Rr]oom"
    r"|[Ss]eat|[Hh]ouse|[Jj]ersey|[Ss]hirt|[Ss]quad|[Bb]ib|[Tt]icket|[Pp]olicy)\s[Nn]umber(?:\s(?:is|was|of))?:?"
    r"|[Cc]ase\s[Nn]umber:?)\s[A-Z]{0,4}[-/]?\d{1,9}(?!,\d)\b"
    r"(?:[-/:.]{1,2}[A-Za-z]{0,4}[-/]?\d{1,9}\b){0,5}"
)
# "H.R. 1523", "S. 2226", "the 4200 block of", "Flug LH 447", "Aktenzeichen 3 Js 1204/25", "n° 24-10388".
OTHER = (
    r"\b(?:H\.\s?R\.|S\.|H\.\s?Res\.|S\.\s?Res\.|H\.B\.|S\.B\.)\s\d{2,5}\b"
    r"|(?<![\w.,])\d{1,5}(?=[\s-]block\sof\b)"
    r"|\b(?:[Ff]light|Flug|[Vv]ol|[Vv]uelo|[Vv]olo|[Vv]oo|[Vv]lucht)\s[A-Z][A-Z0-9]\s?\d{1,4}\b"
    r"|\b(?:Az\.|Aktenzeichen|Geschäftszeichen):?\s(?:\w{1,4}\s){0,3}\d{1,6}/\d{2,4}\b"
    r"|(?<!\w)[Nn][º°]\s?\d{1,9}(?:[-/.]\d{1,9}){1,3}\b"
)
# "FY26", "FY2025-26", "FY 2026/27", "fiscal 2025-26", "Q1 2026-27".
FISCAL = r"\b(?:Q[1-4]|H[12]|[1-4]Q|[12]H)\s?\d{4}[-–/]\d{2}\b(?![-–/]\d)|\b(?:FY|CY)\s?['’]?\d{2,4}(?:[-–/]\d{2,4})?\b|(?<=[Ff]iscal\s)\d{4}[-–/]\d{2,4}\b"
# Boeing's and Airbus's models with their series: "a 737-800", "787-9", "A350-1000".
AIRCRAFT = r"(?<![\w.,$€£-])(?:7[0-8]7|A?3[0-8]0)-(?:[1-9]00|1000|10|8|9)(?:ER|LR|F|neo)?\b"
# Runs, wickets, sets: "112/2", "24/7"; and days that are names.
SLASHED = r"(?<![\w.,/$€£])(?:9/11|7/7|24/7|50/50|20/20)(?![\w/]|[.,]\d)"
# "Motion 14/2034", "45+2" of a match, "doi:10.1000/xyz".
OF_A_YEAR = r"(?<![\w.,/$€£-])\d{1,5}/(?:19|20)\d{2}(?![\w/]|[.,]\d)"
ADDED_TIME = r"(?<![\w.,$€£-])(?:45|90|105|120)\+\d{1,2}(?![\w.,]*\d)"
DOI = r"\b(?:doi|DOI):?\s?10\.\d{4,9}/\S+"
# A split or an even chance; a vote can end so.
EVEN_CHANCE = r"(?<![\w.,/$€£-])(?<!voted )(?:50-50|[Ff]ifty-fifty)(?![\w/-]|[.,]\d|\s(?:vote|tie)\b)"
# Several numbers without spaces between them, so that none of them can be told: "a set of 3,5 and 8 pounds".
ROW = r"(?<![\w.,$€£-])\d{1,2}(?:,\d{1,2}){1,5}(?=,?\s(?:and|or|&)\s\d{1,2}\b(?![,.]\d))"
