"""What looks like a figure but is not: laws, models, labels, list numbers, versions (codes.py: phones, addresses)."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.figures.amounts import HYPHENS, Amount
from tasks.extract.figures.lexicon import read_word_set
from tasks.extract.numerals import Token, lower_at, text_at

_LONGEST_COUNT = 1e9  # without separators: the number of a message, an account
_LONGEST_ROW = 8  # numbers behind one label
_ROW_JOINTS = frozenset({"and", "or", "to", ",", "-", "–", "&", "through"})
_PAGE_LABELS = frozenset({"p", "pp", "pg", "para", "paras", "art", "sec", "ch"})
_LIST_MARKS = frozenset({".", ")"})
# "The toll stood at nine": a number after these, and no hour.
_STANDING = frozenset(
    {
        "stood",
        "stands",
        "stand",
        "standing",
        "remained",
        "remains",
        "stayed",
        "stays",
        "put",
        "puts",
        "capped",
        "held",
    }
)
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
# Nouns that are no verbs and no part of what is counted: "bus 42 stops here".
_LINES = frozenset(
    {"bus", "tram", "flight", "platform", "seat", "cell", "ward", "room", "gate", "berth", "locker"}
)
_BEFORE_HOUR = frozenset({"by", "until", "till", "since"})
_AFTER_HOUR = frozenset(
    {
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "in",
        "on",
        "and",
        "when",
        "the",
        "that",
        "this",
        "as",
        "but",
        "sharp",
        "tomorrow",
        "yesterday",
        "today",
    }
)


_INDEXES = frozenset(
    {"asx", "cac", "dax", "ftse", "hsi", "ibex", "jse", "kospi", "nasdaq", "nifty", "nikkei", "nse", "nzx", "omx", "russell", "sensex",
     "smi", "stoxx", "topix", "tsx"}
)  # fmt: skip
_POSTCODE_SIZE = 100_000
_AFTER_CODE = frozenset({".", ",", ")", ";", "", "\n"})
_PAID_PER = frozenset(
    {"pcm", "pm", "pw", "pd", "ph", "pa", "pp", "psf"}
)  # "£350pcm": a calendar month, a week, a head
_VEHICLES = frozenset({"wheeler", "wheelers", "seater", "seaters", "decker", "deckers"})
_STAGES = frozenset(
    {"day", "week", "month", "year", "phase", "stage", "round", "game", "set", "lap", "part", "chapter", "episode", "season", "level", "act",
     "step", "category", "plan"}
)  # fmt: skip
_BEFORE_STAGES = frozenset(
    {"in", "on", "of", "by", "after", "from", "until", "since", "to", "through", "before", "during", "for", "and", "or", "is", "was", ".", "!",
     "?", "begin", "began", "begins", "complete", "completed", "finish", "finished", "start"}
)  # fmt: skip


def is_part_of_name(tokens: Sequence[Token], amount: Amount) -> bool:
    """The number is (part of) a name: "Article 5", "Boeing 747", "G7", "No. 3", "COVID-19"."""
    i = amount.start
    is_rate = lower_at(tokens, i - 1) == "per" and amount.kind == "count"  # "58 cases per 100,000 people"
    if (
        is_rate
        or _is_code(tokens, amount)
        or is_list_mark(tokens, i)
        or _is_hour(tokens, amount)
        or _is_vehicle(tokens, amount)
    ):
        return True
    if _is_lettered(tokens, amount):
        return _has_label_before(tokens, i) or (amount.kind == "count" and _is_inside_name(tokens, i - 1))
    if not amount.is_digits or amount.scale != 1 or amount.kind != "count":
        return _follows_group_of(tokens, i) or _is_stage(tokens, amount)
    if amount.is_plain and (amount.value or 0) >= _LONGEST_COUNT:
        return True
    j = i - 1
    if text_at(tokens, j) in (".", "#", ":") and lower_at(tokens, j - 1) in (
        "no",
        "nos",
        "nr",
        "nrs",
        "vol",
        "fig",
        "apt",
    ):
        return True
    before = lower_at(tokens, j)
    is_grouped = "," in text_at(tokens, amount.number_end - 1)  # "They count 300,000"
    is_labelled = before in read_word_set("labels", "names.toml") and _names_here(tokens, j, amount)
    if text_at(tokens, j) == "#" or (is_labelled and not is_grouped):
        return True
    counts_nothing = not is_grouped and (
        amount.counted is None or lower_at(tokens, amount.number_end) == "of"
    )
    if counts_nothing and (_has_label_before(tokens, i) or _is_model(tokens, amount)):
        return True
    return _follows_group_of(tokens, i) or _follows_name(tokens, j, amount)


def _is_inside_name(tokens: Sequence[Token], j: int) -> bool:
    """A capitalised word in mid-sentence: the "Courtroom" of "in Courtroom 3B"."""
    if j < 1 or tokens[j].kind != "word" or not tokens[j].is_capitalized:
        return False
    return tokens[j - 1].kind == "word" and tokens[j].lower not in read_word_set("stop") | _WEEKDAYS


def _is_vehicle(tokens: Sequence[Token], amount: Amount) -> bool:
    """ "Two-wheelers", "a two-seater": the kind of a vehicle counts nothing."""
    words = (lower_at(tokens, amount.end - 1), lower_at(tokens, amount.end), lower_at(tokens, amount.end + 1))
    is_joined = any(text_at(tokens, k) in HYPHENS for k in range(amount.start + 1, amount.end + 1))
    return amount.kind == "count" and is_joined and not _VEHICLES.isdisjoint(words)


def _is_stage(tokens: Sequence[Token], amount: Amount) -> bool:
    """ "In week two", "phase one of the works": the number of a stage; "every week two die" counts people."""
    i = amount.start
    is_word = (
        not amount.is_digits and amount.kind == "count" and amount.counted is None and amount.bound == "exact"
    )
    is_named = lower_at(tokens, i - 1) in _STAGES and (
        lower_at(tokens, i - 2) in _BEFORE_STAGES or i < 2 or tokens[i - 2].kind == "break"
    )
    return is_word and is_named


def _is_lettered(tokens: Sequence[Token], amount: Amount) -> bool:
    """ "27L", "12B", "14C": digits with a capital, which can be a unit or a scale, or a gate or a seat."""
    j = amount.start + 1
    if (
        not amount.is_digits
        or tokens[amount.start].kind != "number"
        or j >= len(tokens)
        or not tokens[j].is_glued
    ):
        return False
    return len(tokens[j].text) == 1 and tokens[j].text.isupper() and j + 1 in (amount.end, amount.number_end)


def _is_hour(tokens: Sequence[Token], amount: Amount) -> bool:
    """ "The shops shut at five.", "By three, it was over": a bare word for an hour; "died at nine" is an age."""
    if amount.is_digits or amount.kind != "count" or amount.counted is not None or amount.bound != "exact":
        return False
    following = tokens[amount.end] if amount.end < len(tokens) else None
    before = lower_at(tokens, amount.start - 1)
    opens = before in _BEFORE_HOUR and tokens[amount.start - 1].is_capitalized
    is_cued = before == "at" or (opens and following is not None and following.text == ",")
    if not 1 <= (amount.value or 0) <= 12 or not is_cued:
        return False
    if lower_at(tokens, amount.start - 2) in _STANDING:
        return False
    is_alone = (
        following is None
        or following.kind == "break"
        or following.text in ".,;:!?)”"
        or following.lower in _AFTER_HOUR
    )
    return is_alone and lower_at(tokens, amount.start - 2) not in ("die", "died", "dies", "dead")


def _has_label_before(tokens: Sequence[Token], i: int) -> bool:
    """A label comes before the number, or before a row of numbers that it ends: "exits 14 and 15", "Rooms 3, 4A or 5"."""
    labels = read_word_set("labels", "names.toml")
    for _ in range(_LONGEST_ROW):
        before = lower_at(tokens, i - 1)
        if before in labels or (before.endswith("s") and before[:-1] in labels):
            return True
        if before == "." and lower_at(tokens, i - 2) in _PAGE_LABELS and not tokens[i - 2].is_glued:
            return True
        if before not in _ROW_JOINTS:
            return False
        k = i - 2
        if lower_at(tokens, k) == ",":
            k -= 1
        if k > 0 and tokens[k].is_glued and len(tokens[k].text) == 1 and tokens[k].kind == "word":
            k -= 1
        if k < 1 or tokens[k].kind != "number":
            return False
        i = k
    return False


def _is_model(tokens: Sequence[Token], amount: Amount) -> bool:
    """ "a 737 landed": one of a number that has no unit and counts nothing is a thing's name."""
    is_one = lower_at(tokens, amount.start - 1) in ("a", "an")
    goes_on = text_at(tokens, amount.end) in HYPHENS
    return is_one and amount.is_plain and (amount.value or 0) >= 100 and not goes_on


