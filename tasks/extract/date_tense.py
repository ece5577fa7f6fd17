"""Whether a date's clause tells of what was or of what is to come, by the verb that the date hangs on in the parse.

"Parliament meets on Tuesday" is to come, though no word says so: the present before a date is a plan, unless the verb reports
or describes ("he denies being there on Tuesday").
"""

from __future__ import annotations

import re
from typing import Literal

from spacy.tokens import Doc, Token

from core.outcomes import Row
from tasks.extract.dates.base.intervals import Tense
from tasks.extract.document import Document
from tasks.extract.figure_context.syntax import LONGEST_SENTENCE, lemma, subject_of
from tasks.extract.lemmas import past_participle

_PLANS = frozenset(
    {"will", "shall", "would", "can", "could", "may", "might", "must", "should", "'ll", "’ll", "wo"}
)
# "In July the lab plans" is open, "on Tuesday it meets" is not.
_DAYS = frozenset({"minute", "hour", "part_of_day", "day"})
_TIMETABLE = frozenset(
    {"begin", "close", "conclude", "end", "expire", "open", "reopen", "resume", "return", "start"}
)
_NOW = frozenset({"is", "are", "'s", "’s", "'re", "’re", "am"})
_PERFECT = frozenset({"has", "have", "had", "'ve", "’ve", "having"})
_HEADS_AN_ITEM = re.compile(r"(?:\.? \d\d?)?:")  # "Aug. 23: a man is shot", in a list of what was
# In the present these report, describe or last; they plan nothing.
_NO_PLANS = frozenset(
    {"accuse", "admit", "agree", "allege", "appeal", "appear", "argue", "ask", "be", "believe", "blame", "call",
     "claim", "come", "condemn", "confirm", "deny", "describe", "detail", "document", "feel", "grieve", "have",
     "hear", "hunt", "insist", "investigate", "know", "like", "look", "love", "mark", "mean", "mourn", "note", "own",
     "portray", "probe", "question", "read", "recall", "recover", "reel", "remain", "remember", "say", "search",
     "see", "seek", "seem", "show", "stand", "struggle", "suggest", "support", "tell", "think", "try", "understand",
     "urge", "work", "write"}
)  # fmt: skip
# What is tried or left off has been tried: "tried to argue on Sunday".
_DONE = frozenset(
    {"begin", "continue", "decline", "fail", "help", "manage", "refuse", "start", "stop", "try", "use"}
)
_ANSWERS = frozenset(
    {"answer", "comment", "confirm", "discuss", "elaborate", "identify", "name", "reveal", "say", "speak", "speculate", "talk", "tell"}
)  # fmt: skip
_ALIKE = frozenset(
    {"burst", "hit", "shut", "split", "spread", "quit", "cut", "hurt"}
)  # the past is the word itself
_REACH = 8  # tokens before the date
_ASKED = frozenset(
    {"agree", "aim", "ask", "demand", "expect", "give", "hope", "intend", "invite", "need", "order", "plan", "pledge", "promise", "require",
     "say", "schedule", "set", "tell", "urge", "vow", "want"}
)  # fmt: skip
_WISHES = frozenset(
    {"want", "hope", "plan", "aim", "expect", "promise", "pledge", "vow", "intend", "demand", "seek", "need"}
)
_ABOVE = 3  # from "before" to the verb of the wish
# Before a date these tell more than the verb does: "closed until Tuesday", "postponed to Tuesday", "since Tuesday".
_NO_TENSE = frozenset({"after", "before", "since", "until", "till", "by", "through", "to", "for"})


def tense_of_date(document: Document, date: Row) -> Tense | Literal["open"] | None:
    """The tense of the verb that the date hangs on; None without a parse, and where the verb does not tell.

    "open" says that it is neither past nor to come for sure, whatever the words around it say.
    """
    parse = document.parses.get(date["sentence_number"])
    if parse is None or not 0 < len(parse) <= LONGEST_SENTENCE:
        return None
    if _HEADS_AN_ITEM.match(document.text, date["end_char"]):
        return None
    span = document.span_in_parse(date)
    if span is not None and (_is_past_alike(parse, span[0]) or _is_done_by(parse[span[0]], range(*span))):
        return "past"
    if span is not None and _is_wished(parse[span[0]], range(*span)):
        return "open"
    verb = None if span is None else _verb_of(parse[span[0]], range(*span))
    if verb is not None and _is_order(verb):
        return "future"
    tense = None if verb is None else _tense_of(verb)
    if verb is not None and tense == "future" and date["granularity"] not in _DAYS:
        return _tense_of_stretch(verb, span)
    return tense


def _tense_of_stretch(verb: Token, span: tuple[int, int] | None) -> Tense | Literal["open"] | None:
    """A month behind a verb of a timetable is to come ("a grant that runs out in December"); with another present it is open."""
    if verb.tag_ not in ("VBZ", "VBP"):
        return None
    runs_out = any(child.dep_ == "prt" and child.lower_ == "out" for child in verb.children)
    is_timetable = lemma(verb) in _TIMETABLE or (runs_out and lemma(verb) == "run")
    return "future" if is_timetable and span is not None and verb.i < span[0] else "open"


