"""Who says it: from a word of speech to the noun phrase that names its speaker."""

from __future__ import annotations

from spacy.tokens import Token

from tasks.extract.quotations.anonymous import person_nouns
from tasks.extract.quotations.cues import cue_words, message_nouns
from tasks.extract.quotations.described import HOLDING, SUBORDINATORS
from tasks.extract.quotations.parsed import ParsedSentence

SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVES = frozenset({"who", "whom", "which", "that"})
_PHRASE_PARTS = frozenset(
    {"det", "compound", "amod", "nmod", "poss", "nummod", "predet", "quantmod", "advmod"}
)
# Tails that belong to the description of a person: "a spokeswoman for the ministry".
_TAIL_PREPOSITIONS = frozenset({"of", "for", "at", "in", "from", "with"})
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD"})
_BEFORE_NOUN = frozenset({"DT", "JJ", "PRP$", "POS", "RB", "CC"})
_PHRASE_TAGS = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "PRP", "PRP$", "RB"})
_DIVIDERS = frozenset({",", "-", "–", "—", "--"})
_CLAUSES = frozenset({"ccomp", "acl", "relcl", "advcl"})
_NAME_PARTS = frozenset({"DT", "NNP", "NNPS", "PRP$"})
_QUOTING = frozenset({"quote", "quotes", "quoted", "quoting", "cite", "cites", "cited", "citing"})
_NEXT = 2  # tokens from the subject to the verb, where the parse of what stands before is doubted
_MAX_CLIMB = 8
_MAX_PHRASE = 14
_MAX_INSERTED = 60  # tokens between a comma and the cue; a longer run of nouns is a list
_MAX_OUTER = 8  # verbs one inside the other


def find_subject(sentence: ParsedSentence, cue: Token) -> Token | None:
    """The head of the noun phrase that does the saying, through participles, conjunctions, relatives."""
    if (named := _quoted_as(sentence, cue)) is not None:
        return named
    subject = _parsed_subject(sentence, cue)
    if subject is not None and (outer := _outside_relative(sentence, cue, subject)) is not None:
        return outer
    if subject is not None and (named := _named_by_both(sentence, subject)) is not None:
        return named
    if subject is None or not subject.i < cue.i <= subject.i + _NEXT:
        return subject
    return _described_by(sentence, subject)


def _quoted_as(sentence: ParsedSentence, cue: Token) -> Token | None:
    """Whom somebody quotes: "Police quoted Ravi Menon as saying"; None for anything else, "Menon was quoted as saying" too."""
    parse, place = sentence.parse, cue.i - 1
    if cue.tag_ != "VBG" or place < 2 or parse[place].lower_ != "as":
        return None
    for verb in reversed(parse[max(0, place - _MAX_PHRASE) : place]):
        if verb.lower_ in _QUOTING:
            if is_passive(verb) or verb.i == place - 1:
                return None
            objects = [child for child in verb.rights if child.dep_ == "dobj" and child.i < place]
            return objects[0] if objects else _last_noun(sentence, verb.i + 1, place)
    return None


def _outside_relative(sentence: ParsedSentence, cue: Token, subject: Token) -> Token | None:
    """Whom a clause between commas describes, if the parse takes that clause's subject: "Orr of the chapel, where they sing, said"."""
    parse, relative = sentence.parse, subject.left_edge.i - 1
    if relative < 2 or parse[relative].lower_ not in ("where", "when") or parse[relative - 1].text != ",":
        return None
    if not any(token.text == "," for token in parse[subject.i + 1 : cue.i]):
        return None
    node = parse[relative - 2]
    while node.dep_ in ("pobj", "prep") and node.head.i < node.i:
        node = node.head
    return node if node.tag_ in _NOUN_TAGS and sentence.is_outside(node) else None


