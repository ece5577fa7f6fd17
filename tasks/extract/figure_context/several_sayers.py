"""Who says the number where a sentence has several voices: "police counted 8,000, organisers said 15,000"."""

from __future__ import annotations

import re

from tasks.extract.quotations.indirect_speech.words import speaking_nouns

_JOINTS = r"(?:and|but|while|whereas|though)"
_WHO = r"((?:the |a |an )?[\w’'.& -]{2,60}?)"
_VERBS = (
    r"(?:said|says|say|told|reported|reports|announced|confirmed|counted|counts|estimated|estimates|estimate|believes?|put|puts"
    r"|reckons?|reckoned|fears?|feared|claims?|claimed|(?:speaks?|spoke|talks?|talked) of)"
)
# A speaker with more behind the verb: "..., while organisers said 15,000 had come".
_VOICE = re.compile(
    rf"(?:^\W*|[,;–—]\s(?:{_JOINTS}\s)?|\s{_JOINTS}\s){_WHO}\s{_VERBS}\b(?=\s+\S+\s+\w|\s+\S*\d)",
    re.IGNORECASE,
)
_HEDGES = r"(?:about |some |around |nearly |almost |up to |at least |more than |over |just |only |roughly )?"
# "Police put the number at 8,000 and the union, the Federation of Trades, at ": the verb is not said again.
_GAPPED_AT = re.compile(
    rf"\b(?:put|puts|putting|estimated|estimates?)\b.{{1,80}}?\bat\b.{{1,60}}?(?:,?\s{_JOINTS}|,)\s"
    rf"((?!at\b)[^,;]{{2,80}}?)(?:,[^,;]{{2,80}},?)?\sat\s{_HEDGES}$"
)
_GAPPED = re.compile(
    rf"(?:,|\s{_JOINTS})\s((?:the |a |an )?(?:[\w’'-]+ ){{0,3}}?[\w’'-]+)\s(of\s)?{_HEDGES}$"
)
# The head of a speaker's words ends before these: "economists at the university", "two people who know".
HEAD_END = re.compile(r"\s(?:at|in|of|for|from|with|on|to|that|who|which|close|familiar|briefed)\s")
_NOBODY = frozenset({"one", "ones", "not", "same", "other"})
_PLURAL_PERSONS = re.compile(r"\w{3,}(?:ers|ors|ists|ians)")
_REACH = 400  # characters before the number that are read

CLAIMED = frozenset(
    {"victory", "lives", "life", "credit", "responsibility", "benefit", "benefits", "compensation", "damages", "title", "gold", "silver",
     "bronze", "medal", "win", "wicket", "wickets", "asylum", "term", "expenses", "point", "points"}
)  # fmt: skip
_CLAIMED = re.compile(rf"\s(?:[\w$£€.,’'-]+\s){{0,4}}?(?:{'|'.join(sorted(CLAIMED))})\b", re.IGNORECASE)


def claims_a_thing(match: re.Match[str]) -> bool:
    """Whether the verb of a speaker takes and says nothing: "claimed victory", "the storm claimed 13 lives"."""
    verb = match.string[match.end(1) : match.end()]
    return "claim" in verb.lower() and _CLAIMED.match(match.string, match.end()) is not None


def find_voices(body: str) -> list[re.Match[str]]:
    """The speakers of a sentence that have their words behind them, in order; one match[1] for each."""
    return list(_VOICE.finditer(body))


def find_gapped(before: str, voices: list[re.Match[str]]) -> re.Match[str] | None:
    """Who says a number without a verb of its own, by the words before it; match[1], or None.

    `voices` are those that end before the number. Only behind one of them can a verb be left out.
    """
    if not voices:
        return None
    begin = max(0, len(before) - _REACH)
    if found := _GAPPED_AT.search(before, begin):
        return found
    bare = _GAPPED.search(before, begin)
    if bare is None or bare.start() < voices[-1].end():
        return None
    if (bare[2] is None) == voices[-1][0].endswith(
        " of"
    ):  # "organisers speak of 40,000 and police of 12,000"
        return None
    return bare if is_speaking_noun(bare[1].split()[-1]) else None


def is_speaker(head: str) -> bool:
    """Whether words without a name can speak: their last one is of those who do, or an article begins them ("the rebels")."""
    words = head.lower().split()
    is_thing = words[0] in ("the", "a", "an") and words[-1].isalpha() and words[-1] not in _NOBODY
    return is_speaking_noun(words[-1]) or (len(words) > 1 and is_thing)


def is_speaking_noun(word: str) -> bool:
    """Whether a common noun is of those who speak: people, bodies, papers, and plurals such as "growers"."""
    lower = word.lower()
    return lower in speaking_nouns() or _PLURAL_PERSONS.fullmatch(lower) is not None
