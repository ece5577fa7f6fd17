"""One type for each name of a document: the model's labels, the words around and our tables vote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from math import sqrt

from tasks.extract.names.evidence import SETTLED, Votes, add_votes, inner_votes, new_votes, outer_votes
from tasks.extract.names.frame import Candidate, Frame
from tasks.extract.names.gazetteer import normalize_name
from tasks.extract.names.treatment import is_plural_subject
from tasks.extract.names.words import name_words

_MODEL = 0.9
_PART_OF_PERSON = 5.0
_PART_OF_ORGANIZATION = 2.0
_OPENS_ORGANIZATION = 3.5  # "Eastvale" beside "Eastvale United", and no Ada Eastvale
_MOST_WORDS = 20  # of the beginning of a body's name that stands for it
_LINKS = frozenset(
    {"de", "la", "al", "el", "bin", "van", "von", "der", "of", "and", "the", "del", "da", "di"}
)


def settle_types(frame: Frame, candidates: Sequence[Candidate]) -> None:
    """Give every candidate its key and type; mentions of one name agree unless they are two things."""
    by_key: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        one.key = normalize_name(frame.text(one.start, one.end))
        by_key[one.key].append(one)
    own = {id(one): outer_votes(frame, one) for one in candidates}
    totals = {key: _total(frame, group, own) for key, group in by_key.items()}
    plurals = {one.key for one in candidates if is_plural_subject(frame, one)}
    peoples = {key for key in plurals if _best(totals[key]) == "group"}
    _support_parts(by_key, totals, plurals - peoples - name_words().first_names)
    for key, group in by_key.items():
        _decide(group, totals[key], own)


def _total(frame: Frame, group: Sequence[Candidate], own: dict[int, Votes]) -> Votes:
    votes = new_votes()
    for one in group:
        weight = _MODEL if one.is_model else SETTLED if one.is_certain else 0.0
        votes[one.entity_type] += weight
        add_votes(votes, own[id(one)])
    scaled = new_votes()
    add_votes(scaled, votes, 1 / sqrt(len(group)))
    add_votes(scaled, inner_votes(frame, group[0]))
    return scaled


def _best(votes: Votes) -> str:
    return max(sorted(votes), key=lambda kind: votes[kind])


def _support_parts(
    by_key: dict[str, list[Candidate]], totals: dict[str, Votes], plurals: AbstractSet[str]
) -> None:
    """Parts of a full name share its type: "Horne" after "Ada Horne", "Frasers" after "Frasers Group".

    `plurals` are the names that stand as the subject of a plural verb.
    """
    people: set[str] = set()
    organizations: set[str] = set()
    for key in by_key:
        words = key.replace("-", " ").split() if "-" in key and " " not in key else key.split()
        if len(words) < 2:
            continue
        best = _best(totals[key])
        if best == "person" and words[-1] in plurals:  # "Kestrels have 29 points" after "Marlow Kestrels"
            totals[key]["organization"] += _PART_OF_PERSON
            best = _best(totals[key])
        if best == "person" and len(words) <= 6:
            people.update(word for word in words if word not in _LINKS and len(word) > 1)
        elif best == "organization":
            organizations.update(" ".join(words[:n]) for n in range(1, min(len(words), _MOST_WORDS)))
    for key, votes in totals.items():
        parts = [word for word in key.split() if word not in _LINKS]
        if parts and len(parts) <= 3 and all(word in people for word in parts):
            votes["person"] += _PART_OF_PERSON
        elif key in organizations and len(key) > 2:
            is_body = (
                _best(votes) == "person" and " " not in key and key not in people | name_words().first_names
            )
            votes["organization"] += _OPENS_ORGANIZATION if is_body else _PART_OF_ORGANIZATION


def _decide(group: Sequence[Candidate], votes: Votes, own: dict[int, Votes]) -> None:
    best = _best(votes)
    rival = "place" if best == "person" else "person" if best == "place" else ""
    is_contested = bool(rival) and votes[rival] >= 2.0 and votes[best] - votes[rival] < 4.0 and len(group) > 1
    for one in group:
        one.votes = dict(votes)
        if not is_contested:
            one.entity_type = best
            continue
        here = own[id(one)]
        margin = here[rival] - here[best] + (1.0 if one.is_model and one.entity_type == rival else 0.0)
        one.entity_type = rival if margin >= 2.0 else best
