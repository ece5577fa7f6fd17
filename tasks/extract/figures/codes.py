"""Numbers of places, files and lines, recognised by their form alone: telephones, house numbers, case numbers, fiscal years.

Sources: ITU-T E.123 (telephones); USPS Publication 28, appendix C1, and Royal Mail's address guide (streets).
"""

from __future__ import annotations

import re

# (206) 555-1212, 206-555-1212, +1-222-2222, +44 20 7946 0958, 0800 123 4567; and longer codes in dashes.
_PHONE = (
    r"(?<![\w.,-])1-\d{3}-\d{3}-[A-Z]{4}\b(?: \(\d{4,9}\))?"
    r"|\(\d{2,5}\)[ -]?\d{3,4}[ -]?\d{3,4}\b"
    r"|(?<![\w.,])\+\d{1,3}(?:[ .-]\(?\d{1,5}\)?){2,5}(?:/\d+)?"
    r"|(?<![\w.,-])\d{3}[-.]\d{3}[-.]\d{4}\b"
    r"|(?<![\w.,-])0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}\b"
    r"|(?<![\w.,-])\d{2,9}-\d{2,9}-\d{2,9}(?:-\d{1,9})*\b"
    r"|(?<![\w.,-])\d{3,5} \d{4} \d{3,4}(?![\w,.-]?\d)"
)
# "text 60777 to give": no plural follows that it could count.
# "call 555 0134 2210": any groups of digits behind such a word.
_SHORT_CODE = r"\b(?:[Tt]ext(?:ing)?|[Ss]ms|SMS|[Dd]ial(?:l?ing)?)(?:\s[A-Z]{3,12}\sto)?\s\d{3,6}\b(?![,.]\d|\s(?!(?:is|was|this|us)\b)[a-z-]+s\b)"
_CALLED = r"\b(?:call|ring|dial|text|phone|hotline|helpline)\s\+?\(?\d{2,5}\)?(?:[ .-]\d{2,5}){1,4}\b"
# "dialled 911 twice", "call 999 or 112", "a 911 call".
_EMERGENCY = (
    r"\b(?:[Cc]all|[Dd]iall?|[Rr]ing|[Tt]ext|[Pp]hone)(?:s|ed|ing)?\s(?:911|999|112|988|111|101|105|000)(?:\s(?:or|and)\s\d{3})?\b(?![,.]\d)"
    r"|(?<![\w.,$€£-])(?:911|999)(?=\s(?:call|caller|dispatch|operator|in an emergency)(?:s|er|ers)?\b)"
)
_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Av|Lane|Ln|Drive|Dr|Boulevard|Blvd|Parkway|Pkwy|Way|Court|Ct|Place|Pl|Terrace|Square|Sq"
    "|Highway|Hwy|Close|Crescent|Row|Quay|Gardens|Alley|Pike|Turnpike|Broadway|Mews|Wharf|Embankment|Walk|Circle|Plaza"
    "|Esplanade|Promenade|Freeway|Expressway|Trail|Loop"
)
# Streets whose name begins with the word for one, or ends in it; the number is behind, and nothing that it could count.
_STREET_FIRST = (
    r"(?<!\w)(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]alle|[Aa]venida|[Pp]laza|[Pp]aseo|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Rr]ua"
    r"|[Pp]raça|[Tt]ravessa|[Uu]l\.|[Aa]l\.|[Uu]lic[ay]|[Уу]л\.|[Уу]лиц[аеы]|[Пп]роспект|[Пп]р-т|[Пп]ереулок)\s"
    r"(?:(?:de|del|della|dello|dei|delle|degli|di|du|des|da|do|dos|das|la|las|los|el)\s)*"
    r"[^\W\d_a-zà-ÿа-я][\w.'’-]{0,30}(?:\s[^\W\d_][\w.'’-]{0,30}){0,3},?\s(?:n[º°.]\s?|nº\s|д\.\s)?"
)
_STREET_LAST = (
    r"\b[^\W\d_a-zà-ÿ][\w-]{0,40}(?:straße|strasse|str\.|gasse|allee|weg|platz|damm|ufer|chaussee|straat|laan|plein"
    r"|gracht|kade|gatan|vägen|gränd|torget|gade|vej)\s"
)
_HOUSE_BEHIND = (
    rf"(?:{_STREET_FIRST}|{_STREET_LAST})\d{{1,4}}(?:/?[a-zA-Z]|\s[a-zA-Z])?(?:\s?[-–/]\s?\d{{1,4}}[a-zA-Z]?)?"
    r"(?=[,.;:)]?(?:\s|$))(?=[,.;:)\n]|$|\s(?:in|en|à|i|und|och|y|e|et|w|aus|ab|auf|ist|war|wurde|steht|stand|liegt|brannte)\b)"
)
_HOUSE_BEFORE = (
    r"(?<![\w.,])\d{1,4}(?:\s(?:bis|ter|quater))?,?\s(?:de la |de l['’]|du )?"
    r"(?:(?:[Rr]ue|[Bb]oulevard|[Qq]uai|[Aa]llée|[Ii]mpasse|[Cc]hemin|Calle|Via|Viale|Piazza|Rua|Avenida)\s(?:[Dd]e|[Dd]u|[Dd]es|[Dd]ella?|[Dd]['’]|[A-ZÀ-Ý])"
    r"|(?:avenue|place|cours|Avenue|Place|Cours)\s(?:[Dd]e|[Dd]u|[Dd]es|[Dd]['’]|[A-ZÀ-Ý]))"
)
# "9 Rue des Forges, 59000 Lille": the five digits are a postcode. They stand between a comma and the town's name.
_TOWN_CODE = r"(?<=,\s)(?:[A-Z]{1,2}-)?\d{5}(?=\s[A-ZÀ-Ý][\w’'-]+(?:[,.;)\n]|$))"
_POSTCODE = r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"  # Royal Mail
# Centuries and addresses in Chinese, Japanese and Korean.
_COUNTED_PLACES = r"\b[Ll]at(?:a|ach)\s\d0\.|(?<!\d)\d{1,2}\s?(?:世纪|世紀|세기)|(?<!\d)\d{1,2}丁目(?:\d{1,3}番地?)?(?:の?\d{1,3}号?)?"
_RELEASE = (
    r"\b(?:i(?:Pad)?OS|macOS|Android|Windows|Linux|Ubuntu|Python|PHP|Java|USB|HDMI|Bluetooth|HTML|HTTP|GPT)[ -]"
    r"\d{1,2}(?:\.\d{1,2}){1,2}\b"
)
_SIDES = r"(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.?\s"
# A plural behind the street is what the number counts: "12 Fleet Street reporters".
_NO_PLURAL = r"(?!\s(?!(?:is|was|has|as|does|this|his|its|always|us|s)\b)[a-z][a-z-]{2,30}s\b)"
_HOUSE = (
    r"(?<![\w.,$€£#-])\d{1,5}[A-Za-z]?(?:[-–/]\d{1,5}[A-Za-z]?)?\s"
    rf"(?:{_SIDES})?(?:(?:[A-Z][\w.'’-]{{0,30}}|\d{{1,3}}(?:st|nd|rd|th))\s){{0,3}}(?:{_STREETS})\b{_NO_PLURAL}"
)
# "2:24-cv-01187"; "SN 884-2210-7": digits in groups, too many for a score or a day.
_GROUPED = (
    r"(?<![\w.,:-])\d{1,2}:\d{2}-[a-z]{2}-\d{3,6}\b"
    r"|(?<![\w.,-])(?=[\d-]{9})(?!\d{1,2}-\d{1,2}-\d{4}\b)\d{1,9}(?:-\d{1,9}){2,}\b"
)
# "US 10,223,441 B2", "patent 9,411,202"; "SU 387 148" on a map; "51.5074 N, 0.1278 W" and "(51.5074, -0.1278)" on the globe.
_PATENT = (
    r"\b(?:US|EP|WO|GB)\s?\d[\d,]{5,11}\s?[A-Z]\d?\b|(?<=[Pp]atent\s)(?:(?:US|EP|WO|GB)\s)?\d[\d,]{5,11}\b"
)
_GRID = r"(?<=[Gg]rid\sreference\s)[A-Z]{2}\s?\d{2,5}\s?\d{2,5}\b|(?<=[Gg]rid\sref\s)[A-Z]{2}\s?\d{2,5}\s?\d{2,5}\b"
_ANGLE = (
    r"\d{1,3}(?:\.\d{1,8})?(?:\s?°(?:\s?\d{1,2}(?:\.\d+)?\s?['’′](?:\s?\d{1,2}(?:\.\d+)?\s?[\"”″])?)?)?\s?"
)
_POSITION = (
    rf"(?<![\w.,])[NS]?{_ANGLE}(?:[NS]\b|[Nn]orth|[Ss]outh)(?:\s?,|\sand|\sby)?\s{{0,2}}{_ANGLE}(?:[EW]\b|[Ee]ast|[Ww]est)"
    r"|(?<![\w.,])[-−]?\d{1,3}\.\d{4,8},\s?[-−]?\d{1,3}\.\d{4,8}\b"
)
# "US 1 was closed"; "the US 3-1" and "the US 40 tariffs" are no road.
_ROAD = (
    r"(?<![Tt]he\s)\bUS[ -]\d{1,3}(?=,(?!\d)|[;)]|\.(?!\d)|$|\s(?:and|at|near|between|to|from|was|were|is|are|north|south|east|west|northbound"
    r"|southbound|eastbound|westbound)\b)"
)
# "no. 24-10388", "docket 3:21-cv-00412", "Case 24-1187".
_FILE = (
    r"\b(?:[Nn]os?\.|[Nn]umbers?|[Dd]ocket|[Rr]ef(?:erence|\.)?|[Ss]erial|[Ii]nvoice)\s?(?:[Nn]os?\.?|[Nn]umber|#)?:?\s?"
    r"[A-Z]{0,4}[-/]?\d{1,9}(?:[-/:.]{1,2}[A-Za-z]{0,4}[-/]?\d{1,9}){1,5}\b"
    r"|\b[Cc]ases?\s\d{1,4}[-/:](?:[A-Za-z]{2}[-/])?\d{3,9}\b"
)
# "Docket number 4471", "her flight number was 212"; a number of cases can be a count: "the case number was 2,120".
_NUMBERED = (
    r"\b(?:(?:[Dd]ocket|[Ff]ile|[Ff]light|[Bb]ill|[Ii]nmate|[Pp]risoner|[Ll]icen[cs]e|[Pp]late|[Rr]egistration|[Aa]ccount|[Ss]erial"
    r"|[Tt]elephone|[Pp]hone|[Hh]otline|[Hh]elpline|[Ii]nvoice|[Pp]assport|[Bb]adge|[Rr]eference|[Pp]ermit|[Pp]atent|[Tt]ail|[Hh]ull|[Rr]oom"
    r"|[Ss]eat|[Hh]ouse|[Jj]ersey|[Ss]hirt|[Ss]quad|[Bb]ib|[Tt]icket|[Pp]olicy)\s[Nn]umber(?:\s(?:is|was|of))?:?"
    r"|[Cc]ase\s[Nn]umber:?)\s[A-Z]{0,4}[-/]?\d{1,9}(?!,\d)\b"
    r"(?:[-/:.]{1,2}[A-Za-z]{0,4}[-/]?\d{1,9}\b){0,5}"
)
# "H.R. 1523", "S. 2226", "the 4200 block of", "Flug LH 447", "Aktenzeichen 3 Js 1204/25", "n° 24-10388".
_OTHER = (
    r"\b(?:H\.\s?R\.|S\.|H\.\s?Res\.|S\.\s?Res\.|H\.B\.|S\.B\.)\s\d{2,5}\b"
    r"|(?<![\w.,])\d{1,5}(?=[\s-]block\sof\b)"
    r"|\b(?:[Ff]light|Flug|[Vv]ol|[Vv]uelo|[Vv]olo|[Vv]oo|[Vv]lucht)\s[A-Z][A-Z0-9]\s?\d{1,4}\b"
    r"|\b(?:Az\.|Aktenzeichen|Geschäftszeichen):?\s(?:\w{1,4}\s){0,3}\d{1,6}/\d{2,4}\b"
    r"|(?<!\w)[Nn][º°]\s?\d{1,9}(?:[-/.]\d{1,9}){1,3}\b"
)
# "FY26", "FY2025-26", "FY 2026/27", "fiscal 2025-26", "Q1 2026-27".
_FISCAL = r"\b(?:Q[1-4]|H[12]|[1-4]Q|[12]H)\s?\d{4}[-–/]\d{2}\b(?![-–/]\d)|\b(?:FY|CY)\s?['’]?\d{2,4}(?:[-–/]\d{2,4})?\b|(?<=[Ff]iscal\s)\d{4}[-–/]\d{2,4}\b"
# Boeing's and Airbus's models with their series: "a 737-800", "787-9", "A350-1000".
_AIRCRAFT = r"(?<![\w.,$€£-])(?:7[0-8]7|A?3[0-8]0)-(?:[1-9]00|1000|10|8|9)(?:ER|LR|F|neo)?\b"
# Runs, wickets, sets: "112/2", "24/7"; and days that are names.
_SLASHED = r"(?<![\w.,/$€£])(?:9/11|7/7|24/7|50/50|20/20)(?![\w/]|[.,]\d)"
# "Motion 14/2034", "45+2" of a match, "doi:10.1000/xyz".
_OF_A_YEAR = r"(?<![\w.,/$€£-])\d{1,5}/(?:19|20)\d{2}(?![\w/]|[.,]\d)"
_ADDED_TIME = r"(?<![\w.,$€£-])(?:45|90|105|120)\+\d{1,2}(?![\w.,]*\d)"
_DOI = r"\b(?:doi|DOI):?\s?10\.\d{4,9}/\S+"
# A split or an even chance; a vote can end so.
_EVEN = r"(?<![\w.,/$€£-])(?<!voted )(?:50-50|[Ff]ifty-fifty)(?![\w/-]|[.,]\d|\s(?:vote|tie)\b)"
# Several numbers without spaces between them, so that none of them can be told: "a set of 3,5 and 8 pounds".
_ROW = r"(?<![\w.,$€£-])\d{1,2}(?:,\d{1,2}){1,5}(?=,?\s(?:and|or|&)\s\d{1,2}\b(?![,.]\d))"
_CODES = re.compile(
    "|".join(
        (
            _ROW,
            _PHONE,
            _SHORT_CODE,
            _CALLED,
            _HOUSE,
            _HOUSE_BEHIND,
            _HOUSE_BEFORE,
            _TOWN_CODE,
            _POSTCODE,
            _GROUPED,
            _ROAD,
            _COUNTED_PLACES,
            _RELEASE,
            _FILE,
            _FISCAL,
            _OTHER,
            _AIRCRAFT,
            _SLASHED,
            _EVEN,
            _OF_A_YEAR,
            _ADDED_TIME,
            _DOI,
            _NUMBERED,
            _EMERGENCY,
        )
    )
)
# Patterns that few texts need are tried only behind what each of them holds: "atent", "rid ref", degrees or a direction.
_RARE = re.compile("|".join((_PATENT, _GRID, _POSITION)))
_RARE_CUE = re.compile(
    r"(?:US|EP|WO|GB|atent\s)\s?\d|atent\s(?:US|EP|WO|GB)|rid\sref|\d\.\d{4}|[\d°'’′\"”″]\s?(?:[NS]\b|[Nn]orth|[Ss]outh)"
)


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where such numbers stand, half-open, in order."""
    spans = [match.span() for match in _CODES.finditer(text)]
    if _RARE_CUE.search(text):
        spans += [match.span() for match in _RARE.finditer(text)]
    return sorted(spans)
