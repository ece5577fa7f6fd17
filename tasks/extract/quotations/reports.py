"""Reports of speech outside quotation marks: each a cue with the speaker it points to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Token

from tasks.extract.document import Document
from tasks.extract.quotations.anonymous import body_nouns, link_heads, person_nouns
from tasks.extract.quotations.cues import cue_words, other_verbs, particle_verbs, speech_nouns, speech_verbs
from tasks.extract.quotations.marks import Stretch
from tasks.extract.quotations.parsed import ParsedSentence
from tasks.extract.quotations.subjects import find_beside, find_subject, is_passive, is_thing, noun_phrase


@dataclass(frozen=True, slots=True)
class Report:
    """A cue and its speaker by half-open offsets; `token` is the cue's place in its sentence's parse.

    `how` is verb ("said"), other (a verb that need not tell of speech: "believes"), noun ("a warning from"), phrase ("according to"), label ("ORR:") or clause (any
    other verb with a person for its subject, a weak sign).
    """

    how: str
    cue_start: int
    cue_end: int
    speaker_start: int
    speaker_end: int
    sentence_number: int
    token: int = -1
    by_pronoun: bool = False
    by_person: bool = False  # a name, "he", "she" or a noun of persons

    @property
    def start(self) -> int:
        """Where the whole report begins."""
        return min(self.cue_start, self.speaker_start)

    @property
    def end(self) -> int:
        """One past where it ends."""
        return max(self.cue_end, self.speaker_end)


_LABEL_BEFORE = re.compile(r"^\W{0,3}((?:[A-Z][\w.'’-]*)(?:[ \t]+[A-Z][\w.'’-]*){0,4})\s?:\s*$")
_LABEL_CHARS = 120
_MAX_HEIGHT = 60  # steps up the tree; sentences that people write are never so deep
_LABEL_INSIDE = re.compile(r"\s*([A-Z][A-Z.'’-]+(?:[ \t]+[A-Z][A-Z.'’-]+){0,3})\s?:\s")
_NAME_AFTER_DASH = re.compile(
    r"^\s*[—–―-]{1,2}\s*((?:[A-Z][\w.'’-]*)(?:\s+(?:[A-Z][\w.'’-]*|de|van|von|al|bin)){0,5})"
)
# Subjects of a clause before a colon that say nothing.
_MUTE = frozenset({"it", "this", "that", "there", "these", "those", "what", "which"})


def find_reports(sentence: ParsedSentence) -> list[Report]:
    """The reports of a sentence in order of their cues; words inside quotation marks do not count."""
    found = [*_verb_reports(sentence), *_noun_reports(sentence), *_phrase_reports(sentence)]
    return sorted(found, key=lambda report: report.cue_start)


def find_label_inside(document: Document, stretch: Stretch) -> Report | None:
    """The name in capitals, with a colon, that a quoted transcript's words begin with."""
    inside = _LABEL_INSIDE.match(document.text, stretch.inner_start, stretch.inner_end)
    return _label_report(document, *inside.span(1), inside.end(1)) if inside else None


def find_label(document: Document, line_start: int, stretch: Stretch) -> Report | None:
    """The name before a colon: at the line's begin, directly before the quotation, or inside it."""
    is_near = stretch.start_char - line_start <= _LABEL_CHARS
    match = _LABEL_BEFORE.match(document.text[line_start : stretch.start_char]) if is_near else None
    label = match[1].lower() if match is not None else ""
    if match is None or label.split()[-1] in speech_verbs() or label in link_heads():
        return find_label_inside(document, stretch)
    start = line_start + match.start(1)
    end = line_start + match.end(1)
    return _label_report(document, start, end, end)


def find_signature(document: Document, stretch: Stretch, line_end: int) -> Report | None:
    """The name after a dash behind the quotation."""
    match = _NAME_AFTER_DASH.match(document.text[stretch.end_char : min(line_end, stretch.end_char + 120)])
    if match is None:
        return None
    start = stretch.end_char + match.start(1)
    return _label_report(document, start, stretch.end_char + match.end(1), stretch.end_char)