def _follows_group_of(tokens: Sequence[Token], i: int) -> bool:
    """ "the Group of 20", "the Committee of Seven"."""
    return lower_at(tokens, i - 1) == "of" and i > 1 and tokens[i - 2].text in ("Group", "Committee", "Gang")


def _names_here(tokens: Sequence[Token], j: int, amount: Amount) -> bool:
    """ "Week 10" and "round two" are labels; "No 200 people" never is, nor "plan 30 visits"."""
    if amount.counted is not None and not tokens[j].is_capitalized:
        return tokens[j].lower in _LINES and amount.is_plain
    return amount.is_digits or tokens[j].is_capitalized


def _follows_name(tokens: Sequence[Token], j: int, amount: Amount) -> bool:
    """A capitalised word in mid-sentence right before bare digits that count nothing: "Falcon 9"."""
    if j >= 0 and amount.is_plain and amount.counted is None and tokens[j].lower in _INDEXES:
        return True  # "FTSE 100 closed up"
    if j < 1 or amount.counted is not None or not amount.is_digits:
        return False
    token = tokens[j]
    if token.text == "&":
        return True
    if token.kind != "word" or not token.is_capitalized or token.lower in read_word_set("stop") | _WEEKDAYS:
        return False
    if len(token.text) > 1 and token.text.isupper() and tokens[j - 1].text == ",":
        return True  # "the return flight, UO 805"
    if (
        amount.is_plain
        and (amount.value or 0) >= _POSTCODE_SIZE
        and text_at(tokens, amount.end) in _AFTER_CODE
    ):
        return True  # "Gurugram 122015."
    return tokens[j - 1].kind in ("word", "number")


