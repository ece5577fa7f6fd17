"""What the words around and inside a name say about its type.

Weights are votes: 1 is as much as the model's own label on one mention, 4 settles the matter. They are
set by what the pattern means in news prose, not fitted to any text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import gazetteer, normalize_name
from tasks.extract.names.treatment import FAIR, STRONG, treatment_votes
from tasks.extract.names.words import name_words
from tasks.extract.quotations.given_names import genders

SETTLED = 4.0
Votes = defaultdict[str, float]  # by type of mention
_WEAK = 0.7
_LEAST = 0.3  # over nothing
_DATELINE = 14  # tokens that a dateline can have before its agency
_CASES = frozenset(
    {"case", "trial", "murder", "inquiry", "affair", "hearing", "investigation", "lawsuit", "row", "scandal"}
)
# "The company, Halden Bio, hopes", "his employer, Tamar Coaches": what is named behind these is a body.
_COMPANIES = frozenset({"company", "firm", "operator", "supplier", "manufacturer", "maker", "airline", "contractor", "developer"}
    | {"charity", "union", "agency", "startup", "retailer", "bank", "insurer", "publisher", "brewer", "club", "school", "employer"})  # fmt: skip
_OWNERS = frozenset({"the", "his", "her", "their", "its", "my", "our", "'s"})

_CLUBS = frozenset({"rovers", "wanderers", "rangers"})


def new_votes() -> Votes:
    """No votes yet."""
    return defaultdict(float)


def add_votes(into: Votes, more: Mapping[str, float], scale: float = 1.0) -> None:
    """Add the other votes, scaled."""
    for entity_type, value in more.items():
        into[entity_type] += value * scale


def inner_votes(frame: Frame, one: Candidate) -> Votes:
    """Votes from the name's own words: endings, beginnings, first names, tables."""
    votes: Votes = new_votes()
    lists = name_words()
    lowers = frame.lowers[one.start : one.end]
    last = lowers[-1]
    if len(lowers) > 1:
        if not _has_double_surname(frame, one):  # the second half of "Kirsty Llewellyn-Park" is no park
            _vote_endings(votes, " ".join(lowers), last)
        is_first = lowers[0] in lists.first_names
        if (
            (
                is_first
                or (
                    lowers[0] in genders()
                    and one.start not in frame.headings
                    and not frame.words[one.start].isupper()
                )
            )
            and len(lowers) <= 4
            and not votes
            and all(
                frame.capitals[i]
                or frame.lowers[i]
                in ("de", "van", "von", "der", "al", "bin", "la", "da", "di", "-", "del", "le", ".")
                for i in range(one.start, one.end)
            )
        ):
            votes["person"] += STRONG if is_first else _WEAK
        if not votes.get("organization") and _has_double_surname(frame, one):
            votes["person"] += 1.0
    else:
        _vote_shape(votes, frame.words[one.start])
    _vote_tables(votes, frame, one)
    return votes


def _has_double_surname(frame: Frame, one: Candidate) -> bool:
    """A word and a surname of two: "Narelle Pham-Whitby"."""
    words = frame.words[one.start : one.end]
    is_shape = len(words) == 4 and words[2] in ("-", "‑") and all(words[i].isalpha() for i in (0, 1, 3))
    return is_shape and all(words[i][0].isupper() and not words[i].isupper() for i in (0, 1, 3))


def _vote_endings(votes: Votes, phrase: str, last: str) -> None:
    lists = name_words()
    two = " ".join(phrase.split()[:2])
    tail = " ".join(phrase.split()[-2:])
    if two in lists.organization_beginnings:
        votes["organization"] += SETTLED
    elif tail in lists.facility_endings:
        votes["facility"] += 3.0
    elif last in lists.law_endings:
        votes["law"] += STRONG
    elif last in lists.event_endings:
        votes["event"] += STRONG
    elif last in lists.organization_endings:
        votes["organization"] += 3.0
    elif last in lists.facility_endings:
        votes["facility"] += STRONG
    elif (
        last in lists.place_endings
        or two.split()[0] in lists.place_beginnings
        or two in lists.place_beginnings
    ):
        votes["place"] += STRONG


