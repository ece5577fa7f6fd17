"""Who says a number by the sentence's parse: "A doctor, who asked not to be named, put the toll at 27"."""

from __future__ import annotations

from spacy.tokens import Token

from tasks.extract.figure_context.circumstances import verbs_above
from tasks.extract.figure_context.several_sayers import CLAIMED, is_speaker
from tasks.extract.figure_context.syntax import lemma

_GIVING = frozenset(
    {"put", "estimate", "count", "reckon", "say", "report", "claim", "believe", "fear", "announce", "confirm"}
)
_PASSIVE = frozenset({"auxpass", "nsubjpass"})
_ASIDE = frozenset({"relcl", "acl", "appos", "advcl"})  # what is said of the speaker beside
_NAMES = frozenset({"PROPN"})


def find_parsed_sayer(anchor: Token) -> tuple[Token, Token] | None:
    """The first and the last token of who gives the number: the subject of the verb above that gives it; None without one."""
    for verb in verbs_above(anchor):
        if lemma(verb) not in _GIVING or any(child.dep_ in _PASSIVE for child in verb.children):
            continue
        if any(child.dep_ == "neg" for child in verb.children):
            return None  # "would not say"
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
        is_below = subject is not None and (anchor.i == subject.i or subject.is_ancestor(anchor))
        if subject is None or is_below or not _gives(verb, anchor):
            return None
        words = _words_of(subject)
        if subject.pos_ not in _NAMES and not is_speaker(
            " ".join(token.text for token in words if token.i <= subject.i)
        ):
            return None
        return words[0], words[-1]
    return None


def _gives(verb: Token, anchor: Token) -> bool:
    """Whether the verb gives the number; "put 40 people in jail" and "claimed victory" do not, "put the toll at 40" does."""
    if lemma(verb) == "claim":
        return not any(child.dep_ == "dobj" and lemma(child) in CLAIMED for child in verb.rights)
    if lemma(verb) != "put":
        return True
    return any(
        child.dep_ == "prep" and child.lower_ == "at" and child.is_ancestor(anchor) for child in verb.rights
    )


def _is_aside(token: Token) -> bool:
    """Whether it is said of the speaker beside; the name behind an office is the speaker's: "the inspector, Ada Oster"."""
    return token.dep_ in _ASIDE and not (token.dep_ == "appos" and token.pos_ in _NAMES)


def _words_of(subject: Token) -> list[Token]:
    """The subject's words in order, up to what is said of it beside."""
    words = list(subject.subtree)
    ends = (token.left_edge.i for token in words if token.i > subject.i and _is_aside(token))
    end = min(ends, default=words[-1].i + 1)
    return [token for token in words if token.i < end and not (token.i == end - 1 and token.is_punct)]
