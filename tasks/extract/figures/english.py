"""English figures of one text: where they start, what they count, and what only looks like one."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from tasks.extract.figures.ages import as_age, as_age_class, parse_decade_age
from tasks.extract.figures.amounts import HYPHENS, Amount
from tasks.extract.figures.counted import NounFinder
from tasks.extract.figures.exclusions import is_part_of_name, is_ranked_name
from tasks.extract.figures.grammar import may_start, parse_amount
from tasks.extract.figures.hedging import with_hedges
from tasks.extract.figures.lexicon import read_word_set
from tasks.extract.figures.ranges import join_between, join_range, join_ratio, merge_bounds, split_score
from tasks.extract.figures.shared import share_units
from tasks.extract.figures.shares import join_share
from tasks.extract.numerals import Token, clean, lower_at, text_at

_NO_RANKS = frozenset(
    {
        ("first", "lady"),
        ("third", "party"),
        ("third", "world"),
        ("first", "aid"),
        ("first", "ladies"),
        ("second", "nature"),
        ("second", "hand"),
        ("first", "hand"),
        ("third", "parties"),
        ("second", "amendment"),
        ("first", "amendment"),
        ("fifth", "amendment"),
    }
)
_DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "'s", "s"}
)
_ARTICLES = frozenset({"a", "an"})
_NO_COUNT_BEFORE_SECOND = frozenset({"a", "per", "every", "each", "split"})
_ONE_DAY_CUES = frozenset(
    {"for", "in", "of", "than", "least", "only", "just", "within", "every", "about", "under", "over", "after"}
)


class EnglishScanner:
    """Finds the figures of one text. `taken` are the tokens of dates, phones and the like."""

    def __init__(self, text: str, tokens: Sequence[Token], taken: Set[int]) -> None:
        self._tokens = tokens
        self._taken = taken
        self._nouns = NounFinder(text, tokens, taken)
        self._floor = 0

    def scan(self) -> list[Amount]:
        """The figures in reading order; their spans hold hedge and counted noun and do not overlap."""
        found: list[Amount] = []
        i = 0
        while i < len(self._tokens):
            amounts = self._figures_at(i) if i not in self._taken and may_start(self._tokens, i) else ()
            for amount in amounts:
                merged = merge_bounds(self._tokens, found[-1], amount) if found else None
                if merged is not None:
                    found.pop()
                found.append(merged or amount)
                self._floor = amount.end
            i = max(i + 1, self._floor)
        return share_units(self._tokens, found)

    def _figures_at(self, i: int) -> Sequence[Amount]:
        tokens = self._tokens
        if tokens[i].lower in ("between", "from"):
            joined = join_between(tokens, i)
            return () if joined is None else self._finish(joined)
        if (decade := parse_decade_age(tokens, i)) is not None:
            return () if self._is_taken(decade) else (decade,)
        first = parse_amount(tokens, i)
        if first is None or self._is_taken(first):
            return ()
        if (score := split_score(tokens, first)) is not None and not self._is_taken(score[1]):
            return score
        joined = join_ratio(tokens, first) or join_share(tokens, first) or join_range(tokens, first)
        if joined is not None and self._is_taken(joined):
            joined = None
        return self._finish(joined or first)

    def _is_taken(self, amount: Amount) -> bool:
        return any(k in self._taken for k in range(amount.start, amount.end))

    def _finish(self, amount: Amount) -> Sequence[Amount]:
        if amount.kind == "rank":
            return self._finish_rank(amount)
        if self._is_hyphened(amount.start) or self._is_capital_name(amount) or self._is_half_word(amount):
            return ()
        if self._is_half_more(amount):
            return ()
        if self._are_results(amount.start):
            return ()
        amount = as_age(self._tokens, self._as_millions(amount))
        counted = as_age_class(self._tokens, self._with_counted(amount))
        if is_part_of_name(self._tokens, counted) or (amount.value == 1 and not self._is_one(counted)):
            return ()
        return (with_hedges(self._tokens, counted, self._hedge_floor(counted)),)

    def _as_millions(self, amount: Amount) -> Amount:
        """ "3m people", "between 3m and 4m": the m of millions before what is counted in them; of metres before all else."""
        j = amount.number_end
        if amount.unit != "m" or amount.end != j + 1 or text_at(self._tokens, j) != "m":
            return amount
        count = replace(amount, kind="count", unit=None, has_noun=True, is_plain=False)
        found = self._nouns.find(count)
        if found is None or found[0].split()[-1].lower() not in read_word_set("millions"):
            return amount
        value, low, high = (n and clean(n * 1e6) for n in (amount.value, amount.low, amount.high))
        return replace(count, value=value, low=low, high=high, scale=1e6)

    def _is_hyphened(self, i: int) -> bool:
        """ "power-of-one", "post-first": a number word inside a compound."""
        tokens = self._tokens
        is_inside = i > 1 and tokens[i].is_glued and tokens[i - 1].text in HYPHENS and tokens[i - 1].is_glued
        return is_inside and tokens[i].kind == "word" and tokens[i - 2].kind == "word"

    def _is_half_more(self, amount: Amount) -> bool:
        """ "a teaspoon and a half of salt": the half belongs to one of something before it."""
        tokens, i = self._tokens, amount.start
        i -= lower_at(tokens, i) == "half"
        is_half = [lower_at(tokens, k) for k in (i - 1, i, i + 1)] == ["and", "a", "half"]
        return is_half and i > 2 and tokens[i - 2].kind == "word" and lower_at(tokens, i - 3) in ("a", "an")

    def _is_half_word(self, amount: Amount) -> bool:
        """ "half-time", "his half-brother", "quarter-final": no part of anything; "a half-point rise" is one."""
        j = amount.end
        is_word = amount.kind == "fraction" and not amount.is_digits
        if not is_word or j + 1 >= len(self._tokens):
            return False
        is_joined = (
            self._tokens[j].text in HYPHENS and self._tokens[j].is_glued and self._tokens[j + 1].is_glued
        )
        return is_joined and self._tokens[j + 1].lower not in ("point", "points")

    def _are_results(self, i: int) -> bool:
        """ "The scores were close": results, and no forty people or more."""
        if self._tokens[i].lower in _ARTICLES and lower_at(self._tokens, i + 1) == "score":
            following = self._tokens[i + 3 : i + 4]  # "a score of 73.9"
            return lower_at(self._tokens, i + 2) == "of" and bool(following) and following[0].kind == "number"
        is_owned = lower_at(self._tokens, i - 1) in _DETERMINERS or lower_at(self._tokens, i - 1) == "test"
        return self._tokens[i].lower == "scores" and is_owned and lower_at(self._tokens, i + 1) != "of"

    def _is_capital_name(self, amount: Amount) -> bool:
        """ "the Six Rivers group": a capital in mid-sentence, with a capital after it, makes a name."""
        tokens, i = self._tokens, amount.start
        if amount.is_digits or amount.kind != "count" or not tokens[i].is_capitalized or i == 0:
            return False
        following = tokens[amount.end] if amount.end < len(tokens) else None
        before = tokens[i - 1]
        is_inside = before.kind == "word" and not before.is_capitalized
        return is_inside and following is not None and following.kind == "word" and following.is_capitalized

    def _hedge_floor(self, amount: Amount) -> int:
        """Hedges never reach into dates or earlier figures."""
        floor = self._floor
        if floor and floor == amount.start - 1 and lower_at(self._tokens, floor) == "over":
            return amount.start  # "9 percent over three": not more than three
        for k in range(amount.start - 1, max(floor, amount.start - 6) - 1, -1):
            if k in self._taken:
                return k + 1
        return floor

    def _with_counted(self, amount: Amount) -> Amount:
        if amount.kind in ("fraction", "percent", "ratio"):
            found = self._nouns.find(amount, needs_of=amount.kind != "ratio")
        elif not amount.has_noun or amount.kind != "count":
            return amount
        elif text_at(self._tokens, amount.end) in HYPHENS and self._tokens[amount.end].is_glued:
            return self._with_hyphened(amount)
        else:
            found = self._nouns.find(amount, singular=amount.value == 1)
        if found is None:
            return amount
        return replace(amount, counted=found[0], end=found[1])

    def _with_hyphened(self, amount: Amount) -> Amount:
        """ "a 100-member panel" counts members."""
        j = amount.end + 1
        token = self._tokens[j] if j < len(self._tokens) else None
        if (
            token is None
            or token.kind != "word"
            or not token.is_glued
            or token.lower in read_word_set("stop")
        ):
            return amount
        if token.lower in ("plus", "odd", "ish") or amount.value in (0, 1):
            return amount
        return replace(amount, counted=token.text, end=j + 1, is_plain=False)

    def _is_one(self, amount: Amount) -> bool:
        """ "one" is a number before a noun, and a pronoun elsewhere."""
        i = amount.start
        if self._tokens[i].lower != "one" or amount.bound != "exact":
            return True
        if amount.kind == "duration":
            return amount.unit != "d" or lower_at(self._tokens, i - 1) in _ONE_DAY_CUES
        if amount.kind != "count":
            return True
        if amount.number_end - i > 1:
            return True
        after = lower_at(self._tokens, i + 1)
        if (
            after == "of"
            or after in read_word_set("one_idioms")
            or lower_at(self._tokens, i - 1) in read_word_set("not_one_before")
        ):
            return False
        return amount.counted is not None

    def _finish_rank(self, amount: Amount) -> Sequence[Amount]:
        tokens, i = self._tokens, amount.start
        if is_ranked_name(tokens, amount, self._starts_sentence(i)):
            return ()
        following = lower_at(tokens, amount.end + (text_at(tokens, amount.end) in HYPHENS))
        if (tokens[i].lower, following) in _NO_RANKS or self._is_hyphened(i):
            return ()
        end = amount.end
        if text_at(tokens, end) in HYPHENS and tokens[end].is_glued:
            end += 1
        found = None
        is_placed = end > amount.end and lower_at(tokens, end).endswith(("ed", "ing"))  # "third-placed"
        if amount.bound != "between" and not is_placed:
            found = self._nouns.find(replace(amount, end=end), singular=True)
        if found is None and not self._is_bare_rank(amount):
            return ()
        if tokens[i].lower == "second" and lower_at(tokens, i - 1) in ("per", "every", "each", "split"):
            return ()
        ranked = amount if found is None else replace(amount, counted=found[0], end=found[1])
        return (ranked,)

    def _starts_sentence(self, i: int) -> bool:
        return i == 0 or self._tokens[i - 1].kind == "break" or self._tokens[i - 1].text in '.!?"“”‘:'

    def _is_bare_rank(self, amount: Amount) -> bool:
        """ "the first", "21st", "twentieth": a rank without a noun; "at first" and "first," are not ranks."""
        word = self._tokens[amount.start].lower
        if amount.is_digits or word not in ("first", "second", "third"):
            return True
        before = lower_at(self._tokens, amount.start - 1)
        return before in _DETERMINERS and not (word == "second" and before in _NO_COUNT_BEFORE_SECOND)
