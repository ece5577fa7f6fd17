"""Steps through a parsed sentence: from a figure to the noun that it tells of, and on to its verbs."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from tasks.extract.lemmas import base_form, past_participle

_INWARD = frozenset(
    {"nummod", "amod", "compound", "quantmod", "npadvmod", "nmod", "det", "predet", "advmod", "meta", "dep"}
)
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
# Nouns that only give an amount: the role is that of their "of".
TRANSPARENT = frozenset(
    {
        "number",
        "total",
        "group",
        "pair",
        "couple",
        "dozen",
        "majority",
        "rest",
        "handful",
        "lot",
        "some",
        "one",
    }
)
_COPULAS = frozenset({"be", "become", "remain"})
_FINITE = frozenset({"VBP", "VBZ", "VBD", "MD"})


# Longer ones are lists and tables: what their parse says is no use, and reading it takes its length squared.
LONGEST_SENTENCE = 200  # tokens


def lemma(token: Token) -> str:
    """The token's base form, in lower case."""
    return base_form(token.text, token.tag_)


def is_bare(verb: Token) -> bool:
    """Whether the verb has neither a subject nor a helper of its own."""
    return not any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for child in verb.children)


def is_alike(verb: Token) -> bool:
    """Whether the word alone tells neither present nor past: "cut", "put", "hit", without a subject and a helper of its own."""
    return is_bare(verb) and verb.lower_ == lemma(verb) == past_participle(verb.lower_)


def find_anchor(parse: Doc, start: int, end: int) -> Token:
    """The token among parse[start:end] that the others hang on."""
    for token in parse[start:end]:
        if not start <= token.head.i < end or token.head.i == token.i:
            return token
    return parse[start]


def find_nominal(anchor: Token, start: int, end: int) -> Token | None:
    """The noun that the figure counts, measures or gives the age of: "boy" of "a 7-year-old boy".

    None where the figure has no clause around it ("Haley, 20," has a name beside it, and that is found).
    """
    token = anchor
    for _ in range(6):
        is_own = start <= token.i < end
        if is_own and token.dep_ in ("attr", "acomp", "oprd") and not _counts(token):
            return subject_of(token.head)
        if not _leads_to_noun(token, is_own):
            break
        token = token.head
    if token.pos_ in _NOMINAL or not start <= token.i < end:
        return token
    if token.pos_ == "NUM" and (token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") or own_verb(token)):
        return token
    return None


def own_verb(token: Token) -> Token | None:
    """The verb right after a word that the parse joined to words before it: "12 died and 30 are missing" is two clauses.

    A verb with a subject keeps it: "12 men and 30 women were hurt".
    """
    if token.dep_ != "conj" or token.i + 1 >= len(token.doc):
        return None
    following = token.doc[token.i + 1]
    is_helper = following.dep_ in ("aux", "auxpass")
    if following.tag_ not in _FINITE or not (is_helper or lemma(following) in (*_COPULAS, "have")):
        return None
    verb = following.head if is_helper else following
    has_subject = any(child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for child in verb.children)
    return None if has_subject or verb.i < token.i else verb


def _leads_to_noun(token: Token, is_own: bool) -> bool:
    """Whether the noun is the token's head, or further up."""
    if token.dep_ in _INWARD:
        return _can_hold(token.head) and token.head.i != token.i
    if not is_own:
        return False
    return (token.dep_ == "appos" and token.head.pos_ in _NOMINAL) or (
        token.dep_ == "conj" and token.head.pos_ == "NUM" and own_verb(token) is None
    )


def _can_hold(head: Token) -> bool:
    return (
        head.pos_ in _NOMINAL or head.pos_ in ("ADJ", "NUM", "SYM") or head.lower_ in ("old", "aged", "age")
    )


def _counts(token: Token) -> bool:
    """ "Four were people": a noun with a number of its own tells what is counted."""
    return token.pos_ == "NOUN" and token.lower_ not in ("years", "months", "year", "age")


def subject_of(verb: Token) -> Token | None:
    """The verb's subject, that of the verb which it hangs on where it has none itself."""
    for _ in range(4):
        found = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "csubj")]
        if found:  # the nearest: "BRACK, June 2 - The toll rose" has two
            return max(
                (child for child in found if child.i < verb.i), key=lambda child: child.i, default=found[0]
            )
        if verb.dep_ not in ("conj", "xcomp", "pcomp") or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def climb(nominal: Token) -> Iterator[tuple[str, Token]]:
    """The words that govern the nominal with its role to them, nearest first: ("obj", killed), ("of", death).

    A role is subj, obj, is (what it is said to be), or the preposition between.
    """
    token, depth = nominal, 0
    while depth < 4 and token.head.i != token.i:
        head, dep = token.head, token.dep_
        depth += 1
        if (verb := own_verb(token)) is not None:
            yield "obj" if any(child.dep_ == "auxpass" for child in verb.children) else "subj", verb
            return
        if dep in ("conj", "appos") and head.pos_ in (*_NOMINAL, "NUM", "ADJ"):
            token = head
            continue
        role, governor = _step(token, head, dep)
        if governor is None:
            return
        if not (governor.pos_ in (*_NOMINAL, "NUM") and lemma(governor) in TRANSPARENT):
            yield role, governor
        if governor.pos_ in ("VERB", "AUX"):
            return
        token = governor


def _step(token: Token, head: Token, dep: str) -> tuple[str, Token | None]:
    if dep == "nsubj":
        return "subj", head
    if dep in ("nsubjpass", "dobj", "oprd", "dative"):
        return "obj", head
    if dep in ("pobj", "pcomp") and head.pos_ in ("ADP", "SCONJ", "VERB"):
        if head.dep_ == "agent":
            return "subj", head.head
        return head.lower_, head.head if head.head.i != head.i else None
    if dep in ("attr", "acomp"):
        return "is", head
    if dep in ("poss", "compound", "nmod", "amod", "npadvmod", "nummod"):
        return dep, head
    return dep, head if head.pos_ in ("VERB", "AUX", *_NOMINAL) else None


def is_copula(verb: Token) -> bool:
    """Whether the verb only ties its subject to what follows."""
    return verb.pos_ in ("VERB", "AUX") and lemma(verb) in _COPULAS
