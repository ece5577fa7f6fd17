"""What a sentence says of the thing that a figure counts or measures, as role and base form."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tasks.extract.figure_context.syntax import climb, is_copula, lemma

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
MOST = 14


def find_roles(nominal: Token, start: int, end: int) -> list[str]:
    """Roles in the order of their closeness: ["is:dead", "obj:find", "in:apartment"].

    subj and obj name a verb (a passive's subject is its obj), is an adjective or noun that it is said to
    be, a preposition the noun after it, poss the owner. Words of the figure up to its noun are left out.
    """
    found: list[str] = []
    for role, token in _all_roles(nominal):
        item = f"{role}:{lemma(token)}"
        is_own = start <= token.i < end and token.i <= nominal.i
        if not is_own and item not in found:
            found.append(item)
    return found[:MOST]


def _all_roles(nominal: Token) -> Iterator[tuple[str, Token]]:
    yield from _own(nominal)
    for role, governor in climb(nominal):
        if governor.pos_ in ("VERB", "AUX"):
            yield from _of_verb(role, governor)
        else:
            yield role, governor
            yield from _modifiers(governor)


def _modifiers(noun: Token) -> Iterator[tuple[str, Token]]:
    for child in noun.children:
        if child.dep_ in ("amod", "compound") and child.pos_ in ("NOUN", "ADJ", "VERB"):
            yield "near", child


def _own(nominal: Token) -> Iterator[tuple[str, Token]]:
    """Adjectives, clauses and prepositions that hang on the noun itself."""
    for child in nominal.children:
        if child.dep_ == "amod" and child.pos_ in _CONTENT:
            yield "is", child
        elif child.dep_ == "acl" and child.pos_ == "VERB":
            yield from _of_verb("obj" if child.tag_ == "VBN" else "subj", child)
        elif child.dep_ == "relcl":
            yield from _relative(child)
        elif child.dep_ == "appos" and child.pos_ in _CONTENT:
            yield "is", child
        elif child.dep_ == "poss":
            yield "poss", child
        elif child.dep_ == "prep":
            yield from _objects(child)
        elif child.dep_ == "compound" and child.pos_ == "NOUN":
            yield "kind", child


def _relative(verb: Token) -> Iterator[tuple[str, Token]]:
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    is_own = subject is not None and subject.tag_ in ("WP", "WDT")
    role = "subj" if is_own and subject is not None and subject.dep_ == "nsubj" else "obj"
    yield from _of_verb(role, verb)


def _of_verb(role: str, verb: Token) -> Iterator[tuple[str, Token]]:
    """The verb, and what it adds: what the subject is, its company, and verbs that share the subject."""
    if is_copula(verb):
        yield from _complements(verb)
    else:
        yield role, verb
        yield from _complements(verb)
        if role == "subj":
            for child in verb.children:
                if child.dep_ == "dobj":
                    yield "does", child
    for child in verb.children:
        if child.dep_ in ("xcomp", "pcomp") and child.pos_ == "VERB":
            yield "subj", child
            yield from _complements(child)
        elif (
            child.dep_ == "conj"
            and child.pos_ == "VERB"
            and role in ("subj", "obj")
            and not _has_subject(child)
        ):
            yield ("obj" if child.tag_ == "VBN" and role == "obj" else role), child


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _complements(verb: Token) -> Iterator[tuple[str, Token]]:
    for child in verb.children:
        if child.dep_ in ("acomp", "oprd", "attr") and child.pos_ in _CONTENT:
            yield "is", child
        elif child.dep_ == "prep":
            yield from _objects(child)


def _objects(preposition: Token) -> Iterator[tuple[str, Token]]:
    for child in preposition.children:
        if child.dep_ == "pobj" and child.pos_ in _CONTENT:
            yield preposition.lower_, child
        elif child.dep_ == "pcomp" and child.pos_ == "VERB":
            yield "subj", child
            yield from (("does", c) for c in child.children if c.dep_ == "dobj")
