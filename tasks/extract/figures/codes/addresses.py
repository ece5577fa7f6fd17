"""Numbers of houses, roads, towns and places on the globe, by their form.

Sources: USPS Publication 28, appendix C1, and Royal Mail's address guide.
"""

from __future__ import annotations

STREETS = (
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
HOUSE_BEHIND = (
    rf"(?:{_STREET_FIRST}|{_STREET_LAST})\d{{1,4}}(?:/?[a-zA-Z]|\s[a-zA-Z])?(?:\s?[-–/]\s?\d{{1,4}}[a-zA-Z]?)?"
    r"(?=[,.;:)]?(?:\s|$))(?=[,.;:)\n]|$|\s(?:in|en|à|i|und|och|y|e|et|w|aus|ab|auf|ist|war|wurde|steht|stand|liegt|brannte)\b)"
)
HOUSE_BEFORE = (
    r"(?<![\w.,])\d{1,4}(?:\s(?:bis|ter|quater))?,?\s(?:de la |de l['’]|du )?"
    r"(?:(?:[Rr]ue|[Bb]oulevard|[Qq]uai|[Aa]llée|[Ii]mpasse|[Cc]hemin|Calle|Via|Viale|Piazza|Rua|Avenida)\s(?:[Dd]e|[Dd]u|[Dd]es|[Dd]ella?|[Dd]['’]|[A-ZÀ-Ý])"
    r"|(?:avenue|place|cours|Avenue|Place|Cours)\s(?:[Dd]e|[Dd]u|[Dd]es|[Dd]['’]|[A-ZÀ-Ý]))"
)
# "9 Rue des Forges, 59000 Lille": the five digits are a postcode. They stand between a comma and the town's name.
TOWN_CODE = r"(?<=,\s)(?:[A-Z]{1,2}-)?\d{5}(?=\s[A-ZÀ-Ý][\w’'-]+(?:[,.;)\n]|$))"
POSTCODE = r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"  # Royal Mail
# Centuries and addresses in Chinese, Japanese and Korean.
COUNTED_PLACES = r"\b[Ll]at(?:a|ach)\s\d0\.|(?<!\d)\d{1,2}\s?(?:世纪|世紀|세기)|(?<!\d)\d{1,2}丁目(?:\d{1,3}番地?)?(?:の?\d{1,3}号?)?"
_SIDES = r"(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.?\s"
# A plural behind the street is what the number counts: "12 Fleet Street reporters".
_NO_PLURAL = r"(?!\s(?!(?:is|was|has|as|does|this|his|its|always|us|s)\b)[a-z][a-z-]{2,30}s\b)"
HOUSE = (
    r"(?<![\w.,$€£#-])\d{1,5}[A-Za-z]?(?:[-–/]\d{1,5}[A-Za-z]?)?\s"
    rf"(?:{_SIDES})?(?:(?:[A-Z][\w.'’-]{{0,30}}|\d{{1,3}}(?:st|nd|rd|th))\s){{0,3}}(?:{STREETS})\b{_NO_PLURAL}"
)
# "US 1 was closed"; "the US 3-1" and "the US 40 tariffs" are no road.
ROAD = (
    r"(?<![Tt]he\s)\bUS[ -]\d{1,3}(?=,(?!\d)|[;)]|\.(?!\d)|$|\s(?:and|at|near|between|to|from|was|were|is|are|north|south|east|west|northbound"
    r"|southbound|eastbound|westbound)\b)"
)
GRID = r"(?<=[Gg]rid\sreference\s)[A-Z]{2}\s?\d{2,5}\s?\d{2,5}\b|(?<=[Gg]rid\sref\s)[A-Z]{2}\s?\d{2,5}\s?\d{2,5}\b"
_ANGLE = (
    r"\d{1,3}(?:\.\d{1,8})?(?:\s?°(?:\s?\d{1,2}(?:\.\d+)?\s?['’′](?:\s?\d{1,2}(?:\.\d+)?\s?[\"”″])?)?)?\s?"
)
POSITION = (
    rf"(?<![\w.,])[NS]?{_ANGLE}(?:[NS]\b|[Nn]orth|[Ss]outh)(?:\s?,|\sand|\sby)?\s{{0,2}}{_ANGLE}(?:[EW]\b|[Ee]ast|[Ww]est)"
    r"|(?<![\w.,])[-−]?\d{1,3}\.\d{4,8},\s?[-−]?\d{1,3}\.\d{4,8}\b"
)
