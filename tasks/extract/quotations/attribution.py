"""From a quoted stretch to the report that tells who speaks, by place first and by the parse after."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks.extract.document import Document
from tasks.extract.quotations.marks import Stretch
from tasks.extract.quotations.parsed import ParsedSentence
from tasks.extract.quotations.plain import find_plain_report
from tasks.extract.quotations.reports import (
    Report,
    clause_before,
    find_label,
    find_signature,
    governing_report,
    main_clause,
    weak_report,
)

_SENTENCE_END = re.compile(r"[.!?…][\"”’')]*\s+(?=[\"“‘'(]?[A-Z])")
_CROSSHEAD = re.compile(r"\W{0,3}(?:What|Why|How|Who|Where|When)\b[^.:!?\n]{0,40}:\s*")
_SPEECH_GOES_ON = ",?!—–-…"
_MAX_LEAD_WORDS = 3
_MOST_OF_REPORT = 2  # words between a verb of speech and a colon that still introduce what was said
_MAX_BETWEEN_WORDS = 12
# What these begin has a speaker of its own: "said it was “safe”, while Orr said".
_NEW_CLAUSE = frozenset({"while", "whereas", "but", "although"})
_MOST_NEAR = 40  # reports of one sentence looked at on either side of quoted words
_DIVIDER = re.compile(r"[:;\n]")
_OPENERS = re.compile(r"^(?:and|but|so|or|then|yet|because|that)?\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StretchPlace:
    """A stretch in its line: where the line and the reporter's words around the stretch begin and end."""

    stretch: Stretch
    line_start: int
    line_end: int
    gap_start: int
    gap_end: int
    above_end: int  # one past the last character above the line, 0 on the first one


