"""Whether a clause in another language than English tells of what was: "Am Donnerstag fielen die Kurse", "a déclaré vendredi"."""

from __future__ import annotations

import re
from functools import cache

_REACH = 70  # characters on either side
_OPENING_WORDS = 2  # "Le jeudi, ..." opens its clause
_CLAUSE = re.compile(
    r"[.;:!?\n«»„“”\"(),–—]|\b(?:que|che|dass|daß|dat|att|że|что|quand|wenn|wo)\b|\bqu['’]", re.IGNORECASE
)
# Endings that only a past tense has, its helpers with their participles, and verbs that news uses most.
_PAST = {
    "de": r"sagten?|teilten?|fiel(?:en)?|stieg(?:en)?|kam(?:en)?|war(?:en)?|wurden?|gab(?:en)?|ging(?:en)?|hielt(?:en)?|starb(?:en)?|verlor(?:en)?"
    r"|gewann(?:en)?|sprach(?:en)?|traf(?:en)?|brach(?:en)?|schloss(?:en)?|erklärten?|kündigten?|meldeten?|hatten?|begann(?:en)?|fand(?:en)?",
    "fr": r"(?:a|ont|avait|avaient)\s(?:été\s)?\w+(?:é|ée|és|ées|i|u|it|is)|(?:est|sont)\s(?:mort|morts|tombé|tombée|venu|arrivé|parti)\w*",
    "es": r"\w{3,}(?:aron|ieron|eyeron|ayeron|ó)|dijo|dijeron|fue|fueron|hubo|hizo|tuvo",
    "it": r"(?:ha|hanno|aveva|avevano)\s\w+(?:ato|uto|ito|etto|atto|eso|orso|isto|erto)|(?:è|sono)\s\w{3,}(?:ato|ata|ati|ate|uto|uta|uti|ute|esi|ese|eso|esa|orto|orti)",
    "nl": r"zei(?:den)?|daalden?|stegen|steeg|werd(?:en)?|was|waren|had(?:den)?|kwam(?:en)?|meldden?|verloor|verloren|wonnen?|viel(?:en)?|stierf|stierven",
    "pt": r"disse|disseram|foi|foram|teve|houve|\w{3,}(?:aram|eram|íram|iram|ou|eu)",
    "sv": r"sade|sa|föll|steg|var|blev|hade|kom|dog|vann|förlorade|meddelade|\w{3,}ades?",
    "pl": r"\w{3,}(?:ał|ała|ali|ały|ało|ił|iła|ili|iły|iło|ył|yła|yli|yły|adł|adła|adły|edł|szła|szedł)(?:\ssię)?",
    "ru": r"\w{3,}(?:ал|ала|али|ало|ил|ила|или|ило|ел|ела|ели|ело|ыл|ыла|ыли|ыло|нул|нула|нули|пал|пали|шел|шла|шли|шёл)(?:ся|сь)?",
}  # fmt: skip
_TO_COME = {
    "de": r"wird|werden|soll|sollen|will|wollen",
    "fr": r"va|vont|doit|doivent|\w{3,}(?:era|eront|ira|iront|dra|dront)",
    "es": r"va|van|\w{3,}(?:rá|rán)",
    "it": r"\w{3,}(?:rà|ranno)",
    "nl": r"zal|zullen|gaat|gaan|wil|willen",
    "pt": r"vai|vão|\w{3,}(?:rá|rão)",
    "sv": r"ska|skall|kommer|väntas",
    "pl": r"będzie|będą|ma|mają",
    "ru": r"будет|будут|\w{3,}(?:ется|ётся|утся|ятся)",
}


def tells_past(text: str, start: int, end: int, language: str) -> bool:
    """Whether a verb of the past is in the clause around text[start:end], and none of what is to come."""
    if language not in _PAST:
        return False
    before = _CLAUSE.split(text[max(0, start - _REACH) : start])[-1]
    behind = text[end : end + _REACH]
    after = _CLAUSE.split(behind if len(before.split()) > _OPENING_WORDS else behind.lstrip(", "))[0]
    clause = f"{before} | {after}"
    past, to_come = _patterns(language)
    return past.search(clause) is not None and to_come.search(clause) is None


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"\b(?:{_PAST[language]})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{_TO_COME[language]})\b", re.IGNORECASE),
    )
