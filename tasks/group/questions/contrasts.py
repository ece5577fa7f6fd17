"""Two numbers that one article sets against each other: "17, according to the company, and 23, according to the hospital"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from tasks.group.questions.answers import Answer, Mention

# Words that say whose number it is, or that it is a number given by somebody.
_CUE = re.compile(
    r"\b(?:according to|says?|said|told|puts?|g[ai]ves? (?:the|its|a)|counted|counts|estimate[sd]?|denie[sd]|claims?|claimed|reports?|reported"
    r"|figures? of|number (?:of|at|as)|(?:speaks?|spoke|talks?|talked|thinks?|thought) of|expect(?:s|ed)?|fear(?:s|ed)?|reckon(?:s|ed)?|st(?:ands?|ood) by|insist(?:s|ed)?"
    r"|maintain(?:s|ed)?|argue[sd]?|by (?:the|its|his|her|their) [a-z]+['’]s? (?:count|estimate|reckoning))\b",
    re.IGNORECASE,
)
_ESTIMATED = ("count", "money")
# "They said, up from an earlier estimate of 1.9 billion": one voice corrects itself.
_EARLIER = re.compile(
    r"\b(?:up|down|revised|raised|cut|lowered) from\b|\bearlier\b|\bprevious", re.IGNORECASE
)
_RANGE = ("to", "and", "or", "-", "–")  # "rose from 31 million to 54 million"
_MORE = re.compile(r"\s(?:more|other|others|further)\b")  # "expect three more"
_FARTHEST = 4.0  # times: two counts of one crowd
_NEAR_CHARS = 220


def find_contrasts(answers: Sequence[Answer], text: str) -> Iterator[tuple[Answer, Answer]]:
    """Pairs of an article's answers to one question: different counts next to each other, the second without a noun of
    its own, each said by somebody."""
    for kind in _ESTIMATED:
        mentions = [
            (mention, answer) for answer in answers if answer.kind == kind for mention in answer.mentions
        ]
        mentions.sort(key=lambda item: int(item[0].figure["start_char"]))
        for (one, first), (other, second) in itertools.pairwise(mentions):
            if first is not second and _are_set_against(one, other, text):
                yield first, second


def _are_set_against(one: Mention, other: Mention, text: str) -> bool:
    start, end = one.figure["end_char"], other.figure["start_char"]
    if text[start:end].strip() in _RANGE or _MORE.match(text, other.figure["end_char"]):
        return False
    if other.figure["counted"] or not 0 <= end - start <= _NEAR_CHARS or "\n" in text[start:end]:
        return False
    low, high = sorted((one.interval.middle or 0.0, other.interval.middle or 0.0))
    if low < 2 or not low < high <= _FARTHEST * low or _EARLIER.search(text[start:end]):
        return False
    units = one.interval.unit, other.interval.unit
    if None not in units and units[0] != units[1]:
        return False
    befell, befell_others = one.sets["outcomes"], other.sets["outcomes"]
    if befell and befell_others and not befell & befell_others:
        return False  # "74 are injured, doctors said; the ministry puts the dead at nineteen"
    sentences = one.figure["sentence_number"], other.figure["sentence_number"]
    if None in sentences or sentences[1] - sentences[0] > 1:
        return False
    before, after = text[max(0, one.figure["start_char"] - 90) : start], text[end : end + 90]
    between = text[start:end]
    lead = re.split(r"[.!?]\s", before)[-1]
    cues = len(_CUE.findall(between)) + bool(_CUE.search(lead)) + bool(_CUE.search(_clause(after)))
    return cues >= 2


def _clause(text: str) -> str:
    """The text up to the end of its sentence."""
    return re.split(r"[.!?](?:\s|$)", text)[0]
