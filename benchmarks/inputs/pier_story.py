"""Thirty made-up pages about one event: outlets that agree, disagree and quote alike, some of them edited later."""

from __future__ import annotations

import json
import random
from pathlib import Path

PEOPLE = (
    ("Harbour master Runa Ostrander", "We had twelve minutes and we used every one of them"),
    ("Mayor Deliah Fenwick", "Nobody should have been on that pier after nine"),
    ("Fire chief Tomas Brel", "The steel was sound when we looked at it in March"),
    ("Minister Oona Castellane", "I will not guess at a cause while families are waiting"),
    ("union leader Piet Harrow", "We asked for money for this pier in three budgets"),
    ("hospital director Amara Quill", "The wards are full but every patient has a bed"),
)
ASIDES = (
    "A nurse who lives near the pier counted {} lamps going out along the quay before the noise began.",
    "The Tamsin Rowing Club opened its boathouse, where {} blankets were handed out until midnight.",
    "In the school on Cutler Street {} pupils were told that lessons would begin later on Wednesday.",
    "The railway between Port Tamsin and Wexholm ran {} extra trains, according to the Northern Line company.",
    "A market trader, who sells fish on the quay, said {} crates were lost when the wave came over the wall.",
    "Silas Venn, the engineer, has inspected {} bridges and piers since 1998, most of them on the northern coast.",
)


def write_story(folder: Path, *, count: int = 30, is_edited: bool = False) -> None:
    """Write the pages; with `is_edited` every sixth has another number of dead and one more paragraph."""
    chance = random.Random(7)
    for number in range(count):
        paragraphs = _tell(chance)
        if is_edited and number % 6 == 0:
            paragraphs[0] = paragraphs[0].replace("At least 1", "At least 2")
            paragraphs.append("The port authority promised a report within 30 days.")
        place = folder / f"post-{number:02}"
        place.mkdir(parents=True, exist_ok=True)
        (place / "pier.html").write_text(_page(number, paragraphs), encoding="utf-8")


def _tell(chance: random.Random) -> list[str]:
    dead, hurt = chance.choice((11, 11, 12, 14)), chance.choice((60, 63, 70))
    head = (
        f"At least {dead} people were killed and {hurt} others were injured when the Marlow pier collapsed in Port"
        f" Tamsin on Tuesday evening. The pier was {chance.choice((410, 420))} metres long and carried about"
        f" {chance.choice((1_100, 1_200, 1_300)):,} visitors when it fell into the harbour."
    )
    facts = [
        f"Some {chance.choice((32, 34, 36))} boats took part in the rescue, which lasted {chance.choice((9, 10))} hours.",
        f"The repair was to cost €{chance.choice((18, 19, 21))} million, the port authority said on Wednesday.",
        f"Divers found {chance.choice((6, 7, 8))} cars under the wreck, and {chance.choice((220, 240))} tonnes of steel"
        " must be lifted before the harbour can open.",
        f"Ferries to Galder island were cancelled for {chance.choice((3, 4, 5))} days, and"
        f" {chance.choice((4_900, 5_200)):,} passengers were stranded.",
    ]
    facts += [f"“{words},” {person} said." for person, words in chance.sample(PEOPLE, 5)]
    facts += [chance.choice(ASIDES).format(chance.randint(3, 900)) for _ in range(chance.randint(6, 16))]
    chance.shuffle(facts)
    return [head, *(" ".join(facts[first : first + 3]) for first in range(0, len(facts), 3))]


def _page(number: int, paragraphs: list[str]) -> str:
    title = f"Marlow pier falls into the harbour of Port Tamsin, report {number}"
    day, hour = divmod(18 + number, 24)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": f"2026-03-{10 + day}T{hour:02}:12:00Z",
    }
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<html lang="en"><head><title>{title}</title><script type="application/ld+json">{json.dumps(data)}</script>'
        f'<link rel="canonical" href="https://post-{number:02}.example/pier"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
