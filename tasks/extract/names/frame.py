"""A document's tokens as plain lists: the rules look at each token many times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tasks.extract.document import Document

# spaCy's labels (OntoNotes 5), and those of its models for other languages, as our types.
TYPE_OF_LABEL = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "facility",
    "NORP": "group",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "LAW": "law",
    "PRODUCT": "product",
}


MOST_TOKENS = 60  # of a name; a longer run of capitals is a list, and no single name
_HEADING_TOKENS = 15
_STOPS = frozenset('.!?…:;,"”’)')


@dataclass(frozen=True, slots=True)
class Frame:
    """Tokens by number: text, lower case, first character, whether a capital begins them.

    `begins` holds the tokens that open a sentence or line (quotation marks aside): their capital says
    nothing. `headings` holds those of short lines without a full stop, where any word can have one.
    """

    document: Document
    words: Sequence[str]
    lowers: Sequence[str]
    starts: Sequence[int]
    capitals: Sequence[bool]
    begins: frozenset[int]
    headings: frozenset[int]

    def end_char(self, token: int) -> int:
        """One past the token's last character."""
        return self.starts[token] + len(self.words[token])

    def glued(self, token: int) -> bool:
        """Whether no space is between this token and the next."""
        return token + 1 < len(self.words) and self.end_char(token) == self.starts[token + 1]

    def text(self, start: int, end: int) -> str:
        """The characters of the tokens, as written."""
        return self.document.text[self.starts[start] : self.end_char(end - 1)]

    def lower(self, token: int) -> str:
        """The token in lower case, or "" outside the text."""
        return self.lowers[token] if 0 <= token < len(self.lowers) else ""

    def is_capital(self, token: int) -> bool:
        """Whether a capital begins the token; False outside the text."""
        return 0 <= token < len(self.capitals) and self.capitals[token]


@dataclass(slots=True)
class Candidate:
    """A span of tokens that can be a name: `entity_type` as first guessed, `votes` for each type.

    `is_model` says whether the model found it; `is_certain` that a table or pattern fixed the type; `source` what showed
    the name (`mentions.source`).
    """

    start: int
    end: int
    entity_type: str
    is_model: bool = True
    is_certain: bool = False
    key: str = ""
    votes: dict[str, float] = field(default_factory=dict)
    role: str | None = None
    source: str = "model"


class CandidateIndex:
    """Candidates by the tokens that they cover, so that a look at one place does not read all of them."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_number: dict[int, Candidate] = {}
        self._by_token: dict[int, list[int]] = {}
        self._next = 0
        for one in candidates:
            self.add(one)

    def add(self, one: Candidate) -> None:
        """Add it behind the others."""
        self._by_number[self._next] = one
        self.cover(self._next, one)
        self._next += 1

    def cover(self, number: int, one: Candidate) -> None:
        """Note the tokens of a candidate, anew when it has grown."""
        for token in range(one.start, one.end):
            self._by_token.setdefault(token, []).append(number)

    def remove(self, number: int) -> None:
        """Take out the candidate of that number."""
        del self._by_number[number]

    def touching(self, start: int, end: int) -> list[tuple[int, Candidate]]:
        """The candidates that share a token with those from start to end, with their numbers, in order."""
        numbers = {number for token in range(start, end) for number in self._by_token.get(token, ())}
        found = [(number, self._by_number[number]) for number in sorted(numbers & self._by_number.keys())]
        return [(number, one) for number, one in found if one.start < end and start < one.end]

    def candidates(self) -> list[Candidate]:
        """All of them, in the order in which they were added."""
        return list(self._by_number.values())


def make_frame(document: Document) -> Frame:
    """The document's tokens as lists."""
    starts, ends = document.token_places()
    words = [document.text[start:end] for start, end in zip(starts, ends, strict=True)]
    begins: set[int] = set()
    headings: set[int] = set()
    for sentence in document.sentences:
        token = sentence.start_token
        while token < sentence.end_token and not words[token][:1].isalnum():
            begins.add(token)
            token += 1
        begins.add(token)
        is_short = sentence.end_token - sentence.start_token <= _HEADING_TOKENS
        if is_short and words[sentence.end_token - 1][-1:] not in _STOPS:
            headings.update(range(sentence.start_token, sentence.end_token))
    return Frame(
        document,
        words,
        [word.lower().replace("’", "'") for word in words],
        starts,
        [word[:1].isupper() for word in words],
        frozenset(begins),
        frozenset(headings),
    )