def _is_code(tokens: Sequence[Token], amount: Amount) -> bool:
    """Letters or digits that touch the number: "A320", "F-16", "24703m212", "3-D"."""
    i = amount.start
    if not amount.is_digits:
        return False
    if tokens[i].kind == "number" and tokens[i].is_glued:
        before = tokens[i - 1]
        if before.kind == "word" or before.text in ("_", "#", "@"):
            return True
        if before.text == "+" and before.is_glued and tokens[i - 2].kind == "word":
            return True  # GMT+7
        if before.text in HYPHENS and before.is_glued and tokens[i - 2].kind == "word":
            return True
        if before.text in ("/", "\\", "=") and before.is_glued:
            return tokens[i - 2].kind in ("word", "sign", "number")
    return _touches_behind(tokens, amount)


def _touches_behind(tokens: Sequence[Token], amount: Amount) -> bool:
    """What goes on without a blank: "24703m212", "112/2"; not the month of "£350pcm"."""
    following = tokens[amount.end] if amount.end < len(tokens) else None
    if following is None or not following.is_glued:
        return False
    if following.text == "/" and amount.end == amount.start + 1 and amount.end + 1 < len(tokens):
        further = tokens[amount.end + 1]
        return further.is_glued and further.kind == "number"  # "112/2"
    if amount.kind == "money" and following.lower in _PAID_PER:
        return False
    return following.kind in ("word", "number") or (following.text == "_")


def is_list_mark(tokens: Sequence[Token], i: int) -> bool:
    """ "1. Mix", "2) Stir", "(3)", "[4]": the number of a point or a note."""
    token = tokens[i]
    if token.kind != "number" or not token.text.isdecimal() or len(token.text) > 3:
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None:
        return False
    if i > 0 and (tokens[i - 1].text, after.text) in (("(", ")"), ("[", "]")) and tokens[i].is_glued:
        return len(token.text) <= 2 or tokens[i - 1].text == "["
    before = i - 1 if i and tokens[i - 1].text in ("“", '"', "‘") else i
    starts_line = before == 0 or tokens[before - 1].kind == "break"
    if not starts_line or after.text not in _LIST_MARKS or not after.is_glued:
        return False
    following = tokens[i + 2] if i + 2 < len(tokens) else None
    return following is not None and not following.is_glued


def is_ranked_name(tokens: Sequence[Token], amount: Amount, starts_sentence: bool) -> bool:
    """ "the 7th Fleet", "Fifth Avenue", "Second World War", "First Lady"."""
    following = tokens[amount.end] if amount.end < len(tokens) else None
    if following is None or not following.is_capitalized or following.kind != "word":
        return False
    if following.lower in read_word_set("ranked_names", "names.toml"):
        return True
    return tokens[amount.start].is_capitalized and not amount.is_digits and not starts_sentence
