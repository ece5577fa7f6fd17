"""A parsed sentence on the article's offsets, and which of its tokens are in quotation marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from tasks.extract.dateline import dateline_end
from tasks.extract.document import Document, Sentence
from tasks.extract.quotations.marks import Stretch


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """`parse` holds the sentence's tokens; `base` is the offset of its first one in the article.

    `starts` tells for each token where it begins in the article, `quoted` whether it is in quotation marks or in the dateline, where no
    speaker is found.
    """

    sentence: Sentence
    parse: Doc
    base: int
    quoted: tuple[bool, ...]
    starts: tuple[int, ...]

    def start_of(self, token: Token) -> int:
        """Where the token begins in the article."""
        return self.base + token.idx

    def end_of(self, token: Token) -> int:
        """One past where it ends."""
        return self.base + token.idx + len(token.text)

    def tokens_between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that begin between two places of the article: the first, and one past the last."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def is_outside(self, token: Token) -> bool:
        """The token is the reporter's, not in quotation marks."""
        return not self.quoted[token.i]


def read_parse(
    document: Document, number: int, stretches: Sequence[Stretch], stretch_starts: Sequence[int]
) -> ParsedSentence | None:
    """The parse of a sentence by its number; None when it was not parsed. `stretch_starts` is where each of
    the stretches begins."""
    parse = document.parses.get(number)
    if parse is None or not len(parse):
        return None
    sentence = document.sentences[number - 1]
    base = document.doc[sentence.start_token].idx
    starts = tuple(base + token.idx for token in parse)
    quoted = []
    first_char = dateline_end(document.text, base, sentence.end_char)
    for char in starts:
        place = bisect_right(stretch_starts, char) - 1
        quoted.append(char < first_char or (place >= 0 and char < stretches[place].end_char))
    return ParsedSentence(sentence, parse, base, tuple(quoted), starts)
