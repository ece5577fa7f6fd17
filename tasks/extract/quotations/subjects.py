"""Who says it: from a word of speech to the noun phrase that names its speaker."""

from __future__ import annotations

from spacy.tokens import Token

from tasks.extract.quotations.cues import message_nouns
from tasks.extract.quotations.parsed import ParsedSentence

_SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVES = frozenset({"who", "whom", "which", "that"})
_PHRASE_PARTS = frozenset(
    {"det", "compound", "amod", "nmod", "poss", "nummod", "predet", "quantmod", "advmod"}
)
# Tails that belong to the description of a person: "a spokeswoman for the ministry".
_TAIL_PREPOSITIONS = frozenset({"of", "for", "at", "in", "from", "with"})
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD"})
_MAX_CLIMB = 8
_MAX_PHRASE = 14


def find_subject(sentence: ParsedSentence, cue: Token) -> Token | None:
    """The head of the noun phrase that does the saying, through participles, conjunctions, relatives."""
    node = cue
    for _ in range(_MAX_CLIMB):
        subject = _own_subject(sentence, node, is_cue=node == cue)
        if subject is not None:
            return _antecedent(sentence, node, subject)
        if node.dep_ in ("acl", "relcl"):
            if not _is_issued(node.head):
                return node.head if sentence.is_outside(node.head) else None
            node = node.head
        if node.head == node:
            return None
        node = node.head
    return None


def _own_subject(sentence: ParsedSentence, verb: Token, *, is_cue: bool) -> Token | None:
    """The verb's subject outside quotation marks; of a passive cue, its "by" phrase."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    if is_cue and passive:
        agents = [c for child in verb.children if child.dep_ == "agent" for c in child.children]
        return next((c for c in agents if c.dep_ == "pobj" and sentence.is_outside(c)), None)
    for child in verb.children:
        if child.dep_ in _SUBJECTS and sentence.is_outside(child) and child.tag_ not in ("EX", "WRB"):
            return child
    return None


def _antecedent(sentence: ParsedSentence, verb: Token, subject: Token) -> Token | None:
    if subject.lower_ not in _RELATIVES or subject.tag_ == "DT" and verb.dep_ != "relcl":
        return subject
    if verb.dep_ == "relcl" and sentence.is_outside(verb.head):
        return verb.head
    return subject if subject.lower_ == "who" else None


def _is_issued(noun: Token) -> bool:
    """A statement that someone issued: the speaker is the issuer, further up."""
    return noun.lower_ in message_nouns() and noun.dep_ in ("dobj", "pobj")


def find_beside(sentence: ParsedSentence, cue: Token) -> Token | None:
    """Where the parse knows no subject: the noun phrase right after an inverted cue, else right before."""
    parse = sentence.parse
    before = cue.i - 1
    while (
        before >= 0
        and parse[before].tag_ in ("RB", "MD", "_SP")
        or (before >= 0 and parse[before].dep_ == "aux")
    ):
        before -= 1
    if before >= 0 and sentence.is_outside(parse[before]) and parse[before].tag_ in _NOUN_TAGS:
        return parse[before]
    after = cue.i + 1
    last = None
    while after < len(parse) and sentence.is_outside(parse[after]) and after - cue.i < _MAX_PHRASE:
        tag = parse[after].tag_
        if tag in _NOUN_TAGS:
            last = parse[after]
        elif tag not in ("DT", "JJ", "PRP$", "POS"):
            break
        after += 1
    return last if before < 0 or not sentence.is_outside(parse[before]) else None


def noun_phrase(sentence: ParsedSentence, head: Token) -> tuple[Token, Token]:
    """First and last token of the speaker as written: the head with its titles and description.

    Of "the ministry's spokeswoman, Ada Orr" it is the name; what is quoted or set off by a comma
    stays outside.
    """
    name = _named_apposition(sentence, head)
    head = name or head
    parse = sentence.parse
    first = last = head.i
    for child in head.lefts:
        edge = child.left_edge.i
        if child.dep_ in _PHRASE_PARTS and _is_free(sentence, edge, head.i):
            first = min(first, edge)
    if head.tag_ not in ("NNP", "NNPS", "PRP"):
        last = _phrase_tail(sentence, head)
    if last - first >= _MAX_PHRASE:
        last = head.i
    if last - first >= _MAX_PHRASE:
        first = head.i
    while first < head.i and (parse[first].is_punct or parse[first].is_space):
        first += 1
    return parse[first], parse[last]


def _named_apposition(sentence: ParsedSentence, head: Token) -> Token | None:
    if head.tag_ in ("NNP", "NNPS", "PRP"):
        return None
    for child in head.children:
        if child.dep_ == "appos" and child.tag_ in ("NNP", "NNPS") and sentence.is_outside(child):
            return child
    return None


def _phrase_tail(sentence: ParsedSentence, head: Token) -> int:
    last = head.i
    for child in head.rights:
        if child.dep_ != "prep" or child.lower_ not in _TAIL_PREPOSITIONS or child.i != last + 1:
            continue
        edge = child.right_edge.i
        stop = next(
            (t.i for t in sentence.parse[child.i : edge + 1] if t.tag_ in (",", ":", "WP", "WDT", "VBD")),
            None,
        )
        edge = edge if stop is None else stop - 1
        if edge > child.i and _is_free(sentence, child.i, edge + 1):
            last = edge
    return last


def _is_free(sentence: ParsedSentence, first: int, end: int) -> bool:
    return not any(sentence.quoted[first:end]) and end - first <= _MAX_PHRASE
