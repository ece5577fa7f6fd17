"""The noun phrase that a number counts: "roughly 100,000 *troops*", "two *world leaders*".

Rules over surface and closed word classes, without a parse: English puts the head of a counted phrase at
its first plural, so that the phrase ends there and the verb after it is left out.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from tasks.extract.figures.amounts import HYPHENS, Amount
from tasks.extract.figures.lexicon import currency_symbols, read_word_set
from tasks.extract.numerals import Token, lower_at, number_words

_OF_A_ROW = frozenset({"last", "past", "first", "next", "previous", "final", "opening"})
_LONGEST = 6  # words; longer runs are names or lists
_SHORT_S = 3
_VERB_ENDINGS = ("ed", "ing")
_MOST_PARTS = 12  # of a hyphenated word, of a run of determiners; longer ones are no English


class NounFinder:
    """Finds counted phrases in one text. `taken` are tokens that belong to dates."""

    def __init__(self, text: str, tokens: Sequence[Token], taken: Set[int]) -> None:
        self._text = text
        self._tokens = tokens
        self._taken = taken

    def find(
        self, amount: Amount, *, singular: bool = False, needs_of: bool = False
    ) -> tuple[str, int] | None:
        """The phrase as written and the token after it; None when nothing is counted.

        With `needs_of` the phrase is that of "half of those troops"; "of" can miss before "the".
        """
        j = amount.end
        opened = False
        if self._touches(j):
            return None  # "3G networks", "1e10"
        if lower_at(self._tokens, j) == "of":
            j, opened = j + 1, True
        elif (
            needs_of
            and amount.kind != "fraction"
            and lower_at(self._tokens, j) not in read_word_set("determiners")
        ):
            return None
        first = j
        if opened or needs_of:
            if j in self._taken:
                return None  # "90 percent this year"
            word = lower_at(self._tokens, j)
            is_pronoun = opened and word in read_word_set("pronouns")
            if is_pronoun and (word not in read_word_set("determiners") or not self._is_word(j + 1)):
                return self._phrase(j, j + 1)
            j = self._skip_determiners(j)
            if (
                self._tokens[j : j + 1]
                and self._is_number(j + 1)
                and self._tokens[j].text.upper() in currency_symbols()
            ):
                return None  # "a third of the Rs 62 lakh"
            if lower_at(self._tokens, j) in _OF_A_ROW and self._is_number(j + 1):
                return None  # "11 of their last 13 games"
        start = first if j > first else self._skip_quantity(j)
        end = self._scan(max(j, start), singular or opened)
        if end is None or self._is_owner(self._tokens[end - 1].lower):
            return None
        return self._phrase(start, end)

    def _is_owner(self, word: str) -> bool:
        """What follows is owned: "two thirds of the mayor's requested sum"; "the 5 V's" are letters."""
        return word.endswith(("'s", "’s")) and len(word) > _SHORT_S

    def _touches(self, j: int) -> bool:
        """A word touches the number, and no hyphen is between: "1e10", but "first-degree murder"."""
        is_word = 0 < j < len(self._tokens) and self._tokens[j].kind == "word"
        return is_word and self._tokens[j].is_glued and self._tokens[j - 1].kind == "number"

    def _phrase(self, start: int, end: int) -> tuple[str, int]:
        return self._text[self._tokens[start].start : self._tokens[end - 1].end], end

    def _skip_determiners(self, j: int) -> int:
        last = j + _MOST_PARTS
        while j < last and lower_at(self._tokens, j) in read_word_set("determiners") and j not in self._taken:
            j += 1
        return j

    def _skip_quantity(self, j: int) -> int:
        skip, last = read_word_set("skip"), j + _MOST_PARTS
        while j < last and lower_at(self._tokens, j) in skip:
            j += 1
        return j

    def _is_number(self, j: int) -> bool:
        return j < len(self._tokens) and (
            self._tokens[j].kind == "number" or _is_number_word(self._tokens[j])
        )

    def _is_word(self, j: int) -> bool:
        if j >= len(self._tokens) or j in self._taken or self._tokens[j].kind != "word":
            return False
        token, following = self._tokens[j], self._tokens[j + 1 : j + 2]
        if following and following[0].kind == "number" and following[0].is_glued:
            return True  # A320
        return token.lower not in read_word_set("stop") and not _is_number_word(token)

    def _scan(self, j: int, singular: bool) -> int | None:
        """The end of the phrase from token j: after its first plural (or the last of two plurals)."""
        words: list[int] = []
        k = j
        while len(words) < _LONGEST and self._is_word(k):
            end = self._word_end(k)
            if self._is_plural(k, end) and not self._is_possessive(end):
                return self._extend(end)
            if singular and (self._tokens[k].lower in read_word_set("pasts") or (words and self._is_verb(k))):
                break
            words.append(end)
            k = end
        return self._singular_end(words) if singular and words else None

    def _word_end(self, k: int) -> int:
        """Past "long-range", "U.S.-led", "M1A2": hyphenated words are one, and so are letters and digits without a space."""
        end = k + 1
        last = min(len(self._tokens), k + 2 * _MOST_PARTS)
        while end < last and self._tokens[end].is_glued and self._tokens[end].kind in ("word", "number"):
            end += 1
        while (
            end + 1 < last
            and self._tokens[end].text in HYPHENS
            and self._tokens[end].is_glued
            and self._tokens[end + 1].is_glued
            and (self._tokens[end + 1].kind == "word" or self._is_model(end))
        ):
            end += 2
        return end

    def _is_model(self, end: int) -> bool:
        """ "F-16": capitals, a hyphen and digits; "2,129 points-13 more" is two numbers."""
        return self._tokens[end + 1].kind == "number" and self._tokens[end - 1].text.isupper()

    def _is_plural(self, k: int, end: int, depth: int = 0) -> bool:
        word = self._tokens[end - 1].lower
        if self._tokens[end - 1].text[:-1].isupper() and word.endswith("s") and len(word) > 2:
            return True  # MPs, NGOs
        if word == "s" and end - k > 1:
            return True  # A320s
        if word in read_word_set("plurals"):
            return end - k == 1 and not self._is_modifier(end, depth + 1)
        if not word.endswith("s") or len(word) <= _SHORT_S or word in read_word_set("not_plural"):
            return False
        return not word.endswith(("ss", "us", "is", "'s", "’s"))

    def _is_modifier(self, end: int, depth: int) -> bool:
        """ "police officers", "police precinct chiefs": words before a plural noun only describe it.

        A row of more than six such words says nothing: each word more would double the work.
        """
        if depth > _LONGEST:
            return False
        for _ in range(2):
            if not self._is_word(end) or self._is_verb(end):
                return False
            further = self._word_end(end)
            if self._is_plural(end, further, depth):
                return True
            end = further
        return False

    def _is_possessive(self, end: int) -> bool:
        sign = self._tokens[end].text if end < len(self._tokens) else ""
        return sign in ("'", "’") and self._tokens[end].is_glued and self._is_word(end + 1)

    def _extend(self, end: int) -> int:
        """ "300 sports fans", "20 arms dealers": a plural right after a plural is the head."""
        if self._is_word(end) and not self._is_verb(end):
            further = self._word_end(end)
            if self._is_plural(end, further) and not self._is_possessive(further):
                return further
        return end

    def _is_verb(self, k: int) -> bool:
        word = self._tokens[k].lower
        if word in read_word_set("ing_nouns"):
            return False
        return word in read_word_set("verbs") or word.endswith(_VERB_ENDINGS)

    def _singular_end(self, words: list[int]) -> int | None:
        """Without the participle or adverb that closes it: "first *reported*" counts nothing."""
        while words and self._tokens[words[-1] - 1].lower.endswith(("ed", "ly")):
            words = words[:-1]
        return words[-1] if words else None


def _is_number_word(token: Token) -> bool:
    words = number_words()
    return any(token.lower in words[table] for table in ("units", "tens", "scales", "dozens"))