def _named_by_both(sentence: ParsedSentence, subject: Token) -> Token | None:
    """The name behind two descriptions: "Heiress and philanthropist Ada Orr". The parse takes the first description."""
    parse, place = sentence.parse, subject.i + 1
    if place + 2 >= len(parse) or parse[place].lower_ != "and" or parse[place + 1].tag_ not in ("NN", "JJ"):
        return None
    if subject.tag_ not in ("NN", "NNP") or (subject.tag_ == "NNP" and subject.i > 0):
        return None
    while place + 1 < len(parse) and parse[place + 1].tag_ in ("NN", "JJ"):
        place += 1
    last = place
    while last + 1 < len(parse) and (parse[last + 1].tag_ == "NNP" or parse[last + 1].tag_ == "HYPH"):
        last += 1
    return (
        parse[last]
        if last > place and parse[last].tag_ == "NNP" and sentence.is_outside(parse[last])
        else None
    )


def _described_by(sentence: ParsedSentence, subject: Token) -> Token | None:
    """The subject, unless the parse errs: of "a diplomat who met Orr said", "one man in the room with Orr said" the noun
    of a person further left, which a relative clause or a preposition parts from the name."""
    first = subject.i
    while (
        first > 0
        and sentence.parse[first - 1].tag_ in _NAME_PARTS
        and sentence.is_outside(sentence.parse[first - 1])
    ):
        first -= 1
    is_held = first > 0 and sentence.parse[first - 1].lower_ in HOLDING
    has_verb = False
    for place in range(first - 1, max(-1, first - _MAX_PHRASE), -1):
        token = sentence.parse[place]
        if not sentence.is_outside(token) or token.is_punct or token.lower_ in SUBORDINATORS:
            break
        if token.lower_ in ("who", "whose") and has_verb and place:
            noun = sentence.parse[place - 1]
            return noun if noun.lower_ in person_nouns() else subject
        has_verb = has_verb or token.tag_.startswith("VB") or token.tag_ == "MD"
        if is_held and not has_verb and token.lower_ in person_nouns():
            return token
    return subject


def _parsed_subject(sentence: ParsedSentence, cue: Token, outer: int = 0) -> Token | None:
    node = cue
    for _ in range(_MAX_CLIMB):
        subject = _own_subject(sentence, node, is_cue=node == cue)
        if subject is not None:
            inserted = _inserted_speaker(sentence, cue, subject)
            if (
                inserted is None
                and node != cue
                and node.dep_ in _CLAUSES
                and (is_thing(subject) or subject.tag_ == "PRP")
            ):
                further = _parsed_subject(sentence, node.head, outer + 1) if outer < _MAX_OUTER else None
                return further or subject
            return inserted or _antecedent(sentence, node, subject)
        if node == cue and is_passive(cue):
            return None  # "has been described as": the speaker is not named
        if node.dep_ == "relcl" or (node.dep_ == "acl" and not _is_infinitive(node)):
            if not _is_issued(node.head):
                return node.head if sentence.is_outside(node.head) else None
            node = node.head
        if node.head == node:
            return None
        node = node.head
    return None


def is_thing(noun: Token) -> bool:
    """A common noun in the singular that is no person, or "it": the speaker is rather further out.

    So in "hoped the talks would be held, saying" and "said that the text calls for".
    """
    if noun.tag_ == "PRP":
        return noun.lower_ == "it"
    return noun.tag_ in ("NN", "DT", "EX", "WDT") and noun.lower_ not in person_nouns()


def is_passive(verb: Token) -> bool:
    """ "was called", "has been described"."""
    return any(child.dep_ == "auxpass" for child in verb.children)


def _own_subject(sentence: ParsedSentence, verb: Token, *, is_cue: bool) -> Token | None:
    """The verb's subject outside quotation marks; of a passive cue, its "by" phrase."""
    is_reduced = verb.tag_ == "VBN" and verb.dep_ == "acl"  # "the plan, called a gamble by Orr"
    if is_cue and (is_passive(verb) or is_reduced):
        agents = [c for child in verb.children if child.dep_ == "agent" for c in child.children]
        return next((c for c in agents if c.dep_ == "pobj" and sentence.is_outside(c)), None)
    for child in verb.children:
        if child.dep_ in SUBJECTS and sentence.is_outside(child) and _may_speak(child):
            return child
    return None


