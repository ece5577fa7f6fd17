"""Plain texts of about 120 words, as several outlets print them of several events a day.

Text n is the same however many are made. No sentence stands in two texts, but for copies: one text in twenty repeats the one before
it in another outlet, under an own headline and with an own last sentence. An event has places, people, an organisation and figures of its own; all its texts name them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FIRST_DAY = datetime(2026, 1, 1, 5, tzinfo=UTC)
ARTICLES_A_DAY = 400
_WORDS = 112  # a text ends after the sentence that reaches them
_COPIES = 0.05
_TEXTS_OF_EVENT = (1, 1, 2, 2, 3, 4, 5, 8)
OUTLETS = (
    "alder-post", "bay-register", "cobble-news", "dunmore-echo", "east-coast-wire", "fell-observer",
    "gullcliff-times", "harrow-gazette", "inland-review", "kestrel-daily", "lowmarsh-journal", "mill-street-paper",
)  # fmt: skip
SYLLABLES = (
    "ba", "del", "fir", "gon", "hul", "kem", "lor", "mi", "nus", "pra", "quel", "rin", "sto", "tav", "wen", "zor",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_FIRST_NAMES = (
    "Rhona", "Idris", "Petra", "Tomas", "Mara", "Elin", "Joss", "Beatriz", "Callum", "Dorian", "Fenna", "Gareth",
    "Hanne", "Ilse", "Lena", "Marcus", "Nadia", "Oskar", "Piers", "Saskia",
)  # fmt: skip
_ROLES = (
    "mayor", "harbour master", "police chief", "head teacher", "fire chief", "council leader", "union secretary",
    "hospital director", "chief engineer", "district judge", "museum director", "transport minister",
)  # fmt: skip
_BODIES = (
    "council", "water board", "port authority", "rail company", "shipyard", "hospital trust", "farm union", "court",
)  # fmt: skip
_THINGS = (
    "boats", "houses", "trees", "jobs", "passengers", "votes", "lorries", "sheep", "pupils", "engines", "letters",
    "turbines", "tickets", "beds",
)  # fmt: skip
_EVENTS = (
    "storm", "strike", "fire", "flood", "collision", "protest", "merger", "vote", "landslide", "power cut", "recall",
    "closure",
)  # fmt: skip
_QUALITIES = (
    "slow", "costly", "careless", "bold", "late", "narrow", "fair", "hasty", "quiet", "muddled", "patient", "clumsy",
    "thorough", "modest", "sudden", "stubborn",
)  # fmt: skip
_PLACES = (
    "station", "harbour wall", "old mill", "market square", "north bridge", "town hall", "grain store", "lighthouse",
    "bus depot", "sports ground", "chapel", "pump house", "fish market", "quarry road", "west gate", "sorting office",
)  # fmt: skip
_TIMES = (
    "before breakfast", "after dark", "in heavy rain", "within the hour", "a week later", "at short notice",
    "without a warning", "against all advice", "in thick fog", "for the second time", "with one exception",
    "during the night shift", "behind closed doors", "at the end of the term", "in front of cameras", "on foot",
)  # fmt: skip
_MATTERS = (
    "the price of diesel", "the missing survey", "the width of the channel", "the new timetable", "the broken siren",
    "the rent of the sheds", "the depth of the foundations", "the unpaid wages", "the second inspection",
    "the insurance of the crew", "the lack of nurses", "the noise at night", "the age of the cables",
    "the loan of last spring", "the sale of the meadow", "the empty reservoir",
)  # fmt: skip
_SENTENCES = (
    "The {event} in {place} cost {many:,} {thing}, the {body} of {place} said on {weekday}.",
    "{person}, the {role} of {place}, put the damage at €{cost} million and blamed {matter}.",
    "“We lost {many:,} {thing} {time}, and {matter} made it worse,” said {person}.",
    "“Nobody at the {body} talks about {matter},” {other} told reporters near the {spot} of {town}.",
    "At least {part} people were hurt near the {spot} when the {event} reached {town} {time}.",
    "{other} called the answer of {org} {quality} and asked for a report by {day} {month}.",
    "{org} had promised {many:,} {thing} for {town}, about {part} per cent more than a year before.",
    "A spokesman for {org} said that {matter} was settled {time} on {day} {month}.",
    "Between {part} and {more} families from {town} slept in the {spot} {time}.",
    "The {body} meets on {day} {month} to discuss {matter} and the {event}.",
    "{person} grew up beside the {spot} of {town} and has led the {body} for {years} years.",
    "“It was a {quality} decision,” said {other}, who had warned of {matter} in {month}.",
    "The {event} closed the {spot} in {place} for {part} hours, {org} said {time}.",
    "More than {many:,} {thing} were counted at the {spot} on {weekday}, up from {few:,} in {month}.",
    "{other} wrote to {org} on {day} {month} about {matter}, but got a {quality} reply.",
    "Engineers from {town} had measured the {spot} {time} and found {part} cracks.",
    "The repair will take until {day} {month} and cost €{cost}.{digit} million, according to {person}.",
    "“Our {thing} came back to the {spot} {time},” {person} said of {matter}.",
    "Police in {town} questioned {few} witnesses about {matter} and the {event} at the {spot}.",
    "{org} denied that {matter} had anything to do with the {event}, and called the charge {quality}.",
    "Some {few:,} {thing} of the {body} were moved from the {spot} to {town} {time}.",
    "In {month} the {body} of {town} had spent €{few},000 on {matter}, a {quality} sum to {other}.",
    "A {quality} inquiry under {other} will look at {matter} and hear {part} people.",
    "Traffic between {place} and {town} stood for {part} minutes on {weekday} because of the {event} at the {spot}.",
    "{person} and {other} disagree about {matter}: he speaks of {few} {thing}, she of {many:,}.",
    "“Give us {years} weeks and {few} {thing},” {other} asked the {body} on {weekday} {time}.",
    "The {spot} of {place} was built {years} years ago for €{cost} million by {org}.",
    "Visitors to the {spot} in {town} paid €{part} on {weekday}, although the {event} had kept {few} of them away.",
)  # fmt: skip
_TITLES = (
    "{many:,} {thing} lost as {event} hits {place}",
    "{place} {event}: {person} blames {matter}",
    "{org} under fire after {event} in {place}",
    "{event} in {place} to cost €{cost} million",
    "{role} of {place} speaks of {few} {thing}",
    "{town} waits for {org} after {quality} {event}",
)


@dataclass(frozen=True, slots=True)
class VariedText:
    """A text as an outlet prints it, and the number of its event."""

    outlet: str
    name: str
    text: str
    event: int
    is_copy: bool = False


def iterate_texts(count: int, seed: int = 1) -> Iterator[VariedText]:
    """The first `count` texts."""
    chance, seen = random.Random(seed), set[int]()
    number = event = 0
    while number < count:
        words = _make_event(chance)
        outlets = chance.sample(OUTLETS, chance.choice(_TEXTS_OF_EVENT))
        before = ""
        for outlet in outlets:
            if number == count:
                return
            is_copy = bool(before) and chance.random() < _COPIES * 1.6  # the first of an event is never one
            told = _copy(chance, before, words, seen) if is_copy else _write_story(chance, words, seen)
            published = FIRST_DAY + timedelta(seconds=number * 86_400 // ARTICLES_A_DAY)
            yield VariedText(outlet, f"{number:06}.txt", _print(chance, told, published), event, is_copy)
            before, number = told, number + 1
        event += 1


def write_texts(folder: Path, count: int) -> Path:
    """The first `count` texts as files, in a folder for each outlet; those that are there are kept."""
    for outlet in OUTLETS:
        (folder / outlet).mkdir(parents=True, exist_ok=True)
    for text in iterate_texts(count):
        file = folder / text.outlet / text.name
        if not file.exists():
            file.write_text(text.text, encoding="utf-8")
    return folder


def invent_name(chance: random.Random, syllables: int = 4) -> str:
    """A name that hardly anything else has."""
    return "".join(chance.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def _make_event(chance: random.Random) -> dict[str, Any]:
    """What all texts of an event share."""
    person, other = (f"{chance.choice(_FIRST_NAMES)} {invent_name(chance, 3)}" for _ in range(2))
    place, town, firm = (invent_name(chance) for _ in range(3))
    return {
        "person": person,
        "other": other,
        "place": place,
        "town": town,
        "org": f"{firm} {chance.choice(('Lines', 'Group', 'Works', 'Energy', 'Holdings'))}",
        "event": chance.choice(_EVENTS),
        "thing": chance.choice(_THINGS),
        "role": chance.choice(_ROLES),
        "body": chance.choice(_BODIES),
        "many": chance.randrange(1_000, 90_000),
        "cost": chance.randrange(2, 400),
        "years": chance.randrange(3, 60),
    }


def _write_story(chance: random.Random, words: dict[str, Any], seen: set[int]) -> str:
    """Headline and paragraphs of an own text about the event."""
    title = _fill_anew(chance, _TITLES, words, seen)
    sentences: list[str] = []
    plans = chance.sample(_SENTENCES, len(_SENTENCES))
    while sum(len(sentence.split()) for sentence in sentences) < _WORDS:
        sentences.append(_fill_anew(chance, [plans[len(sentences)]], words, seen))
    paragraphs = [" ".join(sentences[first : first + 2]) for first in range(0, len(sentences), 2)]
    return "\n\n".join([title[0].upper() + title[1:], *paragraphs])


def _copy(chance: random.Random, told: str, words: dict[str, Any], seen: set[int]) -> str:
    """The story under an own headline, with an own sentence at its end."""
    _, _, body = told.partition("\n\n")
    title = _fill_anew(chance, _TITLES, words, seen)
    return f"{title[0].upper()}{title[1:]}\n\n{body} {_fill_anew(chance, _SENTENCES, words, seen)}"


def _fill_anew(chance: random.Random, plans: Sequence[str], words: dict[str, Any], seen: set[int]) -> str:
    """One of the plans, filled until it is a sentence that no text has; `seen` remembers it."""
    while hash(sentence := _fill(chance, chance.choice(plans), words)) in seen:
        pass
    seen.add(hash(sentence))
    return sentence


def _fill(chance: random.Random, plan: str, words: dict[str, Any]) -> str:
    part = chance.randrange(2, 90)
    return plan.format(
        **words,
        few=chance.randrange(100, 999),
        part=part,
        more=part + chance.randrange(1, 40),
        digit=chance.randrange(1, 9),
        day=chance.randrange(1, 28),
        month=chance.choice(_MONTHS),
        weekday=chance.choice(_WEEKDAYS),
        quality=chance.choice(_QUALITIES),
        spot=chance.choice(_PLACES),
        time=chance.choice(_TIMES),
        matter=chance.choice(_MATTERS),
    )


def _print(chance: random.Random, told: str, published: datetime) -> str:
    """The text with its byline and time below the headline."""
    title, _, body = told.partition("\n\n")
    author = f"{chance.choice(_FIRST_NAMES)} {invent_name(chance, 2)}"
    return f"{title}\nBy {author}\nPublished: {published:%-d %B %Y, %H:%M}\n\n{body}\n"