@dataclass(frozen=True, slots=True)
class Scene:
    """All that attribution looks at: the article, its quoted stretches, reports and parses."""

    document: Document
    places: Sequence[StretchPlace]
    reports: Sequence[Report]
    parses: Mapping[int, ParsedSentence]
    spoken: Sequence[Report] = field(init=False)
    telling: Sequence[Report] = field(init=False)
    by_token: Mapping[int, Mapping[int, Report]] = field(init=False)
    dividers: Sequence[int] = field(init=False)
    _clauses: dict[int, Report | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """`spoken` are the reports by a verb of speech, `telling` all but those by verbs that need not tell of
        speech, `by_token` all of each sentence, `dividers` the places of colons, semicolons and line ends."""
        by_token: dict[int, dict[int, Report]] = {}
        for report in self.reports:
            by_token.setdefault(report.sentence_number, {})[report.token] = report
        object.__setattr__(self, "spoken", [report for report in self.reports if report.how == "verb"])
        object.__setattr__(self, "telling", [report for report in self.reports if report.how != "other"])
        object.__setattr__(self, "by_token", by_token)
        marks = _DIVIDER.finditer(self.document.text)
        object.__setattr__(self, "dividers", [mark.start() for mark in marks])

    def last_spoken(self, start: int, end: int) -> Report | None:
        """The last report by a verb of speech whose cue begins there."""
        place = bisect_left(self.spoken, end, key=lambda report: report.cue_start) - 1
        return self.spoken[place] if place >= 0 and self.spoken[place].cue_start >= start else None

    def is_divided(self, start: int, end: int) -> bool:
        """Whether a colon, a semicolon or a line's end is there."""
        return bisect_left(self.dividers, start) < bisect_left(self.dividers, end)

    def clause_of(self, number: int) -> Report | None:
        """The main verb of a sentence with its subject, found once."""
        if number not in self._clauses:
            sentence = self.parses.get(number)
            self._clauses[number] = main_clause(sentence) if sentence else None
        return self._clauses[number]

    def reports_between(self, start: int, end: int) -> Sequence[Report]:
        """The reports whose cue begins there, in order."""
        low = bisect_left(self.reports, start, key=lambda report: report.cue_start)
        high = bisect_left(self.reports, end, key=lambda report: report.cue_start)
        return self.reports[low:high]


def locate(text: str, stretches: Sequence[Stretch]) -> list[StretchPlace]:
    """The stretches with the gaps around them; a gap ends at the line's end or the next stretch."""
    breaks = [-1, *(match.start() for match in re.finditer("\n", text)), len(text)]
    line_ends = _line_ends(text, breaks)
    places = []
    for number, stretch in enumerate(stretches):
        line = bisect_right(breaks, stretch.start_char) - 1
        line_start, line_end = breaks[line] + 1, breaks[line + 1]
        gap_start, gap_end = line_start, line_end
        if number:
            gap_start = max(gap_start, stretches[number - 1].end_char)
        if number + 1 < len(stretches):
            gap_end = min(gap_end, stretches[number + 1].start_char)
        places.append(StretchPlace(stretch, line_start, line_end, gap_start, gap_end, line_ends[line]))
    return places


def _line_ends(text: str, breaks: Sequence[int]) -> list[int]:
    """For each line, where the last line above that is not blank ends."""
    ends = [0]
    for start, end in pairwise(breaks):
        line = text[start + 1 : end].rstrip()
        ends.append(start + 1 + len(line) if line else ends[-1])
    return ends


def find_report(scene: Scene, place: StretchPlace) -> Report | None:
    """Who says these words, as the words' own sentence tells; None when it does not."""
    stretch = place.stretch
    text = scene.document.text
    is_headed = follows_crosshead(text, place)
    begins = is_headed or begins_sentence(text, place)
    sure = (
        find_label(scene.document, place.line_start, stretch)
        or find_signature(scene.document, stretch, place.line_end)
        or (find_plain_report(scene.document, stretch) if begins else None)
    )
    if sure is not None:
        return sure
    before = None if is_headed else _before(scene, place)
    if before is not None and before.how in ("verb", "phrase"):
        return before
    return _find_within(scene, place, before) if not begins else _find_beside(scene, place, before)


def _find_within(scene: Scene, place: StretchPlace, before: Report | None) -> Report | None:
    """For words inside the reporter's sentence: what they hang on, unless a source is named behind them."""
    after = _after(scene, place)
    if after is not None and after.how == "phrase":
        return after
    governing = _governing(scene, place)
    if governing is not None and governing.how == "verb":
        return governing
    if before is not None or governing is not None:
        spoken = _speech_verb_before(scene, place)
        if governing is not None and spoken is not None and _is_of_own_clause(scene, governing, spoken):
            return governing
        return spoken or before or after or governing
    return after or _above(scene, place) or _same_sentence(scene, place)


def _is_of_own_clause(scene: Scene, nearer: Report, spoken: Report) -> bool:
    """Whether the nearer report has a clause beside the other's: "Orr said no, while her lawyer spoke of “progress”"."""
    sentence = scene.parses.get(nearer.sentence_number)
    if sentence is None or nearer.token < 0 or nearer.by_pronoun:
        return False
    verb = sentence.parse[nearer.token]
    is_behind = spoken.end <= nearer.speaker_start < nearer.cue_start
    return is_behind and nearer.by_person and verb.tag_ != "VB" and verb.dep_ in ("advcl", "parataxis")


def _find_beside(scene: Scene, place: StretchPlace, before: Report | None) -> Report | None:
    """For words that begin their sentence: what comes after them, else above or further off."""
    if before is not None:
        return _speech_verb_before(scene, place) or before
    report = _after(scene, place) or _above(scene, place)
    return report or _governing(scene, place) or _same_sentence(scene, place)


def _speech_verb_before(scene: Scene, place: StretchPlace) -> Report | None:
    """The last verb of speech in the words' sentence, across other quoted words."""
    sentence = scene.document.sentence_at(place.stretch.start_char)
    return scene.last_spoken(sentence.start_char, place.stretch.start_char)


def find_weak_report(scene: Scene, place: StretchPlace) -> Report | None:
    """The subject of whatever verb governs the words."""
    number = scene.document.sentence_at(place.stretch.start_char).number
    sentence = scene.parses.get(number)
    return weak_report(sentence, place.stretch) if sentence else None


def begins_sentence(text: str, place: StretchPlace) -> bool:
    """No word of the reporter's sentence comes before the quoted ones."""
    gap = text[place.gap_start : place.stretch.start_char]
    ends = [match.end() for match in _SENTENCE_END.finditer(gap + "A")]
    return bool(_OPENERS.match(gap[ends[-1] if ends else 0 :].strip()))


def follows_crosshead(text: str, place: StretchPlace) -> bool:
    """A crosshead in the same line comes before the words: 'What they say: “No,” said Orr.'"""
    gap = text[place.gap_start : place.stretch.start_char]
    return place.gap_start == place.line_start and _CROSSHEAD.fullmatch(gap) is not None


def _before(scene: Scene, place: StretchPlace) -> Report | None:
    """The last report before the words with next to nothing between: 'said on Monday, “'.

    A verb that need not tell of speech gives way to one before it: "said she believes that “".
    """
    stretch = place.stretch
    nearest = None
    for report in reversed(scene.reports_between(place.gap_start, stretch.start_char)):
        end = report.end if report.end <= stretch.start_char else report.cue_end
        between = scene.document.text[end : stretch.start_char]
        if len(between.split()) > _MAX_BETWEEN_WORDS or _SENTENCE_END.search(between + "A"):
            break
        introduces = between.rstrip().endswith((",", ":")) or between.strip(" ,:\xa0") in ("", "that")
        if (introduces or nearest is not None) and report.how == "verb":
            return _teller_of(scene, place, report, between) or report
        if introduces and nearest is None:
            nearest = report
        if nearest is not None and nearest.how == "phrase":
            break
    return nearest or _before_colon(scene, place)


def _teller_of(scene: Scene, place: StretchPlace, report: Report, between: str) -> Report | None:
    """Who tells of somebody else's report, where words of it come before the colon: "Orr said workers had reported cracks in
    May: “They told us.”"."""
    if (
        not between.rstrip().endswith(":")
        or len(between.split()) <= _MOST_OF_REPORT
        or report.start > report.cue_start
    ):
        return None
    sentence = scene.document.sentence_at(report.cue_start)
    begin = max(sentence.start_char, place.gap_start)
    outer = [
        one
        for one in scene.reports_between(begin, report.cue_start)
        if one.how == "verb" and one.cue_end <= report.start
    ]
    return outer[0] if outer and not scene.is_divided(outer[0].cue_end, report.cue_start) else None


def _before_colon(scene: Scene, place: StretchPlace) -> Report | None:
    """Whoever the sentence is about that ends in a colon before the words."""
    gap = scene.document.text[place.gap_start : place.stretch.start_char].rstrip()
    if not gap.endswith(":"):
        return None
    number = scene.document.sentence_at(place.gap_start + len(gap) - 1).number
    found = scene.clause_of(number)
    if found is None and number in scene.parses:
        found = clause_before(scene.parses[number], place.gap_start + len(gap))
    return found


def _above(scene: Scene, place: StretchPlace) -> Report | None:
    """The last report of a line above that ends with a colon, for words that begin their line."""
    text = scene.document.text
    end = place.above_end
    is_first = place.gap_start == place.line_start
    if (
        not is_first
        or text[max(0, end - 1) : end] != ":"
        or text[place.line_start : place.stretch.start_char].strip()
    ):
        return None
    sentence = scene.document.sentence_at(end - 1)
    return scene.last_spoken(sentence.start_char, end) or scene.clause_of(sentence.number)


def find_beat(scene: Scene, place: StretchPlace) -> Report | None:
    """Who acts in the sentence before words that begin a sentence: 'Orr shook her head. “No.”'"""
    text = scene.document.text
    gap = text[place.gap_start : place.stretch.start_char].rstrip()
    if gap[-1:] not in ".!?" or not begins_sentence(text, place):
        return None
    number = scene.document.sentence_at(place.gap_start + len(gap) - 1).number
    sentence = scene.parses.get(number)
    if sentence is None or sentence.sentence.start_char < place.gap_start:
        return None
    beat = scene.clause_of(number)
    return beat if beat is not None and beat.by_person and not beat.by_pronoun else None


def _after(scene: Scene, place: StretchPlace) -> Report | None:
    """The first report after the words with next to nothing between: '” the minister said'."""
    stretch, text = place.stretch, scene.document.text
    reports = scene.reports_between(stretch.end_char, place.gap_end)
    if not reports:
        return None
    report = min(reports, key=lambda r: r.start if r.start >= stretch.end_char else r.cue_start)
    start = report.start if report.start >= stretch.end_char else report.cue_start
    lead = text[stretch.end_char : start]
    if not _NEW_CLAUSE.isdisjoint(lead.lower().split()):
        return None
    last = text[stretch.inner_start : stretch.inner_end].rstrip()[-1:]
    goes_on = last in _SPEECH_GOES_ON or lead.lstrip().startswith((",", "—", "–", "-"))
    unpunctuated = last.isalnum() and begins_sentence(text, place)
    if (
        (goes_on or unpunctuated)
        and len(lead.split()) <= _MAX_LEAD_WORDS
        and not _SENTENCE_END.search(lead + "A")
    ):
        return report
    return None


def _governing(scene: Scene, place: StretchPlace) -> Report | None:
    number = scene.document.sentence_at(place.stretch.start_char).number
    sentence = scene.parses.get(number)
    return governing_report(sentence, place.stretch, scene.by_token.get(number, {})) if sentence else None


def _same_sentence(scene: Scene, place: StretchPlace) -> Report | None:
    """The nearest report of the sentence: before the words, else after them."""
    sentence = scene.document.sentence_at(place.stretch.start_char)
    stretch = place.stretch
    telling = scene.telling
    first, here, behind, end = (
        bisect_left(telling, char, key=lambda report: report.cue_start)
        for char in (sentence.start_char, stretch.start_char, stretch.end_char, sentence.end_char)
    )
    before = range(here - 1, max(first, here - _MOST_NEAR) - 1, -1)
    after = range(behind, min(end, behind + _MOST_NEAR))
    near = (telling[number] for number in (*before, *after))
    return next((report for report in near if not _is_parted(scene, place, report)), None)


def _is_parted(scene: Scene, place: StretchPlace, report: Report) -> bool:
    """A colon or semicolon is between the report and the words, or more than a line's end."""
    if report.end < place.stretch.start_char:
        return scene.is_divided(report.end, place.stretch.start_char)
    return scene.is_divided(place.stretch.end_char, report.start)