def _may_speak(noun: Token) -> bool:
    """Not "there", "what" or a day: a subject that the parser took by mistake or that never speaks."""
    if noun.tag_ in ("EX", "WRB") or (
        noun.tag_ == "DT" and noun.lower_ == "that" and noun.head.dep_ != "relcl"
    ):
        return False
    return noun.lower_ not in cue_words()["en"]["never_speakers"]


def _inserted_speaker(sentence: ParsedSentence, cue: Token, subject: Token) -> Token | None:
    """The noun phrase between a comma and the cue, in "the minister, an aide said": the parse errs there."""
    first = cue.i
    floor = max(0, cue.i - _MAX_INSERTED)
    while (
        first > floor
        and sentence.parse[first - 1].tag_ in _PHRASE_TAGS
        and sentence.is_outside(sentence.parse[first - 1])
    ):
        first -= 1
    is_set_off = first > 0 and (
        sentence.parse[first - 1].text in _DIVIDERS or not sentence.is_outside(sentence.parse[first - 1])
    )
    if first == cue.i or not is_set_off or first <= subject.i < cue.i:
        if subject.tag_ == "PRP" and subject.i == cue.i + 1 and first < cue.i:
            return _last_noun(sentence, first, cue.i)
        return None
    return _last_noun(sentence, first, cue.i)


def _last_noun(sentence: ParsedSentence, start: int, end: int) -> Token | None:
    nouns = [token for token in sentence.parse[start:end] if token.tag_ in _NOUN_TAGS and _may_speak(token)]
    return nouns[-1] if nouns else None


def _antecedent(sentence: ParsedSentence, verb: Token, subject: Token) -> Token | None:
    if subject.lower_ not in _RELATIVES or (subject.tag_ == "DT" and verb.dep_ != "relcl"):
        return subject
    if verb.dep_ == "relcl" and sentence.is_outside(verb.head):
        return verb.head
    return subject if subject.lower_ == "who" else None


def _is_infinitive(verb: Token) -> bool:
    """ "an inquiry to determine ...": the noun does not do it, anyone who wants the inquiry does."""
    return verb.tag_ == "VB" and any(child.tag_ == "TO" for child in verb.children)


def _is_issued(noun: Token) -> bool:
    """A statement that someone issued: the speaker is the issuer, further up."""
    return noun.lower_ in message_nouns() and noun.dep_ in ("dobj", "pobj")


def find_beside(sentence: ParsedSentence, cue: Token) -> Token | None:
    """Where the parse knows no subject: the noun phrase before the cue, else after an inverted cue."""
    first = cue.i
    while first > 0 and sentence.is_outside(sentence.parse[first - 1]) and cue.i - first < 2 * _MAX_PHRASE:
        first -= 1
    return _first_noun(sentence, first, cue.i) or _first_noun(sentence, cue.i + 1, cue.i + _MAX_PHRASE)


def _first_noun(sentence: ParsedSentence, start: int, end: int) -> Token | None:
    """The head of the noun phrase that the tokens begin with, after marks and small words."""
    last = None
    for token in sentence.parse[start : min(end, len(sentence.parse))]:
        if not sentence.is_outside(token):
            break
        if token.tag_ in _NOUN_TAGS and _may_speak(token):
            last = token
        elif last is not None or not (token.is_punct or token.is_space or token.tag_ in _BEFORE_NOUN):
            break
    return last


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
        if child.dep_ in _PHRASE_PARTS and child.tag_ != "WP" and _is_free(sentence, edge, head.i):
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
            (
                t.i
                for t in sentence.parse[child.i : min(edge, last + 2 * _MAX_PHRASE) + 1]
                if t.tag_ in (",", ":", "WP", "WDT", "VBD")
            ),
            None,
        )
        edge = edge if stop is None else stop - 1
        if edge > child.i and _is_free(sentence, child.i, edge + 1):
            last = edge
    return last


def _is_free(sentence: ParsedSentence, first: int, end: int) -> bool:
    return end - first <= _MAX_PHRASE and not any(sentence.quoted[first:end])
