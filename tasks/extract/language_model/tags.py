"""Universal parts of speech from Penn tags: spaCy's own attribute ruler costs as much as its parser."""

from __future__ import annotations

from spacy.symbols import (
    ADJ,
    ADP,
    ADV,
    AUX,
    CCONJ,
    DET,
    INTJ,
    NOUN,
    NUM,
    PART,
    PRON,
    PROPN,
    PUNCT,
    SCONJ,
    SPACE,
    SYM,
    VERB,
    X,
)
from spacy.tokens import Doc

# Universal Dependencies, English conversion table (universaldependencies.org/tagset-conversion).
_COARSE = {
    "CC": CCONJ, "CD": NUM, "DT": DET, "EX": PRON, "FW": X, "IN": ADP, "JJ": ADJ, "JJR": ADJ, "JJS": ADJ,
    "LS": X, "MD": AUX, "NN": NOUN, "NNS": NOUN, "NNP": PROPN, "NNPS": PROPN, "PDT": DET, "POS": PART,
    "PRP": PRON, "PRP$": PRON, "RB": ADV, "RBR": ADV, "RBS": ADV, "RP": ADP, "SYM": SYM, "TO": PART,
    "UH": INTJ, "VB": VERB, "VBD": VERB, "VBG": VERB, "VBN": VERB, "VBP": VERB, "VBZ": VERB, "WDT": PRON,
    "WP": PRON, "WP$": PRON, "WRB": ADV, "$": SYM, "#": SYM, "ADD": X, "AFX": ADJ, "GW": X, "XX": X,
    "NFP": PUNCT, "HYPH": PUNCT, ".": PUNCT, ",": PUNCT, ":": PUNCT, "``": PUNCT, "''": PUNCT, "-LRB-": PUNCT,
    "-RRB-": PUNCT, "_SP": SPACE,
}  # fmt: skip
_AUXILIARIES = frozenset({"aux", "auxpass"})
_BE = frozenset(
    {"be", "is", "are", "was", "were", "been", "being", "am", "'s", "’s", "'re", "’re", "'m", "’m"}
)


def set_coarse_tags(parse: Doc) -> Doc:
    """The same parse with `pos` set from its tags; tags of other models' own sets are left alone."""
    for token in parse:
        coarse = _COARSE.get(token.tag_)
        if coarse is None:
            continue
        if coarse == VERB and (token.dep_ in _AUXILIARIES or token.lower_ in _BE):
            coarse = AUX
        elif coarse == ADP and token.dep_ == "mark":
            coarse = SCONJ
        token.pos = coarse
    return parse