def _vote_shape(votes: Votes, word: str) -> None:
    letters = word.replace("&", "").replace(".", "")
    if word.lower() in _CLUBS:
        votes["organization"] += STRONG
    if 2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha():
        votes["organization"] += _WEAK
        votes["person"] -= FAIR
    elif any(char.isdigit() for char in word):
        votes["person"] -= STRONG
    elif "." in word[1:-1] and word.lower().endswith((".com", ".org", ".net")):
        votes["organization"] += STRONG


def _vote_tables(votes: Votes, frame: Frame, one: Candidate) -> None:
    tables = gazetteer()
    form = normalize_name(frame.text(one.start, one.end))
    if form in tables.groups:
        votes["group"] += 6.0
    elif thing := tables.known.get(form):
        votes[thing.entity_type] += SETTLED
    elif cities := tables.cities.get(form):
        largest = cities[0].population
        votes["place"] += 2.0 if largest > 500_000 else 1.2 if largest > 100_000 else 0.6


def outer_votes(frame: Frame, one: Candidate) -> Votes:
    """Votes from the words around the name."""
    votes: Votes = new_votes()
    _vote_before(votes, frame, one)
    _vote_after(votes, frame, one)
    add_votes(votes, treatment_votes(frame, one))
    return votes


def _vote_before(votes: Votes, frame: Frame, one: Candidate) -> None:
    before = frame.lower(one.start - 1)
    if _is_title(frame, one.start - 1):
        votes["person"] += SETTLED
    elif before in ("judge", "justice", "pastor", "bishop", "sheriff") and one.end - one.start > 1:
        votes["person"] += FAIR  # it opens the sentence
    elif before in name_words().offices and before not in name_words().office_fields:
        votes["person"] += STRONG
    elif before in name_words().vessels and not frame.is_capital(one.start - 1):
        votes["product"] += SETTLED
        votes["person"] -= STRONG
    else:
        _vote_preposition(votes, frame, one, before)


def _is_title(frame: Frame, token: int) -> bool:
    if frame.lower(token) == "." and frame.glued(token - 1):
        token -= 1  # "Engr. Briggs"
    lower = frame.lower(token)
    if lower.rstrip(".") in ("mr", "mrs", "ms", "dr"):
        return True
    return lower in name_words().honorifics and frame.is_capital(token) and token not in frame.begins


def _vote_preposition(votes: Votes, frame: Frame, one: Candidate, before: str) -> None:
    lists = name_words()
    second = frame.lower(one.start - 2)
    if before in lists.organization_nouns:
        votes["organization"] += STRONG if one.end - one.start > 1 else FAIR
    elif before == "the" and _is_acronym(frame.words[one.start]) and one.end - one.start == 1:
        votes["organization"] += 1.0
    elif before == "in" and second in lists.holdings:
        votes["organization"] += STRONG
    elif before == "in" and _is_held_at(frame, one, second):
        votes["place"] += STRONG
        votes["person"] -= STRONG
    elif weight := _place_weight(before, second):
        votes["place"] += weight
        votes["person"] -= _WEAK if before in lists.place_prepositions else 0.0
    elif before == "the" and one.end - one.start == 1:
        votes["person"] -= FAIR
        votes["place"] -= 0.4
    elif before in lists.speech and frame.lower(one.end) not in ("'s", "’s"):  # "said Norrland's founder"
        votes["person"] += _WEAK
    elif before == "/" and second == "reuters":
        votes["person"] += SETTLED
    elif before == "," and second in lists.offices:
        votes["person"] += FAIR
    elif before == "," and second in _COMPANIES and frame.lower(one.start - 3) in _OWNERS:
        votes["organization"] += STRONG
    elif before == "(" and _signs_dateline(frame, one):
        votes["organization"] += SETTLED


def _is_held_at(frame: Frame, one: Candidate, office: str) -> bool:
    """Whether it is where somebody holds an office: "a shop owner in Northwick", not "the judge in the Orr case"."""
    lists = name_words()
    is_held = office in lists.offices and office not in lists.honorifics
    return is_held and one.end - one.start == 1 and frame.lower(one.end) not in _CASES


