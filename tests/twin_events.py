"""Reports on two like events: alike on the first day, and plainly of two events on the days after."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from core.outcomes import Row

SHARED = [
    "fire",
    "brigade",
    "engine",
    "ladder",
    "smoke",
    "flame",
    "roof",
    "ash",
    "hose",
    "alarm",
    "station",
    "crew",
    "officer",
    "neighbour",
    "street",
    "window",
    "door",
    "stair",
    "cellar",
    "wall",
    "beam",
    "ember",
    "spark",
    "blaze",
    "damage",
    "loss",
    "insurer",
    "witness",
    "helmet",
    "pump",
    "valve",
    "bucket",
    "siren",
    "truck",
    "captain",
    "shift",
    "night",
    "hour",
    "cause",
    "inspector",
]
OWN = {
    "a": [
        "mill",
        "flour",
        "grain",
        "sack",
        "miller",
        "wheel",
        "harvest",
        "wheat",
        "barley",
        "silo",
        "sieve",
        "conveyor",
        "belt",
        "hopper",
        "dust",
        "bakery",
        "loaf",
        "oat",
        "rye",
        "bran",
        "kernel",
        "farmer",
        "cart",
        "granary",
        "sluice",
    ],
    "b": [
        "quay",
        "boat",
        "harbour",
        "mast",
        "sail",
        "anchor",
        "net",
        "trawler",
        "gull",
        "tide",
        "pier",
        "crane",
        "cargo",
        "fisher",
        "rope",
        "deck",
        "hull",
        "buoy",
        "ferry",
        "dock",
        "lighthouse",
        "herring",
        "cod",
        "oar",
        "keel",
    ],
}
FIRST_DAY = datetime(2026, 10, 1, 12, tzinfo=UTC)


def make_reports(seed: int) -> list[Row]:
    """Rows with name, title, text and published_at: one report of each event on the first day, three on the next two days."""
    picker = random.Random(seed)
    rows = [_report(picker, event, f"{event}1", 0.1, 0) for event in OWN]
    for day in (1, 2):
        rows += [
            _report(picker, event, f"{event}{day + 1}{number}", 0.45, day)
            for number in range(3)
            for event in OWN
        ]
    return rows


def _report(picker: random.Random, event: str, name: str, share: float, day: int) -> Row:
    words = [picker.choice(OWN[event] if picker.random() < share else SHARED) for _ in range(120)]
    sentences = [" ".join(words[begin : begin + 12]).capitalize() + "." for begin in range(0, len(words), 12)]
    time = FIRST_DAY + timedelta(days=day, minutes=picker.randrange(300))
    return {"name": name, "title": " ".join(words[:6]), "text": " ".join(sentences), "published_at": time}