def _label_report(document: Document, start: int, end: int, cue: int) -> Report:
    return Report("label", cue, cue + 1, start, end, document.sentence_at(start).number)


def _verb_reports(sentence: ParsedSentence) -> Iterator[Report]:
    for token in sentence.parse:
        how = _verb_kind(sentence, token)
        if how is None or not sentence.is_outside(token):
            continue
        subject = find_subject(sentence, token)
        if subject is None and how == "verb" and not is_passive(token):
            subject = find_beside(sentence, token)
        if subject is not None and subject.i != token.i:
            yield _make_report("other" if is_thing(subject) else how, sentence, token, token, subject)


def _verb_kind(sentence: ParsedSentence, token: Token) -> str | None:
    """ "verb" for a word of speech in its verbal use, "other" for one that can be, else None."""
    if not token.tag_.startswith("VB") or token.dep_ in ("amod", "compound", "aux", "case"):
        return None
    if token.tag_ == "VBN" and token.dep_ == "acl" and not any(c.dep_ == "agent" for c in token.children):
        return None  # "a show called", "an interview published on Monday": the noun says nothing
    if token.lower_ in speech_verbs() and not _carries_on(token):
        return "other" if _is_not_yet_said(token) else "verb"
    particle = particle_verbs().get(token.lower_)
    if particle and token.i + 1 < len(sentence.parse) and sentence.parse[token.i + 1].lower_ == particle:
        return "verb"
    return "other" if token.lower_ in other_verbs() else None


def _carries_on(verb: Token) -> bool:
    """ "continued to grow": the verb tells of no speech."""
    return verb.lower_.startswith("continu") and any(child.dep_ == "xcomp" for child in verb.children)


def _is_not_yet_said(verb: Token) -> bool:
    """ "will warn", "plans to say": who tells of it speaks, where the sentence names one."""
    marks = {child.tag_ for child in verb.children if child.i < verb.i and child.lower_ != "did"}
    if verb.tag_ != "VB" or not marks & {"MD", "TO"}:
        return False
    return "MD" in marks or not any(child.dep_ == "nsubj" for child in verb.children)


def _noun_reports(sentence: ParsedSentence) -> Iterator[Report]:
    for token in sentence.parse:
        if token.lower_ not in speech_nouns() or not sentence.is_outside(token) or token.tag_[:2] != "NN":
            continue
        owner = _owner_of(sentence, token)
        if owner is not None:
            yield _make_report("noun", sentence, token, token, owner)


def _owner_of(sentence: ParsedSentence, noun: Token) -> Token | None:
    """Whose words: a possessor, or the name after "from" or "by"."""
    for child in noun.children:
        if child.dep_ == "poss" and sentence.is_outside(child):
            return child
        if child.lower_ in ("from", "by"):
            owner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if owner is not None and sentence.is_outside(owner):
                return owner
    return None


def _phrase_reports(sentence: ParsedSentence) -> Iterator[Report]:
    words = [token.lower_ for token in sentence.parse]
    for phrase in cue_words()["en"]["according"]["phrases"]:
        parts = phrase.split()
        for place in range(len(words) - len(parts)):
            if words[place : place + len(parts)] == parts and not sentence.quoted[place]:
                last = sentence.parse[place + len(parts) - 1]
                speaker = _object_of(sentence, last)
                if speaker is not None:
                    yield _make_report("phrase", sentence, sentence.parse[place], last, speaker)


def _object_of(sentence: ParsedSentence, preposition: Token) -> Token | None:
    found = next((c for c in preposition.children if c.dep_ == "pobj" and c.i > preposition.i), None)
    if found is None:
        for token in sentence.parse[preposition.i + 1 : preposition.i + 8]:
            if token.tag_[:2] == "NN" or token.tag_ == "PRP":
                found = token
            elif found is not None:
                break
    return found if found is not None and sentence.is_outside(found) else None