def _is_done_by(token: Token, own: range) -> bool:
    """ "Five were released by Sunday evening": what was, unless it was only asked for or planned."""
    token = _head_outside(token, own)
    verb = token.head
    if token.lower_ != "by" or lemma(verb) in _ASKED or verb.pos_ != "VERB":
        return False
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    is_perfect = bool(helpers & ({"was", "were"} | _PERFECT)) and not helpers & _PLANS
    return (verb.tag_ == "VBD" and not helpers) or (verb.tag_ == "VBN" and is_perfect)


def _is_wished(token: Token, own: range) -> bool:
    """ "She wanted a government before Christmas": the wish is past, the day need not be."""
    token = _head_outside(token, own)
    if token.lower_ not in ("before", "by"):
        return False
    above = [token.head, *token.head.ancestors][:_ABOVE]
    verb = next((one for one in above if one.pos_ in ("VERB", "AUX")), None)
    return verb is not None and lemma(verb) in _WISHES


def _is_past_alike(parse: Doc, first: int) -> bool:
    """Whether a past that looks like the base form stands before it, behind "after": "will close after a dam burst on Sunday"."""
    place = first - 1 if first and parse[first - 1].pos_ == "ADP" else first
    if place < 2 or parse[place - 1].lower_ not in _ALIKE:
        return False
    before = [token.lower_ for token in parse[max(0, place - _REACH) : place - 1]]
    return "after" in before and not _PLANS.intersection(before[before.index("after") :])


def _head_outside(token: Token, own: range) -> Token:
    """What the date's tokens hang on."""
    while token.i in own and token.head.i != token.i:
        token = token.head
    return token


def _verb_of(token: Token, own: range) -> Token | None:
    """The verb that the date hangs on itself or by a preposition of time; not by way of a noun ("after the crash on Tuesday")."""
    token = _head_outside(token, own)
    if token.dep_ in ("prep", "pcomp") or token.pos_ in ("ADP", "SCONJ"):
        if token.lower_ in _NO_TENSE or token.head.i == token.i:
            return None
        token = token.head
    return token if token.pos_ in ("VERB", "AUX") and token.i not in own else None


def _tense_of(verb: Token) -> Tense | None:
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if helpers & _PERFECT:
        return None if helpers & _PLANS else "past" if verb.tag_ == "VBN" else None
    if helpers & _PLANS:
        return "past" if _is_refusal(verb, helpers) else "future"
    if verb.tag_ == "VBD" or (helpers & {"was", "were", "did"}):
        return "past"
    if verb.tag_ in ("VBG", "VBN"):
        is_planned = helpers & _NOW and (verb.tag_ == "VBG" or "being" in helpers)
        return "future" if is_planned and lemma(verb) not in _NO_PLANS else None
    if verb.tag_ in ("VBZ", "VBP") or _is_joined_present(verb, helpers):
        return _tense_of_present(verb)
    return _tense_of_infinitive(verb) if verb.tag_ == "VB" and "to" in helpers else None


def _is_joined_present(verb: Token, helpers: set[str]) -> bool:
    """ "They have lost four and face a trip": behind a perfect the bare form is a present."""
    own = {child.lower_ for child in verb.head.children if child.dep_ in ("aux", "auxpass")}
    is_bare = verb.tag_ == "VB" and verb.dep_ == "conj" and not helpers
    return is_bare and verb.head.tag_ == "VBN" and bool(own & {"have", "has"}) and not own & _PLANS


def _is_order(verb: Token) -> bool:
    """ "Ask me in January", "Call us on Friday"; "hit" and "cut" can be a past without its subject."""
    is_bare = (
        verb.tag_ == "VB"
        and verb.dep_ in ("ROOT", "conj", "ccomp")
        and past_participle(lemma(verb)) != lemma(verb)
    )
    helpers = {"nsubj", "nsubjpass", "aux", "auxpass"}
    return is_bare and not any(child.dep_ in helpers for child in (*verb.children, *_heads_of(verb)))


def _heads_of(verb: Token) -> list[Token]:
    """What the verb that it is joined to has beside it: "will come and stay" is no order."""
    return list(verb.head.children) if verb.dep_ == "conj" else []


def _is_refusal(verb: Token, helpers: set[str]) -> bool:
    """ "could not be reached on Tuesday", "would not comment on Tuesday"."""
    is_denied = any(child.dep_ == "neg" for child in verb.children)
    return is_denied and ("could" in helpers or ("would" in helpers and lemma(verb) in _ANSWERS))


def _tense_of_present(verb: Token) -> Tense | None:
    has_particle = any(
        child.dep_ == "prt" or child.lower_ == "into" for child in verb.children
    )  # "comes out", "into force"
    is_plan = (has_particle or lemma(verb) not in _NO_PLANS) and subject_of(verb) is not None
    return "future" if is_plan else None


def _tense_of_infinitive(verb: Token) -> Tense | None:
    """ "ordered to appear on Tuesday"; None for "tried to argue on Sunday"."""
    above = verb.head
    if any(child.lower_ == "had" and child.dep_ == "aux" for child in above.children):
        return "past"  # "had hoped to fly on Tuesday"
    is_open = verb.dep_ == "xcomp" and lemma(above) not in _DONE and above.tag_ != "VBD"
    return "future" if is_open else None