def _signs_dateline(frame: Frame, one: Candidate) -> bool:
    """Whether it is the agency of a dateline: "WEXCOMBE, Sept 14 (Presslink) - A landslide"."""
    is_closed = frame.lower(one.end) == ")" and frame.lower(one.end + 1) in ("-", "–", "—", "--")
    return is_closed and one.start < _DATELINE


# "A man from Northwick", "the trains between Northwick and Brack".
_PEOPLE = frozenset(
    {
        "man",
        "woman",
        "boy",
        "girl",
        "couple",
        "family",
        "teenager",
        "men",
        "women",
        "children",
        "driver",
        "farmer",
        "student",
        "teacher",
    }
)
_WAYS = frozenset(
    {
        "trains",
        "train",
        "road",
        "line",
        "border",
        "ferry",
        "ferries",
        "route",
        "bus",
        "buses",
        "flights",
        "railway",
        "motorway",
        "tram",
        "track",
    }
)


def _place_weight(before: str, second: str) -> float:
    """How much the words before a name say that it is a place; 0 for nothing."""
    lists = name_words()
    if before == "of":
        return STRONG if second in lists.place_nouns or second in lists.place_owners else 0.0
    if (before == "from" and second in _PEOPLE) or (before == "between" and second in _WAYS):
        return FAIR
    if before in lists.place_movements:
        return 0.4
    is_place = before in lists.place_prepositions or before in lists.directions
    return FAIR if is_place or (before in lists.place_nouns and before != "state") else 0.0


def _vote_after(votes: Votes, frame: Frame, one: Candidate) -> None:
    lists = name_words()
    after = frame.lower(one.end)
    if after == ",":
        _vote_comma(votes, frame, one)
    elif after in ("'s", "'"):
        owned = frame.lower(one.end + 1)
        if owned in lists.kin:
            votes["person"] += FAIR
        elif owned in lists.assets:
            votes["organization"] += _WEAK
    elif after in lists.post_nominals and frame.words[one.end].isupper():
        votes["person"] += STRONG
    elif after in lists.speech:
        votes["organization" if _is_acronym(frame.words[one.end - 1]) else "person"] += 1.0
    elif after in ("has", "have", "will", "also", "is", "was") and _is_acronym(frame.words[one.end - 1]):
        votes["organization"] += 1.0
    elif after in ("who", "himself", "herself"):
        votes["person"] += FAIR
    elif (
        after in lists.place_endings and not frame.is_capital(one.end) and after not in ("park", "state")
    ) or (after in lists.place_bodies and not frame.is_capital(one.end)):
        votes["place"] += FAIR
    elif after == "-" and frame.lower(one.end + 1) in ("based", "born", "bred", "raised"):
        votes["place"] += 3.0
    elif after in lists.assets:
        votes["organization"] += _WEAK


def _vote_comma(votes: Votes, frame: Frame, one: Candidate) -> None:
    """What follows the comma after the name: an age, a relative clause, a country, a description."""
    following, third = frame.lower(one.end + 1), frame.lower(one.end + 2)
    if following in ("who", "whose"):
        votes["person"] += FAIR
    elif following == "which" and one.end - one.start == 1:
        votes["person"] -= FAIR
        votes["organization"] += _LEAST
    elif (
        following in ("a", "the")
        and third in _COMPANIES
        and frame.lower(one.end + 3) in ("of", "that", "which", "behind")
    ):
        votes["organization"] += FAIR
    elif following.isdigit() and len(following) == 2 and third in (",", ".", "and"):
        votes["person"] += 3.0
    elif _is_place(frame, one.end + 1):
        votes["place"] += FAIR
    elif following in ("a", "an", "the") and third in name_words().offices:
        votes["person"] += FAIR
    elif third in ("of", "at") and following in name_words().offices - name_words().office_fields:
        votes["person"] += FAIR if not frame.is_capital(one.end + 1) else 0.0


def _is_acronym(word: str) -> bool:
    return 3 <= len(word) <= 6 and word.isupper() and word.isalpha()


def _is_place(frame: Frame, token: int) -> bool:
    """Whether a country or state follows after the comma: "Durban , South Africa"."""
    if not frame.is_capital(token):
        return False
    known = gazetteer().known
    for length in (3, 2, 1):
        thing = known.get(normalize_name(" ".join(frame.words[token : token + length])))
        if thing is not None:
            return thing.entity_type == "place"
    return False
