"""What a sentence's treatment of a name says about its type: agreement, articles, addresses, what it owns.

`STRONG` and `FAIR` are the weights of a vote; `tasks.extract.names.evidence` says what they mean and votes by them too.
"""

from __future__ import annotations

from collections import defaultdict

from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.words import name_words

STRONG = 2.5
FAIR = 1.5
_ADDRESS = 10  # tokens from an age to the last part of the address
_TEAMS = frozenset({"person", "product", "organization"})  # what a model takes a team for
_FAMILY = frozenset({"family", "brothers", "sisters", "couple", "household", "siblings", "twins"})
_PLURALS = frozenset({"have", "are", "were", "do"})
_PLAYING = frozenset(
    {"play", "host", "travel", "visit", "face", "meet", "sit", "remain", "are", "were", "have"}
)
# Behind these words a clause begins, so that the name behind them is its subject.
_CLAUSES = frozenset(
    {"as", "that", "while", "when", "because", "if", "since", "but", "before", "where", "whereas", "though", "although"}
)  # fmt: skip
_OWNED_BY_PLACES = frozenset(
    {"parliament", "coast", "coastline", "capital", "currency", "population", "airspace", "electorate", "outskirts"}
    | {"mayor", "premier", "suburbs", "monarch", "monarchy"}
)  # fmt: skip
_PRIME = ("prime", "minister")


def treatment_votes(frame: Frame, one: Candidate) -> dict[str, float]:
    """Votes from the grammar around the name; empty where it says nothing."""
    votes: defaultdict[str, float] = defaultdict(float)
    if one.entity_type in _TEAMS and is_plural_subject(frame, one):
        votes["organization"] += STRONG
        votes["person"] -= STRONG
    if _is_with_article(frame, one):
        votes["person"] -= FAIR
    if _is_address(frame, one):
        votes["place"] += FAIR
        votes["person"] -= STRONG
        votes["organization"] -= STRONG
    if frame.lower(one.end) in ("'s", "'") and _owns_as_place(frame, one.end + 1):
        votes["place"] += STRONG
    return votes


def is_plural_subject(frame: Frame, one: Candidate) -> bool:
    """Whether the name alone is the subject of a plural verb, as teams are: "Kestrels have 29 points", "Ashdown, who play"."""
    before, after = frame.lower(one.start - 1), frame.lower(one.end)
    is_many = after == "," and frame.lower(one.end + 1) == "who" and frame.lower(one.end + 2) in _PLAYING
    if is_many:
        return before not in ("and", "or", "&")
    return after in _PLURALS and (one.start in frame.begins or before in _CLAUSES)


def _is_with_article(frame: Frame, one: Candidate) -> bool:
    """Whether an article stands before one word that is no person's then: "the Chilterns", "a Chilterns beechwood"."""
    if one.end - one.start != 1:
        return False
    before, after = frame.lower(one.start - 1), frame.lower(one.end)
    if before == "the":
        word = frame.words[one.start]
        is_many = word.endswith("s") and after not in {"'", "'s"} | _FAMILY
        return is_many and not {word[:-1], word.removesuffix("es")}.intersection(
            frame.words
        )  # "the Clintons"
    return before in ("a", "an") and after.isalpha() and not frame.is_capital(one.end)


def _is_address(frame: Frame, one: Candidate) -> bool:
    """Whether it is where somebody lives: "Darius Orr, 58, of Alder Close, Penhallow"."""
    if frame.lower(one.end) == "," and frame.lower(one.end + 1).isdigit():
        return False  # the next person: "25, of Wexcombe, Tyree Orr, 20, of"
    token = one.start - 1
    while token > one.start - _ADDRESS and _is_part_of_address(frame, token):
        token -= 1
    if frame.lower(token) not in ("of", "from") or frame.lower(token - 1) != ",":
        return False
    age = frame.lower(token - 2)
    return age.isdigit() and len(age) == 2 and frame.lower(token - 3) in (",", "aged")


def _is_part_of_address(frame: Frame, token: int) -> bool:
    lower = frame.lower(token)
    return lower == "," or lower.isdigit() or frame.is_capital(token)


def _owns_as_place(frame: Frame, token: int) -> bool:
    """Whether only a state or a town has it: "Torvania's prime minister"."""
    if (frame.lower(token), frame.lower(token + 1)) == _PRIME:
        return True
    return frame.lower(token) in _OWNED_BY_PLACES


def is_taxon(frame: Frame, one: Candidate) -> bool:
    """Whether it is a kind of animal or plant: "named Lamellibrachia tane", the second word small and no particle."""
    if one.end - one.start != 2 or not one.is_model or one.entity_type != "person":
        return False
    small = frame.words[one.end - 1]
    return len(small) > 3 and small.islower() and small.isalpha() and small not in name_words().run_links