def _make_report(how: str, sentence: ParsedSentence, first: Token, last: Token, speaker: Token) -> Report:
    begin, end = noun_phrase(sentence, speaker)
    return Report(
        how,
        sentence.start_of(first),
        sentence.end_of(last),
        sentence.start_of(begin),
        sentence.end_of(end),
        sentence.sentence.number,
        first.i,
        speaker.tag_ == "PRP",
        speaker.tag_ == "NNP" or speaker.lower_ in ("he", "she") or speaker.lower_ in person_nouns(),
    )


def governing_report(
    sentence: ParsedSentence, stretch: Stretch, by_token: Mapping[int, Report]
) -> Report | None:
    """The report that the quoted words hang on in the parse, the nearest one up the tree.

    A verb that need not tell of speech gives way to one above it that does. `by_token` holds the sentence's
    reports by their token.
    """
    best: tuple[bool, int, Report] | None = None
    for token in _tops(sentence, stretch):
        for height, ancestor in enumerate(islice(token.ancestors, _MAX_HEIGHT)):
            report = by_token.get(ancestor.i)
            if report is not None and (best is None or (_gives_way(report, ancestor), height) < best[:2]):
                best = (_gives_way(report, ancestor), height, report)
            if report is not None and ancestor.dep_ == "advcl" and _has_subject(ancestor):
                break  # "protested when he talks of": the outer verb tells of something else
    return best[2] if best else None


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" for child in verb.children)


def _gives_way(report: Report, verb: Token) -> bool:
    """A speaker further out is meant rather: "Orr praised what she called", "said she believes"."""
    return report.how != "verb" or (report.by_pronoun and verb.dep_ in ("ccomp", "relcl", "pcomp"))


def weak_report(sentence: ParsedSentence, stretch: Stretch) -> Report | None:
    """The nearest verb up the tree, whatever it means, with its subject: for words surely spoken."""
    for token in _tops(sentence, stretch):
        for ancestor in islice(token.ancestors, _MAX_HEIGHT):
            if ancestor.tag_.startswith("VB") and sentence.is_outside(ancestor):
                subject = find_subject(sentence, ancestor)
                if subject is not None and (
                    subject.tag_ in ("NNP", "NNPS") or subject.lower_ in ("he", "she")
                ):
                    return _make_report("clause", sentence, ancestor, ancestor, subject)
    return None


def main_clause(sentence: ParsedSentence) -> Report | None:
    """The sentence's main verb with its subject."""
    for token in sentence.parse:
        if token.dep_ == "ROOT" and token.tag_.startswith("VB") and sentence.is_outside(token):
            subject = find_subject(sentence, token)
            speaks = subject is not None and subject.lower_ not in _MUTE
            return _make_report("clause", sentence, token, token, subject) if subject and speaks else None
    return None


def clause_before(sentence: ParsedSentence, end: int) -> Report | None:
    """The first verb before a colon that has a subject, where the parse takes the quoted words for the main clause:
    "Orr was blunt: “No.”"."""
    for token in sentence.parse:
        if sentence.start_of(token) >= end:
            return None
        if not token.tag_.startswith("VB") or not sentence.is_outside(token):
            continue
        subject = find_subject(sentence, token)
        if subject is not None and subject.i < token.i and _is_person(subject):
            return _make_report("clause", sentence, token, token, subject)
    return None


def _is_person(subject: Token) -> bool:
    """A name, or a noun of somebody who speaks or whose name comes behind it: "the mayor", "the baker, Tilda Moss"."""
    if subject.tag_ in ("NNP", "NNPS"):
        return True
    is_named = any(child.dep_ == "appos" and child.tag_ == "NNP" for child in subject.children)
    return subject.tag_ == "NN" and (is_named or subject.lower_ in person_nouns() | body_nouns())


def _tops(sentence: ParsedSentence, stretch: Stretch) -> list[Token]:
    """Tokens of the stretch whose head is outside it."""
    first, end = sentence.tokens_between(stretch.start_char, stretch.end_char)
    return [
        token for token in sentence.parse[first:end] if not first <= token.head.i < end and not token.is_punct
    ]
